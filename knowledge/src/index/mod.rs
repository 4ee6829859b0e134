//! The index: passages and their articles as tantivy postings, scored field by field. It knows
//! tokens and scores; what a passage says and who may see it is the library's affair.
//!
//! Each passage has five lexical fields and each article one more (docs/decisions/0002, 0008):
//! *words* find the subject, *pairs* keep word order (and are what finds Chinese), *loose* forgives
//! a word between, *grams* forgive spelling, *sounds* what was misheard, and the *parent* says
//! which page a short passage belongs to.

mod asked;
mod board;
mod rows;
mod score;

use std::{cmp::Reverse, collections::BinaryHeap, path::Path};

use nlu::normal::fold;
use rayon::prelude::*;

pub use self::asked::Asked;
pub(crate) use self::score::rarity;
use self::{
    asked::{Bag, Form, UNKNOWN, cut},
    board::{Board, Boards, Pool},
    rows::Rows,
    score::Scorer,
};

/// How many fields there are.
pub const FIELDS: usize = 6;

/// How passages are scored, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// English stems and Chinese words.
    Words,
    /// Neighbouring stems and neighbouring Chinese characters.
    Pairs,
    /// Stems near each other in either order, and single Chinese characters.
    Loose,
    /// Four and five neighbouring letters.
    Grams,
    /// Neighbouring syllables, and what is heard of English words.
    Sounds,
    /// The article that the passage is a part of.
    Parent,
}

/// The fields of a passage's own.
const OF_PASSAGES: [Field; 5] =
    [Field::Words, Field::Pairs, Field::Loose, Field::Grams, Field::Sounds];
/// The fields of an article.
const OF_ARTICLES: [Field; 3] = [Field::Words, Field::Pairs, Field::Sounds];

impl Field {
    /// All fields, in the order of [`Part::fields`].
    pub const ALL: [Field; FIELDS] =
        [Field::Words, Field::Pairs, Field::Loose, Field::Grams, Field::Sounds, Field::Parent];

    /// The name that `--why` shows.
    pub fn name(self) -> &'static str {
        match self {
            Field::Words => "words",
            Field::Pairs => "pairs",
            Field::Loose => "loose",
            Field::Grams => "grams",
            Field::Sounds => "sounds",
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
    /// The passages of each article.
    children: Vec<Vec<u32>>,
    /// The article of each passage.
    parents: Vec<usize>,
    pool: Pool,
}

/// One passage's score for one query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which passage, in the order in which they were indexed.
    pub passage: usize,
    /// The fused score; higher is better, comparable within one query only.
    pub score: f32,
    /// What each field gave, scaled to 0..=1 within the query, before its weight.
    pub fields: [f32; FIELDS],
}

impl Index {
    /// Writes passages and articles into an empty folder. `progress` hears how many are done.
    pub fn build(
        folder: &Path,
        entries: &[Entry],
        articles: &[String],
        progress: &dyn Fn(u64),
    ) -> Result<(), IndexError> {
        let passages = cut_all(entries, |entry| cut_for(&OF_PASSAGES, &entry.text));
        Rows::write(&folder.join("passages"), &OF_PASSAGES, passages, progress)?;
        let articles = cut_all(articles, |text| cut_for(&OF_ARTICLES, text));
        Rows::write(&folder.join("articles"), &OF_ARTICLES, articles, &|_| ())
    }

    /// Opens what [`Index::build`] wrote for the same passages.
    pub fn open(folder: &Path, parents: Vec<usize>) -> Result<Index, IndexError> {
        let passages = Scorer::open(&folder.join("passages"), &OF_PASSAGES)?;
        let articles = Scorer::open(&folder.join("articles"), &OF_ARTICLES)?;
        if passages.len() != parents.len() {
            return Err(IndexError::Mismatch { found: passages.len(), expected: parents.len() });
        }
        let mut children = vec![vec![]; articles.len()];
        for (row, parent) in (0u32..).zip(&parents) {
            let expected = articles.len();
            let article = children.get_mut(*parent);
            article.ok_or(IndexError::Mismatch { found: *parent, expected })?.push(row);
        }
        let pool = Pool::new(OF_PASSAGES.len(), passages.len(), articles.len());
        Ok(Index { passages, articles, children, parents, pool })
    }

    /// Scores every passage that shares anything with what is asked; of those for which `visible`
    /// holds, at most `limit`, best first.
    pub fn search(
        &self,
        asked: &Asked<'_>,
        limit: usize,
        visible: &dyn Fn(usize) -> bool,
    ) -> Vec<Part> {
        self.pool.lend(|boards| {
            let weights = self.score(asked, boards);
            let Boards { fields, total, articles, .. } = boards;
            for (board, weight) in fields.iter().zip(weights) {
                if board.best() > 0.0 && weight > 0.0 {
                    total.add_all(board, weight / board.best());
                }
            }
            let [article, _] = articles;
            let scale = weights[Field::Parent as usize] / article.best();
            if scale.is_finite() && scale > 0.0 {
                article.each(|article, score| {
                    for row in &self.children[article as usize] {
                        total.add(*row, score * scale);
                    }
                });
            }
            let part = |(row, score)| self.part(fields, &articles[0], row, score);
            best(total, limit, visible).into_iter().map(part).collect()
        })
    }

