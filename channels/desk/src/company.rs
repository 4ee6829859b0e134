//! Who is at the desk, who looks at which conversation, and who writes in it. Nothing of it is kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bot::{routing::Worker, stage::Clerk, store::ConversationId};

use crate::{Board, News, staff::Member};

/// Whoever has written nothing for so long does not write any more.
pub const WRITING: Duration = Duration::from_secs(8);

/// Everybody who is there. The locks are plain ones, held for a look or a change.
#[derive(Debug, Default)]
pub(crate) struct Company {
    clerks: Mutex<HashMap<i64, Present>>,
    writing: Mutex<Writing>,
}

/// Who writes where: clerks, or the visitor; and when they last did.
type Writing = HashMap<ConversationId, Vec<(Option<Clerk>, Instant)>>;

/// A clerk who is there: so many pages of theirs are open.
#[derive(Debug)]
struct Present {
    member: Member,
    pages: usize,
    /// Which conversations they look at; one stands there as often as it is open.
    reads: Vec<ConversationId>,
    /// Whether they take cases, or have said that they are away for a while.
    takes_cases: bool,
}

/// A clerk's open page. They are there as long as one is.
pub struct Presence {
    board: Arc<Board>,
    clerk: i64,
    reads: Option<ConversationId>,
}

impl Present {
    fn of(member: &Member) -> Present {
        Present { member: member.clone(), pages: 0, reads: vec![], takes_cases: true }
    }
}

impl Company {
    fn clerks(&self) -> MutexGuard<'_, HashMap<i64, Present>> {
        self.clerks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is there and takes cases.
    pub(crate) fn taking(&self) -> Vec<Member> {
        let clerks = self.clerks();
        let taking = clerks.values().filter(|present| present.takes_cases && present.pages > 0);
        taking.map(|present| present.member.clone()).collect()
    }

    /// One more page; whether it is their first.
    fn opens(&self, member: &Member, reads: Option<&ConversationId>) -> bool {
        let mut clerks = self.clerks();
        let present = clerks.entry(member.clerk.id).or_insert_with(|| Present::of(member));
        present.member = member.clone();
        present.pages += 1;
        present.reads.extend(reads.cloned());
        present.pages == 1
    }

    /// One page fewer; whether it was their last.
    fn shuts(&self, clerk: i64, reads: Option<&ConversationId>) -> bool {
        let mut clerks = self.clerks();
        let Some(present) = clerks.get_mut(&clerk) else { return false };
        present.pages -= 1;
        if let Some(place) = present.reads.iter().position(|id| Some(id) == reads) {
            present.reads.swap_remove(place);
        }
        let last = present.pages == 0;
        // Whoever said that they are away is so until they say otherwise.
        if last && present.takes_cases {
            clerks.remove(&clerk);
        }
        last
    }

    /// Somebody writes; whether that is news.
    fn writes(&self, id: &ConversationId, who: Option<&Clerk>) -> bool {
        let now = Instant::now();
        let mut writing = self.writing();
        writing.retain(|_, all| {
            all.retain(|(_, at)| now.duration_since(*at) < WRITING);
            !all.is_empty()
        });
        let all = writing.entry(id.clone()).or_default();
        let again = all.iter().any(|(one, _)| one.as_ref() == who);
        all.retain(|(one, _)| one.as_ref() != who);
        all.push((who.cloned(), now));
        !again
    }
}

impl Board {
    /// A clerk has opened a page, of a conversation or another.
    pub fn comes(self: &Arc<Self>, member: &Member, reads: Option<&ConversationId>) -> Presence {
        if self.company.opens(member, reads) {
            self.tell(News::Clerks);
        }
        self.looked(reads);
        Presence { board: self.clone(), clerk: member.clerk.id, reads: reads.cloned() }
    }

    /// Something was noted about a conversation.
    pub fn noted(&self, id: &ConversationId) {
        self.looked(Some(id));
    }

    /// Somebody has begun or ended to look at a conversation.
    fn looked(&self, at: Option<&ConversationId>) {
        if let Some(id) = at {
            self.tell(News::Company(id.clone()));
        }
    }

    /// A clerk takes cases from now on, or is away for a while: also when they open a page next.
    pub fn takes_cases(&self, member: &Member, takes: bool) {
        let mut clerks = self.company.clerks();
        let present = clerks.entry(member.clerk.id).or_insert_with(|| Present::of(member));
        present.takes_cases = takes;
        if takes && present.pages == 0 {
            clerks.remove(&member.clerk.id);
        }
        drop(clerks);
        self.tell(News::Clerks);
    }

