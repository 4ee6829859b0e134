//! `wendu import`: published pages from elsewhere into a pack, with their sources kept.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use knowledge::import::{Format, Options, Over, from, write};

use super::{Shared, say};

/// How many remarks are shown; the rest are counted.
const SHOWN: usize = 20;

/// Make a pack of JSON Lines, CSV, or a folder of Markdown or HTML.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu import notices.jsonl my-city --name \"Riverside\" --telephone 021-5550-0100\n  \
    wendu import site/ my-city --format html --language en")]
pub struct Import {
    /// What to import: a file, or a folder of Markdown or HTML
    source: PathBuf,
    /// The folder of the new pack
    #[arg(value_name = "PACK")]
    to: PathBuf,
    /// What the source is written in [default: told by its name]
    #[arg(long)]
    format: Option<Written>,
    /// The city's name [default: the source's name]
    #[arg(long)]
    name: Option<String>,
    /// The language of all pages, e.g. zh [default: each page's own]
    #[arg(long)]
    language: Option<bot::LanguageIdentifier>,
    /// Where a person answers
    #[arg(long)]
    telephone: Option<String>,
    /// Where the city's clocks stand, e.g. Asia/Shanghai [default: UTC]
    #[arg(long)]
    time_zone: Option<String>,
    /// Write into a folder that is not empty
    #[arg(long)]
    force: bool,
}

/// What a source is written in.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Written {
    /// One JSON object a line: id, text, and if it likes title, url, lang
    JsonLines,
    /// A .md file, or a folder of them
    Markdown,
    /// An .html file, or a folder of them
    Html,
    /// Questions and answers, with a row of names at the head
    Csv,
}

impl Import {
    pub(super) fn run(self, _shared: &Shared) -> anyhow::Result<ExitCode> {
        let options = Options {
            name: self.name,
            format: self.format.map(|format| match format {
                Written::JsonLines => Format::JsonLines,
                Written::Markdown => Format::Markdown,
                Written::Html => Format::Html,
                Written::Csv => Format::Csv,
            }),
            language: self.language,
            telephone: self.telephone,
            time_zone: self.time_zone,
        };
        let bar = ProgressBar::new_spinner();
        let imported = from(&self.source, &options, &mut |looked_at| {
            bar.set_position(looked_at);
            bar.set_message(format!("{looked_at} looked at"));
        })?;
        for remark in imported.remarks.iter().take(SHOWN) {
            say::line(&remark.to_string());
        }
        if imported.remarks.len() > SHOWN {
            say::line(&format!("… and {} more like these", imported.remarks.len() - SHOWN));
        }
        let over = if self.force { Over::Force } else { Over::Never };
        let written = write(&imported, &self.to, over, &mut |done| {
            bar.set_message(format!("{done} written"));
        })?;
        bar.finish_and_clear();
        let to = self.to.display();
        say::line(&format!("{} pages in {to}, {} left out", written.pages, imported.skipped()));
        if let Some(ids) = written.ids {
            say::line(&format!("Some IDs had to change: {} holds old and new", ids.display()));
        }
        say::line(&format!("Next: `wendu check {to}`, then `wendu serve --pack {to}`"));
        Ok(ExitCode::SUCCESS)
    }
}
