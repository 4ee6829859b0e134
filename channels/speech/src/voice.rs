//! The voice: text in, sound out, sentence by sentence, in Mandarin and English. Sentences that were
//! said before come from a cache on disk. What is said, and when, is decided elsewhere; how numbers
//! and names are read stands in `spoken` and `phonemes`.

mod cache;
mod espeak;
mod kokoro;
mod render;
mod sentences;
mod settings;

pub use sentences::{Sentence, sentences};
pub use settings::VoiceSettings;

use crate::LanguageIdentifier;
use cache::{Cache, Key};
use render::{Order, Renderer};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore, oneshot};
use tokio_util::sync::CancellationToken;

/// Samples a second of all sound that leaves here.
pub const RATE_HZ: u32 = 16_000;

/// How long what nobody waits for looks away while somebody waits.
const GIVING_WAY: Duration = Duration::from_millis(50);

/// Sentences that may wait to be made into sound.
const WAITING: usize = 64;

/// How fast a sentence is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pace {
    /// As people usually speak.
    #[default]
    Usual,
    /// About 15 % slower, spoken so and not stretched.
    Slow,
}

/// Why a sentence has no sound.
#[derive(Clone, Debug, thiserror::Error)]
pub enum VoiceError {
    /// There is no voice for this language.
    #[error("there is no voice for {0}; `wendu models fetch` gets one")]
    Mute(LanguageIdentifier),
    /// As many sentences already wait as may.
    #[error("more is to be said than can be made into sound in time")]
    Full,
    /// The model or the program failed.
    #[error("the voice failed: {0}")]
    Failed(String),
}

/// A voice; a clone speaks with the same.
#[derive(Clone)]
pub struct Voice {
    shared: Arc<Shared>,
}

/// Sounds that are being made now.
type Bench = Mutex<HashMap<Key, Arc<OnceCell<Arc<[i16]>>>>>;

struct Shared {
    renderer: Renderer,
    cache: Cache,
    /// Where the model is, for a second one that works in the background.
    models: PathBuf,
    settings: VoiceSettings,
    /// Who may wait.
    places: Semaphore,
    /// Sentences that are being made, so that none is made twice at once.
    making: Bench,
    /// Sentences that somebody waits for.
    wanted: AtomicUsize,
}

impl Voice {
    /// Opens the voice. Where the model is missing or broken, espeak-ng speaks English; where that
    /// is missing too, nothing is said. The log says so in a line, with the next step.
    #[must_use]
    pub fn open(settings: &VoiceSettings, models: &Path, cache: &Path) -> Self {
        Self {
            shared: Arc::new(Shared {
                renderer: Renderer::open(settings, models),
                cache: Cache::open(cache, u64::from(settings.cache_mib) << 20),
                models: models.to_owned(),
                settings: settings.clone(),
                places: Semaphore::new(WAITING),
                making: Mutex::default(),
                wanted: AtomicUsize::new(0),
            }),
        }
    }

    /// Whether this language is spoken.
    #[must_use]
    pub fn speaks(&self, language: &LanguageIdentifier) -> bool {
        self.shared.renderer.speaks(language)
    }

    /// The sound of a sentence, 16 kHz, if it was made before.
    #[must_use]
    pub fn cached(&self, sentence: &Sentence, pace: Pace) -> Option<Arc<[i16]>> {
        self.shared.cache.get(self.shared.renderer.order(sentence, pace)?.key)
    }

