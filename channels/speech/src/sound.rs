//! Sound as numbers: loudness, silence at the ends, the telephone's narrow band, WAV files.

use hound::{SampleFormat, WavSpec, WavWriter};
use std::path::Path;
use std::sync::LazyLock;

/// How loud speech is made, as the root of its mean square where there is speech: -20 dB of full
/// scale, a little above what telephone lines are planned for (-26 dB, ITU-T P.56): it is played, not
/// spoken into a distant microphone.
const LOUDNESS: f32 = 0.1;
/// The highest peak, so that no codec clips it.
const PEAK: f32 = 0.89;
/// Quieter than this is silence.
const SILENCE: f32 = 0.004;
/// Samples in which loudness is looked at: 20 ms at 16 kHz.
const WINDOW: usize = 320;
/// Silence that is left at the ends.
const EDGE: usize = 640;

/// Without the silence at its ends.
pub(crate) fn trimmed(sound: &[f32]) -> &[f32] {
    let loud = |sample: &f32| sample.abs() > SILENCE;
    let Some(first) = sound.iter().position(loud) else { return &[] };
    let last = sound.iter().rposition(loud).unwrap_or(first);
    &sound[first.saturating_sub(EDGE)..(last + EDGE).min(sound.len())]
}

/// As loud as all other sound: by what is speech in it, and without clipping.
pub(crate) fn even(sound: &[f32]) -> Vec<f32> {
    let windows = sound.chunks(WINDOW).map(|window| {
        window.iter().map(|sample| sample * sample).sum::<f32>() / window.len() as f32
    });
    let speech: Vec<f32> = windows.filter(|power| *power > SILENCE * SILENCE).collect();
    if speech.is_empty() {
        return sound.to_vec();
    }
    let level = (speech.iter().sum::<f32>() / speech.len() as f32).sqrt();
    let peak = sound.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let gain = (LOUDNESS / level).min(PEAK / peak.max(f32::MIN_POSITIVE));
    sound.iter().map(|sample| sample * gain).collect()
}

/// As 16-bit samples.
pub(crate) fn pcm(sound: &[f32]) -> Vec<i16> {
    sound.iter().map(|sample| (sample.clamp(-1.0, 1.0) * 32_767.0) as i16).collect()
}

/// A windowed sinc that lets through what a telephone does, below 3.6 kHz of 8.
static NARROW: LazyLock<[f32; 63]> = LazyLock::new(|| {
    let middle = 31.0;
    let mut taps = [0.0; 63];
    for (at, tap) in taps.iter_mut().enumerate() {
        let x = at as f32 - middle;
        let cut = 2.0 * 3_600.0 / 16_000.0;
        let sinc = match x == 0.0 {
            true => cut,
            false => (std::f32::consts::PI * cut * x).sin() / (std::f32::consts::PI * x),
        };
        let turn = std::f32::consts::TAU * at as f32 / 62.0;
        *tap = sinc * (0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos());
    }
    taps
});

/// 16 kHz made into 8 kHz.
#[must_use]
pub fn narrow(sound: &[i16]) -> Vec<i16> {
    let taps = &*NARROW;
    let sample = |at: usize| {
        let sum: f32 = taps
            .iter()
            .enumerate()
            .filter_map(|(tap, weight)| {
                let from = (at + tap).checked_sub(31)?;
                sound.get(from).map(|sample| f32::from(*sample) * weight)
            })
            .sum();
        sum.clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
    };
    (0..sound.len()).step_by(2).map(sample).collect()
}

/// Writes a WAV file of one channel.
///
/// # Errors
/// Where it cannot be written.
pub fn write_wav(path: &Path, sound: &[i16], rate_hz: u32) -> Result<(), hound::Error> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut file = WavWriter::create(path, spec)?;
    for sample in sound {
        file.write_sample(*sample)?;
    }
    file.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, level: f32) -> Vec<f32> {
        let at = |n: usize| (n as f32 * hz * std::f32::consts::TAU / 16_000.0).sin() * level;
        (0..16_000).map(at).collect()
    }

    fn level(sound: &[i16]) -> f32 {
        let power = sound.iter().map(|s| (f32::from(*s) / 32_768.0).powi(2)).sum::<f32>();
        (power / sound.len() as f32).sqrt()
    }

    #[test]
    fn loud_and_quiet_become_alike_and_nothing_clips() {
        for loud in [0.01, 0.3, 0.9] {
            let level = level(&pcm(&even(&tone(300.0, loud))));
            assert!((level - LOUDNESS).abs() < 0.01, "{loud}: {level}");
        }
        assert!(even(&[0.0; 100]).iter().all(|sample| *sample == 0.0));
    }

    #[test]
    fn silence_at_the_ends_goes() {
        let mut sound = vec![0.0; 8_000];
        sound.extend(tone(300.0, 0.5));
        sound.extend(vec![0.0; 8_000]);
        let length = trimmed(&sound).len();
        assert!((16_000..=16_000 + 2 * EDGE).contains(&length), "{length}");
        assert!(trimmed(&[0.0; 500]).is_empty());
    }

    #[test]
    fn speech_stays_and_what_a_telephone_cannot_carry_goes() {
        let speech = narrow(&pcm(&tone(1_000.0, 0.5)));
        assert_eq!(speech.len(), 8_000);
        assert!((level(&speech) - 0.3535).abs() < 0.02, "{}", level(&speech));
        // Half as high again as 8 kHz can hold: it would come back as a false tone.
        assert!(level(&narrow(&pcm(&tone(5_500.0, 0.5)))) < 0.005);
    }
}
