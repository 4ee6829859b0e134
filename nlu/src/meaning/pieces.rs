//! The model's vocabulary: pieces of words with their scores, and the likeliest way to cut a text
//! into them (a unigram model; Kudo 2018). 128,000 pieces lie sorted in one run of bytes, 3 MB:
//! a tree of them would take ten times that.

/// The number that stands for what is in no piece.
pub const UNKNOWN: u32 = 0;

/// The pieces, sorted.
pub struct Pieces {
    bytes: Vec<u8>,
    sorted: Vec<Piece>,
    /// Where the pieces that begin with each byte stand in `sorted`.
    first: Vec<u32>,
    /// The score of what is in no piece, one character at a time.
    unknown: f64,
    many: usize,
}

struct Piece {
    start: u32,
    length: u32,
    number: u32,
    score: f32,
}

impl Pieces {
    /// Takes the pieces in the order of their numbers, each with its score: the logarithm of its
    /// probability.
    pub fn new(pieces: &[(&str, f32)]) -> Pieces {
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        // Of two equal pieces the later one counts, as in the package.
        order.sort_by_key(|&number| (pieces[number].0, std::cmp::Reverse(number)));
        order.dedup_by_key(|&mut number| pieces[number].0);
        let mut bytes = Vec::new();
        let mut sorted = Vec::with_capacity(order.len());
        for number in order {
            let (text, score) = pieces[number];
            let (start, length) = (bytes.len() as u32, text.len() as u32);
            sorted.push(Piece { start, length, number: number as u32, score });
            bytes.extend(text.as_bytes());
        }
        let lowest = pieces.iter().map(|piece| piece.1).fold(f32::INFINITY, f32::min);
        let mut pieces = Pieces {
            bytes,
            sorted,
            first: vec![],
            unknown: f64::from(lowest) - 10.0,
            many: pieces.len(),
        };
        pieces.first = (0..=256).map(|byte| pieces.beginning_below(byte)).collect();
        pieces
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.many
    }

    /// The numbers of the pieces of the likeliest cut, in order.
    pub fn cut(&self, text: &str) -> Vec<u32> {
        // The best way to come to each byte: its score, where its last piece begins, which it is.
        let mut best = vec![(f64::NEG_INFINITY, 0, UNKNOWN); text.len() + 1];
        best[0].0 = 0.0;
        for (start, c) in text.char_indices() {
            let so_far = best[start].0;
            let one = start + c.len_utf8();
            let mut alone = false;
            self.beginnings(&text.as_bytes()[start..], |piece| {
                let end = start + piece.length as usize;
                alone |= end == one;
                better(&mut best[end], (so_far + f64::from(piece.score), start, piece.number));
            });
            if !alone {
                better(&mut best[one], (so_far + self.unknown, start, UNKNOWN));
            }
        }
        let mut numbers = Vec::new();
        let mut at = text.len();
        while at > 0 {
            let (_, start, number) = best[at];
            numbers.push(number);
            at = start;
        }
        numbers.reverse();
        numbers
    }

    /// Calls `found` with each piece that a text begins with, shortest first.
    fn beginnings<'a>(&'a self, text: &[u8], mut found: impl FnMut(&'a Piece)) {
        let Some(first) = text.first().map(|byte| usize::from(*byte)) else { return };
        let mut range = &self.sorted[self.first[first] as usize..self.first[first + 1] as usize];
        // All in `range` begin with the text's first `depth` bytes.
        for depth in 1.. {
            let Some((piece, longer)) = range.split_first() else { return };
            if piece.length as usize == depth {
                found(piece);
                range = longer;
            }
            let Some(byte) = text.get(depth) else { return };
            let from = range.partition_point(|piece| self.at(piece, depth) < Some(byte));
            range = &range[from..];
            let to = range.partition_point(|piece| self.at(piece, depth) == Some(byte));
            range = &range[..to];
        }
    }

    fn beginning_below(&self, byte: u16) -> u32 {
        let first = |piece: &Piece| self.at(piece, 0).copied().map_or(0, u16::from);
        self.sorted.partition_point(|piece| first(piece) < byte) as u32
    }

    fn at(&self, piece: &Piece, depth: usize) -> Option<&u8> {
        (depth < piece.length as usize).then(|| &self.bytes[piece.start as usize + depth])
    }
}

/// Keeps the better way; of two equal ones the first found.
fn better(best: &mut (f64, usize, u32), way: (f64, usize, u32)) {
    if way.0 > best.0 {
        *best = way;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_likeliest_cut_wins() {
        let pieces = Pieces::new(&[
            ("<unk>", 0.0),
            ("a", -1.0),
            ("ab", -1.5),
            ("b", -1.0),
            ("abc", -9.0),
            ("c", -1.0),
            ("居住", -2.0),
            ("居住证", -2.5),
        ]);
        assert_eq!(pieces.cut("abc"), [2, 5]);
        assert_eq!(pieces.cut("ba"), [3, 1]);
        assert_eq!(pieces.cut("a居住证b"), [1, 7, 3]);
        assert_eq!(pieces.cut("居a"), [UNKNOWN, 1]);
        assert!(pieces.cut("").is_empty());
    }

    proptest! {
        /// The pieces of a cut, put together, are the text again.
        #[test]
        fn a_cut_loses_nothing(
            words in prop::collection::vec("[ab居住]{1,4}", 0..40),
            text in "[ab居住证c ]{0,30}",
        ) {
            let mut listed: Vec<(&str, f32)> = vec![("<unk>", 0.0)];
            listed.extend(words.iter().enumerate().map(|(n, word)| (word.as_str(), -(n as f32))));
            let pieces = Pieces::new(&listed);
            let mut rest = text.as_str();
            for number in pieces.cut(&text) {
                let unknown = rest.chars().next().map_or(0, char::len_utf8);
                let piece = match number {
                    UNKNOWN => &rest[..unknown],
                    number => listed[number as usize].0,
                };
                prop_assert!(rest.starts_with(piece));
                rest = &rest[piece.len()..];
            }
            prop_assert_eq!(rest, "");
        }
    }
}
