//! Who holds a conversation: the bot, nobody yet, a clerk. One table of what may follow what; every
//! other step is refused, and changes nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::handoff::{Handoff, Reason};

/// Who holds a conversation now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The bot.
    #[default]
    Assisting,
    /// The bot, until a clerk takes it.
    Waiting(Case),
    /// A clerk.
    WithStaff(Case, Clerk),
    /// The bot; a clerk has closed the case, and the visitor may still say how it was.
    Closed(Clerk),
}

/// A wish for a person that is being seen to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Why.
    pub reason: Reason,
    /// Since when.
    pub since: Timestamp,
}

/// A member of staff, as visitors know them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clerk {
    /// Their number at this city.
    pub id: i64,
    /// What visitors call them.
    pub name: String,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// What was asked is settled.
    Solved,
    /// It goes on elsewhere: at a counter, in another department.
    Elsewhere,
    /// It could not be settled.
    Unsolved,
    /// The visitor did not answer any more.
    Left,
}

/// What changes who holds a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A person was asked for, or is needed.
    Wished(Handoff),
    /// The visitor waits no longer.
    GaveUp,
    /// A clerk has taken it.
    Took(Clerk),
    /// The clerk lets others take it.
    PutBack(Clerk),
    /// The clerk gives it back to the bot.
    GaveBack(Clerk),
    /// The clerk has closed it.
    Closed(Clerk, Ending),
    /// How it was, from 1 to 5, by the visitor.
    Rated(u8),
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misstep {
    /// Nobody waits there any more.
    #[error("nobody is waiting in this conversation any more")]
    NotWaiting,
    /// Somebody else has taken it.
    #[error("somebody else has taken this conversation")]
    Taken,
    /// It is not with whoever does this.
    #[error("this conversation is not with you any more")]
    NotYours,
}

impl Stage {
    /// The stage after a step.
    ///
    /// # Errors
    /// Where the step may not follow; the stage stays as it is.
    pub fn after(&self, change: &Change, now: Timestamp) -> Result<Stage, Misstep> {
        use Stage::{Assisting, Closed, Waiting, WithStaff};
        Ok(match (self, change) {
            (Assisting | Closed(_), Change::Wished(handoff)) => {
                Waiting(Case { reason: handoff.reason, since: now })
            }
            // Who asks again keeps the place; who is in danger now goes before others.
            (Waiting(case), Change::Wished(handoff)) => {
                let urgent = handoff.reason.is_urgent() || !case.reason.is_urgent();
                let reason = if urgent { handoff.reason } else { case.reason };
                Waiting(Case { reason, since: case.since })
            }
            (with @ WithStaff(..), Change::Wished(_)) => with.clone(),
            (Waiting(_), Change::GaveUp) => Assisting,
            (Waiting(case), Change::Took(clerk)) => WithStaff(case.clone(), clerk.clone()),
            (WithStaff(_, holder), Change::Took(clerk)) if holder.id != clerk.id => {
                return Err(Misstep::Taken);
            }
            // Taken twice by the same hand is taken once.
            (with @ WithStaff(..), Change::Took(_)) => with.clone(),
            (WithStaff(case, holder), Change::PutBack(clerk)) if holder.id == clerk.id => {
                Waiting(case.clone())
            }
            (WithStaff(_, holder), Change::GaveBack(clerk)) if holder.id == clerk.id => Assisting,
            (WithStaff(_, holder), Change::Closed(clerk, _)) if holder.id == clerk.id => {
                Closed(clerk.clone())
            }
            (Closed(_), Change::Rated(_)) => Assisting,
            (_, Change::PutBack(_) | Change::GaveBack(_) | Change::Closed(..)) => {
                return Err(Misstep::NotYours);
            }
            (_, Change::Took(_) | Change::GaveUp | Change::Rated(_)) => {
                return Err(Misstep::NotWaiting);
            }
        })
    }

    /// Whether what this clerk says may reach the visitor.
    ///
    /// # Errors
    /// Where it is not with this clerk.
    pub fn is_with(&self, clerk: &Clerk) -> Result<(), Misstep> {
        match self {
            Stage::WithStaff(_, holder) if holder.id == clerk.id => Ok(()),
            _ => Err(Misstep::NotYours),
        }
    }

