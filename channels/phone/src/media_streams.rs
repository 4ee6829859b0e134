//! Calls by a provider's Media Streams (the JSON frames that Twilio began and others took over), on
//! a WebSocket that the web server holds: text frames in, text frames out. The web server asks here
//! whether a request for the WebSocket is the provider's; everything after it is here too.

mod wire_format;

use crate::codec::{Codec, Decoder, Encoder};
use crate::intake::Intake;
use crate::leg::{About, Command, End, FRAME, House, LegEvent, Mark, Rate, Transfer, Wire, pair};
use crate::line::Entry;
use crate::playout::{Playout, Step};
use crate::settings::{MediaStreamsSettings, SecretError};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use wire_format::{Incoming, Outgoing};

/// How long a connection may take to say which call it is.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long nothing may come on a call; sound comes all the time.
const LOST: Duration = Duration::from_secs(60);
/// Frames sent ahead of time, for the provider holds them, and the way there is not even.
const AHEAD: u32 = 5;

/// The door by which such calls come.
#[derive(Clone)]
pub struct MediaStreams {
    address: Arc<str>,
    key: ring::hmac::Key,
    entry: Entry,
}

impl MediaStreams {
    pub(crate) fn new(settings: &MediaStreamsSettings, entry: Entry) -> Result<Self, SecretError> {
        let token = settings.token.reveal()?;
        // What the providers sign with; nobody else chose it either.
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
        Ok(Self { address: settings.address.as_str().into(), key, entry })
    }

    /// Whether a request for the WebSocket is the provider's: `signature` is what its header
    /// `X-Twilio-Signature` says, the base64 of HMAC-SHA1 over the whole address with the account's
    /// token.
    #[must_use]
    pub fn is_signed(&self, signature: &str) -> bool {
        let Ok(tag) = STANDARD.decode(signature) else { return false };
        ring::hmac::verify(&self.key, self.address.as_bytes(), &tag).is_ok()
    }

    /// Runs one connection to the end of its call: the text frames that come by it, and those that
    /// go. When it returns, `outgoing` is dropped, and the WebSocket is to be shut.
    pub async fn run(&self, mut incoming: mpsc::Receiver<String>, outgoing: mpsc::Sender<String>) {
        let start = tokio::time::timeout(PATIENCE, start(&mut incoming)).await.ok().flatten();
        let Some(stream) = start.filter(|_| self.entry.has_room()) else {
            self.entry.counters.refused();
            return;
        };
        let about = About {
            id: format!("{:016x}", getrandom::u64().unwrap_or_default()),
            line: "media streams".into(),
            caller: stream.caller,
            called: stream.called,
            house: House::Open,
        };
        let (leg, wire, commands) = pair(about, Rate::Narrow);
        self.entry.counters.begun();
        if self.entry.calls.send(Box::new(leg)).await.is_ok() {
            let running = Running {
                wire: wire.clone(),
                outgoing,
                stream: stream.id,
                playout: Playout::default(),
                pending: HashSet::new(),
                encoder: Encoder::new(Codec::Pcmu),
                ahead: 0,
            };
            wire.end(running.run(incoming, commands, &self.entry).await);
        }
        self.entry.counters.ended();
    }
}

/// Waits for the frame that says which call it is.
async fn start(incoming: &mut mpsc::Receiver<String>) -> Option<wire_format::Start> {
    loop {
        match Incoming::parse(&incoming.recv().await?) {
            Incoming::Start(start) => return Some(start),
            Incoming::Stop => return None,
            _ => {}
        }
    }
}

struct Running {
    wire: Wire,
    outgoing: mpsc::Sender<String>,
    stream: String,
    playout: Playout,
    /// Marks that were sent, and not yet said to be reached.
    pending: HashSet<Mark>,
    encoder: Encoder,
    /// Frames that the provider holds, as far as we know.
    ahead: u32,
}

impl Running {
    async fn run(
        mut self,
        mut incoming: mpsc::Receiver<String>,
        mut commands: mpsc::UnboundedReceiver<Command>,
        entry: &Entry,
    ) -> End {
        let mut intake = Intake::new(Rate::Narrow);
        let mut decoder = Decoder::new(Codec::Pcmu);
        let mut pcm = Vec::new();
        let mut clock = tokio::time::interval(FRAME);
        clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut silent = Duration::ZERO;
        loop {
            tokio::select! {
                due = clock.tick() => {
                    entry.counters.frame(due.elapsed());
                    self.wire.heard(intake.frame());
                    self.ahead = self.ahead.saturating_sub(1);
                    self.send();
                    silent += FRAME;
                    if silent > LOST {
                        return End::Lost;
                    }
                }
                text = incoming.recv() => {
                    let Some(text) = text else { return End::Line };
                    silent = Duration::ZERO;
                    match Incoming::parse(&text) {
                        Incoming::Media(payload) => {
                            if decoder.decode(&payload, &mut pcm).is_ok() {
                                intake.push(pcm.iter().copied());
                            }
                        }
                        Incoming::Key(key) => self.wire.tell(LegEvent::Keyed(key)),
                        Incoming::Mark(mark) => {
                            // A cleared one comes back too, and is not said.
                            if self.pending.remove(&mark) {
                                self.wire.tell(LegEvent::Played(mark));
                            }
                        }
                        Incoming::Stop => return End::Caller,
                        Incoming::Start(_) | Incoming::Other => {}
                    }
                }
                command = commands.recv() => match command {
                    Some(Command::Playout(Step::Clear)) => self.clear(),
                    Some(Command::Playout(step)) => self.playout.take_step(step),
                    // The provider transfers by its own interface, not by this connection.
                    Some(Command::Transfer(_)) => {
                        self.wire.tell(LegEvent::Transfer(Transfer::NotAllowed));
                    }
                    Some(Command::TypeOut(_)) => {}
                    Some(Command::HangUp) | None => return End::Us,
                },
                () = entry.stop.cancelled() => return End::Line,
            }
        }
    }

    /// Sends sound until the provider is far enough ahead.
    fn send(&mut self) {
        while self.ahead < AHEAD {
            let mut frame = [0; 160];
            let mut marks = Vec::new();
            let filled = self.playout.take(&mut frame, |mark| marks.push(mark));
            if filled > 0 {
                let mut payload = Vec::new();
                self.encoder.encode(&frame, &mut payload);
                self.write(&Outgoing::Media(&payload));
                self.ahead += 1;
            }
            for mark in marks {
                self.pending.insert(mark);
                self.write(&Outgoing::Mark(mark));
            }
            if filled < frame.len() {
                return;
            }
        }
    }

    fn clear(&mut self) {
        self.playout.take_step(Step::Clear);
        self.pending.clear();
        self.ahead = 0;
        self.write(&Outgoing::Clear);
    }

    /// What a slow connection cannot take at once is dropped: late sound is worth nothing.
    fn write(&self, message: &Outgoing<'_>) {
        let _ = self.outgoing.try_send(message.to_text(&self.stream));
    }
}

#[cfg(test)]
mod tests;
