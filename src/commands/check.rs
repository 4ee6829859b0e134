//! `wendu check`: what an editor should mend in a pack. Fails when people would get a wrong answer.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use jiff::Zoned;
use knowledge::pack::check;

use super::{Shared, eval::golden::findings, say};

/// Look for mistakes in a pack: file, line, what is wrong, what to do. Exit status 1 on errors.
#[derive(Debug, Args)]
pub struct Check {
    /// The pack's folder [default: the one in the settings]
    #[arg(value_name = "PACK")]
    folder: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

impl Check {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let folder = match self.folder {
            Some(folder) => folder,
            None => shared.settings()?.pack,
        };
        let mut report = check(&folder, Zoned::now().date());
        report.findings.extend(findings(&folder));
        report.findings.sort();
        for finding in &report.findings {
            say::line(&finding.to_string());
        }
        let counts = report.counts;
        say::line(&format!(
            "{}: {} services, {} places, {} notices, {} other pages, in {} languages",
            folder.display(),
            counts.services,
            counts.places,
            counts.notices,
            counts.articles,
            counts.languages,
        ));
        let (errors, warnings) = (report.errors(), report.warnings());
        say::line(&match (errors, warnings) {
            (0, 0) => "Nothing to mend.".to_owned(),
            _ if report.usable => format!("{errors} errors, {warnings} warnings."),
            _ => format!("{errors} errors: this pack cannot be served until they are mended."),
        });
        let failed = errors > 0 || (self.strict && warnings > 0);
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
