//! Writing rows: one tantivy segment, so that a row's number is its document number.

use std::{fs, path::Path};

use tantivy::{
    Index, TantivyDocument,
    directory::MmapDirectory,
    indexer::SingleSegmentIndexWriter,
    schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

use crate::index::{Field, IndexError};

/// Memory that one index may take while it is written, in bytes.
const BUDGET: usize = 64 << 20;

/// Rows of token lists.
pub struct Rows;

impl Rows {
    /// Writes rows into a new folder; each row holds one token list a field, in their order.
    pub fn write(
        folder: &Path,
        fields: &[Field],
        rows: impl Iterator<Item = Vec<Vec<String>>>,
        progress: &dyn Fn(u64),
    ) -> Result<(), IndexError> {
        fs::create_dir_all(folder)?;
        let schema = schema(fields);
        let fields: Vec<_> = schema.fields().map(|(field, _)| field).collect();
        let mut writer: SingleSegmentIndexWriter<TantivyDocument> = Index::builder()
            .schema(schema)
            .single_segment_index_writer(MmapDirectory::open(folder)?, BUDGET)?;
        for (number, row) in rows.enumerate() {
            let mut document = TantivyDocument::default();
            for (field, tokens) in fields.iter().zip(row) {
                document.add_pre_tokenized_text(*field, cut(tokens));
            }
            writer.add_document(document)?;
            progress(number as u64 + 1);
        }
        writer.finalize()?;
        Ok(())
    }
}

/// Frequencies and lengths, no positions: pairs hold the order.
fn schema(fields: &[Field]) -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    for field in fields {
        schema.add_text_field(
            field.name(),
            TextOptions::default().set_indexing_options(indexing.clone()),
        );
    }
    schema.build()
}

fn cut(tokens: Vec<String>) -> PreTokenizedString {
    let tokens = tokens
        .into_iter()
        .enumerate()
        .map(|(position, text)| Token { position, text, ..Token::default() })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}
