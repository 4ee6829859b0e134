//! The jitter buffer: puts packets in order and holds them just long enough that the next one is
//! nearly always there in time. What is in a packet it does not know; how sound that never came is
//! bridged is the codec's affair.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Packets held at most; more are a flood.
const MOST: usize = 64;
/// The depth is kept between these.
const SHALLOWEST: Duration = Duration::from_millis(20);
const DEEPEST: Duration = Duration::from_millis(200);
/// With nothing to play for this long, the sender is taken to pause, and depth is built up anew.
const PAUSE: Duration = Duration::from_millis(100);
/// How much a packet that came too late deepens the buffer, and how fast that is forgotten.
const LATE: Duration = Duration::from_millis(10);
const FORGOTTEN_EACH_PULL: Duration = Duration::from_micros(20);
/// Deepens it while it is not yet known what the network is like; a sixteenth less with each pull, as
/// fast as jitter becomes known (RFC 3550 appendix A.8).
const UNKNOWN: Duration = Duration::from_millis(20);

/// What a packet held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A payload of sound.
    Sound(Vec<u8>),
    /// A key or comfort noise: it has its place in the row, and no sound.
    Other,
}

/// What comes out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pull {
    /// The next packet.
    Next(Slot),
    /// The next packet is lost; the payload after it, where it is sound and there.
    Lost(Option<Vec<u8>>),
    /// The next packet may still come; bridge the time.
    Late,
    /// Nothing is being sent.
    Nothing,
}

/// Packets in order, and how long to hold them.
pub(crate) struct JitterBuffer {
    slots: BTreeMap<u64, Slot>,
    /// The packet that is due, once playing.
    next: Option<u64>,
    /// When the first packet came that waits for the beginning.
    waiting_since: Option<Instant>,
    /// What one packet lasts.
    packet: Duration,
    /// Asked of the network's jitter.
    wanted: Duration,
    /// Added for packets that came too late.
    late: Duration,
    /// Added while the network is not known.
    unknown: Duration,
    /// How long pulls have found nothing.
    starved: Duration,
}

impl JitterBuffer {
    pub(crate) fn new() -> Self {
        Self {
            slots: BTreeMap::new(),
            next: None,
            waiting_since: None,
            packet: Duration::from_millis(20),
            wanted: SHALLOWEST,
            late: Duration::ZERO,
            unknown: UNKNOWN,
            starved: Duration::ZERO,
        }
    }

    /// Forgets everything but how the network behaves: another sender begins.
    pub(crate) fn restart(&mut self) {
        self.slots.clear();
        self.next = None;
        self.waiting_since = None;
        self.starved = Duration::ZERO;
    }

    /// What the network is like now: how long a packet lasts, how its arrivals jitter.
    pub(crate) fn tune(&mut self, packet: Duration, jitter: Duration) {
        self.packet = packet.clamp(Duration::from_millis(5), Duration::from_millis(120));
        self.wanted = self.packet + jitter * 3;
    }

    /// How long packets are held.
    pub(crate) fn depth(&self) -> Duration {
        (self.wanted + self.late + self.unknown).clamp(SHALLOWEST.max(self.packet), DEEPEST)
    }

    /// How much more is held than the depth asks for.
    pub(crate) fn excess(&self) -> Duration {
        self.held().saturating_sub(self.depth())
    }

    pub(crate) fn insert(&mut self, sequence: u64, slot: Slot, now: Instant) {
        if self.next.is_some_and(|next| sequence < next) {
            self.late = (self.late + LATE).min(DEEPEST);
            return;
        }
        if self.slots.is_empty() {
            self.waiting_since = Some(now);
        }
        // A repeated packet changes nothing: the first one may have been looked at already.
        self.slots.entry(sequence).or_insert(slot);
        if self.slots.len() > MOST {
            self.slots.pop_first();
            self.next = self.next.and(self.slots.keys().next().copied());
        }
    }

    /// The next packet's place in the row; to be asked each time one packet's worth has been played.
    pub(crate) fn pull(&mut self, now: Instant) -> Pull {
        self.late = self.late.saturating_sub(FORGOTTEN_EACH_PULL);
        self.unknown = self.unknown * 15 / 16;
        let Some(next) = self.next.or_else(|| self.begin(now)) else {
            return Pull::Nothing;
        };
        if let Some(slot) = self.slots.remove(&next) {
            self.next = Some(next + 1);
            self.starved = Duration::ZERO;
            return Pull::Next(slot);
        }
        if self.slots.is_empty() {
            self.starved += self.packet;
            if self.starved >= PAUSE {
                self.restart();
                return Pull::Nothing;
            }
            return Pull::Late;
        }
        // Little is held, so the missing one may only be late; but not for longer than it is deep.
        if self.held() < self.depth() && self.starved < self.depth() {
            self.starved += self.packet;
            return Pull::Late;
        }
        self.starved = Duration::ZERO;
        self.next = Some(next + 1);
        Pull::Lost(match self.slots.get(&(next + 1)) {
            Some(Slot::Sound(payload)) => Some(payload.clone()),
            _ => None,
        })
    }

    /// Where to begin, once enough is held.
    fn begin(&mut self, now: Instant) -> Option<u64> {
        let waited = now.duration_since(self.waiting_since?);
        let first = *self.slots.keys().next()?;
        // What waits has lasted as long as it was waited for.
        let ready =
            waited >= self.depth().saturating_sub(self.packet) || self.span(first) >= self.depth();
        self.next = ready.then_some(first);
        self.next
    }

