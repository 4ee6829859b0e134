//! `wendu backup`: all conversations in one file, made while the service runs.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Shared, say};
use crate::{
    Clock,
    store::backup::{Label, backup},
};

/// Copy all conversations to a new file, while serving. The pack is not in it: keep that in git.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        super::runtime()?.block_on(async {
            // A backup matters more than knowing beside which pack it was made.
            let pack = knowledge::shelf::fingerprint(&settings.pack);
            let pack = pack.unwrap_or_else(|_| "unknown".to_owned());
            let program = env!("CARGO_PKG_VERSION").to_owned();
            let label = Label { made_at: Clock::system().now(), program, pack };
            backup(&settings.data, &self.to, &label).await?;
            say::line(&format!("Kept in {}, and checked", self.to.display()));
            Ok(ExitCode::SUCCESS)
        })
    }
}
