//! Who waits for a person and who sees to whom, as it is now: the order in which people are taken,
//! and how long it will take, where enough has happened to say so. Moved by what conversations do;
//! no clock.

use std::collections::{BTreeSet, HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use nlu::LanguageIdentifier;

use crate::{
    conversation::Conversation,
    stage::{Case, Clerk},
    store::{Address, ConversationId},
    waiting::Desk,
};

/// Whoever calls cannot do anything else meanwhile: as if they had come so much earlier.
const PHONE_FIRST: SignedDuration = SignedDuration::from_mins(3);

/// Cases from which an estimate is made: at least, at most, and not older than.
const FEWEST: usize = 5;
const MOST: usize = 50;
const LATELY: SignedDuration = SignedDuration::from_hours(3);

/// A case that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The conversation's name.
    pub id: ConversationId,
    /// Where its visitor is reached.
    pub address: Address,
    /// The visitor's language.
    pub language: LanguageIdentifier,
    /// What it was about: IDs of services, latest last.
    pub services: Vec<String>,
    /// How many questions found no answer.
    pub unanswered: u32,
    /// The wish: why and since when, and whom it was handed to.
    pub case: Case,
    /// Since when nobody has it, or the last time that was so.
    pub idle: Timestamp,
    /// Who sees to it, and since when; nobody while it waits.
    pub with: Option<(Clerk, Timestamp)>,
}

/// A place in the order: urgent first, then the longest wait.
type Place = (bool, Timestamp, String);

/// All open cases.
#[derive(Debug, Default)]
pub struct Queue {
    open: HashMap<ConversationId, Open>,
    order: BTreeSet<Place>,
    /// When cases ended and how long a clerk had them.
    lately: VecDeque<(Timestamp, SignedDuration)>,
}

impl Open {
    fn place(&self) -> Place {
        let head_start =
            if self.address.channel == "phone" { PHONE_FIRST } else { SignedDuration::ZERO };
        let since = self.case.since.saturating_sub(head_start).unwrap_or(self.case.since);
        (!self.case.reason.is_urgent(), since, self.id.0.clone())
    }
}

impl Queue {
    /// A conversation is now like this: its case is opened, moved on or ended.
    pub fn follow(
        &mut self,
        id: &ConversationId,
        address: &Address,
        conversation: &Conversation,
        now: Timestamp,
    ) {
        let before = self.open.remove(id);
        if let Some(before) = &before {
            self.order.remove(&before.place());
        }
        let Some((case, clerk)) = conversation.stage.open() else {
            return self.ended(before, now);
        };
        let idle = match &before {
            Some(before) if before.with.is_none() || clerk.is_some() => before.idle,
            Some(_) => now,
            None => case.since,
        };
        let with = clerk.map(|clerk| {
            let since = before.and_then(|before| before.with).filter(|(by, _)| by == clerk);
            since.unwrap_or((clerk.clone(), now))
        });
        let open = Open {
            id: id.clone(),
            address: address.clone(),
            case: case.clone(),
            language: conversation.language.clone(),
            services: conversation.services.clone(),
            unanswered: conversation.unanswered,
            idle,
            with,
        };
        if open.with.is_none() {
            self.order.insert(open.place());
        }
        self.open.insert(id.clone(), open);
    }

    fn ended(&mut self, case: Option<Open>, now: Timestamp) {
        if let Some((_, taken)) = case.and_then(|case| case.with) {
            self.remember(now, now.duration_since(taken));
        }
    }

    /// A case was ended then; a clerk had it for so long.
    pub fn remember(&mut self, ended: Timestamp, lasted: SignedDuration) {
        self.lately.push_back((ended, lasted));
        while self.lately.len() > MOST {
            self.lately.pop_front();
        }
    }

    /// One open case.
    pub fn get(&self, id: &ConversationId) -> Option<&Open> {
        self.open.get(id)
    }

    /// Who waits, in the order in which they are taken.
    pub fn waiting(&self) -> impl Iterator<Item = &Open> {
        self.order.iter().filter_map(|(_, _, id)| self.open.get(&ConversationId(id.clone())))
    }

    /// Which cases are with clerks, the longest first.
    pub fn taken(&self) -> Vec<&Open> {
        let mut taken: Vec<&Open> = self.open.values().filter(|open| open.with.is_some()).collect();
        taken.sort_by_key(|open| open.with.as_ref().map(|(_, since)| (*since, open.id.0.clone())));
        taken
    }

    /// How many cases a clerk works at; what they have put aside is not counted.
    pub fn load(&self, clerk: i64) -> usize {
        let has = |open: &&Open| open.with.as_ref().is_some_and(|(with, _)| with.id == clerk);
        self.open.values().filter(has).filter(|open| !open.case.held).count()
    }

