//! One file of `services/`, `notices/` or `articles/`, by itself.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use nlu::LanguageIdentifier;

use super::{files, service, toml_tree, words};
use crate::pack::{Article, Kind, Validity, Words, finding::Notes};

/// What one file holds.
pub(crate) enum Page {
    /// `services/ID.toml`.
    Service { file: PathBuf, article: Box<Article> },
    /// `ID.LANG.md`.
    Words(Box<Sheet>),
    /// A file that was reported as broken: its ID is known and must not be missed elsewhere.
    Broken { kind: Kind, id: String, is_words: bool },
}

/// `ID.LANG.md` with what stands in its block.
pub(crate) struct Sheet {
    pub(crate) file: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) language: LanguageIdentifier,
    pub(crate) words: Words,
    pub(crate) head: Head,
}

/// What a notice or article says about itself.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) valid: Validity,
    pub(crate) source: Option<String>,
    pub(crate) checked: Option<Date>,
    pub(crate) services: Vec<String>,
    pub(crate) places: Vec<String>,
}

const SERVICE: [&str; 2] = ["title", "also"];
const NOTICE: [&str; 8] =
    ["title", "also", "from", "until", "source", "checked", "services", "places"];
const ARTICLE: [&str; 4] = ["title", "source", "checked", "also"];

/// Reads one file.
pub(crate) fn page(folder: &Path, file: &Path, notes: &mut Notes) -> Option<Page> {
    let name = file.file_name()?.to_str()?;
    let kind = match file.parent()?.to_str()? {
        "services" => Kind::Service,
        "notices" => Kind::Notice,
        _ => Kind::Page,
    };
    if let (Kind::Service, Some(id)) = (kind, name.strip_suffix(".toml")) {
        super::id(id, 0, notes);
        let broken = Page::Broken { kind, id: id.to_owned(), is_words: false };
        let Some(text) = files::text(folder, file, notes) else { return Some(broken) };
        let node = toml_tree::parse(&text, notes);
        let article = Box::new(service::service(id, &node, notes));
        return Some(Page::Service { file: file.to_owned(), article });
    }
    if !name.ends_with(".md") {
        let mend = match kind {
            Kind::Service => "Only ID.toml and ID.LANG.md are read here.",
            _ => "Only ID.LANG.md is read here.",
        };
        notes.warn(0, "this file is not read", mend);
        return None;
    }
    let (id, language) = words::name(name, notes)?;
    let known: &[&str] = match kind {
        Kind::Service => &SERVICE,
        Kind::Notice => &NOTICE,
        Kind::Page => &ARTICLE,
    };
    let broken = Page::Broken { kind, id: id.clone(), is_words: true };
    let Some(text) = files::text(folder, file, notes) else { return Some(broken) };
    let read = words::words(&text, known, notes, |root, notes| {
        let mut head = Head {
            source: root.string("source", notes),
            checked: root.date("checked", notes),
            services: root.strings("services", notes),
            places: root.strings("places", notes),
            ..Head::default()
        };
        if kind == Kind::Notice {
            root.needed("from", "from: 2026-07-01", notes);
            root.needed("until", "until: 2026-09-10", notes);
            head.valid =
                Validity { from: root.date("from", notes), until: root.date("until", notes) };
            if head.valid.from.zip(head.valid.until).is_some_and(|(from, until)| until < from) {
                let line = root.get("until").map_or(0, |n| n.line);
                notes.error(
                    line,
                    "the notice ends before it begins",
                    "Exchange `from` and `until`.",
                );
            }
        }
        head
    });
    let Some((words, head)) = read else { return Some(broken) };
    Some(Page::Words(Box::new(Sheet { file: file.to_owned(), kind, id, language, words, head })))
}
