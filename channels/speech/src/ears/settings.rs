//! What an operator sets about the ears, and how they fail to open.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How calls and sound files are heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EarsSettings {
    /// The model: any of whisper.cpp's ggml models that knows several languages. A file name in
    /// `ears` of the models folder, or a path.
    pub model: PathBuf,
    /// How many utterances are heard at once. Each costs memory: about 150 MB with the base model.
    pub states: usize,
    /// Processor threads for an utterance that is heard alone; several at once share them.
    pub threads: usize,
    /// How many utterances may wait beside those that are being heard.
    pub queue: usize,
}

impl Default for EarsSettings {
    fn default() -> Self {
        // More than four gain little.
        let threads = std::thread::available_parallelism().map_or(1, |all| all.get().min(4));
        EarsSettings { model: "ggml-base.bin".into(), states: 2, threads, queue: 16 }
    }
}

/// Why the ears cannot be opened; the text is the next step.
#[derive(Debug, thiserror::Error)]
pub enum EarsError {
    /// No file is there.
    #[error("{} is missing, so nobody can be heard. `wendu models fetch` gets it.", .0.display())]
    Missing(PathBuf),
    /// The file is no model that whisper.cpp reads.
    #[error(
        "{} is not a whole ggml model of whisper.cpp. `wendu models verify` says what is damaged; \
         a model of your own is named by `ears.model`.", .0.display()
    )]
    Broken(PathBuf),
    /// The model knows English alone.
    #[error("{} knows English alone. Name a multilingual model in `ears.model`.", .0.display())]
    EnglishOnly(PathBuf),
    /// A number makes no sense.
    #[error("`ears.{0}` must be between {1} and {2}")]
    OutOfRange(&'static str, usize, usize),
    /// There is not the memory for one more.
    #[error("there is no memory for another utterance at once: lower `ears.states`")]
    Memory,
}

impl EarsSettings {
    /// Whether every number makes sense.
    pub(super) fn check(&self) -> Result<(), EarsError> {
        let rules = [("states", self.states, 1, 64), ("threads", self.threads, 1, 64)];
        for (name, value, least, most) in
            rules.into_iter().chain([("queue", self.queue, 0, 10_000)])
        {
            if !(least..=most).contains(&value) {
                return Err(EarsError::OutOfRange(name, least, most));
            }
        }
        Ok(())
    }
}
