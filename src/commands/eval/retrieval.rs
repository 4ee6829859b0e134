//! `wendu eval retrieval`: does the right passage come first? Real index, real search, the
//! questions and passages of two JSON Lines files.

pub mod noise;
mod rows;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use knowledge::{
    Progress,
    index::{Asked, FIELDS, Index},
};
use nlu::{Via, meaning::Meanings, normal::fold};

use self::{
    noise::{Noise, Table},
    rows::{Document, Pool, Question, distinct, read, repeated},
};
use super::{percentile, print, published::encoder};
use crate::commands::{ask::Came, progress};

/// Search quality and speed on named passages and questions.
#[derive(Debug, Args)]
pub struct Retrieval {
    /// Passages, or documents with --split-documents: {id, text, title?} a line
    #[arg(long, value_name = "FILE")]
    passages: PathBuf,
    /// Questions: {id, question, gold, scenario?, history?} a line; with --split-documents
    /// {id, question, docid, answer}
    #[arg(long, value_name = "FILE")]
    questions: PathBuf,
    /// What stands beside the question
    #[arg(long, value_enum, default_value_t = Beside::None)]
    context: Beside,
    /// Cut documents into passages of 200 characters, one each 150; a passage counts when it is
    /// of the right document and holds the answer's first 20 characters
    #[arg(long)]
    split_documents: bool,
    /// Only questions before which nothing was said
    #[arg(long)]
    first_turns: bool,
    /// One row for each question and right passage
    #[arg(long)]
    distinct: bool,
    /// Errors made in the questions: homophone, harder or english, and the share of characters or
    /// words, e.g. harder:0.2
    #[arg(long, value_name = "KIND:SHARE")]
    noise: Option<Noise>,
    /// Homophones for the Chinese kinds: a character, a tab and what sounds like it a line
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// Another number makes other errors
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How the questions come [default: spoken with --noise, else typed]
    #[arg(long, value_enum)]
    via: Option<Came>,
    /// Index the passages so many times over, each copy with other words here and there
    #[arg(long, default_value_t = 1)]
    repeat: usize,
    /// Also time what a turn does with the sentence encoder of this models folder: the question
    /// encoded, and compared with every passage
    #[arg(long, value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Beside {
    /// The question alone
    None,
    /// The asker's situation
    Scenario,
    /// The situation, and earlier questions and answers
    Full,
}

/// How deep a right passage is looked for.
const DEPTH: usize = 10;

/// Named passages, indexed, and what is asked of them.
struct Opened {
    pool: Pool,
    questions: Vec<Question>,
    /// The questions as they are asked, errors and all.
    texts: Vec<String>,
    index: Index,
    /// Seconds that indexing took.
    indexing: f64,
    _folder: tempfile::TempDir,
}

/// A question and the passages that search finds, for learning.
pub(in crate::commands) struct Found {
    /// Questions about one passage or document are one group.
    pub group: String,
    /// The weights by which they were found.
    pub weights: [f32; FIELDS],
    /// What each passage's fields give, best first, and whether it is right.
    pub passages: Vec<([f32; FIELDS], bool)>,
}

impl Retrieval {
    /// Everything that is found for each question, to such a depth.
    pub(in crate::commands) fn found(&self, depth: usize) -> anyhow::Result<Vec<Found>> {
        let opened = self.open()?;
        let asked = opened.questions.iter().zip(&opened.texts);
        let found = asked.map(|(question, text)| {
            let parts = self.ask(question, text, |asked| {
                (asked.weights(), opened.index.search(asked, depth, &|_| true))
            });
            let right = |passage| opened.pool.is_right(passage, question);
            let passages = parts.1.iter().map(|part| (part.fields, right(part.passage)));
            Found {
                group: question.right().to_owned(),
                weights: parts.0,
                passages: passages.collect(),
            }
        });
        Ok(found.collect())
    }

    fn open(&self) -> anyhow::Result<Opened> {
        let documents: Vec<Document> = read(&self.passages)?;
        let questions = self.chosen(read(&self.questions)?);
        if documents.is_empty() || questions.is_empty() {
            bail!("there are no passages or no questions; look at the two files named");
        }
        let pool = Pool::of(&repeated(documents, self.repeat), self.split_documents);
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        let start = Instant::now();
        let bar = progress::bar();
        let total = pool.entries.len() as u64;
        let told = |done| bar(Progress { stage: "indexing", done, total });
        Index::build(folder.path(), &pool.entries, &pool.articles, &told)?;
        let indexing = start.elapsed().as_secs_f64();
        let parents = pool.entries.iter().map(|entry| entry.article).collect();
        let index = Index::open(folder.path(), parents)?;
        nlu::tokens::warm_up();

        let texts = self.texts(&questions)?;
        Ok(Opened { pool, questions, texts, index, indexing, _folder: folder })
    }

