//! `wendu calls`: what became of telephone calls, for operators; and who waits to be called back. It
//! prints what people said and their numbers: to this terminal and nowhere else.

use std::process::ExitCode;

use bot::Speaker;
use clap::Args;
use phone::{
    call::Note,
    story::{Ended, Moment, What},
};

use super::{Shared, runtime, say};
use crate::store::calls::{self, Call, Turn};

/// Show telephone calls, or those who want to be called back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu calls                     the last calls\n  \
    wendu calls 5f0c1a…             one call: what was said, how surely heard, how quickly answered\n  \
    wendu calls --back              who wants to be called back\n  \
    wendu calls --called-back 12    the wish numbered 12 is done")]
pub struct Calls {
    /// The call to show; its name stands in the list
    call: Option<String>,
    /// How many calls to list
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    last: u32,
    /// List who wants to be called back
    #[arg(long, conflicts_with = "call")]
    back: bool,
    /// Note that a caller was called back
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["call", "back"])]
    called_back: Option<i64>,
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
}

impl Calls {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let folder = shared.settings()?.data;
        let runtime = runtime()?;
        if let Some(number) = self.called_back {
            if !runtime.block_on(calls::called_back(&folder, number))? {
                anyhow::bail!("no such wish is waiting. `wendu calls --back` lists them");
            }
            say::line(&format!("{number} is noted as called back"));
        } else if self.back {
            for wish in runtime.block_on(calls::call_backs(&folder))? {
                let language = wish.language.map_or_else(String::new, |it| it.to_string());
                say::line(&match self.json {
                    true => serde_json::json!({ "number": wish.number, "call": wish.call,
                        "telephone": wish.telephone, "language": language, "at": wish.at })
                    .to_string(),
                    false => format!(
                        "{:>5}  {:.0}  {}  {language}  (call {})",
                        wish.number, wish.at, wish.telephone, wish.call
                    ),
                });
            }
        } else if let Some(id) = &self.call {
            let Some((call, turns)) = runtime.block_on(calls::one(&folder, id))? else {
                anyhow::bail!("no call is named {id}. `wendu calls` lists them");
            };
            self.one(&call, &turns)?;
        } else {
            for call in runtime.block_on(calls::last(&folder, self.last))? {
                say::line(&match self.json {
                    true => serde_json::json!({ "began": call.began, "ended": call.ended,
                        "story": call.story })
                    .to_string(),
                    false => in_a_line(&call),
                });
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn one(&self, call: &Call, turns: &[Turn]) -> anyhow::Result<()> {
        if self.json {
            let said =
                |turn: &Turn| serde_json::json!({ "message": turn.message, "lines": turn.lines });
            let turns: Vec<_> = turns.iter().map(said).collect();
            let all = serde_json::json!({ "began": call.began, "ended": call.ended,
                "story": call.story, "turns": turns });
            say::line(&serde_json::to_string(&all)?);
            return Ok(());
        }
        say::line(&in_a_line(call));
        for moment in &call.story.moments {
            say::line(&told(moment));
            if let What::Asked { message } = &moment.what {
                let turn = turns.iter().find(|turn| turn.message == *message);
                for line in turn.into_iter().flat_map(|turn| &turn.lines) {
                    let who = if line.speaker == Speaker::Visitor { "caller" } else { "bot" };
                    let text = match line.speaker {
                        Speaker::Visitor => &line.reply.text,
                        Speaker::Bot | Speaker::Staff => &line.reply.spoken,
                    };
                    say::line(&format!("{:>11}{who}: {text}", ""));
                }
            }
        }
        Ok(())
    }
}

/// A call in one line: when, how long, by which line, in which language, how it ended.
fn in_a_line(call: &Call) -> String {
    let story = &call.story;
    let seconds = call.ended.map(|ended| ended.duration_since(call.began).as_secs());
    let seconds = seconds.map_or_else(|| "   -".into(), |seconds| format!("{seconds:>4}"));
    let asked = story.moments.iter().filter(|m| matches!(m.what, What::Asked { .. })).count();
    let end = match story.end {
        _ if story.full => "told that all lines were busy",
        None => "not ended, or the program was killed",
        Some(Ended::Caller) => "the caller hung up",
        Some(Ended::Assistant) => "ended after goodbye",
        Some(Ended::Transferred) => "handed to a person",
        Some(Ended::Lost) => "the line went dead",
        Some(Ended::Line) => "the line was shut",
    };
    let Call { began, .. } = call;
    format!(
        "{}  {began:.0}  {seconds} s  {}  {}  {asked} asked  {end}",
        story.call, story.line, story.language
    )
}

/// One moment of a call.
fn told(moment: &Moment) -> String {
    let what = match &moment.what {
        What::Heard { sound_ms, text_after_ms, confidence } => format!(
            "heard {:.1} s of speech, sure {:.0} %, text after {text_after_ms} ms",
            *sound_ms as f64 / 1_000.0,
            confidence * 100.0
        ),
        What::Unheard => "heard nothing that could be written down".into(),
        What::Asked { message } => format!("asked the bot ({message}):"),
        What::Answered { after_ms } => format!("answered {after_ms} ms after the caller spoke"),
        What::BargedIn => "the caller spoke up, and it stopped talking".into(),
        What::Did(Note::Key(key)) => format!("key {key}"),
        What::Did(Note::Wish(wish)) => format!("wished: {wish}"),
        What::Did(Note::Silence(times)) => format!("silence, {times} in a row"),
        What::Did(Note::Miss(times)) => format!("not understood or found, {times} in a row"),
        What::Did(Note::Transfer) => "was to be handed to a person".into(),
        What::Did(Note::NotReached) => "nobody was reached".into(),
        What::Did(Note::CallBack) => "wants to be called back".into(),
    };
    format!("{:>8.1} s {what}", moment.at_ms as f64 / 1_000.0)
}
