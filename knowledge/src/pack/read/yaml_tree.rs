//! The YAML block at the head of a `.md` file, into values with lines.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::Spanned;

use super::tree::{Node, Value};
use crate::pack::finding::Notes;

/// The block's table. `first` is the file's line on which the block's text starts.
pub(crate) fn parse(text: &str, first: u32, notes: &mut Notes) -> Option<Node> {
    if text.trim().is_empty() {
        return Some(Node { line: first, value: Value::Table(Vec::new()) });
    }
    match serde_saphyr::from_str::<Spanned<Raw>>(text) {
        Ok(raw) => Some(node(raw, text, first)),
        Err(error) => {
            let at = error.location().map_or(1, |l| u32::try_from(l.line()).unwrap_or(1)).max(1);
            let what = error.without_snippet().to_string();
            let what = what.lines().next().unwrap_or("it cannot be read").to_owned();
            notes.error(
                first + at - 1,
                format!("the block between the --- lines is not written as YAML: {what}"),
                "Write one `name: value` a line; put a value with : or # in it into \"quotes\".",
            );
            None
        }
    }
}

enum Raw {
    Text(String),
    Bare(String),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<String>, Spanned<Raw>)>),
    Nothing,
}

fn node(raw: Spanned<Raw>, text: &str, first: u32) -> Node {
    let at = u32::try_from(raw.referenced.line()).unwrap_or(1).max(1);
    let line = first + at - 1;
    let value = match raw.value {
        Raw::Text(text) => Value::Text(text),
        // Nothing in these blocks is a number: `title: 2026` is a title.
        Raw::Bare(said) => Value::Text(source(text, &raw.referenced).unwrap_or(said)),
        Raw::List(items) => Value::List(items.into_iter().map(|i| node(i, text, first)).collect()),
        Raw::Table(entries) => Value::Table(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let at = u32::try_from(key.referenced.line()).unwrap_or(1).max(1);
                    let mut value = node(value, text, first);
                    value.line = first + at - 1;
                    (key.value, value)
                })
                .collect(),
        ),
        Raw::Nothing => Value::Nothing,
    };
    Node { line, value }
}

/// A number exactly as typed: `title: 007` stays 007.
fn source(text: &str, at: &serde_saphyr::Location) -> Option<String> {
    let line = text.lines().nth(usize::try_from(at.line().checked_sub(1)?).ok()?)?;
    let rest: String =
        line.chars().skip(usize::try_from(at.column().checked_sub(1)?).ok()?).collect();
    let end = rest.find([',', ']', '}', '#']).unwrap_or(rest.len());
    let word = rest[..end].trim();
    (!word.is_empty()).then(|| word.to_owned())
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a list or a table")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Bare(flag.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Bare(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Bare(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Raw, E> {
        Ok(Raw::Bare(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Raw, E> {
        Ok(Raw::Bare(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Bare(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Table(entries))
    }
}
