//! A table of questions and answers: CSV, or TSV, with a row of names at its head.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use super::{
    ImportError, escape,
    page::{Draft, Raw},
    unreadable,
};

const QUESTION: [&str; 3] = ["question", "问题", "提问"];
const ANSWER: [&str; 6] = ["answer", "text", "答案", "回答", "答复", "内容"];
const TITLE: [&str; 2] = ["title", "标题"];
const ADDRESS: [&str; 6] = ["url", "link", "source", "网址", "链接", "来源"];
const LANGUAGE: [&str; 3] = ["lang", "language", "语言"];
const ID: [&str; 3] = ["id", "编号", "序号"];

/// Reads row by row.
pub(super) fn read(
    source: &Path,
    draft: &mut Draft<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ImportError> {
    let mut file = BufReader::new(File::open(source).map_err(unreadable(source))?);
    let separator = separator(file.fill_buf().map_err(unreadable(source))?);
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(separator)
        .from_reader(Lines { file, after_return: false });
    let broken = |error: csv::Error| unreadable(source)(io::Error::other(error));
    let names: Vec<String> = table
        .byte_headers()
        .map_err(broken)?
        .iter()
        .map(|name| {
            let name = String::from_utf8_lossy(name);
            name.trim_start_matches('\u{feff}').trim().to_lowercase()
        })
        .collect();
    let column = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let Some(answer) = column(&ANSWER) else {
        return Err(ImportError::NoColumn {
            path: source.to_owned(),
            wanted: "answer (答案)",
            found: names.join(", "),
        });
    };
    let columns =
        [column(&ID), column(&LANGUAGE), column(&TITLE), column(&QUESTION), column(&ADDRESS)];
    for (number, record) in (1..).zip(table.byte_records()) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                draft.skip(source, line, format!("the row cannot be read: {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: Option<usize>| {
            let bytes = at.and_then(|at| record.get(at))?;
            String::from_utf8(bytes.to_vec()).ok().filter(|text| !text.trim().is_empty())
        };
        if record.iter().any(|field| std::str::from_utf8(field).is_err()) {
            draft.skip(source, line, "the row is not UTF-8 text");
        } else {
            let [original, language, title, question, address] = columns.map(field);
            let plain = field(Some(answer)).unwrap_or_default();
            let body = escape::text(&plain);
            let all = format!("{} {plain}", question.clone().unwrap_or_default());
            let raw =
                Raw { original, language, title, question, source: address, plain: all, body };
            draft.take(source, line, raw);
        }
        progress(number);
    }
    Ok(())
}

/// What parts the names in the first row: a comma, a semicolon or a tab.
fn separator(start: &[u8]) -> u8 {
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// Ends every line with `\n` alone, so that the table counts its lines as an editor does.
struct Lines<R> {
    file: R,
    after_return: bool,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.file.read(room)?;
            let mut kept = 0;
            for at in 0..read {
                let byte = room[at];
                let is_second = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if !is_second {
                    room[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            // Nothing kept is not the end, unless nothing was read.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}
