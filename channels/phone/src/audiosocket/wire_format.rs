//! AudioSocket's frames: one byte of kind, two of length, the greater first, then what it says.

use crate::leg::Key;

const HANG_UP: u8 = 0x00;
const ID: u8 = 0x01;
const KEY: u8 = 0x03;
const SOUND: u8 = 0x10;
const ERROR: u8 = 0xff;

/// A frame that came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    HangUp,
    /// The call's UUID.
    Id(String),
    /// A key, if it is one.
    Key(Option<Key>),
    /// Sound: 16 bit at 8 kHz.
    Sound(Vec<i16>),
    Error,
    /// Of a kind that is not known here.
    Other,
}

/// Makes frames of bytes that come in pieces. A frame has 64 KiB at most, so that is all it holds.
#[derive(Default)]
pub(super) struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole frame.
    pub(super) fn next(&mut self) -> Option<Message> {
        let [kind, high, low, ..] = self.bytes[..] else { return None };
        let end = 3 + usize::from(u16::from_be_bytes([high, low]));
        let message = read(kind, self.bytes.get(3..end)?);
        self.bytes.drain(..end);
        Some(message)
    }
}

fn read(kind: u8, body: &[u8]) -> Message {
    match kind {
        HANG_UP => Message::HangUp,
        ID => Message::Id(body.iter().take(16).map(|byte| format!("{byte:02x}")).collect()),
        KEY => Message::Key(body.first().and_then(|key| Key::from_char(char::from(*key)))),
        SOUND => {
            let samples = body.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
            Message::Sound(samples.collect())
        }
        ERROR => Message::Error,
        _ => Message::Other,
    }
}

/// A frame of sound.
pub(super) fn sound(samples: &[i16]) -> Vec<u8> {
    let mut frame = vec![SOUND];
    frame.extend_from_slice(&(samples.len() as u16 * 2).to_be_bytes());
    samples.iter().for_each(|sample| frame.extend_from_slice(&sample.to_le_bytes()));
    frame
}

/// The frame that ends the call.
pub(super) fn hang_up() -> [u8; 3] {
    [HANG_UP, 0, 0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn frames_are_found_however_they_are_cut() {
        let mut bytes = vec![ID, 0, 16];
        bytes.extend([0xab; 16]);
        bytes.extend([KEY, 0, 1, b'5']);
        bytes.extend(sound(&[1, -2]));
        bytes.extend([0x42, 0, 2, 0, 0]);
        bytes.extend(hang_up());
        for piece in 1..bytes.len() {
            let mut frames = Frames::default();
            let mut messages = Vec::new();
            for part in bytes.chunks(piece) {
                frames.push(part);
                messages.extend(std::iter::from_fn(|| frames.next()));
            }
            assert_eq!(
                messages,
                [
                    Message::Id("ab".repeat(16)),
                    Message::Key(Key::from_char('5')),
                    Message::Sound(vec![1, -2]),
                    Message::Other,
                    Message::HangUp,
                ]
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_frames_or_wait(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut frames = Frames::default();
            frames.push(&bytes);
            while frames.next().is_some() {}
            prop_assert!(frames.bytes.len() <= bytes.len());
        }
    }
}
