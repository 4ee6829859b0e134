//! The bot's memory, kept. Implements `bot::store::Store` over SQLite; the only place that knows
//! SQL. Which store is used is chosen in `app`, nowhere else.

pub mod backup;
pub mod calls;
pub mod kept;
pub mod sqlite;
pub mod staff;
pub mod trail;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use sqlite::Sqlite;

/// How conversations are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSettings {
    /// The most disk that conversations may take, in MiB; 0 means no limit.
    pub limit_mib: u32,
    /// How many readers may be at it at once.
    pub readers: u32,
}

impl Default for StoreSettings {
    fn default() -> Self {
        StoreSettings { limit_mib: 0, readers: 2 }
    }
}

/// Why the store could not be opened. Nothing was changed on disk.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be used.
    #[error(
        "the data folder {folder} cannot be used: {why}. \
         Make it writable for this user, or name another with `data` in the settings"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Another process holds the folder.
    #[error(
        "another wendu is using the data folder {0}. \
         Stop it first, or give this one its own folder with `data` in the settings"
    )]
    InUse(PathBuf),
    /// The file is damaged.
    #[error(
        "the database {file} is damaged: {why}. Nothing was changed. Keep a copy of the folder, \
         then put the newest backup in its place: `wendu restore BACKUP --force`"
    )]
    Damaged {
        /// The database file.
        file: PathBuf,
        /// What SQLite found.
        why: String,
    },
    /// A later version of the program wrote it.
    #[error(
        "the database {file} was written by a newer wendu (schema {version}). \
         Start that newer version again, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The database file.
        file: PathBuf,
        /// The schema's number.
        version: i64,
    },
    /// Anything else that SQLite said.
    #[error("the database {file} cannot be opened: {why}. Check the disk and the file's owner")]
    Failed {
        /// The database file.
        file: PathBuf,
        /// What SQLite said.
        why: String,
    },
}
