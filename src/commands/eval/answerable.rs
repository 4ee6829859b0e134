//! `wendu eval answerable`: in a conversation, are questions that can be answered told from those
//! that nothing published answers, and from those that do not say enough?

use std::path::PathBuf;

use anyhow::bail;
use bot::sureness::{Before, Estimate, VIEWS, View, in_conversation, row, views};
use clap::Args;
use nlu::Encoder;
use serde::Deserialize;

use super::{
    print,
    published::{Cut, Document, Published, auroc, encoder, read},
};
use crate::commands::Shared;

/// Whether the unanswerable and the underspecified are told from the answerable.
#[derive(Debug, Args)]
pub struct Answerable {
    /// Passages: {id, text, title?} a line
    #[arg(long, value_name = "FILE")]
    passages: PathBuf,
    /// Tasks: {question, history: [{speaker, text}], answerability} a line
    #[arg(long, value_name = "FILE")]
    tasks: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// One question in a conversation, and what should become of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Task {
    /// What is asked.
    pub question: String,
    /// What was said before.
    #[serde(default)]
    pub history: Vec<Said>,
    /// What should become of it.
    pub answerability: String,
    /// What it was collected with.
    #[serde(default)]
    pub collection: String,
}

/// One thing said before.
#[derive(Debug, Clone, Deserialize)]
pub struct Said {
    /// Who said it: user, or another.
    pub speaker: String,
    /// What was said.
    pub text: String,
}

impl Task {
    /// The task's signals in one row.
    pub fn row(&self, published: &Published, encoder: Option<&Encoder>) -> Vec<f32> {
        let by = |visitor: bool| {
            let said = self.history.iter().filter(move |said| (said.speaker == "user") == visitor);
            said.map(|said| said.text.as_str())
        };
        let visitor: Vec<&str> = by(true).collect();
        let before = Before { visitor: &visitor, bot: by(false).next_back() };
        let texts = views(&self.question, &before);
        let views: [View; VIEWS] = texts.each_ref().map(|text| published.view(text, encoder));
        row(&self.question, &before, &views)
    }
}

impl Answerable {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let documents: Vec<Document> = read(&self.passages)?;
        let tasks: Vec<Task> = read(&self.tasks)?;
        let encoder = encoder(&shared.settings()?.models())?;
        let published = Published::of(&documents, Cut::Whole, encoder.as_ref())?;
        let (mut answerable, mut unanswerable, mut underspecified) = (vec![], vec![], vec![]);
        for task in &tasks {
            let estimate = in_conversation(&task.row(&published, encoder.as_ref()));
            match task.answerability.as_str() {
                "ANSWERABLE" => answerable.push(estimate),
                "UNANSWERABLE" => unanswerable.push(estimate),
                "UNDERSPECIFIED" => underspecified.push(estimate),
                _ => {}
            }
        }
        if answerable.is_empty() {
            bail!("no task is ANSWERABLE; look at the file named with --tasks");
        }
        let no = |rows: &[Estimate]| rows.iter().map(|row| row.no).collect::<Vec<_>>();
        let back = |rows: &[Estimate]| rows.iter().map(|row| row.ask_back).collect::<Vec<_>>();
        print(
            &[
                ("answerable", answerable.len() as f64),
                ("unanswerable", unanswerable.len() as f64),
                ("underspecified", underspecified.len() as f64),
                ("auroc_unanswerable", auroc(&no(&unanswerable), &no(&answerable))),
                ("auroc_underspecified", auroc(&back(&underspecified), &back(&answerable))),
            ],
            self.json,
        );
        Ok(())
    }
}
