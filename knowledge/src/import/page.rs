//! A page on its way into a pack.

use std::path::Path;

use nlu::LanguageIdentifier;

use super::{Options, Remark, language, title};

/// A page as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its ID in the pack; empty until all pages are known.
    pub id: String,
    /// Its ID in the source, or what stands for one.
    pub original: String,
    /// Its language.
    pub language: LanguageIdentifier,
    /// Its title, on one line.
    pub title: String,
    /// What else it is called.
    pub also: Vec<String>,
    /// Its address on the web.
    pub source: Option<String>,
    /// Its words as Markdown that a pack reads back unchanged.
    pub body: String,
}

/// What a reader found out about a page.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) original: Option<String>,
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) question: Option<String>,
    pub(super) source: Option<String>,
    /// Plain words, to tell the language and a title from.
    pub(super) plain: String,
    pub(super) body: String,
}

/// Collects pages and remarks.
pub(super) struct Draft<'o> {
    pub(super) options: &'o Options,
    pub(super) pages: Vec<Page>,
    pub(super) remarks: Vec<Remark>,
}

impl Draft<'_> {
    /// A row or file that is left out.
    pub(super) fn skip(&mut self, file: &Path, line: u64, what: impl Into<String>) {
        let (file, what) = (file.to_owned(), what.into());
        self.remarks.push(Remark { file, line, what, skipped: true });
    }

    /// Takes a page, or says why not.
    pub(super) fn take(&mut self, file: &Path, line: u64, raw: Raw) {
        if raw.body.trim().is_empty() {
            return self.skip(file, line, "there is no text");
        }
        let stated = raw.language.as_deref().map(str::trim).filter(|tag| !tag.is_empty());
        let said = stated.and_then(|tag| {
            let language = tag.replace('_', "-").parse::<LanguageIdentifier>().ok();
            let language = language.filter(|l| l.language.as_str() != "und");
            if language.is_none() {
                let what = format!("`{tag}` is not a language; told from the script instead");
                self.remarks.push(Remark { file: file.to_owned(), line, what, skipped: false });
            }
            language
        });
        let language = self.options.language.clone().or(said);
        let language = language.unwrap_or_else(|| language::of(&raw.plain));
        let question = raw.question.map(|q| title::one_line(&q)).filter(|q| !q.is_empty());
        let named = raw.title.map(|t| title::one_line(&t)).filter(|t| !t.is_empty());
        let also = match (&named, &question) {
            (Some(title), Some(question)) if title != question => vec![question.clone()],
            _ => Vec::new(),
        };
        let title = named.or(question).unwrap_or_else(|| title::of(&raw.plain));
        let source = raw.source.map(|s| title::one_line(&s)).filter(|s| !s.is_empty());
        let original = raw.original.filter(|id| !id.trim().is_empty());
        let original = original.unwrap_or_else(|| format!("row-{line}"));
        let page =
            Page { id: String::new(), original, language, title, also, source, body: raw.body };
        let size = page.body.len() + page.title.len() + 1024;
        if u64::try_from(size).unwrap_or(u64::MAX) > crate::pack::read::LARGEST {
            return self.skip(file, line, "the text is larger than 2 MiB");
        }
        self.pages.push(page);
    }
}
