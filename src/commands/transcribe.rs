//! `wendu transcribe`: what is said in a sound file, by the same ears as on the telephone. Nothing is
//! kept.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use clap::Args;
use knowledge::pack::Pack;
use serde_json::json;
use speech::{
    LanguageIdentifier, clip,
    ears::{Asked, Ears, Expecting, PROMPT_CHARACTERS},
};

use super::{Shared, runtime, say};

/// Write down what is said in sound files.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu transcribe message.wav\n  \
    wendu transcribe --language zh --json *.mp3\n\n\
Where there is a pack, its names of services are taken for likely words.")]
pub struct Transcribe {
    /// WAV, MP3 or FLAC
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The language that is spoken [default: the likeliest of the pack's]
    #[arg(long)]
    language: Option<LanguageIdentifier>,
    /// Print one JSON object a file, with confidence and what else it may have been
    #[arg(long)]
    json: bool,
}

impl Transcribe {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        // A pack helps with its names, and is not needed.
        let pack = pack(shared).ok();
        let asked = Asked {
            languages: match &self.language {
                Some(language) => vec![language.clone()],
                None => pack.as_ref().map(|pack| pack.languages.clone()).unwrap_or_default(),
            },
            prompts: pack.as_ref().map(prompts).unwrap_or_default(),
            expecting: Expecting::Anything,
        };
        let (ears, runtime) = (ears(shared)?, runtime()?);
        for file in &self.files {
            let sound = clip::read(file).with_context(|| file.display().to_string())?;
            let heard = runtime.block_on(ears.transcribe(sound, asked.clone()))?;
            if self.json {
                say::line(
                    &json!({
                        "file": file, "text": heard.text, "language": heard.language.to_string(),
                        "confidence": heard.confidence, "others": heard.others,
                    })
                    .to_string(),
                );
            } else {
                say::line(&heard.text);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The ears as the settings have them.
pub(super) fn ears(shared: &Shared) -> anyhow::Result<Ears> {
    let settings = shared.settings()?;
    Ok(Ears::open(&settings.speech.ears, &settings.models())?)
}

/// The pack whose words are likely to be said.
pub(super) fn pack(shared: &Shared) -> anyhow::Result<Pack> {
    Ok(knowledge::pack::read::read(&shared.settings()?.pack)?.0)
}

/// What the ears take for likely, by language.
pub(super) fn prompts(pack: &Pack) -> Vec<(LanguageIdentifier, Arc<str>)> {
    let prompt = |language: &LanguageIdentifier| pack.vocabulary(language, PROMPT_CHARACTERS);
    pack.languages.iter().map(|language| (language.clone(), prompt(language).into())).collect()
}
