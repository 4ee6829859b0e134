//! `wendu train asking`: learns which side a question asks for from what it means, and writes the
//! weights. How well it goes, `wendu eval golden` tells.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::Args;
use nlu::asking::Meant;

use crate::commands::{Shared, eval::published::encoder, say};

/// Learn which side is asked for.
#[derive(Debug, Args)]
pub struct Asking {
    /// The file that is written
    #[arg(long, value_name = "FILE", default_value = "nlu/src/asking/meant.bin")]
    to: PathBuf,
}

impl Asking {
    pub(super) fn run(&self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let Some(encoder) = encoder(&shared.settings()?.models())? else {
            bail!("this needs the sentence encoder; `wendu models` fetches it");
        };
        let bytes = Meant::learn(&encoder).to_bytes();
        fs::write(&self.to, &bytes)
            .with_context(|| format!("{} cannot be written", self.to.display()))?;
        say::line(&format!("{} bytes written to {}", bytes.len(), self.to.display()));
        Ok(ExitCode::SUCCESS)
    }
}
