//! `wendu train`: what the program learned, learned again from named data, so that its weights are
//! no mystery. It prints, and an engineer puts the numbers where they belong; the many weights of
//! danger are written to a file.

mod across;
mod asking;
mod danger;
mod regression;
mod search;
mod sureness;
mod weighing;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Shared;

/// Learn weights again from named data.
#[derive(Debug, Args)]
pub struct Train {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The weights by which an article's chance is estimated, from a pack's golden questions
    Weighing,
    /// The same for articles that say nothing in the asker's language
    Across,
    /// The weights by which the fields of search are summed, from named passages and questions
    Search(Box<search::Search>),
    /// The weights by which it is estimated whether anything published answers a question
    Sureness(sureness::Sureness),
    /// The weights by which the side that is asked for is told from what a question means
    Asking(asking::Asking),
    /// The weights by which danger is told, from the examples beside the code
    Danger(danger::Danger),
}

impl Train {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Weighing => weighing::run(shared),
            What::Search(search) => search.run(),
            What::Across => across::run(shared),
            What::Sureness(sureness) => sureness.run(shared),
            What::Asking(asking) => asking.run(shared),
            What::Danger(danger) => danger.run(shared),
        }
    }
}
