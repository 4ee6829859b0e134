//! When to fall silent for somebody who may be about to speak. Whether it is speech is known a tenth
//! of a second later than one would like: till then what we say can wait, and where it was nothing it
//! goes on. People do the same.

use super::{FRAME_MS, Perhaps};

/// Sound of a voice that one falls silent for, and how much of it is enough in longer speech.
const VOWEL_MS: u32 = 40;
const SPEECH_MS: u32 = 60;

/// If speech has not begun so long after, it was nothing.
const VAIN_MS: u32 = 400;

/// After one that was in vain there is no other for so long: noise shall not cut us into pieces.
const REST_MS: u32 = 3_000;

/// Whether we are silent for somebody.
#[derive(Debug, Default)]
pub(super) struct Hush {
    /// How long, while we are.
    silent_ms: Option<u32>,
    rest_ms: u32,
}

impl Hush {
    /// One frame further; whether it has now been in vain for long enough.
    pub(super) fn is_vain(&mut self) -> bool {
        self.rest_ms = self.rest_ms.saturating_sub(FRAME_MS);
        self.silent_ms = self.silent_ms.map(|ms| ms + FRAME_MS);
        self.silent_ms.is_some_and(|ms| ms >= VAIN_MS)
    }

    /// Whether to fall silent now, given what was heard while we speak.
    pub(super) fn begins(&mut self, so_far: Perhaps) -> bool {
        let begins = self.silent_ms.is_none() && self.rest_ms == 0 && is_voice(so_far);
        if begins {
            self.silent_ms = Some(0);
        }
        begins
    }

    /// It was speech: whoever speaks has made us stop.
    pub(super) fn was_right(&mut self) {
        self.silent_ms = None;
    }

    /// It was nothing.
    pub(super) fn was_vain(&mut self) {
        if self.silent_ms.take().is_some() {
            self.rest_ms = REST_MS;
        }
    }

    pub(super) fn is_silent(&self) -> bool {
        self.silent_ms.is_some()
    }
}

fn is_voice(so_far: Perhaps) -> bool {
    so_far.vowel_ms >= VOWEL_MS || (so_far.vowel_ms > 0 && so_far.all_ms >= SPEECH_MS)
}
