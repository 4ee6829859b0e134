//! Text on its way out.

use super::super::packet::Packet;
use super::{GENERATIONS, INTERVAL};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Characters a second that any terminal shows (RFC 4103 section 6), and how many at once: the
/// average counts over ten seconds.
const CHARACTERS_A_SECOND: f64 = 30.0;
const AT_ONCE: f64 = 300.0;

/// The longest text of one packet, in bytes: small enough for any network, repeated or not.
const LONGEST: usize = 400;

/// Sends text, and repeats it.
pub(crate) struct TextSender {
    ssrc: u32,
    payload_type: u8,
    redundant: Option<u8>,
    waiting: VecDeque<char>,
    /// The texts of the last packets and their timestamps, the oldest first.
    before: VecDeque<(String, u32)>,
    /// Packets that still have to go so that all is repeated.
    owed: usize,
    sequence: u16,
    epoch: Instant,
    last: Option<Instant>,
    allowed: f64,
    counted: Instant,
}

impl TextSender {
    /// `payload_type` is that of plain text, `redundant` that of text with repetitions, where the
    /// peer knows it.
    pub(crate) fn new(ssrc: u32, payload_type: u8, redundant: Option<u8>, now: Instant) -> Self {
        Self {
            ssrc,
            payload_type,
            redundant,
            waiting: VecDeque::new(),
            before: VecDeque::new(),
            owed: 0,
            sequence: 0,
            epoch: now,
            last: None,
            allowed: AT_ONCE,
            counted: now,
        }
    }

    /// The same stream under other payload types, after the peer changed its mind.
    pub(crate) fn set_types(&mut self, payload_type: u8, redundant: Option<u8>) {
        self.payload_type = payload_type;
        self.redundant = redundant;
    }

    /// Says this after what was said before. A new line is T.140's own (U+2028).
    pub(crate) fn say(&mut self, text: &str) {
        let line = |c| if c == '\n' { '\u{2028}' } else { c };
        self.waiting.extend(text.chars().filter(|c| *c != '\r').map(line));
    }

    /// The packet that is due, if one is; to be asked every few milliseconds.
    pub(crate) fn packet(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.waiting.is_empty() && self.owed == 0 {
            return None;
        }
        if self.last.is_some_and(|last| now.duration_since(last) < INTERVAL) {
            return None;
        }
        let text = self.take(now);
        if text.is_empty() && self.owed == 0 {
            return None;
        }
        let idle = self.last.is_none_or(|last| now.duration_since(last) > INTERVAL * 2);
        let timestamp = now.duration_since(self.epoch).as_millis() as u32;
        let (payload_type, payload) = match self.redundant {
            Some(redundant) => (redundant, self.with_repetitions(&text, timestamp)),
            None => (self.payload_type, text.clone().into_bytes()),
        };
        let mut bytes = Vec::new();
        Packet {
            // The first after a pause says so (RFC 4103 section 3.3).
            marker: idle,
            payload_type,
            sequence: self.sequence,
            timestamp,
            ssrc: self.ssrc,
            payload: &payload,
        }
        .write(&mut bytes);
        self.sequence = self.sequence.wrapping_add(1);
        self.last = Some(now);
        self.owed = match (self.redundant, text.is_empty()) {
            (None, _) => 0,
            (Some(_), true) => self.owed - 1,
            (Some(_), false) => GENERATIONS,
        };
        self.before.push_back((text, timestamp));
        if self.before.len() > GENERATIONS {
            self.before.pop_front();
        }
        Some(bytes)
    }

    fn take(&mut self, now: Instant) -> String {
        let earned = now.duration_since(self.counted);
        self.counted = now;
        self.allowed = (self.allowed + earned.as_secs_f64() * CHARACTERS_A_SECOND).min(AT_ONCE);
        let mut text = String::new();
        while self.allowed >= 1.0 && text.len() + 4 <= LONGEST {
            let Some(character) = self.waiting.pop_front() else { break };
            text.push(character);
            self.allowed -= 1.0;
        }
        text
    }

    /// A header for each repeated text, one for the new one, then the texts (RFC 2198 section 3).
    fn with_repetitions(&self, text: &str, timestamp: u32) -> Vec<u8> {
        let mut payload = Vec::new();
        let repeated = self.before.iter().filter_map(|(text, then)| {
            // An offset has 14 bits; what is older than that is no repetition any more.
            let offset = timestamp.wrapping_sub(*then);
            (offset < 1 << 14).then_some((text, offset))
        });
        for (text, offset) in repeated.clone() {
            let fields = offset << 10 | text.len() as u32;
            payload.push(0x80 | self.payload_type);
            payload.extend_from_slice(&fields.to_be_bytes()[1..]);
        }
        payload.push(self.payload_type);
        repeated.for_each(|(text, _)| payload.extend_from_slice(text.as_bytes()));
        payload.extend_from_slice(text.as_bytes());
        payload
    }
}

/// Long enough for every repetition to have an offset.
const _: () =
    assert!(INTERVAL.as_millis() * (GENERATIONS as u128 + 1) < Duration::from_secs(16).as_millis());
