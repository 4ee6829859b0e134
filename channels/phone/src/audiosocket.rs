//! Calls from Asterisk's AudioSocket: a TCP connection a call, its frames a kind, a length and what
//! it says. Asterisk has answered the call, and transfers are its dialplan's; so what is left is
//! sound both ways, keys and the end.

mod wire_format;

use crate::codec::Codec;
use crate::intake::Intake;
use crate::leg::{About, Command, End, FRAME, House, LegEvent, Rate, Transfer, Wire, pair};
use crate::line::Entry;
use crate::playout::Playout;
use crate::settings::AudioSocketSettings;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use wire_format::{Frames, Message};

/// How long a connection may take to say which call it is.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long nothing may come on a call; Asterisk sends sound all the time.
const LOST: Duration = Duration::from_secs(60);
/// Frames that may wait for a slow network; later ones are dropped, for late sound is worth nothing.
const WAITING: usize = 10;

/// Listens until it is stopped.
pub(crate) async fn serve(listener: TcpListener, settings: AudioSocketSettings, entry: Entry) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = entry.stop.cancelled() => return,
        };
        // An error is that of one connection that is gone again.
        let Ok((stream, from)) = accepted else { continue };
        let known = settings.addresses.iter().any(|network| network.contains(from.ip()));
        if known && entry.has_room() {
            tokio::spawn(call(stream, entry.clone()));
        } else {
            entry.counters.refused();
        }
    }
}

/// One connection to its end.
async fn call(stream: TcpStream, entry: Entry) {
    // Frames are small and must not wait for each other.
    let _ = stream.set_nodelay(true);
    let (mut reader, writer) = stream.into_split();
    let mut frames = Frames::default();
    let id = tokio::time::timeout(PATIENCE, first(&mut reader, &mut frames)).await.ok().flatten();
    let Some(id) = id else {
        entry.counters.refused();
        return;
    };
    let about = About {
        id: format!("{:016x}", getrandom::u64().unwrap_or_default()),
        line: "audiosocket".into(),
        caller: None,
        // The dialplan chose it for this call, and knows by it who calls.
        called: id,
        house: House::Open,
    };
    let (leg, wire, commands) = pair(about, Rate::Narrow);
    entry.counters.begun();
    if entry.calls.send(Box::new(leg)).await.is_ok() {
        let (sender, waiting) = mpsc::channel(WAITING);
        let writing = tokio::spawn(write(writer, waiting));
        let end = Running { wire: wire.clone(), commands, sender, playout: Playout::default() }
            .run(reader, frames, &entry)
            .await;
        wire.end(end);
        // The last frame says that we hang up; a connection that is gone needs none.
        let _ = tokio::time::timeout(PATIENCE, writing).await;
    }
    entry.counters.ended();
}

/// Waits for the frame that says which call it is.
async fn first(reader: &mut OwnedReadHalf, frames: &mut Frames) -> Option<String> {
    loop {
        match frames.next() {
            Some(Message::Id(id)) => return Some(id),
            Some(Message::HangUp | Message::Error) => return None,
            Some(_) => {}
            None => read(reader, frames).await?,
        }
    }
}

/// Reads what has come; none at the end of the connection.
async fn read(reader: &mut OwnedReadHalf, frames: &mut Frames) -> Option<()> {
    let mut bytes = [0; 4096];
    let length = reader.read(&mut bytes).await.ok().filter(|length| *length > 0)?;
    frames.push(&bytes[..length]);
    Some(())
}

async fn write(mut writer: OwnedWriteHalf, mut waiting: mpsc::Receiver<Vec<u8>>) {
    while let Some(frame) = waiting.recv().await {
        if writer.write_all(&frame).await.is_err() {
            return;
        }
    }
    let _ = writer.write_all(&wire_format::hang_up()).await;
}

struct Running {
    wire: Wire,
    commands: mpsc::UnboundedReceiver<Command>,
    sender: mpsc::Sender<Vec<u8>>,
    playout: Playout,
}

impl Running {
    async fn run(mut self, mut reader: OwnedReadHalf, mut frames: Frames, entry: &Entry) -> End {
        let mut intake = Intake::new(Codec::Pcmu.rate());
        let mut clock = tokio::time::interval(FRAME);
        clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut silent = Duration::ZERO;
        loop {
            tokio::select! {
                due = clock.tick() => {
                    entry.counters.frame(due.elapsed());
                    self.wire.heard(intake.frame());
                    self.send();
                    silent += FRAME;
                    if silent > LOST {
                        return End::Lost;
                    }
                }
                came = read(&mut reader, &mut frames) => {
                    if came.is_none() {
                        return End::Line;
                    }
                    silent = Duration::ZERO;
                    while let Some(message) = frames.next() {
                        match message {
                            Message::Sound(samples) => intake.push(samples),
                            Message::Key(Some(key)) => self.wire.tell(LegEvent::Keyed(key)),
                            Message::HangUp => return End::Caller,
                            Message::Error => return End::Line,
                            Message::Key(None) | Message::Id(_) | Message::Other => {}
                        }
                    }
                }
                command = self.commands.recv() => {
                    if self.obey(command) == Next::HangUp {
                        return End::Us;
                    }
                }
                () = entry.stop.cancelled() => return End::Line,
            }
        }
    }

    fn send(&mut self) {
        let mut frame = [0; 160];
        let wire = &self.wire;
        self.playout.take(&mut frame, |mark| wire.tell(LegEvent::Played(mark)));
        let _ = self.sender.try_send(wire_format::sound(&frame));
    }

    fn obey(&mut self, command: Option<Command>) -> Next {
        match command {
            Some(Command::Playout(step)) => self.playout.take_step(step),
            // Where to go after us is for the dialplan.
            Some(Command::Transfer(_)) => self.wire.tell(LegEvent::Transfer(Transfer::NotAllowed)),
            Some(Command::TypeOut(_)) => {}
            Some(Command::HangUp) | None => return Next::HangUp,
        }
        Next::GoOn
    }
}

#[derive(PartialEq)]
enum Next {
    GoOn,
    HangUp,
}
