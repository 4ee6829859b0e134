//! Fetching a package with the user's own package clients, which know their registry, mirror and proxy;
//! pip and addresses through a small Python script that goes on where an earlier try broke off. (A client
//! of our own would bring TLS and its certificates into the program, for one download in its life.)

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use super::manifest::Route;

const SCRIPT: &str = include_str!("fetch.py");

/// A package could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There is no pip.
    #[error(
        "python3 with pip is needed to fetch it, and is not here. \
         On Debian and Ubuntu, as root: apt-get install python3-pip"
    )]
    NoPip,
    /// There is no npm.
    #[error(
        "npm is needed to fetch it, and is not here. On Debian and Ubuntu, as root: apt-get install npm"
    )]
    NoNpm,
    /// There is no Python.
    #[error(
        "python3 is needed to fetch it, and is not here. \
         On Debian and Ubuntu, as root: apt-get install python3"
    )]
    NoPython,
    /// The client did not get it.
    #[error("{by} could not fetch it: {said}")]
    Failed {
        /// Who tried.
        by: &'static str,
        /// What it said last.
        said: String,
    },
}

/// Fetches a package into a file, going on where an earlier try broke off. `told` hears how many
/// bytes are there.
pub fn fetch(route: &Route, into: &Path, told: &dyn Fn(u64)) -> Result<(), FetchError> {
    match route {
        Route::Pip { name, version, python, platform } => {
            if !answers("python3", &["-m", "pip", "--version"]) {
                return Err(FetchError::NoPip);
            }
            let wheel = [python, platform].map(|part| part.as_deref().unwrap_or_default());
            script("pip", &["pip", name, version, wheel[0], wheel[1]], into, told)
        }
        Route::Npm { name, version } => npm(&format!("{name}@{version}"), into),
        Route::Web(address) => {
            if !answers("python3", &["--version"]) {
                return Err(FetchError::NoPython);
            }
            script("python3", &["web", address], into, told)
        }
    }
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output();
    output.is_ok_and(|output| output.status.success())
}

fn script(
    by: &'static str,
    arguments: &[&str],
    into: &Path,
    told: &dyn Fn(u64),
) -> Result<(), FetchError> {
    let mut command = Command::new("python3");
    command.args(["-c", SCRIPT]).arg(into).args(arguments);
    run(by, command, told)
}

/// npm knows no going on, and no way to another file: it fetches the whole again, into a folder of its
/// own, with a cache of its own that is thrown away.
fn npm(package: &str, into: &Path) -> Result<(), FetchError> {
    if !answers("npm", &["--version"]) {
        return Err(FetchError::NoNpm);
    }
    let failed = |error: io::Error| FetchError::Failed { by: "npm", said: error.to_string() };
    let beside = into.parent().unwrap_or(Path::new("."));
    let folder = tempfile::tempdir_in(beside).map_err(failed)?;
    let mut command = Command::new("npm");
    command.args(["pack", package, "--silent", "--ignore-scripts", "--cache", "cache"]);
    command.current_dir(folder.path());
    run("npm", command, &|_| ())?;
    let mut there =
        fs::read_dir(folder.path()).map_err(failed)?.flatten().map(|entry| entry.path());
    let packed = there.find(|path| path.extension() == Some(OsStr::new("tgz")));
    let packed = packed.ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
    fs::rename(packed, into).map_err(failed)
}

fn run(by: &'static str, mut command: Command, told: &dyn Fn(u64)) -> Result<(), FetchError> {
    let failed = |error: io::Error| FetchError::Failed { by, said: error.to_string() };
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    // What a client says is little; it waits in the pipe until the bytes are counted.
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines() {
            if let Some(bytes) = line.ok().and_then(|line| line.parse().ok()) {
                told(bytes);
            }
        }
    }
    let mut said = Vec::new();
    if let Some(mut err) = child.stderr.take() {
        let _ = err.read_to_end(&mut said);
    }
    match child.wait().map_err(failed)?.success() {
        true => Ok(()),
        false => Err(FetchError::Failed { by, said: last_lines(&String::from_utf8_lossy(&said)) }),
    }
}

/// The end of what a program said: the reason stands there.
fn last_lines(said: &str) -> String {
    let lines: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(3)..].join("\n")
}
