//! The index: passages and their articles as tantivy postings, scored field by field. It knows
//! tokens and scores; what a passage says and who may see it is the library's affair.
//!
//! Each passage has three lexical fields and each article one more (docs/decisions/0002):
//! *words* find the subject, *pairs* keep word order (and are what finds Chinese), *grams* forgive
//! spelling, and the *parent* says which page a short passage belongs to.

mod rows;
mod score;

use std::path::Path;

use nlu::{normal::fold, tokens};
use rayon::prelude::*;

use crate::index::{rows::Rows, score::Scorer};

/// How passages are scored, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// English stems and Chinese words.
    Words,
    /// Neighbouring stems and neighbouring Chinese characters.
    Pairs,
    /// Four and five neighbouring letters.
    Grams,
    /// The article that the passage is a part of.
    Parent,
}

impl Field {
    /// All fields, in the order of [`Part::fields`].
    pub const ALL: [Field; 4] = [Field::Words, Field::Pairs, Field::Grams, Field::Parent];

    /// The name that `--why` shows.
    pub fn name(self) -> &'static str {
        match self {
            Field::Words => "words",
            Field::Pairs => "pairs",
            Field::Grams => "grams",
            Field::Parent => "parent",
        }
    }
}

/// What is indexed: one passage, and which article it is a part of.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The text, with title and heading.
    pub text: String,
    /// Its article: an index into the articles given beside.
    pub article: usize,
}

/// An index could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// tantivy said so.
    #[error("the search index failed: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    /// Its folder could not be opened.
    #[error("the search index's folder cannot be opened: {0}")]
    Folder(#[from] tantivy::directory::error::OpenDirectoryError),
    /// The disk said so.
    #[error("the search index cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// It is not the index of these passages.
    #[error("the search index holds {found} rows where {expected} were expected")]
    Mismatch {
        /// Rows found.
        found: usize,
        /// Rows expected.
        expected: usize,
    },
}

/// Passages and articles, ready to be scored.
pub struct Index {
    passages: Scorer,
    articles: Scorer,
    /// The article of each passage.
    parents: Vec<usize>,
}

/// One passage's score for one query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which passage, in the order in which they were indexed.
    pub passage: usize,
    /// The fused score; higher is better, comparable within one query only.
    pub score: f32,
    /// What each field gave, scaled to 0..=1 within the query, before its weight.
    pub fields: [f32; 4],
}

impl Index {
    /// Writes passages and articles into an empty folder. `progress` hears how many are done.
    pub fn build(
        folder: &Path,
        entries: &[Entry],
        articles: &[String],
        progress: &dyn Fn(u64),
    ) -> Result<(), IndexError> {
        let passages = cut_all(entries, |entry| passage_tokens(&entry.text));
        Rows::write(&folder.join("passages"), passages, progress)?;
        let articles = cut_all(articles, |text| article_tokens(text));
        Rows::write(&folder.join("articles"), articles, &|_| ())
    }

    /// Opens what [`Index::build`] wrote for the same passages.
    pub fn open(folder: &Path, parents: Vec<usize>) -> Result<Index, IndexError> {
        let passages = Scorer::open(&folder.join("passages"), &["words", "pairs", "grams"])?;
        let articles = Scorer::open(&folder.join("articles"), &["words", "pairs"])?;
        if passages.len() != parents.len() {
            return Err(IndexError::Mismatch { found: passages.len(), expected: parents.len() });
        }
        Ok(Index { passages, articles, parents })
    }

    /// Scores every passage for which `visible` holds and that shares anything with the text;
    /// best first, at most `limit`.
    pub fn search(&self, text: &str, limit: usize, visible: &dyn Fn(usize) -> bool) -> Vec<Part> {
        let folded = fold(text);
        let [words, pairs, grams] = passage_tokens_of(&folded);
        let weights = Weights::of(&folded);
        let mut fields = [
            self.passages.score(0, &words),
            self.passages.score(1, &pairs),
            if weights.0[2] > 0.0 { self.passages.score(2, &grams) } else { vec![] },
            vec![],
        ];
        // Where every passage is an article of its own, the parent would only be counted twice.
        if self.articles.len() < self.passages.len() {
            let field = if weights.1 { (1, &pairs) } else { (0, &words) };
            let by_article = self.articles.score(field.0, field.1);
            fields[3] = self.parents.iter().map(|parent| by_article[*parent]).collect();
        }
        fuse(&fields, &weights.0, limit, visible)
    }
}

impl Index {
    /// How rare a token is among articles (its inverse document frequency, most for one that is
    /// nowhere), and whether it occurs on the numbered one. Field 0 is words, 1 is pairs.
    pub fn occurs(&self, field: usize, token: &str, article: usize) -> (f32, bool) {
        self.articles.occurs(field, token, article)
    }
}

/// The weight of each field for one query, and whether it is Chinese.
struct Weights([f32; 4], bool);

impl Weights {
    /// Measured on the questions named in docs/BENCHMARKS.md; flat around these values.
    fn of(folded: &str) -> Weights {
        if folded.chars().any(nlu::script::is_han) {
            Weights([1.0, 1.0, 0.0, 2.0], true)
        } else {
            Weights([3.0, 2.0, 2.0, 1.0], false)
        }
    }
}

/// Scales each field by its best score within the query, sums them by weight, sorts.
fn fuse(
    fields: &[Vec<f32>; 4],
    weights: &[f32; 4],
    limit: usize,
    visible: &dyn Fn(usize) -> bool,
) -> Vec<Part> {
    let best: Vec<f32> =
        fields.iter().map(|scores| scores.iter().copied().fold(0.0, f32::max)).collect();
    let rows = fields[0].len();
    let mut parts: Vec<Part> = Vec::new();
    for passage in 0..rows {
        let mut part = Part { passage, score: 0.0, fields: [0.0; 4] };
        for (at, scores) in fields.iter().enumerate() {
            if best[at] > 0.0 {
                part.fields[at] = scores[passage] / best[at];
                part.score += weights[at] * part.fields[at];
            }
        }
        if part.score > 0.0 && visible(passage) {
            parts.push(part);
        }
    }
    let order = |a: &Part, b: &Part| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage));
    if parts.len() > limit {
        parts.select_nth_unstable_by(limit, order);
        parts.truncate(limit);
    }
    parts.sort_unstable_by(order);
    parts
}

/// Cutting takes most of an index's time: it is done on all cores, a batch at a time.
fn cut_all<T: Sync>(
    texts: &[T],
    cut: impl Fn(&T) -> Vec<Vec<String>> + Sync + Send + Copy,
) -> impl Iterator<Item = Vec<Vec<String>>> {
    texts.chunks(256).flat_map(move |batch| batch.par_iter().map(cut).collect::<Vec<_>>())
}

fn passage_tokens(text: &str) -> Vec<Vec<String>> {
    passage_tokens_of(&fold(text)).into()
}

fn passage_tokens_of(folded: &str) -> [Vec<String>; 3] {
    [tokens::words(folded), tokens::pairs(folded), tokens::grams(folded)]
}

fn article_tokens(text: &str) -> Vec<Vec<String>> {
    let folded = fold(text);
    vec![tokens::words(&folded), tokens::pairs(&folded)]
}
