//! Which side is asked for, by what a question means: a layer over the sentence encoder's numbers,
//! learned from `examples.txt` by `wendu train asking`, which writes `meant.bin`. Joined with what its
//! words say, for words alone miss what nobody has said in just those words.

use std::sync::LazyLock;

use super::learned::{CLASSES, EXAMPLES, Row, examples};
use crate::{
    layer::{Input, Layer, Lesson, Teaching, of_meaning, shares, take},
    meaning::{self, Encoder, Meaning},
};

/// How much the meaning counts beside the words, of 1. Chosen with golden questions that may be tuned
/// on: from a fifth to two fifths came out alike.
const SHARE: f32 = 0.25;

/// On golden questions that may be tuned on, half or twice the rounds or the pull gave the same within
/// a hundredth.
const TEACHING: Teaching =
    Teaching { inputs: meaning::NUMBERS, rounds: 12, step: 0.25, pull: 1e-4 };

/// The first bytes of the file, with its version.
const MARK: [u8; 4] = *b"wda1";

/// What was learned of the meaning of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Meant {
    layer: Layer<CLASSES>,
    /// Tells the examples that it was learned from.
    from: u64,
}

static LEARNED: LazyLock<Meant> =
    LazyLock::new(|| Meant::read(include_bytes!("meant.bin")).expect("what was learned is tested"));

/// What the words of a question say, joined with what it means.
pub(super) fn joined(words: Row, meaning: &Meaning) -> Row {
    join(words, LEARNED.chances(meaning), SHARE)
}

/// Two rows of chances as one.
fn join(words: Row, meant: Row, share: f32) -> Row {
    let log = |chance: f32| chance.max(1e-6).ln();
    let both = |class: usize| log(words[class]) * (1.0 - share) + log(meant[class]) * share;
    shares(std::array::from_fn(both))
}

impl Meant {
    /// Learns from the examples.
    pub fn learn(encoder: &Encoder) -> Meant {
        let ready: Vec<(Row, Vec<Input>)> = examples(EXAMPLES)
            .into_iter()
            .map(|(wanted, text)| {
                let meaning = encoder.encode(&crate::normal::fold(text));
                (wanted, of_meaning(meaning.as_slice()))
            })
            .collect();
        let lesson = |(wanted, inputs)| Lesson { inputs, wanted, counts: 1.0 };
        let lessons: Vec<Lesson<'_, CLASSES>> =
            ready.iter().map(|(wanted, inputs)| lesson((*wanted, &inputs[..]))).collect();
        Meant { layer: Layer::learn(&lessons, TEACHING), from: fingerprint() }
    }

    /// As a file: the weights in eight bits.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = [&MARK[..], &self.from.to_le_bytes()].concat();
        self.layer.write(&mut out);
        out
    }

    /// Reads a file; nothing if it is none.
    pub fn read(bytes: &[u8]) -> Option<Meant> {
        let mut rest = bytes.strip_prefix(&MARK)?;
        let from = u64::from_le_bytes(take(&mut rest)?);
        let layer = Layer::read(&mut rest, meaning::NUMBERS)?;
        rest.is_empty().then_some(Meant { layer, from })
    }

    fn chances(&self, meaning: &Meaning) -> Row {
        self.layer.chances(&of_meaning(meaning.as_slice()))
    }
}

/// Tells examples apart (FNV-1a); the ends of lines are not the same on every machine.
fn fingerprint() -> u64 {
    let bytes = EXAMPLES.bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
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
            prop_assert!(Meant::read(&bytes).is_none());
            let mut real = LEARNED.to_bytes();
            let short = cut % real.len();
            prop_assert!(Meant::read(&real[..short]).is_none());
            real[short] ^= 1;
            let _ = Meant::read(&real);
        }
    }

    #[test]
    fn what_was_learned_was_learned_from_the_examples_that_stand_here() {
        assert_eq!(
            LEARNED.from,
            fingerprint(),
            "say `wendu train asking`, with the sentence encoder"
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Meant::read(&LEARNED.to_bytes()).as_ref(), Some(&*LEARNED));
    }

    #[test]
    fn chances_that_agree_grow_no_smaller() {
        let mut row = [0.01; CLASSES];
        row[3] = 1.0 - 0.01 * (CLASSES as f32 - 1.0);
        let both = join(row, row, SHARE);
        assert!(both.iter().zip(row).all(|(a, b)| (a - b).abs() < 1e-4), "{both:?}");
    }
}
