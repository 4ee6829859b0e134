//! Support: how well published passages bear out a question, as a row of signals that do not depend
//! on how long the question is or how much is published. It measures what is there; whether that is
//! enough for an answer is judged by the bot.
//!
//! Search scores only rank passages against each other. Here everything is a share of what the
//! question could have scored: a rare word of the question that stands nowhere counts against it.

use std::{collections::BTreeSet, num::NonZero};

use nlu::tokens;

use crate::index::{Index, rarity};

/// How many signals there are.
pub const SIGNALS: usize = 25;

/// What each signal is called, in order.
pub const NAMES: [&str; SIGNALS] = [
    "unknown",
    "unknown-words",
    "best-cover",
    "top-cover",
    "page-cover",
    "top-page-cover",
    "words",
    "pairs",
    "per-word",
    "pair-cover",
    "gap",
    "page-gap",
    "stand-out",
    "agree",
    "content",
    "length",
    "rarest",
    "mean-rarity",
    "rarest-there",
    "known-cover",
    "rivals",
    "mass",
    "text-cover",
    "missing-rarest",
    "text-page-cover",
];

/// How many signals meaning adds; see [`Index::meant`].
pub const MEANT: usize = 14;

/// The share of the best passage's cover from which another one rivals it.
const RIVAL: f32 = 0.8;
/// How many of the best passages the best one is compared with.
const OTHERS: usize = 20;

/// What a question found, passage by passage and as signals.
#[derive(Debug, Clone)]
pub struct Support {
    /// The signals, each finite and most of them 0..=1, named by [`NAMES`].
    pub signals: [f32; SIGNALS],
    /// The best passages by words and pairs, best first, with their scores, 0..=1.
    pub best: Vec<(usize, f32)>,
}

/// What one kind of token found.
struct Found {
    /// BM25 of each passage, and what rarity it covers.
    passages: Vec<(f32, f32)>,
    /// What rarity each article covers, over all its passages.
    pages: Vec<f32>,
    /// The rarity of each token, and which passages have it.
    tokens: Vec<(f32, Vec<usize>)>,
    /// All rarities together.
    mass: f32,
}

impl Found {
    fn of(
        index: &Index,
        field: usize,
        tokens: &BTreeSet<String>,
        visible: &dyn Fn(usize) -> bool,
    ) -> Found {
        let mut found = Found {
            passages: vec![(0.0, 0.0); index.len()],
            pages: vec![0.0; index.articles()],
            tokens: vec![],
            mass: 0.0,
        };
        for token in tokens {
            let mut rows = Vec::new();
            index.each(field, token, &mut |row, part| {
                if visible(row) {
                    rows.push((row, part));
                }
            });
            let weight = rarity(index.len(), u32::try_from(rows.len()).unwrap_or(u32::MAX));
            let mut last = None;
            for (row, part) in &rows {
                found.passages[*row].0 += weight * part;
                found.passages[*row].1 += weight;
                // The passages of one article stand together.
                let page = index.parent(*row);
                if last != Some(page) {
                    found.pages[page] += weight;
                    last = Some(page);
                }
            }
            found.mass += weight;
            found.tokens.push((weight, rows.into_iter().map(|(row, _)| row).collect()));
        }
        found
    }

    /// The passages that hold anything.
    fn touched(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.passages.len()).filter(|row| self.passages[*row].1 > 0.0)
    }

    fn score(&self, passage: usize) -> f32 {
        self.passages.get(passage).map_or(0.0, |(score, _)| share(*score, self.mass))
    }

    fn cover(&self, passage: usize) -> f32 {
        self.passages.get(passage).map_or(0.0, |(_, cover)| share(*cover, self.mass))
    }

    fn page(&self, page: usize) -> f32 {
        self.pages.get(page).map_or(0.0, |cover| share(*cover, self.mass))
    }

    /// The best passage by BM25; the first of equals.
    fn best(&self) -> Option<usize> {
        self.touched()
            .reduce(|best, row| if self.score(row) > self.score(best) { row } else { best })
    }

    /// The most that a passage has of something.
    fn most(&self, of: impl Fn(usize) -> f32) -> f32 {
        self.touched().map(of).fold(0.0, f32::max)
    }

    fn most_of_a_page(&self) -> f32 {
        share(self.pages.iter().copied().fold(0.0, f32::max), self.mass)
    }
}

