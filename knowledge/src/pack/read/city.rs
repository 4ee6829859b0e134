//! `pack.toml`, `departments.toml`, `documents.toml` and `synonyms.toml`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use nlu::advice::Advice;

use super::{
    take::{Fields, date, entries, fields, language, string, strings, text},
    tree::{Node, Value},
};
use crate::{
    hours::weekday,
    pack::{Department, Holiday, Numbers, Pack, Text, Workday, finding::Notes},
};

const KEYS: [&str; 16] = [
    "name",
    "banner",
    "languages",
    "time_zone",
    "telephone",
    "place",
    "source",
    "names",
    "elsewhere",
    "start",
    "holiday",
    "workday",
    "danger",
    "advice",
    "abbreviations",
    "readings",
];

/// Fills what `pack.toml` says into an empty pack.
pub(crate) fn city(node: &Node, pack: &mut Pack, notes: &mut Notes) {
    let root = fields(node, "", &KEYS, notes);
    root.needed("name", "name = { zh = \"…\", en = \"…\" }", notes);
    if let Some(name) = root.text("name", notes) {
        pack.name = name;
    }
    pack.banner = root.text("banner", notes);
    languages(&root, pack, notes);
    time_zone(&root, pack, notes);
    root.needed("telephone", "telephone = \"…\"", notes);
    pack.telephone = root.string("telephone", notes).unwrap_or_default();
    pack.place = root.string("place", notes);
    pack.source = root.string("source", notes);
    pack.names = root.strings("names", notes);
    pack.elsewhere = root.strings("elsewhere", notes);
    pack.start = rows(&root, "start", notes)
        .into_iter()
        .filter_map(|(path, row)| text(row, &path, notes))
        .collect();
    pack.holidays = rows(&root, "holiday", notes)
        .into_iter()
        .filter_map(|(path, row)| holiday(row, &path, notes))
        .collect();
    pack.workdays = rows(&root, "workday", notes)
        .into_iter()
        .filter_map(|(path, row)| workday(row, &path, notes))
        .collect();
    if let Some(node) = root.get("danger") {
        danger(node, &mut pack.danger, notes);
    }
    if let Some(node) = root.get("advice") {
        advice(node, pack, notes);
    }
    if let Some(node) = root.get("abbreviations") {
        for (short, node) in entries(node, "abbreviations.", notes).iter() {
            if let Some(long) = text(node, &format!("abbreviations.{short}"), notes) {
                pack.abbreviations.insert(short.to_owned(), long);
            }
        }
    }
    if let Some(node) = root.get("readings") {
        readings(node, pack, notes);
    }
}

fn languages(root: &Fields<'_>, pack: &mut Pack, notes: &mut Notes) {
    let Some(node) = root.needed("languages", "languages = [\"zh\", \"en\"]", notes) else {
        return;
    };
    for tag in strings(node, "languages", notes) {
        if let Some(language) = language(&tag, node.line, notes) {
            if pack.languages.contains(&language) {
                notes.warn(node.line, format!("`{tag}` stands here twice"), "Delete one.");
            } else {
                pack.languages.push(language);
            }
        }
    }
    if pack.languages.is_empty() {
        notes.error(node.line, "no language is named", "Write languages = [\"zh\", \"en\"].");
    }
}

fn time_zone(root: &Fields<'_>, pack: &mut Pack, notes: &mut Notes) {
    let Some(node) = root.needed("time_zone", "time_zone = \"Asia/Shanghai\"", notes) else {
        return;
    };
    let Some(name) = string(node, "time_zone", notes) else { return };
    match TimeZone::get(&name) {
        Ok(zone) => pack.time_zone = zone,
        Err(_) => notes.error(
            node.line,
            format!("`{name}` is not a time zone"),
            "Write its name from the time zone database, e.g. Asia/Shanghai or Europe/Berlin.",
        ),
    }
}

/// The `[[name]]` tables of a file, each with its path of keys.
fn rows<'n>(root: &Fields<'n>, key: &str, notes: &mut Notes) -> Vec<(String, &'n Node)> {
    let Some(node) = root.get(key) else { return Vec::new() };
    let Value::List(items) = &node.value else {
        let mend = format!("Write [[{key}]] above each entry.");
        notes.error(
            node.line,
            format!("`{key}` is {}, but a list is wanted", node.value.kind()),
            mend,
        );
        return Vec::new();
    };
    let rows: Vec<(String, &Node)> =
        items.iter().enumerate().map(|(at, item)| (format!("{key}.{at}"), item)).collect();
    for (path, row) in &rows {
        notes.lines.insert(path.clone(), row.line);
    }
    rows
}

