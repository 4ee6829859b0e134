//! What the pack's sentences mean: each sentence of each passage, each passage's headings, and each
//! article's names, encoded when the pack is indexed. Says how near a question's meaning comes to
//! them; whether that is near enough is for others to judge.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::Path,
};

use nlu::{Encoder, Meaning, meaning::Meanings, script::is_han};
use rayon::prelude::*;

use crate::{
    pack::Pack,
    passage::{Passage, sentence_ends},
};

/// More texts than this are not encoded: 100 MB and some minutes.
const MOST: usize = 200_000;

/// Shorter sentences are read together with the next; a Chinese character counts as three letters.
const SHORT: usize = 24;

/// Sentences encoded at a time, between two words on how far the work is.
const BATCH: usize = 256;

/// The encoded sentences of a library.
pub struct Sentences {
    meanings: Meanings,
    owners: Vec<Owner>,
}

/// Whose text it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    /// The numbered passage's.
    Passage(usize),
    /// A name of the article.
    Article(String),
}

/// How alike a meaning is to what the pack says.
#[derive(Debug, Clone, Default)]
pub struct Likenesses {
    passages: Vec<f32>,
    articles: BTreeMap<String, f32>,
}

impl Likenesses {
    /// To the likest sentence of a passage, by its place in `Library::passages`.
    pub fn passage(&self, number: usize) -> f32 {
        self.passages.get(number).copied().unwrap_or(-1.0)
    }

    /// To the likest name of an article, in any language.
    pub fn name(&self, article: &str) -> f32 {
        self.articles.get(article).copied().unwrap_or(-1.0)
    }
}

impl Sentences {
    /// Takes the meanings from `file` if it holds those of this pack by this encoder; else encodes
    /// what is not in `known` either and writes the file. None if the pack has too many.
    pub(crate) fn open(
        encoder: &Encoder,
        pack: &Pack,
        passages: &[Passage],
        file: &Path,
        known: impl FnOnce() -> Known,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> io::Result<Option<Sentences>> {
        let (owners, texts): (Vec<Owner>, Vec<String>) = texts(pack, passages).into_iter().unzip();
        if texts.len() > MOST {
            return Ok(None);
        }
        let hashes: Vec<u64> = texts.iter().map(|text| hash(text)).collect();
        let meanings = match Known::read(file) {
            Some(there) if there.hashes == hashes => there.meanings,
            _ => {
                let meanings = encode(encoder, &texts, &hashes, &known(), progress);
                let whole = Known { hashes, meanings };
                whole.write(file)?;
                whole.meanings
            }
        };
        Ok(Some(Sentences { meanings, owners }))
    }

    /// How alike a meaning is to each passage and each name.
    pub(crate) fn likenesses(&self, meaning: &Meaning, passages: usize) -> Likenesses {
        let mut out = Likenesses { passages: vec![-1.0; passages], articles: BTreeMap::new() };
        for (owner, likeness) in self.owners.iter().zip(self.meanings.likeness(meaning)) {
            let best = match owner {
                Owner::Passage(number) => &mut out.passages[*number],
                Owner::Article(article) => match out.articles.get_mut(article) {
                    Some(best) => best,
                    None => out.articles.entry(article.clone()).or_insert(likeness),
                },
            };
            *best = best.max(likeness);
        }
        out
    }
}

/// Texts that were encoded before, by their hashes.
#[derive(Default)]
pub(crate) struct Known {
    hashes: Vec<u64>,
    meanings: Meanings,
}

impl Known {
    /// Reads a file that `write` wrote; none if it is not there or is damaged.
    pub fn read(file: &Path) -> Option<Known> {
        Known::parse(&fs::read(file).ok()?)
    }

    fn parse(bytes: &[u8]) -> Option<Known> {
        let (many, rest) = bytes.split_first_chunk::<8>()?;
        let many = usize::try_from(u64::from_le_bytes(*many)).ok()?;
        let (hashes, rest) = rest.split_at_checked(many.checked_mul(8)?)?;
        let hashes = hashes.as_chunks().0.iter().map(|hash| u64::from_le_bytes(*hash)).collect();
        Some(Known { hashes, meanings: Meanings::from_bytes(many, rest)? })
    }

