//! Whether a frame is speech (earshot), and whether it is clear speech: a voice that shapes sounds,
//! which a hum, a cough and a keypad do not.

use earshot::Detector;
use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Resampler};

/// What earshot takes at once: 16 ms of 16 kHz.
const DETECTED: usize = 256;

/// A score from which a frame is speech.
const SPEECH: f32 = 0.5;

/// A score that noise never has, not even where it sets in at once.
const SURELY: f32 = 0.6;

/// Sound quieter than this, a thousandth of the loudest, interrupts nobody.
const QUIET: f32 = 33.0;

/// So much quieter than a speaker was of late, 28 dB, is a pause: earshot takes a sixth of a second to
/// say so.
const PAUSE: f32 = 0.04;

/// How fast it is forgotten how loud a speaker was: by half in three seconds.
const FORGOTTEN: f32 = 0.9954;

/// A frame of which a linear prediction leaves less than this part is tones, one or two; µ-law alone
/// leaves a sixth to two thirds of it.
const TONES: f32 = 0.008;

/// Periods of a voice's pitch in samples of 4 kHz.
const LAGS: std::ops::Range<usize> = 10..58;

/// How alike neighbouring periods of a voice are.
const PITCHED: f32 = 0.45;

/// What a frame is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Frame {
    /// It sounds like speech.
    pub voiced: bool,
    /// And it has a voice's pitch: it is no noise.
    pub pitched: bool,
    /// And it is no hum either.
    pub clear: bool,
    /// It has a voice's pitch and is no hum, whether or not it sounds like speech: earshot says so a
    /// few frames later.
    pub vowel: bool,
}

/// Looks at one stream of frames.
pub struct Voice {
    detector: Box<Detector>,
    /// To 16 kHz; none where the frames are 16 kHz already, or of a rate that cannot be converted.
    resampler: Option<Fft<f32>>,
    rate_hz: u32,
    /// What came in and was not converted yet.
    before: Vec<f32>,
    /// 16 kHz that was not looked at yet.
    after: Vec<f32>,
    score: f32,
    /// How loud the speaker was of late.
    usual: f32,
    /// The last two frames at 4 kHz.
    coarse: Vec<f32>,
}

impl Voice {
    pub fn new(rate_hz: u32) -> Voice {
        let wanted = crate::ears::RATE_HZ;
        let chunk = (rate_hz / 50) as usize;
        let resampler = (rate_hz != wanted)
            .then(|| Fft::new(rate_hz as usize, wanted as usize, chunk, 1, FixedSync::Input).ok())
            .flatten();
        Voice {
            detector: Detector::default_boxed(),
            resampler,
            rate_hz,
            before: Vec::new(),
            after: Vec::new(),
            score: 0.0,
            usual: 0.0,
            coarse: Vec::new(),
        }
    }

    pub fn hear(&mut self, frame: &[i16]) -> Frame {
        self.convert(frame);
        self.coarsen(frame);
        let mut scores = Vec::new();
        let whole = self.after.len() / DETECTED * DETECTED;
        for piece in self.after[..whole].chunks_exact(DETECTED) {
            scores.push(self.detector.predict_f32(piece));
        }
        self.after.drain(..whole);
        if let Some(best) = scores.into_iter().reduce(f32::max) {
            self.score = best;
        }
        let loud = loudness(frame);
        self.usual *= FORGOTTEN;
        let shaped = is_shaped(frame, self.rate_hz);
        let loud_enough =
            loud >= QUIET.max(PAUSE * self.usual) && !(shaped && is_tones(frame, self.rate_hz));
        let voiced = loud_enough && self.score >= SPEECH;
        if voiced {
            self.usual = self.usual.max(loud);
        }
        let repeats = loud_enough && is_pitched(&self.coarse);
        let (pitched, vowel) = (voiced && repeats, repeats && shaped);
        let clear = pitched && vowel && self.score >= SURELY;
        Frame { voiced, pitched, clear, vowel }
    }

    /// Adds a frame to what pitch is looked for in: each sample the mean of those that it stands for.
    fn coarsen(&mut self, frame: &[i16]) {
        let step = (self.rate_hz / 4_000).max(1) as usize;
        let whole = frame.len() / step;
        self.coarse.drain(..self.coarse.len().saturating_sub(whole));
        self.coarse.extend(frame.chunks_exact(step).map(|samples| {
            samples.iter().map(|sample| f32::from(*sample)).sum::<f32>() / step as f32
        }));
    }

