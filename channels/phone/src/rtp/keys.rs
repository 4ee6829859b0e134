//! Keys as RTP events (RFC 4733): each press once, however often its packets are sent.

use crate::leg::Key;
use std::time::{Duration, Instant};

/// Presses taken in a burst, and how fast more are taken: faster than fingers, slower than a storm.
const BURST: u32 = 20;
const EACH: Duration = Duration::from_millis(50);

/// Hears key presses out of event packets.
pub(crate) struct Keys {
    /// The timestamp of the last event: its name (RFC 4733 section 2.2.1).
    last: Option<u32>,
    allowed: Allowance,
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self { last: None, allowed: Allowance::new(BURST, EACH) }
    }

    /// Another sender has other timestamps.
    pub(crate) fn restart(&mut self) {
        self.last = None;
    }

    /// The key, if this packet is the first that is seen of a press. The first of it may be lost:
    /// every packet of an event names it whole, the repeated end too.
    pub(crate) fn hear(&mut self, timestamp: u32, payload: &[u8], now: Instant) -> Option<Key> {
        let [event, _, _, _, ..] = payload else { return None };
        let key = Key::from_event(*event)?;
        // Older ones are packets of an earlier press that took a longer way.
        let newer = self.last.is_none_or(|last| (timestamp.wrapping_sub(last) as i32) > 0);
        if !newer || !self.allowed.take(now) {
            return None;
        }
        self.last = Some(timestamp);
        Some(key)
    }
}

/// So many at once, and then one each so often.
pub(crate) struct Allowance {
    burst: u32,
    each: Duration,
    left: u32,
    since: Option<Instant>,
}

impl Allowance {
    pub(crate) fn new(burst: u32, each: Duration) -> Self {
        Self { burst, each, left: burst, since: None }
    }

    /// Whether one more is allowed.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let since = *self.since.get_or_insert(now);
        let earned = now.duration_since(since).as_micros() / self.each.as_micros().max(1);
        if earned > 0 {
            let earned = u32::try_from(earned).unwrap_or(u32::MAX);
            self.left = self.left.saturating_add(earned).min(self.burst);
            self.since = Some(now);
        }
        let allowed = self.left > 0;
        self.left = self.left.saturating_sub(1);
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn payload(event: u8, end: u8) -> [u8; 4] {
        [event, end << 7 | 10, 0, 160]
    }

    #[test]
    fn a_press_of_many_packets_is_one_key() {
        let now = Instant::now();
        let mut keys = Keys::new();
        let mut heard = String::new();
        for (press, event) in [(1000, 5), (5000, 5), (9000, 11)] {
            for end in [0, 0, 0, 1, 1, 1] {
                heard.extend(keys.hear(press, &payload(event, end), now).map(Key::char));
            }
            // One of the press before, late.
            assert_eq!(keys.hear(press - 10, &payload(1, 1), now), None);
        }
        assert_eq!(heard, "55#");
    }

    #[test]
    fn a_press_whose_beginning_is_lost_is_still_heard() {
        let mut keys = Keys::new();
        assert!(keys.hear(u32::MAX, &payload(1, 0), Instant::now()).is_some());
        assert!(keys.hear(500, &payload(2, 1), Instant::now()).is_some(), "over the wrap");
    }

    #[test]
    fn a_storm_is_cut_and_keys_are_heard_again_after_it() {
        let now = Instant::now();
        let mut keys = Keys::new();
        let heard = (1..10_000).filter(|n| keys.hear(*n, &payload(1, 0), now).is_some()).count();
        assert_eq!(heard, 20);
        assert!(keys.hear(20_000, &payload(2, 0), now + Duration::from_secs(1)).is_some());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_key_or_nothing(timestamp: u32, bytes in prop::collection::vec(any::<u8>(), 0..9)) {
            let _ = Keys::new().hear(timestamp, &bytes, Instant::now());
        }
    }
}
