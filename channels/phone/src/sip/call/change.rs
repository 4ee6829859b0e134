//! What changes while a call lasts: re-INVITE and UPDATE, hold, keys by INFO, and the session's
//! refresh both ways.

use super::super::headers::{self, Body, SDP, value};
use super::super::timer::{self, Agreement, MIN_SE, Refresher, SessionTimer};
use super::Call;
use super::request::{self, Answer, Outcome, reply, respond};
use crate::leg::{End, Key, Way};
use crate::rtp::stream::Order;
use crate::sdp::Description;
use rsipstack::dialog::dialog::TransactionHandle;
use rsipstack::sip::{Header, HeadersExt, Method, Request};
use std::time::Instant;

impl Call {
    /// A re-INVITE or an UPDATE (RFC 3261 section 14, RFC 3311).
    pub(super) async fn modify(&mut self, request: Request, handle: TransactionHandle) {
        if let Some(unknown) = headers::unknown_requirements(&request) {
            return respond(handle, 420, vec![Header::Unsupported(unknown.into())], None).await;
        }
        // Ours is on its way, and would cross theirs (RFC 3261 section 14.2).
        if self.refreshing && request.method == Method::Invite {
            return reply(handle, 491).await;
        }
        let ours = self.shared.settings.sip.session_expires_s;
        let Ok(agreement) = timer::answer(headers::asked_timer(&request), ours) else {
            let header = Header::MinSE(MIN_SE.to_string().into());
            return respond(handle, 422, vec![header], None).await;
        };
        let body = match headers::body(&request) {
            Body::Other => {
                let header = Header::Accept(SDP.to_owned().into());
                return respond(handle, 415, vec![header], None).await;
            }
            Body::Sdp => match self.answer(&request.body).await {
                Some(answer) => Some(answer),
                None => return reply(handle, 488).await,
            },
            Body::None if request.method == Method::Invite => {
                self.late_offer = request.cseq_header().and_then(|cseq| cseq.seq()).ok();
                Some(self.negotiator.offer())
            }
            Body::None => None,
        };
        self.timer = SessionTimer::new(agreement, Instant::now());
        let headers = match body {
            Some(_) => headers::of_success_with_sdp(agreement),
            None => headers::of_success(agreement),
        };
        respond(handle, 200, headers, body).await;
    }

    /// Agrees anew; our answer, or none where what is offered cannot be taken: then all stays.
    async fn answer(&mut self, offer: &[u8]) -> Option<String> {
        let offer = Description::parse(offer).ok()?;
        let wants_text = offer.media.iter().any(|media| media.kind == "text" && media.port != 0);
        if wants_text && !self.has_text_port && self.shared.settings.rtp.text {
            let (text, _) = self.shared.ports.pair().await.ok()?;
            self.negotiator.receive_text_at(text.local_addr().ok()?.port());
            self.has_text_port = true;
            self.order(Order::AddText(text));
        }
        let (agreed, answer) = self.negotiator.answer(&offer).ok()?;
        self.order(Order::Agree(Box::new(agreed)));
        Some(answer)
    }

    /// An ACK may hold the answer to an offer of ours.
    pub(super) fn acknowledged(&mut self) {
        let Some(ack) = self.dialog.last_remote_ack().filter(|_| self.late_offer.is_some()) else {
            return;
        };
        if ack.cseq_header().and_then(|cseq| cseq.seq()).ok() == self.late_offer {
            self.late_offer = None;
            self.answered(&ack.body);
        }
    }

    /// What the other side answers to an offer of ours holds, if it is an answer.
    fn answered(&mut self, answer: &[u8]) {
        if let Ok(answer) = Description::parse(answer)
            && let Ok(agreed) = self.negotiator.answered(&answer)
        {
            self.order(Order::Agree(Box::new(agreed)));
        }
    }

