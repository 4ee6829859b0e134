//! SQLite: a small pool reads, one writer task owns the only writing connection and commits in
//! groups (docs/decisions/0003-sqlite-group-commit.md). WAL with `synchronous=FULL`: what `save`
//! has answered with `Ok` survives `kill -9` and power loss.

mod audit;
mod call_backs;
mod calls;
mod cases;
mod casework;
mod opening;
mod rows;
pub(super) mod staff;
mod writer;

use std::{
    fs::File,
    path::Path,
    sync::{Mutex, PoisonError},
};

use bot::store::{
    Address, Archive, ConversationId, Opened, Parcel, Pending, Record, Store, StoreError,
};
use bot::{Action, Line};
use sqlx::{Row, sqlite::SqlitePool};
use tokio::sync::{mpsc, oneshot};

use super::{OpenError, StoreSettings};
use rows::{Prepared, parsed};
use writer::Job;

pub use opening::{FILE, verify};

/// How many jobs may wait for the writer. Beyond that `save` waits: the switchboard bounds how
/// many turns are under way, so this queue never holds more than those.
const QUEUE: usize = 1024;

/// The store. Dropping it without `close` is safe; closing also empties the log file.
pub struct Sqlite {
    readers: SqlitePool,
    writer: mpsc::Sender<Job>,
    lock: Mutex<Option<File>>,
}

impl Sqlite {
    /// Opens the store in a data folder, making both when missing. One process at a time.
    pub async fn open(folder: &Path, settings: &StoreSettings) -> Result<Sqlite, OpenError> {
        let opening::Parts { lock, writer, readers } = opening::open(folder, settings).await?;
        let counters = writer.1;
        let (sender, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(writer::run(writer.0, counters, jobs));
        Ok(Sqlite { readers, writer: sender, lock: Mutex::new(Some(lock)) })
    }

    /// Finishes what was queued, moves the log into the database and closes both.
    pub async fn close(&self) {
        let (answer, closed) = oneshot::channel();
        if self.writer.send(Job::Close(answer)).await.is_ok() {
            let _ = closed.await;
        }
        self.readers.close().await;
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    async fn ask<T>(&self, job: impl FnOnce(writer::Answer<T>) -> Job) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let closed = || StoreError::Failed("the store is closed".into());
        self.writer.send(job(answer)).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

impl Archive for Sqlite {
    fn find<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<ConversationId>> {
        Box::pin(async move {
            let id: Option<String> = sqlx::query_scalar(
                "SELECT id FROM conversations WHERE address_channel = ? AND address_key = ?",
            )
            .bind(&address.channel)
            .bind(&address.key)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            Ok(id.map(ConversationId))
        })
    }

    fn lines<'a>(&'a self, id: &'a ConversationId, after: u64) -> Pending<'a, Vec<Line>> {
        Box::pin(async move {
            let turns: Vec<String> = sqlx::query_scalar(
                "SELECT lines FROM turns
                 WHERE conversation = (SELECT number FROM conversations WHERE id = ?)
                   AND last_line > ? ORDER BY first_line",
            )
            .bind(&id.0)
            .bind(i64::try_from(after).unwrap_or(i64::MAX))
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
            let mut lines = Vec::new();
            for turn in &turns {
                let some: Vec<Line> = parsed(turn)?;
                lines.extend(some.into_iter().filter(|line| line.number > after));
            }
            Ok(lines)
        })
    }
}

impl Store for Sqlite {
    fn open<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<Opened>> {
        Box::pin(async move {
            let row = sqlx::query(
                "SELECT id, state, last_line FROM conversations
                 WHERE address_channel = ? AND address_key = ?",
            )
            .bind(&address.channel)
            .bind(&address.key)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            let Some(row) = row else { return Ok(None) };
            Ok(Some(Opened {
                id: ConversationId(row.try_get(0).map_err(failed)?),
                conversation: parsed(row.try_get(1).map_err(failed)?)?,
                last_line: rows::count(row.try_get(2).map_err(failed)?),
            }))
        })
    }

    fn seen<'a>(
        &'a self,
        id: &'a ConversationId,
        message_id: &'a str,
    ) -> Pending<'a, Option<Vec<Line>>> {
        Box::pin(async move {
            let lines: Option<String> = sqlx::query_scalar(
                "SELECT lines FROM turns
                 WHERE conversation = (SELECT number FROM conversations WHERE id = ?)
                   AND message_id = ?",
            )
            .bind(&id.0)
            .bind(message_id)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            lines.as_deref().map(parsed).transpose()
        })
    }

    fn save(&self, record: Record) -> Pending<'_, Vec<Parcel>> {
        Box::pin(async move {
            // Written out here, by the caller's thread, so that the writer only writes.
            let prepared = Box::new(Prepared::of(record)?);
            self.ask(|answer| Job::Keep(prepared, answer)).await
        })
    }

    fn undelivered(&self) -> Pending<'_, Vec<Parcel>> {
        Box::pin(async move {
            let rows = sqlx::query(
                "SELECT o.number, c.id, c.address_channel, c.address_key,
                        json_extract(t.turn, '$.actions[' || o.action || ']')
                 FROM outbox o JOIN turns t ON t.number = o.turn
                 JOIN conversations c ON c.number = t.conversation ORDER BY o.number",
            )
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
            let parcel = |row: &sqlx::sqlite::SqliteRow| -> Result<Parcel, StoreError> {
                let action: Action = parsed(row.try_get(4).map_err(failed)?)?;
                Ok(Parcel {
                    number: row.try_get(0).map_err(failed)?,
                    id: ConversationId(row.try_get(1).map_err(failed)?),
                    address: Address {
                        channel: row.try_get(2).map_err(failed)?,
                        key: row.try_get(3).map_err(failed)?,
                    },
                    action,
                })
            };
            rows.iter().map(parcel).collect()
        })
    }

    fn delivered<'a>(&'a self, numbers: &'a [i64]) -> Pending<'a, ()> {
        Box::pin(async move {
            let numbers = numbers.to_vec();
            self.ask(|answer| Job::Delivered(numbers, answer)).await
        })
    }
}

/// What SQLite said, without any text of a message: it names tables and columns only.
fn failed(error: sqlx::Error) -> StoreError {
    match code(&error) {
        Some(13) => StoreError::Full,
        _ => StoreError::Failed(error.to_string()),
    }
}

/// SQLite's primary result code (<https://www.sqlite.org/rescode.html>).
fn code(error: &sqlx::Error) -> Option<i64> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i64>().ok().map(|code| code & 0xff)
}