    /// How rare a token is among articles (its inverse document frequency, most for one that is
    /// nowhere), and whether it occurs on the numbered one.
    pub fn occurs(&self, field: Field, token: &str, article: usize) -> (f32, bool) {
        let field = OF_ARTICLES.iter().position(|known| *known == field);
        field.map_or((0.0, false), |field| self.articles.occurs(field, token, article))
    }

    /// Hears of each passage that holds a token, and of the token's saturated frequency there,
    /// 0..=1. Field 0 is words, 1 is pairs.
    pub(crate) fn each(&self, field: usize, token: &str, hear: &mut dyn FnMut(usize, f32)) {
        self.passages.each(field, token, hear);
    }

    /// How many passages there are.
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// How many articles they are of.
    pub(crate) fn articles(&self) -> usize {
        self.articles.len()
    }

    /// The article of a passage.
    pub(crate) fn parent(&self, passage: usize) -> usize {
        self.parents[passage]
    }

    /// Scores what was asked in every field that counts, and says how much each does.
    fn score(&self, asked: &Asked<'_>, boards: &mut Boards) -> [f32; FIELDS] {
        let mut form = asked.form();
        for field in [Field::Words, Field::Pairs] {
            self.add(field, &asked.parts(field), boards);
        }
        // Typed words are taken as they stand, unless they are no words of any passage.
        if boards.fields[..2].iter().all(|board| board.best() == 0.0) {
            form = form.spoken();
        }
        let mut weights = form.weights();
        for field in [Field::Loose, Field::Grams] {
            if weights[field as usize] > 0.0 {
                self.add(field, &asked.parts(field), boards);
            }
        }
        if weights[Field::Sounds as usize] > 0.0 {
            self.add(Field::Sounds, &asked.parts(Field::Sounds), boards);
        } else {
            let unknown = asked.unknown(|stem| self.passages.knows(Field::Words as usize, stem));
            weights[Field::Sounds as usize] = UNKNOWN;
            self.add(Field::Sounds, &[(unknown, 1.0)], boards);
        }
        // Where every passage is an article of its own, the parent would only be counted twice.
        if self.articles.len() < self.passages.len() {
            self.add_articles(asked, form, boards);
        }
        weights
    }

    fn add(&self, field: Field, parts: &[(Bag, f32)], boards: &mut Boards) {
        let Boards { fields, part, .. } = boards;
        let board = &mut fields[field as usize];
        for (bag, weight) in parts {
            self.passages.score(field as usize, bag, part);
            board.take(part, *weight);
        }
        board.settle();
    }

    fn add_articles(&self, asked: &Asked<'_>, form: Form, boards: &mut Boards) {
        let [board, part] = &mut boards.articles;
        for (field, counts) in form.parent() {
            let Some(at) = OF_ARTICLES.iter().position(|known| known == field) else { continue };
            for (bag, weight) in asked.parts(*field) {
                self.articles.score(at, &bag, part);
                board.take(part, weight * counts);
            }
        }
        board.settle();
    }

    fn part(&self, fields: &[Board], articles: &Board, row: u32, score: f32) -> Part {
        let passage = row as usize;
        let mut part = Part { passage, score, fields: [0.0; FIELDS] };
        for (to, board) in part.fields.iter_mut().zip(fields) {
            *to = board.share(row);
        }
        part.fields[Field::Parent as usize] = articles.share(self.parents[passage] as u32);
        part
    }
}

/// The best visible rows, best first; of equal ones the first.
fn best(total: &Board, limit: usize, visible: &dyn Fn(usize) -> bool) -> Vec<(u32, f32)> {
    // Scores are above 0, where the order of floats is that of their bits.
    let mut kept: BinaryHeap<Reverse<(u32, Reverse<u32>)>> = BinaryHeap::new();
    total.each(|row, score| {
        let key = (score.to_bits(), Reverse(row));
        let full = kept.len() >= limit;
        if full && kept.peek().is_none_or(|Reverse(least)| key <= *least) {
            return;
        }
        if visible(row as usize) {
            if full {
                kept.pop();
            }
            kept.push(Reverse(key));
        }
    });
    let sorted = kept.into_sorted_vec().into_iter();
    sorted.map(|Reverse((score, Reverse(row)))| (row, f32::from_bits(score))).collect()
}

/// Cutting takes most of an index's time: it is done on all cores, a batch at a time.
fn cut_all<T: Sync>(
    texts: &[T],
    cut: impl Fn(&T) -> Vec<Vec<String>> + Sync + Send + Copy,
) -> impl Iterator<Item = Vec<Vec<String>>> {
    texts.chunks(256).flat_map(move |batch| batch.par_iter().map(cut).collect::<Vec<_>>())
}

fn cut_for(fields: &[Field], text: &str) -> Vec<Vec<String>> {
    let folded = fold(text);
    fields.iter().map(|field| cut(*field, &folded)).collect()
}
