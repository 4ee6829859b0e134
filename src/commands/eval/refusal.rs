//! `wendu eval refusal`: is a question that the passages answer answered, and is one that they do
//! not answer refused? Each question is asked as it is, then with the passages that answer it out
//! of sight, then come questions about other things. The limit is the program's own.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use anyhow::bail;
use bot::{
    Via,
    sureness::{Estimate, Family, alone},
};
use clap::Args;
use nlu::normal::fold;
use serde::Deserialize;

use super::{
    print,
    published::{Cut, Document, Published, auroc, read},
};

/// Whether questions that nothing published answers are refused, and no others.
#[derive(Debug, Args)]
pub struct Refusal {
    /// Passages: {id, text, title?} a line
    #[arg(long, value_name = "FILE")]
    passages: PathBuf,
    /// Questions that they answer: {question, gold} a line, or {question, docid}: then documents
    /// are cut into passages of 200 characters, one each 150
    #[arg(long, value_name = "FILE")]
    questions: PathBuf,
    /// Questions about other things: {text} or {question} a line; of rows with a domain only "chat"
    #[arg(long, value_name = "FILE")]
    outsiders: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// A question and what answers it.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    /// What is asked.
    #[serde(alias = "text", alias = "utterance", alias = "query")]
    pub question: String,
    /// The passages that answer it.
    #[serde(default)]
    pub gold: Gold,
    /// The document of the answer.
    #[serde(default)]
    pub docid: Option<String>,
    /// What it was collected as.
    #[serde(default)]
    pub intent: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub domain: Option<String>,
}

/// One ID or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Gold {
    One(String),
    Many(Vec<String>),
}

impl Default for Gold {
    fn default() -> Gold {
        Gold::Many(vec![])
    }
}

impl Question {
    /// A question that one document answers.
    pub fn of(question: String, document: String) -> Question {
        Question { question, gold: Gold::One(document), docid: None, intent: None, domain: None }
    }

    /// The IDs of what answers it.
    pub fn answers(&self) -> Vec<String> {
        match (&self.docid, &self.gold) {
            (Some(document), _) => vec![document.clone()],
            (None, Gold::One(id)) => vec![id.clone()],
            (None, Gold::Many(ids)) => ids.clone(),
        }
    }
}

/// How questions' passages are cut: rows that name a document are asked of cut documents.
pub fn cut(questions: &[Question]) -> Cut {
    if questions.iter().any(|question| question.docid.is_some()) {
        Cut::Windows
    } else {
        Cut::Whole
    }
}

/// Each question once, with all that answers it.
pub fn answered(questions: &[Question]) -> BTreeMap<&str, Vec<String>> {
    let mut all: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for question in questions {
        all.entry(&question.question).or_default().extend(question.answers());
    }
    all.into_iter().map(|(question, ids)| (question, ids.into_iter().collect())).collect()
}

impl Refusal {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let questions: Vec<Question> = read(&self.questions)?;
        let mut outsiders: Vec<Question> = read(&self.outsiders)?;
        if outsiders.iter().any(|row| row.domain.as_deref() == Some("chat")) {
            outsiders.retain(|row| row.domain.as_deref() == Some("chat"));
        }
        if questions.is_empty() || outsiders.is_empty() {
            bail!("there are no questions or no outsiders; look at the two files named");
        }
        let documents: Vec<Document> = read(&self.passages)?;
        let published = Published::of(&documents, cut(&questions), None)?;
        let estimate = |text: &str, without: &[usize]| {
            alone(Family::of(&fold(text)), Via::Typed, &published.signals(text, without))
        };
        let (mut is, mut gone) = (vec![], vec![]);
        for (question, ids) in answered(&questions) {
            let right = published.passages_of(&ids);
            is.push(estimate(question, &[]));
            if !right.is_empty() {
                gone.push(estimate(question, &right));
            }
        }
        let out: Vec<Estimate> = outsiders.iter().map(|row| estimate(&row.question, &[])).collect();
        let chances = |rows: &[Estimate]| rows.iter().map(|row| row.answer).collect::<Vec<_>>();
        let refused = |rows: &[Estimate]| {
            rows.iter().filter(|row| row.is_no()).count() as f64 / rows.len() as f64
        };
        print(
            &[
                ("answerable", is.len() as f64),
                ("gold_removed", gone.len() as f64),
                ("outsiders", out.len() as f64),
                ("answerable_refused", refused(&is)),
                ("gold_removed_refused", refused(&gone)),
                ("outsiders_refused", refused(&out)),
                ("auroc_gold_removed", auroc(&chances(&is), &chances(&gone))),
                ("auroc_outsiders", auroc(&chances(&is), &chances(&out))),
            ],
            self.json,
        );
        Ok(())
    }
}
