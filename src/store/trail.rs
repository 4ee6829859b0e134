//! The audit trail: who did what, chained by hashes so that no row can be changed or taken out unseen.
//! Whoever can write the file can make the whole chain anew: keep a hash of it elsewhere, and
//! `wendu audit verify --holds` tells whether it is still in there.

use std::path::Path;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Connection, FromRow, SqliteConnection, query, query_as, query_scalar};

use super::kept::{KeptError, open};

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who: a log-in name, or [`CONSOLE`].
    pub by: String,
    /// What, in a word.
    pub did: String,
    /// To what: a conversation, an account, a number; never what was said.
    pub subject: String,
}

/// Whoever runs commands on the machine.
pub const CONSOLE: &str = "(console)";

/// A row of the trail.
#[derive(Debug, Clone, FromRow)]
pub struct Kept {
    /// Its place, from 1 without a gap.
    pub number: i64,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who.
    pub by: String,
    /// What.
    pub did: String,
    /// To what.
    pub subject: String,
    /// The chain up to here.
    pub hash: Vec<u8>,
}

/// What a look through the whole trail found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Every row is as it was written: how many there are, and the hash of the last.
    Whole {
        /// How many.
        rows: i64,
        /// The last one's hash, in hexadecimal digits; nothing where there is no row.
        last: String,
        /// Whether the hash that was asked for is in it.
        holds: bool,
    },
    /// The first row that is not what was written, or whose forerunner is gone.
    Broken(i64),
}

/// The hash of a row after another's.
fn hash(before: &[u8], row: &Kept) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(row.number.to_le_bytes());
    hash.update(row.at.to_le_bytes());
    for text in [&row.by, &row.did, &row.subject] {
        // With its length before it, so that no letter can move from one field to the next.
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().to_vec()
}

/// Adds a row, within a transaction that already writes: another process may have added one just before.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    let last: Option<(i64, Vec<u8>)> =
        query_as("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    let (number, before) = last.unwrap_or_default();
    let Entry { by, did, subject } = entry.clone();
    let at = Timestamp::now().as_millisecond();
    let row = Kept { number: number + 1, at, by, did, subject, hash: Vec::new() };
    query("INSERT INTO audit (number, at, by, did, subject, hash) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(row.number)
        .bind(row.at)
        .bind(&row.by)
        .bind(&row.did)
        .bind(&row.subject)
        .bind(hash(&before, &row))
        .execute(connection)
        .await?;
    Ok(())
}

/// The name that a clerk logs in with.
pub(super) async fn login(
    connection: &mut SqliteConnection,
    clerk: i64,
) -> Result<String, sqlx::Error> {
    let login: Option<String> = query_scalar("SELECT login FROM staff WHERE number = ?")
        .bind(clerk)
        .fetch_optional(connection)
        .await?;
    Ok(login.unwrap_or_else(|| clerk.to_string()))
}

/// Looks through the whole trail, beside a server that may be adding to it.
///
/// # Errors
/// Where there is no database, or it cannot be read.
pub async fn verify(folder: &Path, held: Option<&str>) -> Result<Found, KeptError> {
    let mut connection = open(folder).await?;
    let found = {
        let mut rows =
            query_as::<_, Kept>("SELECT * FROM audit ORDER BY number").fetch(&mut connection);
        let (mut before, mut number, mut holds) = (Vec::new(), 0, held.is_none());
        loop {
            let Some(row) = rows.try_next().await? else {
                break Found::Whole { rows: number, last: digits(&before), holds };
            };
            if row.number != number + 1 || row.hash != hash(&before, &row) {
                break Found::Broken(number + 1);
            }
            (before, number) = (row.hash, row.number);
            holds |= held.is_some_and(|held| digits(&before).eq_ignore_ascii_case(held));
        }
    };
    connection.close().await?;
    Ok(found)
}

/// The last rows that concern somebody or something, newest last.
///
/// # Errors
/// Where there is no database, or it cannot be read.
pub async fn last(
    folder: &Path,
    most: u32,
    by: Option<&str>,
    subject: Option<&str>,
) -> Result<Vec<Kept>, KeptError> {
    let mut connection = open(folder).await?;
    let mut rows: Vec<Kept> = query_as(
        "SELECT * FROM audit WHERE by = coalesce(?1, by) AND subject = coalesce(?2, subject)
         ORDER BY number DESC LIMIT ?3",
    )
    .bind(by)
    .bind(subject)
    .bind(most)
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    rows.reverse();
    Ok(rows)
}

fn digits(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
