//! JSON Lines: one object a line.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use serde_json::{Map, Value};

use super::{
    ImportError, escape,
    page::{Draft, Raw},
    unreadable,
};

/// The longest line that is read.
const LONGEST: u64 = 32 * 1024 * 1024;

/// Reads line by line.
pub(super) fn read(
    source: &Path,
    draft: &mut Draft<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ImportError> {
    let mut file = BufReader::new(File::open(source).map_err(unreadable(source))?);
    let mut number = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut file).take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(unreadable(source))? == 0 {
            return Ok(());
        }
        number += 1;
        if !line.ends_with(b"\n") && u64::try_from(line.len()).unwrap_or(u64::MAX) >= LONGEST {
            file.skip_until(b'\n').map_err(unreadable(source))?;
            draft.skip(source, number, "the line is longer than 32 MiB");
        } else {
            row(source, number, &line, draft);
        }
        progress(number);
    }
}

fn row(source: &Path, number: u64, line: &[u8], draft: &mut Draft<'_>) {
    let Ok(text) = std::str::from_utf8(line) else {
        return draft.skip(source, number, "the line is not UTF-8 text");
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return;
    }
    let object: Map<String, Value> = match serde_json::from_str(text) {
        Ok(object) => object,
        Err(error) => {
            return draft.skip(source, number, format!("this is not a JSON object: {error}"));
        }
    };
    let field = |names: &[&str]| names.iter().find_map(|name| object.get(*name).and_then(said));
    let Some(text) = field(&["text", "answer", "body", "content"]) else {
        return draft.skip(source, number, "there is no `text`");
    };
    let stated = field(&["title"]);
    let (headline, text) = match (&stated, headline(&text)) {
        (None, Some((headline, rest))) => (Some(headline.to_owned()), rest.to_owned()),
        _ => (stated, text),
    };
    let address =
        ["url", "link", "source"].iter().filter_map(|name| object.get(*name).and_then(said));
    let raw = Raw {
        original: field(&["id", "_id"]),
        language: field(&["lang", "language"]),
        title: headline,
        question: field(&["question"]),
        source: address.map(|a| a.trim().to_owned()).find(|a| a.starts_with("http")),
        body: escape::text(&text),
        plain: text,
    };
    draft.take(source, number, raw);
}

/// The Markdown headline with which a text without a title begins, and what follows it.
pub(super) fn headline(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.trim_start().split_once('\n')?;
    let words = line.trim_start_matches('#').strip_prefix(' ')?.trim();
    let marks = line.starts_with('#') && words.chars().any(char::is_alphanumeric);
    (marks && !rest.trim().is_empty()).then_some((words, rest.trim_start()))
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
