//! The board on the wall: who waits, who sees to whom, and which clerks are there. The switchboard
//! moves it with every turn; pages and visitors' places are read from it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bot::{
    Conversation, Desk,
    queue::{Open, Queue},
    stage::Clerk,
    store::{Address, ConversationId},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

/// News that may wait for a listener; who is further behind reads everything again.
const NEWS: usize = 1024;

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Something happened in a conversation that waits or is with a clerk, or no longer is.
    Case(ConversationId),
    /// A clerk came or went.
    Clerks,
}

/// The board. The lock is a plain one: it is held for a look or a change, never across an await.
#[derive(Debug)]
pub struct Board {
    queue: Mutex<Queue>,
    clerks: Mutex<HashMap<i64, Present>>,
    /// Whether anybody works at this desk at all.
    is_open: AtomicBool,
    news: broadcast::Sender<News>,
}

/// A clerk who is there: so many pages of theirs are open.
#[derive(Debug)]
struct Present {
    clerk: Clerk,
    pages: usize,
    takes_cases: bool,
}

/// A clerk's open page. They are there as long as one is.
pub struct Presence {
    board: Arc<Board>,
    clerk: i64,
}

impl Default for Board {
    fn default() -> Self {
        Board {
            queue: Mutex::default(),
            clerks: Mutex::default(),
            is_open: AtomicBool::new(false),
            news: broadcast::Sender::new(NEWS),
        }
    }
}

impl Board {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clerks(&self) -> MutexGuard<'_, HashMap<i64, Present>> {
        self.clerks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// There are people who work here: visitors may be told to wait for them.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::Relaxed);
    }

    /// The desk as a visitor finds it who is in this conversation, or comes anew.
    pub fn desk(&self, id: Option<&ConversationId>, now: Timestamp) -> Desk {
        if !self.is_open.load(Ordering::Relaxed) {
            return Desk::None;
        }
        let clerks = self.clerks().values().filter(|present| present.takes_cases).count();
        self.queue().desk(id, clerks, now)
    }

    /// A conversation is now like this.
    pub fn follow(
        &self,
        id: &ConversationId,
        address: &Address,
        conversation: &Conversation,
        now: Timestamp,
    ) {
        self.queue().follow(id, address, conversation, now);
        self.tell(News::Case(id.clone()));
    }

    /// A case ended then; a clerk had it for so long.
    pub fn remember(&self, ended: Timestamp, lasted: SignedDuration) {
        self.queue().remember(ended, lasted);
    }

    /// Reads the board.
    pub fn read<T>(&self, look: impl FnOnce(&Queue) -> T) -> T {
        look(&self.queue())
    }

    /// One open case.
    pub fn case(&self, id: &ConversationId) -> Option<Open> {
        self.queue().get(id).cloned()
    }

    /// A clerk has opened a page.
    pub fn comes(self: &Arc<Self>, clerk: &Clerk) -> Presence {
        let mut clerks = self.clerks();
        let present = clerks.entry(clerk.id).or_insert_with(|| Present {
            clerk: clerk.clone(),
            pages: 0,
            takes_cases: true,
        });
        present.pages += 1;
        let first = present.pages == 1;
        drop(clerks);
        if first {
            self.tell(News::Clerks);
        }
        Presence { board: self.clone(), clerk: clerk.id }
    }

    /// Who is there, by name.
    pub fn present(&self) -> Vec<Clerk> {
        let mut present: Vec<Clerk> =
            self.clerks().values().map(|present| present.clerk.clone()).collect();
        present.sort_by(|a, b| a.name.cmp(&b.name));
        present
    }

    /// News of the board, from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    fn tell(&self, news: News) {
        // Where nobody listens there is nobody to tell.
        let _ = self.news.send(news);
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut clerks = self.board.clerks();
        if let Some(present) = clerks.get_mut(&self.clerk) {
            present.pages -= 1;
            if present.pages == 0 {
                clerks.remove(&self.clerk);
                drop(clerks);
                self.board.tell(News::Clerks);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clerk_is_there_while_a_page_of_theirs_is_open() {
        let board = Arc::new(Board::default());
        let clerk = Clerk { id: 1, name: "Li".into() };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(board.desk(None, now), Desk::None);
        board.open();
        assert_eq!(board.desk(None, now), Desk::Away);
        let one = board.comes(&clerk);
        let two = board.comes(&clerk);
        drop(one);
        assert_eq!(board.desk(None, now), Desk::There { ahead: 0, minutes: None });
        drop(two);
        assert_eq!(board.desk(None, now), Desk::Away);
    }
}
