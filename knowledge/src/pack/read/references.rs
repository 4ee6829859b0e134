//! IDs that point from one file to another, and braces that must be filled.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Lines, merge::folder_of};
use crate::{
    fact::Value,
    pack::{
        Article, Kind, Pack,
        finding::{Finding, Notes, did_you_mean},
        placeholder::{Piece, pieces},
    },
};

/// Reports every ID that names nothing and every brace that cannot be filled.
pub(crate) fn check(pack: &Pack, lines: &Lines, findings: &mut Vec<Finding>) {
    let top = PathBuf::from("pack.toml");
    if let Some(place) = &pack.place
        && !is_place(pack, lines, place)
    {
        let mut notes = Notes::of(&top);
        let mend = did_you_mean(place, pack.places.keys().map(String::as_str));
        notes.error(lines.of(&top, "place"), format!("`{place}` is not in places.toml"), mend);
        findings.append(&mut notes.findings);
    }
    asked(pack, lines, findings);
    for (kind, id) in pack.advice.iter().filter(|(_, id)| !is_article(pack, lines, id)) {
        let mut notes = Notes::of(&top);
        let mend = did_you_mean(id, pack.articles.keys().map(String::as_str));
        let line = lines.of(&top, &format!("advice.{}", kind.name()));
        notes.error(line, format!("there is no service `{id}`"), mend);
        findings.append(&mut notes.findings);
    }
    let found: Vec<Vec<Finding>> = pack
        .articles
        .par_iter()
        .map(|(_, article)| {
            let mut found = Vec::new();
            if article.kind == Kind::Service {
                service(pack, article, lines, &mut found);
            }
            words(pack, article, lines, &mut found);
            found
        })
        .collect();
    findings.extend(found.into_iter().flatten());
}

fn asked(pack: &Pack, lines: &Lines, findings: &mut Vec<Finding>) {
    let file = Path::new("intents.toml");
    let mut notes = Notes::of(file);
    for id in pack.asked.of.keys().filter(|id| !is_article(pack, lines, id)) {
        let known = pack.articles.keys().map(String::as_str).chain([super::asked::OUTSIDE]);
        let what = format!("there is no service, notice or article `{id}`");
        notes.error(lines.of(file, id), what, did_you_mean(id, known));
    }
    findings.append(&mut notes.findings);
}

fn service(pack: &Pack, article: &Article, lines: &Lines, found: &mut Vec<Finding>) {
    let file = PathBuf::from(format!("services/{}.toml", article.id));
    let mut notes = Notes::of(&file);
    if let Some(id) = &article.department
        && !pack.departments.contains_key(id)
        && !lines.knows("departments.toml", id)
    {
        let mend = did_you_mean(id, pack.departments.keys().map(String::as_str));
        let line = lines.of(&file, "department");
        notes.error(line, format!("`{id}` is not in departments.toml"), mend);
    }
    places(pack, &article.places, lines, lines.of(&file, "places"), &mut notes);
    related(pack, article, lines, lines.of(&file, "related"), &mut notes);
    for fact in article.facts.values() {
        let Value::Documents(ids) = &fact.value else { continue };
        for id in ids.iter().filter(|id| !is_document(pack, lines, id)) {
            let mend = did_you_mean(id, pack.documents.keys().map(String::as_str));
            notes.error(fact.line, format!("`{id}` is not in documents.toml"), mend);
        }
    }
    found.append(&mut notes.findings);
}

fn is_place(pack: &Pack, lines: &Lines, id: &str) -> bool {
    pack.places.contains_key(id) || lines.knows("places.toml", id)
}

fn is_document(pack: &Pack, lines: &Lines, id: &str) -> bool {
    pack.documents.contains_key(id) || lines.knows("documents.toml", id)
}

fn is_article(pack: &Pack, lines: &Lines, id: &str) -> bool {
    pack.articles.contains_key(id) || lines.has(Path::new(&format!("services/{id}.toml")))
}

