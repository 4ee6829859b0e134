//! `services/ID.toml`: a service's facts and relations.

use std::collections::BTreeMap;

use super::{facts::facts, take::fields, tree::Node};
use crate::pack::{
    Article, Kind,
    finding::{Notes, did_you_mean},
};

const KEYS: [&str; 11] = [
    "department",
    "audience",
    "places",
    "related",
    "owner",
    "source",
    "checked",
    "valid",
    "telephone",
    "person",
    "facts",
];
const AUDIENCES: [&str; 8] = [
    "everyone",
    "newcomers",
    "families",
    "elderly",
    "disabled",
    "workers",
    "business",
    "low-income",
];

/// The service without its words.
pub(crate) fn service(id: &str, node: &Node, notes: &mut Notes) -> Article {
    let root = fields(node, "", &KEYS, notes);
    let audience = root.strings("audience", notes);
    for who in &audience {
        if !AUDIENCES.contains(&who.as_str()) {
            let line = root.get("audience").map_or(0, |n| n.line);
            let mend = did_you_mean(who, AUDIENCES);
            notes.warn(line, format!("`{who}` is not a known audience"), mend);
        }
    }
    Article {
        id: id.to_owned(),
        kind: Kind::Service,
        department: root.string("department", notes),
        audience,
        places: root.strings("places", notes),
        related: root.strings("related", notes),
        owner: root.string("owner", notes),
        source: root.string("source", notes),
        checked: root.date("checked", notes),
        valid: root.validity("valid", notes),
        telephone: root.string("telephone", notes),
        person: root.yes("person", notes),
        facts: root.get("facts").map(|n| facts(n, notes)).unwrap_or_default(),
        words: BTreeMap::new(),
    }
}
