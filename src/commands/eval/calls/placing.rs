//! One call: the question is said over the greeting, and every 20 ms of what comes back is timed.

use std::{net::SocketAddr, time::Duration};

use phone::caller::{CallError, Caller};
use tokio::time::Instant;

/// How long the greeting is listened to before it is interrupted.
const GREETING: Duration = Duration::from_millis(2_500);
/// How long an answer is waited for, and how long it is listened to.
const PATIENCE: Duration = Duration::from_secs(15);
const LISTEN: Duration = Duration::from_secs(14);
/// After this much silence in an answer it is taken to be over.
const OVER: Duration = Duration::from_secs(2);
/// Louder than this is sound.
const LOUD: u16 = 200;

/// What a call brought.
pub(super) struct Placed {
    /// From the first sample of the question until the greeting stopped, in seconds.
    pub stopped_after: Option<f64>,
    /// From the last sample of the question to the first of the answer.
    pub answered_after: Option<f64>,
    heard: Vec<i16>,
}

impl Placed {
    /// The answer as the ears want it.
    pub(super) fn heard_16khz(&self) -> Vec<f32> {
        let samples: Vec<f32> = self.heard.iter().map(|s| f32::from(*s) / 32_768.0).collect();
        speech::clip::resample(&samples, 8_000, 16_000).unwrap_or_default()
    }
}

/// Places one call with this question, 8 kHz.
pub(super) async fn place(line: SocketAddr, question: &[i16]) -> Result<Placed, CallError> {
    let mut caller = Caller::call(line, "eval").await?;
    caller.listen(GREETING).await?;
    caller.say(question);
    let began = Instant::now();
    let mut loud_last = None;
    while caller.is_speaking() {
        let Some(heard) = caller.next().await? else { break };
        if is_loud(&heard.pcm) {
            loud_last = Some(heard.at);
        }
    }
    let asked = Instant::now();
    let mut placed = Placed { stopped_after: None, answered_after: None, heard: Vec::new() };
    placed.stopped_after =
        loud_last.map(|last| (last.saturating_duration_since(began)).as_secs_f64());
    let mut quiet_since = asked;
    loop {
        let Some(heard) = caller.next().await? else { break };
        let loud = is_loud(&heard.pcm);
        if loud {
            quiet_since = heard.at;
            placed.answered_after.get_or_insert((heard.at - asked).as_secs_f64());
        }
        if placed.answered_after.is_some() {
            placed.heard.extend_from_slice(&heard.pcm);
            if heard.at - quiet_since > OVER || heard.at - asked > PATIENCE + LISTEN {
                break;
            }
        } else if heard.at - asked > PATIENCE {
            break;
        }
        if placed.heard.len() >= LISTEN.as_secs() as usize * 8_000 {
            break;
        }
    }
    caller.hang_up().await?;
    Ok(placed)
}

fn is_loud(pcm: &[i16]) -> bool {
    pcm.iter().any(|sample| sample.unsigned_abs() > LOUD)
}
