//! Synonyms: words that mean the same here, in both directions.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use nlu::{
    normal::fold,
    script::{is_han, stands_alone},
    tokens,
};

use crate::pack::Pack;

/// The groups of a pack, ready to be found in texts.
pub struct Synonyms {
    /// Phrases by group, folded.
    groups: Vec<Vec<String>>,
    finder: AhoCorasick,
    /// The group of each phrase that the finder knows.
    group_of: Vec<usize>,
    /// Groups that hold a phrase of just this one token.
    by_token: HashMap<String, Vec<usize>>,
}

impl Synonyms {
    /// Collects a pack's groups.
    pub fn of(pack: &Pack) -> Synonyms {
        let groups: Vec<Vec<String>> = pack
            .synonyms
            .iter()
            .map(|group| {
                group.iter().map(|phrase| fold(phrase)).filter(|p| !p.is_empty()).collect()
            })
            .collect();
        let mut by_token: HashMap<String, Vec<usize>> = HashMap::new();
        let mut phrases = Vec::new();
        let mut group_of = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            for phrase in group {
                phrases.push(phrase.clone());
                group_of.push(number);
                if let [token] = tokens::words(phrase).as_slice() {
                    by_token.entry(token.clone()).or_default().push(number);
                }
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&phrases)
            .expect("synonyms are far fewer than an automaton can hold");
        Synonyms { groups, finder, group_of, by_token }
    }

    /// The folded text, followed by what its words also mean, in the text's own script.
    pub fn expand(&self, folded: &str) -> String {
        let han = folded.chars().any(is_han);
        let mut out = folded.to_owned();
        let mut seen = Vec::new();
        for hit in self.finder.find_iter(folded) {
            let group = self.group_of[hit.pattern().as_usize()];
            if seen.contains(&group) || !stands_alone(folded, hit.range()) {
                continue;
            }
            seen.push(group);
            for phrase in &self.groups[group] {
                if phrase != &folded[hit.range()] && phrase.chars().any(is_han) == han {
                    out.push(' ');
                    out.push_str(phrase);
                }
            }
        }
        out
    }

    /// Other phrases for a token, each as its tokens.
    pub fn others(&self, token: &str) -> Vec<Vec<String>> {
        let groups = self.by_token.get(token).map_or(&[][..], Vec::as_slice);
        groups
            .iter()
            .flat_map(|group| &self.groups[*group])
            .map(|phrase| tokens::words(phrase))
            .collect()
    }
}
