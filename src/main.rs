//! The command line. One file per subcommand stands in `commands/`.

use std::process::ExitCode;

use clap::Parser;
use wendu::commands::{Arguments, run, say};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            say::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
