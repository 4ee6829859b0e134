//! `wendu audit`: who did what at the desk, and whether that can be trusted.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{Shared, runtime, say};
use crate::store::trail::{self, Found};

/// Show who read, took, answered or changed what, and check that nobody has changed the trail.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu audit list --subject 5f0c1a…        who did what with a conversation\n  \
    wendu audit list --by wang.fang --last 50\n  \
    wendu audit verify                        every row is as it was written; prints the last hash\n  \
    wendu audit verify --holds 9d1e…          and a hash that you noted before is still in it")]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the last rows, newest last
    List {
        /// Only what this person did, by log-in name
        #[arg(long, value_name = "LOGIN")]
        by: Option<String>,
        /// Only what concerns this: a conversation, an account, a number
        #[arg(long)]
        subject: Option<String>,
        /// How many rows
        #[arg(long, default_value_t = 20, value_name = "NUMBER")]
        last: u32,
        /// Print JSON, one object a line
        #[arg(long)]
        json: bool,
    },
    /// Check the whole trail, row by row
    Verify {
        /// A hash from an earlier time, which must still be in it
        #[arg(long, value_name = "HASH")]
        holds: Option<String>,
    },
}

impl Audit {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let folder = shared.settings()?.data;
        let runtime = runtime()?;
        match self.what {
            What::List { by, subject, last, json } => {
                let wanted = trail::last(&folder, last, by.as_deref(), subject.as_deref());
                for row in runtime.block_on(wanted)? {
                    let at = Timestamp::from_millisecond(row.at).unwrap_or_default();
                    say::line(&match json {
                        true => serde_json::json!({ "number": row.number, "at": at, "by": row.by,
                            "did": row.did, "subject": row.subject })
                        .to_string(),
                        false => format!(
                            "{:>7}  {at:.0}  {:20} {:12} {}",
                            row.number, row.by, row.did, row.subject
                        ),
                    });
                }
                Ok(ExitCode::SUCCESS)
            }
            What::Verify { holds } => {
                Ok(told(&runtime.block_on(trail::verify(&folder, holds.as_deref()))?))
            }
        }
    }
}

fn told(found: &Found) -> ExitCode {
    match found {
        Found::Whole { rows: 0, .. } => say::line("nothing is written down yet"),
        Found::Whole { rows, last, holds: true } => {
            say::line(&format!(
                "{rows} rows, each as it was written. The last one's hash:\n{last}"
            ));
        }
        Found::Whole { rows, .. } => {
            say::problem(&format!(
                "{rows} rows fit each other, but the hash that you named is not among them: the \
                 trail has been made anew since then, or cut. A backup from that time tells more."
            ));
            return ExitCode::FAILURE;
        }
        Found::Broken(number) => {
            say::problem(&format!(
                "row {number} is not as it was written, or the one before it is gone. What comes \
                 after it proves nothing; a backup tells what stood there."
            ));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
