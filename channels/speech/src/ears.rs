//! Ears: sound in, text out, by whisper.cpp. The model is loaded once; each transcription borrows
//! one of a few states and computes on a blocking thread. When somebody speaks and when a turn ends
//! is `listening`'s affair; what the text means is nobody's here.

mod digits;
mod doubt;
mod hearing;
mod lighter;
mod model;
mod prompt;
mod saying;
mod settings;
mod sureness;
mod vocabulary;
mod window;

pub use digits::read as digits_of;
pub use settings::{EarsError, EarsSettings};

use crate::LanguageIdentifier;
use hearing::{Gone, Means};
use model::Model;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Semaphore, TryAcquireError};
use whisper_rs::WhisperState;

/// Samples a second that the ears want.
pub const RATE_HZ: u32 = 16_000;

/// The ears; a clone hears with the same model.
#[derive(Clone)]
pub struct Ears {
    shared: Arc<Shared>,
}

struct Shared {
    model: Model,
    /// States that nobody computes with; as many as `turns` has permits.
    states: Mutex<Vec<WhisperState>>,
    /// Who may compute now.
    turns: Arc<Semaphore>,
    /// Who may compute or wait.
    places: Arc<Semaphore>,
    /// How many states there are.
    all: usize,
    /// Processor threads for all that compute.
    threads: usize,
}

/// What is asked of the ears beside the sound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The languages that it may be, likeliest first. One is taken as given; of several, one is
    /// chosen by the sound. None at all means Chinese or English.
    pub languages: Vec<LanguageIdentifier>,
    /// Words that are likely to be said, by language: the names that a pack teaches. They are given
    /// to the model as if said before; about [`PROMPT_CHARACTERS`] are used, so the likeliest first.
    pub prompts: Vec<(LanguageIdentifier, Arc<str>)>,
    /// What was asked of the speaker.
    pub expecting: Expecting,
}

/// How much of a prompt is used. Each character costs time, for it is read before every utterance.
pub const PROMPT_CHARACTERS: usize = 120;

/// What the speaker was asked for; it is read with that in mind, and anything else is still heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Expecting {
    /// No more is known.
    #[default]
    Anything,
    /// A yes or a no.
    YesNo,
    /// One of a few choices: "the second", "第二个", or the name of one.
    Choice,
    /// A row of digits. If that is what was said, the text is these digits and nothing else.
    Digits,
    /// A day.
    Date,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The words, in simplified characters where they are Chinese; empty when nothing was said.
    pub text: String,
    /// The language that they are in.
    pub language: LanguageIdentifier,
    /// How likely the text is right to the word, from 0 to 1: a logistic curve through the model's
    /// own certainty, fitted on recordings; `sureness` says how. 0 when nothing was said.
    pub confidence: f32,
    /// What else it may have been, likelier first; mostly empty.
    pub others: Vec<String>,
}

/// Why there is no transcript.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// As many already wait as may. Say so, or try again.
    #[error("the ears have as much to hear as they can take")]
    Full,
    /// The model could not compute it.
    #[error("the ears failed")]
    Failed,
}

impl Ears {
    /// Loads the model. `models` is the folder of all models; the ears' lie in its `ears`.
    /// Takes about a second, and blocks.
    pub fn open(settings: &EarsSettings, models: &Path) -> Result<Ears, EarsError> {
        settings.check()?;
        let model = Model::open(settings, models)?;
        let states = (0..settings.states).map(|_| model.state()).collect::<Result<Vec<_>, _>>()?;
        Ok(Ears {
            shared: Arc::new(Shared {
                turns: Arc::new(Semaphore::new(states.len())),
                places: Arc::new(Semaphore::new(states.len() + settings.queue)),
                all: states.len(),
                threads: settings.threads,
                states: Mutex::new(states),
                model,
            }),
        })
    }

    /// The text of `sound`: one channel, [`RATE_HZ`], from -1 to 1. Any length; half a minute is
    /// heard at once, longer sound in parts. Dropping the future stops the work at its next step.
    pub async fn transcribe(&self, sound: Vec<f32>, asked: Asked) -> Result<Transcript, Unheard> {
        let shared = self.shared.clone();
        let place = shared.places.clone().try_acquire_owned().map_err(|error| match error {
            TryAcquireError::NoPermits => Unheard::Full,
            TryAcquireError::Closed => Unheard::Failed,
        })?;
        let turn = shared.turns.clone().acquire_owned().await.map_err(|_| Unheard::Failed)?;
        let wanted = Wanted::default();
        let gone = wanted.0.clone();
        let work = move || {
            // Both go back only when the work has truly ended, also when nobody waits for it.
            let _held = (place, turn);
            let mut state = shared.take()?;
            let means = Means { model: &shared.model, threads: shared.share(), gone: Gone(&gone) };
            let heard = hearing::hear(&means, &mut state, &sound, &asked);
            shared.put_back(state);
            heard
        };
        // `wanted` lives until this future ends or is dropped, and says so to the work.
        let heard = tokio::task::spawn_blocking(work).await.map_err(|_| Unheard::Failed)?;
        drop(wanted);
        heard
    }
}

/// Says on being dropped that the transcription is no longer wanted.
#[derive(Default)]
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    /// A free state; a new one in the place of one that a panic took along.
    fn take(&self) -> Result<WhisperState, Unheard> {
        let free = self.states.lock().unwrap_or_else(|broken| broken.into_inner()).pop();
        match free {
            Some(state) => Ok(state),
            None => self.model.state().map_err(|_| Unheard::Failed),
        }
    }

    /// Processor threads for one of those that compute now.
    fn share(&self) -> usize {
        let busy = self.all - self.turns.available_permits().min(self.all);
        (self.threads / busy.max(1)).max(1)
    }

    fn put_back(&self, state: WhisperState) {
        self.states.lock().unwrap_or_else(|broken| broken.into_inner()).push(state);
    }
}
