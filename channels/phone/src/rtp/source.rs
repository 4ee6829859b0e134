//! Who sends, and how well it arrives: sequence numbers without their wrap, which sender is
//! listened to, loss and jitter (RFC 3550 sections 6.4.1, 8 and appendix A).

use super::packet::Packet;
use std::time::{Duration, Instant};

/// A jump forwards that is still believed, in packets (RFC 3550 appendix A.1).
const MAX_DROPOUT: u16 = 3000;
/// A jump backwards that is still believed.
const MAX_MISORDER: u16 = 100;
/// Packets in a row that another sender must show before it is listened to.
const PROBATION: u8 = 3;
/// How long the first sender must have been silent before another takes its place.
const SILENT: Duration = Duration::from_millis(60);

/// What to do with a packet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It is the sender's; this is its sequence number without wraps.
    Take(u64),
    /// A sender begins, or begins anew; what is kept of the one before is void.
    Begin(u64),
    /// It is not listened to.
    Drop,
}

/// The sender that is listened to.
pub(crate) struct Source {
    clock: u32,
    current: Option<Sender>,
    candidate: Option<Candidate>,
}

struct Sender {
    ssrc: u32,
    first: u64,
    highest: u64,
    received: u64,
    last_heard: Instant,
    /// The sequence number after an unbelievable jump; a second in line with it is believed.
    jumped_to: Option<u16>,
    /// Transit of the last packet in clock units, and the smoothed difference (appendix A.8).
    transit: Option<i64>,
    jitter: f64,
    epoch: Instant,
    /// As of the last report.
    reported: (u64, u64),
}

struct Candidate {
    ssrc: u32,
    next: u16,
    seen: u8,
}

/// What a report says of the sender (RFC 3550 section 6.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reception {
    pub(crate) ssrc: u32,
    pub(crate) fraction_lost: u8,
    pub(crate) cumulative_lost: u32,
    pub(crate) highest: u32,
    pub(crate) jitter: u32,
}

impl Source {
    /// `clock` is that of the timestamps, ticks a second.
    pub(crate) fn new(clock: u32) -> Self {
        Self { clock, current: None, candidate: None }
    }

    /// Another codec has another clock; the sender stays the same.
    pub(crate) fn set_clock(&mut self, clock: u32) {
        if self.clock != clock {
            self.clock = clock;
            if let Some(sender) = &mut self.current {
                sender.transit = None;
            }
        }
    }

    pub(crate) fn arrived(&mut self, packet: &Packet<'_>, now: Instant) -> Arrival {
        let Some(sender) = &mut self.current else {
            return self.begin(packet, now);
        };
        if packet.ssrc != sender.ssrc {
            let silent = now.duration_since(sender.last_heard) >= SILENT;
            return if self.passes_probation(packet) && silent {
                self.begin(packet, now)
            } else {
                Arrival::Drop
            };
        }
        self.candidate = None;
        match sender.extend(packet.sequence) {
            Some(sequence) => {
                sender.took(packet, now, self.clock);
                sender.highest = sender.highest.max(sequence);
                Arrival::Take(sequence)
            }
            // A sender that was restarted and kept its name: believed at the second packet.
            None if sender.jumped_to == Some(packet.sequence) => self.begin(packet, now),
            None => {
                sender.jumped_to = Some(packet.sequence.wrapping_add(1));
                Arrival::Drop
            }
        }
    }

    /// Jitter between arrivals, smoothed.
    pub(crate) fn jitter(&self) -> Duration {
        let ticks = self.current.as_ref().map_or(0.0, |sender| sender.jitter);
        Duration::from_secs_f64(ticks / f64::from(self.clock))
    }

    /// What there is to report since the last report, if anyone sends.
    pub(crate) fn report(&mut self) -> Option<Reception> {
        let sender = self.current.as_mut()?;
        let expected = sender.highest - sender.first + 1;
        let (expected_before, received_before) = sender.reported;
        let (expected_now, received_now) =
            (expected - expected_before, sender.received - received_before);
        sender.reported = (expected, sender.received);
        let lost_now = expected_now.saturating_sub(received_now);
        Some(Reception {
            ssrc: sender.ssrc,
            fraction_lost: (lost_now * 256)
                .checked_div(expected_now)
                .map_or(0, |share| share.min(255) as u8),
            cumulative_lost: expected.saturating_sub(sender.received).min(0x7f_ffff) as u32,
            highest: sender.highest as u32,
            jitter: sender.jitter as u32,
        })
    }

    fn begin(&mut self, packet: &Packet<'_>, now: Instant) -> Arrival {
        // One turn ahead, so that a packet from before the first has a number too.
        let first = u64::from(packet.sequence) + 0x1_0000;
        let mut sender = Sender {
            ssrc: packet.ssrc,
            first,
            highest: first,
            received: 0,
            last_heard: now,
            jumped_to: None,
            transit: None,
            jitter: 0.0,
            epoch: now,
            reported: (0, 0),
        };
        sender.took(packet, now, self.clock);
        self.current = Some(sender);
        self.candidate = None;
        Arrival::Begin(first)
    }

