//! Kokoro-82M by ONNX Runtime: phonemes in, sound out. The library is loaded when the program runs.

mod session;

use super::{Pace, VoiceError};
use ort::environment::Environment;
use session::{Input, Model};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Mutex, PoisonError, Weak};

/// Samples a second that the model makes.
pub(super) const RATE_HZ: u32 = 24_000;

/// The most phonemes of one sentence, without the two marks around it.
const LONGEST: usize = 509;
/// Bytes of a model by which it is known.
const BEGINNING: u64 = 1 << 20;
/// Numbers that describe a voice, for each length of a sentence.
const STYLE: usize = 256;

/// The model and its voices.
pub(super) struct Kokoro {
    model: Model,
    vocabulary: HashMap<char, i64>,
    voices: HashMap<String, Style>,
}

/// A voice: its numbers, and a name that no other voice or model has.
struct Style {
    numbers: Vec<f32>,
    mark: String,
}

/// Why it cannot speak.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error("{0} is missing")]
    Missing(String),
    #[error("{0} cannot be read")]
    Broken(String),
    #[error("{0}")]
    Runtime(String),
}

impl Kokoro {
    /// Loads the model and these voices.
    pub(super) fn open(models: &Path, voices: &[&str], threads: usize) -> Result<Self, OpenError> {
        let folder = models.join("voice");
        let library = models.join("onnxruntime").join("libonnxruntime.so");
        let model = folder.join("model.onnx");
        for file in [&library, &model] {
            if !file.is_file() {
                return Err(OpenError::Missing(file.display().to_string()));
            }
        }
        let broken = |name: &Path| OpenError::Broken(name.display().to_string());
        let runtime = |error: &dyn std::fmt::Display| OpenError::Runtime(error.to_string());
        let environment = environment(&library)?;
        let path = folder.join("vocab.json");
        let vocabulary = std::fs::read(&path).ok().and_then(|text| vocabulary(&text));
        let vocabulary = vocabulary.ok_or_else(|| broken(&path))?;
        let known = mark(&model).map_err(|error| runtime(&error))?;
        let load = |name: &&str| {
            let path = folder.join(format!("{name}.bin"));
            let bytes = std::fs::read(&path).map_err(|_| broken(&path))?;
            let numbers = style(&bytes).ok_or_else(|| broken(&path))?;
            let mark = digest(&[known.as_bytes(), &bytes]);
            Ok(((*name).to_owned(), Style { numbers, mark }))
        };
        let voices = voices.iter().map(load).collect::<Result<_, OpenError>>()?;
        let loaded = Model::open(environment, model, threads);
        Ok(Self { model: loaded.map_err(|error| runtime(&error))?, vocabulary, voices })
    }

    /// What tells this voice of this model from any other; nothing if it is not loaded.
    pub(super) fn mark(&self, voice: &str) -> Option<&str> {
        self.voices.get(voice).map(|style| style.mark.as_str())
    }

    /// The sound of phonemes, from -1 to 1. A symbol that the model does not know is left out, and
    /// what is longer than it takes at once is said in parts.
    pub(super) fn render(
        &self,
        phonemes: &str,
        voice: &str,
        pace: Pace,
        wanted: &Weak<()>,
    ) -> Result<Vec<f32>, VoiceError> {
        let mut sound = Vec::new();
        for part in parts(phonemes) {
            sound.extend(self.part(part, voice, pace, wanted)?);
        }
        Ok(sound)
    }

    fn part(
        &self,
        phonemes: &str,
        voice: &str,
        pace: Pace,
        wanted: &Weak<()>,
    ) -> Result<Vec<f32>, VoiceError> {
        let failed = |error: &dyn std::fmt::Display| VoiceError::Failed(error.to_string());
        let style = self.voices.get(voice).ok_or_else(|| failed(&"this voice is not loaded"))?;
        let style = &style.numbers;
        let known = phonemes.chars().filter_map(|symbol| self.vocabulary.get(&symbol));
        let mut tokens: Vec<i64> = known.copied().collect();
        let count = tokens.len();
        if count == 0 {
            return Ok(Vec::new());
        }
        tokens.insert(0, 0);
        tokens.push(0);
        let row = style.chunks_exact(STYLE).nth(count).or(style.chunks_exact(STYLE).last());
        let row = row.ok_or_else(|| failed(&"this voice is empty"))?.to_vec();
        let input = Input { tokens, style: row, speed: pace.speed(), wanted: wanted.clone() };
        self.model.run(input).map_err(|error| failed(&error))
    }
}

/// Parts of what the model takes at once, cut at a pause if there is one, else between words.
fn parts(phonemes: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = phonemes;
    while let Some((limit, _)) = rest.char_indices().nth(LONGEST) {
        let most = &rest[..limit];
        let half = most.char_indices().nth(LONGEST / 2).map_or(0, |(at, _)| at);
        let pause = most.rfind([',', '.', '!', '?', ';', ':']).map(|at| at + 1);
        let word = || most.rfind(' ').filter(|at| *at > 0);
        let end = pause.filter(|at| *at > half).or_else(word).unwrap_or(limit);
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    parts
}

/// A file's length and its beginning, as what tells it from others: to read all of a model takes as
/// long as to load it.
fn mark(model: &Path) -> std::io::Result<String> {
    let file = File::open(model)?;
    let length = file.metadata()?.len();
    let mut beginning = Vec::new();
    file.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(digest(&[&length.to_le_bytes(), &beginning]))
}

fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The runtime's environment, of which a process has one.
fn environment(library: &Path) -> Result<Environment, OpenError> {
    static ONE: Mutex<Option<Environment>> = Mutex::new(None);
    let mut one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*one {
        return Ok(environment.clone());
    }
    let runtime = |error: &dyn std::fmt::Display| OpenError::Runtime(error.to_string());
    let builder = ort::init_from(library).map_err(|error| runtime(&error))?;
    let environment = builder.with_telemetry(false).build().map_err(|error| runtime(&error))?;
    Ok(one.insert(environment).clone())
}

/// The symbols and their numbers, from JSON.
fn vocabulary(text: &[u8]) -> Option<HashMap<char, i64>> {
    #[derive(serde::Deserialize)]
    struct File {
        vocab: HashMap<String, i64>,
    }
    let file: File = serde_json::from_slice(text).ok()?;
    let symbols = file.vocab.into_iter().filter_map(|(symbol, number)| {
        let mut chars = symbol.chars();
        chars.next().filter(|_| chars.next().is_none()).map(|symbol| (symbol, number))
    });
    Some(symbols.collect())
}

/// A voice's numbers, little-endian.
fn style(bytes: &[u8]) -> Option<Vec<f32>> {
    if bytes.is_empty() || !bytes.len().is_multiple_of(STYLE * 4) {
        return None;
    }
    let numbers = bytes.chunks_exact(4);
    Some(numbers.map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_all_of_it_and_none_is_too_long(phonemes in "[a-z↗,. ]{0,2000}") {
            let parts = parts(&phonemes);
            prop_assert_eq!(&parts.concat(), &phonemes);
            prop_assert!(parts.iter().all(|part| part.chars().count() <= LONGEST));
        }

        #[test]
        fn any_bytes_are_a_voice_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..4096)) {
            let _ = style(&bytes);
            let _ = vocabulary(&bytes);
        }
    }
}
