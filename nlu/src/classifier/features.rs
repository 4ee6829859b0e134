//! A text as weighted features: words and their neighbours, and runs of two to five characters,
//! each weighted by how rare it is (TF-IDF). Words carry what is meant, characters forgive spelling
//! and need no dictionary for Chinese. Says nothing about labels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{normal, tokens};

/// Features by number with their weights, in the order of the numbers.
pub(super) type Sparse = Vec<(u32, f32)>;

/// Lengths of runs of characters.
const GRAMS: std::ops::RangeInclusive<usize> = 2..=5;
/// Characters of a text that are read: a bound on the time that one text can take.
const LONGEST: usize = 1000;
/// The bit that parts words from runs of characters.
const WORD: u64 = 1 << 63;

/// The features that the examples had, and how rare each is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    /// Hashes of the features, ascending: a feature's number is its place here.
    keys: Vec<u64>,
    /// Inverse document frequencies.
    rarity: Vec<f32>,
    /// That of a feature that no example had.
    unseen: f32,
}

/// A text as features.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut {
    /// Those that the vocabulary knows.
    pub features: Sparse,
    /// The share of the text's weight that they are, 0..=1.
    pub known: f32,
}

impl Vocabulary {
    /// Learns from texts, given as [`count`] has them.
    pub fn learn<'a>(texts: impl Iterator<Item = &'a BTreeMap<u64, u32>>) -> Vocabulary {
        let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
        let mut number = 0u32;
        for counts in texts {
            number += 1;
            for key in counts.keys() {
                *seen.entry(*key).or_default() += 1;
            }
        }
        let rarity = |texts: u32| ((1.0 + number as f32) / (1.0 + texts as f32)).ln() + 1.0;
        Vocabulary {
            unseen: rarity(0),
            rarity: seen.values().map(|texts| rarity(*texts)).collect(),
            keys: seen.into_keys().collect(),
        }
    }

    /// How many features there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Words and runs of characters each have length 1, so that neither outweighs the other.
    pub fn cut(&self, counts: &BTreeMap<u64, u32>) -> Cut {
        let mut features = Sparse::new();
        let (mut squares, mut all) = ([0.0f32; 2], 0.0f32);
        for (key, count) in counts {
            let often = 1.0 + (*count as f32).ln();
            let kind = usize::from(key & WORD != 0);
            match self.keys.binary_search(key) {
                Ok(number) => {
                    let weight = often * self.rarity[number];
                    squares[kind] += weight * weight;
                    all += weight * weight;
                    features.push((number as u32, weight));
                }
                Err(_) => all += (often * self.unseen).powi(2),
            }
        }
        let first_word = self.keys.partition_point(|key| key & WORD == 0);
        for (number, weight) in &mut features {
            let kind = usize::from(*number as usize >= first_word);
            *weight /= squares[kind].sqrt();
        }
        let known = if all > 0.0 { ((squares[0] + squares[1]) / all).min(1.0) } else { 0.0 };
        Cut { features, known }
    }
}

/// The features of a text and how often each occurs.
pub(super) fn count(text: &str) -> BTreeMap<u64, u32> {
    let short: String = text.chars().take(LONGEST).collect();
    let folded = normal::fold(&short);
    let mut counts = BTreeMap::new();
    let mut add = |key: u64| *counts.entry(key).or_default() += 1;
    let mut last: Option<&str> = None;
    for word in tokens::cut(&folded) {
        add(hash([word]) | WORD);
        if let Some(last) = last {
            add(hash([last, " ", word]) | WORD);
        }
        last = Some(word);
    }
    for piece in folded.split(' ').filter(|piece| !piece.is_empty()) {
        let piece: Vec<char> = [' '].into_iter().chain(piece.chars()).chain([' ']).collect();
        for window in GRAMS.flat_map(|size| piece.windows(size)) {
            let mut bytes = [0; 4];
            add(window.iter().fold(SEED, |hash, c| step(hash, c.encode_utf8(&mut bytes))) & !WORD);
        }
    }
    counts
}

/// FNV-1a. Two features that share a hash count as one; with some ten thousand of them and 63 bits
/// that does not happen by chance, and somebody who makes it happen gains nothing.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn hash<const N: usize>(parts: [&str; N]) -> u64 {
    parts.into_iter().fold(SEED, step)
}

fn step(hash: u64, text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(hash, step)
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, count};

    #[test]
    fn rare_words_weigh_more_and_unseen_ones_lower_what_is_known() {
        let texts = [count("the card"), count("the dog"), count("the cat")];
        let vocabulary = Vocabulary::learn(texts.iter());
        assert!(vocabulary.cut(&count("The CARD")).known > 0.999);
        let some = vocabulary.cut(&count("the zebra")).known;
        assert!(0.0 < some && some < 0.9, "{some}");
        assert_eq!(vocabulary.cut(&count("斑马")).known, 0.0);
        assert!(vocabulary.cut(&count("")).features.is_empty());
    }

    #[test]
    fn chinese_is_found_by_words_and_by_characters() {
        let texts = [count("居住证丢了")];
        let vocabulary = Vocabulary::learn(texts.iter());
        assert!(vocabulary.cut(&count("補辦居住證")).features.len() > 3);
    }
}
