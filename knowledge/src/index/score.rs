//! BM25 over tantivy's postings, for every row at once.
//!
//! tantivy's own collectors stop early and so give only the best rows of one query; fusing fields
//! needs each field's score of every row. Reading the postings into one array a field costs less
//! than tantivy's union of a hundred n-gram terms (docs/BENCHMARKS.md).

use std::{fs, path::Path};

use tantivy::{
    DocId, DocSet, Index, InvertedIndexReader, ReloadPolicy, Term,
    fieldnorm::FieldNormReader,
    postings::BlockSegmentPostings,
    schema::{Field, IndexRecordOption},
};

use crate::index::IndexError;

/// Term saturation and length normalisation as in Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework" (2009); tuning them gave nothing here.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// One opened index.
pub struct Scorer {
    rows: usize,
    fields: Vec<Scored>,
}

struct Scored {
    field: Field,
    postings: std::sync::Arc<InvertedIndexReader>,
    /// The length code of each row.
    lengths: Vec<u8>,
    /// K1 × (1 − B + B × length / mean length), by length code.
    saturation: [f32; 256],
}

impl Scorer {
    /// Opens the named fields of an index folder.
    pub fn open(folder: &Path, names: &[&str]) -> Result<Scorer, IndexError> {
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
            let field = index.schema().get_field(name)?;
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
        let term = Term::from_field_text(scored.field, token);
        let found = scored.postings.get_term_info(&term).ok().flatten();
        let there = found.as_ref().and_then(|info| {
            let read = scored.postings.read_postings_from_terminfo(info, IndexRecordOption::Basic);
            let mut postings = read.ok()?;
            let row = DocId::try_from(row).ok()?;
            Some(postings.doc() == row || postings.doc() < row && postings.seek(row) == row)
        });
        (rarity(self.rows, found.map_or(0, |info| info.doc_freq)), there.unwrap_or(false))
    }

    /// The BM25 score of every row for these tokens in the numbered field.
    pub fn score(&self, field: usize, tokens: &[String]) -> Vec<f32> {
        let mut scores = vec![0.0; self.rows];
        let Some(scored) = self.fields.get(field) else { return scores };
        let mut sorted: Vec<&str> = tokens.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let mut block = None;
        for same in sorted.chunk_by(|a, b| a == b) {
            // A term that cannot be read counts as absent: a damaged index answers less, and
            // opening it anew reports the damage.
            let _ = scored.add(same[0], same.len() as f32, self.rows, &mut block, &mut scores);
        }
        scores
    }
}

impl Scored {
    fn add(
        &self,
        token: &str,
        times: f32,
        rows: usize,
        block: &mut Option<BlockSegmentPostings>,
        scores: &mut [f32],
    ) -> std::io::Result<()> {
        let term = Term::from_field_text(self.field, token);
        let Some(info) = self.postings.get_term_info(&term)? else { return Ok(()) };
        let block = match block {
            Some(block) => {
                self.postings.reset_block_postings_from_terminfo(&info, block)?;
                block
            }
            None => block.insert(
                self.postings
                    .read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?,
            ),
        };
        let weight = times * rarity(rows, info.doc_freq) * (K1 + 1.0);
        while !block.docs().is_empty() {
            for (row, count) in block.docs().iter().zip(block.freqs()) {
                let row = *row as usize;
                let count = *count as f32;
                scores[row] +=
                    weight * count / (count + self.saturation[self.lengths[row] as usize]);
            }
            block.advance();
        }
        Ok(())
    }
}

/// Inverse document frequency, never below 0.
fn rarity(rows: usize, found: u32) -> f32 {
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
