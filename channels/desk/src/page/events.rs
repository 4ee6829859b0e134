//! Live updates, as server-sent events: that the board changed, and what was said in a case. As long
//! as one of them is open, its clerk is there.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use bot::store::ConversationId;
use futures::{Stream, stream};
use serde::Deserialize;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval},
};

use super::{Frame, Trouble, case};
use crate::{News, Presence, Shared, session::AtWork, staff::Right};

/// Shorter than the minute after which many proxies cut a silent line.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// How soon an account that was shut sees nothing more.
const STILL_HERE: Duration = Duration::from_secs(10);

/// The board is not told more often.
const BREATH: Duration = Duration::from_millis(250);

/// Somebody who listens.
struct Listener {
    shared: Arc<Shared>,
    at_work: AtWork,
    news: Receiver<News>,
    check: Interval,
    reads: Option<ConversationId>,
    _presence: Presence,
}

impl Listener {
    fn new(shared: Arc<Shared>, at_work: AtWork, reads: Option<&ConversationId>) -> Listener {
        let presence = shared.rooms.board.comes(&at_work.member, reads);
        let check = tokio::time::interval_at(Instant::now() + STILL_HERE, STILL_HERE);
        Listener {
            check,
            news: shared.rooms.board.news(),
            reads: reads.cloned(),
            shared,
            at_work,
            _presence: presence,
        }
    }

    /// The next news, or that some may have been missed; nothing when the desk closes, or when whoever listens
    /// may not be here any more.
    async fn news(&mut self) -> Option<Option<News>> {
        loop {
            tokio::select! {
                () = self.shared.closing.cancelled() => return None,
                news = self.news.recv() => return match news {
                    Ok(news) => Some(Some(news)),
                    Err(RecvError::Lagged(_)) => Some(None),
                    Err(RecvError::Closed) => None,
                },
                // Whoever stopped writing did so without a word.
                _ = self.check.tick() => {
                    self.is_still_at_work().await?;
                    if let Some(id) = &self.reads {
                        return Some(Some(News::Company(id.clone())));
                    }
                }
            }
        }
    }

    async fn is_still_at_work(&self) -> Option<()> {
        let member = self.shared.rooms.register.by_session(&self.at_work.session).await.ok()??;
        (member.is_active && member.role.may(Right::Cases)).then_some(())
    }
}

/// `GET /desk/events`: an event named `board` whenever it changes.
pub(super) async fn board(State(shared): State<Arc<Shared>>, at_work: AtWork) -> Response {
    let listener = Listener::new(shared, at_work, None);
    respond(stream::unfold((listener, true), |(mut listener, first)| async move {
        if !first {
            // Who looks and who writes changes nothing in the queue.
            while matches!(listener.news().await?, Some(News::Company(_))) {}
            // Much may happen at once: it is one change.
            tokio::time::sleep(BREATH).await;
            listener.news = listener.news.resubscribe();
        }
        Some((Ok(changed("board")), (listener, false)))
    }))
}

/// From which line on.
#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

/// A case, read line by line.
struct Reader {
    listener: Listener,
    id: ConversationId,
    after: u64,
    read: VecDeque<case::Said>,
    hands: Option<Option<i64>>,
    /// Who else is there, as last told.
    company: String,
    first: bool,
}

/// `GET /desk/cases/{id}/events`: events named `line`, and `case` when it changes hands.
pub(super) async fn case(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(id): Path<String>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Response {
    let last = headers.get("last-event-id").and_then(|last| last.to_str().ok()?.parse().ok());
    let id = ConversationId(id);
    let hands = hands(&shared, &id);
    let reader = Reader {
        listener: Listener::new(shared, at_work, Some(&id)),
        id,
        after: last.unwrap_or(after),
        read: VecDeque::new(),
        hands,
        company: String::new(),
        first: true,
    };
    respond(stream::unfold(reader, |mut reader| async move {
        if std::mem::take(&mut reader.first) {
            return Some((Ok(Event::default().comment("")), reader));
        }
        Some((Ok(reader.next().await?), reader))
    }))
}

/// What the script says of the reply box.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Writing {
    token: String,
    /// Whether something is being written.
    writes: bool,
}

/// `POST /desk/cases/{id}/writing`: a clerk writes, or has stopped.
pub(super) async fn writing(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(id): Path<String>,
    Form(Writing { token, writes }): Form<Writing>,
) -> Response {
    if token != at_work.form_token() {
        return Trouble::OldForm.words(&shared, &at_work.visit.language);
    }
    let (id, clerk) = (ConversationId(id), at_work.member.clerk);
    match writes {
        true => shared.rooms.board.writes(&id, Some(&clerk)),
        false => shared.rooms.board.wrote(&id, Some(&clerk)),
    }
    StatusCode::NO_CONTENT.into_response()
}

/// Whose it is: nothing where it is over, and then nobody's or a clerk's.
fn hands(shared: &Shared, id: &ConversationId) -> Option<Option<i64>> {
    Some(shared.rooms.board.case(id)?.with.map(|(clerk, _)| clerk.id))
}

impl Reader {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(said) = self.read.pop_front() {
                self.after = said.number;
                return Some(line(&said));
            }
            let lines = case::lines(&self.listener.shared, &self.id, self.after).await.ok()?;
            let frame = Frame::of(&self.listener.shared, &self.listener.at_work);
            let revealed = self.listener.shared.revealed.is_to(&self.listener.at_work, &self.id);
            self.read = lines.iter().map(|line| case::Said::of(&frame, line, revealed)).collect();
            let company = case::company(&frame, &self.id, self.listener.at_work.member.clerk.id);
            drop(frame);
            if !self.read.is_empty() {
                continue;
            }
            let now = hands(&self.listener.shared, &self.id);
            if now != self.hands {
                self.hands = now;
                return Some(changed("case"));
            }
            if company != self.company {
                self.company = company;
                let text = serde_json::to_string(&self.company).unwrap_or_default();
                return Some(Event::default().event("company").data(text));
            }
            loop {
                match self.listener.news().await? {
                    Some(News::Case(id) | News::Company(id)) if id != self.id => {}
                    Some(News::Clerks) => {}
                    _ => break,
                }
            }
        }
    }
}

/// That something changed. Browsers pass on no event without data (HTML, "dispatch the event").
fn changed(what: &str) -> Event {
    Event::default().event(what).data("changed")
}

fn line(said: &case::Said) -> Event {
    let data = Data {
        speaker: said.speaker,
        html: said.render().unwrap_or_default(),
        said: said.announcement(),
    };
    let data = serde_json::to_string(&data).unwrap_or_default();
    Event::default().event("line").id(said.number.to_string()).data(data)
}

/// A line for the script.
#[derive(serde::Serialize)]
struct Data {
    speaker: &'static str,
    html: String,
    said: String,
}

fn respond(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("");
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    // nginx would otherwise hold events back until its buffer is full.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
