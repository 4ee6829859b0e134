//! What is said there and back: a visitor's message until it is on the clerk's page, and the clerk's
//! until it is on the visitor's.

use std::time::{Duration, Instant};

use anyhow::Context;
use http_body_util::BodyExt;
use hyper::{Response, body::Incoming};
use tokio::{task::JoinSet, time::sleep};

use super::{
    super::{
        client::{Client, Held},
        server::Server,
    },
    clerk::Clerk,
    wait,
};

/// How long somebody thinks before they write again.
const THINKS: Duration = Duration::from_secs(1);

/// A message there and back, in milliseconds, of all conversations.
pub(super) async fn measure(
    server: &Server,
    clerks: &[Clerk],
    conversations: usize,
    messages: usize,
) -> anyhow::Result<Vec<f64>> {
    let _page = clerks[0].sits_down().await?;
    let mut held = wait(server, conversations).await?;
    let mut tasks = JoinSet::new();
    for (number, (clerk, held)) in clerks.iter().cloned().zip(held.drain(..)).enumerate() {
        let late = THINKS.mul_f64(number as f64 / conversations as f64);
        tasks.spawn(async move {
            sleep(late).await;
            one(&clerk, &held, messages).await
        });
    }
    let mut all = Vec::new();
    while let Some(times) = tasks.join_next().await {
        all.extend(times??);
    }
    Ok(all)
}

async fn one(clerk: &Clerk, held: &Held, messages: usize) -> anyhow::Result<Vec<f64>> {
    let mut desk = Client::connect(clerk.address).await?;
    let mut page = Client::connect(clerk.address).await?;
    clerk.take(&mut desk, &held.id).await?;
    let mut heard_there = clerk.opens(&format!("/desk/cases/{}/events", held.id)).await?;
    let mut listening = Client::connect(clerk.address).await?;
    let mut heard_here = listening.listen(held, 0).await?;
    sleep(THINKS).await;
    let mut times = Vec::with_capacity(messages);
    for number in 0..messages {
        let (question, answer) = (format!("question-{number}."), format!("answer-{number}."));
        let began = Instant::now();
        let (said, heard) =
            tokio::join!(page.say(held, &question), until(&mut heard_there.events, &question));
        said?;
        heard?;
        let (said, heard) = tokio::join!(
            clerk.says(&mut desk, &held.id, number, &answer),
            until(&mut heard_here, &answer)
        );
        said?;
        heard?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        sleep(THINKS).await;
    }
    Ok(times)
}

/// Reads events until one holds this text.
async fn until(events: &mut Response<Incoming>, text: &str) -> anyhow::Result<()> {
    loop {
        let frame = events.body_mut().frame().await.context("an event stream ended")??;
        let holds = |data: &hyper::body::Bytes| String::from_utf8_lossy(data).contains(text);
        if frame.data_ref().is_some_and(holds) {
            return Ok(());
        }
    }
}
