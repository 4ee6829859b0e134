//! The telephone as its callers use it: the real App with the demo city, the real voice and ears, and
//! a real softphone that plays a spoken question and records what it hears. What the line does on
//! the wire is tried in `channels/phone/tests`; here it is tried what is said.

#![allow(clippy::unwrap_used, reason = "the softphone is shared with the line's own tests")]

#[path = "../../channels/phone/tests/line/baresip.rs"]
#[expect(dead_code, reason = "the line's own tests look at packets too")]
mod baresip;
mod city;
mod doors;
mod hesitant;
#[path = "../scenarios/indexed.rs"]
mod indexed;
mod keys;
#[path = "../../channels/phone/tests/line/peer.rs"]
#[expect(dead_code, reason = "the line's own tests say more by it")]
mod peer;
mod softphone;
#[path = "../../channels/phone/tests/line/sound.rs"]
#[expect(dead_code, reason = "the line's own tests listen for tones, these for words")]
mod sound;

mod support;
mod typed;
#[path = "../../channels/phone/tests/line/typist.rs"]
mod typist;
