//! Sound, keys and typed text as they travel: RTP, RTCP and SRTP. All of it but `stream` is
//! without sockets and clocks, so that loss, jitter and rubbish can be tried at any speed.

pub(crate) mod jitter;
pub(crate) mod keys;
pub(crate) mod latch;
pub(crate) mod media;
pub(crate) mod packet;
pub(crate) mod receiver;
pub(crate) mod rtcp;
pub(crate) mod sender;
pub(crate) mod source;
pub(crate) mod srtp;
pub(crate) mod stream;
pub(crate) mod text;
