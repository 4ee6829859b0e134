//! The line against real peers: baresip calls it and is called away, sipp storms it, and clients
//! written from the RFCs ask what no telephone asks. A peer that is not installed fails its tests
//! with the name of its package.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails, and the line tells where")]

mod audiosocket;
mod baresip;
mod calls;
mod peer;
mod pjsua;
mod registrar;
mod signalling;
mod sound;
mod storm;
mod support;
mod text;
mod torture;
mod typist;
