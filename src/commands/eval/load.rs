//! `wendu eval load`: stored turns over HTTP. A closed loop (each client asks again as soon as it
//! is answered), or with `--rate` an open one: then a turn's time counts from when it was due, so
//! that a server that stalls does not look quick.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::Args;
use tokio::time::sleep_until;

use super::{
    Shared,
    client::{Client, QUESTIONS},
    percentile,
    server::Server,
};

/// Turns in one conversation before the next one is started.
const TURNS: usize = 20;

/// Stored turns over HTTP: how many a second, and how long each takes.
#[derive(Debug, Args)]
pub struct Load {
    /// A running server; without it one is started for the measurement
    #[arg(long, value_name = "ADDRESS:PORT")]
    at: Option<SocketAddr>,
    /// Visitors at once
    #[arg(long, default_value_t = 64)]
    clients: usize,
    /// How long to measure
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// Turns a second to offer; without it as many as are answered
    #[arg(long)]
    rate: Option<f64>,
    /// Questions, one a line
    #[arg(long, value_name = "FILE")]
    questions: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Load {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        let questions: Arc<[String]> = match &self.questions {
            Some(file) => std::fs::read_to_string(file)
                .with_context(|| format!("{}: cannot be read", file.display()))?
                .lines()
                .map(str::to_owned)
                .collect(),
            None => QUESTIONS.map(str::to_owned).into(),
        };
        anyhow::ensure!(!questions.is_empty(), "the file of questions is empty: one a line");
        let scratch = tempfile::tempdir()?;
        let server = match self.at {
            Some(_) => None,
            None => Some(Server::start(&settings.pack, scratch.path())?),
        };
        let address = self.at.or(server.as_ref().map(|server| server.address));
        let address = address.context("no server")?;
        // One thread, so that the client leaves as much of the machine as it can to the server.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (mut times, seconds) = runtime.block_on(self.measure(address, questions))?;
        times.sort_by(f64::total_cmp);
        let mut figures = vec![
            ("clients", self.clients as f64),
            ("seconds", seconds),
            ("turns", times.len() as f64),
            ("turns_per_s", times.len() as f64 / seconds),
            ("p50_ms", percentile(&times, 0.5)),
            ("p99_ms", percentile(&times, 0.99)),
            ("max_ms", percentile(&times, 1.0)),
        ];
        if let Some(server) = server {
            figures.push(("resident_mib", server.resident()? / 1024.0));
        }
        super::print(&figures, self.json);
        Ok(ExitCode::SUCCESS)
    }

    /// The turns' times in milliseconds, and how long it all took.
    async fn measure(
        &self,
        address: SocketAddr,
        questions: Arc<[String]>,
    ) -> anyhow::Result<(Vec<f64>, f64)> {
        let mut clients = Vec::new();
        for _ in 0..self.clients {
            let mut client = Client::connect(address).await?;
            let held = client.start().await?;
            clients.push((client, held));
        }
        let began = Instant::now();
        let end = began + Duration::from_secs_f64(self.seconds);
        let pause = self.rate.map(|rate| Duration::from_secs_f64(self.clients as f64 / rate));
        let mut tasks = tokio::task::JoinSet::new();
        for (number, (mut client, mut held)) in clients.into_iter().enumerate() {
            let questions = questions.clone();
            let first = pause.map(|p| p.mul_f64(number as f64 / self.clients as f64));
            tasks.spawn(async move {
                let mut times = Vec::new();
                let mut due = began + first.unwrap_or_default();
                for turn in 0.. {
                    if let Some(pause) = pause {
                        sleep_until(due.into()).await;
                        due += pause;
                    }
                    let from = pause.map_or_else(Instant::now, |pause| due - pause);
                    if Instant::now() >= end {
                        break;
                    }
                    let question = &questions[(number + turn) % questions.len()];
                    client.say(&held, question).await?;
                    times.push(from.elapsed().as_secs_f64() * 1000.0);
                    if turn % TURNS == TURNS - 1 {
                        held = client.start().await?;
                    }
                }
                anyhow::Ok(times)
            });
        }
        let mut all = Vec::new();
        while let Some(times) = tasks.join_next().await {
            all.extend(times??);
        }
        Ok((all, began.elapsed().as_secs_f64()))
    }
}
