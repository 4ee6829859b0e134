//! Notes and ready replies, as the desk uses them.

use bot::{
    Conversation,
    store::{Address, ConversationId, StoreError},
};
use desk::{
    casework::{Casework, Known, Note, Ready},
    staff::{Failed, Pending},
};
use jiff::Timestamp;
use sqlx::{SqliteConnection, query, query_as};

use super::{
    Sqlite,
    rows::parsed,
    writer::{self, Job},
};

/// A row of casework, ready for the writer.
pub(super) enum Row {
    Note { id: String, by: i64, at: i64, text: String },
    Keep(Ready),
    Drop(i64),
}

impl Row {
    pub(super) async fn write(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let query = match self {
            Row::Note { id, by, at, text } => query(
                "INSERT INTO case_notes (conversation, staff, at, text)
                 SELECT number, ?2, ?3, ?4 FROM conversations WHERE id = ?1",
            )
            .bind(id)
            .bind(by)
            .bind(at)
            .bind(text),
            Row::Keep(ready) => query(
                "INSERT INTO ready_replies (number, language, title, text) VALUES (?, ?, ?, ?)
                 ON CONFLICT (number) DO UPDATE SET
                     language = excluded.language, title = excluded.title, text = excluded.text",
            )
            .bind(ready.number)
            .bind(ready.language.to_string())
            .bind(&ready.title)
            .bind(&ready.text),
            Row::Drop(number) => query("DELETE FROM ready_replies WHERE number = ?").bind(number),
        };
        query.execute(connection).await?;
        Ok(())
    }
}

impl Casework for Sqlite {
    fn known<'a>(&'a self, id: &'a ConversationId) -> Pending<'a, Option<Known>> {
        Box::pin(async move {
            let row: Option<(String, String, String)> = query_as(
                "SELECT address_channel, address_key, state FROM conversations WHERE id = ?",
            )
            .bind(&id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            let Some((channel, key, state)) = row else { return Ok(None) };
            let conversation: Conversation = parsed(&state).map_err(told)?;
            let address = Address { channel, key };
            Ok(Some(Known { address, stage: conversation.stage }))
        })
    }

    fn notes<'a>(&'a self, id: &'a ConversationId) -> Pending<'a, Vec<Note>> {
        Box::pin(async move {
            let rows: Vec<(String, i64, String)> = query_as(
                "SELECT s.name, n.at, n.text FROM case_notes n JOIN staff s ON s.number = n.staff
                 WHERE n.conversation = (SELECT number FROM conversations WHERE id = ?)
                 ORDER BY n.number",
            )
            .bind(&id.0)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
            let note = |(by, at, text): (String, i64, String)| Note {
                by,
                at: Timestamp::from_millisecond(at).unwrap_or_default(),
                text,
            };
            Ok(rows.into_iter().map(note).collect())
        })
    }

    fn note<'a>(&'a self, id: &'a ConversationId, by: i64, text: String) -> Pending<'a, ()> {
        let at = Timestamp::now().as_millisecond();
        Box::pin(self.write_casework(Row::Note { id: id.0.clone(), by, at, text }))
    }

    fn ready(&self) -> Pending<'_, Vec<Ready>> {
        Box::pin(async move {
            let rows: Vec<(i64, String, String, String)> = query_as(
                "SELECT number, language, title, text FROM ready_replies ORDER BY language, title",
            )
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
            let ready = |(number, language, title, text): (i64, String, String, String)| {
                Some(Ready { number: Some(number), language: language.parse().ok()?, title, text })
            };
            Ok(rows.into_iter().filter_map(ready).collect())
        })
    }

    fn keep_ready(&self, ready: Ready) -> Pending<'_, ()> {
        Box::pin(self.write_casework(Row::Keep(ready)))
    }

    fn drop_ready(&self, number: i64) -> Pending<'_, ()> {
        Box::pin(self.write_casework(Row::Drop(number)))
    }
}

impl Sqlite {
    async fn write_casework(&self, row: Row) -> Result<(), Failed> {
        self.ask(|answer| Job::Row(writer::Row::Casework(row), answer)).await.map_err(told)
    }
}

fn failed(error: sqlx::Error) -> Failed {
    told(super::failed(error))
}

fn told(error: StoreError) -> Failed {
    Failed(error.to_string())
}
