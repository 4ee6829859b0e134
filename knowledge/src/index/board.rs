//! Boards: where scores are added up, row by row. Only rows that were touched are ever looked at
//! again, so that a question about three of a million passages costs as much as they do; where a good
//! part of them is touched, all are, since going through them in order is faster then. Boards are kept
//! between searches; filling a new one with zeros would cost more than most searches.

use std::sync::{Mutex, PoisonError};

/// The scores of one field, or of all.
#[derive(Debug, Default)]
pub struct Board {
    scores: Vec<f32>,
    touched: Vec<u32>,
    /// Whether touched rows are not noted, since all will be looked at.
    whole: bool,
    best: f32,
}

/// Boards are looked at as a whole where one row in so many is touched.
const MANY: usize = 8;

impl Board {
    fn of(rows: usize) -> Board {
        Board { scores: vec![0.0; rows], touched: Vec::new(), whole: false, best: 0.0 }
    }

    /// Says how often rows are about to be touched at most.
    pub fn expect(&mut self, touches: usize) {
        self.whole |= touches.saturating_mul(MANY) > self.scores.len();
    }

    /// Adds to a row; what is added is above 0.
    #[inline]
    pub fn add(&mut self, row: u32, score: f32) {
        let to = &mut self.scores[row as usize];
        if !self.whole && *to == 0.0 {
            self.touched.push(row);
        }
        *to += score;
    }

    /// Adds another board's scores, so many times.
    pub fn add_all(&mut self, other: &Board, times: f32) {
        if other.whole {
            self.whole = true;
            for (to, score) in self.scores.iter_mut().zip(&other.scores) {
                *to += score * times;
            }
        } else {
            self.expect(other.touched.len());
            for row in &other.touched {
                self.add(*row, other.scores[*row as usize] * times);
            }
        }
    }

    /// Finds the best score; called when all is added.
    pub fn settle(&mut self) {
        self.best = if self.whole {
            highest(&self.scores)
        } else {
            self.touched.iter().map(|row| self.scores[*row as usize]).fold(0.0, higher)
        };
    }

    /// Finds the best score again, after some rows were added to.
    pub fn raise(&mut self, rows: &[u32]) {
        self.best = rows.iter().map(|row| self.scores[*row as usize]).fold(self.best, higher);
    }

    /// The best score, 0 if there is none.
    pub fn best(&self) -> f32 {
        self.best
    }

    /// A row's score as a share of the best.
    pub fn share(&self, row: u32) -> f32 {
        if self.best > 0.0 { self.scores[row as usize] / self.best } else { 0.0 }
    }

    /// Hears of every row that has a score, and of its score.
    pub fn each(&self, mut hear: impl FnMut(u32, f32)) {
        if self.whole {
            for (row, score) in (0u32..).zip(&self.scores) {
                if *score > 0.0 {
                    hear(row, *score);
                }
            }
        } else {
            self.touched.iter().for_each(|row| hear(*row, self.scores[*row as usize]));
        }
    }

    /// Adds another board's scores, as shares of its best, and clears it. Says how many times they
    /// were added.
    pub fn take(&mut self, other: &mut Board, weight: f32) -> f32 {
        other.settle();
        let times = if other.best > 0.0 { weight / other.best } else { 0.0 };
        if times > 0.0 {
            self.add_all(other, times);
        }
        other.clear();
        times
    }

    fn clear(&mut self) {
        if self.whole || self.touched.len() * MANY > self.scores.len() {
            self.scores.fill(0.0);
        } else {
            for row in &self.touched {
                self.scores[*row as usize] = 0.0;
            }
        }
        self.touched.clear();
        self.whole = false;
        self.best = 0.0;
    }
}

fn higher(one: f32, other: f32) -> f32 {
    if other > one { other } else { one }
}

/// The highest of many scores, eight at once.
fn highest(scores: &[f32]) -> f32 {
    let (eights, last) = scores.as_chunks::<8>();
    let mut best = [0.0; 8];
    for eight in eights {
        for (best, score) in best.iter_mut().zip(eight) {
            *best = higher(*best, *score);
        }
    }
    best.iter().chain(last).copied().fold(0.0, higher)
}

/// The boards of one search.
#[derive(Debug)]
pub struct Boards {
    /// One a field of passages.
    pub fields: Vec<Board>,
    /// All fields by their weights.
    pub total: Board,
    /// One part of a question, before it is scaled.
    pub part: Board,
    /// Articles, and one part of a question among them.
    pub articles: [Board; 2],
}

impl Boards {
    fn clear(&mut self) {
        let alone = [&mut self.total, &mut self.part].into_iter();
        self.fields.iter_mut().chain(alone).chain(&mut self.articles).for_each(Board::clear);
    }
}

/// Boards that wait for the next search; as many as ever searched at once.
#[derive(Debug)]
pub struct Pool {
    fields: usize,
    passages: usize,
    articles: usize,
    idle: Mutex<Vec<Boards>>,
}

impl Pool {
    /// For so many fields and rows.
    pub fn new(fields: usize, passages: usize, articles: usize) -> Pool {
        Pool { fields, passages, articles, idle: Mutex::default() }
    }

    /// Lends clean boards for one search.
    pub fn lend<T>(&self, search: impl FnOnce(&mut Boards) -> T) -> T {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut boards = idle.unwrap_or_else(|| Boards {
            fields: (0..self.fields).map(|_| Board::of(self.passages)).collect(),
            total: Board::of(self.passages),
            part: Board::of(self.passages),
            articles: [Board::of(self.articles), Board::of(self.articles)],
        });
        let found = search(&mut boards);
        boards.clear();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(boards);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, Pool};

    fn rows(board: &Board) -> Vec<(u32, f32)> {
        let mut rows = Vec::new();
        board.each(|row, score| rows.push((row, score)));
        rows
    }

    #[test]
    fn boards_come_back_clean() {
        let pool = Pool::new(1, 100, 2);
        for _ in 0..2 {
            pool.lend(|boards| {
                assert_eq!(rows(&boards.total), []);
                boards.part.add(3, 2.0);
                boards.part.add(4, 1.0);
                boards.total.take(&mut boards.part, 10.0);
                assert_eq!(rows(&boards.total), [(3, 10.0), (4, 5.0)]);
                assert_eq!(rows(&boards.part), []);
            });
        }
    }

    #[test]
    fn looked_at_whole_a_board_says_the_same() {
        let pool = Pool::new(1, 100, 2);
        for touches in [0, 3, 100] {
            pool.lend(|boards| {
                boards.total.add(7, 1.0);
                boards.part.expect(touches);
                for (row, score) in [(3, 2.0), (7, 4.0), (3, 1.0)] {
                    boards.part.add(row, score);
                }
                boards.total.take(&mut boards.part, 8.0);
                boards.total.settle();
                let mut rows = rows(&boards.total);
                rows.sort_by_key(|(row, _)| *row);
                assert_eq!((rows, boards.total.best()), (vec![(3, 6.0), (7, 9.0)], 9.0));
            });
        }
    }
}
