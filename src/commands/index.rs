//! `wendu index`: makes the index anew beside the old one, if the pack has changed.

use std::process::ExitCode;

use clap::Args;

use super::{Shared, progress, say};
use crate::{app::open_library, models::Models};

/// Make the index anew, if the pack has changed. A running server does this by itself.
#[derive(Debug, Args)]
pub struct Index {}

impl Index {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let (pack, index) = (settings.pack.clone(), settings.index());
        let models = Models::at(&settings.models());
        let opening = open_library(pack, index, models, progress::bar());
        let library = super::runtime()?.block_on(opening)?;
        say::line(&format!(
            "The index of {} is up to date: {} articles, fingerprint {}",
            settings.pack.display(),
            library.pack().articles.len(),
            library.fingerprint(),
        ));
        Ok(ExitCode::SUCCESS)
    }
}
