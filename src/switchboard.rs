//! One turn: open the conversation -> advance -> save. Per conversation one at a time; many
//! conversations at once. Implements the doors' `Inbox` and `Lobby`; it alone writes conversations.

mod queue;
mod record;

use std::{sync::Arc, time::Duration, time::Instant};

use arc_swap::{ArcSwap, ArcSwapOption};
use bot::{
    Action, Desk, LanguageIdentifier, Mind, Presence, Reply, Shelf, Welcome,
    conversation::Moment,
    store::{ConversationId, Store, StoreError},
};
use desk::Board;
use door::{Inbound, Inbox, Lobby, Pending, Rejected, Stored};

use crate::{clock::Clock, courier::Outgoing, entrance::Entrance, telemetry};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use queue::Queue;

pub(crate) use record::begin;

/// How many turns may be under way or waiting. At 2,000 turns a second that is half a second's
/// worth; whoever comes beyond is better told to come again than kept waiting.
pub const UNDER_WAY: usize = 1024;

/// Takes what doors hear and makes turns of it.
#[derive(Clone)]
pub struct Switchboard(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    mind: Arc<ArcSwap<Mind>>,
    outgoing: Outgoing,
    board: Arc<Board>,
    clock: Clock,
    queue: Queue,
    /// Why the last turn could not be kept, until one can.
    trouble: ArcSwapOption<StoreError>,
}

impl Switchboard {
    /// A switchboard over a store and a mind that may be swapped while it works.
    pub fn new(
        store: Arc<dyn Store>,
        mind: Arc<ArcSwap<Mind>>,
        outgoing: Outgoing,
        board: Arc<Board>,
        clock: Clock,
    ) -> Switchboard {
        let queue = Queue::new(UNDER_WAY);
        let trouble = ArcSwapOption::empty();
        Switchboard(Arc::new(Inner { store, mind, outgoing, board, clock, queue, trouble }))
    }

    /// Why turns are not being taken or kept just now.
    pub fn trouble(&self) -> Option<String> {
        if self.0.queue.is_closed() {
            return Some("the service is stopping".into());
        }
        let trouble = self.0.trouble.load_full()?;
        Some(format!("the last turn could not be kept: {trouble}"))
    }

    fn entrance(&self) -> Entrance {
        Entrance { mind: self.0.mind.load_full(), now: self.0.clock.now() }
    }

    /// Takes nothing more, and waits until what is under way is on disk, or until time is up.
    pub async fn close(&self, patience: Duration) {
        if self.0.queue.close(patience).await.is_err() {
            tracing::warn!(
                "turns were still under way when time was up; they were not acknowledged"
            );
        }
    }
}

impl Inbox for Switchboard {
    fn put(&self, inbound: Inbound) -> Pending<'_, Result<Stored, Rejected>> {
        let inner = self.0.clone();
        Box::pin(async move {
            let place = inner.queue.enter()?;
            // A task of its own: a visitor who hangs up half-way must not tear a turn.
            let turn = tokio::spawn(async move {
                let _place = place;
                inner.take(inbound).await
            });
            turn.await.unwrap_or_else(|_| {
                tracing::error!("a turn panicked; nothing of it was kept");
                Err(StoreError::Failed("the turn could not be made".into()).into())
            })
        })
    }
}

impl Lobby for Switchboard {
    fn welcome(&self, language: &LanguageIdentifier) -> Welcome {
        self.entrance().welcome(language)
    }

    fn ready(&self) -> Result<(), String> {
        match self.0.queue.is_closed() {
            true => Err("the service is stopping".into()),
            false => Ok(()),
        }
    }

    fn directory(&self, language: &LanguageIdentifier) -> Vec<Shelf> {
        self.entrance().directory(language)
    }

    fn aloud(&self) -> Vec<(LanguageIdentifier, String)> {
        self.entrance().aloud()
    }

    fn vocabulary(&self, language: &LanguageIdentifier, most: usize) -> String {
        self.entrance().vocabulary(language, most)
    }

    fn title(&self, article: &str, language: &LanguageIdentifier) -> Option<String> {
        self.entrance().title(article, language)
    }

    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    fn time_zone(&self) -> TimeZone {
        self.entrance().time_zone()
    }

    fn departments(&self, language: &LanguageIdentifier) -> Vec<(String, String)> {
        self.entrance().departments(language)
    }

