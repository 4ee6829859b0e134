//! The line as a whole: every door by which calls come, opened and shut together.

use crate::audiosocket::{self, Door};
use crate::counters::Counters;
use crate::leg::CallLeg;
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
    doors: TaskTracker,
    stop: CancellationToken,
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
        let limits = settings.limits;
        let (doors, stop) = (TaskTracker::new(), CancellationToken::new());
        if let Some(settings) = &settings.audiosocket {
            let listener = listen(settings).await?;
            let most = u64::from(limits.calls);
            let door = Door {
                calls: sender.clone(),
                counters: counters.clone(),
                stop: stop.clone(),
                most,
            };
            doors.spawn(audiosocket::serve(listener, settings.clone(), door));
        }
        let sip = match settings.speaks_sip() {
            true => Some(Sip::start(settings.clone(), sender, counters.clone()).await?),
            false => None,
        };
        Ok((Self { counters, sip, doors, stop }, calls))
    }

    /// What the line counts.
    #[must_use]
    pub fn counters(&self) -> &Arc<Counters> {
        &self.counters
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
