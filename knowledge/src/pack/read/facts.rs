//! The `[facts]` of a service.

use std::collections::BTreeMap;

use super::{
    take::{Fields, date, entries, fields, string, strings, text},
    tree::{Node, Value as Raw},
};
use crate::{
    fact::{Amount, Fact, Unit, Value},
    pack::{Validity, finding::Notes},
};

const KEYS: [&str; 16] = [
    "money",
    "minutes",
    "hours",
    "days",
    "working_days",
    "weeks",
    "months",
    "years",
    "age",
    "percent",
    "number",
    "date",
    "telephone",
    "text",
    "documents",
    "valid",
];
/// Names in braces that are not facts.
pub(crate) const RESERVED: [&str; 4] = ["telephone", "places", "department", "source"];

/// All facts by name.
pub(crate) fn facts(node: &Node, notes: &mut Notes) -> BTreeMap<String, Fact> {
    let mut all = BTreeMap::new();
    for (name, node) in entries(node, "facts.", notes).iter() {
        let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        if RESERVED.contains(&name) {
            let what =
                format!("a fact may not be called `{name}`: {{{name}}} means something else");
            notes.error(node.line, what, "Give it another name.");
        } else if name.is_empty() || !name.chars().all(plain) {
            let mend = "Use letters, digits, - and _ only.";
            notes.error(node.line, format!("`{name}` cannot be a fact's name"), mend);
        }
        if let Some(fact) = fact(name, node, notes) {
            all.insert(name.to_owned(), fact);
        }
    }
    all
}

fn fact(name: &str, node: &Node, notes: &mut Notes) -> Option<Fact> {
    if let Raw::List(_) = node.value {
        let value = Value::Documents(strings(node, name, notes));
        return Some(Fact { value, valid: Validity::default(), line: node.line });
    }
    if let Raw::Text(_) | Raw::Bare(_) | Raw::Date(_) = node.value {
        notes.error(
            node.line,
            format!("the fact `{name}` does not say what it is"),
            "Write e.g. { money = \"25 CNY\" }, { working_days = 15 } or { text = { zh = \"…\" } }.",
        );
        return None;
    }
    let row = fields(node, &format!("facts.{name}."), &KEYS, notes);
    let valid = row.validity("valid", notes);
    let said: Vec<(&str, &Node)> =
        row.iter().filter(|(key, _)| *key != "valid" && KEYS.contains(key)).collect();
    match said.as_slice() {
        [(key, inner)] => {
            let value = value(key, inner, &row, notes)?;
            Some(Fact { value, valid, line: node.line })
        }
        [] => {
            // An unknown key was reported already.
            if row.iter().all(|(key, _)| key == "valid") {
                notes.error(node.line, format!("the fact `{name}` is empty"), "Give it a value.");
            }
            None
        }
        _ => {
            let mend = "Make one fact of each.";
            notes.error(node.line, format!("the fact `{name}` says more than one thing"), mend);
            None
        }
    }
}

fn value(key: &str, node: &Node, row: &Fields<'_>, notes: &mut Notes) -> Option<Value> {
    if let Some((_, unit)) = Unit::ALL.into_iter().find(|(name, _)| *name == key) {
        return Some(Value::Span { amount: whole(key, node, notes)?, unit });
    }
    match key {
        "money" => money(node, notes),
        "age" => whole(key, node, notes).map(Value::Age),
        "percent" => amount(key, node, notes).map(Value::Percent),
        "number" => amount(key, node, notes).map(Value::Number),
        "date" => date(node, key, notes).map(Value::Date),
        "telephone" => string(node, key, notes).map(Value::Telephone),
        "text" => text(node, &row.path(key), notes).map(Value::Text),
        _ => Some(Value::Documents(strings(node, key, notes))),
    }
}

fn money(node: &Node, notes: &mut Notes) -> Option<Value> {
    let said = string(node, "money", notes)?;
    let parts: Vec<&str> = said.split_whitespace().collect();
    if let [amount, currency] = parts.as_slice()
        && let Ok(amount) = amount.parse()
        && currency.len() == 3
        && currency.bytes().all(|b| b.is_ascii_uppercase())
    {
        return Some(Value::Money { amount, currency: (*currency).to_owned() });
    }
    notes.error(
        node.line,
        format!("`{said}` is not a sum of money"),
        "Write the amount, a space and the currency in three capital letters, e.g. \"25 CNY\".",
    );
    None
}

fn whole(key: &str, node: &Node, notes: &mut Notes) -> Option<u32> {
    if let Raw::Bare(text) = &node.value
        && let Ok(number) = text.parse::<u32>()
    {
        return Some(number);
    }
    notes.error(node.line, format!("`{key}` is not a whole number"), format!("Write {key} = 15."));
    None
}

fn amount(key: &str, node: &Node, notes: &mut Notes) -> Option<Amount> {
    if let Raw::Bare(text) = &node.value
        && let Ok(amount) = text.parse::<Amount>()
    {
        return Some(amount);
    }
    let mend = format!("Write {key} = 70, with at most two decimals.");
    notes.error(node.line, format!("`{key}` is not a number"), mend);
    None
}
