//! `wendu restore`: puts a backup in place, after checking it, and keeps what was there.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Shared, say};
use crate::{
    Clock,
    store::backup::{Replace, label, restore},
};

/// Put a backup in place of the conversations. The service must be stopped.
#[derive(Debug, Args)]
pub struct Restore {
    /// A file that `wendu backup` wrote
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// Replace conversations that are there; they are kept under another name
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let replace = if self.force { Replace::KeepingOld } else { Replace::Never };
        super::runtime()?.block_on(async {
            let now = Clock::system().now();
            let kept = restore(&self.from, &settings.data, replace, now).await?;
            if let Some(label) = label(&self.from).await? {
                say::line(&format!(
                    "Restored the backup of {:.0}, made by wendu {} beside the pack {}",
                    label.made_at, label.program, label.pack
                ));
            }
            if let Some(kept) = kept {
                say::line(&format!("What was there before is kept in {}", kept.display()));
            }
            Ok(ExitCode::SUCCESS)
        })
    }
}
