//! A folder into a [`Pack`], or into everything an editor must mend before it can be one.
//! The only place that reads a pack's files. Ends at what is wrong; what could be better is `lint`'s.

mod asked;
mod city;
mod facts;
pub(crate) mod files;
mod merge;
mod pages;
mod places;
mod references;
mod service;
mod take;
mod toml_tree;
pub(crate) mod tree;
mod words;
pub(crate) mod yaml_tree;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use rayon::prelude::*;

pub(crate) use files::LARGEST;
pub(crate) use merge::folder_of;

use super::{
    Asked, Numbers, Pack, Text,
    finding::{Broken, Finding, Notes, Severity},
};

/// Reads a pack. On success the findings are warnings only; else all errors are told at once.
pub fn read(folder: &Path) -> Result<(Pack, Vec<Finding>), Broken> {
    let reading = reading(folder);
    if reading.is_broken() {
        Err(Broken { findings: reading.findings })
    } else {
        Ok((reading.pack, reading.findings))
    }
}

/// What could be read of a pack, and on which line each value stands.
#[derive(Debug)]
pub struct Reading {
    /// The pack; to be used only if nothing is broken.
    pub pack: Pack,
    /// Where everything stands.
    pub lines: Lines,
    /// What was found, by file and line.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Whether there is an error among the findings.
    pub fn is_broken(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// The lines of the values of a pack's files.
#[derive(Debug, Default)]
pub struct Lines(BTreeMap<PathBuf, BTreeMap<String, u32>>);

impl Lines {
    /// The line of a path of keys (`linjiang-centre.hours`), or of the nearest table around it;
    /// 0 if there is none.
    pub fn of(&self, file: &Path, key: &str) -> u32 {
        let Some(keys) = self.0.get(file) else { return 0 };
        let mut key = key;
        loop {
            if let Some(line) = keys.get(key) {
                return *line;
            }
            match key.rfind('.') {
                Some(dot) => key = &key[..dot],
                None => return 0,
            }
        }
    }

    /// Whether a file was there, even if it could not be understood.
    pub fn has(&self, file: &Path) -> bool {
        self.0.contains_key(file)
    }

    /// Whether something was written there, even if it could not be understood: what is missing
    /// for that reason was reported where it stands, and is not reported where it is named.
    fn knows(&self, file: &str, key: &str) -> bool {
        self.0.get(Path::new(file)).is_some_and(|keys| keys.contains_key(key))
    }
}

/// Reads everything that can be read.
pub fn reading(folder: &Path) -> Reading {
    let mut top = Notes::of(Path::new(""));
    let files = files::list(folder, &mut top);
    let mut all = vec![];
    let mut pack = empty();
    if !top.findings.iter().any(|f| f.severity == Severity::Error && f.file.as_os_str().is_empty())
    {
        for name in files::TOP {
            all.push(top_file(folder, name, files.iter().any(|f| f == Path::new(name)), &mut pack));
        }
    }
    let (pages, notes): (Vec<_>, Vec<_>) = files
        .par_iter()
        .filter(|file| file.components().count() > 1)
        .map(|file| {
            let mut notes = Notes::of(file);
            (pages::page(folder, file, &mut notes), notes)
        })
        .unzip();
    all.extend(notes);
    all.push(top);
    let mut lines = Lines::default();
    let mut findings = Vec::new();
    for mut notes in all {
        findings.append(&mut notes.findings);
        lines.0.insert(notes.file, notes.lines);
    }
    merge::merge(pages.into_iter().flatten(), &mut pack, &mut findings);
    references::check(&pack, &lines, &mut findings);
    findings.sort();
    findings.dedup();
    Reading { pack, lines, findings }
}

fn top_file(folder: &Path, name: &str, is_there: bool, pack: &mut Pack) -> Notes {
    let mut notes = Notes::of(Path::new(name));
    if !is_there {
        if name == "pack.toml" {
            notes.error(0, "the file is missing", "Every pack has one: copy demo/pack.toml.");
        }
        return notes;
    }
    let Some(text) = files::text(folder, Path::new(name), &mut notes) else { return notes };
    let node = toml_tree::parse(&text, &mut notes);
    match name {
        "pack.toml" => city::city(&node, pack, &mut notes),
        "departments.toml" => pack.departments = city::departments(&node, &mut notes),
        "documents.toml" => pack.documents = city::documents(&node, &mut notes),
        "places.toml" => pack.places = places::places(&node, &mut notes),
        "synonyms.toml" => pack.synonyms = city::synonyms(&node, &mut notes),
        _ => pack.asked = asked::asked(&node, &mut notes),
    }
    notes
}

/// Reports an ID that is not one.
fn id(id: &str, line: u32, notes: &mut Notes) {
    if !is_id(id) {
        notes.error(
            line,
            format!("`{id}` cannot be an ID"),
            "Use lower-case letters, digits and hyphens only.",
        );
    }
}

/// Whether a name is made of lower-case letters, digits and hyphens, and not longer than 100.
pub(crate) fn is_id(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=100).contains(&id.len()) && id.bytes().all(plain)
}

/// A pack in which nothing stands.
pub(crate) fn empty() -> Pack {
    Pack {
        name: Text::Same(String::new()),
        banner: None,
        languages: Vec::new(),
        time_zone: TimeZone::UTC,
        telephone: String::new(),
        place: None,
        source: None,
        danger: Numbers::default(),
        advice: BTreeMap::new(),
        names: Vec::new(),
        elsewhere: Vec::new(),
        start: Vec::new(),
        holidays: Vec::new(),
        workdays: Vec::new(),
        abbreviations: BTreeMap::new(),
        readings: BTreeMap::new(),
        departments: BTreeMap::new(),
        documents: BTreeMap::new(),
        places: BTreeMap::new(),
        synonyms: Vec::new(),
        articles: BTreeMap::new(),
        asked: Asked::default(),
    }
}
