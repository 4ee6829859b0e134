//! A password: in the settings, in a file or in the environment, and never in a log.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// A password, or where it stands: `"…"`, `{ file = "/run/secrets/pbx" }`, `{ env = "PBX_PASSWORD" }`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Secret {
    /// Itself. Whoever can read the settings file knows it.
    Here(String),
    /// In a file, its only line.
    File {
        /// The file.
        file: PathBuf,
    },
    /// In a variable of the environment.
    Env {
        /// The variable.
        env: String,
    },
}

/// Why a secret cannot be had. What it is stays untold.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read.
    #[error("the secret in {file} cannot be read: {problem}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// The variable is not set.
    #[error("the secret in the environment variable {0} is not set")]
    Env(String),
}

impl Secret {
    /// The secret itself.
    ///
    /// # Errors
    /// Where its file or variable is not there.
    pub fn reveal(&self) -> Result<String, SecretError> {
        match self {
            Self::Here(secret) => Ok(secret.clone()),
            Self::File { file } => std::fs::read_to_string(file)
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|problem| SecretError::File { file: file.clone(), problem }),
            Self::Env { env } => std::env::var(env).map_err(|_| SecretError::Env(env.clone())),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(_) => to.write_str("(a secret)"),
            Self::File { file } => write!(to, "(a secret in {})", file.display()),
            Self::Env { env } => write!(to, "(a secret in ${env})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_where_it_stands_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "geheim\n").unwrap();
        assert_eq!(Secret::File { file }.reveal().unwrap(), "geheim");
        let here = Secret::Here("geheim".into());
        assert_eq!(here.reveal().unwrap(), "geheim");
        assert!(!format!("{here:?}").contains("geheim"));
        let nowhere = Secret::Env { env: "WENDU_NO_SUCH_VARIABLE".into() };
        assert!(nowhere.reveal().unwrap_err().to_string().contains("WENDU_NO_SUCH_VARIABLE"));
    }
}
