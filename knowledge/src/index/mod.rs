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
#[cfg(test)]
mod tests;

use std::{cmp::Reverse, collections::BinaryHeap, path::Path};

pub use self::asked::Asked;
pub(crate) use self::score::rarity;
use self::{
    asked::{Bag, Form, UNKNOWN},
    board::{Board, Boards, Pool},
    score::{Rest, Scorer},
};

/// How many fields there are.
pub const FIELDS: usize = 6;

/// How much is read of what is asked; docs/decisions/0012 tells how these were chosen.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Rows of one segment: its scores are then half a megabyte, which stays near a core.
    segment: usize,
    /// Postings that one field reads for one part of a question.
    enough: usize,
    /// Rows that are asked about what was left unread.
    candidates: usize,
}

const LIMITS: Limits = Limits { segment: 1 << 17, enough: 30_000, candidates: 200 };
/// So few passages are always read whole.
const FEW: usize = 20_000;

impl Limits {
    fn of(passages: usize) -> Limits {
        if passages > FEW { LIMITS } else { Limits { enough: usize::MAX, ..LIMITS } }
    }
}

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

impl AsRef<str> for Entry {
    fn as_ref(&self) -> &str {
        &self.text
    }
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
    limits: Limits,
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
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), IndexError> {
        Index::write(folder, entries, articles, LIMITS.segment, progress)
    }

    fn write(
        folder: &Path,
        entries: &[Entry],
        articles: &[String],
        size: usize,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), IndexError> {
        rows::write(&folder.join("passages"), &OF_PASSAGES, entries, size, progress)?;
        rows::write(&folder.join("articles"), &OF_ARTICLES, articles, size, &|_| ())
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
        let limits = Limits::of(passages.len());
        Ok(Index { passages, articles, children, parents, pool, limits })
    }

    /// Scores every passage that shares anything with what is asked; of those for which `visible`
    /// holds, at most `limit`, best first. Where that would be very many, those that share what is
    /// rare are scored by it, and by the rest only the best of them.
    pub fn search(
        &self,
        asked: &Asked<'_>,
        limit: usize,
        visible: &dyn Fn(usize) -> bool,
    ) -> Vec<Part> {
        self.pool.lend(|boards| {
            let (weights, left) = self.score(asked, boards);
            self.fuse(&weights, boards);
            let found = if left.is_empty() {
                best(&boards.total, limit, visible)
            } else {
                let found = best(&boards.total, limit.max(self.limits.candidates), visible);
                self.finish(found, &weights, &left, boards)
            };
            let part = |(row, score)| self.part(boards, row, score);
            found.into_iter().take(limit).map(part).collect()
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

    /// Scores what was asked in every field that counts, and says how much each does, and what was
    /// left unread.
    fn score(&self, asked: &Asked<'_>, boards: &mut Boards) -> ([f32; FIELDS], Vec<Left>) {
        let mut left = Vec::new();
        let mut form = asked.form();
        for field in [Field::Words, Field::Pairs] {
            self.add(field, &asked.parts(field), boards, &mut left);
        }
        // Typed words are taken as they stand, unless they are no words of any passage.
        if boards.fields[..2].iter().all(|board| board.best() == 0.0) {
            form = form.spoken();
        }
        let mut weights = form.weights();
        for field in [Field::Loose, Field::Grams] {
            if weights[field as usize] > 0.0 {
                self.add(field, &asked.parts(field), boards, &mut left);
            }
        }
        if weights[Field::Sounds as usize] > 0.0 {
            self.add(Field::Sounds, &asked.parts(Field::Sounds), boards, &mut left);
        } else {
            let unknown = asked.unknown(|stem| self.passages.knows(Field::Words as usize, stem));
            weights[Field::Sounds as usize] = UNKNOWN;
            self.add(Field::Sounds, &[(unknown, 1.0)], boards, &mut left);
        }
        // Where every passage is an article of its own, the parent would only be counted twice.
        if self.articles.len() < self.passages.len() {
            self.add_articles(asked, form, boards, &mut left);
        }
        (weights, left)
    }

    fn add(&self, field: Field, parts: &[(Bag, f32)], boards: &mut Boards, left: &mut Vec<Left>) {
        let Boards { fields, part, .. } = boards;
        let board = &mut fields[field as usize];
        // One part alone needs no scaling.
        if let [(bag, _)] = parts {
            let rest = self.passages.score(field as usize, bag, self.limits.enough, board);
            left.extend(rest.map(|rest| Left { rest, field, times: 1.0 }));
            board.settle();
            return;
        }
        for (bag, weight) in parts {
            let rest = self.passages.score(field as usize, bag, self.limits.enough, part);
            let times = board.take(part, *weight);
            left.extend(rest.map(|rest| Left { rest, field, times }));
        }
        board.settle();
    }

    fn add_articles(
        &self,
        asked: &Asked<'_>,
        form: Form,
        boards: &mut Boards,
        left: &mut Vec<Left>,
    ) {
        let [board, part] = &mut boards.articles;
        for (field, counts) in form.parent() {
            let Some(at) = OF_ARTICLES.iter().position(|known| known == field) else { continue };
            for (bag, weight) in asked.parts(*field) {
                let rest = self.articles.score(at, &bag, self.limits.enough, part);
                let times = board.take(part, weight * counts);
                left.extend(rest.map(|rest| Left { rest, field: Field::Parent, times }));
            }
        }
        board.settle();
    }

    /// Adds up all fields by their weights.
    fn fuse(&self, weights: &[f32; FIELDS], boards: &mut Boards) {
        let Boards { fields, total, articles: [article, _], .. } = boards;
        for (board, weight) in fields.iter().zip(weights) {
            if board.best() > 0.0 && *weight > 0.0 {
                total.add_all(board, weight / board.best());
            }
        }
        if article.best() > 0.0 {
            let scale = weights[Field::Parent as usize] / article.best();
            article.each(|article, score| {
                for row in &self.children[article as usize] {
                    total.add(*row, score * scale);
                }
            });
        }
    }

    /// Asks the rows found about what was left unread, and orders them anew.
    fn finish(
        &self,
        mut found: Vec<(u32, f32)>,
        weights: &[f32; FIELDS],
        left: &[Left],
        boards: &mut Boards,
    ) -> Vec<(u32, f32)> {
        let mut rows: Vec<u32> = found.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        let mut parents: Vec<u32> = rows.iter().map(|row| self.article(*row)).collect();
        parents.sort_unstable();
        parents.dedup();
        let Boards { fields, articles: [article, _], .. } = boards;
        for Left { rest, field, times } in left {
            match fields.get_mut(*field as usize) {
                Some(board) => self.passages.finish(rest, *times, &rows, board),
                None => self.articles.finish(rest, *times, &parents, article),
            }
        }
        fields.iter_mut().for_each(|board| board.raise(&rows));
        article.raise(&parents);
        for (row, score) in &mut found {
            let own = fields.iter().zip(weights).map(|(board, weight)| weight * board.share(*row));
            let parent = weights[Field::Parent as usize] * article.share(self.article(*row));
            *score = own.sum::<f32>() + parent;
        }
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        found
    }

    fn article(&self, row: u32) -> u32 {
        self.parents[row as usize] as u32
    }

    fn part(&self, boards: &Boards, row: u32, score: f32) -> Part {
        let mut part = Part { passage: row as usize, score, fields: [0.0; FIELDS] };
        for (to, board) in part.fields.iter_mut().zip(&boards.fields) {
            *to = board.share(row);
        }
        part.fields[Field::Parent as usize] = boards.articles[0].share(self.article(row));
        part
    }
}

/// What one part of a question left unread, and how many times its scores were added.
struct Left {
    rest: Rest,
    field: Field,
    times: f32,
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
