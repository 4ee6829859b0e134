//! `wendu eval desk`: how quick the desk is when it is busy. Real requests and event streams to a server
//! of its own: the queue page, clerks who all take at once, and what is said there and back.

mod clerk;
mod talk;

use std::{collections::HashSet, process::ExitCode, time::Instant};

use clap::Args;
use tokio::task::JoinSet;

use super::{
    Shared,
    client::{Client, Held},
    percentile, print,
    server::Server,
};
use crate::store::staff;
use clerk::Clerk;

/// Times that the queue page is read.
const READS: usize = 100;

/// Connections by which people come.
const DOORS: usize = 32;

/// The desk: the queue page, takes a second, and a message there and back.
#[derive(Debug, Args)]
pub struct Desk {
    /// Clerks at the desk
    #[arg(long, default_value_t = 200)]
    clerks: usize,
    /// People who wait while they take
    #[arg(long, default_value_t = 2000)]
    waiting: usize,
    /// People who wait while the queue page is read
    #[arg(long, default_value_t = 5000)]
    queue: usize,
    /// Conversations with clerks in which both write
    #[arg(long, default_value_t = 100)]
    conversations: usize,
    /// Messages there and back in each
    #[arg(long, default_value_t = 10)]
    messages: usize,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Desk {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let settings = shared.settings()?;
        rlimit::increase_nofile_limit(u64::MAX)?;
        let scratch = tempfile::tempdir()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let staff = self.clerks.max(self.conversations);
        let sessions = runtime.block_on(staff::at_work(scratch.path(), staff))?;
        let server = Server::start(&settings.pack, scratch.path())?;
        let figures = runtime.block_on(async {
            let clerks = clerk::at_work(&sessions, server.address).await?;
            let mut figures = self.takes(&server, &clerks).await?;
            figures.extend(self.queue(&server, &clerks).await?);
            figures.extend(self.talk(&server, &clerks).await?);
            anyhow::Ok(figures)
        })?;
        print(&figures, self.json);
        Ok(ExitCode::SUCCESS)
    }

    /// All clerks take until nobody waits.
    async fn takes(
        &self,
        server: &Server,
        clerks: &[Clerk],
    ) -> anyhow::Result<Vec<(&'static str, f64)>> {
        let _page = clerks[0].sits_down().await?;
        wait(server, self.waiting).await?;
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for clerk in clerks.iter().take(self.clerks).cloned() {
            tasks.spawn(async move {
                let mut client = Client::connect(clerk.address).await?;
                let mut taken = Vec::new();
                while let Some(case) = clerk.takes(&mut client).await? {
                    taken.push(case);
                }
                anyhow::Ok(taken)
            });
        }
        let mut all = Vec::new();
        while let Some(taken) = tasks.join_next().await {
            all.extend(taken??);
        }
        let seconds = began.elapsed().as_secs_f64();
        let once: HashSet<&String> = all.iter().collect();
        Ok(vec![
            ("takes", all.len() as f64),
            ("takes_per_s", all.len() as f64 / seconds),
            ("taken_twice", (all.len() - once.len()) as f64),
            ("left_waiting", (self.waiting - once.len()) as f64),
        ])
    }

    /// The queue page, with many who wait.
    async fn queue(
        &self,
        server: &Server,
        clerks: &[Clerk],
    ) -> anyhow::Result<Vec<(&'static str, f64)>> {
        let _page = clerks[0].sits_down().await?;
        wait(server, self.queue).await?;
        let mut client = Client::connect(server.address).await?;
        let mut times = Vec::with_capacity(READS);
        for _ in 0..READS {
            let began = Instant::now();
            clerks[0].reads(&mut client, "/desk").await?;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        Ok(vec![
            ("queue_page_p50_ms", percentile(&times, 0.5)),
            ("queue_page_p99_ms", percentile(&times, 0.99)),
        ])
    }

    /// Visitors and clerks who write to each other, all at once.
    async fn talk(
        &self,
        server: &Server,
        clerks: &[Clerk],
    ) -> anyhow::Result<Vec<(&'static str, f64)>> {
        let mut times = talk::measure(server, clerks, self.conversations, self.messages).await?;
        times.sort_by(f64::total_cmp);
        Ok(vec![
            ("there_and_back", times.len() as f64),
            ("there_and_back_p50_ms", percentile(&times, 0.5)),
            ("there_and_back_p99_ms", percentile(&times, 0.99)),
        ])
    }
}

/// So many people come and ask for a person.
async fn wait(server: &Server, people: usize) -> anyhow::Result<Vec<Held>> {
    let mut tasks = JoinSet::new();
    for door in 0..DOORS.min(people) {
        let address = server.address;
        let here = people / DOORS + usize::from(door < people % DOORS);
        tasks.spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut all = Vec::with_capacity(here);
            for _ in 0..here {
                let held = client.start().await?;
                client.say(&held, "人工").await?;
                all.push(held);
            }
            anyhow::Ok(all)
        });
    }
    let mut all = Vec::with_capacity(people);
    while let Some(held) = tasks.join_next().await {
        all.extend(held??);
    }
    Ok(all)
}
