//! `wendu eval streams`: how much memory an open, idle event stream takes.

use std::{process::ExitCode, time::Duration};

use clap::Args;

use super::{Shared, client::Client, server::Server};

/// Open event streams: how much memory each takes.
#[derive(Debug, Args)]
pub struct Streams {
    /// How many to open, each in a conversation of its own
    #[arg(long, default_value_t = 5000)]
    open: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Streams {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        rlimit::increase_nofile_limit(u64::MAX)?;
        let scratch = tempfile::tempdir()?;
        let server = Server::start(&settings.pack, scratch.path())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut client = Client::connect(server.address).await?;
            let mut held = Vec::with_capacity(self.open);
            for _ in 0..self.open {
                held.push(client.start().await?);
            }
            settle().await;
            let before = server.resident()?;
            let mut open = Vec::with_capacity(self.open);
            for held in &held {
                let mut client = Client::connect(server.address).await?;
                open.push((client.listen(held, 1_000_000).await?, client));
            }
            settle().await;
            let after = server.resident()?;
            let figures = [
                ("open", open.len() as f64),
                ("before_mib", before / 1024.0),
                ("after_mib", after / 1024.0),
                ("kib_each", (after - before) / open.len().max(1) as f64),
            ];
            super::print(&figures, self.json);
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// Lets what is under way come to rest.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}
