//! `wendu eval report`: all evaluations of what is understood, on one page that needs nothing else.
//! Each is run as the command that stands beside its figures, by this very program, so that the
//! page can show nothing that the commands don't.

mod page;
mod plan;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::Context;
use clap::Args;
use serde_json::{Map, Value};

use self::plan::Planned;
use super::super::{Shared, now, say};

/// All evaluations on one HTML page: figures, plots, and what came out wrong.
#[derive(Debug, Args)]
#[command(after_help = "Rows are looked for in FOLDER/rules_en, notices_zh, wiki_zh, support_en, \
    intents_en, intents_zh and spelling_zh; what is not there is left out, and the page says so. \
    The pack's golden questions and the danger set are always measured.")]
pub struct Report {
    /// Where the page goes
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    out: PathBuf,
    /// The folder of passages and questions to measure with
    #[arg(long, value_name = "FOLDER")]
    rows: Option<PathBuf>,
}

/// One evaluation, measured.
struct Measured {
    planned: Planned,
    /// Its figures, or why there are none.
    figures: Result<Map<String, Value>, String>,
    /// What came out wrong, in the command's own lines.
    misses: String,
}

impl Report {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let pack = shared.settings()?.pack;
        let plan = plan::plan(&pack, self.rows.as_deref());
        let mut measured = Vec::with_capacity(plan.len());
        for (number, planned) in plan.iter().enumerate() {
            say::problem(&format!("{}/{} {}", number + 1, plan.len(), planned.title));
            measured.push(measure(planned.clone())?);
        }
        let failed = measured.iter().filter(|one| one.figures.is_err()).count();
        let page = page::page(&measured, &now().strftime("%Y-%m-%d %H:%M UTC").to_string());
        write(&self.out, &page)?;
        say::line(&format!("{} evaluations in {}", measured.len(), self.out.display()));
        if failed > 0 {
            say::problem(&format!("{failed} of them gave no figures; the page says why"));
        }
        Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn measure(planned: Planned) -> anyhow::Result<Measured> {
    let run = |more: &str| {
        Command::new(std::env::current_exe()?)
            .args(&planned.arguments)
            .arg(more)
            .stdin(Stdio::null())
            .output()
    };
    let done = run("--json")?;
    let told = String::from_utf8_lossy(&done.stdout);
    let figures = told.lines().rev().find_map(|line| serde_json::from_str(line).ok());
    let figures = figures.ok_or_else(|| String::from_utf8_lossy(&done.stderr).trim().to_owned());
    let misses = if planned.misses && figures.is_ok() {
        String::from_utf8_lossy(&run("--misses")?.stdout).into_owned()
    } else {
        String::new()
    };
    Ok(Measured { planned, figures, misses })
}

/// Writes beside and renames, so that a page is there whole or not at all.
fn write(path: &Path, page: &str) -> anyhow::Result<()> {
    let beside = path.with_extension("part");
    fs::write(&beside, page)
        .and_then(|()| fs::rename(&beside, path))
        .with_context(|| format!("{} cannot be written", path.display()))
}
