//! Everything about a pack in one call: read it, and if it can be used, lint it.

use std::path::Path;

use jiff::civil::Date;

use super::{
    Kind, Pack,
    finding::{Finding, Severity},
    lint::lint,
    read::reading,
};

/// What there is to say about a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// All there is to mend, by file and line.
    pub findings: Vec<Finding>,
    /// How much there is in it.
    pub counts: Counts,
    /// Whether it can be used; if not, the linter did not look at it yet.
    pub usable: bool,
}

/// How much there is in a pack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Services.
    pub services: usize,
    /// Places.
    pub places: usize,
    /// Notices.
    pub notices: usize,
    /// Other pages.
    pub articles: usize,
    /// Languages.
    pub languages: usize,
}

impl Report {
    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }

    /// How many findings are warnings.
    pub fn warnings(&self) -> usize {
        self.findings.len() - self.errors()
    }
}

/// Reads and lints a pack as of a day.
pub fn check(folder: &Path, today: Date) -> Report {
    let reading = reading(folder);
    let usable = !reading.is_broken();
    let counts = Counts::of(&reading.pack);
    let more = if usable { lint(&reading, today) } else { Vec::new() };
    let mut findings = reading.findings;
    findings.extend(more);
    findings.sort();
    Report { findings, counts, usable }
}

impl Counts {
    /// Counts a pack.
    pub fn of(pack: &Pack) -> Self {
        let count = |kind| pack.articles.values().filter(|article| article.kind == kind).count();
        Self {
            services: count(Kind::Service),
            places: pack.places.len(),
            notices: count(Kind::Notice),
            articles: count(Kind::Page),
            languages: pack.languages.len(),
        }
    }
}
