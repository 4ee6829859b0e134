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
    /// The bot; a clerk has just given it back, and may have it again until the visitor goes on.
    GivenBack(Case, Clerk),
    /// The bot; a clerk has closed the case, and the visitor may still say how it was.
    Closed(Case, Clerk),
}

/// A wish for a person that is being seen to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Why.
    pub reason: Reason,
    /// Since when.
    pub since: Timestamp,
    /// Whom it was handed to, where somebody chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<To>,
    /// Who had it before, in this wish or an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Clerk>,
    /// Whether its clerk has put it aside until something is known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
}

/// Whom a case is handed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// One colleague.
    Clerk(Clerk),
    /// Whoever works for a department: its ID in the pack.
    Department(String),
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
    /// The clerk hands it to somebody.
    HandedOn(Clerk, To),
    /// The clerk puts it aside for a while, or goes on with it.
    Held(Clerk, bool),
    /// The clerk gives it back to the bot.
    GaveBack(Clerk),
    /// The clerk has closed it.
    Closed(Clerk, Ending),
    /// The clerk who let go of it has it again.
    TookAgain(Clerk),
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

impl Case {
    /// One that begins.
    pub fn new(reason: Reason, since: Timestamp) -> Case {
        Case { reason, since, to: None, before: None, held: false }
    }

    /// The same, waiting for somebody, or for anybody, after this clerk had it.
    fn let_go(&self, clerk: &Clerk, to: Option<&To>) -> Case {
        Case { to: to.cloned(), before: Some(clerk.clone()), held: false, ..self.clone() }
    }
}

impl Stage {
    /// The stage after a step.
    ///
    /// # Errors
    /// Where the step may not follow; the stage stays as it is.
    pub fn after(&self, change: &Change, now: Timestamp) -> Result<Stage, Misstep> {
        match change {
            Change::Wished(handoff) => Ok(self.wished(handoff, now)),
            Change::GaveUp | Change::Rated(_) => self.by_visitor(change),
            Change::Took(clerk) | Change::TookAgain(clerk) => self.taken(change, clerk),
            Change::PutBack(clerk)
            | Change::HandedOn(clerk, _)
            | Change::Held(clerk, _)
            | Change::GaveBack(clerk)
            | Change::Closed(clerk, _) => self.by_holder(change, clerk),
        }
    }

    fn wished(&self, handoff: &Handoff, now: Timestamp) -> Stage {
        let anew = |before: Option<&Clerk>| {
            Stage::Waiting(Case { before: before.cloned(), ..Case::new(handoff.reason, now) })
        };
        match self {
            Stage::Assisting => anew(None),
            // Whoever was helped a moment ago is best helped by the same person.
            Stage::GivenBack(_, clerk) | Stage::Closed(_, clerk) => anew(Some(clerk)),
            // Who asks again keeps the place; who is in danger now goes before others.
            Stage::Waiting(case) => {
                let graver = handoff.reason.is_urgent() || !case.reason.is_urgent();
                let reason = if graver { handoff.reason } else { case.reason };
                Stage::Waiting(Case { reason, ..case.clone() })
            }
            Stage::WithStaff(..) => self.clone(),
        }
    }

    fn by_visitor(&self, change: &Change) -> Result<Stage, Misstep> {
        match (self, change) {
            (Stage::Waiting(_), Change::GaveUp) | (Stage::Closed(..), Change::Rated(_)) => {
                Ok(Stage::Assisting)
            }
            _ => Err(Misstep::NotWaiting),
        }
    }

    fn taken(&self, change: &Change, clerk: &Clerk) -> Result<Stage, Misstep> {
        match self {
            Stage::Waiting(case) => Ok(Stage::WithStaff(case.clone(), clerk.clone())),
            Stage::WithStaff(_, holder) if holder.id != clerk.id => Err(Misstep::Taken),
            // Taken twice by the same hand is taken once.
            Stage::WithStaff(..) => Ok(self.clone()),
            Stage::GivenBack(case, by) | Stage::Closed(case, by)
                if by.id == clerk.id && matches!(change, Change::TookAgain(_)) =>
            {
                Ok(Stage::WithStaff(case.clone(), clerk.clone()))
            }
            Stage::Assisting | Stage::GivenBack(..) | Stage::Closed(..) => Err(Misstep::NotWaiting),
        }
    }

