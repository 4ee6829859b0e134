//! The subcommands, one file each, and what they share: where settings come from.

mod ask;
mod audit;
mod backup;
mod calls;
mod check;
pub mod eval;
mod import;
mod index;
mod models;
mod progress;
mod replay;
mod restore;
pub mod say;
mod serve;
mod speak;
mod staff;
mod train;
mod transcribe;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::{Clock, app::open_library, models::Models, settings::Settings};

/// Wendu answers residents' questions in the city's own words, with their source.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        wendu serve                          serve the demo city at http://127.0.0.1:8080\n  \
        wendu ask \"办居住证要带什么？\"          answer in the terminal\n  \
        wendu check my-city                  look for mistakes in a pack"
)]
pub struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Shared {
    /// The settings file [default: ./wendu.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of what the city publishes (overrides the settings)
    #[arg(long, global = true, value_name = "FOLDER")]
    pack: Option<PathBuf>,
    /// The folder for conversations and the index (overrides the settings)
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page, the widget and the API
    Serve(serve::Serve),
    /// Answer a question in the terminal, or hold a conversation there
    Ask(ask::Ask),
    /// Make the index anew, if the pack has changed
    Index(index::Index),
    /// Look for mistakes in a pack: file, line, what is wrong, what to do
    Check(check::Check),
    /// Make a pack of JSON Lines, CSV, or a folder of Markdown or HTML
    Import(import::Import),
    /// Fetch the models that Wendu can use, where they are missing
    Models(models::Command),
    /// Copy all conversations to a file, while serving
    Backup(backup::Backup),
    /// Put a backup in place of the conversations
    Restore(restore::Restore),
    /// Say a text as it is said on the telephone, into a sound file
    Say(speak::Say),
    /// Show telephone calls, or those who want to be called back
    Calls(calls::Calls),
    /// Make, list and shut the accounts of those who work at the desk
    Staff(staff::Staff),
    /// Show who did what at the desk, and check that nobody has changed it
    Audit(audit::Audit),
    /// Run a kept conversation again, and show what differs
    Replay(replay::Replay),
    /// Write down what is said in sound files
    Transcribe(transcribe::Transcribe),
    /// Measure
    Eval(eval::Eval),
    /// Learn weights again from named data
    Train(train::Train),
}

/// Runs a command. An error is told by the caller, as one sentence with the next step.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { shared, command } = arguments;
    match command {
        Command::Serve(command) => command.run(&shared),
        Command::Ask(command) => command.run(&shared),
        Command::Index(command) => command.run(&shared),
        Command::Check(command) => command.run(&shared),
        Command::Import(command) => command.run(&shared),
        Command::Models(command) => command.run(&shared),
        Command::Backup(command) => command.run(&shared),
        Command::Restore(command) => command.run(&shared),
        Command::Say(command) => command.run(&shared),
        Command::Calls(command) => command.run(&shared),
        Command::Staff(command) => command.run(&shared),
        Command::Audit(command) => command.run(&shared),
        Command::Replay(command) => command.run(&shared),
        Command::Transcribe(command) => command.run(&shared),
        Command::Eval(command) => command.run(&shared),
        Command::Train(command) => command.run(&shared),
    }
}

impl Shared {
    /// The settings, with what was said on the command line.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        let mut settings = Settings::read(self.config.as_deref())?;
        settings.pack = self.pack.clone().unwrap_or(settings.pack);
        settings.data = self.data.clone().unwrap_or(settings.data);
        Ok(settings)
    }

    /// The mind of the pack, its index made if need be.
    fn mind(&self) -> anyhow::Result<bot::Mind> {
        let settings = self.settings()?;
        let (pack, index) = (settings.pack.clone(), settings.index());
        let models = Models::at(&settings.models());
        let library = runtime()?.block_on(open_library(pack, index, models, progress::bar()))?;
        Ok(bot::Mind::new(library.into()))
    }
}

/// This moment; only commands that answer in the terminal ask for it themselves.
fn now() -> jiff::Timestamp {
    Clock::system().now()
}

/// A runtime for commands that wait for something.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}
