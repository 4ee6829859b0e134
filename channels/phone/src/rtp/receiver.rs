//! One stream of sound from its packets to frames of 20 ms: order, loss, pauses and keys. Asked for
//! a frame every 20 ms, it always has one.

use super::jitter::{JitterBuffer, Pull, Slot};
use super::keys::Keys;
use super::packet::Packet;
use super::source::{Arrival, Reception, Source};
use crate::codec::{Codec, Decoder, Resampler};
use crate::leg::{Frame, Heard, Key, Rate};
use std::time::{Duration, Instant};

/// Comfort noise (RFC 3389): the sender tells how silence sounds, and pauses.
const COMFORT_NOISE: u8 = 13;

/// Below this peak a packet is quiet enough that leaving it out is not heard.
const QUIET: u16 = 600;
/// How much too much is held before sound is left out, quiet or not.
const TOO_MUCH: Duration = Duration::from_millis(100);

/// What the peer was told to send: payload types (RFC 3264 section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Accepts {
    pub(crate) codec: Codec,
    pub(crate) payload_type: u8,
    /// That of keys, where they were agreed.
    pub(crate) keys: Option<u8>,
}

/// What a packet turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// Part of the stream.
    Taken,
    /// Part of it, and the first that is seen of this key's press.
    Key(Key),
    /// None of the stream's.
    Refused,
}

/// Hears one stream.
pub(crate) struct Receiver {
    accepts: Accepts,
    rate: Rate,
    source: Source,
    buffer: JitterBuffer,
    decoder: Decoder,
    resampler: Resampler,
    keys: Keys,
    /// Samples at the leg's rate that no frame has taken yet, and how they came to be.
    ready: Vec<i16>,
    heard: Heard,
    /// Samples of one packet at the codec's rate.
    packet: usize,
    pcm: Vec<i16>,
}

impl Receiver {
    /// Frames will be of `rate`, whatever codec follows.
    pub(crate) fn new(accepts: Accepts, rate: Rate) -> Self {
        Self {
            accepts,
            rate,
            source: Source::new(accepts.codec.clock()),
            buffer: JitterBuffer::new(),
            decoder: Decoder::new(accepts.codec),
            resampler: Resampler::new(accepts.codec.rate(), rate),
            keys: Keys::new(),
            ready: Vec::new(),
            heard: Heard::Nothing,
            packet: accepts.codec.rate().frame(),
            pcm: Vec::new(),
        }
    }

    /// The peer was told something else; where it was told the same, nothing changes.
    pub(crate) fn accept(&mut self, accepts: Accepts) {
        if self.accepts.codec != accepts.codec {
            self.source.set_clock(accepts.codec.clock());
            self.decoder = Decoder::new(accepts.codec);
            self.resampler = Resampler::new(accepts.codec.rate(), self.rate);
            self.packet = accepts.codec.rate().frame();
            self.buffer.restart();
        }
        self.accepts = accepts;
    }

    /// Whether the packet's type is one that was agreed.
    pub(crate) fn knows(&self, packet: &Packet<'_>) -> bool {
        let payload_type = packet.payload_type;
        payload_type == self.accepts.payload_type
            || Some(payload_type) == self.accepts.keys
            || payload_type == COMFORT_NOISE
    }

    pub(crate) fn receive(&mut self, packet: &Packet<'_>, now: Instant) -> Received {
        let is_key = Some(packet.payload_type) == self.accepts.keys;
        let is_sound = packet.payload_type == self.accepts.payload_type;
        if !self.knows(packet) {
            return Received::Refused;
        }
        let sequence = match self.source.arrived(packet, now) {
            Arrival::Take(sequence) => sequence,
            Arrival::Begin(sequence) => {
                self.buffer.restart();
                self.keys.restart();
                sequence
            }
            Arrival::Drop => return Received::Refused,
        };
        let slot = if is_sound { Slot::Sound(packet.payload.to_vec()) } else { Slot::Other };
        self.buffer.insert(sequence, slot, now);
        let key = is_key.then(|| self.keys.hear(packet.timestamp, packet.payload, now)).flatten();
        key.map_or(Received::Taken, Received::Key)
    }

