//! Recorded sound: a file's bytes become what the ears want, one channel of 16 kHz. Also what a
//! telephone does to sound, for measuring. What is in the sound is the ears' affair.

mod formats;
mod rate;

pub use rate::{RateError, resample, telephone};

use crate::ears::RATE_HZ;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest clip that is read. An hour of 16 kHz is 230 MB.
pub const LONGEST: Duration = Duration::from_secs(3600);

/// The largest file that is opened.
const LARGEST: u64 = 1 << 30;

/// Why a clip cannot be heard; the text is the next step.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// The file cannot be opened or read.
    #[error("{} cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It begins like no format that is read here.
    #[error("this is no WAV, MP3 or FLAC file. Convert it: ffmpeg -i FILE out.wav")]
    Unknown,
    /// It begins like one, and then is broken.
    #[error(
        "this {format} file is damaged or of a rare kind: {why}. Convert it: ffmpeg -i FILE out.wav"
    )]
    Broken {
        /// What it begins like.
        format: &'static str,
        /// What the reader says.
        why: String,
    },
    /// More sound than is taken.
    #[error("the sound is longer than {} minutes. Cut it up", LONGEST.as_secs() / 60)]
    TooLong,
}

/// A sound with the rate and channels that it came in.
struct Recorded {
    /// Samples from -1 to 1, channels interleaved.
    samples: Vec<f32>,
    /// At least 1.
    channels: usize,
    /// Samples a second and channel.
    rate_hz: u32,
}

/// Reads a file: one channel, 16 kHz, from -1 to 1. What a damaged file holds before the damage is
/// not returned: half a message is heard as another message.
pub fn read(path: &Path) -> Result<Vec<f32>, ClipError> {
    let unreadable = |error| ClipError::Unreadable(path.to_owned(), error);
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        return Err(ClipError::TooLong);
    }
    decode(&std::fs::read(path).map_err(unreadable)?)
}

/// Reads a file's bytes: one channel, 16 kHz, from -1 to 1.
pub fn decode(bytes: &[u8]) -> Result<Vec<f32>, ClipError> {
    let recorded = formats::decode(bytes)?;
    let rate_hz = recorded.rate_hz;
    let mono = recorded.mono();
    resample(&mono, rate_hz, RATE_HZ)
        .map_err(|error| ClipError::Broken { format: "sound", why: error.to_string() })
}

impl Recorded {
    /// All channels as one.
    fn mono(self) -> Vec<f32> {
        if self.channels <= 1 {
            return self.samples;
        }
        let share = 1.0 / self.channels as f32;
        self.samples
            .chunks_exact(self.channels)
            .map(|frame| frame.iter().sum::<f32>() * share)
            .collect()
    }
}

#[cfg(test)]
#[path = "clip/tests.rs"]
mod tests;
