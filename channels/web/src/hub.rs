//! Who is waiting for news of which conversation. Only the news goes through here; what was said is
//! read from the archive, so a stream that was cut or late loses nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use bot::store::ConversationId;
use tokio::sync::watch;

/// Waiting streams by conversation. A conversation nobody watches takes no room.
///
/// The lock is a plain one: it is held for a map operation and never across an await.
pub(crate) struct Hub {
    waiting: Mutex<HashMap<ConversationId, watch::Sender<()>>>,
    closing: watch::Sender<bool>,
}

/// One stream's place. Leaving is done by dropping it.
pub(crate) struct Subscription {
    hub: Arc<Hub>,
    id: ConversationId,
    // An Option only so that `drop` can let go of it before counting.
    news: Option<watch::Receiver<()>>,
    closing: watch::Receiver<bool>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Hub { waiting: Mutex::default(), closing: watch::Sender::new(false) }
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<ConversationId, watch::Sender<()>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts listening. What is woken from now on is not missed.
    pub(crate) fn subscribe(self: &Arc<Self>, id: &ConversationId) -> Subscription {
        let mut map = self.map();
        let news = map.entry(id.clone()).or_insert_with(|| watch::Sender::new(())).subscribe();
        Subscription {
            hub: self.clone(),
            id: id.clone(),
            news: Some(news),
            closing: self.closing.subscribe(),
        }
    }

    /// Something was said in this conversation.
    pub(crate) fn wake(&self, id: &ConversationId) {
        if let Some(sender) = self.map().get(id) {
            sender.send_replace(());
        }
    }

    /// Ends all subscriptions, also those still to come.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }
}

impl Subscription {
    /// Forgets the news so far: call it before reading the archive.
    pub(crate) fn seen(&mut self) {
        if let Some(news) = &mut self.news {
            news.borrow_and_update();
        }
    }

    /// Waits for news since `seen`. `false` when the door closes.
    pub(crate) async fn news(&mut self) -> bool {
        let Some(news) = &mut self.news else {
            return false;
        };
        tokio::select! {
            biased;
            _ = self.closing.wait_for(|closing| *closing) => false,
            changed = news.changed() => changed.is_ok(),
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut map = self.hub.map();
        self.news = None;
        if map.get(&self.id).is_some_and(|sender| sender.receiver_count() == 0) {
            map.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> ConversationId {
        ConversationId(name.into())
    }

    #[tokio::test]
    async fn news_that_came_before_waiting_is_not_missed() {
        let hub = Arc::new(Hub::new());
        let mut mine = hub.subscribe(&id("a"));
        mine.seen();
        hub.wake(&id("b"));
        hub.wake(&id("a"));
        assert!(mine.news().await);
    }

    #[tokio::test]
    async fn closing_ends_old_and_new_streams() {
        let hub = Arc::new(Hub::new());
        let mut old = hub.subscribe(&id("a"));
        hub.close();
        assert!(!old.news().await);
        assert!(!hub.subscribe(&id("a")).news().await);
    }

    #[test]
    fn a_conversation_nobody_watches_takes_no_room() {
        let hub = Arc::new(Hub::new());
        let first = hub.subscribe(&id("a"));
        let second = hub.subscribe(&id("a"));
        drop(first);
        assert_eq!(hub.map().len(), 1);
        drop(second);
        assert_eq!(hub.map().len(), 0);
    }
}
