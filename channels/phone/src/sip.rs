//! Calls by SIP (RFC 3261), on `rsipstack`: its types are named below this module and nowhere else,
//! for its interface moves. What is agreed about sound is `offer`'s; sound itself is `rtp`'s.

mod admission;
mod call;
mod endpoint;
mod faults;
mod gate;
mod headers;
mod invite;
mod prack;
mod refer;
mod register;
mod timer;

pub(crate) use endpoint::Sip;
pub use endpoint::StartError;
