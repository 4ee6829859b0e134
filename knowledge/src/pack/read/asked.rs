//! `intents.toml`: how people ask for each article, in their own words.

use std::collections::BTreeMap;

use super::{
    take::{entries, language},
    tree::{Node, Value},
};
use crate::pack::{Asked, finding::Notes};

/// The table of what no article answers.
pub(crate) const OUTSIDE: &str = "outside";

/// `intents.toml`: a table for each article, in it a list of examples for each language. An example
/// that stands in two tables teaches nothing and is advised against; it is the later one that goes.
pub(crate) fn asked(node: &Node, notes: &mut Notes) -> Asked {
    let mut rows: Vec<(u32, &str, String)> = Vec::new();
    let mut asked = Asked::default();
    for (id, node) in entries(node, "", notes).iter() {
        if id != OUTSIDE {
            super::id(id, node.line, notes);
            asked.of.insert(id.to_owned(), vec![]);
        }
        for (tag, node) in entries(node, &format!("{id}."), notes).iter() {
            language(tag, node.line, notes);
            rows.extend(
                examples(node, tag, notes).into_iter().map(|(line, text)| (line, id, text)),
            );
        }
    }
    // Tables come in the order of their names; an editor reads from the top.
    rows.sort_by_key(|row| row.0);
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (line, id, text) in rows {
        let before = *seen.entry(nlu::normal::fold(&text)).or_insert(id);
        if before != id {
            let what = format!("“{text}” is an example of `{before}` too");
            notes.warn(line, what, "Leave it where it fits better.");
        } else if let Some(kept) = asked.of.get_mut(id) {
            kept.push(text);
        } else {
            asked.outside.push(text);
        }
    }
    asked
}

/// The texts of a list, each with its line.
fn examples(node: &Node, tag: &str, notes: &mut Notes) -> Vec<(u32, String)> {
    let Value::List(items) = &node.value else {
        return super::take::strings(node, tag, notes)
            .into_iter()
            .map(|t| (node.line, t))
            .collect();
    };
    let one = |item: &Node, notes: &mut Notes| {
        super::take::string(item, tag, notes).map(|text| (item.line, text))
    };
    items.iter().filter_map(|item| one(item, notes)).collect()
}
