//! A line to try by hand and to measure with: answers every call, sends its sound back, shows keys
//! and typed text, types text back, and transfers on `*` where it is told whom to.
//!
//! ```text
//! cargo run -p phone --example echo -- line.toml
//! cargo run -p phone --example echo -- 127.0.0.1:5060 [transfer-to]
//! ```

#![expect(clippy::print_stdout, reason = "it is there to show what happens")]

use phone::leg::{CallLeg, LegEvent, next};
use phone::{Line, PhoneSettings};
use std::time::Duration;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_else(|| "127.0.0.1:5060".into());
    let transfer_to = arguments.next();
    let settings = settings(&first, transfer_to.as_deref())?;
    let (line, mut calls) = Line::open(&settings).await?;
    let mut every = tokio::time::interval(Duration::from_secs(5));
    loop {
        tokio::select! {
            call = calls.recv() => {
                let Some(call) = call else { break };
                tokio::spawn(echo(call, transfer_to.clone()));
            }
            _ = every.tick() => println!("{:?}", line.counters().read()),
            stopped = tokio::signal::ctrl_c() => {
                stopped?;
                break;
            }
        }
    }
    line.shut().await;
    Ok(())
}

/// A settings file, or an address on which this machine's own calls are taken.
fn settings(first: &str, transfer_to: Option<&str>) -> Result<PhoneSettings, Failure> {
    if first.ends_with(".toml") {
        return Ok(toml::from_str(&std::fs::read_to_string(first)?)?);
    }
    let text = format!(
        "transfer_prefixes = [{:?}]\n[sip]\nudp = {first:?}\ntcp = {first:?}\n\
         [limits]\ncalls = 5000\ncaller_per_minute = 0\n\
         [[trunks]]\nname = \"here\"\naddresses = [\"127.0.0.1\"]\n",
        transfer_to.unwrap_or("sip:nobody@")
    );
    Ok(toml::from_str(&text)?)
}

async fn echo(mut call: Box<dyn CallLeg>, transfer_to: Option<String>) {
    let quiet = std::env::var_os("QUIET").is_some();
    if !quiet {
        println!("{:?} at {:?}, text: {}", call.about(), call.rate(), call.has_text());
    }
    while let Some(event) = next(&mut *call).await {
        match event {
            LegEvent::Heard(frame) => call.play(frame.pcm.into()),
            LegEvent::Keyed(key) if key.char() == '*' && transfer_to.is_some() => {
                call.transfer(transfer_to.as_deref().unwrap_or_default());
            }
            LegEvent::Keyed(key) if key.char() == '#' => call.hang_up(),
            LegEvent::Typed(text) => {
                println!("typed {text:?}");
                call.type_out(&format!("you typed {text}"));
            }
            event if !quiet => println!("{event:?}"),
            _ => {}
        }
    }
}
