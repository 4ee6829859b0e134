//! One turn: open the conversation -> advance -> save. Per conversation one at a time; many
//! conversations at once. Implements the doors' `Inbox` and `Lobby`; it alone writes conversations.

mod queue;
mod record;

use std::{sync::Arc, time::Duration, time::Instant};

use arc_swap::{ArcSwap, ArcSwapOption};
use bot::{
    Action, LanguageIdentifier, Mind, Presence, Shelf, Welcome,
    store::{Store, StoreError},
};
use door::{Inbound, Inbox, Lobby, Pending, Rejected, Stored};

use crate::{clock::Clock, courier::Outgoing, entrance::Entrance, telemetry};
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
        clock: Clock,
    ) -> Switchboard {
        let queue = Queue::new(UNDER_WAY);
        let trouble = ArcSwapOption::empty();
        Switchboard(Arc::new(Inner { store, mind, outgoing, clock, queue, trouble }))
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
        let message_id = inbound.message_id.clone();
        let (record, status) = {
            let mind = self.mind.load();
            record::make(inbound, opened, &mind, self.clock.now())?
        };
        let (id, lines) = (record.id.clone(), record.lines.clone());
        let answer = record.turn.answer.clone();
        let person = record.turn.actions.iter().find_map(|action| match action {
            Action::TellStaff(handoff) => Some(handoff.reason),
            Action::Say(_) => None,
        });
        match self.store.save(record).await {
            Ok(parcels) => {
                self.well();
                telemetry::turn(status, began.elapsed());
                self.outgoing.send(parcels);
                Ok(Stored { id, lines, repeated: false, answer, person })
            }
            Err(error) => {
                let seen = match known {
                    Some(id) => self.store.seen(&id, &message_id).await?.map(|lines| (id, lines)),
                    None => None,
                };
                if let Some((id, lines)) = seen {
                    telemetry::turn("repeated", began.elapsed());
                    return Ok(Stored { id, lines, repeated: true, answer: None, person: None });
                }
                self.ill(&error);
                Err(error.into())
            }
        }
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
