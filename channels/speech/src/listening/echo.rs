//! Our own voice, come back: a speakerphone's microphone hears what its loudspeaker plays, 20 to 400 ms
//! after we played it, quieter and coloured by the line.
//!
//! The loudness of what is heard is laid against the loudness of what was played, in two bands and 5 ms
//! steps, at every delay. Where one delay fits well and the sound is no louder than an echo was so far,
//! it is ours. A person who speaks over it is louder than the echo or does not rise and fall with it.
//! The phase is not looked at: codecs, jitter buffers and sound cards do not keep it.

use std::collections::VecDeque;

/// Steps in a frame of 20 ms.
const STEPS: usize = 4;

/// The longest delay, in steps.
const DELAY: usize = 420 / 5;

/// How much of what was heard is compared, in steps.
const COMPARED: usize = 300 / 5;

/// A correlation from which two loudnesses have one source.
const SAME: f32 = 0.7;

/// Frames of playing after which the coupling is known.
const LEARNED: u32 = 25;

/// How much louder than the echo so far, as a ratio of amplitudes, is surely somebody else.
const LOUDER: f32 = 2.5;

/// Below this nothing is played or heard: the hiss of a line.
const SILENT: f32 = 30.0;

/// Loudness in two bands.
type Step = [f32; 2];

/// Keeps what was played and heard of late.
pub struct Echo {
    played: VecDeque<Step>,
    heard: VecDeque<Step>,
    split: [Split; 2],
    /// The loudest echo so far by the loudest of what was played then.
    coupling: f32,
    /// Frames from which that is known.
    learned: u32,
    plays: bool,
}

impl Echo {
    pub fn new(rate_hz: u32) -> Echo {
        Echo {
            played: VecDeque::from(vec![[0.0; 2]; DELAY + COMPARED]),
            heard: VecDeque::from(vec![[0.0; 2]; COMPARED]),
            split: [Split::new(rate_hz), Split::new(rate_hz)],
            coupling: 0.0,
            learned: 0,
            plays: false,
        }
    }

    /// Whether we play something now.
    pub fn plays(&self) -> bool {
        self.plays
    }

    /// Whether it is known how loud an echo is.
    pub fn is_known(&self) -> bool {
        self.learned >= LEARNED
    }

    /// Whether what was heard in this frame is what we played. To be asked about every frame.
    pub fn is_ours(&mut self, heard: &[i16], playing: Option<&[i16]>, voiced: bool) -> bool {
        self.plays = playing.is_some_and(|frame| !frame.is_empty());
        push(&mut self.played, self.split[0].steps(playing.unwrap_or_default()));
        push(&mut self.heard, self.split[1].steps(heard));
        let played = loudest(self.played.iter());
        let now = loudest(self.heard.iter().rev().take(STEPS));
        if played < SILENT {
            return false;
        }
        let known = self.is_known();
        if known && now > LOUDER * self.coupling * played + SILENT {
            return false;
        }
        // Nothing that loud ever came back: a caller's quiet words are their own.
        let ours = self.likeness() >= SAME || (known && now <= self.coupling * played);
        if ours || !voiced {
            self.learn(now / played);
        }
        ours
    }

    /// Takes over how loud an echo is, quickly upwards and slowly downwards.
    fn learn(&mut self, ratio: f32) {
        self.learned = self.learned.saturating_add(1);
        self.coupling = (self.coupling * 0.998).max(ratio.min(1.5));
    }

    /// The best correlation of what was heard with what was played, over all delays.
    fn likeness(&self) -> f32 {
        let heard: Vec<Step> = self.heard.iter().map(compressed).collect();
        let played: Vec<Step> = self.played.iter().map(compressed).collect();
        (0..=DELAY)
            .map(|from| correlation(&heard, &played[from..from + COMPARED]))
            .fold(0.0, f32::max)
    }
}

/// Loudness as ears feel it, nearly; silence is nought.
fn compressed(step: &Step) -> Step {
    step.map(|loudness| (1.0 + loudness / SILENT).ln())
}

fn loudest<'a>(steps: impl Iterator<Item = &'a Step>) -> f32 {
    steps.map(|step| step[0].hypot(step[1])).fold(0.0, f32::max)
}

/// Adds the newest steps and forgets as many of the oldest.
fn push(kept: &mut VecDeque<Step>, steps: [Step; STEPS]) {
    kept.drain(..STEPS);
    kept.extend(steps);
}

/// Pearson's, over both bands, each about its own mean: a line that dulls the sound changes nothing.
fn correlation(one: &[Step], other: &[Step]) -> f32 {
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for band in 0..2 {
        let mean = |steps: &[Step]| {
            steps.iter().map(|step| step[band]).sum::<f32>() / steps.len().max(1) as f32
        };
        let (middle, other_middle) = (mean(one), mean(other));
        for (a, b) in one.iter().zip(other) {
            let (a, b) = (a[band] - middle, b[band] - other_middle);
            both += a * b;
            first += a * a;
            second += b * b;
        }
    }
    if first > 0.0 && second > 0.0 { both / (first * second).sqrt() } else { 0.0 }
}

/// Splits sound at about 1 kHz by one pole.
struct Split {
    share: f32,
    low: f32,
}

impl Split {
    fn new(rate_hz: u32) -> Split {
        Split { share: 1.0 - (-std::f32::consts::TAU * 1_000.0 / rate_hz as f32).exp(), low: 0.0 }
    }

    /// The loudness of a frame in steps; silence where there is no frame.
    fn steps(&mut self, frame: &[i16]) -> [Step; STEPS] {
        let mut steps = [[0.0; 2]; STEPS];
        let each = frame.len().div_ceil(STEPS).max(1);
        for (step, samples) in steps.iter_mut().zip(frame.chunks(each)) {
            let mut sums = [0f32; 2];
            for sample in samples {
                let sample = f32::from(*sample);
                self.low += self.share * (sample - self.low);
                sums[0] += self.low * self.low;
                sums[1] += (sample - self.low).powi(2);
            }
            *step = sums.map(|sum| (sum / samples.len() as f32).sqrt());
        }
        steps
    }
}
