//! Tones to tell sounds apart by, in memory and in WAV files.

use std::f64::consts::TAU;
use std::path::Path;

/// Tones of 200 ms each, of these frequencies.
pub fn melody(tones: &[u32], rate: u32) -> Vec<i16> {
    tones
        .iter()
        .flat_map(|hz| {
            (0..rate / 5).map(move |n| {
                let phase = f64::from(n) * f64::from(*hz) * TAU / f64::from(rate);
                (phase.sin() * 8000.0) as i16
            })
        })
        .collect()
}

/// Which of these tones is heard in each 40 ms, 0 for none; repetitions once.
pub fn tones(sound: &[i16], candidates: &[u32], rate: u32) -> Vec<u32> {
    let mut heard: Vec<u32> = sound
        .chunks_exact(rate as usize / 25)
        .map(|part| {
            let energy: f64 = part.iter().map(|s| f64::from(*s).powi(2)).sum();
            let power = |hz: u32| {
                let step = f64::from(hz) * TAU / f64::from(rate);
                let sum = |f: fn(f64) -> f64| -> f64 {
                    part.iter().enumerate().map(|(n, s)| f64::from(*s) * f(step * n as f64)).sum()
                };
                sum(f64::sin).powi(2) + sum(f64::cos).powi(2)
            };
            let loudest = candidates.iter().copied().max_by(|a, b| power(*a).total_cmp(&power(*b)));
            // A pure tone has half of its energy times its length in its own place.
            let pure = |hz: &u32| power(*hz) > 0.25 * energy * part.len() as f64 && energy > 1e6;
            loudest.filter(pure).unwrap_or(0)
        })
        .collect();
    heard.dedup();
    heard
}

/// Whether the melody is in what was heard, its tones one after the other.
pub fn has(heard: &[u32], melody: &[u32]) -> bool {
    let heard: Vec<_> = heard.iter().filter(|tone| **tone != 0).copied().collect();
    heard.windows(melody.len()).any(|window| window == melody)
}

pub fn write_wav(path: &Path, sound: &[i16], rate: u32) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    sound.iter().for_each(|sample| writer.write_sample(*sample).unwrap());
    writer.finalize().unwrap();
}

/// The first channel of a file and its rate, as far as it was written: one that was being written
/// says too much.
pub fn read_wav(path: &Path) -> (Vec<i16>, u32) {
    let mut reader = hound::WavReader::open(path).unwrap();
    let spec = reader.spec();
    let samples = reader.samples().map_while(Result::ok).step_by(usize::from(spec.channels));
    (samples.collect(), spec.sample_rate)
}