    fn passes_probation(&mut self, packet: &Packet<'_>) -> bool {
        let next = packet.sequence.wrapping_add(1);
        match &mut self.candidate {
            Some(it) if it.ssrc == packet.ssrc && it.next == packet.sequence => {
                it.next = next;
                it.seen = it.seen.saturating_add(1);
                it.seen >= PROBATION
            }
            _ => {
                self.candidate = Some(Candidate { ssrc: packet.ssrc, next, seen: 1 });
                false
            }
        }
    }
}

impl Sender {
    /// The sequence number without wraps, unless it is unbelievably far off.
    fn extend(&self, sequence: u16) -> Option<u64> {
        let ahead = sequence.wrapping_sub(self.highest as u16);
        if ahead < MAX_DROPOUT {
            Some(self.highest + u64::from(ahead))
        } else {
            let behind = ahead.wrapping_neg();
            (behind <= MAX_MISORDER).then(|| self.highest - u64::from(behind))
        }
    }

    fn took(&mut self, packet: &Packet<'_>, now: Instant, clock: u32) {
        self.received += 1;
        self.last_heard = now;
        self.jumped_to = None;
        let arrival = now.duration_since(self.epoch).as_secs_f64() * f64::from(clock);
        // Timestamps wrap, so the difference of two transits is taken as a wrapping one.
        let transit = (arrival as i64).wrapping_sub(i64::from(packet.timestamp));
        if let Some(before) = self.transit {
            let difference = (transit.wrapping_sub(before) as i32).unsigned_abs();
            // A jump of a second is a pause in what was said, not jitter.
            if difference < clock {
                self.jitter += (f64::from(difference) - self.jitter) / 16.0;
            }
        }
        self.transit = Some(transit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packet(ssrc: u32, sequence: u16) -> Packet<'static> {
        let timestamp = u32::from(sequence).wrapping_mul(160);
        Packet { marker: false, payload_type: 0, sequence, timestamp, ssrc, payload: &[] }
    }

    #[test]
    fn numbers_go_on_over_the_wrap_and_back() {
        let now = Instant::now();
        let mut source = Source::new(8000);
        assert_eq!(source.arrived(&packet(1, 65_534), now), Arrival::Begin(131_070));
        assert_eq!(source.arrived(&packet(1, 1), now), Arrival::Take(131_073));
        assert_eq!(source.arrived(&packet(1, 65_535), now), Arrival::Take(131_071));
        let report = source.report().unwrap();
        assert_eq!(report.cumulative_lost, 1);
        assert_eq!(report.fraction_lost, 64);
        assert_eq!(source.report().unwrap().fraction_lost, 0);
    }

    #[test]
    fn a_stranger_is_heard_only_when_the_sender_is_silent() {
        let start = Instant::now();
        let mut source = Source::new(8000);
        source.arrived(&packet(1, 10), start);
        for n in 0..20u16 {
            assert_eq!(source.arrived(&packet(2, 500 + n), start), Arrival::Drop);
            assert_eq!(
                source.arrived(&packet(1, 11 + n), start),
                Arrival::Take(65_547 + u64::from(n))
            );
        }
        let later = start + Duration::from_millis(100);
        assert_eq!(source.arrived(&packet(2, 600), later), Arrival::Drop);
        assert_eq!(source.arrived(&packet(2, 601), later), Arrival::Drop);
        assert_eq!(source.arrived(&packet(2, 602), later), Arrival::Begin(66_138));
    }

    #[test]
    fn one_wild_number_is_dropped_and_a_second_in_line_is_a_restart() {
        let now = Instant::now();
        let mut source = Source::new(8000);
        source.arrived(&packet(1, 10), now);
        assert_eq!(source.arrived(&packet(1, 30_000), now), Arrival::Drop);
        assert_eq!(source.arrived(&packet(1, 11), now), Arrival::Take(65_547));
        assert_eq!(source.arrived(&packet(1, 30_000), now), Arrival::Drop);
        assert_eq!(source.arrived(&packet(1, 30_001), now), Arrival::Begin(95_537));
    }

    #[test]
    fn jitter_is_that_of_the_arrivals() {
        let start = Instant::now();
        let mut source = Source::new(8000);
        for n in 0..200u16 {
            let late = if n % 2 == 0 { 0 } else { 10 };
            source.arrived(&packet(1, n), start + Duration::from_millis(u64::from(n) * 20 + late));
        }
        assert!((8..=11).contains(&source.jitter().as_millis()), "{:?}", source.jitter());
    }

    proptest! {
        #[test]
        fn any_order_is_borne(packets in prop::collection::vec((0u32..3, any::<u16>(), 0u64..200), 0..200)) {
            let mut now = Instant::now();
            let mut source = Source::new(8000);
            for (ssrc, sequence, pause) in packets {
                now += Duration::from_millis(pause);
                source.arrived(&packet(ssrc, sequence), now);
                source.report();
            }
        }
    }
}
