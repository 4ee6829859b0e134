//! Which service a transcript tells of: the one whose published answers share most sounds with it.

use std::collections::{BTreeMap, HashSet};

use bot::{LanguageIdentifier, Mind};
use nlu::{normal::fold, sounds::sounds};

/// Every service as it is spoken, as pairs of sounds, by language.
pub(super) struct Services {
    pairs: BTreeMap<(String, String), HashSet<String>>,
    /// In how many services a pair occurs, by language.
    common: BTreeMap<(String, String), f64>,
}

impl Services {
    pub(super) fn of(mind: &Mind) -> Services {
        let pack = mind.library().pack();
        let mut all: BTreeMap<(String, String), HashSet<String>> = BTreeMap::new();
        for article in pack.articles.values() {
            for (language, words) in &article.words {
                let key = (language.to_string(), article.id.clone());
                // The title is said first, and names the service.
                all.entry(key).or_default().extend(pairs(&words.title));
            }
        }
        for passage in mind.library().passages() {
            let key = (passage.language.to_string(), passage.article.clone());
            all.entry(key).or_default().extend(pairs(&passage.text));
        }
        let mut common = BTreeMap::new();
        for ((language, _), pairs) in &all {
            for pair in pairs {
                *common.entry((language.clone(), pair.clone())).or_insert(0.0) += 1.0;
            }
        }
        Services { pairs: all, common }
    }

    /// The service that a transcript tells of; nothing where it says too little.
    pub(super) fn told_of(&self, text: &str, language: &LanguageIdentifier) -> Option<&String> {
        let language = language.to_string();
        let heard: HashSet<String> = pairs(text).collect();
        let weight = |pair: &String| {
            1.0 / self
                .common
                .get(&(language.clone(), pair.clone()))
                .copied()
                .unwrap_or(f64::INFINITY)
        };
        let score = |pairs: &HashSet<String>| heard.intersection(pairs).map(weight).sum::<f64>();
        let own = self.pairs.iter().filter(|((tag, _), _)| *tag == language);
        let best =
            own.map(|((_, id), pairs)| (score(pairs), id)).max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(score, _)| *score > 1.0).map(|(_, id)| id)
    }
}

/// What follows what, by sound.
fn pairs(text: &str) -> impl Iterator<Item = String> + use<> {
    let sounds = sounds(&fold(text));
    let keys: Vec<String> = sounds.into_iter().map(|sound| sound.key).collect();
    let pairs: Vec<String> = keys.windows(2).map(|pair| pair.join(" ")).collect();
    pairs.into_iter()
}