fn share(part: f32, of: f32) -> f32 {
    if of > 0.0 { (part / of).clamp(0.0, 1.0) } else { 0.0 }
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

impl Index {
    /// How well the visible passages bear out a folded text.
    pub fn support(&self, folded: &str, visible: &dyn Fn(usize) -> bool) -> Support {
        let unique = |tokens: Vec<String>| tokens.into_iter().collect::<BTreeSet<_>>();
        let (words, pairs) = (unique(tokens::words(folded)), unique(tokens::pairs(folded)));
        let content = unique(tokens::content(folded));
        let about = Found::of(self, 0, &content, visible);
        let words = Found::of(self, 0, &words, visible);
        let pairs = Found::of(self, 1, &pairs, visible);
        let score = |row: usize| (words.score(row) + pairs.score(row)) / 2.0;
        let mut best: Vec<(usize, f32)> = (0..self.len())
            .map(|row| (row, score(row)))
            .filter(|(_, score)| *score > 0.0)
            .collect();
        best.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let signals = self.signals(&about, &words, &pairs, &best);
        best.truncate(OTHERS);
        Support { signals, best }
    }

    fn signals(
        &self,
        about: &Found,
        words: &Found,
        pairs: &Found,
        best: &[(usize, f32)],
    ) -> [f32; SIGNALS] {
        let scarcest = rarity(self.len(), 0).max(f32::EPSILON);
        let (top, score) = best.first().copied().unwrap_or((usize::MAX, 0.0));
        let page = best.first().map(|(row, _)| self.parent(*row));
        let behind =
            |rival: Option<&(usize, f32)>| share(score - rival.map_or(0.0, |r| r.1), score);
        let elsewhere = best.iter().find(|(row, _)| Some(self.parent(*row)) != page);
        let lacking = about.tokens.iter().filter(|(_, rows)| rows.is_empty());
        let unknown: f32 = lacking.clone().map(|(weight, _)| weight).sum();
        let rarer = |a: &&(f32, Vec<usize>), b: &&(f32, Vec<usize>)| a.0.total_cmp(&b.0);
        let rarest = about.tokens.iter().filter(|(_, rows)| !rows.is_empty()).max_by(rarer);
        let rarest_asked = about.tokens.iter().max_by(rarer);
        let best_cover = about.most(|row| about.cover(row));
        let rivals = about.touched().filter(|row| about.cover(*row) >= RIVAL * best_cover).count();
        let each = |found: &Found| scarcest * found.tokens.len().max(1) as f32;
        [
            share(unknown, about.mass),
            (lacking.count() as f32 / 3.0).min(1.0),
            best_cover,
            about.cover(top),
            about.most_of_a_page(),
            page.map_or(0.0, |page| about.page(page)),
            words.most(|row| words.score(row)),
            pairs.most(|row| pairs.score(row)),
            words.most(|row| words.passages[row].0) / each(words),
            pairs.most(|row| pairs.cover(row)),
            behind(best.get(1)),
            behind(elsewhere),
            stand_out(best),
            match (words.best(), pairs.best()) {
                (Some(a), Some(b)) if a == b => 1.0,
                (Some(a), Some(b)) if self.parent(a) == self.parent(b) => 0.5,
                _ => 0.0,
            },
            (about.tokens.len() as f32).ln_1p(),
            (words.tokens.len() as f32).ln_1p(),
            rarest.map_or(0.0, |(weight, _)| weight / scarcest),
            about.mass / each(about),
            yes(rarest.is_some_and(|(_, rows)| rows.contains(&top))),
            share(about.cover(top) * about.mass, about.mass - unknown),
            (rivals as f32).ln_1p(),
            (best_cover * about.mass / scarcest / 5.0).min(1.0),
            words.cover(top),
            yes(rarest_asked.is_some_and(|(_, rows)| !rows.contains(&top))),
            words.most_of_a_page(),
        ]
    }

    /// How near the passages lie to a question in meaning, and whether that agrees with what its
    /// words found. `likeness` holds one cosine a passage.
    pub fn meant(&self, support: &Support, likeness: &[f32]) -> [f32; MEANT] {
        let mut order: Vec<usize> = (0..likeness.len().min(self.len())).collect();
        let Some(n) = NonZero::new(order.len()) else { return [0.0; MEANT] };
        order.sort_unstable_by(|a, b| likeness[*b].total_cmp(&likeness[*a]).then(a.cmp(b)));
        let n = n.get() as f32;
        let mean = order.iter().map(|row| likeness[*row]).sum::<f32>() / n;
        let spread = order.iter().map(|row| (likeness[*row] - mean).powi(2)).sum::<f32>() / n;
        let spread = spread.max(0.0).sqrt();
        let (first, top) = (order[0], likeness[order[0]]);
        let crowd = &order[..order.len().min(OTHERS)];
        let crowd = crowd.iter().map(|row| likeness[*row]).sum::<f32>() / crowd.len() as f32;
        let at =
            |row: Option<&usize>| row.and_then(|row| likeness.get(*row)).copied().unwrap_or(0.0);
        let elsewhere = order.iter().find(|row| self.parent(**row) != self.parent(first));
        let found: Vec<usize> = support.best.iter().map(|(row, _)| *row).collect();
        let five = &found[..found.len().min(5)];
        let rank = |row: &usize, rows: &[usize]| {
            rows.iter().position(|other| other == row).map_or(0.0, |rank| 1.0 / (rank as f32 + 1.0))
        };
        let shared = five.iter().filter(|row| order.iter().take(5).any(|other| other == *row));
        [
            top,
            top - at(order.get(1)),
            top - at(elsewhere),
            mean,
            spread,
            crowd,
            at(found.first()),
            found.first().map_or(0.0, |row| rank(row, &order)),
            shared.count() as f32 / 5.0,
            five.iter().map(|row| at(Some(row))).fold(-1.0, f32::max),
            yes(found.first().is_some_and(|row| self.parent(*row) == self.parent(first))),
            rank(&first, five),
            (top - mean) / spread.max(0.01) / 5.0,
            top - crowd,
        ]
    }
}

/// How far the best stands out from those behind it, in their standard deviations, scaled to 0..=1.
fn stand_out(best: &[(usize, f32)]) -> f32 {
    let [(_, top), others @ ..] = best else { return 0.0 };
    let others = &others[..others.len().min(OTHERS - 1)];
    if others.is_empty() {
        return 1.0;
    }
    let n = others.len() as f32;
    let mean = others.iter().map(|(_, score)| score).sum::<f32>() / n;
    let spread = others.iter().map(|(_, score)| (score - mean).powi(2)).sum::<f32>() / n;
    ((top - mean) / (spread.sqrt() + 0.01) / 10.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use nlu::normal::fold;
    use proptest::prelude::*;

    use super::*;
    use crate::index::Entry;

    fn index(texts: &[String]) -> (tempfile::TempDir, Index) {
        let entries: Vec<Entry> = texts
            .iter()
            .enumerate()
            .map(|(row, text)| Entry { text: text.clone(), article: row / 2 })
            .collect();
        let pages: Vec<String> = texts.chunks(2).map(|texts| texts.join("\n")).collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        Index::build(folder.path(), &entries, &pages, &|_| ()).expect("an index");
        let parents = entries.iter().map(|entry| entry.article).collect();
        let index = Index::open(folder.path(), parents).expect("the index");
        (folder, index)
    }

    fn signal(support: &Support, name: &str) -> f32 {
        support.signals[NAMES.iter().position(|known| *known == name).expect("a signal's name")]
    }

    #[test]
    fn what_is_taken_out_of_sight_no_longer_counts() {
        let texts =
            ["A dog licence costs ten pounds.", "Libraries open on Monday.", "Swim for less."];
        let (_folder, index) = index(&texts.map(str::to_owned));
        let all = index.support("dog licence", &|_| true);
        assert_eq!(all.best[0].0, 0);
        assert_eq!((signal(&all, "unknown"), signal(&all, "best-cover")), (0.0, 1.0));
        let less = index.support("dog licence", &|row| row != 0);
        assert!(less.best.is_empty());
        assert_eq!((signal(&less, "unknown"), signal(&less, "best-cover")), (1.0, 0.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn signals_are_finite_whatever_is_asked_and_published(
            texts in prop::collection::vec("\\PC{0,40}|[a-d 证件居住办]{0,30}", 1..6),
            question in "\\PC{0,40}|[a-d 证件居住办]{0,30}",
            likeness in prop::collection::vec(-1.0f32..1.0, 0..6),
        ) {
            let (_folder, index) = index(&texts);
            let support = index.support(&fold(&question), &|_| true);
            prop_assert!(support.signals.iter().all(|signal| signal.is_finite()));
            let meant = index.meant(&support, &likeness);
            prop_assert!(meant.iter().all(|signal| signal.is_finite()));
        }
    }
}
