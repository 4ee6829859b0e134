//! Looking through installed models: is every file still what was promised?

use std::{fs, io, path::PathBuf};

use super::{Models, SUMS, checksum::of_file, manifest::Model};

/// What became of an installed model.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// Every file is as it was promised.
    Sound,
    /// It is not installed.
    Missing,
    /// Another version stands there, or it was put there by hand.
    Other,
    /// These files are not as they should be.
    Damaged(Vec<Damage>),
}

/// A file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it should be.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: String,
}

/// Recomputes the checksums of a model's files.
pub fn verify(models: &Models, model: &Model) -> Finding {
    let home = models.home(model);
    if !home.is_dir() {
        return Finding::Missing;
    }
    let sums = fs::read_to_string(home.join(SUMS)).unwrap_or_default();
    let Some(source) = model.sources_here().find(|source| source.sums() == sums) else {
        return Finding::Other;
    };
    let problem = |path: &PathBuf, expected: &str| match of_file(path) {
        Ok(found) if found == expected => None,
        Ok(found) => Some(format!("its sha256 is {found}, it should be {expected}")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some("it is not there".into()),
        Err(error) => Some(error.to_string()),
    };
    let damaged: Vec<_> = source
        .files
        .iter()
        .filter_map(|file| {
            let path = home.join(&file.name);
            problem(&path, &file.sha256).map(|problem| Damage { path, problem })
        })
        .collect();
    match damaged.is_empty() {
        true => Finding::Sound,
        false => Finding::Damaged(damaged),
    }
}
