//! Between 8 and 16 kHz, for the rare call whose codec changes while it runs: its listener keeps
//! the rate it began with. A windowed sinc; Opus, the only codec of another rate, resamples itself.

use crate::leg::Rate;
use std::sync::LazyLock;

/// Taps of the filter, an odd number: 3 ms of delay, and 60 dB down above what narrow sound holds.
const TAPS: usize = 95;

/// Where the filter ends, in Hz at 16 kHz: below 4 kHz by half the width of its slope.
const EDGE: f64 = 3_700.0;

/// A low pass at 16 kHz (Blackman window), its sum 1.
static FILTER: LazyLock<[f32; TAPS]> = LazyLock::new(|| {
    use std::f64::consts::{PI, TAU};
    let middle = (TAPS / 2) as f64;
    let mut taps = [0.0; TAPS];
    for (n, tap) in taps.iter_mut().enumerate() {
        let x = n as f64 - middle;
        let phase = TAU * EDGE / 16_000.0 * x;
        let sinc = if x == 0.0 { TAU * EDGE / 16_000.0 } else { phase.sin() / x };
        let turn = TAU * n as f64 / (TAPS - 1) as f64;
        *tap = sinc / PI * (0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos());
    }
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
});

/// A change of rate that runs along a call.
pub(crate) struct Resampler {
    from: Rate,
    to: Rate,
    /// The last [`TAPS`] samples at 16 kHz, oldest first.
    past: Vec<f32>,
}

impl Resampler {
    pub(crate) fn new(from: Rate, to: Rate) -> Self {
        Self { from, to, past: vec![0.0; TAPS] }
    }

    /// Adds the sound to `out` at the other rate. Whole frames become whole frames.
    pub(crate) fn resample(&mut self, sound: &[i16], out: &mut Vec<i16>) {
        match (self.from, self.to) {
            (Rate::Narrow, Rate::Wide) => {
                for sample in sound {
                    // Silence between the samples halves the loudness; hence twice.
                    for wide in [f32::from(*sample) * 2.0, 0.0] {
                        self.push(wide);
                        out.push(self.filtered());
                    }
                }
            }
            (Rate::Wide, Rate::Narrow) => {
                for pair in sound.chunks(2) {
                    pair.iter().for_each(|sample| self.push(f32::from(*sample)));
                    out.push(self.filtered());
                }
            }
            _ => out.extend_from_slice(sound),
        }
    }

    fn push(&mut self, sample: f32) {
        self.past.rotate_left(1);
        self.past[TAPS - 1] = sample;
    }

    /// The cast saturates, as sound should.
    fn filtered(&self) -> i16 {
        self.past.iter().zip(FILTER.iter()).map(|(a, b)| a * b).sum::<f32>().round() as i16
    }
}
