//! Sample rates, by rubato; and the narrow line of a telephone.

use crate::ears::RATE_HZ;
use audio_codec::pcmu::{PcmuDecoder, PcmuEncoder};
use audio_codec::{Decoder, Encoder};
use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Resampler};

/// What a telephone line carries (G.711).
const TELEPHONE_HZ: u32 = 8_000;

/// Two rates between which nothing can be converted.
#[derive(Debug, thiserror::Error)]
#[error("sound of {from_hz} Hz cannot be made {to_hz} Hz")]
pub struct RateError {
    from_hz: u32,
    to_hz: u32,
}

/// The same sound at another rate, one channel.
pub fn resample(sound: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, RateError> {
    if from_hz == to_hz || sound.is_empty() {
        return Ok(sound.to_vec());
    }
    let wrong = || RateError { from_hz, to_hz };
    let (from, to) = (from_hz as usize, to_hz as usize);
    let mut resampler =
        Fft::<f32>::new(from, to, 1024, 1, FixedSync::Input).map_err(|_| wrong())?;
    let sound = SequentialSlice::new(sound, 1, sound.len()).map_err(|_| wrong())?;
    let frames = rubato::audioadapter::Adapter::frames(&sound);
    let out = resampler.process_all(&sound, frames, None).map_err(|_| wrong())?;
    Ok(out.take_data())
}

/// Sound of 16 kHz as it comes out of a telephone: 8 kHz in µ-law (G.711), and back to 16 kHz. No
/// packet is lost and no microphone is bad on this line.
pub fn telephone(sound: &[f32]) -> Vec<f32> {
    let narrow = |sound: &[f32], from, to| resample(sound, from, to).unwrap_or_default();
    let samples: Vec<i16> = narrow(sound, RATE_HZ, TELEPHONE_HZ)
        .into_iter()
        .map(|sample| (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16)
        .collect();
    let heard: Vec<f32> = PcmuDecoder::new()
        .decode(&PcmuEncoder::new().encode(&samples))
        .into_iter()
        .map(|sample| f32::from(sample) / -f32::from(i16::MIN))
        .collect();
    narrow(&heard, TELEPHONE_HZ, RATE_HZ)
}
