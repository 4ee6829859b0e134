//! The loaded model: whisper.cpp's context, and the steps that a transcription takes with a state of
//! it. What is asked for and what comes out is `hearing`'s affair.
//!
//! The steps are taken one by one, not by whisper.cpp's own loop: so that the language can be chosen
//! among those that are spoken here without encoding twice, digits can be asked for, a second try
//! costs no encoding, and the work can stop between any two steps.

use super::lighter::lighter;
use super::settings::{EarsError, EarsSettings};
use super::vocabulary::{Token, Vocabulary};
use std::path::Path;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError,
    WhisperState,
};

/// A model, ready to hear.
pub struct Model {
    context: WhisperContext,
    /// What its tokens are.
    pub vocabulary: Vocabulary,
}

impl Model {
    /// Loads the model that the settings name.
    pub fn open(settings: &EarsSettings, models: &Path) -> Result<Model, EarsError> {
        // whisper.cpp writes what it decodes to its log; ours must never hold that.
        whisper_rs::install_logging_hooks();
        let path = models.join("ears").join(&settings.model);
        if !path.is_file() {
            return Err(EarsError::Missing(path));
        }
        // Without flash attention: on processors it was slower, and lost words.
        let parameters = WhisperContextParameters::default();
        let broken = || EarsError::Broken(path.clone());
        let file = std::fs::read(&path).map_err(|_| broken())?;
        // What other processors compute with is left as its maker wants it.
        let ours = !cfg!(any(feature = "cuda", feature = "metal"));
        let light = lighter(&file).map_err(|_| broken())?.filter(|_| ours);
        let model = light.as_deref().unwrap_or(&file);
        let context =
            WhisperContext::new_from_buffer_with_params(model, parameters).map_err(|_| broken())?;
        if !context.is_multilingual() {
            return Err(EarsError::EnglishOnly(path));
        }
        let vocabulary = Vocabulary::of(&context);
        Ok(Model { context, vocabulary })
    }

    /// What one utterance is computed in.
    pub fn state(&self) -> Result<WhisperState, EarsError> {
        self.context.create_state().map_err(|_| EarsError::Memory)
    }

    /// The tokens of a text.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let text = text.replace('\0', " ");
        // Room for a token a byte: whisper-rs trusts that there is enough.
        self.context.tokenize(&text, text.len() + 8).unwrap_or_default()
    }

    /// Encodes the sound's beginning: `positions` of 20 ms each are looked at.
    pub fn encode(
        &self,
        state: &mut WhisperState,
        sound: &[f32],
        positions: usize,
        threads: usize,
    ) -> Result<(), WhisperError> {
        let positions = positions.min(self.context.n_audio_ctx().max(1) as usize);
        let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        params.set_n_threads(threads as i32);
        params.set_no_context(true);
        params.set_audio_ctx(positions as i32);
        params.set_print_progress(false);
        // With a tenth of a second to do, whisper.cpp's loop makes the spectrum, takes over how many
        // positions to look at, for which it has no other call, and ends before its first step.
        params.set_duration_ms(100);
        state.full(params, sound)?;
        state.encode(0, threads)
    }

    /// Reads `tokens` after the first `past` that were read, and returns what may come next: one
    /// number a token, greater where likelier.
    pub fn decode<'a>(
        &self,
        state: &'a mut WhisperState,
        tokens: &[Token],
        past: usize,
        threads: usize,
    ) -> Result<&'a [f32], WhisperError> {
        // whisper-rs shows the first row of numbers and whisper.cpp fills the last, so the last token
        // is read by itself.
        let (last, before) = tokens.split_last().ok_or(WhisperError::NoSamples)?;
        if !before.is_empty() {
            state.decode(before, past, threads)?;
        }
        state.decode(&[*last], past + before.len(), threads)?;
        state.get_logits()
    }

    /// How many tokens can be read and said in all.
    pub fn room(&self) -> usize {
        self.context.n_text_ctx().max(16) as usize
    }
}
