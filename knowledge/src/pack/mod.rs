//! The pack: what a city publishes, read from a folder into types that are true from there on.
//! docs/PACK.md is the editors' reference. `read` makes it, `lint` says what an editor should mend.

mod check;
pub mod finding;
pub mod heading;
pub mod lint;
mod numbers;
pub mod placeholder;
pub mod read;
mod vocabulary;

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use nlu::{Facet, LanguageIdentifier, advice::Advice};

pub use check::{Counts, Report, check};
pub use finding::{Broken, Finding, Severity};
pub use numbers::Numbers;

use crate::{fact::Fact, hours::Place};

/// Everything a city publishes.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The city's, district's or hospital's name.
    pub name: Text,
    /// A sentence for every page.
    pub banner: Option<Text>,
    /// Languages, the first is the fallback; never empty.
    pub languages: Vec<LanguageIdentifier>,
    /// Where its clocks stand.
    pub time_zone: TimeZone,
    /// Where a person answers.
    pub telephone: String,
    /// Where a person can be seen: a key of `places`.
    pub place: Option<String>,
    /// The public site.
    pub source: Option<String>,
    /// Whom to call in danger.
    pub danger: Numbers,
    /// The service that gives what only a professional may give, by kind of advice: keys of
    /// `articles`.
    pub advice: BTreeMap<Advice, String>,
    /// Names that mean "here".
    pub names: Vec<String>,
    /// Names of places that are not served.
    pub elsewhere: Vec<String>,
    /// Questions to start with.
    pub start: Vec<Text>,
    /// Days on which offices are closed.
    pub holidays: Vec<Holiday>,
    /// Days on which offices work although it is a weekend.
    pub workdays: Vec<Workday>,
    /// Abbreviations and what they stand for.
    pub abbreviations: BTreeMap<String, Text>,
    /// Rare characters and how they are read.
    pub readings: BTreeMap<char, String>,
    /// Offices, by ID.
    pub departments: BTreeMap<String, Department>,
    /// Papers people bring, by ID.
    pub documents: BTreeMap<String, Text>,
    /// Where people go, by ID.
    pub places: BTreeMap<String, Place>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Services, notices and other pages, by ID.
    pub articles: BTreeMap<String, Article>,
    /// How people ask, from `intents.toml`.
    pub asked: Asked,
}

/// How people ask: what the program learns from, beside the pages' own names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Examples for an article, by its ID.
    pub of: BTreeMap<String, Vec<String>>,
    /// Examples that no article answers.
    pub outside: Vec<String>,
}

/// A published page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its ID, unique in the pack.
    pub id: String,
    /// What kind of page it is.
    pub kind: Kind,
    /// The office that owns it: a key of `departments`.
    pub department: Option<String>,
    /// Whom it is for.
    pub audience: Vec<String>,
    /// Where it is done, best first: keys of `places`.
    pub places: Vec<String>,
    /// What people need next: keys of `articles`.
    pub related: Vec<String>,
    /// Who keeps it true.
    pub owner: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
    /// When somebody last compared it with its source.
    pub checked: Option<Date>,
    /// When it may be shown.
    pub valid: Validity,
    /// Who answers questions about it.
    pub telephone: Option<String>,
    /// Whether a person has to see to whoever asks for it.
    pub person: bool,
    /// What must be exact, by name.
    pub facts: BTreeMap<String, Fact>,
    /// Its words, by language; never empty.
    pub words: BTreeMap<LanguageIdentifier, Words>,
}

/// What kind of page an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something people can get done.
    Service,
    /// Dated news.
    Notice,
    /// Any other page, e.g. imported.
    Page,
}

/// A page's words in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Its title.
    pub title: String,
    /// What else people call it.
    pub also: Vec<String>,
    /// Its parts in order; the first may have no heading.
    pub sections: Vec<Section>,
}

/// One part of a page: what stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading as written; `None` before the first heading.
    pub heading: Option<String>,
    /// The facet that the heading names, if it is one of the known headings.
    pub facet: Option<Facet>,
    /// Markdown, with `{facts}` not yet filled in.
    pub body: String,
    /// The line of the file on which the body starts, from 1.
    pub line: u32,
}

/// From when to when, both days included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day; always, if none.
    pub from: Option<Date>,
    /// The last day; for ever, if none.
    pub until: Option<Date>,
}

impl Validity {
    /// The days that lie within both.
    pub fn and(self, other: Validity) -> Validity {
        Validity {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Whether a day lies within.
    pub fn holds_on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// An office that owns services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its name.
    pub name: Text,
    /// Its telephone.
    pub telephone: Option<String>,
}

/// Days on which offices are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What is celebrated.
    pub name: Text,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A weekend day on which offices work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workday {
    /// The day.
    pub date: Date,
    /// Whose hours it keeps.
    pub like: jiff::civil::Weekday,
}

/// Words in one or more languages; a plain string serves all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The same in every language.
    Same(String),
    /// One for each language.
    Each(BTreeMap<LanguageIdentifier, String>),
}

impl Text {
    /// The words in a language, else in the first of `languages` that has some, else any.
    pub fn in_language(
        &self,
        language: &LanguageIdentifier,
        languages: &[LanguageIdentifier],
    ) -> &str {
        match self {
            Text::Same(text) => text,
            Text::Each(each) => each
                .get(language)
                .or_else(|| languages.iter().find_map(|l| each.get(l)))
                .or_else(|| each.values().next())
                .map_or("", String::as_str),
        }
    }
}

impl Pack {
    /// The words of an article in a language, or in the pack's nearest other one.
    pub fn words<'a>(
        &self,
        article: &'a Article,
        language: &LanguageIdentifier,
    ) -> Option<(&'a LanguageIdentifier, &'a Words)> {
        article
            .words
            .get_key_value(language)
            .or_else(|| self.languages.iter().find_map(|l| article.words.get_key_value(l)))
            .or_else(|| article.words.iter().next())
    }

    /// A text of the pack in a language.
    pub fn say<'a>(&self, text: &'a Text, language: &LanguageIdentifier) -> &'a str {
        text.in_language(language, &self.languages)
    }
}

/// A pack for tests, in Chinese and English, in which nothing stands.
#[cfg(test)]
pub(crate) fn empty_pack() -> Pack {
    Pack {
        languages: vec![nlu::langid!("zh"), nlu::langid!("en")],
        telephone: "021-5550-0100".to_owned(),
        ..read::empty()
    }
}
