//! Keeps the library true to the pack on disk: when the folder changes, it is opened anew on a
//! blocking thread and the whole mind is swapped while questions go on. A broken pack changes
//! nothing but what `/readyz` says.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use arc_swap::ArcSwap;
use bot::Mind;
use jiff::Timestamp;
use knowledge::{Library, OpenError, Progress, pack::Broken, shelf};
use nlu::Encoder;
use notify::{RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{clock::Clock, models::Models};

/// An editor saves several files: wait until it has been quiet for this long.
const QUIET: Duration = Duration::from_millis(300);

/// The system tells of changes; what it misses (a folder swapped whole, a network disk) is found by
/// looking this often. Without help of the system, more often.
const LOOK: Duration = Duration::from_secs(30);
const LOOK_ALONE: Duration = Duration::from_secs(2);

/// Hears how far indexing is.
pub type Progressing = Arc<dyn Fn(Progress) + Send + Sync>;

/// What is served, and what is wrong with what is on disk.
pub(super) struct Pack {
    pub fingerprint: String,
    pub since: Timestamp,
    pub broken: Option<String>,
}

impl Pack {
    /// The fingerprint's beginning, enough to compare by eye.
    pub fn short(&self) -> &str {
        self.fingerprint.get(..12).unwrap_or(&self.fingerprint)
    }
}

/// Opens a library on a blocking thread; indexes it when the pack is new. With the sentence encoder,
/// where it is installed.
pub async fn open(
    pack: PathBuf,
    index: PathBuf,
    models: Models,
    progress: Progressing,
) -> Result<Library, OpenError> {
    // Both read large tables, and neither needs the other.
    let warming = tokio::task::spawn_blocking(nlu::tokens::warm_up);
    let encoder = tokio::task::spawn_blocking(move || models.encoder()).await.ok().flatten();
    let _ = warming.await;
    open_again(pack, index, encoder, progress).await
}

/// The same with an encoder that was read before.
async fn open_again(
    pack: PathBuf,
    index: PathBuf,
    encoder: Option<Arc<Encoder>>,
    progress: Progressing,
) -> Result<Library, OpenError> {
    let path = pack.clone();
    let opening =
        move || Library::open_with(&pack, &index, encoder.as_ref(), &|step| progress(step));
    match tokio::task::spawn_blocking(opening).await {
        Ok(opened) => opened,
        Err(panic) => Err(OpenError::Io { path, error: std::io::Error::other(panic) }),
    }
}

/// The keeper.
pub(super) struct Keeper {
    pack: PathBuf,
    index: PathBuf,
    mind: Arc<ArcSwap<Mind>>,
    state: Arc<ArcSwap<Pack>>,
    clock: Clock,
    /// The state of the files that was looked at last, whether it could be served or not.
    seen: String,
}

impl Keeper {
    /// A keeper of what was just opened.
    pub fn new(
        pack: PathBuf,
        index: PathBuf,
        mind: Arc<ArcSwap<Mind>>,
        fingerprint: String,
        clock: Clock,
    ) -> Keeper {
        let seen = fingerprint.clone();
        let state = Pack { fingerprint, since: clock.now(), broken: None };
        Keeper { state: Arc::new(ArcSwap::from_pointee(state)), pack, index, mind, clock, seen }
    }

    /// What is served, as it changes.
    pub fn state(&self) -> Arc<ArcSwap<Pack>> {
        self.state.clone()
    }

    /// Watches until told to stop.
    pub async fn run(mut self, stop: CancellationToken) {
        let (sender, mut changes) = mpsc::channel(1);
        let watcher = watch(&self.pack, sender);
        let every = if watcher.is_some() { LOOK } else { LOOK_ALONE };
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                Some(()) = changes.recv() => {
                    while let Ok(Some(())) = tokio::time::timeout(QUIET, changes.recv()).await {}
                }
                () = tokio::time::sleep(every) => {}
            }
            let folder = self.pack.clone();
            let now = tokio::task::spawn_blocking(move || shelf::fingerprint(&folder)).await;
            // A folder that is not there has no state; opening it tells what is wrong.
            let now = now.ok().and_then(Result::ok).unwrap_or_default();
            if now != self.seen {
                self.seen = now;
                self.reopen().await;
            }
        }
    }

    async fn reopen(&self) {
        let before = self.state.load();
        let encoder = self.mind.load().library().encoder().cloned();
        let (pack, index) = (self.pack.clone(), self.index.clone());
        match open_again(pack, index, encoder, Arc::new(|_| {})).await {
            Ok(library) => {
                let fingerprint = library.fingerprint().to_owned();
                if fingerprint != before.fingerprint {
                    self.mind.store(Arc::new(Mind::new(Arc::new(library))));
                    let since = self.clock.now();
                    self.state.store(Arc::new(Pack { fingerprint, since, broken: None }));
                    tracing::info!(pack = self.state.load().short(), "a new pack is served");
                } else if before.broken.is_some() {
                    let (fingerprint, since) = (before.fingerprint.clone(), before.since);
                    self.state.store(Arc::new(Pack { fingerprint, since, broken: None }));
                    tracing::info!("the pack on disk is whole again");
                }
            }
            Err(error) => {
                let (fingerprint, since) = (before.fingerprint.clone(), before.since);
                let broken = findings(&error);
                tracing::error!(%broken, "the pack on disk is broken; the last good one is served");
                self.state.store(Arc::new(Pack { fingerprint, since, broken: Some(broken) }));
            }
        }
    }
}

/// Asks the system to tell of changes. `None` where it cannot.
fn watch(pack: &Path, changed: mpsc::Sender<()>) -> Option<notify::RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Full means that a change is known already.
            let _ = changed.try_send(());
        }
    };
    let watching = notify::recommended_watcher(tell).and_then(|mut watcher| {
        watcher.watch(pack, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    watching
        .inspect_err(|error| {
            tracing::warn!(%error, "the system does not tell of changes; looking at the pack instead");
        })
        .ok()
}

/// How many findings are named where there is little room.
const NAMED: usize = 3;

/// What is wrong with a pack: the first findings, how many there are, and the next step.
pub(super) fn findings(error: &OpenError) -> String {
    let OpenError::Broken(Broken { findings }) = error else { return error.to_string() };
    let first: Vec<_> = findings.iter().take(NAMED).map(ToString::to_string).collect();
    let all = match findings.len() {
        1 => "1 finding".to_owned(),
        all => format!("{all} findings in all"),
    };
    format!("{}\n{all}; `wendu check` tells every one and what to do", first.join("\n"))
}
