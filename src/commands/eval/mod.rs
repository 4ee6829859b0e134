//! `wendu eval`: measures, so that figures in docs/BENCHMARKS.md can be had again. Every command
//! prints a table, or one JSON object with `--json`.

pub(super) mod answerable;
mod calls;
mod client;
pub(super) mod danger;
mod desk;
pub(super) mod golden;
mod intents;
mod load;
pub(super) mod published;
pub(super) mod refusal;
mod report;
pub(in crate::commands) mod retrieval;
mod server;
mod speech;
mod start;
mod streams;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Shared, say};

/// Measure.
#[derive(Debug, Args)]
pub struct Eval {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Whether the right passage comes first
    Retrieval(retrieval::Retrieval),
    /// Whether questions that nothing published answers are refused, and no others
    Refusal(refusal::Refusal),
    /// Whether the unanswerable and the underspecified are told from the answerable
    Answerable(answerable::Answerable),
    /// The pack's golden questions
    Golden(golden::Golden),
    /// Whether labels are told apart, and outsiders from all of them
    Intents(intents::Intents),
    /// All evaluations of what is understood, on one HTML page
    Report(report::Report),
    /// Whether danger is recognised, and nothing else taken for it
    Danger(danger::Danger),
    /// Real calls to a running line: how soon the answer begins, and whether it is the right one
    Calls(calls::Calls),
    /// Whether recordings are heard right, and how fast
    Speech(speech::Speech),
    /// The desk: the queue page, takes a second, and a message there and back
    Desk(desk::Desk),
    /// Stored turns over HTTP: how many a second, and how long each takes
    Load(load::Load),
    /// Open event streams: how much memory each takes
    Streams(streams::Streams),
    /// From the start of the process to the first answer
    Start(start::Start),
}

impl Eval {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Retrieval(retrieval) => retrieval.run().map(|()| ExitCode::SUCCESS),
            What::Refusal(refusal) => refusal.run().map(|()| ExitCode::SUCCESS),
            What::Answerable(answerable) => answerable.run(shared).map(|()| ExitCode::SUCCESS),
            What::Golden(golden) => golden.run(shared).map(|()| ExitCode::SUCCESS),
            What::Intents(intents) => intents.run(shared).map(|()| ExitCode::SUCCESS),
            What::Report(report) => report.run(shared),
            What::Danger(danger) => danger.run(shared).map(|()| ExitCode::SUCCESS),
            What::Calls(calls) => calls.run(shared),
            What::Speech(speech) => speech.run(shared).map(|()| ExitCode::SUCCESS),
            What::Desk(desk) => desk.run(shared),
            What::Load(load) => load.run(shared),
            What::Streams(streams) => streams.run(shared),
            What::Start(start) => start.run(shared),
        }
    }
}

/// A figure with its name, as it stands in the JSON.
type Figure = (&'static str, f64);

/// Prints figures as a table or as one JSON object.
fn print(figures: &[Figure], json: bool) {
    if json {
        let map: serde_json::Map<_, _> =
            figures.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        return say::line(&serde_json::Value::Object(map).to_string());
    }
    for (name, value) in figures {
        say::line(&format!("{name:<20} {value:>12.4}"));
    }
}

/// The value below which this share of sorted values lies.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}