    /// Whether a clerk takes cases; true of who is not there.
    pub fn is_taking(&self, clerk: i64) -> bool {
        self.company.clerks().get(&clerk).is_none_or(|present| present.takes_cases)
    }

    /// A member of staff, with what they have in hand.
    pub fn worker(&self, member: &Member) -> Worker {
        let load = self.read(|queue| queue.load(member.clerk.id));
        Worker { clerk: member.clerk.clone(), skills: member.skills.clone(), load }
    }

    /// Who is there and takes cases.
    pub fn workers(&self) -> Vec<Worker> {
        self.company.taking().iter().map(|member| self.worker(member)).collect()
    }

    /// Who is there, by name, and whether they take cases.
    pub fn present(&self) -> Vec<(Clerk, bool)> {
        let told = |present: &Present| (present.member.clerk.clone(), present.takes_cases);
        let clerks = self.company.clerks();
        let there = clerks.values().filter(|present| present.pages > 0);
        let mut present: Vec<_> = there.map(told).collect();
        present.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        present
    }

    /// Who looks at a conversation.
    pub fn readers(&self, id: &ConversationId) -> Vec<Clerk> {
        let clerks = self.company.clerks();
        let reads = clerks.values().filter(|present| present.reads.contains(id));
        let mut readers: Vec<Clerk> = reads.map(|present| present.member.clerk.clone()).collect();
        readers.sort_by(|a, b| a.name.cmp(&b.name));
        readers
    }

    /// A clerk, or the visitor, writes in a conversation that a clerk has.
    pub fn writes(&self, id: &ConversationId, who: Option<&Clerk>) {
        let is_taken = self.case(id).is_some_and(|open| open.with.is_some());
        if is_taken && self.company.writes(id, who) {
            self.looked(Some(id));
        }
    }

    /// A clerk, or the visitor, has said what they wrote, or left it.
    pub fn wrote(&self, id: &ConversationId, who: Option<&Clerk>) {
        if let Some(all) = self.company.writing().get_mut(id) {
            all.retain(|(one, _)| one.as_ref() != who);
        }
        self.looked(Some(id));
    }

    /// Who writes in a conversation: clerks, and whether the visitor does.
    pub fn writers(&self, id: &ConversationId) -> (Vec<Clerk>, bool) {
        let writing = self.company.writing();
        let all = writing.get(id).map(Vec::as_slice).unwrap_or_default();
        let now = all.iter().filter(|(_, at)| at.elapsed() < WRITING);
        let clerks = now.clone().filter_map(|(one, _)| one.clone()).collect();
        (clerks, now.clone().any(|(one, _)| one.is_none()))
    }

    /// The clerk who has a conversation, while they write in it.
    pub fn writer(&self, id: &ConversationId) -> Option<Clerk> {
        let (holder, _) = self.case(id)?.with?;
        self.writers(id).0.into_iter().find(|clerk| clerk.id == holder.id)
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if self.board.company.shuts(self.clerk, self.reads.as_ref()) {
            self.board.tell(News::Clerks);
        }
        self.board.looked(self.reads.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::Role;
    use bot::{Desk, routing::Skills};
    use jiff::Timestamp;

    #[test]
    fn a_clerk_is_there_while_a_page_of_theirs_is_open() {
        let board = Arc::new(Board::default());
        let member = Member {
            clerk: Clerk { id: 1, name: "Li".into() },
            login: "li".into(),
            role: Role::Clerk,
            skills: Skills::default(),
            is_active: true,
            password: None,
        };
        let read = ConversationId("a".into());
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(board.desk(None, now), Desk::None);
        board.open();
        assert_eq!(board.desk(None, now), Desk::Away);
        let one = board.comes(&member, Some(&read));
        let two = board.comes(&member, None);
        assert_eq!(board.readers(&read), std::slice::from_ref(&member.clerk));
        drop(one);
        assert_eq!(board.readers(&read), []);
        assert_eq!(board.desk(None, now), Desk::There { ahead: 0, minutes: None });
        board.takes_cases(&member, false);
        assert_eq!(board.desk(None, now), Desk::Away, "there, but away for a while");
        board.takes_cases(&member, true);
        drop(two);
        assert_eq!(board.desk(None, now), Desk::Away);
    }
}
