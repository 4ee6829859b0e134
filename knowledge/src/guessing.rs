//! Which article a text is about, guessed from how people ask: the examples of `intents.toml`, and
//! the pack's own names and headings. Learned when the index is made and kept beside it. It knows
//! nothing of what the pages say: that is the search's part, and weighing the two is the bot's.

use std::{
    fs, io,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use nlu::{
    classifier::{Classifier, Example, Guess, Validation},
    meaning::{Encoder, Meaning},
};
use rayon::prelude::*;

use crate::pack::Pack;

/// The file beside the index.
const FILE: &str = "guesser";
/// Changes whenever what is learned from the same pack does.
const VERSION: u32 = 2;
/// The share of questions about the pack's articles that is not to be taken for outside.
const KEEP: f32 = 0.95;

/// The label of what is like the pack's examples of questions that it does not answer.
pub const OUTSIDE: &str = "";

/// A classifier whose labels are the IDs of articles.
pub(crate) struct Guesser(Classifier);

impl Guesser {
    /// The one that lies in the index's folder, else a new one, which is left there. `progress` hears
    /// how many examples of how many are read.
    pub fn open(
        home: &Path,
        pack: &Pack,
        encoder: Option<&Encoder>,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> io::Result<Guesser> {
        let model = encoder.map_or(0, Encoder::version);
        let file = home.join(FILE);
        let kept = fs::read(&file).ok().and_then(|bytes| unpack(&bytes, model));
        if let Some(classifier) = kept {
            return Ok(Guesser(classifier));
        }
        let (examples, validation) = examples(pack, encoder, progress);
        let classifier = Classifier::train(&examples, &validation, KEEP);
        let draft = home.join(format!("{FILE}.building-{}", std::process::id()));
        fs::write(&draft, packed(&classifier, model))?;
        fs::rename(&draft, &file)?;
        Ok(Guesser(classifier))
    }

    /// What a text is about.
    pub fn guess(&self, text: &str, meaning: Option<&Meaning>) -> Guess<'_> {
        self.0.guess(text, meaning)
    }
}

/// Everything there is to learn from, and texts that are about nothing in the pack.
fn examples(
    pack: &Pack,
    encoder: Option<&Encoder>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> (Vec<Example>, Validation) {
    let texts = texts(pack);
    let (done, total) = (AtomicU64::new(0), texts.len() as u64);
    let examples: Vec<Example> = texts
        .into_par_iter()
        .map(|(text, label)| {
            let meaning = encoder.map(|encoder| encoder.encode(&text));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Example { meaning, text, label: label.to_owned() }
        })
        .collect();
    let outsiders = examples.iter().filter(|one| one.label == OUTSIDE).cloned().collect();
    (examples, Validation { insiders: vec![], outsiders })
}

/// The texts that examples are made of, each with its label.
fn texts(pack: &Pack) -> Vec<(String, &str)> {
    let mut texts = Vec::new();
    for article in pack.articles.values() {
        let id = article.id.as_str();
        let asked = pack.asked.of.get(id).into_iter().flatten().cloned();
        texts.extend(asked.map(|text| (text, id)));
        for words in article.words.values() {
            let names = [&words.title].into_iter().chain(&words.also).cloned();
            let headings = words.sections.iter().filter_map(|section| section.heading.as_ref());
            let sides = headings.map(|heading| format!("{} {heading}", words.title));
            texts.extend(names.chain(sides).map(|text| (text, id)));
        }
    }
    // Outsiders are learned as well, under a label that no article has: what is like one of them
    // is outside, whatever else it is like.
    texts.extend(pack.asked.outside.iter().map(|text| (text.clone(), OUTSIDE)));
    texts
}

/// A classifier as bytes, with what tells whether they are whole and whose they are.
fn packed(classifier: &Classifier, model: u64) -> Vec<u8> {
    // Nothing in a classifier can fail to be written.
    let body = postcard::to_allocvec(&(VERSION, model, classifier)).unwrap_or_default();
    [&hash(&body).to_le_bytes()[..], &body].concat()
}

fn unpack(bytes: &[u8], model: u64) -> Option<Classifier> {
    let (sum, body) = bytes.split_first_chunk()?;
    if u64::from_le_bytes(*sum) != hash(body) {
        return None;
    }
    let (version, of, classifier) = postcard::from_bytes(body).ok()?;
    ((version, of) == (VERSION, model)).then_some(classifier)
}

/// FNV-1a: tells a damaged file, it does not guard against an attacker.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Guesser, examples, packed, unpack};
    use crate::pack::{Article, Kind, Pack, Validity, Words, empty_pack};

    fn pack() -> Pack {
        let mut pack = empty_pack();
        for (id, title, asked) in [("dog", "养狗证", "给狗上牌"), ("card", "身份证", "卡丢了")]
        {
            let words = Words { title: title.into(), also: vec![], sections: vec![] };
            let article = Article {
                id: id.into(),
                kind: Kind::Page,
                department: None,
                audience: vec![],
                places: vec![],
                related: vec![],
                owner: None,
                source: None,
                checked: None,
                valid: Validity::default(),
                telephone: None,
                person: false,
                facts: Default::default(),
                words: [(nlu::langid!("zh"), words)].into(),
            };
            pack.articles.insert(id.into(), article);
            pack.asked.of.insert(id.into(), vec![asked.into()]);
        }
        pack.asked.outside.push("唱首歌".into());
        pack
    }

    #[test]
    fn what_was_learned_is_kept_and_a_damaged_file_is_made_anew() {
        let (home, pack) = (tempfile::tempdir().expect("a folder"), pack());
        let file = home.path().join("guesser");
        let guess = || {
            let guesser =
                Guesser::open(home.path(), &pack, None, &|_, _| ()).expect("the folder is there");
            let guess = guesser.guess("我的卡丢了", None);
            assert_eq!(guess.labels[0].0, "card");
            guess.outside
        };
        let first = guess();
        let kept = std::fs::read(&file).expect("it was kept");
        assert_eq!(guess(), first);
        std::fs::write(&file, &kept[..kept.len() / 2]).expect("written");
        assert_eq!(guess(), first);
        assert_eq!(std::fs::read(&file).expect("it was kept"), kept);
    }

    #[test]
    fn names_and_examples_are_learned_from() {
        let (examples, validation) = examples(&pack(), None, &|_, _| ());
        let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
        assert_eq!(texts, ["卡丢了", "身份证", "给狗上牌", "养狗证", "唱首歌"]);
        assert_eq!(validation.outsiders.len(), 1);
    }

    proptest! {
        #[test]
        fn bytes_that_are_no_classifier_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(unpack(&bytes, 0).is_none());
        }
    }

    #[test]
    fn another_models_classifier_is_not_taken() {
        let (examples, validation) = examples(&pack(), None, &|_, _| ());
        let classifier = nlu::classifier::Classifier::train(&examples, &validation, 0.9);
        let bytes = packed(&classifier, 7);
        assert!(unpack(&bytes, 7).is_some_and(|read| read == classifier));
        assert!(unpack(&bytes, 8).is_none());
    }
}
