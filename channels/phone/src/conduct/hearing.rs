//! From frames to words: the listener says when somebody speaks, the ears what was said. They begin
//! at the first short pause; if the caller goes on, that was in vain, and else time is won. A caller
//! who speaks again before the words are there is still saying the same thing: the words of both come
//! together.

use crate::leg::Rate;
use speech::ears::{Asked, Ears, RATE_HZ, Transcript, Unheard};
use speech::listening::{Listened, Listener, Patience};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

/// A pause is told so long after the last sound of speech.
const PAUSE: Duration = Duration::from_millis(200);

type Heard = Result<Transcript, Unheard>;

/// What is to be acted upon at once.
pub(super) enum Noticed {
    /// The caller may be about to speak.
    Perhaps,
    /// The caller was not.
    Nothing,
    /// The caller surely speaks.
    Began,
    /// The caller has ended; what was said comes as a [`Turn`].
    Ended {
        /// When the last sound of speech was heard.
        spoke_until: Instant,
    },
}

/// A turn of the caller's, written down.
pub(super) struct Turn {
    pub(super) result: Result<Transcript, Unheard>,
    pub(super) sound_ms: u64,
    /// From the end of the turn to the text; nothing where the text was there before.
    pub(super) text_after_ms: u64,
}

/// The ears of one call.
pub(super) struct Hearing {
    ears: Ears,
    listener: Listener,
    /// The caller speaks.
    speaks: bool,
    /// The turn that may have ended.
    trying: Option<Trying>,
    /// What has ended and is not told yet.
    ended: VecDeque<Trying>,
}

/// A transcription that is under way, or waits to be told.
struct Trying {
    transcribing: AbortOnDropHandle<Heard>,
    result: Option<Heard>,
    sound_ms: u64,
    spoke_until: Instant,
    ended: Instant,
}

impl Hearing {
    pub(super) fn new(ears: Ears, rate: Rate) -> Self {
        let listener = Listener::new(rate.hz());
        Self { ears, listener, speaks: false, trying: None, ended: VecDeque::new() }
    }

    pub(super) fn patience(&mut self, patience: Patience) {
        self.listener.patience(patience);
    }

    /// Takes 20 ms of the caller's side, and of ours.
    pub(super) fn hear(
        &mut self,
        frame: &[i16],
        playing: Option<&[i16]>,
        asked: impl FnOnce() -> Asked,
    ) -> Option<Noticed> {
        match self.listener.hear(frame, playing)? {
            Listened::Began => {
                self.speaks = true;
                return Some(Noticed::Began);
            }
            Listened::Paused(sound) => self.try_it(sound, asked()),
            Listened::WentOn => self.trying = None,
            Listened::Ended(_) => {
                self.speaks = false;
                let trying = self.trying.take()?;
                let spoke_until = trying.spoke_until;
                self.ended.push_back(Trying { ended: Instant::now(), ..trying });
                return Some(Noticed::Ended { spoke_until });
            }
            Listened::Perhaps => return Some(Noticed::Perhaps),
            Listened::Backchannel => return Some(Noticed::Nothing),
        }
        None
    }

    fn try_it(&mut self, sound: Vec<f32>, asked: Asked) {
        let sound_ms = sound.len() as u64 * 1_000 / u64::from(RATE_HZ);
        let ears = self.ears.clone();
        let transcribing = tokio::spawn(async move { ears.transcribe(sound, asked).await });
        let now = Instant::now();
        self.trying = Some(Trying {
            transcribing: AbortOnDropHandle::new(transcribing),
            result: None,
            sound_ms,
            spoke_until: now - PAUSE,
            ended: now,
        });
    }

    async fn turn(&mut self) -> Turn {
        for trying in self.ended.iter_mut().filter(|trying| trying.result.is_none()) {
            let heard = (&mut trying.transcribing).await;
            trying.result = Some(heard.unwrap_or(Err(Unheard::Failed)));
        }
        let Some(last) = self.ended.back().filter(|_| !self.speaks) else {
            return std::future::pending().await;
        };
        let text_after_ms = u64::try_from(last.ended.elapsed().as_millis()).unwrap_or(u64::MAX);
        let sound_ms = self.ended.iter().map(|trying| trying.sound_ms).sum();
        let results = self.ended.drain(..).filter_map(|trying| trying.result);
        let result = results.reduce(together).unwrap_or(Err(Unheard::Failed));
        Turn { result, sound_ms, text_after_ms }
    }
}

/// What was said in two goes.
fn together(first: Heard, then: Heard) -> Heard {
    let (first, then) = match (first, then) {
        (Ok(first), Ok(then)) => (first, then),
        (heard, Err(_)) | (Err(_), heard) => return heard,
    };
    if first.text.is_empty() {
        return Ok(then);
    }
    if then.text.is_empty() {
        return Ok(first);
    }
    let join = |then: &str| format!("{} {then}", first.text);
    Ok(Transcript {
        text: join(&then.text),
        others: then.others.iter().map(|other| join(other)).collect(),
        confidence: first.confidence.min(then.confidence),
        language: then.language,
    })
}

/// The next turn, once it has ended and is written down. Nothing is lost if the future is dropped.
pub(super) async fn turn(hearing: Option<&mut Hearing>) -> Turn {
    match hearing {
        Some(hearing) => hearing.turn().await,
        None => std::future::pending().await,
    }
}
