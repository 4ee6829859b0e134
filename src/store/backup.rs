//! Backup and restore of the conversations. A backup is one SQLite file, made while the service
//! runs, checked, and whole or not there at all. A restore keeps what it replaces.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use sqlx::{ConnectOptions, Connection, query, query_scalar, sqlite::SqliteConnectOptions};

use super::{OpenError, sqlite};

/// The name of the file that says who uses a data folder.
const LOCK: &str = "wendu.lock";

/// Why a backup or a restore did not happen. Nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something at the target already.
    #[error("{0} is already there. Name another file, or move that one away")]
    Exists(PathBuf),
    /// There is no database to back up.
    #[error("there is no database at {0}. Is `data` in the settings the folder that serves?")]
    Nothing(PathBuf),
    /// The folder holds conversations.
    #[error(
        "{0} holds conversations. To replace them: `wendu restore BACKUP --force` \
         (they are kept beside it under another name)"
    )]
    WouldReplace(PathBuf),
    /// The backup or the folder cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The disk said no.
    #[error("{file}: {why}. Is there room, and may this user write there?")]
    Disk {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// SQLite said no.
    #[error("the backup failed: {0}. Is there room on the disk?")]
    Failed(#[from] sqlx::Error),
}

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// When it was made.
    pub made_at: Timestamp,
    /// The program's version.
    pub program: String,
    /// The fingerprint of the pack that was served.
    pub pack: String,
}

/// Takes a data folder for this process until the file is dropped. Held by a server, not by readers.
pub fn lock(folder: &Path) -> Result<File, OpenError> {
    let io = |why| OpenError::Folder { folder: folder.into(), why };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK))
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.into())),
        Err(TryLockError::Error(why)) => Err(io(why)),
    }
}

/// Writes a backup of the data folder's database to a new file, while a server may be running.
pub async fn backup(folder: &Path, to: &Path, label: &Label) -> Result<(), BackupError> {
    let from = folder.join(sqlite::FILE);
    if !from.exists() {
        return Err(BackupError::Nothing(from));
    }
    if to.exists() {
        return Err(BackupError::Exists(to.into()));
    }
    let part = beside(to, "part");
    remove(&part)?;
    let done = copy(&from, &part, label).await;
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done?;
    settle(&part, to)
}

async fn copy(from: &Path, part: &Path, label: &Label) -> Result<(), BackupError> {
    let mut source = SqliteConnectOptions::new().filename(from).connect().await?;
    query("VACUUM INTO ?").bind(part.to_string_lossy()).execute(&mut source).await?;
    source.close().await?;
    let mut copy = SqliteConnectOptions::new().filename(part).connect().await?;
    query("INSERT INTO backup (made_at, program, pack) VALUES (?, ?, ?)")
        .bind(label.made_at.as_millisecond())
        .bind(&label.program)
        .bind(&label.pack)
        .execute(&mut copy)
        .await?;
    copy.close().await?;
    sqlite::verify(part).await?;
    Ok(())
}

/// Whether something that is there may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// No: refuse.
    Never,
    /// Yes, keeping it under another name.
    KeepingOld,
}

/// Puts a backup in place of a data folder's database. Checks it first, and never while a server
/// runs. Returns where the replaced database was put.
pub async fn restore(
    from: &Path,
    folder: &Path,
    replace: Replace,
    now: Timestamp,
) -> Result<Option<PathBuf>, BackupError> {
    fs::create_dir_all(folder).map_err(|why| OpenError::Folder { folder: folder.into(), why })?;
    let _lock = lock(folder)?;
    sqlite::verify(from).await?;
    let to = folder.join(sqlite::FILE);
    if to.exists() && replace == Replace::Never {
        return Err(BackupError::WouldReplace(to));
    }
    let part = beside(&to, "restoring");
    fs::copy(from, &part).map_err(|why| BackupError::Disk { file: part.clone(), why })?;
    let kept = to.exists().then(|| beside(&to, &format!("replaced-{}", now.as_second())));
    if let Some(kept) = &kept {
        for tail in ["-wal", "-shm", ""] {
            let (old, new) = (with_tail(&to, tail), with_tail(kept, tail));
            if old.exists() {
                fs::rename(&old, &new).map_err(|why| BackupError::Disk { file: old, why })?;
            }
        }
    }
    settle(&part, &to)?;
    Ok(kept)
}

/// What a backup says about itself; nothing if it is no backup.
pub async fn label(file: &Path) -> Result<Option<Label>, BackupError> {
    let mut connection =
        SqliteConnectOptions::new().filename(file).create_if_missing(false).connect().await?;
    let rowid: Option<i64> =
        query_scalar("SELECT max(rowid) FROM backup").fetch_one(&mut connection).await?;
    let Some(rowid) = rowid else { return Ok(None) };
    let (made_at, program, pack): (i64, String, String) =
        sqlx::query_as("SELECT made_at, program, pack FROM backup WHERE rowid = ?")
            .bind(rowid)
            .fetch_one(&mut connection)
            .await?;
    let made_at = Timestamp::from_millisecond(made_at).unwrap_or_default();
    Ok(Some(Label { made_at, program, pack }))
}

/// Makes a written file sure and gives it its name.
fn settle(part: &Path, to: &Path) -> Result<(), BackupError> {
    let disk = |why| BackupError::Disk { file: to.into(), why };
    File::open(part).and_then(|file| file.sync_all()).map_err(disk)?;
    fs::rename(part, to).map_err(disk)?;
    let parent = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(disk)
}

fn remove(file: &Path) -> Result<(), BackupError> {
    match fs::remove_file(file) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => {
            Err(BackupError::Disk { file: file.into(), why })
        }
        _ => Ok(()),
    }
}

fn beside(file: &Path, tail: &str) -> PathBuf {
    with_tail(file, &format!(".{tail}"))
}

fn with_tail(file: &Path, tail: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(tail);
    name.into()
}
