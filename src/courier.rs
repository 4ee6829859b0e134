//! Delivers the outbox through the channels, and takes what was delivered out of it. A parcel is
//! delivered at least once: after a crash some may come twice, and channels bear that.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use bot::store::{Parcel, Store};
use door::{Channel, Undelivered};
use tokio::{
    sync::mpsc::{self, error::TrySendError},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

/// How many parcels may wait in memory. They are on disk as well: when it overflows, the courier
/// reads the outbox instead.
const WAITING: usize = 4096;

/// Delivered parcels leave the outbox in one go: after this many, or after `CLEARING`. Until then a
/// crash would deliver them again.
const CLEAR: usize = 256;
const CLEARING: Duration = Duration::from_millis(250);

/// The first pause after a delivery that may work later; it doubles up to `LONGEST`.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(300);

/// Where the switchboard puts parcels that are on disk.
#[derive(Clone)]
pub struct Outgoing(mpsc::Sender<Parcel>, Arc<tokio::sync::Notify>);

impl Outgoing {
    /// Hands parcels over. Never waits.
    pub fn send(&self, parcels: Vec<Parcel>) {
        for parcel in parcels {
            if let Err(TrySendError::Full(_)) = self.0.try_send(parcel) {
                self.1.notify_one();
                return;
            }
        }
    }
}

/// The courier.
pub struct Courier {
    store: Arc<dyn Store>,
    channels: BTreeMap<&'static str, Arc<dyn Channel>>,
    incoming: mpsc::Receiver<Parcel>,
    overflow: Arc<tokio::sync::Notify>,
    delivered: Vec<i64>,
    /// When to try again, what, and the pause that led there.
    later: BTreeMap<(Instant, i64), (Parcel, Duration)>,
}

/// The way to a courier, and the parcels' way in.
pub fn way() -> (Outgoing, Incoming) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let overflow = Arc::new(tokio::sync::Notify::new());
    (Outgoing(sender, overflow.clone()), Incoming(receiver, overflow))
}

/// The courier's end of the way.
pub struct Incoming(mpsc::Receiver<Parcel>, Arc<tokio::sync::Notify>);

impl Courier {
    /// A courier over a store's outbox.
    pub fn new(
        store: Arc<dyn Store>,
        channels: impl IntoIterator<Item = Arc<dyn Channel>>,
        incoming: Incoming,
    ) -> Courier {
        Courier {
            store,
            channels: channels.into_iter().map(|channel| (channel.name(), channel)).collect(),
            incoming: incoming.0,
            overflow: incoming.1,
            delivered: Vec::new(),
            later: BTreeMap::new(),
        }
    }

    /// Delivers what an earlier run left, then whatever comes, until told to stop; then what is
    /// still waiting in memory once more.
    pub async fn run(mut self, stop: CancellationToken) {
        self.catch_up().await;
        let mut clear_at: Option<Instant> = None;
        loop {
            if self.delivered.len() >= CLEAR {
                self.clear().await;
            }
            clear_at = match self.delivered.is_empty() {
                true => None,
                false => clear_at.or(Some(Instant::now() + CLEARING)),
            };
            metrics::gauge!("wendu_outbox_waiting").set(self.waiting() as f64);
            let retry_at = self.later.keys().next().map(|(at, _)| *at);
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                () = at(clear_at) => {
                    self.clear().await;
                    // If that failed, the next try is not at once.
                    clear_at = None;
                }
                () = at(retry_at) => self.retry().await,
                () = self.overflow.notified() => self.catch_up().await,
                Some(parcel) = self.incoming.recv() => self.deliver(parcel, FIRST).await,
            }
        }
        while let Ok(parcel) = self.incoming.try_recv() {
            self.deliver(parcel, FIRST).await;
        }
        self.clear().await;
    }

    fn waiting(&self) -> usize {
        self.incoming.len() + self.later.len()
    }

    /// Delivers everything in the outbox that is not being retried already.
    async fn catch_up(&mut self) {
        self.clear().await;
        match self.store.undelivered().await {
            Ok(parcels) => {
                for parcel in parcels {
                    if !self.later.keys().any(|(_, number)| *number == parcel.number) {
                        self.deliver(parcel, FIRST).await;
                    }
                }
            }
            Err(error) => tracing::error!(%error, "the outbox could not be read"),
        }
    }

    async fn retry(&mut self) {
        if let Some((_, (parcel, pause))) = self.later.pop_first() {
            self.deliver(parcel, (pause * 2).min(LONGEST)).await;
        }
    }

    async fn deliver(&mut self, parcel: Parcel, pause: Duration) {
        let number = parcel.number;
        let Some(channel) = self.channels.get(parcel.address.channel.as_str()) else {
            tracing::warn!(number, "a parcel for a channel that is not built in was dropped");
            self.delivered.push(number);
            return;
        };
        match channel.deliver(&parcel).await {
            Ok(()) => self.delivered.push(number),
            Err(Undelivered::Never(why)) => {
                tracing::warn!(number, channel = channel.name(), why, "a parcel was dropped");
                self.delivered.push(number);
            }
            Err(Undelivered::Later(why)) => {
                tracing::debug!(number, channel = channel.name(), why, "a parcel waits");
                self.later.insert((Instant::now() + pause, number), (parcel, pause));
            }
        }
    }

    /// Takes delivered parcels out of the outbox. If that fails they stay, and come again later.
    async fn clear(&mut self) {
        if self.delivered.is_empty() {
            return;
        }
        match self.store.delivered(&self.delivered).await {
            Ok(()) => self.delivered.clear(),
            Err(error) => {
                tracing::error!(%error, "delivered parcels could not be taken out of the outbox");
                // Kept in mind for the next time, but not without bound.
                self.delivered.drain(..self.delivered.len().saturating_sub(WAITING));
            }
        }
    }
}

/// Waits until a moment; for ever when there is none.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