    /// The next 20 ms.
    pub(crate) fn frame(&mut self, now: Instant) -> Frame {
        while self.ready.len() < self.rate.frame() {
            self.refill(now);
        }
        if self.buffer.excess() > Duration::ZERO {
            self.leave_out(now);
        }
        let pcm = self.ready.drain(..self.rate.frame()).collect();
        Frame { pcm, heard: self.heard }
    }

    /// What there is to report of the sender.
    pub(crate) fn report(&mut self) -> Option<Reception> {
        self.source.report()
    }

    /// Adds one packet's worth of sound to what is ready. `heard` is that of the last.
    fn refill(&mut self, now: Instant) {
        let per_second = self.accepts.codec.rate().hz();
        let length = Duration::from_secs_f64(self.packet as f64 / f64::from(per_second));
        self.buffer.tune(length, self.source.jitter());
        self.heard = match self.buffer.pull(now) {
            Pull::Next(Slot::Sound(payload)) => {
                match self.decoder.decode(&payload, &mut self.pcm) {
                    Ok(()) => {
                        self.packet = self.pcm.len().max(self.packet_least());
                        Heard::Sound
                    }
                    Err(_) => self.conceal(None),
                }
            }
            Pull::Next(Slot::Other) | Pull::Nothing => self.silence(),
            // Within a pause or between the packets of a key there is no sound to miss.
            Pull::Lost(_) | Pull::Late if self.heard == Heard::Nothing => self.silence(),
            Pull::Lost(after) => self.conceal(after.as_deref()),
            Pull::Late => self.conceal(None),
        };
        self.resampler.resample(&self.pcm, &mut self.ready);
    }

    /// What is held grew, for the sender's clock is faster than ours or a delay has passed: a quiet
    /// packet is left out, so that answers do not come later and later.
    fn leave_out(&mut self, now: Instant) {
        let peak = self.pcm.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
        if (peak < QUIET || self.buffer.excess() > TOO_MUCH)
            && let Pull::Next(Slot::Sound(payload)) = self.buffer.pull(now)
        {
            // Decoded all the same: what comes after builds on it.
            let _ = self.decoder.decode(&payload, &mut self.pcm);
        }
    }

    fn conceal(&mut self, after: Option<&[u8]>) -> Heard {
        self.decoder.conceal(self.packet, after, &mut self.pcm);
        Heard::Concealed
    }

    fn silence(&mut self) -> Heard {
        self.pcm.clear();
        self.pcm.resize(self.packet, 0);
        Heard::Nothing
    }

    /// 5 ms: a packet shorter than that is taken for one as long, so that time goes on.
    fn packet_least(&self) -> usize {
        self.accepts.codec.rate().frame() / 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Encoder;
    use proptest::prelude::*;

    const TICK: Duration = Duration::from_millis(20);
    const PCMU: Accepts = Accepts { codec: Codec::Pcmu, payload_type: 0, keys: Some(101) };

    fn packet(payload_type: u8, sequence: u16, payload: &[u8]) -> Packet<'_> {
        let timestamp = u32::from(sequence).wrapping_mul(160);
        Packet { marker: false, payload_type, sequence, timestamp, ssrc: 1, payload }
    }

    /// A tone of 500 Hz in packets of `frames` frames, `lost` of which never come; what is heard.
    fn hear(codec: Codec, frames: usize, lost: impl Fn(usize) -> bool) -> Vec<Frame> {
        let accepts = Accepts { codec, payload_type: 96, keys: None };
        let start = Instant::now();
        let mut receiver = Receiver::new(accepts, codec.rate());
        let mut encoder = Encoder::new(codec);
        let mut heard = Vec::new();
        let hz = f64::from(codec.rate().hz());
        for turn in 0..200 {
            let now = start + TICK * turn as u32;
            if turn % frames == 0 {
                let length = codec.rate().frame() * frames;
                let sound: Vec<_> = (0..length)
                    .map(|n| {
                        let n = (turn / frames * length + n) as f64;
                        ((n * 500.0 / hz * std::f64::consts::TAU).sin() * 8000.0) as i16
                    })
                    .collect();
                let mut payload = Vec::new();
                encoder.encode(&sound, &mut payload);
                if !lost(turn / frames) {
                    let sequence = (turn / frames) as u16;
                    receiver.receive(&packet(96, sequence, &payload), now);
                }
            }
            heard.push(receiver.frame(now + TICK / 2));
        }
        heard
    }

