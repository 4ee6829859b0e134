//! `wendu eval start`: from the start of the process to the first answer, with the index made
//! first and with the index there.

use std::{path::Path, process::ExitCode, time::Instant};

use clap::Args;

use super::{
    Shared,
    client::{Client, QUESTIONS},
    percentile,
    server::Server,
};

/// From the start of the process to the first answer.
#[derive(Debug, Args)]
pub struct Start {
    /// How often to start with the index there
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Start {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let scratch = tempfile::tempdir()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let once = || runtime.block_on(once(&settings.pack, scratch.path()));
        let indexing = once()?;
        let mut times = (0..self.times).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        times.sort_by(f64::total_cmp);
        let figures = [
            ("with_indexing_ms", indexing),
            ("median_ms", percentile(&times, 0.5)),
            ("slowest_ms", percentile(&times, 1.0)),
        ];
        super::print(&figures, self.json);
        Ok(ExitCode::SUCCESS)
    }
}

/// Starts a server, asks, and stops it; milliseconds.
async fn once(pack: &Path, data: &Path) -> anyhow::Result<f64> {
    let began = Instant::now();
    let server = Server::start(pack, data)?;
    let mut client = Client::connect(server.address).await?;
    let held = client.start().await?;
    client.say(&held, QUESTIONS[0]).await?;
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}