    /// Adds a frame to what earshot looks at.
    fn convert(&mut self, frame: &[i16]) {
        let frame = frame.iter().map(|sample| f32::from(*sample) / -f32::from(i16::MIN));
        let Some(resampler) = &mut self.resampler else {
            self.after.extend(frame);
            return;
        };
        self.before.extend(frame);
        let chunk = resampler.input_frames_next().max(1);
        let whole = self.before.len() / chunk * chunk;
        for piece in self.before[..whole].chunks_exact(chunk) {
            let Ok(piece) = SequentialSlice::new(piece, 1, chunk) else { continue };
            if let Ok(out) = resampler.process(&piece, None) {
                self.after.extend(out.take_data().iter().map(|sample| sample.clamp(-1.0, 1.0)));
            }
        }
        self.before.drain(..whole);
    }
}

/// The root of the mean square.
pub fn loudness(frame: &[i16]) -> f32 {
    let sum: f32 = frame.iter().map(|sample| f32::from(*sample).powi(2)).sum();
    (sum / frame.len().max(1) as f32).sqrt()
}

/// Whether a frame has more in it than a hum, which has next to nothing above its first formant.
///
/// That shows in how fast the sound changes: the energy of the differences of neighbouring samples by
/// that of the samples. A tone of f Hz has (2 sin(pi f / rate))^2; the bound is that of 330 Hz.
fn is_shaped(frame: &[i16], rate_hz: u32) -> bool {
    let energy: f32 = frame.iter().map(|sample| f32::from(*sample).powi(2)).sum();
    let change: f32 =
        frame.windows(2).map(|pair| (f32::from(pair[1]) - f32::from(pair[0])).powi(2)).sum();
    energy > 0.0
        && change / energy > (2.0 * (std::f32::consts::PI * 330.0 / rate_hz as f32).sin()).powi(2)
}

/// Whether a sound of 4 kHz repeats itself at a pitch of 70 to 400 Hz, as a voice does and the noise
/// of breath, coughs and engines does not.
fn is_pitched(sound: &[f32]) -> bool {
    let Some(length) = sound.len().checked_sub(LAGS.end).filter(|length| *length > LAGS.end) else {
        return false;
    };
    let now = &sound[LAGS.end..];
    let energy = |sound: &[f32]| sound.iter().map(|sample| sample * sample).sum::<f32>();
    let energy_now = energy(now);
    LAGS.map(|lag| {
        let before = &sound[LAGS.end - lag..][..length];
        let both: f32 = now.iter().zip(before).map(|(a, b)| a * b).sum();
        both / (energy_now * energy(before)).sqrt().max(1.0)
    })
    .any(|likeness| likeness >= PITCHED)
}

/// Whether a frame is what a keypad or an exchange sends: one tone or two, which four samples before
/// foretell each next sample of.
fn is_tones(frame: &[i16], rate_hz: u32) -> bool {
    const ORDER: usize = 4;
    // Of wider sound every second sample and so on: a voice, too, is foretold by its close neighbours.
    let step = (rate_hz / 8_000).max(1) as usize;
    let sound: Vec<f64> = frame.iter().step_by(step).map(|sample| f64::from(*sample)).collect();
    // The normal equations of the prediction, with the frame's energy beside them.
    let mut sums = [[0.0f64; ORDER + 1]; ORDER + 1];
    for window in sound.windows(ORDER + 1) {
        for (row, a) in sums.iter_mut().zip(window) {
            for (sum, b) in row.iter_mut().zip(window) {
                *sum += a * b;
            }
        }
    }
    let energy = sums[ORDER][ORDER];
    // Elimination leaves in the last place what the others do not foretell.
    for pivot in 0..ORDER {
        if sums[pivot][pivot] <= energy * 1e-9 {
            continue;
        }
        let above = sums[pivot];
        for row in sums.iter_mut().skip(pivot + 1) {
            let times = row[pivot] / above[pivot];
            row.iter_mut().zip(above).for_each(|(cell, above)| *cell -= times * above);
        }
    }
    energy > 0.0 && sums[ORDER][ORDER] < energy * f64::from(TONES)
}
