//! One call from its ACK to its end: what its dialog says, what its listener asks, and its timers,
//! taken one at a time. Sound and text run beside it, in `rtp::stream`.

mod change;
mod request;

use super::endpoint::Shared;
use super::refer::{self, Progress};
use super::timer::{Agreement, Due, SessionTimer};
use crate::leg::{About, Command, End, LegEvent, Rate, Transfer, Wire, pair};
use crate::offer::{Agreed, Negotiator};
use crate::rtp::media::Media;
use crate::rtp::stream::{self, Order, Sockets, Stopped};
use request::Outcome;
use rsipstack::dialog::dialog::{DialogState, DialogStateReceiver, TerminatedReason};
use rsipstack::dialog::invite_dialog::InviteDialog;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How long the other side may leave us without news of a transfer.
const NO_NEWS: Duration = Duration::from_secs(60);
/// How long after a transfer the other side may take to hang up, before we do.
const TRANSFERRED: Duration = Duration::from_secs(5);

/// What is agreed at the beginning of a call.
pub(super) struct Session {
    pub(super) negotiator: Negotiator,
    pub(super) agreed: Agreed,
    pub(super) timer: Agreement,
    pub(super) peer_allows_update: bool,
}

/// A transfer on its way.
struct Transferring {
    /// When it counts as failed, or, once it is done, when we hang up.
    until: Instant,
    done: bool,
}

/// A running call.
pub(super) struct Call {
    shared: Arc<Shared>,
    dialog: InviteDialog,
    states: DialogStateReceiver,
    negotiator: Negotiator,
    has_text_port: bool,
    wire: Wire,
    commands: mpsc::UnboundedReceiver<Command>,
    orders: mpsc::UnboundedSender<Order>,
    stream: JoinHandle<Stopped>,
    timer: SessionTimer,
    min_se: u32,
    peer_allows_update: bool,
    /// Our own refresh is on its way.
    refreshing: bool,
    /// A re-INVITE without offer was answered with ours; its answer comes in the ACK of this CSeq.
    late_offer: Option<u32>,
    transferring: Option<Transferring>,
    outcomes: (mpsc::UnboundedSender<Outcome>, mpsc::UnboundedReceiver<Outcome>),
}

/// What happened next.
enum Happening {
    State(Option<Box<DialogState>>),
    Command(Option<Command>),
    Outcome(Outcome),
    Stream(Stopped),
    Deadline,
    Stop,
}

impl Call {
    /// Sets a call up and hands its leg out.
    pub(super) fn begin(
        shared: Arc<Shared>,
        dialog: InviteDialog,
        states: DialogStateReceiver,
        session: Session,
        about: About,
        sockets: Sockets,
    ) -> Self {
        let Session { negotiator, agreed, timer, peer_allows_update } = session;
        let rate = agreed.audio.as_ref().map_or(Rate::Narrow, |it| it.accepts.codec.rate());
        let (leg, wire, commands) = pair(about, rate);
        let (orders, taken) = mpsc::unbounded_channel();
        let has_text_port = sockets.text.is_some();
        let now = Instant::now();
        let media = Media::new(&agreed, rate, wire.clone(), now);
        let lost_after = Duration::from_secs(shared.settings.rtp.lost_after_s.into());
        let lost_after = Some(lost_after).filter(|after| !after.is_zero());
        let stream = stream::run(sockets, media, taken, lost_after, shared.counters.clone());
        shared.counters.begun();
        // Where nobody takes calls any more, the leg is dropped, and that hangs up.
        let _ = shared.calls.try_send(Box::new(leg));
        Self {
            dialog,
            states,
            negotiator,
            has_text_port,
            wire,
            commands,
            orders,
            stream: tokio::spawn(stream),
            timer: SessionTimer::new(timer, now),
            min_se: 0,
            peer_allows_update,
            refreshing: false,
            late_offer: None,
            transferring: None,
            outcomes: mpsc::unbounded_channel(),
            shared,
        }
    }

    /// Runs the call to its end.
    pub(super) async fn run(mut self) {
        let end = loop {
            let happening = self.next().await;
            if let Some(end) = self.handle(happening).await {
                break end;
            }
        };
        self.finish(end).await;
    }

    async fn next(&mut self) -> Happening {
        let deadline = tokio::time::Instant::from_std(self.deadline());
        tokio::select! {
            state = self.states.recv() => Happening::State(state.map(Box::new)),
            command = self.commands.recv() => Happening::Command(command),
            Some(outcome) = self.outcomes.1.recv() => Happening::Outcome(outcome),
            stopped = &mut self.stream => Happening::Stream(stopped.unwrap_or(Stopped::Told)),
            () = tokio::time::sleep_until(deadline) => Happening::Deadline,
            () = self.shared.stop.cancelled() => Happening::Stop,
        }
    }

    /// When something is due next.
    fn deadline(&self) -> Instant {
        let (due, session) = self.timer.due();
        // While a refresh is on its way, its own transaction keeps the time.
        let session = if self.refreshing && due == Due::Refresh {
            session + Duration::from_secs(64)
        } else {
            session
        };
        self.transferring.as_ref().map_or(session, |transfer| transfer.until.min(session))
    }