    /// The desk as a visitor finds it, who waits already or would begin to now, with so many clerks.
    pub fn desk(&self, id: Option<&ConversationId>, clerks: usize, now: Timestamp) -> Desk {
        if clerks == 0 {
            return Desk::Away;
        }
        let place = id.and_then(|id| self.open.get(id)).filter(|open| open.with.is_none());
        let ahead = match place {
            Some(open) => self.order.range(..open.place()).count(),
            None => self.order.len(),
        };
        let minutes = self.usual(now).map(|usual| {
            let seconds = usual.as_secs().max(0).unsigned_abs() * (ahead as u64 + 1);
            u32::try_from(seconds.div_ceil(60 * clerks as u64)).unwrap_or(u32::MAX)
        });
        Desk::There { ahead: u32::try_from(ahead).unwrap_or(u32::MAX), minutes }
    }

    /// How long a case usually lasted of late: the middle one. Nothing where there were too few.
    fn usual(&self, now: Timestamp) -> Option<SignedDuration> {
        let recent = self.lately.iter().filter(|(ended, _)| now.duration_since(*ended) <= LATELY);
        let mut lasted: Vec<SignedDuration> = recent.map(|(_, lasted)| *lasted).collect();
        lasted.sort();
        (lasted.len() >= FEWEST).then(|| lasted[lasted.len() / 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{handoff::Reason, stage::Stage};
    use nlu::langid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn id(name: &str) -> ConversationId {
        ConversationId(name.into())
    }

    fn comes(queue: &mut Queue, name: &str, channel: &str, reason: Reason, second: i64) {
        let mut conversation = Conversation::new(langid!("en"));
        conversation.stage = Stage::Waiting(Case::new(reason, at(second)));
        let address = Address { channel: channel.into(), key: name.into() };
        queue.follow(&id(name), &address, &conversation, at(second));
    }

    fn moves(queue: &mut Queue, name: &str, stage: Stage, second: i64) {
        let mut conversation = Conversation::new(langid!("en"));
        conversation.stage = stage;
        let address = Address { channel: "web".into(), key: name.into() };
        queue.follow(&id(name), &address, &conversation, at(second));
    }

    fn order(queue: &Queue) -> Vec<&str> {
        queue.waiting().map(|open| &*open.id.0).collect()
    }

    fn clerk() -> Clerk {
        Clerk { id: 1, name: "Li".into() }
    }

    #[test]
    fn danger_comes_first_then_callers_a_little_then_the_longest_wait() {
        let mut queue = Queue::default();
        comes(&mut queue, "early", "web", Reason::Asked, 0);
        comes(&mut queue, "late", "web", Reason::Complaint, 200);
        comes(&mut queue, "caller", "phone", Reason::Asked, 300);
        comes(&mut queue, "danger", "web", Reason::Danger, 400);
        assert_eq!(order(&queue), ["danger", "early", "caller", "late"]);
    }

    #[test]
    fn who_is_taken_waits_no_more_and_who_is_put_back_keeps_the_place() {
        let mut queue = Queue::default();
        comes(&mut queue, "a", "web", Reason::Asked, 0);
        comes(&mut queue, "b", "web", Reason::Asked, 5);
        let case = Case::new(Reason::Asked, at(0));
        moves(&mut queue, "a", Stage::WithStaff(case.clone(), clerk()), 9);
        assert_eq!(order(&queue), ["b"]);
        assert_eq!(queue.taken().len(), 1);
        moves(&mut queue, "a", Stage::Waiting(case), 20);
        assert_eq!(order(&queue), ["a", "b"]);
        assert_eq!(queue.desk(Some(&id("b")), 1, at(30)), Desk::There { ahead: 1, minutes: None });
    }

    #[test]
    fn an_estimate_is_given_when_enough_is_known_and_not_before() {
        let mut queue = Queue::default();
        assert_eq!(queue.desk(None, 0, at(0)), Desk::Away);
        for n in 0..5 {
            let there = Desk::There { ahead: 0, minutes: None };
            assert_eq!(queue.desk(None, 2, at(1_000)), there);
            let case = Case::new(Reason::Asked, at(0));
            moves(&mut queue, "a", Stage::WithStaff(case, clerk()), n * 200);
            moves(&mut queue, "a", Stage::Assisting, n * 200 + 240);
        }
        comes(&mut queue, "b", "web", Reason::Asked, 1_000);
        let desk = queue.desk(None, 2, at(1_000));
        assert_eq!(desk, Desk::There { ahead: 1, minutes: Some(4) });
        let tomorrow = queue.desk(None, 2, at(100_000));
        assert_eq!(tomorrow, Desk::There { ahead: 1, minutes: None });
    }
}
