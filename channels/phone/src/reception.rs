//! The reception: takes every call of the line and has it conducted. Opened and shut with the
//! service.

use crate::Counters;
use crate::beforehand::warm;
use crate::call::book;
use crate::conduct::{CHANNEL, Rooms, conduct};
use crate::line::Line;
use crate::media_streams::MediaStreams;
use crate::settings::PhoneSettings;
use crate::sip::StartError;
use crate::story::Ledger;
use bot::store::Parcel;
use door::{Channel, Inbox, Lobby, Pending, Undelivered};
use speech::ears::Ears;
use speech::voice::Voice;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What the reception is given by the hall.
pub struct Staff {
    /// Where what callers say is put.
    pub inbox: Arc<dyn Inbox>,
    /// What stands at the entrance.
    pub lobby: Arc<dyn Lobby>,
    /// Where calls leave their stories.
    pub ledger: Arc<dyn Ledger>,
    /// The ears; without them there are keys and typed text.
    pub ears: Option<Ears>,
    /// The voice.
    pub voice: Voice,
}

/// The telephone line with all its calls.
pub struct Reception {
    line: Line,
    calls: TaskTracker,
    stop: CancellationToken,
}

impl Reception {
    /// Opens the line, and takes calls from now on.
    ///
    /// # Errors
    /// Where an address, a file or a password is not to be had.
    pub async fn open(settings: &PhoneSettings, staff: Staff) -> Result<Self, StartError> {
        let (line, mut waiting) = Line::open(settings).await?;
        let Staff { inbox, lobby, ledger, ears, voice } = staff;
        let rooms = Arc::new(Rooms {
            inbox,
            lobby,
            ledger,
            ears,
            voice,
            book: Arc::new(book()),
            transfer_to: settings.transfer_to.clone(),
            recordings: settings.recordings.clone(),
        });
        let (calls, stop) = (TaskTracker::new(), CancellationToken::new());
        calls.spawn(warm(rooms.lobby.clone(), rooms.voice.clone(), stop.clone()));
        calls.spawn({
            let calls = calls.clone();
            async move {
                while let Some(leg) = waiting.recv().await {
                    calls.spawn(conduct(leg, rooms.clone()));
                }
            }
        });
        Ok(Self { line, calls, stop })
    }

    /// What the line counts.
    #[must_use]
    pub fn counters(&self) -> &Arc<Counters> {
        self.line.counters()
    }

    /// The door for calls by a provider's WebSocket, where the settings open it.
    #[must_use]
    pub fn media_streams(&self) -> Option<&MediaStreams> {
        self.line.media_streams()
    }

    /// The way out to callers: what is said on a call was said there and then.
    #[must_use]
    pub fn channel() -> Arc<dyn Channel> {
        Arc::new(Out)
    }

    /// Ends all calls, and waits until their stories are kept, but no longer than this.
    pub async fn shut(self, patience: Duration) {
        self.stop.cancel();
        self.line.shut().await;
        self.calls.close();
        if tokio::time::timeout(patience, self.calls.wait()).await.is_err() {
            tracing::warn!("calls were still under way when time was up");
        }
    }
}

struct Out;

impl Channel for Out {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn deliver<'a>(&'a self, _: &'a Parcel) -> Pending<'a, Result<(), Undelivered>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
