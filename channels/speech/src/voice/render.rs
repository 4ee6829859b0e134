//! A sentence made into sound, by whatever voice there is: said in words, in phonemes, in samples;
//! without the silence at its ends, and as loud as the others.

use super::cache::Key;
use super::kokoro::{self, Kokoro};
use super::{Pace, RATE_HZ, Sentence, VoiceError, VoiceSettings, espeak};
use crate::LanguageIdentifier;
use crate::clip::resample;
use crate::phonemes::phonemes;
use crate::sound::{even, pcm, trimmed};
use crate::spoken::spoken;
use std::path::Path;
use std::sync::Weak;

/// What is to be said, ready for who says it.
pub(super) struct Order {
    pub(super) key: Key,
    voice: String,
    signs: String,
    pace: Pace,
    rest_ms: usize,
}

/// Whoever speaks.
pub(super) enum Renderer {
    /// The model, with its voices for Chinese and English.
    Kokoro { model: Box<Kokoro>, zh: String, en: String },
    /// The program, English alone.
    Espeak,
    /// Nobody.
    Mute,
}

impl Renderer {
    /// The best there is.
    pub(super) fn open(settings: &VoiceSettings, models: &Path) -> Self {
        match Kokoro::open(models, &[&settings.zh, &settings.en], settings.threads) {
            Ok(model) => Self::Kokoro {
                model: Box::new(model),
                zh: settings.zh.clone(),
                en: settings.en.clone(),
            },
            Err(error) if espeak::is_there() => {
                tracing::warn!(
                    "espeak-ng speaks, in English alone: {error}. `wendu models fetch` gets a voice"
                );
                Self::Espeak
            }
            Err(error) => {
                tracing::warn!("nothing can be said: {error}. `wendu models fetch` gets a voice");
                Self::Mute
            }
        }
    }

    /// Another one of the same kind, for work that nobody waits for, on one thread.
    pub(super) fn again(&self, settings: &VoiceSettings, models: &Path) -> Self {
        match self {
            Self::Kokoro { .. } => {
                Self::open(&VoiceSettings { threads: 1, ..settings.clone() }, models)
            }
            Self::Espeak => Self::Espeak,
            Self::Mute => Self::Mute,
        }
    }

    pub(super) fn speaks(&self, language: &LanguageIdentifier) -> bool {
        self.voice(language).is_some()
    }

    /// What is to be said, in the signs of who says it, and the name of its sound; nothing where
    /// nobody speaks the language.
    pub(super) fn order(&self, sentence: &Sentence, pace: Pace) -> Option<Order> {
        let language = sentence.language();
        let voice = self.voice(language)?;
        let words = spoken(sentence.text(), language);
        let (mark, signs) = match self {
            Self::Kokoro { model, .. } => (model.mark(voice)?, phonemes(&words, language)),
            Self::Espeak | Self::Mute => (voice, words),
        };
        let rest_ms = rest_ms(sentence.text());
        let key = Key::of(&[mark, pace.name(), &rest_ms.to_string(), &signs]);
        Some(Order { key, voice: voice.to_owned(), signs, pace, rest_ms })
    }

    /// The sound of it, 16 kHz, unless nobody holds `wanted` any more when its turn comes.
    pub(super) fn render(&self, order: &Order, wanted: &Weak<()>) -> Result<Vec<i16>, VoiceError> {
        let sound = match self {
            Self::Kokoro { model, .. } => {
                let sound = model.render(&order.signs, &order.voice, order.pace, wanted)?;
                let failed = |error| VoiceError::Failed(format!("{error}"));
                resample(&sound, kokoro::RATE_HZ, RATE_HZ).map_err(failed)?
            }
            Self::Espeak => espeak::render(&order.signs, order.pace)?,
            Self::Mute => return Err(VoiceError::Failed("there is no voice".to_owned())),
        };
        let mut sound: Vec<i16> = pcm(&even(trimmed(&sound)));
        sound.resize(sound.len() + order.rest_ms * RATE_HZ as usize / 1_000, 0);
        Ok(sound)
    }

    /// The name of the voice for a language, if there is one.
    fn voice(&self, language: &LanguageIdentifier) -> Option<&str> {
        match (self, language.language.as_str()) {
            (Self::Kokoro { zh, .. }, "zh") => Some(zh),
            (Self::Kokoro { en, .. }, "en") => Some(en),
            (Self::Espeak, "en") => Some("espeak-ng"),
            _ => None,
        }
    }
}

/// The silence after a sentence, by how it ends: less where it goes on.
fn rest_ms(text: &str) -> usize {
    match text.trim_end().chars().next_back() {
        Some('。' | '！' | '？' | '.' | '!' | '?' | '…') => 320,
        _ => 180,
    }
}

/// Lets other threads go first from now on: this one does what nobody waits for.
pub(super) fn give_way() {
    // On Linux a thread has a niceness of its own. Where it is refused, the work is only less polite.
    let _ = rustix::process::nice(10);
}
