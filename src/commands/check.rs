//! `wendu check`: what an editor should mend in a pack. Fails when people would get a wrong answer.
//! The pack's golden questions are asked as well; what came out otherwise is told and is no fault of
//! the pack's form, so it never fails the check.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;

use clap::Args;
use jiff::Zoned;
use knowledge::pack::check;

use super::{
    Shared,
    eval::golden::{GOLDEN, Half, Outcome, ask_all, findings, questions},
    progress, runtime, say,
};
use crate::{app::open_library, models::Models};

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
        let golden = folder.join(GOLDEN);
        if report.usable && golden.exists() && findings(&folder).is_empty() {
            ask_golden(&folder, &Models::at(&shared.settings()?.models()))?;
        }
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

/// Asks the golden questions and tells of each that came out otherwise, but for those held back: who
/// mends a pack by those can no longer judge it by them.
fn ask_golden(pack: &Path, models: &Models) -> anyhow::Result<()> {
    let questions = questions(pack, Half::All)?;
    // The index in use belongs to the pack that is served, which may be another.
    let shelf =
        tempfile::tempdir().context("there is no room for an index to try the pack with")?;
    let opened =
        open_library(pack.to_owned(), shelf.path().to_owned(), models.clone(), progress::bar());
    let mind = bot::Mind::new(runtime()?.block_on(opened)?.into());
    let (mut right, mut held_right) = (0, 0);
    for asked in ask_all(&mind, &questions) {
        let held_back = asked.question.held_back;
        let count = if held_back { &mut held_right } else { &mut right };
        match asked.outcome {
            Outcome::Right => *count += 1,
            _ if held_back => {}
            _ => say::line(&format!(
                "{GOLDEN}:{}: {}. {}",
                asked.question.line,
                asked.came_instead(),
                asked.mend()
            )),
        }
    }
    let held = questions.iter().filter(|question| question.held_back).count();
    say::line(&format!("Golden questions told right: {}", share(right, questions.len() - held)));
    if held > 0 {
        say::line(&format!(
            "  of those held back, which are not shown: {}",
            share(held_right, held)
        ));
    }
    Ok(())
}

fn share(right: usize, of: usize) -> String {
    let percent = 100.0 * right as f64 / of.max(1) as f64;
    format!("{right} of {of} ({percent:.0} %)")
}
