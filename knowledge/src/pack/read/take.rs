//! Takes what is known out of a table, reports what is not, and notes on which line each value stands.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nlu::LanguageIdentifier;

use super::tree::{Node, Value};
use crate::pack::{
    Text, Validity,
    finding::{Notes, did_you_mean},
};

/// A table's entries by key.
pub(crate) struct Fields<'n> {
    /// The path of keys to this table, ending with a dot unless it is the file itself.
    path: String,
    line: u32,
    entries: Vec<(&'n str, &'n Node)>,
}

/// The entries of a table whatever their keys are.
pub(crate) fn entries<'n>(node: &'n Node, path: &str, notes: &mut Notes) -> Fields<'n> {
    let entries = match &node.value {
        Value::Table(entries) => entries.iter().map(|(key, node)| (key.as_str(), node)).collect(),
        other => {
            let what = format!("here stands {}, not a table of names and values", other.kind());
            notes.error(node.line, what, "Compare with docs/PACK.md.");
            Vec::new()
        }
    };
    for (key, value) in &entries {
        notes.lines.insert(format!("{path}{key}"), value.line);
    }
    Fields { path: path.to_owned(), line: node.line, entries }
}

/// The entries of a table that may have the known keys only.
pub(crate) fn fields<'n>(
    node: &'n Node,
    path: &str,
    known: &[&str],
    notes: &mut Notes,
) -> Fields<'n> {
    let fields = entries(node, path, notes);
    for (key, value) in &fields.entries {
        if !known.contains(key) {
            let mend = did_you_mean(key, known.iter().copied());
            notes.error(value.line, format!("`{key}` is not a known name here"), mend);
        }
    }
    fields
}

impl<'n> Fields<'n> {
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'n str, &'n Node)> {
        self.entries.iter().copied()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(k, _)| *k == key).map(|(_, node)| *node)
    }

    pub(crate) fn path(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// The value, or an error that it is missing.
    pub(crate) fn needed(&self, key: &str, example: &str, notes: &mut Notes) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            notes.error(self.line, format!("`{key}` is missing"), format!("Add `{example}`."));
        }
        node
    }

    pub(crate) fn string(&self, key: &str, notes: &mut Notes) -> Option<String> {
        self.get(key).and_then(|node| string(node, key, notes))
    }

    pub(crate) fn strings(&self, key: &str, notes: &mut Notes) -> Vec<String> {
        self.get(key).map(|node| strings(node, key, notes)).unwrap_or_default()
    }

    pub(crate) fn text(&self, key: &str, notes: &mut Notes) -> Option<Text> {
        self.get(key).and_then(|node| text(node, &self.path(key), notes))
    }

    pub(crate) fn date(&self, key: &str, notes: &mut Notes) -> Option<Date> {
        self.get(key).and_then(|node| date(node, key, notes))
    }

    /// `true` or `false`; what is not there is not so.
    pub(crate) fn yes(&self, key: &str, notes: &mut Notes) -> bool {
        let Some(node) = self.get(key) else { return false };
        if let Value::Bare(bare) = &node.value
            && let Ok(yes) = bare.parse()
        {
            return yes;
        }
        let what = format!("`{key}` is {}, but true or false is wanted", node.value.kind());
        notes.error(node.line, what, format!("Write `{key} = true`, or delete the line."));
        false
    }

    /// `valid = { from = …, to = … }`.
    pub(crate) fn validity(&self, key: &str, notes: &mut Notes) -> Validity {
        let Some(node) = self.get(key) else { return Validity::default() };
        let inner = fields(node, &self.path("valid."), &["from", "to"], notes);
        let valid = Validity { from: inner.date("from", notes), until: inner.date("to", notes) };
        if let (Some(from), Some(until)) = (valid.from, valid.until)
            && until < from
        {
            notes.error(node.line, "`to` is before `from`", "Exchange the two dates.");
        }
        valid
    }
}

/// Text that is not empty.
pub(crate) fn string(node: &Node, key: &str, notes: &mut Notes) -> Option<String> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Text(_) | Value::Nothing => {
            notes.error(node.line, format!("`{key}` is empty"), "Fill it in or delete the line.");
            None
        }
        other => {
            let what = format!("`{key}` is {}, but text is wanted", other.kind());
            notes.error(node.line, what, "Put it into \"quotes\".");
            None
        }
    }
}

/// A list of texts; nothing is an empty list.
pub(crate) fn strings(node: &Node, key: &str, notes: &mut Notes) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|i| string(i, key, notes)).collect(),
        Value::Nothing => Vec::new(),
        other => {
            let what = format!("`{key}` is {}, but a list is wanted", other.kind());
            notes.error(node.line, what, "Write it in square brackets: [\"one\", \"two\"].");
            Vec::new()
        }
    }
}

/// A date, as TOML has it or in quotes.
pub(crate) fn date(node: &Node, key: &str, notes: &mut Notes) -> Option<Date> {
    match &node.value {
        Value::Date(date) => return Some(*date),
        Value::Text(text) => {
            let text = text.trim();
            if text.len() == 10
                && let Ok(date) = text.parse()
            {
                return Some(date);
            }
            notes.error(
                node.line,
                format!("`{key}`: {text} is not a day of the calendar"),
                "Write year-month-day, e.g. 2026-10-01.",
            );
        }
        // A date that is none was reported where it was read.
        Value::Nothing => {}
        other => {
            let what = format!("`{key}` is {}, but a date is wanted", other.kind());
            notes.error(node.line, what, "Write year-month-day, e.g. 2026-10-01.");
        }
    }
    None
}

/// A language tag.
pub(crate) fn language(tag: &str, line: u32, notes: &mut Notes) -> Option<LanguageIdentifier> {
    let language = tag.parse::<LanguageIdentifier>().ok().filter(|l| l.language.as_str() != "und");
    if language.is_none() {
        notes.error(
            line,
            format!("`{tag}` is not a language tag"),
            "Write a tag such as zh, en or zh-Hant.",
        );
    }
    language
}

/// `"…"` for all languages, or `{ zh = "…", en = "…" }`.
pub(crate) fn text(node: &Node, path: &str, notes: &mut Notes) -> Option<Text> {
    let key = path.rsplit('.').next().unwrap_or(path);
    let Value::Table(_) = &node.value else {
        return string(node, key, notes).map(Text::Same);
    };
    let mut each = BTreeMap::new();
    for (tag, value) in entries(node, &format!("{path}."), notes).iter() {
        let language = language(tag, value.line, notes);
        let words = string(value, &format!("{key}.{tag}"), notes);
        if let (Some(language), Some(words)) = (language, words) {
            each.insert(language, words);
        }
    }
    if each.is_empty() {
        notes.error(
            node.line,
            format!("`{key}` has no words"),
            "Write { zh = \"…\", en = \"…\" }.",
        );
        return None;
    }
    Some(Text::Each(each))
}
