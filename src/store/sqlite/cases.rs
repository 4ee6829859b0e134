//! What becomes of wishes for a person, as rows; and the open ones, read when the service starts.

use bot::{
    Conversation, Handoff,
    stage::Change,
    store::{Address, ConversationId, StoreError},
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection, query, sqlite::SqliteRow};

use super::{
    Sqlite, failed,
    rows::{Prepared, parsed, written},
};

/// The last wish of a conversation is the one that is open, or the one that was rated. What is taken
/// again has not ended.
const CHANGE: &str = "
UPDATE handoffs SET state = coalesce(?2, state), clerk = iif(?2 IS NULL, clerk, ?3),
    taken_at = coalesce(taken_at, iif(?2 = 'taken', ?4, NULL)),
    ended_at = iif(?2 IN ('waiting', 'taken'), NULL, coalesce(ended_at, ?4)),
    ending = iif(?2 IN ('waiting', 'taken'), NULL, coalesce(?5, ending)),
    rating = coalesce(?6, rating)
WHERE number = (SELECT max(number) FROM handoffs
    WHERE conversation = (SELECT number FROM conversations WHERE id = ?1))";

/// Writes a change of a conversation's case.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    record: &Prepared,
    change: &Change,
) -> Result<(), sqlx::Error> {
    let (state, clerk, ending, rating) = match change {
        Change::Wished(handoff) => return reason(connection, record, handoff).await,
        Change::Took(clerk) | Change::TookAgain(clerk) => {
            (Some("taken"), Some(clerk.id), None, None)
        }
        Change::PutBack(_) | Change::HandedOn(..) => (Some("waiting"), None, None, None),
        // Put aside, it stays with whoever has it; the conversation's state says so.
        Change::Held(..) => return Ok(()),
        Change::GaveUp => (Some("given-up"), None, None, None),
        Change::GaveBack(clerk) => (Some("given-back"), Some(clerk.id), None, None),
        Change::Closed(clerk, ending) => (Some("closed"), Some(clerk.id), Some(ending), None),
        Change::Rated(rating) => (None, None, None, Some(*rating)),
    };
    let ending = ending.and_then(|ending| written(ending).ok());
    query(CHANGE)
        .bind(&record.id.0)
        .bind(state)
        .bind(clerk)
        .bind(record.at)
        .bind(ending.as_deref().map(|ending| ending.trim_matches('"')))
        .bind(rating)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes that who waits does so for another reason now.
async fn reason(
    connection: &mut SqliteConnection,
    record: &Prepared,
    handoff: &Handoff,
) -> Result<(), sqlx::Error> {
    let reason = written(&handoff.reason).unwrap_or_default();
    query(
        "UPDATE handoffs SET reason = ?2 WHERE number = (SELECT max(number) FROM handoffs
            WHERE conversation = (SELECT number FROM conversations WHERE id = ?1))",
    )
    .bind(&record.id.0)
    .bind(reason.trim_matches('"'))
    .execute(connection)
    .await?;
    Ok(())
}

/// A conversation whose case is open.
pub struct OpenCase {
    /// Its name.
    pub id: ConversationId,
    /// Where its visitor is reached.
    pub address: Address,
    /// Its state.
    pub conversation: Conversation,
    /// When a clerk took it, if one has.
    pub taken: Option<Timestamp>,
}

impl Sqlite {
    /// Every conversation that waits for a person or is with one.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn open_cases(&self) -> Result<Vec<OpenCase>, StoreError> {
        let rows = query(
            "SELECT c.id, c.address_channel, c.address_key, c.state, max(h.taken_at)
             FROM handoffs h JOIN conversations c ON c.number = h.conversation
             WHERE h.state IN ('waiting', 'taken') GROUP BY c.number ORDER BY min(h.at)",
        )
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        let cases = rows.iter().map(open_case).collect::<Result<Vec<_>, _>>()?;
        let is_open = |case: &OpenCase| case.conversation.stage.open().is_some();
        Ok(cases.into_iter().filter(is_open).collect())
    }

    /// When the last cases ended, and how long clerks had them.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn ended_cases(
        &self,
        most: u32,
    ) -> Result<Vec<(Timestamp, SignedDuration)>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT ended_at, ended_at - taken_at FROM handoffs
             WHERE ended_at IS NOT NULL AND taken_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?",
        )
        .bind(most)
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?;
        let told = rows.into_iter().rev().filter_map(|(at, lasted)| {
            Some((Timestamp::from_millisecond(at).ok()?, SignedDuration::from_millis(lasted)))
        });
        Ok(told.collect())
    }
}

fn open_case(row: &SqliteRow) -> Result<OpenCase, StoreError> {
    let taken: Option<i64> = row.try_get(4).map_err(failed)?;
    Ok(OpenCase {
        id: ConversationId(row.try_get(0).map_err(failed)?),
        address: Address {
            channel: row.try_get(1).map_err(failed)?,
            key: row.try_get(2).map_err(failed)?,
        },
        conversation: parsed(row.try_get(3).map_err(failed)?)?,
        taken: taken.and_then(|at| Timestamp::from_millisecond(at).ok()),
    })
}