fn holiday(node: &Node, path: &str, notes: &mut Notes) -> Option<Holiday> {
    let row = fields(node, &format!("{path}."), &["name", "from", "to"], notes);
    row.needed("name", "name = { zh = \"国庆节\", en = \"National Day\" }", notes);
    row.needed("from", "from = 2026-10-01", notes);
    row.needed("to", "to = 2026-10-07", notes);
    let (from, to) = (row.date("from", notes), row.date("to", notes));
    let name = row.text("name", notes);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let line = row.get("to").map_or(row.line(), |n| n.line);
        notes.error(line, "the holiday ends before it begins", "Exchange `from` and `to`.");
    }
    Some(Holiday { name: name?, from: from?, to: to? })
}

fn workday(node: &Node, path: &str, notes: &mut Notes) -> Option<Workday> {
    let row = fields(node, &format!("{path}."), &["date", "as"], notes);
    row.needed("date", "date = 2026-10-10", notes);
    row.needed("as", "as = \"Fri\"", notes);
    let day = row.get("date").and_then(|n| date(n, "date", notes));
    let like = row.get("as").and_then(|n| {
        let said = string(n, "as", notes)?;
        let like = weekday(&said);
        if like.is_none() {
            let what = format!("`{said}` is not a day of the week");
            notes.error(n.line, what, "Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.");
        }
        like
    });
    Some(Workday { date: day?, like: like? })
}

fn danger(node: &Node, numbers: &mut Numbers, notes: &mut Notes) {
    let row = fields(node, "danger.", &Numbers::KEYS, notes);
    for (key, node) in row.iter() {
        let Some(number) = string(node, key, notes) else { continue };
        let dialled = |c: char| c.is_ascii_digit() || " -+()".contains(c);
        if !number.chars().all(dialled) || !number.chars().any(|c| c.is_ascii_digit()) {
            let what =
                format!("`{number}` is not a telephone number, and people in danger call it");
            notes.error(node.line, what, "Write digits, with spaces or hyphens between them.");
            continue;
        }
        match key {
            "police" => numbers.police = number,
            "police_text" => numbers.police_text = number,
            "fire" => numbers.fire = number,
            "ambulance" => numbers.ambulance = number,
            "women" => numbers.women = number,
            "mind" => numbers.mind = number,
            "gas" => numbers.gas = Some(number),
            _ => {}
        }
    }
}

fn advice(node: &Node, pack: &mut Pack, notes: &mut Notes) {
    let known = Advice::ALL.map(Advice::name);
    let row = fields(node, "advice.", &known, notes);
    for kind in Advice::ALL {
        if let Some(id) = row.string(kind.name(), notes) {
            pack.advice.insert(kind, id);
        }
    }
}

fn readings(node: &Node, pack: &mut Pack, notes: &mut Notes) {
    for (rare, node) in entries(node, "readings.", notes).iter() {
        let reading = string(node, rare, notes);
        let mut chars = rare.chars();
        match (chars.next(), chars.next(), reading) {
            (Some(rare), None, Some(reading)) => {
                pack.readings.insert(rare, reading);
            }
            (_, None, None) => {}
            _ => notes.error(
                node.line,
                format!("`{rare}` is more than one character"),
                "Give each character a line of its own.",
            ),
        }
    }
}

/// `departments.toml`.
pub(crate) fn departments(node: &Node, notes: &mut Notes) -> BTreeMap<String, Department> {
    let mut all = BTreeMap::new();
    for (id, node) in entries(node, "", notes).iter() {
        super::id(id, node.line, notes);
        let row = fields(node, &format!("{id}."), &["name", "telephone"], notes);
        row.needed("name", "name = { zh = \"…\", en = \"…\" }", notes);
        let telephone = row.string("telephone", notes);
        if let Some(name) = row.text("name", notes) {
            all.insert(id.to_owned(), Department { name, telephone });
        }
    }
    all
}

/// `documents.toml`.
pub(crate) fn documents(node: &Node, notes: &mut Notes) -> BTreeMap<String, Text> {
    let mut all = BTreeMap::new();
    for (id, node) in entries(node, "", notes).iter() {
        super::id(id, node.line, notes);
        let row = fields(node, &format!("{id}."), &["name"], notes);
        row.needed("name", "name = { zh = \"…\", en = \"…\" }", notes);
        if let Some(name) = row.text("name", notes) {
            all.insert(id.to_owned(), name);
        }
    }
    all
}

/// `synonyms.toml`.
pub(crate) fn synonyms(node: &Node, notes: &mut Notes) -> Vec<Vec<String>> {
    let root = fields(node, "", &["synonyms"], notes);
    let Some(node) = root.get("synonyms") else { return Vec::new() };
    let Value::List(groups) = &node.value else {
        notes.error(node.line, "`synonyms` is not a list", "Write synonyms = [ [\"a\", \"b\"], ].");
        return Vec::new();
    };
    let mut all = Vec::new();
    for group in groups {
        let words = strings(group, "synonyms", notes);
        if words.len() < 2 {
            let mend = "Write at least two words that mean the same.";
            notes.warn(group.line, "this group has fewer than two words", mend);
        }
        all.push(words);
    }
    all
}
