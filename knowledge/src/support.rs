//! Support: how well published passages bear out a question, as a row of signals that do not depend
//! on how long the question is or how much is published. It measures what is there; whether that is
//! enough for an answer is judged by the bot.
//!
//! Search scores only rank passages against each other. Here everything is a share of what the
//! question could have scored: a rare word of the question that stands nowhere counts against it.

use std::collections::{BTreeMap, BTreeSet};

use nlu::{script::is_han, tokens};

use crate::index::{Index, rarity};

/// How many signals there are.
pub const SIGNALS: usize = 26;

/// What each signal is called, in order.
pub const NAMES: [&str; SIGNALS] = [
    "unknown", "unknown-words", "best-cover", "top-cover", "page-cover", "top-page-cover",
    "words", "pairs", "per-word", "pair-cover", "gap", "page-gap", "stand-out", "agree",
    "content", "length", "rarest", "mean-rarity", "rarest-there", "known-cover", "rivals",
    "mass", "text-cover", "missing-rarest", "half-words", "han",
];

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
#[derive(Default)]
struct Found {
    /// BM25 of each passage as a share of what the question could have, and what rarity it covers.
    passages: BTreeMap<usize, (f32, f32)>,
    /// What rarity each article covers, over all its passages.
    pages: BTreeMap<usize, f32>,
    /// The rarity of each token, how many passages have it, and which.
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
        let mut found = Found::default();
        for token in tokens {
            let mut rows = Vec::new();
            index.each(field, token, &mut |row, part| {
                if visible(row) {
                    rows.push((row, part));
                }
            });
            let weight = rarity(index.len(), u32::try_from(rows.len()).unwrap_or(u32::MAX));
            let mut pages = BTreeSet::new();
            for (row, part) in &rows {
                let entry = found.passages.entry(*row).or_default();
                entry.0 += weight * part;
                entry.1 += weight;
                pages.insert(index.parent(*row));
            }
            for page in pages {
                *found.pages.entry(page).or_default() += weight;
            }
            found.mass += weight;
            found.tokens.push((weight, rows.into_iter().map(|(row, _)| row).collect()));
        }
        found
    }

    fn score(&self, passage: usize) -> f32 {
        self.passages.get(&passage).map_or(0.0, |(score, _)| share(*score, self.mass))
    }

    fn cover(&self, passage: usize) -> f32 {
        self.passages.get(&passage).map_or(0.0, |(_, cover)| share(*cover, self.mass))
    }

    fn page(&self, page: usize) -> f32 {
        self.pages.get(&page).map_or(0.0, |cover| share(*cover, self.mass))
    }

    fn best(&self) -> Option<usize> {
        let order = |a: &(&usize, &(f32, f32)), b: &(&usize, &(f32, f32))| {
            a.1.0.total_cmp(&b.1.0).then(b.0.cmp(a.0))
        };
        self.passages.iter().max_by(order).map(|(row, _)| *row)
    }
}

fn share(part: f32, of: f32) -> f32 {
    if of > 0.0 { (part / of).clamp(0.0, 1.0) } else { 0.0 }
}

impl Index {
    /// How well the visible passages bear out a folded text.
    pub fn support(&self, folded: &str, visible: &dyn Fn(usize) -> bool) -> Support {
        let unique = |tokens: Vec<String>| tokens.into_iter().collect::<BTreeSet<_>>();
        let (words, pairs) = (unique(tokens::words(folded)), unique(tokens::pairs(folded)));
        let content = unique(tokens::content(folded));
        let han = folded.chars().any(is_han);
        let about = Found::of(self, 0, &content, visible);
        let (words, pairs) =
            (Found::of(self, 0, &words, visible), Found::of(self, 1, &pairs, visible));
        let rows: BTreeSet<usize> =
            words.passages.keys().chain(pairs.passages.keys()).copied().collect();
        let mut best: Vec<(usize, f32)> = rows
            .into_iter()
            .map(|row| (row, (words.score(row) + pairs.score(row)) / 2.0))
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let most = rarity(self.len(), 0).max(f32::EPSILON);
        let top = best.first().copied();
        let (row, score) = top.unwrap_or((usize::MAX, 0.0));
        let page = top.map(|(row, _)| self.parent(row));
        let max = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0, f32::max);
        let gap = |rival: Option<f32>| share(score - rival.unwrap_or(0.0), score);
        let rival = best.get(1).map(|(_, score)| *score);
        let other =
            best.iter().find(|(row, _)| Some(self.parent(*row)) != page).map(|(_, score)| *score);
        let unknown: f32 =
            about.tokens.iter().filter(|(_, rows)| rows.is_empty()).map(|(weight, _)| weight).sum();
        let unknown_words = about.tokens.iter().filter(|(_, rows)| rows.is_empty()).count();
        let rarest = about
            .tokens
            .iter()
            .filter(|(_, rows)| !rows.is_empty())
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let best_cover = max(&mut about.passages.keys().map(|row| about.cover(*row)));
        let near = |row: &&usize| about.cover(**row) >= 0.8 * best_cover;
        let rivals = about.passages.keys().filter(near).count();
        let any_rarest = about.tokens.iter().max_by(|a, b| a.0.total_cmp(&b.0));
        let signals = [
            share(unknown, about.mass),
            (unknown_words as f32 / 3.0).min(1.0),
            best_cover,
            about.cover(row),
            max(&mut about.pages.keys().map(|page| about.page(*page))),
            page.map_or(0.0, |page| about.page(page)),
            max(&mut words.passages.keys().map(|row| words.score(*row))),
            max(&mut pairs.passages.keys().map(|row| pairs.score(*row))),
            max(&mut words.passages.values().map(|(score, _)| *score))
                / (most * words.tokens.len().max(1) as f32),
            max(&mut pairs.passages.keys().map(|row| pairs.cover(*row))),
            gap(rival),
            gap(other),
            stand_out(&best),
            match (words.best(), pairs.best()) {
                (Some(a), Some(b)) if a == b => 1.0,
                (Some(a), Some(b)) if self.parent(a) == self.parent(b) => 0.5,
                _ => 0.0,
            },
            (about.tokens.len() as f32).ln_1p(),
            (words.tokens.len() as f32).ln_1p(),
            rarest.map_or(0.0, |(weight, _)| weight / most),
            about.mass / (most * about.tokens.len().max(1) as f32),
            rarest.map_or(0.0, |(_, rows)| f32::from(u8::from(rows.contains(&row)))),
            share(about.cover(row) * about.mass, about.mass - unknown),
            (rivals as f32).ln_1p(),
            (best_cover * about.mass / most / 5.0).min(1.0),
            words.cover(row),
            any_rarest.map_or(0.0, |(_, rows)| f32::from(u8::from(!rows.contains(&row)))),
            max(&mut words.pages.keys().map(|page| words.page(*page))),
            f32::from(u8::from(han)),
        ];
        best.truncate(OTHERS);
        Support { signals, best }
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
