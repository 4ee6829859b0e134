//! What is being said: sentences become sound one after the other, a little ahead of what the caller
//! hears, so that the first is heard before the last is made, and little is lost when it is cut off.

use crate::call;
use crate::leg::{CallLeg, FRAME, Mark, Rate, Sound};
use bot::LanguageIdentifier;
use speech::sound::narrow;
use speech::voice::{Pace, Sentence, Voice, VoiceError, sentences};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// Sound that may wait on the line; the next sentence is handed over when less does.
const AHEAD: Duration = Duration::from_secs(2);
/// How much louder each wish makes it, and how much at most.
const LOUDER: f32 = 1.6;
const LOUDEST: f32 = 2.6;

type Rendering = Pin<Box<dyn Future<Output = Result<Arc<[i16]>, VoiceError>> + Send>>;

enum Item {
    Sentence(Sentence, Pace),
    Rest(Duration),
}

/// The mouth of one call.
pub(super) struct Speaker {
    voice: Voice,
    rate: Rate,
    gain: f32,
    waiting: VecDeque<Item>,
    rendering: Option<Rendering>,
    /// A sound that waits for room on the line.
    made: Option<Sound>,
    /// What lies on the line, to be known again where it comes back as an echo.
    playing: VecDeque<Sound>,
    /// Samples of the first of them that have left.
    left: usize,
    mark: Mark,
    /// Whether something was handed in that no [`Mark`] followed yet.
    is_unmarked: bool,
    is_paused: bool,
}

impl Speaker {
    pub(super) fn new(voice: Voice, rate: Rate) -> Self {
        Self {
            voice,
            rate,
            gain: 1.0,
            waiting: VecDeque::new(),
            rendering: None,
            made: None,
            playing: VecDeque::new(),
            left: 0,
            mark: 0,
            is_unmarked: false,
            is_paused: false,
        }
    }

    /// Says this after everything else.
    pub(super) fn say(&mut self, text: &str, language: &LanguageIdentifier, pace: call::Pace) {
        let pace = match pace {
            call::Pace::Usual => Pace::Usual,
            call::Pace::Slow => Pace::Slow,
        };
        let sentences = sentences(text, language);
        self.waiting.extend(sentences.into_iter().map(|sentence| Item::Sentence(sentence, pace)));
        self.is_unmarked = true;
    }

    pub(super) fn rest(&mut self, rest: Duration) {
        self.waiting.push_back(Item::Rest(rest));
        self.is_unmarked = true;
    }

    pub(super) fn louder(&mut self) {
        self.gain = (self.gain * LOUDER).min(LOUDEST);
    }

    /// Silence at once.
    pub(super) fn stop(&mut self, leg: &mut dyn CallLeg) {
        leg.clear();
        self.waiting.clear();
        self.rendering = None;
        self.made = None;
        self.playing.clear();
        self.left = 0;
        self.is_unmarked = false;
        self.is_paused = false;
        // What was marked before is not said any more.
        self.mark = self.mark.wrapping_add(1);
    }

    /// Silence, until it goes on or is stopped.
    pub(super) fn pause(&mut self, leg: &mut dyn CallLeg) {
        leg.pause();
        self.is_paused = true;
    }

    /// Goes on where it paused.
    pub(super) fn go_on(&mut self, leg: &mut dyn CallLeg) {
        if std::mem::take(&mut self.is_paused) {
            leg.go_on();
        }
    }

    /// Whether something is being said.
    pub(super) fn is_busy(&self) -> bool {
        self.is_unmarked || !self.playing.is_empty()
    }

    /// Waits until [`Speaker::play`] has something to do. Nothing is lost if the future is dropped.
    pub(super) async fn ready(&mut self) {
        if self.made.is_none() {
            self.make().await;
        }
        if self.on_the_line() > AHEAD {
            std::future::pending().await
        }
    }

    /// Makes the next sound; waits for ever where there is nothing to be made or marked.
    async fn make(&mut self) {
        loop {
            if let Some(rendering) = &mut self.rendering {
                let rendered = rendering.await;
                self.rendering = None;
                match rendered {
                    Ok(sound) => self.made = Some(self.fitted(&sound)),
                    Err(error) => tracing::warn!(%error, "a sentence could not be said"),
                }
                if self.made.is_some() {
                    return;
                }
            }
            match self.waiting.pop_front() {
                Some(Item::Sentence(sentence, pace)) => {
                    let voice = self.voice.clone();
                    self.rendering =
                        Some(Box::pin(async move { voice.say(&sentence, pace).await }));
                }
                Some(Item::Rest(rest)) => {
                    let samples = rest.as_millis() as usize * self.rate.frame() / 20;
                    self.made = Some(vec![0; samples].into());
                    return;
                }
                None if self.is_unmarked => return,
                None => return std::future::pending().await,
            }
        }
    }

    /// Hands over what is ready; whether it was sound.
    pub(super) fn play(&mut self, leg: &mut dyn CallLeg) -> bool {
        let played = match self.made.take() {
            Some(sound) => {
                let is_sound = sound.iter().any(|sample| *sample != 0);
                leg.play(sound.clone());
                self.playing.push_back(sound);
                is_sound
            }
            None => false,
        };
        if self.waiting.is_empty() && self.rendering.is_none() && self.is_unmarked {
            self.is_unmarked = false;
            self.mark = self.mark.wrapping_add(1);
            leg.mark(self.mark);
        }
        played
    }

    /// Whether this mark is the end of all that was to be said.
    pub(super) fn has_said_all(&mut self, mark: Mark) -> bool {
        let all = mark == self.mark && !self.is_unmarked;
        if all {
            self.playing.clear();
            self.left = 0;
        }
        all
    }

    /// The 20 ms that leave now; nothing where nothing is being played.
    pub(super) fn next_frame(&mut self) -> Option<Vec<i16>> {
        let mut frame = Vec::new();
        while !self.is_paused && frame.len() < self.rate.frame() {
            let Some(sound) = self.playing.front() else { break };
            let wanted = self.rate.frame() - frame.len();
            let rest = sound.get(self.left..).unwrap_or_default();
            let taken = rest.len().min(wanted);
            frame.extend_from_slice(&rest[..taken]);
            self.left += taken;
            if taken == rest.len() {
                self.playing.pop_front();
                self.left = 0;
            }
        }
        if frame.is_empty() {
            return None;
        }
        frame.resize(self.rate.frame(), 0);
        Some(frame)
    }

    fn on_the_line(&self) -> Duration {
        let samples: usize = self.playing.iter().map(|sound| sound.len()).sum();
        let frames = samples.saturating_sub(self.left) / self.rate.frame();
        FRAME * u32::try_from(frames).unwrap_or(u32::MAX)
    }

    /// At the line's rate, and as loud as was wished.
    fn fitted(&self, sound: &Arc<[i16]>) -> Sound {
        let fitted: Sound = match self.rate {
            Rate::Wide => sound.clone(),
            Rate::Narrow => narrow(sound).into(),
        };
        if self.gain <= 1.0 {
            return fitted;
        }
        let louder = |sample: &i16| {
            let value = f32::from(*sample) * self.gain;
            value.clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
        };
        fitted.iter().map(louder).collect()
    }
}
