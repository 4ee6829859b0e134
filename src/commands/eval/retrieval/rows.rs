//! The rows of `wendu eval retrieval`: passages or documents, questions, and which passage is right.

use std::{collections::HashSet, fs, path::Path};

use anyhow::Context;
use knowledge::index::Entry;
use serde::Deserialize;

use super::noise::Dice;

/// A passage, or a document that is still to be cut into passages.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    id: String,
    text: String,
    #[serde(default)]
    title: String,
}

/// A question, what stands beside it, and which passage answers it.
#[derive(Debug, Deserialize)]
pub struct Question {
    pub question: String,
    #[serde(default)]
    gold: String,
    #[serde(default)]
    docid: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    pub scenario: String,
    #[serde(default)]
    pub history: Vec<Earlier>,
}

/// An earlier question back, and its answer.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    follow_up_question: String,
    follow_up_answer: String,
}

/// Characters of a passage and from one passage's start to the next, with --split-documents.
const WINDOW: (usize, usize) = (200, 150);
/// Characters of the answer that the right passage must hold.
const TOLD: usize = 20;
/// One word in so many is another one in a repeated document.
const CHANGED: u64 = 5;

impl Question {
    /// What was said before.
    pub fn earlier(&self) -> String {
        let lines =
            self.history.iter().flat_map(|e| [&*e.follow_up_question, &*e.follow_up_answer]);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The passage or document that is right; questions about one passage are one group.
    pub fn right(&self) -> &str {
        if self.gold.is_empty() { &self.docid } else { &self.gold }
    }
}

/// One row for each question and passage that is right.
pub fn distinct(questions: Vec<Question>) -> Vec<Question> {
    let mut seen = HashSet::new();
    let fresh = |q: &Question| seen.insert((q.question.clone(), q.right().to_owned()));
    let mut questions = questions;
    questions.retain(fresh);
    questions
}

/// The documents so many times over, each copy with other words here and there.
pub fn repeated(documents: Vec<Document>, times: usize) -> Vec<Document> {
    let mut dice = Dice::new(1);
    let words: Vec<String> =
        documents.iter().flat_map(|d| d.text.split(' ').map(str::to_owned)).collect();
    let mut all = Vec::with_capacity(documents.len() * times);
    for copy in 0..times {
        for document in &documents {
            let mut document = document.clone();
            if copy > 0 {
                let changed = document.text.split(' ').map(|word| match dice.below(CHANGED) {
                    0 => dice.one_of(&words).map_or(word, String::as_str),
                    _ => word,
                });
                document.text = changed.collect::<Vec<_>>().join(" ");
            }
            all.push(document);
        }
    }
    all
}

/// The rows of a JSON Lines file.
pub fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
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

/// What is searched.
pub struct Pool {
    /// The passages, as they are indexed.
    pub entries: Vec<Entry>,
    /// Their documents, as they are indexed.
    pub articles: Vec<String>,
    /// The document and the bare text of each passage.
    passages: Vec<(String, String)>,
    split: bool,
}

impl Pool {
    /// Cuts documents where they are to be cut.
    pub fn of(documents: &[Document], split: bool) -> Pool {
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

    /// Whether a passage answers a question.
    pub fn is_right(&self, passage: usize, question: &Question) -> bool {
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
