//! The telephone, from the wire to what is said on a call.
//!
//! [`Line`] takes calls by SIP from a trunk or a PBX, by AudioSocket from Asterisk;
//! [`media_streams`] is for those that come by a provider's WebSocket. Each is a [`leg::CallLeg`],
//! whose dialogue ([`call`]) the [`Reception`] has conducted, with ears and a voice. What the city
//! answers is decided elsewhere.

mod audiosocket;
mod beforehand;
pub mod call;
pub mod caller;
mod codec;
mod conduct;
mod counters;
mod intake;
pub mod leg;
mod line;
pub mod media_streams;
mod offer;
mod playout;
mod reception;
mod rtp;
mod sdp;
pub mod settings;
mod sip;
pub mod story;

pub use beforehand::sentences_beforehand;
pub use codec::Codec;
pub use conduct::CHANNEL;
pub use counters::{Counters, Counts};
pub use line::Line;
pub use offer::Encryption;
pub use reception::{Reception, Staff};
pub use settings::PhoneSettings;
pub use sip::StartError;

/// A filter directive that belongs to every log: the SIP library logs whole messages, and with them
/// who calls whom.
pub const LOG_FILTER: &str = "rsipstack=off";
