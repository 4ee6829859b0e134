//! What clerks do in a conversation: they take it, speak, and let go of it.

use jiff::Timestamp;
use nlu::normal;

use crate::{
    conversation::{Conversation, Moment},
    message::{Event, StaffDoes},
    mind::{Context, Mind},
    reply::{Choice, Reply},
    stage::{Change, Clerk, Misstep},
    turn::{Action, Turn},
    waiting::{self, Desk},
};

impl Conversation {
    /// Whether this may happen now.
    ///
    /// # Errors
    /// Where a clerk does what they may not, since somebody else has it or nobody waits any more.
    pub fn admits(&self, event: &Event) -> Result<(), Misstep> {
        let Event::Staff { clerk, does } = event else { return Ok(()) };
        match change(clerk, does) {
            Some(change) => self.stage.after(&change, Timestamp::UNIX_EPOCH).map(drop),
            None => self.stage.is_with(clerk),
        }
    }

    /// A clerk did something. What may not be done changes nothing.
    pub(crate) fn staff(
        &mut self,
        clerk: Clerk,
        does: StaffDoes,
        mind: &Mind,
        moment: Moment,
    ) -> Turn {
        let event = Event::Staff { clerk: clerk.clone(), does: does.clone() };
        let mut actions = Vec::new();
        if self.admits(&event).is_ok() {
            let context = Context::new(mind, &self.language, moment.now);
            actions.push(said(&context, &clerk, &does));
            let change = change(&clerk, &does).or_else(|| self.speaking_goes_on(&clerk));
            actions.extend(change.and_then(|change| self.moves_on(change, moment.now)));
        }
        let pack = mind.library().fingerprint().to_owned();
        let desk = Desk::None;
        Turn { event, understanding: None, answer: None, why: vec![], pack, desk, actions }
    }

    /// Whoever speaks goes on with what they had put aside.
    fn speaking_goes_on(&self, clerk: &Clerk) -> Option<Change> {
        self.stage.open().filter(|(case, _)| case.held).map(|_| Change::Held(clerk.clone(), false))
    }

    /// Makes a change, if it may be made and changes anything.
    pub(crate) fn moves_on(&mut self, change: Change, now: Timestamp) -> Option<Action> {
        let next = self.stage.after(&change, now).ok()?;
        if next == self.stage {
            return None;
        }
        self.stage = next;
        Some(match change {
            Change::Wished(handoff) => Action::TellStaff(handoff),
            change => Action::Case(change),
        })
    }
}

/// What the visitor hears of it.
fn said(context: &Context<'_>, clerk: &Clerk, does: &StaffDoes) -> Action {
    let reply = match does {
        StaffDoes::Says(text) => return relayed(context, clerk, text, &[]),
        StaffDoes::Asks(text) => return relayed(context, clerk, text, &["confirm", "deny"]),
        StaffDoes::Takes => waiting::taken(context, clerk),
        StaffDoes::TakesAgain => waiting::told(context, "staff-took-again", clerk),
        StaffDoes::Holds => waiting::told(context, "staff-holds", clerk),
        StaffDoes::GoesOn => waiting::told(context, "staff-goes-on", clerk),
        StaffDoes::PutsBack => waiting::put_back(context, clerk),
        StaffDoes::HandsOn(to) => waiting::handed_on(context, clerk, to),
        StaffDoes::GivesBack => waiting::told(context, "staff-gave-back", clerk),
        StaffDoes::Closes(ending) => waiting::closed(context, clerk, *ending),
    };
    Action::Say(Box::new(reply))
}

/// A clerk's own words, with answers to choose from.
fn relayed(context: &Context<'_>, clerk: &Clerk, text: &str, choices: &[&str]) -> Action {
    let mut reply = Box::new(Reply::of(context.language.clone(), normal::clean(text)));
    reply.choices = choices
        .iter()
        .map(|id| context.say(id, &[]))
        .map(|say| Choice { label: say.clone(), say })
        .collect();
    Action::Relay { clerk: clerk.clone(), reply }
}

/// What a clerk's doing changes; nothing where they only speak.
fn change(clerk: &Clerk, does: &StaffDoes) -> Option<Change> {
    let clerk = clerk.clone();
    Some(match does {
        StaffDoes::Takes => Change::Took(clerk),
        StaffDoes::TakesAgain => Change::TookAgain(clerk),
        StaffDoes::Says(_) | StaffDoes::Asks(_) => return None,
        StaffDoes::Holds => Change::Held(clerk, true),
        StaffDoes::GoesOn => Change::Held(clerk, false),
        StaffDoes::PutsBack => Change::PutBack(clerk),
        StaffDoes::HandsOn(to) => Change::HandedOn(clerk, to.clone()),
        StaffDoes::GivesBack => Change::GaveBack(clerk),
        StaffDoes::Closes(ending) => Change::Closed(clerk, *ending),
    })
}
