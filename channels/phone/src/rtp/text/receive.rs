//! Text on its way in. Nothing is waited for: a packet that is missing is made good from what the
//! next one repeats, and where that does not suffice, the loss is told.

use super::super::keys::Allowance;
use super::super::packet::Packet;
use super::LOST;
use std::time::{Duration, Instant};

/// Characters taken in a burst, and how fast more are taken: faster than anyone types, as fast as
/// a prepared text is sent, slower than a flood.
const BURST: u32 = 4_000;
const EACH: Duration = Duration::from_millis(5);

/// A jump that is a restart of the sender, not a loss.
const RESTART: u16 = 1_000;

/// Hears text out of packets.
pub(crate) struct TextReceiver {
    payload_type: u8,
    redundant: Option<u8>,
    sender: Option<Sender>,
    allowed: Allowance,
    /// The beginning of a character that was cut between packets.
    cut: Vec<u8>,
}

struct Sender {
    ssrc: u32,
    next: u16,
}

impl TextReceiver {
    pub(crate) fn new(payload_type: u8, redundant: Option<u8>) -> Self {
        Self {
            payload_type,
            redundant,
            sender: None,
            allowed: Allowance::new(BURST, EACH),
            cut: Vec::new(),
        }
    }

    /// Other payload types from now on, after the peer changed its mind.
    pub(crate) fn set_types(&mut self, payload_type: u8, redundant: Option<u8>) {
        self.payload_type = payload_type;
        self.redundant = redundant;
    }

    /// Whether the packet's type is one that was agreed.
    pub(crate) fn knows(&self, packet: &Packet<'_>) -> bool {
        packet.payload_type == self.payload_type || Some(packet.payload_type) == self.redundant
    }

    /// The text that is new in the packet: `\n` for a new line, [`LOST`] where some is missing,
    /// no control character but backspace. Empty where there is none.
    pub(crate) fn hear(&mut self, packet: &Packet<'_>, now: Instant) -> String {
        let (repeated, primary) = if packet.payload_type == self.payload_type {
            (Vec::new(), packet.payload)
        } else if Some(packet.payload_type) == self.redundant {
            match split(packet.payload, self.payload_type) {
                Some(blocks) => blocks,
                None => return String::new(),
            }
        } else {
            return String::new();
        };
        let missing = match &self.sender {
            Some(sender) if sender.ssrc == packet.ssrc => {
                match packet.sequence.wrapping_sub(sender.next) {
                    gap if gap < RESTART => usize::from(gap),
                    gap if gap.wrapping_neg() < RESTART => return String::new(),
                    _ => repeated.len(),
                }
            }
            // What the first packet repeats went before it and was not heard either.
            _ => repeated.len(),
        };
        let known = self.sender.as_ref().is_some_and(|sender| sender.ssrc == packet.ssrc);
        self.sender = Some(Sender { ssrc: packet.ssrc, next: packet.sequence.wrapping_add(1) });
        let mut text = String::new();
        if known && missing > repeated.len() {
            self.cut.clear();
            text.push(LOST);
        }
        for block in &repeated[repeated.len() - missing.min(repeated.len())..] {
            self.read(block, now, &mut text);
        }
        self.read(primary, now, &mut text);
        text
    }

    /// Adds what the bytes say, less what is not for reading.
    fn read(&mut self, bytes: &[u8], now: Instant, text: &mut String) {
        self.cut.extend_from_slice(bytes);
        let bytes = std::mem::take(&mut self.cut);
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(good) => {
                    self.add(good, now, text);
                    break;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.add(std::str::from_utf8(good).unwrap_or_default(), now, text);
                    let Some(length) = error.error_len() else {
                        self.cut = bad.to_vec();
                        break;
                    };
                    self.add("\u{fffd}", now, text);
                    rest = &bad[length..];
                }
            }
        }
    }

    fn add(&mut self, new: &str, now: Instant, text: &mut String) {
        let mut after_return = text.ends_with('\r');
        for character in new.chars() {
            let line_feed_of_pair = character == '\n' && after_return;
            after_return = character == '\r';
            let character = match character {
                '\u{2028}' | '\r' => '\n',
                // Byte order marks keep the line open and say nothing (T.140 section 6.1).
                '\u{feff}' => continue,
                '\u{8}' | '\n' => character,
                character if character.is_control() => continue,
                character => character,
            };
            if !line_feed_of_pair && self.allowed.take(now) {
                text.push(character);
            }
        }
    }
}

/// The repeated texts, the oldest first, and the new one (RFC 2198 section 3).
fn split(payload: &[u8], plain: u8) -> Option<(Vec<&[u8]>, &[u8])> {
    let mut lengths = Vec::new();
    let mut rest = payload;
    loop {
        let (first, after) = rest.split_first()?;
        if first & 0x7f != plain {
            return None;
        }
        if first & 0x80 == 0 {
            rest = after;
            break;
        }
        let fields = after.get(..3)?;
        lengths.push(usize::from(fields[1] & 0x03) << 8 | usize::from(fields[2]));
        rest = &after[3..];
    }
    let mut repeated = Vec::new();
    for length in lengths {
        let block = rest.get(..length)?;
        repeated.push(block);
        rest = &rest[length..];
    }
    Some((repeated, rest))
}