    fn by_holder(&self, change: &Change, clerk: &Clerk) -> Result<Stage, Misstep> {
        self.is_with(clerk)?;
        let Stage::WithStaff(case, _) = self else { return Err(Misstep::NotYours) };
        Ok(match change {
            Change::HandedOn(_, to) => Stage::Waiting(case.let_go(clerk, Some(to))),
            Change::Held(_, held) => {
                Stage::WithStaff(Case { held: *held, ..case.clone() }, clerk.clone())
            }
            Change::GaveBack(_) => Stage::GivenBack(case.let_go(clerk, None), clerk.clone()),
            Change::Closed(..) => Stage::Closed(case.let_go(clerk, None), clerk.clone()),
            _ => Stage::Waiting(case.let_go(clerk, None)),
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

    /// The case that is open in it, and the clerk it is with.
    pub fn open(&self) -> Option<(&Case, Option<&Clerk>)> {
        match self {
            Stage::Waiting(case) => Some((case, None)),
            Stage::WithStaff(case, clerk) => Some((case, Some(clerk))),
            Stage::Assisting | Stage::GivenBack(..) | Stage::Closed(..) => None,
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
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
            (id.clone(), 1i64..4)
                .prop_map(|(by, to)| Change::HandedOn(clerk(by), To::Clerk(clerk(to)))),
            (id.clone(), any::<bool>()).prop_map(|(id, held)| Change::Held(clerk(id), held)),
            id.clone().prop_map(|id| Change::TookAgain(clerk(id))),
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
        assert_eq!(again, Stage::Waiting(Case::new(Reason::Danger, at(1))));
    }

    #[test]
    fn whoever_let_go_has_it_again_and_nobody_else() {
        let mut stage = Stage::Waiting(Case::new(Reason::Asked, at(1)));
        stage = stage.after(&Change::Took(clerk(1)), at(2)).unwrap();
        for letting_go in [Change::GaveBack(clerk(1)), Change::Closed(clerk(1), Ending::Unsolved)] {
            let gone = stage.after(&letting_go, at(3)).unwrap();
            let again = gone.after(&Change::TookAgain(clerk(1)), at(4)).unwrap();
            assert!(again.is_with(&clerk(1)).is_ok());
            assert_eq!(gone.after(&Change::TookAgain(clerk(2)), at(4)), Err(Misstep::NotWaiting));
            assert_eq!(gone.after(&Change::Took(clerk(1)), at(4)), Err(Misstep::NotWaiting));
            let anew = gone.after(&wish(Reason::Asked), at(9)).unwrap();
            assert_eq!(anew.open().unwrap().0.before, Some(clerk(1)));
        }
    }

    #[test]
    fn a_case_is_handed_to_a_colleague_and_keeps_its_place() {
        let mut stage = Stage::Waiting(Case::new(Reason::Asked, at(1)));
        for step in [
            Change::Took(clerk(1)),
            Change::Held(clerk(1), true),
            Change::HandedOn(clerk(1), To::Clerk(clerk(2))),
        ] {
            stage = stage.after(&step, at(5)).unwrap();
        }
        let Stage::Waiting(case) = &stage else { panic!("{stage:?}") };
        assert_eq!((case.since, &case.to), (at(1), &Some(To::Clerk(clerk(2)))));
        assert!(!case.held);
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
                        Change::PutBack(clerk)
                        | Change::HandedOn(clerk, _)
                        | Change::Held(clerk, _)
                        | Change::GaveBack(clerk)
                        | Change::Closed(clerk, _) => clerk,
                        other => return Err(TestCaseError::fail(format!("{other:?} took it away"))),
                    };
                    prop_assert_eq!(holder.id, by.id);
                }
                if matches!(next, Stage::Waiting(_)) && !matches!(stage, Stage::Waiting(_)) {
                    let waits = matches!(
                        step,
                        Change::Wished(_) | Change::PutBack(_) | Change::HandedOn(..)
                    );
                    prop_assert!(waits);
                }
                stage = next;
            }
        }
    }
}
