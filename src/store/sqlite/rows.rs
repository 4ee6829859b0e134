//! A turn as its rows: written out once, before it reaches the writer. Ends at SQL.

use bot::store::{Parcel, Record, StoreError};
use bot::{
    Action, Event, Stage,
    stage::Change,
    store::{Address, ConversationId},
};
use serde::{Serialize, de::DeserializeOwned};

/// A record, ready for the writer.
pub(super) struct Prepared {
    pub id: ConversationId,
    pub address: Address,
    pub message_id: String,
    pub language: String,
    pub state: String,
    pub at: i64,
    pub first_line: i64,
    pub last_line: i64,
    pub turn: String,
    pub lines: String,
    /// Where in the turn the actions to deliver stand, as a JSON array.
    pub places: String,
    /// The actions themselves, in that order.
    pub deliver: Vec<Action>,
    /// Wishes for a person, as a JSON array.
    pub handoffs: String,
    /// Whether such a wish waits for the desk, or is only kept.
    pub wish: &'static str,
    /// What became of the open one.
    pub changes: Vec<Change>,
    /// Which clerk did something, and what.
    pub clerk: Option<(i64, &'static str)>,
}

impl Prepared {
    /// Writes a record out. Fails only for a record without lines, which would break numbering.
    pub fn of(record: Record) -> Result<Prepared, StoreError> {
        let (Some(first), Some(last)) = (record.lines.first(), record.lines.last()) else {
            return Err(StoreError::Failed("a turn without lines cannot be kept".into()));
        };
        let (first_line, last_line) = (signed(first.number), signed(last.number));
        let turn = written(&record.turn)?;
        let clerk = match &record.turn.event {
            Event::Staff { clerk, does } => Some((clerk.id, does.word())),
            _ => None,
        };
        let (mut places, mut deliver) = (vec![], vec![]);
        let (mut handoffs, mut changes) = (vec![], vec![]);
        for (place, action) in record.turn.actions.into_iter().enumerate() {
            match action {
                Action::TellStaff(handoff) => match &record.conversation.stage {
                    // Who waits already waits for a graver reason now.
                    Stage::Waiting(case) if case.since < record.at => {
                        changes.push(Change::Wished(handoff));
                    }
                    _ => handoffs.push(handoff),
                },
                Action::Case(change) => changes.push(change),
                action => {
                    places.push(place);
                    deliver.push(action);
                }
            }
        }
        let wish = match record.conversation.stage {
            Stage::Waiting(_) => "waiting",
            _ => "kept",
        };
        Ok(Prepared {
            wish,
            changes,
            clerk,
            language: record.conversation.language.to_string(),
            state: written(&record.conversation)?,
            at: record.at.as_millisecond(),
            first_line,
            last_line,
            turn,
            lines: written(&record.lines)?,
            places: written(&places)?,
            deliver,
            handoffs: written(&handoffs)?,
            id: record.id,
            address: record.address,
            message_id: record.message_id,
        })
    }

    /// The parcels it put in the outbox, the first of which got this number.
    pub fn parcels(self, first: i64) -> Vec<Parcel> {
        (first..)
            .zip(self.deliver)
            .map(|(number, action)| Parcel {
                number,
                id: self.id.clone(),
                address: self.address.clone(),
                action,
            })
            .collect()
    }
}

/// A count as SQLite keeps it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A count as it was kept.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// From JSON. The error names no content.
pub(super) fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(unreadable)
}

pub(super) fn written<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> StoreError {
    // serde's own words may quote the text, so only the place is told.
    let (line, column) = (error.line(), error.column());
    StoreError::Failed(format!("a kept value does not fit its type (line {line}, column {column})"))
}
