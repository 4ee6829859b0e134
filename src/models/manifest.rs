//! The manifest: which models there are, where they come from, and what must come.

use std::{
    collections::BTreeSet,
    env::consts::{ARCH, OS},
};

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
    /// What it does.
    pub what: String,
    /// How Wendu works without it.
    pub without: String,
    /// Its version.
    pub version: String,
    /// Its licence, as SPDX has it.
    pub licence: String,
    /// Where it can be had, best first.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// One way to a model: packages, and the files made of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Which machines it is for, as `linux-x86_64`; all, where it does not say.
    pub machine: Option<String>,
    /// What is fetched.
    #[serde(rename = "package")]
    pub packages: Vec<Package>,
    /// What the model's folder then holds.
    #[serde(rename = "file")]
    pub files: Vec<Made>,
}

/// Something that is fetched as one file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its file name, on a mirror and for whoever carries it by hand.
    pub file: String,
    /// Who fetches it.
    pub from: Route,
    /// Its size.
    pub bytes: u64,
    /// Its checksum, in hexadecimal digits.
    pub sha256: String,
}

/// How a package is fetched.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Route {
    /// By Python's package client.
    Pip {
        /// Its name there.
        name: String,
        /// Its version there.
        version: String,
        /// Where wheels differ: for which Python, whichever is installed.
        python: Option<String>,
        /// Where wheels differ: for which platform.
        platform: Option<String>,
    },
    /// By Node's package client.
    Npm {
        /// Its name there.
        name: String,
        /// Its version there.
        version: String,
    },
    /// From an address.
    Web(String),
}

/// One file of a model.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// Its name in the model's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its checksum, in hexadecimal digits.
    pub sha256: String,
    /// What it is joined of, in order.
    pub parts: Vec<Part>,
    /// What is then done with it.
    pub convert: Option<Conversion>,
}

/// A file in a package.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The package's file name.
    pub package: String,
    /// The path in the package; the package itself, where there is none.
    pub inside: Option<String>,
}

/// How a file is made of its joined parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Conversion {
    /// A Whisper model of CTranslate2 becomes one of whisper.cpp.
    Whisper {
        /// Where the model's words stand: a tokenizer.json.
        tokenizer: Part,
    },
}

/// A manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It is not in the form of a manifest.
    #[error(transparent)]
    Form(#[from] toml::de::Error),
    /// Something in it does not fit.
    #[error("the model \"{model}\": {problem}")]
    Wrong {
        /// Which model.
        model: String,
        /// What is wrong.
        problem: String,
    },
}

impl Manifest {
    /// The manifest that this program was built with.
    pub fn built_in() -> Manifest {
        Manifest::parse(include_str!("manifest.toml")).expect("a test reads it")
    }

    /// Reads a manifest.
    pub fn parse(text: &str) -> Result<Manifest, ManifestError> {
        let manifest: Manifest = toml::from_str(text)?;
        let mut names = BTreeSet::new();
        for model in &manifest.models {
            let wrong = |problem| ManifestError::Wrong { model: model.name.clone(), problem };
            if !is_plain(&model.name) || !names.insert(&model.name) {
                return Err(wrong("its name is not plain, or stands twice".into()));
            }
            model.sources.iter().try_for_each(Source::check).map_err(wrong)?;
        }
        Ok(manifest)
    }
}

impl Model {
    /// Where it can be had for this machine, best first.
    pub fn sources_here(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| {
            source.machine.as_ref().is_none_or(|machine| *machine == this_machine())
        })
    }
}

impl Source {
    /// How much is fetched.
    pub fn bytes_to_fetch(&self) -> u64 {
        self.packages.iter().map(|package| package.bytes).sum()
    }

