//! The one writer: takes all that is queued, writes it in one transaction, commits (one fsync for
//! all of them), then answers all. A record that breaks a constraint fails alone; if the disk is
//! full or broken the whole group is rolled back and every caller is told.

use bot::store::{Parcel, StoreError};
use sqlx::{Connection, SqliteConnection, query};
use tokio::sync::{mpsc, oneshot};

use super::{call_backs, calls, cases, casework, code, failed, rows::Prepared, staff};
use crate::store::trail::{self, Entry};

/// The most jobs in one transaction, so that the first of a group does not wait long.
const GROUP: usize = 256;

/// Where an answer goes.
pub(super) type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// Something to be written.
pub(super) enum Job {
    /// A turn.
    Keep(Box<Prepared>, Answer<Vec<Parcel>>),
    /// Parcels that can leave the outbox.
    Delivered(Vec<i64>, Answer<()>),
    /// Anything else.
    Row(Row, Answer<()>),
    /// Nothing more comes.
    Close(oneshot::Sender<()>),
}

/// What is written that is no turn.
pub(super) enum Row {
    /// What a telephone call leaves.
    Call(calls::Row),
    /// Something about staff.
    Staff(staff::Row),
    /// What becomes of a promise to call back.
    CallBack(call_backs::Row),
    /// What staff note, and replies they keep ready.
    Casework(casework::Row),
    /// What somebody did.
    Audit(Entry),
}

impl Row {
    async fn write(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        match self {
            Row::Call(row) => row.write(connection).await,
            Row::Staff(row) => row.write(connection).await,
            Row::CallBack(row) => row.write(connection).await,
            Row::Casework(row) => row.write(connection).await,
            Row::Audit(entry) => trail::append(connection, entry).await,
        }
    }
}

/// The next free row numbers. This task alone writes, so counting here is safe and saves asking.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counters {
    pub turn: i64,
    pub parcel: i64,
}

/// A job that is written but not yet committed.
enum Written {
    Kept(Box<Prepared>, i64, Answer<Vec<Parcel>>),
    Done(Answer<()>),
}

/// Writes until told to close, or until every sender is gone.
pub(super) async fn run(
    mut connection: SqliteConnection,
    mut counters: Counters,
    mut jobs: mpsc::Receiver<Job>,
) {
    let mut closing = None;
    while closing.is_none() {
        let Some(first) = jobs.recv().await else { break };
        let mut group = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next.take() {
            match job {
                Job::Close(answer) => closing = Some(answer),
                job => group.push(job),
            }
            if group.len() < GROUP && closing.is_none() {
                next = jobs.try_recv().ok();
            }
        }
        if !group.is_empty() {
            metrics::histogram!("wendu_store_group_size").record(group.len() as f64);
            commit(&mut connection, &mut counters, group).await;
        }
    }
    let _ = query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await;
    let _ = connection.close().await;
    if let Some(answer) = closing {
        let _ = answer.send(());
    }
}

/// Writes one group and answers every job in it.
async fn commit(connection: &mut SqliteConnection, counters: &mut Counters, group: Vec<Job>) {
    let before = *counters;
    let mut written = Vec::with_capacity(group.len());
    let mut jobs = group.into_iter();
    let mut broken = query("BEGIN IMMEDIATE").execute(&mut *connection).await.err();
    while broken.is_none() {
        let Some(job) = jobs.next() else { break };
        let (done, error) = write(connection, counters, job).await;
        written.extend(done);
        broken = error;
    }
    if broken.is_none() {
        broken = query("COMMIT").execute(&mut *connection).await.err();
    }
    let Some(error) = broken else {
        for done in written {
            done.succeed();
        }
        return;
    };
    // SQLite may have rolled back by itself; then this says so and changes nothing.
    let _ = query("ROLLBACK").execute(&mut *connection).await;
    *counters = before;
    let error = failed(error);
    for done in written {
        done.fail(&error);
    }
    for job in jobs {
        match job {
            Job::Keep(_, answer) => drop(answer.send(Err(error.clone()))),
            Job::Delivered(_, answer) | Job::Row(_, answer) => {
                drop(answer.send(Err(error.clone())));
            }
            Job::Close(_) => {}
        }
    }
}

