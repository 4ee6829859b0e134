//! `wendu index`: makes the index anew beside the old one, if the pack has changed, and the sound of
//! what callers will hear.

use std::{process::ExitCode, sync::Arc};

use bot::Mind;
use clap::Args;
use jiff::Timestamp;
use knowledge::Library;
use tokio_util::sync::CancellationToken;

use super::{Shared, progress, say};
use crate::{
    app::{open_library, open_voice},
    entrance::Entrance,
    models::Models,
    settings::Settings,
};

/// Make the index anew, if the pack has changed, and the sound of what callers will hear, if there is
/// a telephone line. A running server does both by itself.
#[derive(Debug, Args)]
#[command(
    after_help = "Sound takes about a second a sentence. It may be interrupted: what is made is \
    kept, and the next time the rest is made."
)]
pub struct Index {
    /// Leave the sound to the running server, which makes it between calls
    #[arg(long)]
    no_sound: bool,
}

impl Index {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let (pack, index) = (settings.pack.clone(), settings.index());
        let models = Models::at(&settings.models());
        let opening = open_library(pack, index, models, progress::bar());
        let runtime = super::runtime()?;
        let library = runtime.block_on(opening)?;
        say::line(&format!(
            "The index of {} is up to date: {} articles, fingerprint {}",
            settings.pack.display(),
            library.pack().articles.len(),
            library.fingerprint(),
        ));
        if settings.phone.is_on() && settings.speech.voice.ahead && !self.no_sound {
            runtime.block_on(sound(&settings, library));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes the sound that is missing.
async fn sound(settings: &Settings, library: Library) {
    let entrance = Entrance { mind: Arc::new(Mind::new(library.into())), now: Timestamp::now() };
    let voice = open_voice(settings);
    let mut sentences = phone::sentences_beforehand(&entrance);
    // The log has said which voice is missing.
    sentences.retain(|sentence| voice.speaks(sentence.language()));
    let all = sentences.len();
    voice.warm(sentences, &CancellationToken::new(), progress::sound()).await;
    say::line(&format!("The sound of {all} sentences that callers will hear is up to date"));
}
