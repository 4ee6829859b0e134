//! What is wrong with a pack: where, what, and what to do, in words for editors.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the pack; empty for the pack itself.
    pub file: PathBuf,
    /// The line, from 1; 0 if the whole file or folder is meant.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub mend: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// People would get a wrong answer, or none.
    Error,
    /// It could be better.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = if self.file.as_os_str().is_empty() { Path::new(".") } else { &self.file };
        let file = file.to_string_lossy().replace('\\', "/");
        match self.line {
            0 => write!(f, "{file}: ")?,
            line => write!(f, "{file}:{line}: ")?,
        }
        write!(f, "{}: {}\n    {}", self.severity, self.what, self.mend)
    }
}

/// A pack that cannot be used; at least one finding is an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pack is broken\n{}", .findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Broken {
    /// All there is to mend, by file and line.
    pub findings: Vec<Finding>,
}

/// Collects what is found in one file.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) file: PathBuf,
    pub(crate) findings: Vec<Finding>,
    /// Where each value stands: its path of keys, and its line.
    pub(crate) lines: std::collections::BTreeMap<String, u32>,
}

impl Notes {
    pub(crate) fn of(file: &Path) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    pub(crate) fn error(&mut self, line: u32, what: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Error, line, what.into(), mend.into());
    }

    pub(crate) fn warn(&mut self, line: u32, what: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Warning, line, what.into(), mend.into());
    }

    fn add(&mut self, severity: Severity, line: u32, what: String, mend: String) {
        let file = self.file.clone();
        self.findings.push(Finding { file, line, severity, what, mend });
    }
}

/// "Did you mean …?", if one of the known words is near; else what is known.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let far = (word.chars().count() / 3).clamp(1, 3);
    let near = known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(word, k), *k))
        .filter(|(distance, _)| *distance <= far)
        .min();
    match near {
        Some((_, near)) => format!("Did you mean `{near}`?"),
        None if known.is_empty() => "There are none yet.".to_owned(),
        None if known.len() > 16 => "It is spelled otherwise, or not there yet.".to_owned(),
        None => format!("Known are: {}.", known.join(", ")),
    }
}
