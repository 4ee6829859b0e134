//! One caller's turns: frames of sound in, and out come the beginning of speech, a first pause, the
//! end of a turn. No clock and no I/O: a frame is 20 ms, and time is counted in frames. What was said
//! is the ears' affair; what to do when somebody interrupts is the call's.
//!
//! While we play something, `Perhaps` comes before everything: somebody may be about to speak. Either
//! `Began` or `Backchannel` follows it.
//!
//! The events of a turn: `Began`, then `Paused` and `WentOn` as often as the speaker stops and goes
//! on, then a last `Paused` and `Ended`. A person who takes long to find words may be taken to have
//! ended and then go on: the next turn then [joins](Listener::joins) the last, so that nothing that
//! was said is lost, and the listener waits longer from then on.

mod echo;
mod hush;
mod patience;
mod voice;

pub use patience::Patience;

use crate::clip::resample;
use crate::ears::RATE_HZ;
use echo::Echo;
use hush::Hush;
use patience::EndOfTurn;
use std::collections::VecDeque;
use voice::{Frame, Voice};

/// The length of a frame in milliseconds.
pub const FRAME_MS: u32 = 20;

/// Sound kept from before speech was noticed: its first consonant is quiet.
const BEFORE_MS: u32 = 300;

/// A pause after which the sound is worth transcribing.
const PAUSE_MS: u32 = 200;

/// Speech that ends a pause.
const ON_MS: u32 = 60;

/// The sound of a voice that is an interruption, and how much of it must be clear speech: whether it
/// is is known later than it is heard.
const BEGIN_MS: u32 = 100;
const CLEAR_MS: u32 = 40;

/// A hum as long as this is speech too.
const HUM_MS: u32 = 460;

/// Speech that is a turn although it did not last: "no", "six", "嗯" where nothing is being played.
const SHORT_MS: u32 = 60;

/// What was no speech for so long is noise.
const NOISE_MS: u32 = 3_000;

/// The longest turn: what the ears hear at once, less what they look at after it.
const LONGEST_MS: u32 = 28_000;

/// Silence after which the next speech is another turn, not the last one going on.
const JOIN_MS: u32 = 2_500;

/// What the listener noticed.
#[derive(Debug, Clone, PartialEq)]
pub enum Listened {
    /// Somebody may be about to speak while we play: be silent, and wait for what follows.
    Perhaps,
    /// Somebody surely speaks: stop playing. Neither a click, nor a cough, nor a hum of assent.
    Began,
    /// A first short pause, 200 ms after the last sound of speech: the turn so far, 16 kHz, with a
    /// little silence on both sides. It may be transcribed already.
    Paused(Vec<f32>),
    /// The speaker goes on: throw that transcription away; another `Paused` will come.
    WentOn,
    /// The turn has ended. The sound is that of the last `Paused`, sample for sample, so its
    /// transcription is this turn's. A `Paused` comes before every `Ended`.
    Ended(Vec<f32>),
    /// A cough, or "嗯" while we speak: nothing to stop for. Go on.
    Backchannel,
}

/// Listens to one caller.
pub struct Listener {
    rate_hz: u32,
    voice: Voice,
    echo: Echo,
    end: EndOfTurn,
    hush: Hush,
    stage: Stage,
    /// The sound of a voice just now, before it is sure that it is speech.
    vowel_ms: u32,
    /// The turn so far, or what was heard last while nobody speaks; as it came in.
    sound: VecDeque<i16>,
    /// What else this frame brought.
    waiting: VecDeque<Listened>,
    /// Silence since the last turn ended.
    since_ended_ms: Option<u32>,
    joins: bool,
    /// What the last `Paused` told.
    told: Vec<f32>,
}

/// Where a turn is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// Nobody speaks.
    Silent,
    /// There is sound that may become speech.
    Perhaps(Perhaps),
    /// Somebody speaks; silent for so long.
    Speaking { silent_ms: u32, on_ms: u32, turn_ms: u32 },
    /// A pause that was told; silent for so long, and perhaps speaking again for so long.
    Paused { silent_ms: u32, on_ms: u32, turn_ms: u32 },
}

/// Sound that may become speech.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Perhaps {
    /// Speech that no hum or cough sounds like.
    clear_ms: u32,
    /// The sound of a voice, be it clear speech or not.
    vowel_ms: u32,
    /// Speech and hums.
    pitched_ms: u32,
    silent_ms: u32,
    /// Since it began.
    all_ms: u32,
}

