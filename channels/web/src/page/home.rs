//! `GET /`: the entrance, or the conversation so far. Also the page that tells of a problem with
//! what was said, because the words to be sent again belong in its box.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::header,
    response::Response,
};
use bot::{Line, Speaker, store::ConversationId};

use super::{
    frame::{Frame, Setting},
    show,
};
use crate::{Shared, cookies, labels::Label, problem::Trouble, visit::Visit, wire};

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    frame: Frame<'a>,
    conversation: Option<String>,
    lines: Vec<Said>,
    /// What happened, and the next step.
    trouble: Option<(String, String)>,
    draft: &'a str,
    /// The place in the queue for a person.
    wait: Option<String>,
}

/// A line as the page shows it.
struct Said {
    line: wire::Line,
    words: String,
    /// Where "newest answer" leads.
    newest: bool,
    /// Whether it is of the latest turn: "simpler" and what one might ask next are about that one.
    latest: bool,
}

/// The page.
pub(crate) async fn home(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Response {
    let mut response = match held(&shared, &visit).await {
        Ok(held) => render(&shared, &visit, Setting::Page, held, None, ""),
        Err(trouble) => render(&shared, &visit, Setting::Page, None, Some(trouble), ""),
    };
    let query = query.unwrap_or_default();
    if ["lang=", "mode=", "size=", "theme="].iter().any(|key| query.contains(key)) {
        let kept = visit.preferences.write();
        let cookie = cookies::write(cookies::SETTINGS, &kept, 365, visit.transport);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The page before anything was said.
pub(crate) fn entrance(shared: &Shared, visit: &Visit, setting: Setting) -> Response {
    render(shared, visit, setting, None, None, "")
}

/// The page with a notice above the box, and the words in the box.
pub(crate) async fn trouble(
    shared: &Shared,
    visit: &Visit,
    trouble: Trouble,
    draft: &str,
) -> Response {
    let held = held(shared, visit).await.unwrap_or_default();
    render(shared, visit, Setting::Page, held, Some(trouble), draft)
}

type Held = Option<(ConversationId, Vec<Line>)>;

async fn held(shared: &Shared, visit: &Visit) -> Result<Held, Trouble> {
    let Some(id) = visit.conversation(shared).await? else {
        return Ok(None);
    };
    let lines = shared.archive.lines(&id, 0).await?;
    Ok((!lines.is_empty()).then_some((id, lines)))
}

fn render(
    shared: &Shared,
    visit: &Visit,
    setting: Setting,
    held: Held,
    trouble: Option<Trouble>,
    draft: &str,
) -> Response {
    let frame = Frame::new(shared, visit, setting);
    let lines = match &held {
        Some((_, lines)) => said(&frame, lines),
        None => {
            let line = wire::Line::from(&frame.welcome.greeting);
            vec![Said { words: frame.spoken_by(&line), line, newest: true, latest: false }]
        }
    };
    let wait = held.as_ref().and_then(|(id, _)| shared.lobby.wait(id, &frame.welcome.language));
    let page = Home {
        wait,
        conversation: held.map(|(id, _)| id.0),
        lines,
        trouble: trouble.map(|trouble| {
            let (what, next) = trouble.labels();
            (frame.say(what), frame.say(next))
        }),
        draft,
        frame,
    };
    match trouble {
        Some(trouble) => trouble.mark(show(&page)),
        None => show(&page),
    }
}

fn said(frame: &Frame<'_>, lines: &[Line]) -> Vec<Said> {
    // The latest turn is what follows the visitor's last words.
    let latest = lines
        .iter()
        .rposition(|line| line.speaker == Speaker::Visitor)
        .map_or(0, |place| place + 1);
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let line = wire::Line::from(line);
            Said {
                words: frame.spoken_by(&line),
                line,
                newest: place == latest,
                latest: place >= latest,
            }
        })
        .collect()
}
