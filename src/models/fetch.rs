//! Fetching a package: with the user's own package client, which knows its registry, mirror and
//! proxy, through a small Python script. (A client of our own would bring TLS and its certificates
//! into the program, for one download in its life.)

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use super::manifest::{Client, Package};

const SCRIPT: &str = include_str!("fetch.py");

/// A package could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There is no client.
    #[error(
        "python3 with pip is needed to fetch it, and is not here. \
         On Debian and Ubuntu, as root: apt-get install python3-pip"
    )]
    NoClient,
    /// The client did not get it.
    #[error("pip could not fetch it: {0}")]
    Failed(String),
}

/// Fetches a package into a file, going on where an earlier try broke off. `told` hears how many
/// bytes are there.
pub fn fetch(package: &Package, into: &Path, told: &dyn Fn(u64)) -> Result<(), FetchError> {
    let Client::Pip = package.client;
    let pip = Command::new("python3").args(["-m", "pip", "--version"]).output();
    if !pip.is_ok_and(|pip| pip.status.success()) {
        return Err(FetchError::NoClient);
    }
    let failed = |error: std::io::Error| FetchError::Failed(error.to_string());
    let mut child = Command::new("python3")
        .args(["-c", SCRIPT])
        .args([&package.name, &package.version])
        .arg(into)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // What pip says is little; it waits in the pipe until the bytes are counted.
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
        false => Err(FetchError::Failed(last_lines(&String::from_utf8_lossy(&said)))),
    }
}

/// The end of what a program said: the reason stands there.
fn last_lines(said: &str) -> String {
    let lines: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(3)..].join("\n")
}