impl Listener {
    /// A listener to frames of 20 ms with `rate_hz` samples a second, 8,000 to 48,000.
    pub fn new(rate_hz: u32) -> Listener {
        let rate_hz = rate_hz.clamp(8_000, 48_000);
        Listener {
            rate_hz,
            voice: Voice::new(rate_hz),
            echo: Echo::new(rate_hz),
            end: EndOfTurn::default(),
            hush: Hush::default(),
            stage: Stage::Silent,
            vowel_ms: 0,
            sound: VecDeque::new(),
            waiting: VecDeque::new(),
            since_ended_ms: None,
            joins: false,
            told: Vec::new(),
        }
    }

    /// Takes what the caller said in 20 ms, and what we played in the same 20 ms if anything. A frame
    /// of another length is taken as 20 ms all the same.
    pub fn hear(&mut self, frame: &[i16], playing: Option<&[i16]>) -> Option<Listened> {
        self.keep(frame);
        let mut heard = self.voice.hear(frame);
        if self.echo.is_ours(frame, playing, heard.voiced) {
            heard = Frame::default();
        }
        self.since_ended_ms = self.since_ended_ms.map(|ms| ms.saturating_add(FRAME_MS));
        if self.hush.is_vain() {
            self.was_nothing();
        }
        self.take(heard);
        self.waiting.pop_front()
    }

    /// How long to wait for more: more patience for people who need it and questions that want thinking.
    pub fn patience(&mut self, patience: Patience) {
        self.end.set(patience);
    }

    /// Whether the turn that goes on, or has just ended, goes on where the last one was taken to
    /// have ended too early: hear both as one.
    pub fn joins(&self) -> bool {
        self.joins
    }

    /// One frame further.
    fn take(&mut self, heard: Frame) {
        self.stage = match self.stage {
            Stage::Silent => self.silent(heard),
            Stage::Perhaps(so_far) => self.perhaps(so_far.with(heard)),
            Stage::Speaking { silent_ms, on_ms, turn_ms } => {
                self.speaking(heard, silent_ms, on_ms, turn_ms + FRAME_MS)
            }
            Stage::Paused { silent_ms, on_ms, turn_ms } => {
                self.paused(heard, silent_ms, on_ms, turn_ms + FRAME_MS)
            }
        };
    }

    fn silent(&mut self, heard: Frame) -> Stage {
        self.vowel_ms = if heard.vowel { self.vowel_ms + FRAME_MS } else { 0 };
        if heard.voiced {
            let lead =
                Perhaps { vowel_ms: std::mem::take(&mut self.vowel_ms), ..Perhaps::default() };
            self.perhaps(lead.with(Frame { vowel: false, ..heard }))
        } else {
            self.forget_before();
            Stage::Silent
        }
    }

    fn perhaps(&mut self, so_far: Perhaps) -> Stage {
        let clear = so_far.clear_ms >= CLEAR_MS && so_far.vowel_ms >= BEGIN_MS;
        if clear || so_far.pitched_ms >= HUM_MS {
            return self.begin(so_far);
        }
        if self.echo.plays() && self.echo.is_known() && self.hush.begins(so_far) {
            self.waiting.push_back(Listened::Perhaps);
        }
        if so_far.silent_ms < PAUSE_MS && so_far.all_ms < NOISE_MS {
            return Stage::Perhaps(so_far);
        }
        let over_us = self.echo.plays() || self.hush.is_silent();
        if over_us || so_far.pitched_ms < SHORT_MS {
            if over_us {
                self.was_nothing();
            }
            self.forget_before();
            return Stage::Silent;
        }
        let stage = self.begin(so_far);
        self.pause();
        match stage {
            Stage::Speaking { silent_ms, turn_ms, .. } => {
                Stage::Paused { silent_ms, on_ms: 0, turn_ms }
            }
            other => other,
        }
    }

    /// A cough, or "嗯" while we speak.
    fn was_nothing(&mut self) {
        self.hush.was_vain();
        self.waiting.push_back(Listened::Backchannel);
    }

