//! What is found must not hang on how an index is cut into segments, nor on how much of the postings
//! is read.

use std::fmt::Write;

use proptest::prelude::*;

use super::{Asked, Entry, Index, Limits, Part};

/// Words of made-up texts; letters, Chinese, and words that share grams.
const WORDS: [&str; 12] = [
    "permit",
    "permits",
    "renew",
    "fee",
    "feed",
    "home",
    "homes",
    "card",
    "居住证",
    "社保",
    "办理",
    "费用",
];

struct Built {
    _folder: tempfile::TempDir,
    index: Index,
}

/// An index of texts, two an article, so many rows a segment.
fn built(texts: &[String], segment: usize) -> Built {
    let entry = |(row, text): (usize, &String)| Entry { text: text.clone(), article: row / 2 };
    let entries: Vec<Entry> = texts.iter().enumerate().map(entry).collect();
    let articles: Vec<String> = texts.chunks(2).map(|texts| texts.join("\n")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    Index::write(folder.path(), &entries, &articles, segment, &|_| ()).expect("an index");
    let parents = entries.iter().map(|entry| entry.article).collect();
    let index = Index::open(folder.path(), parents).expect("the index");
    Built { _folder: folder, index }
}

impl Built {
    fn limited(mut self, enough: usize, candidates: usize) -> Built {
        self.index.limits = Limits { enough, candidates, ..self.index.limits };
        self
    }

    fn found(&self, asked: &Asked<'_>, limit: usize) -> Vec<Part> {
        self.index.search(asked, limit, &|_| true)
    }
}

fn texts(most: usize) -> impl Strategy<Value = Vec<String>> {
    let text = prop::collection::vec(prop::sample::select(&WORDS), 1..12);
    prop::collection::vec(text.prop_map(|words| words.join(" ")), 1..most)
}

fn question() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(&WORDS), 1..6);
    words.prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn segments_change_nothing(
        texts in texts(30), text in question(), beside in question(), size in 5usize..12,
    ) {
        let asked = Asked { text: &text, beside: &beside, ..Asked::default() };
        let whole = built(&texts, texts.len()).found(&asked, 40);
        prop_assert_eq!(built(&texts, size).found(&asked, 40), whole);
    }

    /// Rows that hold nothing of what is read are not found; all others score as if all were read,
    /// if all are candidates. What is read differs from field to field, so that few rows are missed.
    #[test]
    fn what_is_left_unread_counts_for_candidates(
        texts in texts(30), text in question(), enough in 1usize..40, size in 8usize..40,
    ) {
        let asked = Asked { text: &text, ..Asked::default() };
        let whole = built(&texts, size).limited(usize::MAX, 0).found(&asked, 40);
        let some = built(&texts, size).limited(enough, 40).found(&asked, 40);
        let mut missed = whole.iter().filter(|one| some.iter().all(|o| o.passage != one.passage));
        // A field's best row may be among those missed; then its scale is another one.
        if missed.next().is_none() {
            prop_assert_eq!(some.len(), whole.len());
            for one in &whole {
                let other = some.iter().find(|other| other.passage == one.passage);
                let other = other.map_or(0.0, |other| other.score);
                prop_assert!((other - one.score).abs() < 1e-4, "{} for {}", other, one.score);
            }
        }
    }

    #[test]
    fn only_what_is_visible_is_found(
        texts in texts(30), text in question(), enough in 1usize..20, candidates in 0usize..10,
    ) {
        let asked = Asked { text: &text, ..Asked::default() };
        let built = built(&texts, 8).limited(enough, candidates);
        let found = built.index.search(&asked, 5, &|row| row % 3 == 0);
        prop_assert!(found.len() <= 5);
        prop_assert!(found.iter().all(|part| part.passage % 3 == 0));
        prop_assert!(found.is_sorted_by(|one, other| one.score >= other.score));
    }
}

/// Numbers that look random and are the same every time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// A word of a language whose words are used as unevenly as people's (after Zipf).
    fn word(&mut self) -> String {
        let rank = 4000f64.powf(self.below(1 << 20) as f64 / f64::from(1 << 20)) as usize;
        let mut word = String::new();
        for shift in [0, 3, 6, 9] {
            let consonant = b"bdfgklmn"[(rank >> shift) & 7] as char;
            let _ = write!(word, "{consonant}{}", b"aeiou"[(rank >> shift) % 5] as char);
        }
        word
    }
}

/// What a part of the postings finds, over two hundred questions of six words of one text.
#[test]
fn little_reading_finds_the_same() {
    let mut dice = Dice(7);
    let text = |dice: &mut Dice| (0..40).map(|_| dice.word()).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = (0..2000).map(|_| text(&mut dice)).collect();
    let texts: Vec<String> = all.iter().map(|words| words.join(" ")).collect();
    let whole = built(&texts, 700);
    let some = built(&texts, 700).limited(300, 50);
    let (mut first, mut five) = (0, 0);
    for _ in 0..200 {
        let row = &all[dice.below(all.len())];
        let words: Vec<&str> = (0..6).map(|_| row[dice.below(row.len())].as_str()).collect();
        let text = words.join(" ");
        let asked = Asked { text: &text, ..Asked::default() };
        let rows = |built: &Built| -> Vec<usize> {
            built.found(&asked, 5).iter().map(|part| part.passage).collect()
        };
        let (whole, some) = (rows(&whole), rows(&some));
        first += usize::from(whole[0] == some[0]);
        five += some.iter().filter(|row| whole.contains(row)).count();
    }
    assert!(first >= 196, "{first} of 200 first passages are the same");
    assert!(five >= 920, "{five} of 1000 among the first five are the same");
}
