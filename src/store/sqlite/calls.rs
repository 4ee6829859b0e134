//! What telephone calls leave, as rows.

use bot::store::{Pending, StoreError};
use phone::story::{CallBack, Story};
use sqlx::{SqliteConnection, query};

use super::{
    Sqlite, rows,
    writer::{self, Job},
};

/// A row about a call, ready for the writer.
pub(super) enum Row {
    /// A story, as it stands; one kept before is replaced.
    Story { id: String, at: i64, is_over: bool, story: String },
    /// A wish to be called back.
    CallBack { wish: CallBack, at: i64 },
}

impl Row {
    pub(super) async fn write(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let query = match self {
            Row::Story { id, at, is_over, story } => query(
                "INSERT INTO calls (id, began_at, ended_at, story) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, story = excluded.story",
            )
            .bind(id)
            .bind(at)
            .bind(is_over.then_some(at))
            .bind(story),
            Row::CallBack { wish, at } => query(
                "INSERT INTO call_backs (call, telephone, language, at) VALUES (?, ?, ?, ?)",
            )
            .bind(&wish.call)
            .bind(&wish.telephone)
            .bind(wish.language.to_string())
            .bind(at),
        };
        query.execute(connection).await?;
        Ok(())
    }
}

impl Sqlite {
    /// Keeps a call's story, as of this moment.
    pub fn keep_call<'a>(&'a self, story: &'a Story, at: jiff::Timestamp) -> Pending<'a, ()> {
        Box::pin(async move {
            let row = Row::Story {
                id: story.call.clone(),
                at: at.as_millisecond(),
                is_over: story.end.is_some(),
                story: rows::written(story)?,
            };
            self.keep_row(row).await
        })
    }

    /// Keeps a wish to be called back.
    pub fn keep_call_back<'a>(
        &'a self,
        wish: &'a CallBack,
        at: jiff::Timestamp,
    ) -> Pending<'a, ()> {
        let row = Row::CallBack { wish: wish.clone(), at: at.as_millisecond() };
        Box::pin(self.keep_row(row))
    }

    async fn keep_row(&self, row: Row) -> Result<(), StoreError> {
        self.ask(|answer| Job::Row(writer::Row::Call(row), answer)).await
    }
}
