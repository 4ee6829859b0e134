//! The line as a whole: every door by which calls come, opened and shut together.

use crate::audiosocket;
use crate::counters::Counters;
use crate::leg::CallLeg;
use crate::media_streams::MediaStreams;
use crate::settings::{AudioSocketSettings, PhoneSettings};
use crate::sip::{Sip, StartError};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Calls that wait to be taken before they are dropped: nobody takes them any more.
const WAITING: usize = 1024;

/// A line that takes calls.
pub struct Line {
    counters: Arc<Counters>,
    sip: Option<Sip>,
    media_streams: Option<MediaStreams>,
    doors: TaskTracker,
    stop: CancellationToken,
}

/// What doors need that take calls by a connection each.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) calls: mpsc::Sender<Box<dyn CallLeg>>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) stop: CancellationToken,
    /// Calls that are taken at once.
    pub(crate) most: u64,
}

impl Entry {
    /// Whether one more call can be taken.
    pub(crate) fn has_room(&self) -> bool {
        !self.stop.is_cancelled() && self.counters.read().in_progress < self.most
    }
}

impl Line {
    /// Opens the line. Calls come by the receiver, each once it can be heard and spoken to; when the
    /// receiver is dropped, callers are hung up on.
    ///
    /// # Errors
    /// Where an address, a file or a password is not to be had.
    pub async fn open(
        settings: &PhoneSettings,
    ) -> Result<(Self, mpsc::Receiver<Box<dyn CallLeg>>), StartError> {
        let (sender, calls) = mpsc::channel(WAITING);
        let counters = Arc::new(Counters::default());
        let (doors, stop) = (TaskTracker::new(), CancellationToken::new());
        let most = u64::from(settings.limits.calls);
        let entry =
            Entry { calls: sender.clone(), counters: counters.clone(), stop: stop.clone(), most };
        if let Some(settings) = &settings.audiosocket {
            let listener = listen(settings).await?;
            doors.spawn(audiosocket::serve(listener, settings.clone(), entry.clone()));
        }
        let media_streams = match &settings.media_streams {
            Some(settings) => Some(MediaStreams::new(settings, entry)?),
            None => None,
        };
        let sip = match settings.speaks_sip() {
            true => Some(Sip::start(settings.clone(), sender, counters.clone()).await?),
            false => None,
        };
        Ok((Self { counters, sip, media_streams, doors, stop }, calls))
    }

    /// What the line counts.
    #[must_use]
    pub fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// The door for calls by a provider's WebSocket, where the settings open it.
    #[must_use]
    pub fn media_streams(&self) -> Option<&MediaStreams> {
        self.media_streams.as_ref()
    }

    /// Takes no more calls, ends those that last, and shuts the line.
    pub async fn shut(self) {
        self.stop.cancel();
        self.doors.close();
        self.doors.wait().await;
        if let Some(sip) = self.sip {
            sip.stop().await;
        }
    }
}

async fn listen(settings: &AudioSocketSettings) -> Result<TcpListener, StartError> {
    let address = settings.listen;
    TcpListener::bind(address).await.map_err(|error| StartError::Listen {
        address,
        kind: "AudioSocket",
        problem: error.to_string(),
    })
}
