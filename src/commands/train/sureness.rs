//! `wendu train sureness`: learns whether published passages answer a question, from questions that
//! they answer, the same with the answer out of sight, and questions about other things; and, in
//! conversations, which questions nothing answers or do not say enough. Prints the Rust file of
//! weights, with what held on rows left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use knowledge::support::SIGNALS;
use nlu::Encoder;
use serde::Deserialize;

use super::regression::{Learned, Row, learn};
use crate::commands::{
    Shared,
    eval::{
        answerable::Task,
        published::{Cut, Document, Published, auroc, encoder, read},
        refusal::{Question, answered, cut},
        retrieval::noise::{Dice, Noise, Table},
    },
    say,
};

/// Learn how sure it is that something published answers a question.
#[derive(Debug, Args)]
pub struct Sureness {
    /// A folder with rules_en, faq_en, notices_zh, wiki_zh, intents_en, intents_zh and support_en;
    /// docs/BENCHMARKS.md says what they are
    #[arg(long = "from", value_name = "FOLDER")]
    from: PathBuf,
}

/// Pull towards nought of first questions' weights, and of those in conversations, which are many
/// and learned from few rows.
const PULL: (f64, f64) = (10.0, 100.0);
/// The share of answerable questions that is refused, with room below 6 of 100.
const REFUSED: f64 = 0.052;
/// The same of questions misheard: their words stand nowhere, as those of outsiders do, and keeping
/// more of them would keep most outsiders as well.
const REFUSED_SPOKEN: f64 = 0.15;
/// Parts that rows are dealt into, one of them left out at a time.
const PARTS: u64 = 10;
/// How much more the first set of questions counts than the others of its language.
const MAIN: f64 = 4.0;
/// Errors of the ears: the kind, and the share of words or characters that have one.
const MISHEARD: [(&str, &str); 2] = [("ENGLISH", "english:0.1"), ("CHINESE", "harder:0.1")];
const SEED: u64 = 1;

/// Intents that are near to what cities publish: no outsiders.
const NEAR: [&str; 17] = [
    "taxes",
    "w2",
    "insurance",
    "insurance_change",
    "income",
    "payday",
    "international_visa",
    "vaccines",
    "bill_due",
    "bill_balance",
    "credit_score",
    "rollover_401k",
    "apr",
    "interest_rate",
    "direct_deposit",
    "pto_request",
    "schedule_maintenance",
];

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Answerable,
    Gone,
    Outside,
}

/// How a language is misheard.
struct Ears<'a> {
    noise: Noise,
    table: &'a Table,
}

