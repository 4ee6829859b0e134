//! BM25 over tantivy's postings, for every row that holds anything of a query.
//!
//! tantivy's own collectors stop early and so give only the best rows of one query; fusing fields
//! needs each field's score of every row. Adding the postings up on a board costs less than
//! tantivy's union of a hundred n-gram terms (docs/BENCHMARKS.md).

use std::{path::Path, sync::Arc};

use tantivy::{
    DocId, DocSet, Index, InvertedIndexReader, ReloadPolicy, Term,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::{Field as Column, IndexRecordOption},
};

use super::{Field, IndexError, asked::Bag, board::Board, rows::segment};

/// Term saturation and length normalisation as in Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework" (2009); tuning them gave nothing here.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// One opened index.
pub struct Scorer {
    rows: usize,
    fields: Vec<Scored>,
}

/// One field of all segments.
struct Scored {
    segments: Vec<Segment>,
    /// K1 × (1 − B + B × length / mean length), by length code.
    saturation: [f32; 256],
}

/// One field of one segment.
struct Segment {
    /// The number of its first row.
    first: u32,
    column: Column,
    postings: Arc<InvertedIndexReader>,
    /// The length code of each row.
    lengths: Vec<u8>,
}

/// A token that occurs: in how many rows, what it weighs, and where its postings begin among those
/// of the bag, one a segment.
struct Known {
    rows: u32,
    weight: f32,
    at: usize,
}

/// Tokens of a bag that were not read, since rarer ones had found rows enough.
pub struct Rest {
    field: usize,
    tokens: Vec<Known>,
    postings: Vec<Option<TermInfo>>,
}

impl Scorer {
    /// Opens the named fields of an index folder.
    pub fn open(folder: &Path, names: &[Field]) -> Result<Scorer, IndexError> {
        std::fs::metadata(folder)?;
        let mut rows = 0;
        let mut tokens = vec![0; names.len()];
        let mut segments: Vec<Vec<Segment>> = names.iter().map(|_| vec![]).collect();
        for number in 0.. {
            let folder = segment(folder, number);
            if !folder.try_exists()? {
                break;
            }
            let index = Index::open_in_dir(folder)?;
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let searcher = reader.searcher();
            let Some(reader) = searcher.segment_readers().first() else { break };
            for (at, name) in names.iter().enumerate() {
                let column = index.schema().get_field(name.name())?;
                let postings = reader.inverted_index(column)?;
                let norms = reader.get_fieldnorms_reader(column)?;
                tokens[at] += postings.total_num_tokens();
                let lengths = (0..reader.max_doc()).map(|row| norms.fieldnorm_id(row)).collect();
                segments[at].push(Segment { first: rows, column, postings, lengths });
            }
            rows += reader.max_doc();
        }
        let rows = rows as usize;
        let scored = segments
            .into_iter()
            .zip(tokens)
            .map(|(segments, tokens)| Scored { segments, saturation: saturation(tokens, rows) });
        Ok(Scorer { rows, fields: scored.collect() })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// The inverse document frequency of a token, and whether a row holds it.
    pub fn occurs(&self, field: usize, token: &str, row: usize) -> (f32, bool) {
        let Some(scored) = self.fields.get(field) else { return (0.0, false) };
        let Ok(row) = DocId::try_from(row) else { return (0.0, false) };
        let mut found = 0;
        let mut there = false;
        for segment in &scored.segments {
            let Some(info) = segment.find(token) else { continue };
            found += info.doc_freq;
            let own = row.checked_sub(segment.first);
            let own = own.filter(|row| (*row as usize) < segment.lengths.len());
            there |= own.is_some_and(|row| segment.holds(&info, row));
        }
        (rarity(self.rows, found), there)
    }

    /// Hears of each row that holds a token, and of the token's saturated frequency there: its part
    /// of BM25 without its rarity, 0..=1.
    pub fn each(&self, field: usize, token: &str, hear: &mut dyn FnMut(usize, f32)) {
        let Some(scored) = self.fields.get(field) else { return };
        for segment in &scored.segments {
            // As in `score`: what cannot be read counts as absent.
            let Some(mut block) = segment.find(token).and_then(|info| segment.read(&info)) else {
                continue;
            };
            while !block.docs().is_empty() {
                for (row, count) in block.docs().iter().zip(block.freqs()) {
                    let length = segment.lengths[*row as usize] as usize;
                    let count = *count as f32;
                    let row = (segment.first + row) as usize;
                    hear(row, count / (count + scored.saturation[length]));
                }
                block.advance();
            }
        }
    }

    /// Whether any row holds a token.
    pub fn knows(&self, field: usize, token: &str) -> bool {
        let scored = self.fields.get(field);
        scored.is_some_and(|scored| scored.segments.iter().any(|part| part.find(token).is_some()))
    }

    /// Adds the BM25 score of these tokens in the numbered field to the board, rarest tokens first,
    /// until `enough` postings are read. What is common beyond that says little about so many
    /// rows: it comes back, to be asked of a few of them by [`Scorer::finish`].
    pub fn score(&self, field: usize, bag: &Bag, enough: usize, board: &mut Board) -> Option<Rest> {
        let scored = self.fields.get(field)?;
        let (mut tokens, postings) = scored.known(bag, self.rows);
        let mut touches = 0;
        let read = tokens.iter().position(|token| {
            let more = touches + token.rows as usize;
            let full = touches > 0 && more > enough;
            touches = if full { touches } else { more };
            full
        });
        let rest = read.map(|read| tokens.split_off(read));
        board.expect(touches);
        // A segment after the other, so that its scores stay near the core.
        for (number, segment) in scored.segments.iter().enumerate() {
            let mut block = None;
            for token in &tokens {
                let Some(info) = &postings[token.at + number] else { continue };
                // A term that cannot be read counts as absent: a damaged index answers less, and
                // opening it anew reports the damage.
                let _ = segment.add(info, token.weight, &scored.saturation, &mut block, board);
            }
        }
        rest.map(|tokens| Rest { field, tokens, postings })
    }

    /// Adds the scores of what was left, so many times, of these rows, which are in order.
    pub fn finish(&self, rest: &Rest, times: f32, rows: &[u32], board: &mut Board) {
        let Some(scored) = self.fields.get(rest.field) else { return };
        for (number, segment) in scored.segments.iter().enumerate() {
            let start = rows.partition_point(|row| *row < segment.first);
            let end = segment.first as usize + segment.lengths.len();
            let end = rows.partition_point(|row| (*row as usize) < end);
            if start == end {
                continue;
            }
            for token in &rest.tokens {
                let Some(info) = &rest.postings[token.at + number] else { continue };
                let weight = token.weight * times;
                segment.add_some(info, weight, &scored.saturation, &rows[start..end], board);
            }
        }
    }
}

impl Scored {
    /// The tokens that occur, rarest first, and their postings in each segment.
    fn known(&self, bag: &Bag, rows: usize) -> (Vec<Known>, Vec<Option<TermInfo>>) {
        let mut known = Vec::with_capacity(bag.len());
        let mut postings = Vec::with_capacity(bag.len() * self.segments.len());
        for (token, times) in bag {
            let at = postings.len();
            postings.extend(self.segments.iter().map(|segment| segment.find(token)));
            let found = postings[at..].iter().flatten().map(|info| info.doc_freq).sum();
            if found > 0 {
                let weight = times * rarity(rows, found) * (K1 + 1.0);
                known.push(Known { rows: found, weight, at });
            }
        }
        // Sums of floats depend on their order: rarest first, and as the bag has them.
        known.sort_by_key(|token| token.rows);
        (known, postings)
    }
}

impl Segment {
    fn find(&self, token: &str) -> Option<TermInfo> {
        self.postings.get_term_info(&Term::from_field_text(self.column, token)).ok().flatten()
    }

