//! TOML into values with lines. Reports every syntax error, not only the first.

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::tree::{LineIndex, Node, Value};
use crate::pack::finding::Notes;

/// The file's table; what could not be read is left out and reported.
pub(crate) fn parse(text: &str, notes: &mut Notes) -> Node {
    let lines = LineIndex::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().map_or(0, |span| lines.line(span.start));
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        notes.error(
            line,
            format!("this is not written as TOML: {what}"),
            "Compare the line with docs/PACK.md: quotes, commas and brackets come in pairs.",
        );
    }
    let value = table_value(table.into_inner(), &lines, notes);
    Node { line: 1, value }
}

fn table_value(table: DeTable<'_>, lines: &LineIndex, notes: &mut Notes) -> Value {
    let entries = table
        .into_iter()
        .map(|(key, value)| {
            let at = lines.line(key.span().start);
            let mut node = node(value, lines, notes);
            // A table's own span may start at its header; the key is where an editor looks.
            node.line = at;
            (key.into_inner().into_owned(), node)
        })
        .collect();
    Value::Table(entries)
}

fn node(value: Spanned<DeValue<'_>>, lines: &LineIndex, notes: &mut Notes) -> Node {
    let line = lines.line(value.span().start);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Bare(number.to_string()),
        DeValue::Float(number) => Value::Bare(number.to_string()),
        DeValue::Boolean(flag) => Value::Bare(flag.to_string()),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(day), None) => date(day, line, notes),
            _ => Value::Bare(moment.to_string()),
        },
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, lines, notes)).collect())
        }
        DeValue::Table(table) => table_value(table, lines, notes),
    };
    Node { line, value }
}

fn date(day: toml::value::Date, line: u32, notes: &mut Notes) -> Value {
    let parts = (i16::try_from(day.year), i8::try_from(day.month), i8::try_from(day.day));
    if let (Ok(year), Ok(month), Ok(of_month)) = parts
        && let Ok(date) = Date::new(year, month, of_month)
    {
        return Value::Date(date);
    }
    notes.error(line, format!("{day} is not a day of the calendar"), "Write year-month-day.");
    Value::Nothing
}
