//! The models folder: learned weights that are too large for the repository and come from package
//! clients. `manifest.toml` names them; here they are found, fetched and put in their place. What a
//! model does is the affair of the room that uses it.

mod fetch;
mod install;
mod manifest;

use std::{
    fs,
    path::{Path, PathBuf},
};

pub use fetch::FetchError;
pub use install::{InstallError, Telling, carry, fetch_and_install};
pub use manifest::{Held, Manifest, Model, Package};

/// The file in an installed model's folder that lists its files; `sha256sum -c` reads it too.
const SUMS: &str = "SHA256SUMS";

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

    /// Whether a model is installed, in the manifest's version. Looks at names and sizes only: what
    /// was installed was checked then.
    pub fn has(&self, model: &Model) -> bool {
        let home = self.home(model);
        let as_listed = |held: &Held| {
            fs::metadata(home.join(&held.name)).is_ok_and(|about| about.len() == held.bytes)
        };
        fs::read_to_string(home.join(SUMS)).is_ok_and(|sums| sums == model.sums())
            && model.files().all(as_listed)
    }
}