    /// A key by INFO: `application/dtmf-relay` with `Signal=5`, or `application/dtmf` with `5`.
    pub(super) async fn info(&mut self, request: &Request, handle: TransactionHandle) {
        if request.body.is_empty() {
            return reply(handle, 200).await;
        }
        let kind = value(request, "Content-Type").unwrap_or_default().to_ascii_lowercase();
        let key = kind.starts_with("application/dtmf").then(|| key(&request.body)).flatten();
        let Some(key) = key else { return reply(handle, 415).await };
        reply(handle, 200).await;
        self.wire.press(key, Way::Info, Instant::now());
    }

    /// Sends our refresh.
    pub(super) fn refresh(&mut self) {
        self.refreshing = true;
        let description = (!self.peer_allows_update).then(|| self.negotiator.description());
        let agreement = self.timer.agreement();
        let outcomes = self.outcomes.0.clone();
        request::refresh(&self.dialog, agreement, self.min_se, description, outcomes);
    }

    pub(super) fn outcome(&mut self, outcome: Outcome) -> Option<End> {
        match outcome {
            // Taken, or not yet told: the NOTIFYs tell.
            Outcome::Referred(Some(200..300)) => None,
            Outcome::Referred(status) => {
                self.transfer_failed(status);
                None
            }
            Outcome::Refreshed(answer) => {
                self.refreshing = false;
                self.refreshed(answer)
            }
        }
    }

    fn refreshed(&mut self, answer: Answer) -> Option<End> {
        let agreement = self.timer.agreement();
        match answer.status {
            Some(200..300) => {
                self.timer = SessionTimer::new(read(&answer, agreement), Instant::now());
                if !answer.body.is_empty() {
                    self.answered(&answer.body);
                }
                None
            }
            // They want longer intervals (RFC 4028 section 7.3).
            Some(422) => {
                self.min_se = answer.min_se.unwrap_or(MIN_SE).min(86_400);
                let expires = agreement.expires.max(self.min_se);
                self.timer = SessionTimer::new(Agreement { expires, ..agreement }, Instant::now());
                self.refresh();
                None
            }
            // Gone, or it does not answer any more (RFC 3261 section 12.2.1.2).
            Some(408 | 481) | None => Some(End::Lost),
            // It says that it knows UPDATE and does not.
            Some(405 | 501) if self.peer_allows_update => {
                self.peer_allows_update = false;
                self.refresh();
                None
            }
            // It is there, which is what was asked; the next one may be taken.
            Some(_) => {
                self.timer = SessionTimer::new(agreement, Instant::now());
                None
            }
        }
    }
}

/// What the answer to our refresh agrees to. In a request of ours, `uac` is us.
fn read(answer: &Answer, before: Agreement) -> Agreement {
    let Some((expires, refresher)) =
        answer.session_expires.as_deref().and_then(timer::parse_expires)
    else {
        return before;
    };
    let theirs = refresher.is_some_and(|it| it.eq_ignore_ascii_case("uas"));
    let refresher = if theirs { Refresher::Them } else { Refresher::Us };
    Agreement { expires: expires.max(MIN_SE), refresher, supported: true }
}

/// The key in the body of an INFO.
fn key(body: &[u8]) -> Option<Key> {
    let text = std::str::from_utf8(body).ok()?;
    let signal = text.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        name.trim().eq_ignore_ascii_case("signal").then_some(value.trim())
    });
    let signal = signal.unwrap_or_else(|| text.trim());
    // Some say the event's number for `*` and `#`.
    match signal {
        "10" => Key::from_char('*'),
        "11" => Key::from_char('#'),
        _ => {
            let mut characters = signal.chars();
            characters.next().filter(|_| characters.next().is_none()).and_then(Key::from_char)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_an_info_are_read_in_both_ways() {
        let key = |body: &str| key(body.as_bytes()).map(Key::char);
        assert_eq!(key("Signal=5\r\nDuration=160\r\n"), Some('5'));
        assert_eq!(key("Signal = # \r\n"), Some('#'));
        assert_eq!(key("7"), Some('7'));
        assert_eq!(key("Signal=11"), Some('#'));
        assert_eq!(key("Signal=55"), None);
        assert_eq!(key(""), None);
    }
}