    pub(super) fn run(self) -> anyhow::Result<()> {
        let Opened { pool, questions, texts, index, indexing, _folder } = self.open()?;
        let mut ranks = Vec::new();
        let mut times = Vec::new();
        for (question, text) in questions.iter().zip(&texts) {
            let start = Instant::now();
            let found = self.search(&index, question, text);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            let right = found.iter().position(|passage| pool.is_right(*passage, question));
            ranks.push((right.map(|place| place + 1), question.right()));
        }
        let sorted = {
            let mut sorted = times.clone();
            sorted.sort_by(f64::total_cmp);
            sorted
        };
        let mut figures = vec![("n", ranks.len() as f64), ("passages", pool.entries.len() as f64)];
        figures.extend(quality(&ranks));
        figures.extend([
            ("p50_ms", percentile(&sorted, 0.5)),
            ("p99_ms", percentile(&sorted, 0.99)),
            ("index_s", indexing),
        ]);
        if let Some(models) = &self.models {
            let meant = meant(models, &pool, &texts)?;
            let mut both: Vec<f64> = times.iter().zip(meant).map(|(a, b)| a + b).collect();
            both.sort_by(f64::total_cmp);
            figures.push(("with_meaning_p50_ms", percentile(&both, 0.5)));
            figures.push(("with_meaning_p99_ms", percentile(&both, 0.99)));
        }
        print(&figures, self.json);
        Ok(())
    }

    fn chosen(&self, mut questions: Vec<Question>) -> Vec<Question> {
        if self.first_turns {
            questions.retain(|question| question.history.is_empty());
        }
        if self.distinct { distinct(questions) } else { questions }
    }

    /// The questions as they are asked, errors and all.
    fn texts(&self, questions: &[Question]) -> anyhow::Result<Vec<String>> {
        let Some(noise) = self.noise else {
            return Ok(questions.iter().map(|question| question.question.clone()).collect());
        };
        let table = self.table.as_deref().map(Table::read).transpose()?.unwrap_or_default();
        noise.needs(&table)?;
        let mut dice = noise::Dice::new(self.seed);
        Ok(questions.iter().map(|q| noise.spoil(&q.question, &table, &mut dice)).collect())
    }

    fn search(&self, index: &Index, question: &Question, text: &str) -> Vec<usize> {
        let found = self.ask(question, text, |asked| index.search(asked, DEPTH, &|_| true));
        found.into_iter().map(|part| part.passage).collect()
    }

    /// Asks with what stands beside the question.
    fn ask<T>(&self, question: &Question, text: &str, ask: impl Fn(&Asked<'_>) -> T) -> T {
        let scenario = if self.context == Beside::None { "" } else { &*question.scenario };
        let earlier = if self.context == Beside::Full { question.earlier() } else { String::new() };
        let came = if self.noise.is_some() { Via::Spoken } else { Via::Typed };
        ask(&Asked {
            text: &fold(text),
            others: &[],
            beside: &fold(scenario),
            earlier: &fold(&earlier),
            via: self.via.map_or(came, Via::from),
        })
    }
}

/// How long each text takes to be encoded and compared with every passage, in milliseconds.
fn meant(models: &Path, pool: &Pool, texts: &[String]) -> anyhow::Result<Vec<f64>> {
    let encoder = encoder(models)?
        .with_context(|| format!("there is no sentence encoder in {}", models.display()))?;
    let mut meanings = Meanings::default();
    for entry in &pool.entries {
        meanings.push(&encoder.encode(&entry.text));
    }
    let time = |text: &String| {
        let start = Instant::now();
        std::hint::black_box(meanings.likeness(&encoder.encode(text)));
        start.elapsed().as_secs_f64() * 1e3
    };
    Ok(texts.iter().map(time).collect())
}

/// Recall at depths and the mean reciprocal rank; recall also as the mean of each right passage's
/// own, since some are asked for often. A row is a rank, if any, and what is right.
fn quality(rows: &[(Option<usize>, &str)]) -> Vec<(&'static str, f64)> {
    let within = |rank: &Option<usize>, depth: usize| {
        f64::from(u8::from(rank.is_some_and(|rank| rank <= depth)))
    };
    let mean =
        |depth| rows.iter().map(|(rank, _)| within(rank, depth)).sum::<f64>() / rows.len() as f64;
    let mut groups: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
    for (rank, right) in rows {
        groups.entry(right).or_default().push(*rank);
    }
    let macro_mean = |depth| {
        let of = |ranks: &Vec<Option<usize>>| {
            ranks.iter().map(|rank| within(rank, depth)).sum::<f64>() / ranks.len() as f64
        };
        groups.values().map(of).sum::<f64>() / groups.len() as f64
    };
    let mrr = rows.iter().filter_map(|(rank, _)| *rank).map(|rank| 1.0 / rank as f64).sum::<f64>();
    vec![
        ("recall@1", mean(1)),
        ("recall@5", mean(5)),
        ("recall@10", mean(10)),
        ("mrr@10", mrr / rows.len() as f64),
        ("macro_recall@1", macro_mean(1)),
        ("macro_recall@5", macro_mean(5)),
    ]
}

#[cfg(test)]
mod tests {
    use super::quality;

    #[test]
    fn a_passage_asked_for_often_counts_once_in_the_macro_mean() {
        let figures = quality(&[(Some(1), "a"), (Some(1), "a"), (Some(1), "a"), (Some(2), "b")]);
        let of = |name| figures.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        assert_eq!(of("recall@1"), Some(0.75));
        assert_eq!(of("macro_recall@1"), Some(0.5));
        assert_eq!(of("macro_recall@5"), Some(1.0));
        assert_eq!(of("mrr@10"), Some(0.875));
    }
}
