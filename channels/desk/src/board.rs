//! The board on the wall: who waits, who sees to whom, and which clerks are there. The switchboard
//! moves it with every turn; pages and visitors' places are read from it.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use bot::{
    Conversation, Desk,
    queue::{Open, Queue},
    store::{Address, ConversationId},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use crate::company::Company;

/// News that may wait for a listener; who is further behind reads everything again.
const NEWS: usize = 1024;

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Something happened in a conversation that waits or is with a clerk, or no longer is.
    Case(ConversationId),
    /// A clerk came or went, or takes cases or not.
    Clerks,
    /// Somebody looks at a conversation, or writes in it, or no longer does.
    Company(ConversationId),
}

/// The board. The lock is a plain one: it is held for a look or a change, never across an await.
#[derive(Debug)]
pub struct Board {
    queue: Mutex<Queue>,
    pub(crate) company: Company,
    /// Whether anybody works at this desk at all.
    is_open: AtomicBool,
    news: broadcast::Sender<News>,
}

impl Default for Board {
    fn default() -> Self {
        Board {
            queue: Mutex::default(),
            company: Company::default(),
            is_open: AtomicBool::new(false),
            news: broadcast::Sender::new(NEWS),
        }
    }
}

impl Board {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
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
        let clerks = self.company.taking().len();
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

    /// News of the board, from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    pub(crate) fn tell(&self, news: News) {
        // Where nobody listens there is nobody to tell.
        let _ = self.news.send(news);
    }
}
