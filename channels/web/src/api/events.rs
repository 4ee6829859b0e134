//! `GET /api/v1/conversations/{id}/events`: lines as they come, as server-sent events.
//!
//! A stream remembers the number of the last line it gave and reads on from the archive when woken,
//! so nothing is lost or doubled however often it is cut. It has no task and no buffer of its own:
//! the connection's task waits in it.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use bot::{LanguageIdentifier, Line, store::ConversationId};
use futures::{Stream, stream};

use crate::{
    Shared, body,
    hub::Subscription,
    problem::{Problem, Trouble},
    visit::Visit,
    wire,
};

/// Shorter than the minute after which many proxies cut a silent line.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// Lines as they come.
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}/events",
    params(
        ("id" = String, Path, description = "The conversation's name"),
        ("after" = Option<u64>, Query, description = "Only lines with a higher number"),
        ("Last-Event-ID" = Option<u64>, Header, description = "The same; outranks `after`"),
    ),
    responses(
        (status = 200, body = wire::Line, content_type = "text/event-stream",
            description = "Events named `line`: `id` is the line's number, `data` the line. \
                Events named `wait`: `data` is a sentence with the place in the queue for a person; \
                empty when one waits no longer"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = []), ("page" = []))
)]
pub(crate) async fn events(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match open(&shared, &visit, id, query.as_deref(), &headers).await {
        Ok(reader) => respond(reader),
        Err(trouble) => visit.problem(&shared, trouble),
    }
}

async fn open(
    shared: &Arc<Shared>,
    visit: &Visit,
    id: String,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Reader, Trouble> {
    let after = body::after(query, headers)?;
    let opened = visit.open(shared, id).await?;
    Ok(Reader {
        news: shared.hub.subscribe(&opened.id),
        shared: shared.clone(),
        id: opened.id,
        after,
        read: VecDeque::new(),
        wait: None,
        language: visit.language(shared).clone(),
        first: true,
    })
}

fn respond(reader: Reader) -> Response {
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("");
    let mut response = Sse::new(events_of(reader)).keep_alive(keep_alive).into_response();
    // nginx would otherwise hold lines back until its buffer is full.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Reader {
    news: Subscription,
    shared: Arc<Shared>,
    id: ConversationId,
    after: u64,
    read: VecDeque<Line>,
    /// The place in the queue for a person, as last told.
    wait: Option<String>,
    language: LanguageIdentifier,
    first: bool,
}

fn events_of(reader: Reader) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(reader, |mut reader| async {
        // A first comment makes proxies pass on the headers, so that the page knows it is connected.
        if std::mem::take(&mut reader.first) {
            return Some((Ok(Event::default().comment("")), reader));
        }
        Some((Ok(reader.next().await?), reader))
    })
}

impl Reader {
    /// The next line, or place in the queue, when it comes. Nothing when the door closes or the archive fails: the page
    /// connects again and reads on.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(line) = self.read.pop_front() {
                self.after = line.number;
                return Some(event(&line));
            }
            self.read = VecDeque::new();
            self.news.seen();
            match self.shared.archive.lines(&self.id, self.after).await {
                Ok(lines) => self.read = lines.into(),
                Err(error) => {
                    tracing::warn!(%error, "an event stream could not be read on");
                    return None;
                }
            }
            if !self.read.is_empty() {
                continue;
            }
            let wait = self.shared.lobby.wait(&self.id, &self.language);
            if wait != self.wait {
                self.wait = wait;
                let text = serde_json::to_string(self.wait.as_deref().unwrap_or_default());
                return Some(Event::default().event("wait").data(text.unwrap_or_default()));
            }
            if !self.news.news().await {
                return None;
            }
        }
    }
}

fn event(line: &Line) -> Event {
    let data = serde_json::to_string(&wire::Line::from(line)).unwrap_or_default();
    Event::default().event("line").id(line.number.to_string()).data(data)
}

#[cfg(test)]
mod tests {
    use bot::{Reply, Speaker};

    use super::*;

    #[tokio::test]
    async fn a_line_is_one_event_with_its_number_as_id() {
        let line = Line {
            number: 7,
            at: jiff::Timestamp::UNIX_EPOCH,
            speaker: Speaker::Bot,
            name: None,
            reply: Reply::of("zh".parse().unwrap(), "第一行\n\r\n第二行"),
        };
        let stream = stream::iter([Ok::<_, Infallible>(event(&line))]);
        let body = Sse::new(stream).into_response().into_body();
        let bytes = axum::body::to_bytes(body, 10_000).await.unwrap();
        let text = String::from_utf8(bytes.into()).unwrap();
        let frames: Vec<&str> = text.lines().collect();
        assert_eq!(frames[..2], ["event: line", "id: 7"]);
        let json: serde_json::Value =
            serde_json::from_str(frames[2].strip_prefix("data: ").unwrap()).unwrap();
        assert_eq!(json["text"], "第一行\n\r\n第二行");
        assert!(text.ends_with("\n\n") && frames.len() == 4);
    }
}
