//! A server of this very program, with data of its own and no rate limits, for as long as it is
//! measured.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};

/// A running server; killed when dropped.
pub(super) struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts one, and waits until it listens.
    pub fn start(pack: &Path, data: &Path) -> anyhow::Result<Server> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .arg("--pack")
            .arg(pack)
            .arg("--data")
            .arg(data)
            .env("WENDU_WEB__CONVERSATION_RATE__PER_MINUTE", "0")
            .env("WENDU_WEB__ADDRESS_RATE__PER_MINUTE", "0")
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().context("the server's output is not to be had")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.trim().trim_end_matches('/').parse().ok());
        match address {
            Some(address) => Ok(Server { child, address }),
            None => {
                let _ = child.kill();
                bail!("the server did not start; its reason stands above")
            }
        }
    }

    /// Its resident memory now, in KiB.
    pub fn resident(&self) -> anyhow::Result<f64> {
        resident(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process's resident memory, in KiB (proc(5), VmRSS).
fn resident(process: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))
        .context("memory can be measured on Linux only")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kib.context("the system tells no VmRSS")?.parse()?)
}
