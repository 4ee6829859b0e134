//! Symmetric RTP (RFC 4961): sound goes back to where sound comes from, for what peers announce is
//! often an address behind their router. An intruder must not take a call over by that.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// The peer may move, by a router that forgot it, once nothing has come for so long.
const MOVES_AFTER: Duration = Duration::from_secs(2);

/// Where one stream comes from and goes to.
pub(crate) struct Latch {
    announced: Option<SocketAddr>,
    source: Option<(SocketAddr, Instant)>,
}

impl Latch {
    /// Until anything arrives, sound goes to the announced address.
    pub(crate) fn new(announced: Option<SocketAddr>) -> Self {
        Self { announced, source: None }
    }

    /// The peer announced another address; where it announced the same again, nothing changes.
    pub(crate) fn announce(&mut self, announced: Option<SocketAddr>) {
        if self.announced != announced {
            *self = Self::new(announced);
        }
    }

    /// Whether a packet from there is listened to; if so, sound goes there from now on.
    pub(crate) fn admits(&mut self, from: SocketAddr, now: Instant) -> bool {
        let admits = match self.source {
            None => true,
            Some((source, _)) if source == from => true,
            // The one that was announced goes before one that merely came first.
            Some(_) if self.announced == Some(from) => true,
            Some((_, heard)) => now.duration_since(heard) >= MOVES_AFTER,
        };
        if admits {
            self.source = Some((from, now));
        }
        admits
    }

    /// Where to send.
    pub(crate) fn target(&self) -> Option<SocketAddr> {
        self.source.map(|(source, _)| source).or(self.announced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(port: u16) -> SocketAddr {
        ([192, 0, 2, 1], port).into()
    }

    #[test]
    fn it_answers_where_sound_comes_from_and_keeps_to_it() {
        let start = Instant::now();
        let mut latch = Latch::new(Some(at(1)));
        assert_eq!(latch.target(), Some(at(1)));
        assert!(latch.admits(at(2), start));
        assert_eq!(latch.target(), Some(at(2)));
        assert!(!latch.admits(at(3), start), "an intruder");
        assert!(latch.admits(at(1), start), "the one announced");
        assert!(!latch.admits(at(2), start + Duration::from_secs(1)));
        assert!(latch.admits(at(2), start + Duration::from_secs(4)), "it moved");
    }

    #[test]
    fn a_new_address_is_used_at_once_and_the_same_one_changes_nothing() {
        let now = Instant::now();
        let mut latch = Latch::new(Some(at(1)));
        latch.admits(at(2), now);
        latch.announce(Some(at(1)));
        assert_eq!(latch.target(), Some(at(2)));
        latch.announce(Some(at(4)));
        assert_eq!(latch.target(), Some(at(4)));
    }
}