    /// Puts another's texts behind its own.
    pub fn add(&mut self, other: &Known) {
        for (number, hash) in other.hashes.iter().enumerate() {
            self.hashes.push(*hash);
            self.meanings.push_from(&other.meanings, number);
        }
    }

    /// Writes it beside and renames it, so that nobody reads half of it.
    fn write(&self, file: &Path) -> io::Result<()> {
        let mut bytes = (self.hashes.len() as u64).to_le_bytes().to_vec();
        bytes.extend(self.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes.extend(self.meanings.to_bytes());
        let beside = file.with_extension(format!("writing-{}", std::process::id()));
        fs::write(&beside, bytes)?;
        fs::rename(&beside, file)
    }
}

/// The meanings of all texts, in order; what is known is not encoded again.
fn encode(
    encoder: &Encoder,
    texts: &[String],
    hashes: &[u64],
    known: &Known,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Meanings {
    let numbers: HashMap<u64, usize> =
        known.hashes.iter().enumerate().map(|(number, hash)| (*hash, number)).collect();
    let mut meanings = Meanings::default();
    let wanted = hashes.iter().filter(|hash| !numbers.contains_key(hash)).count() as u64;
    let mut done = 0;
    for (texts, hashes) in texts.chunks(BATCH).zip(hashes.chunks(BATCH)) {
        let fresh: Vec<Option<Meaning>> = texts
            .par_iter()
            .zip(hashes)
            .map(|(text, hash)| (!numbers.contains_key(hash)).then(|| encoder.encode(text)))
            .collect();
        for (fresh, hash) in fresh.iter().zip(hashes) {
            match fresh {
                Some(meaning) => meanings.push(meaning),
                None => meanings.push_from(&known.meanings, numbers[hash]),
            }
        }
        done += fresh.iter().flatten().count() as u64;
        if wanted > 0 {
            progress(done, wanted);
        }
    }
    meanings
}

/// Everything that is encoded, with its owner.
fn texts(pack: &Pack, passages: &[Passage]) -> Vec<(Owner, String)> {
    let mut texts = Vec::new();
    for article in pack.articles.values() {
        for words in article.words.values() {
            let names = [&words.title].into_iter().chain(&words.also);
            texts.extend(names.map(|name| (Owner::Article(article.id.clone()), name.clone())));
        }
    }
    for (number, passage) in passages.iter().enumerate() {
        let heading = passage.heading.as_deref().unwrap_or_default();
        texts.push((Owner::Passage(number), format!("{} {heading}", passage.title)));
        let sentences = sentences(&passage.text).into_iter();
        texts.extend(sentences.map(|text| (Owner::Passage(number), text.to_owned())));
    }
    texts
}

/// The sentences of a text, short ones together with the next.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in sentence_ends(text) {
        let letters = |c: char| if is_han(c) { 3 } else { usize::from(c.is_alphanumeric()) };
        let weight: usize = text[start..end].chars().map(letters).sum();
        if weight >= SHORT || (end == text.len() && weight > 0) {
            sentences.push(text[start..end].trim());
            start = end;
        }
    }
    sentences
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use nlu::meaning::NUMBERS;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_sentences_are_read_with_the_next() {
        let text = "Bring it. A passport photo not older than six months. 带身份证。十八岁以下由父母申请。";
        assert_eq!(
            sentences(text),
            [
                "Bring it. A passport photo not older than six months.",
                "带身份证。十八岁以下由父母申请。"
            ]
        );
        assert_eq!(sentences("---\n\n"), [""; 0]);
        assert_eq!(sentences("5 yuan"), ["5 yuan"]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..1100), few in 0_u8..3) {
            Known::parse(&bytes);
            if bytes.len() >= 8 {
                bytes[..8].copy_from_slice(&u64::from(few).to_le_bytes());
                Known::parse(&bytes);
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("meanings");
        let bytes = [vec![0; 4], vec![7; NUMBERS]].concat();
        let meanings = Meanings::from_bytes(1, &bytes).expect("one");
        let mut known = Known { hashes: vec![42], meanings };
        known.add(&Known { hashes: vec![43], meanings: known.meanings.clone() });
        known.write(&file).expect("written");
        let read = Known::read(&file).expect("read");
        assert_eq!((read.hashes, read.meanings), (known.hashes, known.meanings));
    }
}
