//! Promises to call back, as the desk uses them.

use bot::store::ConversationId;
use desk::{
    call_backs::{CallBack, CallBacks, Outcome},
    staff::{Failed, Pending},
};
use jiff::Timestamp;
use sqlx::{FromRow, SqliteConnection, query, query_as};

use super::{
    Sqlite,
    writer::{self, Job},
};

/// A change of a promise, ready for the writer.
pub(super) struct Row {
    number: i64,
    by: i64,
    at: i64,
    does: Does,
}

enum Does {
    Take,
    LetGo,
    Tried(Outcome),
}

impl Row {
    pub(super) async fn write(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let (state, clerk) = match self.does {
            Does::Take => {
                let take = "UPDATE call_backs SET state = 'taken', clerk = ?
                            WHERE number = ? AND state = 'waiting'";
                query(take).bind(self.by).bind(self.number).execute(connection).await?;
                return Ok(());
            }
            Does::LetGo => ("waiting", None),
            Does::Tried(outcome) => {
                let keep = "INSERT INTO call_back_tries (call_back, staff, at, outcome)
                            SELECT number, ?2, ?3, ?4 FROM call_backs
                            WHERE number = ?1 AND state = 'taken' AND clerk = ?2";
                query(keep)
                    .bind(self.number)
                    .bind(self.by)
                    .bind(self.at)
                    .bind(outcome.word())
                    .execute(&mut *connection)
                    .await?;
                (outcome.state(), (outcome != Outcome::NoAnswer).then_some(self.by))
            }
        };
        query(
            "UPDATE call_backs SET state = ?3, clerk = ?4
             WHERE number = ?1 AND state = 'taken' AND clerk = ?2",
        )
        .bind(self.number)
        .bind(self.by)
        .bind(state)
        .bind(clerk)
        .execute(connection)
        .await?;
        Ok(())
    }
}

/// A promise as rows have it.
#[derive(FromRow)]
struct Kept {
    number: i64,
    telephone: String,
    language: String,
    at: i64,
    conversation: Option<String>,
    clerk: Option<i64>,
    name: Option<String>,
    tries: i64,
    last_try: Option<i64>,
}

impl From<Kept> for CallBack {
    fn from(kept: Kept) -> CallBack {
        let moment = |at| Timestamp::from_millisecond(at).ok();
        CallBack {
            number: kept.number,
            telephone: kept.telephone,
            language: kept.language.parse().ok(),
            at: moment(kept.at).unwrap_or_default(),
            conversation: kept.conversation.map(ConversationId),
            with: kept.clerk.map(|clerk| (clerk, kept.name.unwrap_or_default())),
            tries: u32::try_from(kept.tries).unwrap_or(u32::MAX),
            last_try: kept.last_try.and_then(moment),
        }
    }
}

impl CallBacks for Sqlite {
    fn promised(&self) -> Pending<'_, Vec<CallBack>> {
        Box::pin(async move {
            let rows: Vec<Kept> = query_as(
                "SELECT b.number, b.telephone, b.language, b.at, c.id AS conversation, b.clerk, s.name,
                     (SELECT count(*) FROM call_back_tries t WHERE t.call_back = b.number) AS tries,
                     (SELECT max(at) FROM call_back_tries t WHERE t.call_back = b.number) AS last_try
                 FROM call_backs b LEFT JOIN staff s ON s.number = b.clerk
                     LEFT JOIN conversations c
                         ON c.address_channel = 'phone' AND c.address_key = b.call
                 WHERE b.state IN ('waiting', 'taken') ORDER BY b.at, b.number",
            )
            .fetch_all(&self.readers)
            .await
            .map_err(|error| Failed(super::failed(error).to_string()))?;
            Ok(rows.into_iter().map(CallBack::from).collect())
        })
    }

    fn take(&self, number: i64, by: i64) -> Pending<'_, ()> {
        Box::pin(self.write_call_back(number, by, Does::Take))
    }

    fn let_go(&self, number: i64, by: i64) -> Pending<'_, ()> {
        Box::pin(self.write_call_back(number, by, Does::LetGo))
    }

    fn tried(&self, number: i64, by: i64, outcome: Outcome) -> Pending<'_, ()> {
        Box::pin(self.write_call_back(number, by, Does::Tried(outcome)))
    }
}

impl Sqlite {
    async fn write_call_back(&self, number: i64, by: i64, does: Does) -> Result<(), Failed> {
        let at = Timestamp::now().as_millisecond();
        let row = Row { number, by, at, does };
        let written = self.ask(|answer| Job::Row(writer::Row::CallBack(row), answer)).await;
        written.map_err(|error| Failed(error.to_string()))
    }
}