    async fn handle(&mut self, happening: Happening) -> Option<End> {
        match happening {
            Happening::State(Some(state)) => self.state(*state).await,
            Happening::State(None) => Some(End::Line),
            Happening::Command(Some(Command::HangUp) | None) => Some(End::Us),
            Happening::Command(Some(command)) => {
                self.obey(command);
                None
            }
            Happening::Outcome(outcome) => self.outcome(outcome),
            Happening::Stream(Stopped::Silent) => Some(End::Lost),
            Happening::Stream(Stopped::Told) | Happening::Stop => Some(End::Line),
            Happening::Deadline => self.time_passed(),
        }
    }

    fn obey(&mut self, command: Command) {
        let order = match command {
            Command::Playout(step) => Order::Playout(step),
            Command::TypeOut(text) => Order::TypeOut(text),
            Command::Transfer(to) => return self.transfer(&to),
            Command::HangUp => return,
        };
        self.order(order);
    }

    /// A stream that stopped has said so; what is asked of it then has no effect.
    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }

    async fn state(&mut self, state: DialogState) -> Option<End> {
        match state {
            DialogState::Updated(_, request, handle) => self.modify(request, handle).await,
            DialogState::Info(_, request, handle) => self.info(&request, handle).await,
            DialogState::Notify(_, request, handle) => {
                request::reply(handle, 200).await;
                if let Some(progress) = refer::progress(&request) {
                    self.transfer_progressed(progress);
                }
            }
            DialogState::Options(_, _, handle) => request::reply(handle, 200).await,
            // We are nobody's errand boy: only we transfer.
            DialogState::Refer(_, _, handle) => request::reply(handle, 603).await,
            DialogState::Message(_, _, handle) | DialogState::Publish(_, _, handle) => {
                request::reply(handle, 405).await;
            }
            DialogState::Confirmed(..) => self.acknowledged(),
            DialogState::Terminated(_, why) => return Some(self.terminated(&why)),
            _ => {}
        }
        None
    }

    fn terminated(&mut self, why: &TerminatedReason) -> End {
        let by_caller = matches!(why, TerminatedReason::UacBye | TerminatedReason::UacCancel);
        // Many hang up as soon as they were told whom to call, and tell no more of it.
        if by_caller && self.transferring.take().is_some_and(|transfer| !transfer.done) {
            self.wire.tell(LegEvent::Transfer(Transfer::Done));
        }
        match why {
            _ if by_caller => End::Caller,
            TerminatedReason::UasBye => End::Us,
            TerminatedReason::Timeout => End::Lost,
            _ => End::Line,
        }
    }

    fn transfer(&mut self, to: &str) {
        if self.transferring.is_some() {
            return;
        }
        let Some(target) = refer::target(to, &self.shared.settings.transfer_prefixes) else {
            self.wire.tell(LegEvent::Transfer(Transfer::NotAllowed));
            return;
        };
        self.transferring = Some(Transferring { until: Instant::now() + NO_NEWS, done: false });
        request::refer(&self.dialog, target, self.outcomes.0.clone());
    }

    fn transfer_progressed(&mut self, Progress { status, last }: Progress) {
        let Some(transfer) = self.transferring.as_mut().filter(|transfer| !transfer.done) else {
            return;
        };
        match status {
            200..300 => {
                *transfer = Transferring { until: Instant::now() + TRANSFERRED, done: true };
                self.wire.tell(LegEvent::Transfer(Transfer::Done));
            }
            100..200 if !last => {
                transfer.until = Instant::now() + NO_NEWS;
                self.wire.tell(LegEvent::Transfer(Transfer::Trying(status)));
            }
            _ => self.transfer_failed(Some(status).filter(|status| *status >= 300)),
        }
    }

    fn transfer_failed(&mut self, status: Option<u16>) {
        if self.transferring.take().is_some() {
            self.wire.tell(LegEvent::Transfer(Transfer::Failed(status)));
        }
    }

    fn time_passed(&mut self) -> Option<End> {
        let now = Instant::now();
        if let Some(transfer) = self.transferring.as_ref().filter(|it| it.until <= now) {
            if transfer.done {
                return Some(End::Us);
            }
            self.transfer_failed(None);
        }
        match self.timer.due() {
            (_, at) if at > now => None,
            (Due::Over, _) => Some(End::Lost),
            (Due::Refresh, _) if self.refreshing => Some(End::Lost),
            (Due::Refresh, _) => {
                self.refresh();
                None
            }
        }
    }

    /// Says goodbye to whoever is still there. The stream ends with its orders.
    async fn finish(self, end: End) {
        let Self { shared, dialog, wire, orders, stream, .. } = self;
        drop(orders);
        wire.end(end);
        // Its error says only that no answer came; the call is over all the same.
        let _ = dialog.bye().await;
        if !stream.is_finished() {
            let _ = stream.await;
        }
        shared.counters.ended();
    }
}