    fn begin(&mut self, so_far: Perhaps) -> Stage {
        self.hush.was_right();
        self.joins = self.since_ended_ms.is_some_and(|ms| ms < JOIN_MS);
        if let (true, Some(ms)) = (self.joins, self.since_ended_ms) {
            self.end.cut_off(ms.saturating_sub(so_far.all_ms));
        }
        self.since_ended_ms = None;
        self.waiting.push_back(Listened::Began);
        Stage::Speaking { silent_ms: so_far.silent_ms, on_ms: 0, turn_ms: so_far.all_ms }
    }

    fn speaking(&mut self, heard: Frame, silent_ms: u32, on_ms: u32, turn_ms: u32) -> Stage {
        let (silent_ms, on_ms) = if heard.voiced {
            let on_ms = on_ms + FRAME_MS;
            // One frame of noise in a pause is no speech.
            (if on_ms >= 2 * FRAME_MS { 0 } else { silent_ms + FRAME_MS }, on_ms)
        } else {
            (silent_ms + FRAME_MS, 0)
        };
        if silent_ms >= PAUSE_MS {
            self.pause();
            return Stage::Paused { silent_ms, on_ms: 0, turn_ms };
        }
        if turn_ms >= LONGEST_MS {
            self.pause();
            return self.finish();
        }
        Stage::Speaking { silent_ms, on_ms, turn_ms }
    }

    fn paused(&mut self, heard: Frame, silent_ms: u32, on_ms: u32, turn_ms: u32) -> Stage {
        let silent_ms = silent_ms + FRAME_MS;
        let on_ms = if heard.voiced { on_ms + FRAME_MS } else { on_ms.saturating_sub(FRAME_MS) };
        if on_ms >= ON_MS {
            self.end.paused(silent_ms.saturating_sub(on_ms));
            self.waiting.push_back(Listened::WentOn);
            return Stage::Speaking { silent_ms: 0, on_ms: 0, turn_ms };
        }
        // Somebody who has just begun to make a sound is not cut off by it.
        if silent_ms >= self.end.silence_ms() && on_ms == 0 {
            return self.finish();
        }
        Stage::Paused { silent_ms, on_ms, turn_ms }
    }

    /// Tells the turn so far.
    fn pause(&mut self) {
        self.told = self.so_far();
        self.waiting.push_back(Listened::Paused(self.told.clone()));
    }

    /// Ends the turn.
    fn finish(&mut self) -> Stage {
        self.end.ended();
        self.waiting.push_back(Listened::Ended(std::mem::take(&mut self.told)));
        self.since_ended_ms = Some(self.end.silence_ms());
        self.forget_before();
        Stage::Silent
    }

    /// The turn so far as the ears want it.
    fn so_far(&self) -> Vec<f32> {
        let sound: Vec<f32> =
            self.sound.iter().map(|sample| f32::from(*sample) / -f32::from(i16::MIN)).collect();
        // `new` takes only rates that can be converted.
        resample(&sound, self.rate_hz, RATE_HZ).unwrap_or_default()
    }

    /// Keeps a frame's sound; never more than the longest turn and what comes before it.
    fn keep(&mut self, frame: &[i16]) {
        self.sound.extend(frame);
        let most = self.samples(LONGEST_MS + 2 * PAUSE_MS + BEFORE_MS);
        self.drop_first(self.sound.len().saturating_sub(most));
    }

    /// Forgets what was heard longer ago than speech may have begun.
    fn forget_before(&mut self) {
        self.drop_first(self.sound.len().saturating_sub(self.samples(BEFORE_MS)));
    }

    fn drop_first(&mut self, samples: usize) {
        self.sound.drain(..samples);
    }

    fn samples(&self, ms: u32) -> usize {
        (u64::from(self.rate_hz) * u64::from(ms) / 1000) as usize
    }
}

impl Perhaps {
    /// One frame more.
    fn with(self, heard: Frame) -> Perhaps {
        let more = |ms: u32, is: bool| if is { ms + FRAME_MS } else { ms };
        Perhaps {
            clear_ms: more(self.clear_ms, heard.voiced && heard.clear),
            vowel_ms: more(self.vowel_ms, heard.vowel),
            pitched_ms: more(self.pitched_ms, heard.pitched),
            silent_ms: if heard.voiced { 0 } else { self.silent_ms + FRAME_MS },
            all_ms: self.all_ms + FRAME_MS,
        }
    }
}

#[cfg(test)]
#[path = "listening/tests.rs"]
mod tests;