    /// How much is kept.
    pub fn bytes_to_keep(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Who fetches it, in words: "pip and npm".
    pub fn by(&self) -> String {
        let clients: BTreeSet<_> = self.packages.iter().map(|package| package.from.by()).collect();
        clients.into_iter().rev().collect::<Vec<_>>().join(" and ")
    }

    /// Its files with their checksums, as `sha256sum` writes them.
    pub(super) fn sums(&self) -> String {
        self.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect()
    }

    fn check(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for Package { file, sha256, .. } in &self.packages {
            if !is_plain(file) || !names.insert(file) || !is_sum(sha256) {
                return Err(format!("the package {file:?} has no plain name or checksum"));
            }
        }
        let mut made = BTreeSet::new();
        for Made { name, sha256, parts, convert, .. } in &self.files {
            if !is_plain(name) || !made.insert(name) || !is_sum(sha256) || parts.is_empty() {
                return Err(format!("the file {name:?} has no plain name, checksum or parts"));
            }
            let tokenizer = convert.as_ref().map(|Conversion::Whisper { tokenizer }| tokenizer);
            if let Some(part) =
                parts.iter().chain(tokenizer).find(|part| !names.contains(&part.package))
            {
                return Err(format!("there is no package {:?} for {name:?}", part.package));
            }
        }
        match made.is_empty() {
            true => Err("a source holds no files".into()),
            false => Ok(()),
        }
    }
}

impl Route {
    fn by(&self) -> &str {
        match self {
            Route::Pip { .. } => "pip",
            Route::Npm { .. } => "npm",
            Route::Web(address) => address.split('/').nth(2).unwrap_or(address),
        }
    }
}

impl Package {
    /// The command that fetches it on another machine.
    pub fn by_hand(&self) -> String {
        match &self.from {
            Route::Pip { name, version, python, platform } => {
                let mut command = "python3 -m pip download --no-deps".to_owned();
                if let (Some(python), Some(platform)) = (python, platform) {
                    command += &format!(
                        " --only-binary :all: --implementation cp --python-version {python} --platform {platform}"
                    );
                }
                format!("{command} {name}=={version}")
            }
            Route::Npm { name, version } => format!("npm pack {name}@{version}"),
            Route::Web(address) => format!("curl -L -o {} {address}", self.file),
        }
    }
}

/// This machine, as sources name it.
pub fn this_machine() -> String {
    format!("{OS}-{ARCH}")
}

/// A name that stays in its folder and hides nothing.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
}

fn is_sum(sum: &str) -> bool {
    sum.len() == 64 && sum.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_built_in_manifest_is_whole() {
        let manifest = Manifest::built_in();
        assert!(!manifest.models.is_empty());
        for model in &manifest.models {
            let said = [&model.what, &model.without, &model.version, &model.licence];
            assert!(said.iter().all(|words| !words.is_empty()), "{model:?}");
            assert!(!model.sources.is_empty(), "{model:?}");
            for source in &model.sources {
                assert!(source.bytes_to_fetch() > 0, "{source:?}");
                assert!(source.files.iter().all(|file| file.bytes > 0), "{source:?}");
                assert!(!source.by().is_empty());
            }
        }
    }

    #[test]
    fn addresses_of_a_hub_name_one_revision() {
        for source in Manifest::built_in().models.iter().flat_map(|model| &model.sources) {
            for package in &source.packages {
                if let Route::Web(address) = &package.from {
                    assert!(address.starts_with("https://"), "{address}");
                    let revision = address.split('/').any(|step| {
                        step.len() == 40 && step.chars().all(|c| c.is_ascii_hexdigit())
                    });
                    assert!(revision, "{address}");
                }
            }
        }
    }

    fn of(package: &str, file: &str, part: &str) -> Result<Manifest, ManifestError> {
        let sum = "0".repeat(64);
        Manifest::parse(&format!(
            "[[model]]\nname = \"m\"\nwhat = \"\"\nwithout = \"\"\nversion = \"1\"\nlicence = \"MIT\"\n\
             [[model.source]]\n[[model.source.package]]\nfile = {package:?}\nfrom.web = \"https://x/y\"\n\
             bytes = 1\nsha256 = \"{sum}\"\n[[model.source.file]]\nname = {file:?}\nbytes = 1\n\
             sha256 = \"{sum}\"\nparts = [{{ package = {part:?} }}]\n"
        ))
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        of("p", "f", "p").expect("all is well");
        for (package, file, part) in
            [("../p", "f", "../p"), ("p", "a/f", "p"), ("p", ".f", "p"), ("p", "f", "q")]
        {
            of(package, file, part).expect_err("refused");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let _ = Manifest::parse(&text);
        }
    }
}
