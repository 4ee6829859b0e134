//! Names: which services, pages and places a text calls by name. A name said is worth more than
//! any score: "居住证" in a question is the residence permit, whatever else is near.

mod heads;
mod mend;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use aho_corasick::{AhoCorasick, MatchKind};
use nlu::{normal::fold, script::stands_alone};

use crate::pack::Pack;
use heads::Heads;
use mend::Mender;

/// Who is called by a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// An article's ID.
    Article(String),
    /// A place's ID.
    Place(String),
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Whom it may mean; more than one when the pack gives the name to several.
    pub named: Vec<Named>,
    /// Where it stands in the folded text, in bytes.
    pub span: Range<usize>,
}

/// All names of a pack.
pub struct Names {
    finder: AhoCorasick,
    named: Vec<Vec<Named>>,
    mender: Mender,
    heads: Heads,
}

impl Names {
    /// Collects titles and other names, in all languages.
    pub fn of(pack: &Pack) -> Names {
        let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        let mut put = |name: &str, named: Named| {
            let folded = bare(name);
            let long_enough = folded.chars().count() >= 2;
            let entry = names.entry(folded).or_default();
            if long_enough && !entry.contains(&named) {
                entry.push(named);
            }
        };
        for article in pack.articles.values() {
            for words in article.words.values() {
                for name in words.also.iter().chain([&words.title]) {
                    put(name, Named::Article(article.id.clone()));
                }
            }
        }
        for place in pack.places.values() {
            for language in &pack.languages {
                put(pack.say(&place.name, language), Named::Place(place.id.clone()));
            }
            for name in &place.also {
                put(name, Named::Place(place.id.clone()));
            }
        }
        names.retain(|name, named| !name.is_empty() && !named.is_empty());
        let (patterns, named): (Vec<String>, Vec<Vec<Named>>) = names.into_iter().unzip();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .expect("names are far fewer than an automaton can hold");
        Names { finder, named, mender: Mender::of(pack), heads: heads(pack) }
    }

    /// The folded text with names put right that were misspelt, misheard or typed as pinyin;
    /// nothing if there is nothing to mend.
    pub fn mended(&self, folded: &str) -> Option<String> {
        self.mender.mended(folded)
    }

    /// The articles that a folded text may mean which says no more than a general word for several
    /// things, as in "I lost my card".
    pub fn bare(&self, folded: &str) -> BTreeSet<&str> {
        self.heads.bare(folded)
    }

    /// The names in a folded text, longest first where they overlap, in order.
    pub fn mentions(&self, folded: &str) -> Vec<Mention> {
        self.finder
            .find_iter(folded)
            .filter(|hit| is_called(folded, hit.range()))
            .map(|hit| Mention {
                named: self.named[hit.pattern().as_usize()].clone(),
                span: hit.range(),
            })
            .collect()
    }
}

fn heads(pack: &Pack) -> Heads {
    Heads::of(pack.articles.values().flat_map(|article| {
        let names =
            article.words.values().flat_map(|words| words.also.iter().chain([&words.title]));
        names.map(|name| (bare(name), article.id.as_str()))
    }))
}

/// A name as people say it: without quotation marks and what stands in brackets.
fn bare(name: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::new();
    for c in fold(name).chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            '"' | '“' | '”' | '「' | '」' | '《' | '》' => {}
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// "passports" is the passport too.
fn is_called(text: &str, name: Range<usize>) -> bool {
    let plural = name.start..name.end + 1;
    stands_alone(text, name.clone())
        || (text[name.end..].starts_with('s') && stands_alone(text, plural))
}