    #[test]
    fn packets_of_any_length_become_frames_without_a_gap() {
        for codec in Codec::ALL {
            for frames in [1, 2, 3] {
                let heard = hear(codec, frames, |_| false);
                let first = heard.iter().position(|frame| frame.heard == Heard::Sound).unwrap();
                assert!(first < 8, "{codec:?} {frames}: {first}");
                assert!(
                    heard[first..190].iter().all(|frame| frame.heard == Heard::Sound),
                    "{codec:?} {frames}: {:?}",
                    heard.iter().map(|f| f.heard).collect::<Vec<_>>()
                );
            }
        }
    }

    #[test]
    fn a_third_lost_is_bridged_and_the_rest_is_heard() {
        for codec in Codec::ALL {
            let heard = hear(codec, 1, |n| n % 3 == 1);
            let count = |kind| heard.iter().filter(|frame| frame.heard == kind).count();
            assert!(count(Heard::Sound) > 125, "{codec:?} {}", count(Heard::Sound));
            let loud = |frame: &&Frame| frame.pcm.iter().any(|sample| sample.unsigned_abs() > 3000);
            assert!(heard.iter().filter(loud).count() > 180, "{codec:?}");
        }
    }

    #[test]
    fn keys_are_heard_once_and_their_packets_are_no_sound() {
        let start = Instant::now();
        let mut receiver = Receiver::new(PCMU, Rate::Narrow);
        let mut keys = 0;
        for n in 0..50u16 {
            let now = start + TICK * u32::from(n);
            let key = [7, 10, 0, 160];
            let packet = Packet { timestamp: 4000, ..packet(101, n, &key) };
            if n < 10 {
                keys += usize::from(matches!(receiver.receive(&packet, now), Received::Key(_)));
            }
            assert_eq!(receiver.frame(now).heard, Heard::Nothing);
        }
        assert_eq!(keys, 1);
    }

    #[test]
    fn a_sender_whose_clock_is_fast_does_not_make_us_late() {
        let start = Instant::now();
        let mut receiver = Receiver::new(PCMU, Rate::Narrow);
        let quiet = [0xff; 160];
        for n in 0..5_000u16 {
            // 1 % fast: in 100 s it sends a second more than is played.
            let now = start + Duration::from_micros(19_800) * u32::from(n);
            receiver.receive(&packet(0, n, &quiet), now);
            if n % 100 != 99 {
                receiver.frame(now);
            }
        }
        assert!(receiver.buffer.excess() <= TICK * 2, "{:?}", receiver.buffer.excess());
    }

    #[test]
    fn another_codec_keeps_the_rate() {
        let mut receiver = Receiver::new(PCMU, Rate::Narrow);
        receiver.accept(Accepts { codec: Codec::G722, payload_type: 9, keys: None });
        let start = Instant::now();
        for n in 0..50u16 {
            let now = start + TICK * u32::from(n);
            receiver.receive(&packet(9, n, &[0x55; 160]), now);
            assert_eq!(receiver.frame(now).pcm.len(), 160);
        }
        assert_eq!(receiver.heard, Heard::Sound);
    }

    proptest! {
        // Each case is sixty packets through four codecs, unoptimised.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_packets_are_borne_and_time_goes_on(
            packets in prop::collection::vec(
                (0u8..4, 0u32..3, any::<u16>(), prop::collection::vec(any::<u8>(), 0..400)), 0..60),
        ) {
            for codec in Codec::ALL {
                let mut now = Instant::now();
                let accepts = Accepts { codec, payload_type: 0, keys: Some(101) };
                let mut receiver = Receiver::new(accepts, Rate::Wide);
                for (kind, ssrc, sequence, payload) in &packets {
                    now += TICK;
                    let payload_type = [0, 0, 13, 101][usize::from(*kind)];
                    let packet = Packet {
                        ssrc: *ssrc, ..packet(payload_type, *sequence % 64, payload)
                    };
                    receiver.receive(&packet, now);
                    prop_assert_eq!(receiver.frame(now).pcm.len(), 320);
                }
            }
        }
    }
}
