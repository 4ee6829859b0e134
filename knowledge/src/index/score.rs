//! BM25 over tantivy's postings, for every row that holds anything of a query.
//!
//! tantivy's own collectors stop early and so give only the best rows of one query; fusing fields
//! needs each field's score of every row. Adding the postings up on a board costs less than
//! tantivy's union of a hundred n-gram terms (docs/BENCHMARKS.md).

use std::{fs, path::Path};

use tantivy::{
    DocId, DocSet, Index, InvertedIndexReader, ReloadPolicy, Term,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::{Field as Column, IndexRecordOption},
};

use super::{Field, IndexError, asked::Bag, board::Board};

/// Term saturation and length normalisation as in Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework" (2009); tuning them gave nothing here.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Postings of one field that one part of a question reads: what is in more rows than that says
/// little about any of them.
const ENOUGH: u32 = 300_000;

/// One opened index.
pub struct Scorer {
    rows: usize,
    fields: Vec<Scored>,
}

struct Scored {
    field: Column,
    postings: std::sync::Arc<InvertedIndexReader>,
    /// The length code of each row.
    lengths: Vec<u8>,
    /// K1 × (1 − B + B × length / mean length), by length code.
    saturation: [f32; 256],
}

impl Scorer {
    /// Opens the named fields of an index folder.
    pub fn open(folder: &Path, names: &[Field]) -> Result<Scorer, IndexError> {
        if !fs::exists(folder)? {
            return Err(std::io::Error::from(std::io::ErrorKind::NotFound).into());
        }
        let index = Index::open_in_dir(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let Some(segment) = searcher.segment_readers().first() else {
            return Ok(Scorer { rows: 0, fields: vec![] });
        };
        let rows = segment.max_doc() as usize;
        let mut fields = Vec::new();
        for name in names {
            let field = index.schema().get_field(name.name())?;
            let postings = segment.inverted_index(field)?;
            let norms = segment.get_fieldnorms_reader(field)?;
            fields.push(Scored {
                field,
                lengths: (0..segment.max_doc()).map(|row| norms.fieldnorm_id(row)).collect(),
                saturation: saturation(postings.total_num_tokens(), rows),
                postings,
            });
        }
        Ok(Scorer { rows, fields })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// The inverse document frequency of a token, and whether a row holds it.
    pub fn occurs(&self, field: usize, token: &str, row: usize) -> (f32, bool) {
        let Some(scored) = self.fields.get(field) else { return (0.0, false) };
        let found = scored.find(token);
        let there = found.as_ref().and_then(|info| {
            let read = scored.postings.read_postings_from_terminfo(info, IndexRecordOption::Basic);
            let mut postings = read.ok()?;
            let row = DocId::try_from(row).ok()?;
            Some(postings.doc() == row || postings.doc() < row && postings.seek(row) == row)
        });
        (rarity(self.rows, found.map_or(0, |info| info.doc_freq)), there.unwrap_or(false))
    }

    /// Hears of each row that holds a token, and of the token's saturated frequency there: its part
    /// of BM25 without its rarity, 0..=1.
    pub fn each(&self, field: usize, token: &str, hear: &mut dyn FnMut(usize, f32)) {
        let Some(scored) = self.fields.get(field) else { return };
        // As in `score`: what cannot be read counts as absent.
        let Some(info) = scored.find(token) else { return };
        let with = IndexRecordOption::WithFreqs;
        let Ok(mut block) = scored.postings.read_block_postings_from_terminfo(&info, with) else {
            return;
        };
        while !block.docs().is_empty() {
            for (row, count) in block.docs().iter().zip(block.freqs()) {
                let (row, count) = (*row as usize, *count as f32);
                hear(row, count / (count + scored.saturation[scored.lengths[row] as usize]));
            }
            block.advance();
        }
    }

    /// Whether any row holds a token.
    pub fn knows(&self, field: usize, token: &str) -> bool {
        self.fields.get(field).is_some_and(|scored| scored.find(token).is_some())
    }

    /// Adds the BM25 score of these tokens in the numbered field to the board. Rare tokens come
    /// first; common ones no longer count once a million-passage library has been read enough.
    pub fn score(&self, field: usize, bag: &Bag, board: &mut Board) {
        let Some(scored) = self.fields.get(field) else { return };
        let found = bag.iter().filter_map(|(token, times)| Some((scored.find(token)?, *times)));
        let mut found: Vec<(TermInfo, f32)> = found.collect();
        // Sums of floats depend on their order: rarest first, and as the bag has them.
        found.sort_by_key(|(info, _)| info.doc_freq);
        let touches = found.iter().map(|(info, _)| info.doc_freq as usize).sum::<usize>();
        board.expect(touches.min(ENOUGH as usize));
        let mut read = 0;
        let mut block = None;
        for (info, times) in found {
            read += info.doc_freq;
            if read > ENOUGH && read > info.doc_freq {
                break;
            }
            // A term that cannot be read counts as absent: a damaged index answers less, and
            // opening it anew reports the damage.
            let _ = scored.add(&info, times, self.rows, &mut block, board);
        }
    }
}

impl Scored {
    fn find(&self, token: &str) -> Option<TermInfo> {
        self.postings.get_term_info(&Term::from_field_text(self.field, token)).ok().flatten()
    }

    fn add(
        &self,
        info: &TermInfo,
        times: f32,
        rows: usize,
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
        let weight = times * rarity(rows, info.doc_freq) * (K1 + 1.0);
        while !block.docs().is_empty() {
            for (row, count) in block.docs().iter().zip(block.freqs()) {
                let count = *count as f32;
                let length = self.lengths[*row as usize] as usize;
                board.add(*row, weight * count / (count + self.saturation[length]));
            }
            block.advance();
        }
        Ok(())
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
