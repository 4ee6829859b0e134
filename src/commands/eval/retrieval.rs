//! `wendu eval retrieval`: does the right passage come first? Real index, real search, the
//! questions and passages of two JSON Lines files.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use knowledge::index::{Entry, Index};
use serde::Deserialize;

use super::{percentile, print};

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

#[derive(Debug, Deserialize)]
struct Document {
    id: String,
    text: String,
    #[serde(default)]
    title: String,
}

#[derive(Debug, Deserialize)]
struct Question {
    question: String,
    #[serde(default)]
    gold: String,
    #[serde(default)]
    docid: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    history: Vec<Earlier>,
}

#[derive(Debug, Deserialize)]
struct Earlier {
    follow_up_question: String,
    follow_up_answer: String,
}

/// How deep a right passage is looked for.
const DEPTH: usize = 10;
/// Characters of a passage and from one passage's start to the next, with --split-documents.
const WINDOW: (usize, usize) = (200, 150);
/// Characters of the answer that the right passage must hold.
const TOLD: usize = 20;

impl Retrieval {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let documents: Vec<Document> = read(&self.passages)?;
        let questions: Vec<Question> = read(&self.questions)?;
        if documents.is_empty() || questions.is_empty() {
            bail!("there are no passages or no questions; look at the two files named");
        }
        let pool = Pool::of(&documents, self.split_documents);
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        Index::build(folder.path(), &pool.entries, &pool.articles, &|_| ())?;
        let parents = pool.entries.iter().map(|entry| entry.article).collect();
        let index = Index::open(folder.path(), parents)?;
        nlu::tokens::warm_up();

        let mut ranks = Vec::new();
        let mut times = Vec::new();
        for question in &questions {
            let text = question.with(self.context);
            let start = Instant::now();
            let found = index.search(&text, DEPTH, &|_| true);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            let right = found.iter().position(|part| pool.is_right(part.passage, question));
            ranks.push(right.map(|place| place + 1));
        }
        times.sort_by(f64::total_cmp);
        let n = ranks.len() as f64;
        let recall =
            |depth: usize| ranks.iter().flatten().filter(|rank| **rank <= depth).count() as f64 / n;
        let mrr = ranks.iter().flatten().map(|rank| 1.0 / *rank as f64).sum::<f64>() / n;
        print(
            &[
                ("n", n),
                ("passages", pool.entries.len() as f64),
                ("recall@1", recall(1)),
                ("recall@5", recall(5)),
                ("recall@10", recall(10)),
                ("mrr@10", mrr),
                ("p50_ms", percentile(&times, 0.5)),
                ("p99_ms", percentile(&times, 0.99)),
            ],
            self.json,
        );
        Ok(())
    }
}

impl Question {
    fn with(&self, beside: Beside) -> String {
        let mut text = self.question.clone();
        if beside != Beside::None {
            text = format!("{text}\n{}", self.scenario);
        }
        if beside == Beside::Full {
            for earlier in &self.history {
                text =
                    format!("{text}\n{}\n{}", earlier.follow_up_question, earlier.follow_up_answer);
            }
        }
        text
    }
}

/// What is searched.
struct Pool {
    entries: Vec<Entry>,
    articles: Vec<String>,
    /// The document and the bare text of each passage.
    passages: Vec<(String, String)>,
    split: bool,
}

impl Pool {
    fn of(documents: &[Document], split: bool) -> Pool {
        let mut pool = Pool { entries: vec![], articles: vec![], passages: vec![], split };
        for (article, document) in documents.iter().enumerate() {
            // A notice without a title begins with it.
            let first = || document.text.split_whitespace().next().unwrap_or_default();
            let title: String = match (document.title.as_str(), split) {
                ("", true) => first().chars().take(40).collect(),
                (title, _) => title.to_owned(),
            };
            let pieces = if split { windows(&document.text) } else { vec![document.text.clone()] };
            for piece in pieces {
                pool.entries.push(Entry { text: format!("{title}\n{piece}"), article });
                pool.passages.push((document.id.clone(), piece));
            }
            pool.articles.push(format!("{title}\n{}", document.text));
        }
        pool
    }

    fn is_right(&self, passage: usize, question: &Question) -> bool {
        let (document, text) = &self.passages[passage];
        if !self.split {
            return *document == question.gold;
        }
        let told: String = question.answer.chars().take(TOLD).collect();
        *document == question.docid && text.contains(&told)
    }
}

fn windows(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (size, step) = WINDOW;
    let last = letters.len().saturating_sub(size - step).max(1);
    (0..last)
        .step_by(step)
        .map(|start| letters[start..letters.len().min(start + size)].iter().collect())
        .collect()
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}:{} is no such row", path.display(), number + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn windows_overlap_and_reach_the_end() {
        let text: String = ('a'..='z').cycle().take(500).collect();
        let cut = windows(&text);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|piece| piece.len() <= 200));
        assert!(text.ends_with(cut[2].as_str()));
        assert_eq!(windows("short"), ["short"]);
    }
}