    /// The sound of a sentence, 16 kHz: from the cache, or made now.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub async fn say(&self, sentence: &Sentence, pace: Pace) -> Result<Arc<[i16]>, VoiceError> {
        let mute = || VoiceError::Mute(sentence.language().clone());
        let order = self.shared.renderer.order(sentence, pace).ok_or_else(mute)?;
        let _place = self.shared.places.try_acquire().map_err(|_| VoiceError::Full)?;
        let _wanted = Wanted::count(&self.shared.wanted);
        let making = Making::join(&self.shared.making, order.key);
        making.sound.get_or_try_init(|| self.make(order)).await.cloned()
    }

    /// Makes the sound of sentences that were not said before, one after the other, giving way to
    /// those that somebody waits for. `told` hears how many are done, of how many.
    pub async fn warm(
        &self,
        sentences: Vec<Sentence>,
        stop: &CancellationToken,
        told: impl Fn(usize, usize) + Send + 'static,
    ) {
        if !self.shared.settings.ahead {
            return;
        }
        let (voice, stopped) = (self.clone(), stop.clone());
        let (ended, end) = oneshot::channel();
        // A thread of its own: a pooled one would stay slow for whoever works on it next.
        let work = move || {
            render::give_way();
            voice.warm_up(&sentences, &stopped, &told);
            let _ = ended.send(());
        };
        if let Err(error) = std::thread::Builder::new().name("voice".to_owned()).spawn(work) {
            tracing::warn!(%error, "what will be said on calls is not made beforehand");
            return;
        }
        // The work stops by itself; on a shutdown it is not waited for.
        tokio::select! {
            _ = end => {}
            () = stop.cancelled() => {}
        }
    }

    fn warm_up(
        &self,
        sentences: &[Sentence],
        stop: &CancellationToken,
        told: &dyn Fn(usize, usize),
    ) {
        let shared = &self.shared;
        let mut seen = HashSet::new();
        let missing: Vec<Order> = sentences
            .iter()
            .take_while(|_| !stop.is_cancelled())
            .filter_map(|sentence| shared.renderer.order(sentence, Pace::Usual))
            .filter(|order| seen.insert(order.key) && !shared.cache.has(order.key))
            .collect();
        if missing.is_empty() {
            return;
        }
        tracing::info!(sentences = missing.len(), "making the sound of what will be said on calls");
        let renderer = shared.renderer.again(&shared.settings, &shared.models);
        let always = Arc::new(());
        let wanted = Arc::downgrade(&always);
        for (at, order) in missing.iter().enumerate() {
            while shared.wanted.load(Relaxed) > 0 && !stop.is_cancelled() {
                std::thread::sleep(GIVING_WAY);
            }
            if stop.is_cancelled() {
                return;
            }
            // Somebody may have asked for it meanwhile.
            if !shared.cache.has(order.key) {
                match renderer.render(order, &wanted) {
                    Ok(sound) => shared.cache.put(order.key, &sound),
                    Err(error) => tracing::warn!(%error, "a sentence could not be made into sound"),
                }
            }
            told(at + 1, missing.len());
        }
        tracing::info!("the sound of what will be said on calls is made");
    }

    async fn make(&self, order: Order) -> Result<Arc<[i16]>, VoiceError> {
        let shared = self.shared.clone();
        // Dropped with this future: who hung up or went on is not waited for.
        let waiting = Arc::new(());
        let wanted = Arc::downgrade(&waiting);
        let work = move || {
            if let Some(sound) = shared.cache.get(order.key) {
                return Ok(sound);
            }
            let sound: Arc<[i16]> = shared.renderer.render(&order, &wanted)?.into();
            shared.cache.put(order.key, &sound);
            Ok(sound)
        };
        let failed = |error: tokio::task::JoinError| VoiceError::Failed(error.to_string());
        let made = tokio::task::spawn_blocking(work).await.map_err(failed)?;
        drop(waiting);
        made
    }
}

impl Pace {
    fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Slow => "slow",
        }
    }

    /// The model's own measure of it.
    fn speed(self) -> f32 {
        match self {
            Self::Usual => 1.0,
            Self::Slow => 0.85,
        }
    }
}

/// One who waits for a sound that is being made. The last to leave, with it or without, clears up.
struct Making<'a> {
    bench: &'a Bench,
    key: Key,
    sound: Arc<OnceCell<Arc<[i16]>>>,
}

impl<'a> Making<'a> {
    fn join(bench: &'a Bench, key: Key) -> Self {
        let mut all = bench.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = all.entry(key).or_default().clone();
        drop(all);
        Self { bench, key, sound }
    }
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        let mut all = self.bench.lock().unwrap_or_else(PoisonError::into_inner);
        // One is the bench's, one is this one's.
        if Arc::strong_count(&self.sound) <= 2 {
            all.remove(&self.key);
        }
    }
}

/// Counts somebody who waits for a sentence.
struct Wanted<'a>(&'a AtomicUsize);

impl<'a> Wanted<'a> {
    fn count(wanted: &'a AtomicUsize) -> Self {
        wanted.fetch_add(1, Relaxed);
        Self(wanted)
    }
}

impl Drop for Wanted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests;
