//! A conversation's turns as they were kept, for running them again. Only reads, also while a
//! server is writing.

use std::path::{Path, PathBuf};

use bot::{Turn, store::ConversationId};
use jiff::Timestamp;
use sqlx::{ConnectOptions, Connection, SqliteConnection, query_as, sqlite::SqliteConnectOptions};

use super::sqlite::FILE;

/// A turn and when it was taken.
#[derive(Debug, Clone)]
pub struct Kept {
    /// When.
    pub at: Timestamp,
    /// The turn.
    pub turn: Turn,
}

/// Why turns could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// There is no database.
    #[error("there are no conversations in {0}. Name the data folder with `--data`")]
    Nothing(PathBuf),
    /// No conversation has this name.
    #[error(
        "no conversation is called {0}. Its name is the 32 letters and digits that the API gives it"
    )]
    Unknown(ConversationId),
    /// A turn cannot be read by this program.
    #[error("turn {0} was kept by another version of the program and cannot be read by this one")]
    Unreadable(usize),
    /// Anything else that SQLite said.
    #[error("the database could not be read: {0}")]
    Sqlite(#[from] sqlx::Error),
}

/// The database of a data folder, beside a server that may be using it.
pub(super) async fn open(folder: &Path) -> Result<SqliteConnection, KeptError> {
    let file = folder.join(FILE);
    if !file.exists() {
        return Err(KeptError::Nothing(folder.into()));
    }
    Ok(SqliteConnectOptions::new().filename(&file).create_if_missing(false).connect().await?)
}

/// All turns of a conversation, in order.
pub async fn turns(folder: &Path, id: &ConversationId) -> Result<Vec<Kept>, KeptError> {
    let mut connection = open(folder).await?;
    let rows: Vec<(i64, String)> = query_as(
        "SELECT at, turn FROM turns
         WHERE conversation = (SELECT number FROM conversations WHERE id = ?) ORDER BY first_line",
    )
    .bind(&id.0)
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    if rows.is_empty() {
        return Err(KeptError::Unknown(id.clone()));
    }
    let read = |(number, (at, turn)): (usize, (i64, String))| {
        let turn = serde_json::from_str(&turn).map_err(|_| KeptError::Unreadable(number))?;
        Ok(Kept { at: Timestamp::from_millisecond(at).unwrap_or_default(), turn })
    };
    (1..).zip(rows).map(read).collect()
}