fn places(pack: &Pack, ids: &[String], lines: &Lines, line: u32, notes: &mut Notes) {
    for id in ids.iter().filter(|id| !is_place(pack, lines, id)) {
        let mend = did_you_mean(id, pack.places.keys().map(String::as_str));
        notes.error(line, format!("`{id}` is not in places.toml"), mend);
    }
}

fn related(pack: &Pack, article: &Article, lines: &Lines, line: u32, notes: &mut Notes) {
    for id in &article.related {
        if !is_article(pack, lines, id) {
            let mend = did_you_mean(id, pack.articles.keys().map(String::as_str));
            notes.error(line, format!("there is no service `{id}`"), mend);
        } else if *id == article.id {
            notes.warn(line, "the service is related to itself", format!("Delete `{id}`."));
        }
    }
}

fn words(pack: &Pack, article: &Article, lines: &Lines, found: &mut Vec<Finding>) {
    for (language, words) in &article.words {
        let name = format!("{}/{}.{language}.md", folder_of(article.kind), article.id);
        let mut notes = Notes::of(&PathBuf::from(name));
        if article.kind == Kind::Notice {
            let file = notes.file.clone();
            related(pack, article, lines, lines.of(&file, "services"), &mut notes);
            places(pack, &article.places, lines, lines.of(&file, "places"), &mut notes);
        }
        for section in &words.sections {
            for (at, piece) in pieces(&section.body) {
                let before = section.body[..at].matches('\n').count();
                let line = section.line + u32::try_from(before).unwrap_or(0);
                match piece {
                    Piece::Text(_) => {}
                    Piece::Name(name) => brace(pack, article, name, lines, line, &mut notes),
                    Piece::Broken(text) => notes.error(
                        line,
                        format!("`{text}` opens a brace that names nothing"),
                        "Close it with }, or write {{ for a brace.",
                    ),
                }
            }
        }
        found.append(&mut notes.findings);
    }
}

fn brace(pack: &Pack, article: &Article, name: &str, lines: &Lines, line: u32, notes: &mut Notes) {
    let facts = format!("services/{}.toml", article.id);
    let missing = match name.split_once(':') {
        Some(("service", id)) if !is_article(pack, lines, id) => {
            let mend = did_you_mean(id, pack.articles.keys().map(String::as_str));
            (format!("there is no service `{id}`"), mend)
        }
        Some(("place", id)) if !is_place(pack, lines, id) => {
            let mend = did_you_mean(id, pack.places.keys().map(String::as_str));
            (format!("`{id}` is not in places.toml"), mend)
        }
        Some(("document", id)) if !is_document(pack, lines, id) => {
            let mend = did_you_mean(id, pack.documents.keys().map(String::as_str));
            (format!("`{id}` is not in documents.toml"), mend)
        }
        Some(("service" | "place" | "document", _)) => return,
        Some((kind, _)) => {
            let mend = did_you_mean(kind, ["service", "place", "document"]);
            (format!("`{{{name}}}` cannot be filled: `{kind}:` is not known"), mend)
        }
        None => match name {
            "telephone" => return,
            "places" if article.places.is_empty() => {
                ("no places are named to fill {places} with".to_owned(), "Add `places`.".to_owned())
            }
            "department" if article.department.is_none() => (
                "no department is named to fill {department} with".to_owned(),
                "Add `department`.".to_owned(),
            ),
            "source" if article.source.is_none() && pack.source.is_none() => {
                ("no source is named to fill {source} with".to_owned(), "Add `source`.".to_owned())
            }
            "places" | "department" | "source" => return,
            fact if article.facts.contains_key(fact) => return,
            fact if lines.knows(&facts, &format!("facts.{fact}")) => return,
            fact => {
                let known = article.facts.keys().map(String::as_str);
                let mend = did_you_mean(fact, known.chain(super::facts::RESERVED));
                (format!("`{{{fact}}}` cannot be filled: there is no such fact"), mend)
            }
        },
    };
    notes.error(line, missing.0, missing.1);
}
