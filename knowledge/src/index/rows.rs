//! Writing rows: as tantivy segments of so many rows each, one after the other, so that a row's
//! number is its segment's first row and its document number. Segments are written at the same
//! time, one a core; no segment is ever merged with another.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use nlu::normal::fold;
use rayon::prelude::*;
use tantivy::{
    Index, TantivyDocument,
    directory::MmapDirectory,
    indexer::SingleSegmentIndexWriter,
    schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager},
};

use super::{Field, IndexError, asked::cut};

/// How large tantivy makes its table of terms before it grows, as bytes of its budget.
const BUDGET: usize = 64 << 20;

/// Where one segment lies.
pub fn segment(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:04}"))
}

/// Writes texts into a new folder, so many rows a segment, each text cut for every field.
/// `progress` hears how many are done.
pub fn write<T: AsRef<str> + Sync>(
    folder: &Path,
    fields: &[Field],
    texts: &[T],
    size: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), IndexError> {
    fs::create_dir_all(folder)?;
    let done = AtomicU64::new(0);
    let told = || progress(done.fetch_add(1, Ordering::Relaxed) + 1);
    // One job each, not halves of the range: segments are taken in order, and each core holds one.
    let chunks = texts.par_chunks(size).enumerate().with_max_len(1);
    chunks.try_for_each(|(number, texts)| {
        write_segment(&segment(folder, number), fields, texts, &told)
    })
}

fn write_segment<T: AsRef<str>>(
    folder: &Path,
    fields: &[Field],
    texts: &[T],
    told: &dyn Fn(),
) -> Result<(), IndexError> {
    fs::create_dir_all(folder)?;
    let schema = schema(fields);
    let columns: Vec<_> = schema.fields().map(|(field, _)| field).collect();
    let tokenizers = TokenizerManager::new();
    for field in fields {
        tokenizers.register(field.name(), Cutter(*field));
    }
    let mut writer: SingleSegmentIndexWriter<TantivyDocument> = Index::builder()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer(MmapDirectory::open(folder)?, BUDGET)?;
    for text in texts {
        let folded = fold(text.as_ref());
        let mut document = TantivyDocument::default();
        for column in &columns {
            document.add_text(*column, &folded);
        }
        writer.add_document(document)?;
        told();
    }
    writer.finalize()?;
    Ok(())
}

/// Frequencies and lengths, no positions: pairs hold the order.
fn schema(fields: &[Field]) -> Schema {
    let mut schema = Schema::builder();
    for field in fields {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(field.name())
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(true);
        schema.add_text_field(field.name(), TextOptions::default().set_indexing_options(indexing));
    }
    schema.build()
}

/// [`cut`] as a tokenizer: tantivy would write tokens that are given beside a text as JSON and read
/// them again.
#[derive(Clone)]
struct Cutter(Field);

struct Pieces {
    rest: std::vec::IntoIter<String>,
    token: Token,
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Pieces;

    fn token_stream<'a>(&'a mut self, folded: &'a str) -> Pieces {
        Pieces { rest: cut(self.0, folded).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Pieces {
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        let more = next.is_some();
        self.token.text = next.unwrap_or_default();
        self.token.position = self.token.position.wrapping_add(1);
        more
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
