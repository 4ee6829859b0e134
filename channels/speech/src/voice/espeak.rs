//! The voice where there is no model: espeak-ng, a program, English alone. Its Mandarin is not
//! understood by those who should understand it.

use super::{Pace, VoiceError};
use crate::clip;
use std::process::{Command, Stdio};

/// Whether it is there.
pub(super) fn is_there() -> bool {
    let asked = Command::new("espeak-ng").arg("--version").stdout(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

/// The sound of an English text, 16 kHz.
pub(super) fn render(text: &str, pace: Pace) -> Result<Vec<f32>, VoiceError> {
    let failed = |error: &dyn std::fmt::Display| VoiceError::Failed(format!("espeak-ng: {error}"));
    let words_a_minute = (150.0 * pace.speed()) as u32;
    let said = Command::new("espeak-ng")
        .args(["-v", "en-us", "-s", &words_a_minute.to_string(), "--stdout", "--"])
        .arg(text)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(&error))?;
    if !said.status.success() {
        return Err(failed(&String::from_utf8_lossy(&said.stderr).trim()));
    }
    // What it writes to a pipe says no length; the samples follow the 44 bytes of the head.
    let rate =
        said.stdout.get(24..28).and_then(|rate| Some(u32::from_le_bytes(rate.try_into().ok()?)));
    let rate = rate.filter(|rate| (8_000..=48_000).contains(rate));
    let rate = rate.ok_or_else(|| failed(&"it wrote no sound"))?;
    let samples = said.stdout.get(44..).unwrap_or_default();
    let pcm: Vec<f32> = samples
        .chunks_exact(2)
        .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
        .collect();
    clip::resample(&pcm, rate, super::RATE_HZ).map_err(|error| failed(&error))
}