    fn department(&self, article: &str) -> Option<String> {
        self.entrance().department(article)
    }

    fn published(&self, question: &str, language: &LanguageIdentifier) -> Vec<Reply> {
        self.entrance().published(question, language)
    }

    fn worked(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.entrance().worked(from, to)
    }

    fn masked(&self, text: &str) -> String {
        self.entrance().masked(text)
    }

    fn writes(&self, id: &ConversationId) {
        self.0.board.writes(id, None);
    }

    fn wait(&self, id: &ConversationId, language: &LanguageIdentifier) -> Option<String> {
        let (board, mind) = (&self.0.board, self.0.mind.load());
        match board.case(id)?.with {
            None => mind.wait(language, board.desk(Some(id), self.0.clock.now())),
            Some(_) => Some(mind.writing(language, &board.writer(id)?)),
        }
    }

    fn presence(&self) -> Presence {
        self.entrance().presence()
    }
}

impl Inner {
    async fn take(&self, inbound: Inbound) -> Result<Stored, Rejected> {
        let began = Instant::now();
        let _alone = self.queue.alone(&inbound.address).await;
        let opened = self.store.open(&inbound.address).await?;
        // Whether the message came before is not asked first: that is rare, so the rare case pays.
        // `save` refuses a second message of the same name, and only then is the first looked up.
        let known = opened.as_ref().map(|opened| opened.id.clone());
        let was_open =
            opened.as_ref().is_some_and(|opened| !opened.conversation.stage.is_assisting());
        let message_id = inbound.message_id.clone();
        let made = {
            let mind = self.mind.load();
            let now = self.clock.now();
            let desk = self.desk(&inbound, known.as_ref(), now);
            record::make(inbound, opened, &mind, Moment { now, desk })
        };
        let (record, status) = match made {
            Ok(made) => made,
            // What a clerk did before may not be done twice; sent twice, it was done once.
            Err(refused) => return self.repeated(known, &message_id).await?.ok_or(refused),
        };
        let open = (was_open || !record.conversation.stage.is_assisting())
            .then(|| (record.address.clone(), record.conversation.clone(), record.at));
        let (id, lines) = (record.id.clone(), record.lines.clone());
        let answer = record.turn.answer.clone();
        let person = record.turn.actions.iter().find_map(|action| match action {
            Action::TellStaff(handoff) => Some(handoff.reason),
            Action::Say(_) | Action::Relay { .. } | Action::Case(_) => None,
        });
        match self.store.save(record).await {
            Ok(parcels) => {
                self.well();
                if let Some((address, conversation, at)) = open {
                    self.board.follow(&id, &address, &conversation, at);
                }
                telemetry::turn(status, began.elapsed());
                self.outgoing.send(parcels);
                Ok(Stored { id, lines, repeated: false, answer, person })
            }
            Err(error) => {
                if let Some(stored) = self.repeated(known, &message_id).await? {
                    telemetry::turn("repeated", began.elapsed());
                    return Ok(stored);
                }
                self.ill(&error);
                Err(error.into())
            }
        }
    }

    /// The desk as this visitor finds it. Callers are handed on by telephone.
    fn desk(&self, inbound: &Inbound, known: Option<&ConversationId>, now: Timestamp) -> Desk {
        match &*inbound.address.channel {
            phone::CHANNEL => Desk::None,
            _ => self.board.desk(known, now),
        }
    }

    /// The turn that a message of this name made before, if it made one.
    async fn repeated(
        &self,
        known: Option<ConversationId>,
        message_id: &str,
    ) -> Result<Option<Stored>, Rejected> {
        let Some(id) = known else { return Ok(None) };
        let lines = self.store.seen(&id, message_id).await?;
        Ok(lines.map(|lines| Stored { id, lines, repeated: true, answer: None, person: None }))
    }

    /// A turn could not be kept. Logged when it begins and when it ends, not for every turn.
    fn ill(&self, error: &StoreError) {
        if self.trouble.swap(Some(Arc::new(error.clone()))).is_none() {
            tracing::error!(%error, "turns cannot be kept; visitors are told so");
        }
    }

    fn well(&self) {
        if self.trouble.load().is_some() && self.trouble.swap(None).is_some() {
            tracing::info!("turns are kept again");
        }
    }
}
