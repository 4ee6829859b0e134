//! `wendu eval calls`: real calls to a running line. For each service of the pack a question is
//! rendered by the voice and said on a call of its own, over the greeting; what the caller heard is
//! written down by the ears, and it is looked which service it tells of.

mod judging;
mod placing;

use std::{collections::BTreeSet, net::SocketAddr, process::ExitCode, sync::Arc};

use anyhow::Context;
use bot::LanguageIdentifier;
use clap::Args;
use speech::{
    ears::{Asked, Ears},
    sound::narrow,
    voice::{Pace, Voice, sentences},
};
use tokio::sync::Semaphore;

use super::{golden, percentile, print};
use crate::commands::{Shared, runtime, say};
use judging::Services;
use placing::Placed;

/// Real calls to a running line: how soon the answer begins, and whether it is the right one.
#[derive(Debug, Args)]
#[command(
    after_help = "Needs a running line that this machine may call: `[phone.sip] udp`, and this \
    machine's address among the `[[phone.trunks]]`. The models are taken from the same data folder."
)]
pub struct Calls {
    /// Where the line is
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:5060")]
    line: SocketAddr,
    /// Calls that talk at once
    #[arg(long, default_value_t = 1)]
    at_once: usize,
    /// Only questions in this language
    #[arg(long)]
    language: Option<LanguageIdentifier>,
    /// So many services at most, in each language
    #[arg(long)]
    limit: Option<usize>,
    /// Show what was asked and heard where it was not right
    #[arg(long)]
    misses: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// A question and the sound of it.
struct Question {
    text: String,
    language: LanguageIdentifier,
    services: Vec<String>,
    sound: Vec<i16>,
}

impl Calls {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let mind = shared.mind()?;
        let services = Services::of(&mind);
        let runtime = runtime()?;
        let cache = tempfile::tempdir()?;
        let voice = Voice::open(&settings.speech.voice, &settings.models(), cache.path());
        let ears = Ears::open(&settings.speech.ears, &settings.models())?;
        let mut questions = Vec::new();
        for asked in self.questions(&settings.pack)? {
            say::problem(&format!("rendering question {}", questions.len() + 1));
            questions.push(runtime.block_on(rendered(&voice, asked))?);
        }
        anyhow::ensure!(!questions.is_empty(), "the pack has no golden questions about services");
        let placed = runtime.block_on(self.place(&questions))?;
        let (mut right, mut heard) = (0.0, 0.0);
        for (question, placed) in questions.iter().zip(&placed) {
            let asked = Asked { languages: vec![question.language.clone()], ..Asked::default() };
            let sound = placed.heard_16khz();
            let text = runtime.block_on(ears.transcribe(sound, asked)).map(|told| told.text);
            let text = text.unwrap_or_default();
            heard += f64::from(u8::from(!text.is_empty()));
            let told = services.told_of(&text, &question.language);
            let is_right = told.is_some_and(|id| question.services.contains(id));
            right += f64::from(u8::from(is_right));
            if self.misses && !is_right {
                say::line(&format!(
                    "{}: {}\n    heard: {text}",
                    question.services[0], question.text
                ));
            }
        }
        let calls = questions.len() as f64;
        let answers = sorted(placed.iter().filter_map(|placed| placed.answered_after));
        let stops = sorted(placed.iter().filter_map(|placed| placed.stopped_after));
        print(
            &[
                ("calls", calls),
                ("answered", answers.len() as f64 / calls),
                ("heard", heard / calls),
                ("right_answer_heard", right / calls),
                ("answer_p50_s", percentile(&answers, 0.5)),
                ("answer_p95_s", percentile(&answers, 0.95)),
                ("barge_in_p50_s", percentile(&stops, 0.5)),
                ("barge_in_p95_s", percentile(&stops, 0.95)),
            ],
            self.json,
        );
        Ok(ExitCode::SUCCESS)
    }

    /// One question for each service, in each language: the first golden one that is not written in
    /// spoken style, or else the first.
    fn questions(&self, pack: &std::path::Path) -> anyhow::Result<Vec<golden::Question>> {
        let all = golden::questions(pack, golden::Half::All)?;
        let mut known = BTreeSet::new();
        let mut chosen = Vec::new();
        for question in all.into_iter().filter(|question| {
            !question.service.is_empty()
                && !question.ambiguous
                && !question.outside
                && self.language.as_ref().is_none_or(|tag| *tag == question.lang)
        }) {
            if known.insert((question.lang.to_string(), question.service[0].clone())) {
                chosen.push(question);
            }
        }
        if let Some(limit) = self.limit {
            let mut counts = std::collections::BTreeMap::<String, usize>::new();
            chosen.retain(|question| {
                let count = counts.entry(question.lang.to_string()).or_default();
                *count += 1;
                *count <= limit
            });
        }
        Ok(chosen)
    }

    async fn place(&self, questions: &[Question]) -> anyhow::Result<Vec<Placed>> {
        let turns = Arc::new(Semaphore::new(self.at_once.max(1)));
        let calls = questions.iter().map(|question| {
            let (turns, line, sound) = (turns.clone(), self.line, question.sound.clone());
            tokio::spawn(async move {
                let _turn = turns.acquire_owned().await;
                placing::place(line, &sound).await
            })
        });
        let calls: Vec<_> = calls.collect();
        let mut placed = Vec::new();
        for (at, call) in calls.into_iter().enumerate() {
            placed.push(call.await?.with_context(|| format!("call {}", at + 1))?);
            say::problem(&format!("call {} of {} is over", at + 1, questions.len()));
        }
        Ok(placed)
    }
}

async fn rendered(voice: &Voice, asked: golden::Question) -> anyhow::Result<Question> {
    let mut sound = Vec::new();
    for sentence in sentences(asked.ask.as_ref(), &asked.lang) {
        sound.extend_from_slice(&voice.say(&sentence, Pace::Usual).await?);
    }
    // It begins and ends with speech, so that times are counted from speech.
    let is_speech = |sample: &i16| sample.unsigned_abs() > 300;
    let end = sound.iter().rposition(is_speech).map_or(0, |last| last + 1);
    sound.truncate(end);
    sound.drain(..sound.iter().position(is_speech).unwrap_or(0));
    Ok(Question {
        text: asked.ask.into_inner(),
        language: asked.lang,
        services: asked.service,
        sound: narrow(&sound),
    })
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}
