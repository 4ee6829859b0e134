//! What an editor should mend in a pack that can be used: words missing in a language, facts that
//! ran out, names that are not clear. Ends at advice; what breaks a pack is `read`'s.

mod dates;
mod names;
mod places;
mod prose;
mod texts;
mod words;

use std::path::{Path, PathBuf};

use jiff::{Span, civil::Date};
use nlu::LanguageIdentifier;

use super::{
    Article, Pack,
    finding::{Finding, Severity},
    read::{Lines, Reading, folder_of},
};

/// Looks for everything that could be better on a day.
pub fn lint(reading: &Reading, today: Date) -> Vec<Finding> {
    let mut linter =
        Linter { pack: &reading.pack, lines: &reading.lines, today, findings: Vec::new() };
    texts::lint(&mut linter);
    places::lint(&mut linter);
    names::lint(&mut linter);
    dates::holidays(&mut linter);
    for article in reading.pack.articles.values() {
        dates::article(&mut linter, article);
        words::article(&mut linter, article);
        prose::article(&mut linter, article);
    }
    let mut findings = linter.findings;
    findings.sort();
    findings.dedup();
    findings
}

/// Collects findings; knows where things stand.
struct Linter<'a> {
    pack: &'a Pack,
    lines: &'a Lines,
    today: Date,
    findings: Vec<Finding>,
}

impl<'a> Linter<'a> {
    /// A warning at a path of keys.
    fn warn(&mut self, file: &Path, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        let line = self.lines.of(file, key);
        self.at(Severity::Warning, file, line, what, mend);
    }

    /// An error at a path of keys.
    fn error(&mut self, file: &Path, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        let line = self.lines.of(file, key);
        self.at(Severity::Error, file, line, what, mend);
    }

    fn at(
        &mut self,
        severity: Severity,
        file: &Path,
        line: u32,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) {
        let (what, mend) = (what.into(), mend.into());
        self.findings.push(Finding { file: file.to_owned(), line, severity, what, mend });
    }

    /// Whether a day is within the next thirty.
    fn is_soon(&self, day: Date) -> bool {
        day >= self.today && day <= self.today.saturating_add(Span::new().days(30))
    }

    /// Where an article's dates and sources stand.
    fn head(&self, article: &Article) -> PathBuf {
        let service = PathBuf::from(format!("services/{}.toml", article.id));
        if article.kind == super::Kind::Service {
            return service;
        }
        let first = self.pack.languages.iter().find(|l| article.words.contains_key(l));
        let first = first.or_else(|| article.words.keys().next());
        first.map_or(service, |language| sheet(article, language))
    }
}

/// The file with an article's words in a language.
fn sheet(article: &Article, language: &LanguageIdentifier) -> PathBuf {
    PathBuf::from(format!("{}/{}.{language}.md", folder_of(article.kind), article.id))
}

/// A line within a text that starts on a line.
fn line_of(first: u32, text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or_default().matches('\n').count();
    first + u32::try_from(before).unwrap_or(0)
}