impl<'a> Ears<'a> {
    fn of(language: &str, table: &'a Table) -> anyhow::Result<Ears<'a>> {
        let named = MISHEARD.iter().find(|(name, _)| *name == language);
        let noise = named.map_or("english:0", |(_, noise)| noise).parse();
        Ok(Ears { noise: noise.map_err(anyhow::Error::msg)?, table })
    }
}

/// One question with its signals.
struct Case {
    set: usize,
    kind: Kind,
    part: u64,
    row: Row,
    /// The same question misheard, of those that are answered.
    misheard: Option<Row>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    id: serde_json::Value,
    question: String,
    answer: String,
}

impl Sureness {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let encoder = encoder(&shared.settings()?.models())?;
        say::line(
            "//! What `wendu train sureness` learned; docs/decisions/0009-sureness.md tells from what.",
        );
        say::line("//! Chances that held on rows left out stand before each.\n");
        say::line("use super::Regression;\n");
        let table = Table::read(&self.from.join("spelling_zh/same_pinyin.txt"))?;
        self.first("ENGLISH", &self.english(&Ears::of("ENGLISH", &table)?)?);
        self.first("CHINESE", &self.chinese(&Ears::of("CHINESE", &table)?)?);
        self.conversations("", None)?;
        match &encoder {
            Some(encoder) => self.conversations("_MEANT", Some(encoder))?,
            None => say::line("// The sentence encoder is not installed: nothing learned with it."),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn read<T: serde::de::DeserializeOwned>(&self, file: &str) -> anyhow::Result<Vec<T>> {
        read(&self.from.join(file))
    }

    fn english(&self, ears: &Ears<'_>) -> anyhow::Result<Vec<Case>> {
        let questions: Vec<Question> = self.read("rules_en/questions.jsonl")?;
        let faq: Vec<Entry> = self.read("faq_en/faq.jsonl")?;
        let mut outside: Vec<Question> = self.read("intents_en/train.jsonl")?;
        outside.retain(|row| row.intent.as_deref().is_some_and(|intent| !NEAR.contains(&intent)));
        let mut outside = texts(every(&outside, 16));
        outside.extend(texts(self.read::<Question>("intents_en/oos_train.jsonl")?.iter()));
        let asked = |entry: &Entry| entry.question.clone();
        let mut cases = Vec::new();
        let mut others = outside.clone();
        others.extend(every(&faq, 2).map(asked));
        let rules: Vec<Document> = self.read("rules_en/passages.jsonl")?;
        gather(&mut cases, ears, 0, &rules, &questions, &others)?;
        outside.extend(every(&questions, 8).map(|row| row.question.clone()));
        let answers: Vec<Document> = faq
            .iter()
            .map(|entry| Document {
                id: entry.id.to_string(),
                text: entry.answer.clone(),
                title: None,
            })
            .collect();
        let questions: Vec<Question> =
            faq.iter().map(|entry| Question::of(asked(entry), entry.id.to_string())).collect();
        gather(&mut cases, ears, 1, &answers, &questions, &outside)?;
        Ok(cases)
    }

    fn chinese(&self, ears: &Ears<'_>) -> anyhow::Result<Vec<Case>> {
        let questions: Vec<Question> = self.read("notices_zh/questions.jsonl")?;
        let wiki: Vec<Question> = self.read("wiki_zh/questions.jsonl")?;
        let domains: Vec<Question> = self.read("intents_zh/train.jsonl")?;
        let chat = |row: &&Question| row.domain.as_deref() == Some("chat");
        let mut outside = texts(domains.iter().filter(chat));
        outside.extend(texts(every(&domains, 4).filter(|row| !chat(row))));
        let mut cases = Vec::new();
        let mut others = outside.clone();
        others.extend(texts(every(&wiki, 8)));
        let notices: Vec<Document> = self.read("notices_zh/documents.jsonl")?;
        gather(&mut cases, ears, 0, &notices, &questions, &others)?;
        outside.extend(texts(questions.iter()));
        let pages: Vec<Document> = self.read("wiki_zh/passages.jsonl")?;
        let some: Vec<Question> = every(&wiki, 5).cloned().collect();
        gather(&mut cases, ears, 1, &pages, &some, &outside)?;
        Ok(cases)
    }

    /// Learns from first questions, and finds the limit on rows left out.
    fn first(&self, name: &str, cases: &[Case]) {
        let mut left_out = vec![0.0; cases.len()];
        let mut misheard = Vec::new();
        for part in 0..PARTS {
            let rows: Vec<&Row> =
                cases.iter().filter(|case| case.part != part).map(|case| &case.row).collect();
            let learned = learn(&rows, PULL.0);
            for (sum, case) in left_out.iter_mut().zip(cases) {
                if case.part == part {
                    *sum = learned.sum(&case.row.signals);
                    let heard = case.misheard.iter().filter(|_| case.set == 0);
                    misheard.extend(heard.map(|row| learned.sum(&row.signals) as f32));
                }
            }
        }
        let of = |set: usize, kind: Kind| -> Vec<f32> {
            let cases = cases.iter().zip(&left_out);
            let mine = cases.filter(|(case, _)| case.set == set && case.kind == kind);
            mine.map(|(_, sum)| *sum as f32).collect()
        };
        let limit = limit_of(of(0, Kind::Answerable), REFUSED);
        let spoken = limit_of(misheard, REFUSED_SPOKEN);
        for set in [0, 1] {
            let (is, gone, out) =
                (of(set, Kind::Answerable), of(set, Kind::Gone), of(set, Kind::Outside));
            let refused = |rows: &[f32]| {
                rows.iter().filter(|sum| **sum < limit).count() as f64 / rows.len() as f64
            };
            say::line(&format!(
                "// Set {set}: refused of {} answerable {:.3}, of {} gone {:.3}, of {} outside {:.3}; \
                 AUROC gone {:.3}, outside {:.3}; outside as limited for ears {:.3}.",
                is.len(),
                refused(&is),
                gone.len(),
                refused(&gone),
                out.len(),
                refused(&out),
                auroc(&is, &gone),
                auroc(&is, &out),
                out.iter().filter(|sum| **sum < spoken).count() as f64 / out.len() as f64,
            ));
        }
        let rows: Vec<&Row> = cases.iter().map(|case| &case.row).collect();
        for (via, limit) in [("LIMIT", limit), ("SPOKEN_LIMIT", spoken)] {
            let no = 1.0 / (1.0 + limit.exp());
            say::line(&format!("pub(super) const {name}_{via}: f32 = {no:.4};"));
        }
        tell(name, &learn(&rows, PULL.0));
    }

    /// Learns from conversations; tells what held on each collection left out.
    fn conversations(&self, with: &str, encoder: Option<&Encoder>) -> anyhow::Result<()> {
        let documents: Vec<Document> = self.read("support_en/passages.jsonl")?;
        let tasks: Vec<Task> = self.read("support_en/tasks.jsonl")?;
        let published = Published::of(&documents, Cut::Whole, encoder)?;
        let signals: Vec<Vec<f32>> =
            tasks.iter().map(|task| task.row(&published, encoder)).collect();
        for (name, label) in [("NO", "UNANSWERABLE"), ("ASK_BACK", "UNDERSPECIFIED")] {
            let is = |task: &Task| task.answerability == label;
            let asked: Vec<(&Task, &Vec<f32>)> = tasks
                .iter()
                .zip(&signals)
                .filter(|(task, _)| is(task) || task.answerability == "ANSWERABLE")
                .collect();
            let (n, yes) =
                (asked.len() as f64, asked.iter().filter(|(task, _)| is(task)).count() as f64);
            let row = |(task, signals): &(&Task, &Vec<f32>)| Row {
                signals: (*signals).clone(),
                yes: is(task),
                counts: n / 2.0 / if is(task) { yes } else { n - yes },
            };
            let rows: Vec<Row> = asked.iter().map(row).collect();
            let collections: BTreeSet<&str> =
                asked.iter().map(|(task, _)| task.collection.as_str()).collect();
            let mut told = BTreeMap::new();
            let (mut all_yes, mut all_no) = (vec![], vec![]);
            for collection in collections {
                let left_out: Vec<bool> =
                    asked.iter().map(|(task, _)| task.collection == collection).collect();
                let kept: Vec<&Row> = rows
                    .iter()
                    .zip(&left_out)
                    .filter(|(_, out)| !**out)
                    .map(|(row, _)| row)
                    .collect();
                let learned = learn(&kept, PULL.1);
                let (mut yes, mut no) = (vec![], vec![]);
                for (row, _) in rows.iter().zip(&left_out).filter(|(_, out)| **out) {
                    let sum = learned.sum(&row.signals) as f32;
                    if row.yes { yes.push(sum) } else { no.push(sum) }
                }
                told.insert(collection, format!("{:.3}", auroc(&yes, &no)));
                all_yes.extend(yes);
                all_no.extend(no);
            }
            say::line(&format!(
                "// {label}, each collection left out in turn: AUROC {:.3}; {told:?}.",
                auroc(&all_yes, &all_no)
            ));
            tell(&format!("{name}{with}"), &learn(&rows.iter().collect::<Vec<_>>(), PULL.1));
        }
        Ok(())
    }
}

/// Looks all questions up: as they are, without what answers them, and those about other things.
fn gather(
    cases: &mut Vec<Case>,
    ears: &Ears<'_>,
    set: usize,
    documents: &[Document],
    questions: &[Question],
    outside: &[String],
) -> anyhow::Result<()> {
    let published = Published::of(documents, cut(questions), None)?;
    let answered = answered(questions);
    // Chinese asks of cut documents, where passages in sight say much of one that is gone: how
    // that differs is learned less, so that outsiders are learned better.
    let (gone, outsiders) = match cut(questions) {
        Cut::Whole => (0.5, 0.5),
        Cut::Windows => (0.3, 0.7),
    };
    let weight = |share: f64, count: usize| {
        share / count.max(1) as f64 * if set == 0 { MAIN } else { 1.0 } * 1000.0
    };
    let row = |kind: Kind, signals: [f32; SIGNALS], counts: f64| Row {
        signals: signals.to_vec(),
        yes: kind == Kind::Answerable,
        counts,
    };
    let mut dice = Dice::new(SEED);
    for (question, ids) in &answered {
        // What is asked of the same passage is left out together.
        let part = deal(&ids[0]);
        let right = published.passages_of(ids);
        let of = |kind, text: &str, without: &[usize], share| {
            row(kind, published.signals(text, without), weight(share, answered.len()))
        };
        let heard = ears.noise.spoil(question, ears.table, &mut dice);
        let misheard = Some(of(Kind::Answerable, &heard, &[], 1.0));
        let is = of(Kind::Answerable, question, &[], 1.0);
        cases.push(Case { set, kind: Kind::Answerable, part, row: is, misheard });
        let gone = of(Kind::Gone, question, &right, gone);
        cases.push(Case { set, kind: Kind::Gone, part, row: gone, misheard: None });
    }
    for question in outside {
        let counts = weight(outsiders, outside.len());
        let row = row(Kind::Outside, published.signals(question, &[]), counts);
        let part = deal(question);
        cases.push(Case { set, kind: Kind::Outside, part, row, misheard: None });
    }
    Ok(())
}

/// The sum below which a share of answerable questions fell.
fn limit_of(mut sums: Vec<f32>, share: f64) -> f32 {
    sums.sort_by(f32::total_cmp);
    sums[(sums.len() as f64 * share) as usize]
}

/// Which part a row belongs to: the same each time.
fn deal(key: &str) -> u64 {
    key.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) % PARTS
}

fn every<T>(rows: &[T], step: usize) -> impl Iterator<Item = &T> {
    rows.iter().step_by(step)
}

fn texts<'a>(rows: impl Iterator<Item = &'a Question>) -> Vec<String> {
    rows.map(|row| row.question.clone()).collect()
}

/// Prints what was learned as Rust.
fn tell(name: &str, learned: &Learned) {
    let weights: Vec<String> =
        learned.weights.iter().map(|weight| format!("{weight:.4}")).collect();
    say::line(&format!(
        "pub(super) static {name}: Regression =\n    Regression {{ bias: {:.4}, weights: &[{}] }};",
        learned.bias,
        weights.join(", ")
    ));
}
