//! Boards: where scores are added up, row by row. Only rows that were touched are ever looked at
//! again, so that a question about three of a million passages costs as much as they do. Boards are
//! kept between searches; filling a new one with zeros would cost more than most searches.

use std::sync::{Mutex, PoisonError};

/// The scores of one field, or of all.
#[derive(Debug, Default)]
pub struct Board {
    scores: Vec<f32>,
    touched: Vec<u32>,
    best: f32,
}

impl Board {
    fn of(rows: usize) -> Board {
        Board { scores: vec![0.0; rows], touched: Vec::new(), best: 0.0 }
    }

    /// Adds to a row; what is added is above 0.
    #[inline]
    pub fn add(&mut self, row: u32, score: f32) {
        let to = &mut self.scores[row as usize];
        if *to == 0.0 {
            self.touched.push(row);
        }
        *to += score;
    }

    /// Finds the best score; called when all is added.
    pub fn settle(&mut self) {
        self.best = self.touched().map(|(_, score)| score).fold(0.0, f32::max);
    }

    /// The best score, 0 if there is none.
    pub fn best(&self) -> f32 {
        self.best
    }

    /// A row's score as a share of the best.
    pub fn share(&self, row: u32) -> f32 {
        if self.best > 0.0 { self.scores[row as usize] / self.best } else { 0.0 }
    }

    /// Every row that has a score, and its score.
    pub fn touched(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.touched.iter().map(|row| (*row, self.scores[*row as usize]))
    }

    /// Adds another board's scores, as shares of its best, and clears it.
    pub fn take(&mut self, other: &mut Board, weight: f32) {
        other.settle();
        if other.best > 0.0 {
            let scale = weight / other.best;
            for (row, score) in other.touched() {
                self.add(row, score * scale);
            }
        }
        other.clear();
    }

    fn clear(&mut self) {
        if self.touched.len() * 8 > self.scores.len() {
            self.scores.fill(0.0);
        } else {
            for row in &self.touched {
                self.scores[*row as usize] = 0.0;
            }
        }
        self.touched.clear();
        self.best = 0.0;
    }
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
    use super::Pool;

    #[test]
    fn boards_come_back_clean() {
        let pool = Pool::new(1, 10, 2);
        for _ in 0..2 {
            pool.lend(|boards| {
                assert_eq!(boards.total.touched().count(), 0);
                boards.part.add(3, 2.0);
                boards.part.add(4, 1.0);
                boards.total.take(&mut boards.part, 10.0);
                let shares: Vec<_> = boards.total.touched().collect();
                assert_eq!(shares, [(3, 10.0), (4, 5.0)]);
                assert_eq!(boards.part.touched().count(), 0);
            });
        }
    }
}