    /// Whether the bot holds it, and nobody waits.
    pub fn is_assisting(&self) -> bool {
        *self == Stage::Assisting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlu::langid;
    use proptest::prelude::*;

    fn clerk(id: i64) -> Clerk {
        Clerk { id, name: format!("Clerk {id}") }
    }

    fn wish(reason: Reason) -> Change {
        let language = langid!("en");
        Change::Wished(Handoff { reason, language, services: vec![], unanswered: 0 })
    }

    fn change() -> impl Strategy<Value = Change> {
        let id = 1i64..4;
        prop_oneof![
            prop::sample::select(vec![Reason::Asked, Reason::Complaint, Reason::Danger])
                .prop_map(wish),
            Just(Change::GaveUp),
            id.clone().prop_map(|id| Change::Took(clerk(id))),
            id.clone().prop_map(|id| Change::PutBack(clerk(id))),
            id.clone().prop_map(|id| Change::GaveBack(clerk(id))),
            id.prop_map(|id| Change::Closed(clerk(id), Ending::Solved)),
            (1u8..6).prop_map(Change::Rated),
        ]
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_case_is_asked_for_taken_given_back_asked_for_again_and_closed() {
        let mut stage = Stage::Assisting;
        for (second, step) in (0..).zip([
            wish(Reason::Asked),
            Change::Took(clerk(1)),
            Change::GaveBack(clerk(1)),
            wish(Reason::Complaint),
            Change::Took(clerk(2)),
            Change::PutBack(clerk(2)),
            Change::Took(clerk(1)),
            Change::Closed(clerk(1), Ending::Solved),
            Change::Rated(5),
        ]) {
            stage = stage.after(&step, at(second)).unwrap();
        }
        assert_eq!(stage, Stage::Assisting);
    }

    #[test]
    fn who_waits_keeps_the_place_and_danger_is_not_forgotten() {
        let waiting = Stage::Assisting.after(&wish(Reason::Danger), at(1)).unwrap();
        let again = waiting.after(&wish(Reason::Asked), at(9)).unwrap();
        assert_eq!(again, Stage::Waiting(Case { reason: Reason::Danger, since: at(1) }));
    }

    #[test]
    fn two_cannot_hold_one_conversation() {
        let waiting = Stage::Assisting.after(&wish(Reason::Asked), at(1)).unwrap();
        let taken = waiting.after(&Change::Took(clerk(1)), at(2)).unwrap();
        assert_eq!(taken.after(&Change::Took(clerk(2)), at(2)), Err(Misstep::Taken));
        assert_eq!(taken.after(&Change::GaveBack(clerk(2)), at(2)), Err(Misstep::NotYours));
        assert_eq!(taken.is_with(&clerk(2)), Err(Misstep::NotYours));
        assert_eq!(taken.is_with(&clerk(1)), Ok(()));
    }

    proptest! {
        /// Whatever is tried in whatever order: only a wish makes anybody wait, only the clerk who
        /// holds it lets go of it, and a refused step changes nothing.
        #[test]
        fn whatever_is_tried_nobody_is_lost(changes in prop::collection::vec(change(), 0..40)) {
            let mut stage = Stage::Assisting;
            for (second, step) in (0..).zip(&changes) {
                let Ok(next) = stage.after(step, at(second)) else { continue };
                if let (Stage::WithStaff(_, holder), false) = (&stage, next == stage) {
                    let by = match step {
                        Change::PutBack(clerk) | Change::GaveBack(clerk) | Change::Closed(clerk, _) => clerk,
                        other => return Err(TestCaseError::fail(format!("{other:?} took it away"))),
                    };
                    prop_assert_eq!(holder.id, by.id);
                }
                if matches!(next, Stage::Waiting(_)) && !matches!(stage, Stage::Waiting(_)) {
                    prop_assert!(matches!(step, Change::Wished(_) | Change::PutBack(_)));
                }
                stage = next;
            }
        }
    }
}