/// Writes one job. A broken constraint is answered at once; any other error breaks the group.
async fn write(
    connection: &mut SqliteConnection,
    counters: &mut Counters,
    job: Job,
) -> (Option<Written>, Option<sqlx::Error>) {
    match job {
        Job::Keep(record, answer) => match keep(connection, *counters, &record).await {
            Ok(()) => {
                let first = counters.parcel;
                counters.turn += 1;
                counters.parcel += record.deliver.len() as i64;
                (Some(Written::Kept(record, first, answer)), None)
            }
            Err(error) if code(&error) == Some(19) => {
                let _ = answer.send(Err(failed(error)));
                let undo = query("ROLLBACK TO one; RELEASE one").execute(connection).await;
                (None, undo.err())
            }
            Err(error) => (Some(Written::Kept(record, 0, answer)), Some(error)),
        },
        Job::Delivered(numbers, answer) => {
            let numbers = serde_json::Value::from(numbers).to_string();
            let clear =
                query("DELETE FROM outbox WHERE number IN (SELECT value FROM json_each(?))")
                    .bind(numbers)
                    .execute(connection)
                    .await;
            (Some(Written::Done(answer)), clear.err())
        }
        Job::Row(row, answer) => {
            let kept = row.write(connection).await;
            (Some(Written::Done(answer)), kept.err())
        }
        Job::Close(_) => (None, None),
    }
}

/// All rows of a turn in one message to SQLite's thread: each hop costs more than a statement.
const KEEP: &str = "
SAVEPOINT one;
INSERT INTO conversations
    (id, address_channel, address_key, language, state, last_line, started_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET language = excluded.language, state = excluded.state,
        last_line = excluded.last_line, updated_at = excluded.updated_at;
INSERT INTO turns (number, conversation, message_id, at, first_line, last_line, turn, lines)
    VALUES (?, (SELECT number FROM conversations WHERE id = ?), ?, ?, ?, ?, ?, ?);
INSERT INTO outbox (number, turn, action)
    SELECT ? + key, ?, value FROM json_each(?);
INSERT INTO handoffs (conversation, turn, reason, language, services, at, state)
    SELECT (SELECT number FROM conversations WHERE id = ?), ?,
        value ->> 'reason', value ->> 'language', value -> 'services', ?, ? FROM json_each(?);
RELEASE one;";

async fn keep(
    connection: &mut SqliteConnection,
    counters: Counters,
    record: &Prepared,
) -> Result<(), sqlx::Error> {
    query(KEEP)
        .bind(&record.id.0)
        .bind(&record.address.channel)
        .bind(&record.address.key)
        .bind(&record.language)
        .bind(&record.state)
        .bind(record.last_line)
        .bind(record.at)
        .bind(record.at)
        .bind(counters.turn)
        .bind(&record.id.0)
        .bind(&record.message_id)
        .bind(record.at)
        .bind(record.first_line)
        .bind(record.last_line)
        .bind(&record.turn)
        .bind(&record.lines)
        .bind(counters.parcel)
        .bind(counters.turn)
        .bind(&record.places)
        .bind(&record.id.0)
        .bind(counters.turn)
        .bind(record.at)
        .bind(record.wish)
        .bind(&record.handoffs)
        .execute(&mut *connection)
        .await?;
    for change in &record.changes {
        cases::write(connection, record, change).await?;
    }
    if let Some((clerk, did)) = record.clerk {
        let by = trail::login(connection, clerk).await?;
        let entry = Entry { by, did: did.into(), subject: record.id.0.clone() };
        trail::append(connection, &entry).await?;
    }
    Ok(())
}

impl Written {
    fn succeed(self) {
        match self {
            Written::Kept(record, first, answer) => drop(answer.send(Ok(record.parcels(first)))),
            Written::Done(answer) => drop(answer.send(Ok(()))),
        }
    }

    fn fail(self, error: &StoreError) {
        match self {
            Written::Kept(_, _, answer) => drop(answer.send(Err(error.clone()))),
            Written::Done(answer) => drop(answer.send(Err(error.clone()))),
        }
    }
}