    /// What is held, gaps included.
    fn held(&self) -> Duration {
        self.next.map_or(Duration::ZERO, |next| self.span(next))
    }

    fn span(&self, from: u64) -> Duration {
        let packets = self.slots.keys().next_back().map_or(0, |last| last + 1 - from.min(*last));
        self.packet * u32::try_from(packets).unwrap_or(u32::MAX).min(10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TICK: Duration = Duration::from_millis(20);

    fn sound(n: u64) -> Slot {
        Slot::Sound(vec![n as u8])
    }

    /// Sends packet `n` at `n` ticks plus its delay, pulls at each half tick, and returns what was
    /// pulled from the first sound on.
    fn play(delays: &[Option<u64>]) -> Vec<Pull> {
        let start = Instant::now();
        let mut buffer = JitterBuffer::new();
        let mut pulled = Vec::new();
        for n in 0..delays.len() as u64 + 20 {
            let now = start + TICK * u32::try_from(n).unwrap() + TICK / 2;
            for (sent, delay) in delays.iter().enumerate() {
                let Some(delay) = delay else { continue };
                let arrives =
                    start + TICK * u32::try_from(sent).unwrap() + Duration::from_millis(*delay);
                if arrives > now - TICK && arrives <= now {
                    buffer.insert(100 + sent as u64, sound(sent as u64), arrives);
                }
            }
            pulled.push(buffer.pull(now));
        }
        let first = pulled.iter().position(|pull| *pull != Pull::Nothing).unwrap();
        pulled.split_off(first)
    }

    fn next(n: u64) -> Pull {
        Pull::Next(sound(n))
    }

    #[test]
    fn in_order_and_in_time_all_is_played_once() {
        let pulled = play(&[Some(0); 50]);
        assert!(
            pulled[..50].iter().enumerate().all(|(n, pull)| *pull == next(n as u64)),
            "{pulled:?}"
        );
    }

    #[test]
    fn two_that_changed_places_are_put_right() {
        let mut delays = [Some(0); 30];
        delays[10] = Some(30);
        let pulled = play(&delays);
        assert!(
            pulled[..30].iter().enumerate().all(|(n, pull)| *pull == next(n as u64)),
            "{pulled:?}"
        );
    }

    #[test]
    fn a_lost_one_is_said_to_be_lost_with_the_one_after() {
        let mut delays = [Some(0); 30];
        delays[10] = None;
        let pulled = play(&delays);
        assert_eq!(pulled[10], Pull::Lost(Some(vec![11])));
        assert_eq!(pulled[11], next(11));
    }

    #[test]
    fn one_in_three_lost_and_the_rest_is_all_played() {
        let delays: Vec<_> = (0..300).map(|n| (n % 3 != 1).then_some(0)).collect();
        let pulled = play(&delays);
        let played = pulled.iter().filter(|pull| matches!(pull, Pull::Next(_))).count();
        assert_eq!(played, 200);
    }

    #[test]
    fn when_the_sender_pauses_it_is_silent_and_begins_again() {
        let mut delays = vec![Some(0); 20];
        delays.extend([None; 50]);
        delays.extend([Some(0); 20]);
        let pulled = play(&delays);
        assert!(pulled[30..60].iter().all(|pull| *pull == Pull::Nothing), "{pulled:?}");
        assert_eq!(pulled.iter().filter(|pull| matches!(pull, Pull::Next(_))).count(), 40);
    }

    #[test]
    fn a_lost_one_just_before_a_pause_does_not_hold_up_what_came_after_it() {
        let mut delays = vec![Some(0); 20];
        delays.extend([None, Some(0)]);
        delays.extend([None; 20]);
        let pulled = play(&delays);
        assert!(pulled.contains(&next(21)), "{pulled:?}");
        assert_eq!(pulled.last(), Some(&Pull::Nothing));
    }

    #[test]
    fn repeated_packets_are_played_once_and_a_flood_is_bounded() {
        let now = Instant::now();
        let mut buffer = JitterBuffer::new();
        for n in 0..10_000 {
            buffer.insert(n, sound(n), now);
            buffer.insert(n, Slot::Other, now);
        }
        assert!(buffer.slots.len() <= MOST);
        assert_eq!(buffer.pull(now + TICK * 10), next(10_000 - MOST as u64));
    }

    #[test]
    fn late_packets_deepen_it_and_good_times_make_it_shallow_again() {
        let now = Instant::now();
        let mut buffer = JitterBuffer::new();
        (0..10).for_each(|n| buffer.insert(n, sound(n), now));
        (0..10).for_each(|_| drop(buffer.pull(now + TICK * 10)));
        (0..10).for_each(|n| buffer.insert(n, sound(n), now));
        let deep = buffer.depth();
        assert!(deep > SHALLOWEST);
        (0..10_000).for_each(|_| drop(buffer.pull(now)));
        assert_eq!(buffer.depth(), SHALLOWEST);
    }

    proptest! {
        #[test]
        fn any_arrivals_are_borne(arrivals in prop::collection::vec((0u64..70_000, 0u64..3), 0..300)) {
            let mut now = Instant::now();
            let mut buffer = JitterBuffer::new();
            for (sequence, pulls) in arrivals {
                now += TICK;
                buffer.insert(sequence, sound(sequence), now);
                for _ in 0..pulls {
                    buffer.pull(now);
                    buffer.excess();
                }
            }
        }
    }
}
