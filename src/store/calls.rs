//! Telephone calls as they were kept, for operators and staff. Reads while a server is writing; the
//! one thing that is written is that a caller was called back.

use std::path::Path;

use bot::{LanguageIdentifier, Line};
use jiff::Timestamp;
use phone::story::Story;
use sqlx::{Connection, SqliteConnection, query, query_as};

use super::kept::{KeptError, open};

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it began.
    pub began: Timestamp,
    /// When it ended; nothing while it lasts, or when the program was killed.
    pub ended: Option<Timestamp>,
    /// What happened.
    pub story: Story,
}

/// One turn of a call's conversation.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The channel's own name of the message.
    pub message: String,
    /// What was said and answered.
    pub lines: Vec<Line>,
}

/// A wish to be called back.
#[derive(Debug, Clone)]
pub struct CallBack {
    /// Its number.
    pub number: i64,
    /// The call in which it was wished.
    pub call: String,
    /// The number to call.
    pub telephone: String,
    /// The language to speak.
    pub language: Option<LanguageIdentifier>,
    /// When it was wished.
    pub at: Timestamp,
}

/// The last calls, newest first.
pub async fn last(folder: &Path, most: u32) -> Result<Vec<Call>, KeptError> {
    let mut connection = open(folder).await?;
    let rows: Vec<(i64, Option<i64>, String)> =
        query_as("SELECT began_at, ended_at, story FROM calls ORDER BY number DESC LIMIT ?")
            .bind(most)
            .fetch_all(&mut connection)
            .await?;
    connection.close().await?;
    (0..).zip(rows).map(|(at, row)| call(at, row)).collect()
}

/// One call with its conversation.
pub async fn one(folder: &Path, id: &str) -> Result<Option<(Call, Vec<Turn>)>, KeptError> {
    let mut connection = open(folder).await?;
    let row: Option<(i64, Option<i64>, String)> =
        query_as("SELECT began_at, ended_at, story FROM calls WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut connection)
            .await?;
    let Some(row) = row else { return Ok(None) };
    let turns = turns(&mut connection, id).await?;
    connection.close().await?;
    Ok(Some((call(0, row)?, turns)))
}

async fn turns(connection: &mut SqliteConnection, id: &str) -> Result<Vec<Turn>, KeptError> {
    let rows: Vec<(String, String)> = query_as(
        "SELECT message_id, lines FROM turns WHERE conversation =
           (SELECT number FROM conversations WHERE address_channel = 'phone' AND address_key = ?)
         ORDER BY first_line",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    let read = |(at, (message, lines)): (usize, (String, String))| {
        let lines = serde_json::from_str(&lines).map_err(|_| KeptError::Unreadable(at))?;
        Ok(Turn { message, lines })
    };
    (1..).zip(rows).map(read).collect()
}

/// Who waits to be called back, longest first.
pub async fn call_backs(folder: &Path) -> Result<Vec<CallBack>, KeptError> {
    let mut connection = open(folder).await?;
    let rows: Vec<(i64, String, String, String, i64)> = query_as(
        "SELECT number, call, telephone, language, at FROM call_backs
         WHERE state IN ('waiting', 'taken') ORDER BY at",
    )
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    let read = |(number, call, telephone, language, at): (i64, String, String, String, i64)| {
        CallBack { number, call, telephone, language: language.parse().ok(), at: moment(at) }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Notes that a caller was called back; whether such a wish was waiting.
pub async fn called_back(folder: &Path, number: i64) -> Result<bool, KeptError> {
    let mut connection = open(folder).await?;
    let sql = "UPDATE call_backs SET state = 'done'
               WHERE number = ? AND state IN ('waiting', 'taken')";
    let done = query(sql).bind(number).execute(&mut connection).await?;
    connection.close().await?;
    Ok(done.rows_affected() > 0)
}

fn call(at: usize, (began, ended, story): (i64, Option<i64>, String)) -> Result<Call, KeptError> {
    let story = serde_json::from_str(&story).map_err(|_| KeptError::Unreadable(at))?;
    Ok(Call { began: moment(began), ended: ended.map(moment), story })
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}