    fn read(&self, info: &TermInfo) -> Option<BlockSegmentPostings> {
        let with = IndexRecordOption::WithFreqs;
        self.postings.read_block_postings_from_terminfo(info, with).ok()
    }

    fn holds(&self, info: &TermInfo, row: DocId) -> bool {
        let read = self.postings.read_postings_from_terminfo(info, IndexRecordOption::Basic);
        read.is_ok_and(|mut read| read.doc() == row || read.doc() < row && read.seek(row) == row)
    }

    fn add(
        &self,
        info: &TermInfo,
        weight: f32,
        saturation: &[f32; 256],
        block: &mut Option<BlockSegmentPostings>,
        board: &mut Board,
    ) -> std::io::Result<()> {
        let block = match block {
            Some(block) => {
                self.postings.reset_block_postings_from_terminfo(info, block)?;
                block
            }
            None => block.insert(
                self.postings
                    .read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?,
            ),
        };
        while !block.docs().is_empty() {
            for (row, count) in block.docs().iter().zip(block.freqs()) {
                let count = *count as f32;
                let length = self.lengths[*row as usize] as usize;
                board.add(self.first + row, weight * count / (count + saturation[length]));
            }
            block.advance();
        }
        Ok(())
    }

    /// The same for some rows, which are in order.
    fn add_some(
        &self,
        info: &TermInfo,
        weight: f32,
        saturation: &[f32; 256],
        rows: &[u32],
        board: &mut Board,
    ) {
        let Some(mut block) = self.read(info) else { return };
        for row in rows {
            let own = row - self.first;
            let at = block.seek(own);
            if block.doc(at) == own {
                let count = block.freq(at) as f32;
                let length = self.lengths[own as usize] as usize;
                board.add(*row, weight * count / (count + saturation[length]));
            }
        }
    }
}

/// Inverse document frequency, never below 0.
pub(crate) fn rarity(rows: usize, found: u32) -> f32 {
    let (rows, found) = (rows as f32, found as f32);
    (1.0 + (rows - found + 0.5) / (found + 0.5)).ln()
}

fn saturation(tokens: u64, rows: usize) -> [f32; 256] {
    let mean = (tokens as f32 / rows.max(1) as f32).max(1.0);
    std::array::from_fn(|code| {
        let length = FieldNormReader::id_to_fieldnorm(code as u8) as f32;
        K1 * (1.0 - B + B * length / mean)
    })
}
