//! What was learned of danger, as it lies in `learned.bin`: a layer over words, one over meaning, and
//! how they are joined with the signs, with the meaning and without. `wendu train danger` writes the
//! file and says in `learned.txt` from what; here it is read.

use std::sync::LazyLock;

use super::{
    Kind, examples,
    features::SIZE,
    layer::Layer,
    weights::{Joined, NUMBERS},
};
use crate::{
    layer::{number, take},
    meaning,
};

/// The layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Layers {
    pub(super) words: Layer,
    pub(super) meaning: Layer,
}

/// All that was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The layers.
    pub layers: Layers,
    /// How signs and words are joined.
    pub alone: Joined,
    /// How signs, words and meaning are joined.
    pub with_meaning: Joined,
    /// Tells the sentences that it was learned from ([`fingerprint`]).
    pub from: u64,
}

/// What this program judges by.
pub static LEARNED: LazyLock<Learned> = LazyLock::new(|| {
    Learned::read(include_bytes!("learned.bin")).expect("what was learned is tested")
});

/// The first bytes of the file, with its version.
const MARK: [u8; 4] = *b"wdd1";

impl Learned {
    /// As a file: weights in eight bits, one scale a layer.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = [&MARK[..], &self.from.to_le_bytes()].concat();
        for joined in [&self.alone, &self.with_meaning] {
            let more = [joined.bias, joined.sure, joined.perhaps];
            out.extend(joined.weights.iter().chain(&more).flat_map(|number| number.to_le_bytes()));
        }
        for layer in [&self.layers.words, &self.layers.meaning] {
            layer.write(&mut out);
        }
        out
    }

    /// Reads a file; nothing if it is none.
    pub fn read(bytes: &[u8]) -> Option<Learned> {
        let mut rest = bytes.strip_prefix(&MARK)?;
        let from = u64::from_le_bytes(take(&mut rest)?);
        let [alone, with_meaning] = [joined(&mut rest)?, joined(&mut rest)?];
        let words = Layer::read(&mut rest, SIZE)?;
        let meaning = Layer::read(&mut rest, meaning::NUMBERS)?;
        let layers = Layers { words, meaning };
        rest.is_empty().then_some(Learned { layers, alone, with_meaning, from })
    }
}

impl Layers {
    /// The layer over words, as it lies in a file.
    pub fn words_in_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.words.write(&mut out);
        out
    }
}

fn joined(rest: &mut &[u8]) -> Option<Joined> {
    let mut weights = [0.0; NUMBERS];
    for weight in &mut weights {
        *weight = number(rest)?;
    }
    Some(Joined { weights, bias: number(rest)?, sure: number(rest)?, perhaps: number(rest)? })
}

/// Tells apart what is learned from: the examples, and the file of measured messages (FNV-1a).
pub fn fingerprint(messages: &str) -> u64 {
    let named = |(kind, text): (Option<Kind>, String)| (kind.map_or("", Kind::name), text);
    let examples = examples::all().into_iter().map(named);
    let said = examples.flat_map(|(kind, text)| [kind.as_bytes(), text.as_bytes()].concat());
    // The ends of lines are not the same on every machine.
    said.chain(messages.bytes().filter(|byte| *byte != b'\r'))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_lies_there_is_read_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..400),
            cut in 0..1_000_000usize,
        ) {
            prop_assert!(Learned::read(&bytes).is_none());
            let mut real = LEARNED.to_bytes();
            let short = cut % real.len();
            prop_assert!(Learned::read(&real[..short]).is_none());
            real[short] ^= 1;
            let _ = Learned::read(&real);
        }
    }

    #[test]
    fn what_was_learned_was_learned_from_what_stands_here() {
        let now = fingerprint(include_str!("../../danger.toml"));
        assert_eq!(LEARNED.from, now, "say `wendu train danger`, with the sentence encoder");
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Learned::read(&LEARNED.to_bytes()).as_ref(), Some(&*LEARNED));
    }
}
