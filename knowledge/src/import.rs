//! Published pages from elsewhere into a pack: JSON Lines, Markdown, HTML, tables of questions.
//! Text is kept word for word; rows that cannot be taken are reported, never dropped silently.
//! Ends at files on disk; what they say is read by `pack::read` like any other pack.

pub mod escape;
mod html;
mod ids;
mod json_lines;
mod language;
mod markdown;
mod page;
mod table;
mod title;
mod tree;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

use nlu::LanguageIdentifier;

pub use page::Page;
pub use write::{Over, Written, write};

/// What a source is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line: `id`, `text`, and if it likes `title`, `url`, `lang`.
    JsonLines,
    /// A `.md` file, or a folder of them.
    Markdown,
    /// An `.html` file, or a folder of them.
    Html,
    /// Comma-separated questions and answers with a row of names at its head.
    Csv,
}

impl Format {
    /// The format of a file by its name, or of a folder by the files in it.
    pub fn guess(source: &Path) -> Option<Self> {
        if source.is_dir() {
            let found =
                |endings: &[&str]| tree::files(source, endings).is_ok_and(|f| !f.is_empty());
            return match (found(&["md", "markdown"]), found(&["html", "htm"])) {
                (true, _) => Some(Self::Markdown),
                (false, true) => Some(Self::Html),
                (false, false) => None,
            };
        }
        match source.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "csv" | "tsv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The new pack's name; the source's file name, if none.
    pub name: Option<String>,
    /// What the source is written in; guessed, if none.
    pub format: Option<Format>,
    /// The language of all pages; what a page says or its script, if none.
    pub language: Option<LanguageIdentifier>,
    /// Where a person answers; to be filled in by hand, if none.
    pub telephone: Option<String>,
    /// A name from the time zone database; UTC, if none.
    pub time_zone: Option<String>,
}

/// What came out of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The new pack's name.
    pub name: String,
    /// The pages in order, each with its own ID and language.
    pub pages: Vec<Page>,
    /// Everything that was not taken as it stood.
    pub remarks: Vec<Remark>,
    /// Where a person answers.
    pub telephone: Option<String>,
    /// The pack's time zone.
    pub time_zone: String,
}

impl Imported {
    /// How many rows or files were left out.
    pub fn skipped(&self) -> usize {
        self.remarks.iter().filter(|remark| remark.skipped).count()
    }
}

/// Something of the source that was not taken as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 for the whole file.
    pub line: u64,
    /// What it was.
    pub what: String,
    /// Whether the row or file was left out.
    pub skipped: bool,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}{}", self.what, if self.skipped { " (left out)" } else { "" })
    }
}

/// Why nothing could be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The source cannot be read.
    #[error("{path} cannot be read: {reason}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The format cannot be told from the name.
    #[error("what is {0}? Say whether it is json-lines, markdown, html or csv")]
    UnknownFormat(PathBuf),
    /// A table lacks the columns that are needed.
    #[error("{path}: the first row must name a column {wanted}; it names: {found}")]
    NoColumn {
        /// The table.
        path: PathBuf,
        /// What is wanted.
        wanted: &'static str,
        /// What is there.
        found: String,
    },
    /// The target is not empty.
    #[error("{0} is not empty; name an empty folder, or force it to be written over")]
    NotEmpty(PathBuf),
    /// The target cannot be written.
    #[error("{path} cannot be written: {reason}")]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// Imports a source. `progress` hears how many rows or files were looked at.
pub fn from(
    source: &Path,
    options: &Options,
    progress: &mut dyn FnMut(u64),
) -> Result<Imported, ImportError> {
    let format = options.format.or_else(|| Format::guess(source));
    let format = format.ok_or_else(|| ImportError::UnknownFormat(source.to_owned()))?;
    let mut draft = page::Draft { options, pages: Vec::new(), remarks: Vec::new() };
    match format {
        Format::JsonLines => json_lines::read(source, &mut draft, progress)?,
        Format::Csv => table::read(source, &mut draft, progress)?,
        Format::Markdown => markdown::read(source, &mut draft, progress)?,
        Format::Html => html::read(source, &mut draft, progress)?,
    }
    let page::Draft { mut pages, remarks, .. } = draft;
    ids::assign(&mut pages);
    let stem = source.file_stem().map_or_else(|| "pack".into(), |stem| stem.to_string_lossy());
    Ok(Imported {
        name: options.name.clone().unwrap_or_else(|| stem.into_owned()),
        pages,
        remarks,
        telephone: options.telephone.clone(),
        time_zone: options.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
    })
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ImportError {
    move |reason| ImportError::Unreadable { path: path.to_owned(), reason }
}

#[cfg(test)]
mod tests;
