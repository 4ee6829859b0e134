//! The telephone: everything from the wire up to one call as a [`leg::CallLeg`].
//!
//! [`Line`] takes calls by SIP from a trunk or a PBX, by AudioSocket from Asterisk;
//! [`media_streams`] is for those that come by a provider's WebSocket. What is said on a call is
//! decided elsewhere: this package carries sound, keys and typed text both ways, and keeps time.

mod audiosocket;
mod codec;
mod counters;
mod intake;
pub mod leg;
mod line;
pub mod media_streams;
mod offer;
mod playout;
mod rtp;
mod sdp;
pub mod settings;
mod sip;

pub use codec::Codec;
pub use counters::{Counters, Counts};
pub use line::Line;
pub use offer::Encryption;
pub use settings::PhoneSettings;
pub use sip::StartError;

/// A filter directive that belongs to every log: the SIP library logs whole messages, and with them
/// who calls whom.
pub const LOG_FILTER: &str = "rsipstack=off";
