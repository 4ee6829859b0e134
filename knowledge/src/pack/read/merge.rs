//! Files into articles: a service's facts with its words, the languages of one page together.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::pages::{Page, Sheet};
use crate::pack::{
    Article, Kind, Pack,
    finding::{Finding, Severity},
};

/// Puts all pages into the pack.
pub(crate) fn merge(
    pages: impl Iterator<Item = Page>,
    pack: &mut Pack,
    findings: &mut Vec<Finding>,
) {
    let mut services: BTreeMap<String, (PathBuf, Article)> = BTreeMap::new();
    let mut sheets: BTreeMap<(u8, String), Vec<Sheet>> = BTreeMap::new();
    let mut broken_services = BTreeSet::new();
    let mut broken_words = BTreeSet::new();
    for page in pages {
        match page {
            Page::Service { file, article } => {
                services.insert(article.id.clone(), (file, *article));
            }
            Page::Words(sheet) => {
                sheets.entry((order(sheet.kind), sheet.id.clone())).or_default().push(*sheet);
            }
            Page::Broken { kind, id, is_words: true } => {
                broken_words.insert((order(kind), id));
            }
            Page::Broken { id, .. } => {
                broken_services.insert(id);
            }
        }
    }
    for ((kind, id), mut sheets) in sheets {
        sheets.sort_by_key(|sheet| {
            pack.languages.iter().position(|l| *l == sheet.language).unwrap_or(usize::MAX)
        });
        let Some(first) = sheets.first() else { continue };
        let file = first.file.clone();
        let article = if kind == order(Kind::Service) {
            match services.remove(&id) {
                Some((_, article)) => article,
                None if broken_services.contains(&id) => continue,
                None => {
                    let what = format!("there are words, but services/{id}.toml is missing");
                    error(&file, what, "Add the file with the service's facts.", findings);
                    continue;
                }
            }
        } else {
            of_sheet(first)
        };
        let article = with_words(article, sheets, pack, findings);
        if let Some(other) = pack.articles.get(&id) {
            let what = format!("the ID `{id}` is taken: {} has it too", file_of(other.kind, &id));
            error(&file, what, "Rename one of them: an ID is used once in a pack.", findings);
            continue;
        }
        pack.articles.insert(id, article);
    }
    for (id, (file, _)) in services {
        if !broken_words.contains(&(order(Kind::Service), id.clone())) {
            let language = pack.languages.first().map_or("zh".to_owned(), ToString::to_string);
            let mend = format!("Add services/{id}.{language}.md.");
            error(&file, "the service has no words in any language".to_owned(), &mend, findings);
        }
    }
}

fn of_sheet(sheet: &Sheet) -> Article {
    Article {
        id: sheet.id.clone(),
        kind: sheet.kind,
        department: None,
        audience: Vec::new(),
        places: Vec::new(),
        related: Vec::new(),
        owner: None,
        source: None,
        checked: None,
        valid: sheet.head.valid,
        telephone: None,
        person: false,
        facts: BTreeMap::new(),
        words: BTreeMap::new(),
    }
}

/// Adds the words in all languages; of what each says about itself, the first language's counts.
fn with_words(
    mut article: Article,
    sheets: Vec<Sheet>,
    pack: &Pack,
    findings: &mut Vec<Finding>,
) -> Article {
    for sheet in sheets {
        if !pack.languages.is_empty() && !pack.languages.contains(&sheet.language) {
            findings.push(Finding {
                file: sheet.file.clone(),
                line: 0,
                severity: Severity::Warning,
                what: format!("pack.toml does not list the language `{}`", sheet.language),
                mend: "Add it to `languages`, or rename the file.".to_owned(),
            });
        }
        if article.kind != Kind::Service {
            if article.kind == Kind::Notice && sheet.head.valid != article.valid {
                let what = "the notice has other dates in another language".to_owned();
                error(&sheet.file, what, "Write the same `from` and `until` in all.", findings);
            }
            article.source = article.source.or(sheet.head.source);
            article.checked = article.checked.or(sheet.head.checked);
            add_new(&mut article.related, sheet.head.services);
            add_new(&mut article.places, sheet.head.places);
        }
        article.words.insert(sheet.language, sheet.words);
    }
    article
}

fn add_new(all: &mut Vec<String>, more: Vec<String>) {
    for id in more {
        if !all.contains(&id) {
            all.push(id);
        }
    }
}

fn order(kind: Kind) -> u8 {
    match kind {
        Kind::Service => 0,
        Kind::Notice => 1,
        Kind::Page => 2,
    }
}

/// The folder of a kind of page.
pub(crate) fn folder_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Service => "services",
        Kind::Notice => "notices",
        Kind::Page => "articles",
    }
}

fn file_of(kind: Kind, id: &str) -> String {
    format!("{}/{id}", folder_of(kind))
}

fn error(file: &Path, what: String, mend: &str, findings: &mut Vec<Finding>) {
    let (file, mend) = (file.to_owned(), mend.to_owned());
    findings.push(Finding { file, line: 0, severity: Severity::Error, what, mend });
}
