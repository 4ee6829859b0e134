//! The two ends of a leg: the one that is handed out, and the wire's. Every door uses them, so that
//! a slow listener is treated alike everywhere: sound that nobody takes is dropped, keys, text and
//! the end never are.

use super::presses::{Presses, Way};
use super::{About, CallLeg, End, Frame, Key, LegEvent, Mark, Rate, Sound};
use crate::playout::Step;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::sync::mpsc;

/// Frames that wait for a listener before newer ones are dropped: one second.
const PATIENCE: usize = 50;

/// What the listener's end asks of the wire.
#[derive(Debug)]
pub(crate) enum Command {
    Playout(Step),
    TypeOut(String),
    Transfer(String),
    HangUp,
}

/// State that both ends see.
#[derive(Default)]
struct Shared {
    waiting_frames: AtomicUsize,
    has_text: AtomicBool,
    presses: Mutex<Presses>,
}

/// The end that is handed out.
pub(crate) struct Leg {
    about: About,
    rate: Rate,
    shared: Arc<Shared>,
    events: mpsc::UnboundedReceiver<LegEvent>,
    commands: mpsc::UnboundedSender<Command>,
    ended: bool,
}

/// The wire's end, to tell what happens. What was asked for comes by the receiver that [`pair`]
/// returns beside it; that one closes when the listener is gone.
#[derive(Clone)]
pub(crate) struct Wire {
    shared: Arc<Shared>,
    events: mpsc::UnboundedSender<LegEvent>,
}

/// A leg and its wire.
pub(crate) fn pair(about: About, rate: Rate) -> (Leg, Wire, mpsc::UnboundedReceiver<Command>) {
    let shared = Arc::new(Shared::default());
    // Unbounded, yet bounded by what fills them: frames are counted below, keys and text come at a
    // person's pace after the wire's own limits, and commands are the listener's own.
    let (to_leg, events) = mpsc::unbounded_channel();
    let (commands, from_leg) = mpsc::unbounded_channel();
    let leg = Leg { about, rate, shared: shared.clone(), events, commands, ended: false };
    (leg, Wire { shared, events: to_leg }, from_leg)
}

impl Wire {
    /// A frame was heard; dropped where the listener is a second behind.
    pub(crate) fn heard(&self, frame: Frame) {
        if self.shared.waiting_frames.fetch_add(1, Ordering::Relaxed) >= PATIENCE
            || self.events.send(LegEvent::Heard(frame)).is_err()
        {
            self.shared.waiting_frames.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// A key was pressed; told once where it comes by both ways.
    pub(crate) fn press(&self, key: Key, way: Way, now: Instant) {
        let mut presses = self.shared.presses.lock().unwrap_or_else(PoisonError::into_inner);
        if presses.is_new(key, way, now) {
            self.tell(LegEvent::Keyed(key));
        }
    }

    /// Something else happened. A listener that is gone needs no telling.
    pub(crate) fn tell(&self, event: LegEvent) {
        let _ = self.events.send(event);
    }

    /// The call is over.
    pub(crate) fn end(&self, end: End) {
        self.tell(LegEvent::Ended(end));
    }

    /// Typed text reaches the caller from now on.
    pub(crate) fn gains_text(&self) {
        self.shared.has_text.store(true, Ordering::Relaxed);
    }

    /// Typed text does not reach the caller any more.
    pub(crate) fn loses_text(&self) {
        self.shared.has_text.store(false, Ordering::Relaxed);
    }
}

impl Leg {
    /// A wire that is gone has said so by `Ended`; what is asked of it then has no effect.
    fn ask(&mut self, command: Command) {
        let _ = self.commands.send(command);
    }
}

impl CallLeg for Leg {
    fn about(&self) -> &About {
        &self.about
    }

    fn rate(&self) -> Rate {
        self.rate
    }

    fn has_text(&self) -> bool {
        self.shared.has_text.load(Ordering::Relaxed)
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<LegEvent>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.events.poll_recv(context).map(|event| {
            // A wire that died without a word, its task cancelled for one, is a broken line.
            let event = event.unwrap_or(LegEvent::Ended(End::Line));
            match &event {
                LegEvent::Heard(_) => {
                    self.shared.waiting_frames.fetch_sub(1, Ordering::Relaxed);
                }
                LegEvent::Ended(_) => self.ended = true,
                _ => {}
            }
            Some(event)
        })
    }

    fn play(&mut self, sound: Sound) {
        self.ask(Command::Playout(Step::Play(sound)));
    }

    fn mark(&mut self, mark: Mark) {
        self.ask(Command::Playout(Step::Mark(mark)));
    }

    fn clear(&mut self) {
        self.ask(Command::Playout(Step::Clear));
    }

    fn pause(&mut self) {
        self.ask(Command::Playout(Step::Pause));
    }

    fn go_on(&mut self) {
        self.ask(Command::Playout(Step::GoOn));
    }

    fn type_out(&mut self, text: &str) {
        self.ask(Command::TypeOut(text.to_owned()));
    }

    fn transfer(&mut self, to: &str) {
        self.ask(Command::Transfer(to.to_owned()));
    }

    fn hang_up(&mut self) {
        self.ask(Command::HangUp);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Heard, House, Key, next};
    use super::*;

    fn about() -> About {
        About {
            id: String::new(),
            line: String::new(),
            caller: None,
            called: String::new(),
            house: House::Open,
        }
    }

    #[tokio::test]
    async fn a_slow_listener_loses_sound_but_no_key_and_not_the_end() {
        let (mut leg, wire, _commands) = pair(about(), Rate::Narrow);
        let frame = || Frame { pcm: vec![0; 160].into(), heard: Heard::Sound };
        for _ in 0..1000 {
            wire.heard(frame());
        }
        let key = Key::from_char('5').unwrap();
        wire.tell(LegEvent::Keyed(key));
        wire.end(End::Caller);
        let mut frames = 0;
        let mut rest = Vec::new();
        while let Some(event) = next(&mut leg).await {
            match event {
                LegEvent::Heard(_) => frames += 1,
                event => rest.push(event),
            }
        }
        assert_eq!(frames, PATIENCE);
        assert_eq!(rest, [LegEvent::Keyed(key), LegEvent::Ended(End::Caller)]);
    }

    #[tokio::test]
    async fn a_wire_that_dies_silently_ends_the_call() {
        let (mut leg, wire, commands) = pair(about(), Rate::Narrow);
        drop((wire, commands));
        assert_eq!(next(&mut leg).await, Some(LegEvent::Ended(End::Line)));
        assert_eq!(next(&mut leg).await, None);
        leg.hang_up();
    }
}
