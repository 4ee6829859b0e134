//! WAV by hound, MP3 by nanomp3, FLAC by claxon. None of them is trusted with a length: what they
//! give is counted, and a rate or a channel count that no recorder has is refused.

use super::{ClipError, LONGEST, Recorded};
use std::io::Cursor;

/// Rates that recorders have.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=192_000;

/// Channels that recorders have.
const CHANNELS: std::ops::RangeInclusive<usize> = 1..=8;

/// Decodes by what the bytes begin with, not by a file's name.
pub fn decode(bytes: &[u8]) -> Result<Recorded, ClipError> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE") {
        wav(bytes)
    } else if bytes.starts_with(b"fLaC") {
        flac(bytes)
    } else if is_mp3(bytes) {
        mp3(bytes)
    } else {
        Err(ClipError::Unknown)
    }
}

fn wav(bytes: &[u8]) -> Result<Recorded, ClipError> {
    let broken = |error: hound::Error| ClipError::Broken { format: "WAV", why: error.to_string() };
    let mut reader = hound::WavReader::new(Cursor::new(bytes)).map_err(broken)?;
    let form = reader.spec();
    let mut kept = Kept::new("WAV", form.sample_rate, usize::from(form.channels))?;
    match form.sample_format {
        hound::SampleFormat::Float => {
            for sample in reader.samples::<f32>() {
                kept.push(sample.map_err(broken)?)?;
            }
        }
        hound::SampleFormat::Int => {
            let unit = unit(u32::from(form.bits_per_sample));
            for sample in reader.samples::<i32>() {
                kept.push(sample.map_err(broken)? as f32 * unit)?;
            }
        }
    }
    Ok(kept.0)
}

fn flac(bytes: &[u8]) -> Result<Recorded, ClipError> {
    let broken =
        |error: claxon::Error| ClipError::Broken { format: "FLAC", why: error.to_string() };
    let mut reader = claxon::FlacReader::new(Cursor::new(bytes)).map_err(broken)?;
    let form = reader.streaminfo();
    let mut kept = Kept::new("FLAC", form.sample_rate, form.channels as usize)?;
    let unit = unit(form.bits_per_sample);
    for sample in reader.samples() {
        kept.push(sample.map_err(broken)? as f32 * unit)?;
    }
    Ok(kept.0)
}

/// MP3 files begin with a tag or with a frame; a frame's first eleven bits are ones, and the reader
/// looks for two in a row before it believes them.
fn is_mp3(bytes: &[u8]) -> bool {
    let frame = matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0);
    (bytes.starts_with(b"ID3") || frame) && nanomp3::detect(bytes)
}

fn mp3(bytes: &[u8]) -> Result<Recorded, ClipError> {
    let mut reader = nanomp3::SliceReader::<f32>::new(bytes);
    let channels = if reader.channels() == Some(nanomp3::Channels::Stereo) { 2 } else { 1 };
    let mut kept = Kept::new("MP3", reader.sample_rate(), channels)?;
    let broken = |why: String| ClipError::Broken { format: "MP3", why };
    loop {
        match reader.read_frame() {
            Ok(Some(samples)) => samples.iter().try_for_each(|sample| kept.push(*sample))?,
            Ok(None) => return Ok(kept.0),
            Err(error) => return Err(broken(error.to_string())),
        }
    }
}

/// What one step of a whole-number sample is worth.
fn unit(bits: u32) -> f32 {
    1.0 / (1u64 << bits.clamp(1, 32).saturating_sub(1)) as f32
}

/// Samples as they come in, as long as there are not too many.
struct Kept(Recorded);

impl Kept {
    fn new(format: &'static str, rate_hz: u32, channels: usize) -> Result<Kept, ClipError> {
        if !RATES.contains(&rate_hz) || !CHANNELS.contains(&channels) {
            let why = format!("{channels} channels of {rate_hz} Hz");
            return Err(ClipError::Broken { format, why });
        }
        Ok(Kept(Recorded { samples: Vec::new(), channels, rate_hz }))
    }

    fn push(&mut self, sample: f32) -> Result<(), ClipError> {
        let most = LONGEST.as_secs() as usize * self.0.rate_hz as usize * self.0.channels;
        if self.0.samples.len() >= most {
            return Err(ClipError::TooLong);
        }
        // Floats in a file may be anything.
        let sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
        self.0.samples.push(sample);
        Ok(())
    }
}
