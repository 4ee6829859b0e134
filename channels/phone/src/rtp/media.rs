//! All that travels on one SIP call, without its sockets: packets and time in, packets out. What
//! is heard goes to the leg's listener. One [`Media`] lasts as long as its call; what was agreed may
//! change on the way.

use super::latch::Latch;
use super::packet::{Packet, is_rtcp};
use super::receiver::{Received, Receiver};
use super::rtcp::Rtcp;
use super::sender::Sender;
use super::srtp::{Inbound, Outbound};
use super::text::{TextReceiver, TextSender};
use crate::leg::{Frame, Heard, Hold, LegEvent, Rate, Way, Wire};
use crate::offer::{Agreed, AudioStream, Keys, Path, TextStream};
use crate::playout::Playout;
use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

/// About how often reports are sent (RFC 3550 section 6.2).
const REPORTS: Duration = Duration::from_secs(5);

/// By which of the call's ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    Audio,
    AudioRtcp,
    Text,
}

/// A packet to send.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) by: Port,
    pub(crate) to: SocketAddr,
    pub(crate) bytes: Vec<u8>,
}

/// The streams of one call.
pub(crate) struct Media {
    wire: Wire,
    rate: Rate,
    pub(crate) playout: Playout,
    audio: Option<Audio>,
    text: Option<Text>,
    hold: Hold,
    last_heard: Instant,
    next_report: Instant,
}

struct Audio {
    receiver: Receiver,
    sender: Sender,
    link: Link,
    rtcp: Rtcp,
    rtcp_source: Option<SocketAddr>,
}

struct Text {
    receiver: TextReceiver,
    sender: TextSender,
    link: Link,
}

/// How one stream is reached: where, and under which keys.
struct Link {
    path: Path,
    latch: Latch,
    inbound: Option<Inbound>,
    outbound: Option<Outbound>,
}

impl Media {
    /// `rate` is the leg's for the whole call.
    pub(crate) fn new(agreed: &Agreed, rate: Rate, wire: Wire, now: Instant) -> Self {
        let mut media = Self {
            wire,
            rate,
            playout: Playout::default(),
            audio: None,
            text: None,
            hold: Hold::Resumed,
            last_heard: now,
            next_report: now + REPORTS / 2,
        };
        media.agree(agreed, now);
        media
    }

    /// Something was agreed, for the first time or anew.
    pub(crate) fn agree(&mut self, agreed: &Agreed, now: Instant) {
        match (&mut self.audio, &agreed.audio) {
            (Some(audio), Some(stream)) => audio.agree(stream),
            (audio, stream) => *audio = stream.as_ref().map(|stream| Audio::new(stream, self.rate)),
        }
        match (&mut self.text, &agreed.text) {
            (Some(text), Some(stream)) => text.agree(stream),
            (text, stream) => *text = stream.as_ref().map(|stream| Text::new(stream, now)),
        }
        match self.text {
            Some(_) => self.wire.gains_text(),
            None => self.wire.loses_text(),
        }
        let sends = agreed.audio.as_ref().is_none_or(|stream| stream.path.direction.sends());
        let hold = if sends { Hold::Resumed } else { Hold::Held };
        if hold != self.hold {
            self.hold = hold;
            self.wire.tell(LegEvent::Hold(hold));
        }
        self.last_heard = now;
    }

    /// Types this out, where the call has text.
    pub(crate) fn type_out(&mut self, text: &str) {
        if let Some(stream) = &mut self.text {
            stream.sender.say(text);
        }
    }

    /// Takes a packet that came to a port.
    pub(crate) fn receive(&mut self, port: Port, bytes: &[u8], from: SocketAddr, now: Instant) {
        let taken = match port {
            Port::Text => self.receive_text(bytes, from, now),
            Port::Audio if !is_rtcp(bytes) => self.receive_audio(bytes, from, now),
            Port::Audio | Port::AudioRtcp => self.receive_rtcp(bytes, from, now),
        };
        if taken.is_some() {
            self.last_heard = now;
        }
    }

    /// How long nothing has come from the caller's side, though it should.
    pub(crate) fn silent_for(&self, now: Instant) -> Duration {
        // On hold nothing need come; with text alone nothing comes unless it is typed.
        if self.hold == Hold::Held || self.audio.is_none() {
            return Duration::ZERO;
        }
        now.duration_since(self.last_heard)
    }

    /// 20 ms have passed: a frame is heard.
    pub(crate) fn hear(&mut self, now: Instant) {
        let silence = || Frame { pcm: vec![0; self.rate.frame()].into(), heard: Heard::Nothing };
        let frame = match &mut self.audio {
            Some(audio) => {
                let frame = audio.receiver.frame(now);
                // What comes on hold is music, if anything.
                if self.hold == Hold::Held { silence() } else { frame }
            }
            None => silence(),
        };
        self.wire.heard(frame);
    }

    /// And a frame is sent: what is due is put into `out`.
    pub(crate) fn send(&mut self, now: Instant, wall: SystemTime, out: &mut Vec<Outgoing>) {
        self.send_audio(out);
        if let Some(text) = &mut self.text
            && let Some(target) = text.link.latch.target()
            && let Some(packet) = text.sender.packet(now)
        {
            text.link.send(Port::Text, target, packet, out);
        }
        if now >= self.next_report {
            // Not all calls at once: between half and one and a half of the interval.
            let random = f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX);
            self.next_report = now + REPORTS.mul_f64(0.5 + random);
            if let Some(audio) = &mut self.audio {
                let report =
                    audio.rtcp.report(audio.sender.sent(), audio.receiver.report(), now, wall);
                audio.send_rtcp(report, out);
            }
        }
    }

    /// The last packets: that we go.
    pub(crate) fn goodbye(&mut self, out: &mut Vec<Outgoing>) {
        if let Some(audio) = &mut self.audio {
            let bytes = audio.rtcp.goodbye();
            audio.send_rtcp(bytes, out);
        }
    }

    fn send_audio(&mut self, out: &mut Vec<Outgoing>) {
        let wire = &self.wire;
        let mut frame = vec![0; self.rate.frame()];
        // On hold nobody listens: what is to be played waits.
        if self.hold == Hold::Resumed {
            self.playout.take(&mut frame, |mark| wire.tell(LegEvent::Played(mark)));
        }
        let Some(audio) = &mut self.audio else { return };
        match audio.link.latch.target() {
            Some(target) if audio.link.path.direction.sends() => {
                let mut packet = Vec::new();
                audio.sender.send(&frame, &mut packet);
                audio.link.send(Port::Audio, target, packet, out);
            }
            _ => audio.sender.skip(),
        }
    }

    fn receive_audio(&mut self, bytes: &[u8], from: SocketAddr, now: Instant) -> Option<()> {
        let audio = self.audio.as_mut()?;
        let plain = audio.link.open(bytes)?;
        let packet = Packet::parse(&plain).ok()?;
        if !audio.receiver.knows(&packet) || !audio.link.latch.admits(from, now) {
            return None;
        }
        match audio.receiver.receive(&packet, now) {
            Received::Taken => Some(()),
            Received::Key(key) => {
                self.wire.press(key, Way::Sound, now);
                Some(())
            }
            Received::Refused => None,
        }
    }

    fn receive_rtcp(&mut self, bytes: &[u8], from: SocketAddr, now: Instant) -> Option<()> {
        let audio = self.audio.as_mut()?;
        let sound_from = audio.link.latch.target().map(|target| target.ip());
        if sound_from != Some(from.ip()) && audio.link.path.rtcp_target != Some(from) {
            return None;
        }
        let plain = match &mut audio.link.inbound {
            Some(inbound) => inbound.rtcp(bytes).ok()?,
            None => bytes.to_vec(),
        };
        audio.rtcp_source = Some(from);
        audio.rtcp.hear(&plain, now, SystemTime::now());
        Some(())
    }

    fn receive_text(&mut self, bytes: &[u8], from: SocketAddr, now: Instant) -> Option<()> {
        let text = self.text.as_mut()?;
        let plain = text.link.open(bytes)?;
        let packet = Packet::parse(&plain).ok()?;
        if !text.receiver.knows(&packet) || !text.link.latch.admits(from, now) {
            return None;
        }
        let typed = text.receiver.hear(&packet, now);
        if !typed.is_empty() {
            self.wire.tell(LegEvent::Typed(typed));
        }
        Some(())
    }
}

impl Audio {
    fn new(stream: &AudioStream, rate: Rate) -> Self {
        let sender = Sender::new(stream.accepts, rate);
        let cname = format!("{:08x}", getrandom::u32().unwrap_or(sender.ssrc));
        Self {
            receiver: Receiver::new(stream.accepts, rate),
            rtcp: Rtcp::new(sender.ssrc, cname),
            sender,
            link: Link::new(&stream.path),
            rtcp_source: None,
        }
    }

    fn agree(&mut self, stream: &AudioStream) {
        self.receiver.accept(stream.accepts);
        self.sender.accept(stream.accepts);
        self.link.agree(&stream.path);
    }

    fn send_rtcp(&mut self, report: Vec<u8>, out: &mut Vec<Outgoing>) {
        let Some(sound) = self.link.latch.target() else { return };
        let announced = self.link.path.rtcp_target;
        let to = self.rtcp_source.or(announced.filter(|it| it.ip() == sound.ip())).unwrap_or_else(
            || {
                // Behind a router both ports are usually moved alike.
                SocketAddr::new(sound.ip(), sound.port().saturating_add(1))
            },
        );
        let bytes = match &mut self.link.outbound {
            Some(outbound) => outbound.rtcp(&report).ok(),
            None => Some(report),
        };
        let by = if to == sound { Port::Audio } else { Port::AudioRtcp };
        out.extend(bytes.map(|bytes| Outgoing { by, to, bytes }));
    }
}

impl Text {
    fn new(stream: &TextStream, now: Instant) -> Self {
        let ssrc = getrandom::u32().expect("the system has random numbers");
        let mut sender = TextSender::new(ssrc, stream.payload_type, stream.redundant, now);
        // Says nothing, and opens the way through routers (RFC 4103 section 5.1, T.140 section 6.1).
        sender.say("\u{feff}");
        Self {
            receiver: TextReceiver::new(stream.payload_type, stream.redundant),
            sender,
            link: Link::new(&stream.path),
        }
    }

    fn agree(&mut self, stream: &TextStream) {
        self.receiver.set_types(stream.payload_type, stream.redundant);
        self.sender.set_types(stream.payload_type, stream.redundant);
        self.link.agree(&stream.path);
    }
}

impl Link {
    fn new(path: &Path) -> Self {
        let keys = path.crypto.as_ref();
        Self {
            latch: Latch::new(path.target),
            inbound: keys.map(|keys| Inbound::new(&keys.theirs)),
            outbound: keys.map(|keys| Outbound::new(&keys.ours)),
            path: path.clone(),
        }
    }

    fn agree(&mut self, path: &Path) {
        self.latch.announce(path.target);
        // A key that stays keeps its counters too: begun anew, they would repeat (RFC 3711 section 9.1).
        let Keys { ours, theirs } = match &path.crypto {
            Some(keys) => keys,
            None => {
                (self.inbound, self.outbound) = (None, None);
                self.path = path.clone();
                return;
            }
        };
        if self.inbound.as_ref().is_none_or(|inbound| !inbound.is_under(theirs)) {
            self.inbound = Some(Inbound::new(theirs));
        }
        if self.outbound.as_ref().is_none_or(|outbound| !outbound.is_under(ours)) {
            self.outbound = Some(Outbound::new(ours));
        }
        self.path = path.clone();
    }

    /// What a packet says, once it is decrypted.
    fn open(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        match &mut self.inbound {
            Some(inbound) => inbound.rtp(bytes).ok(),
            None => Some(bytes.to_vec()),
        }
    }

    fn send(&mut self, by: Port, to: SocketAddr, packet: Vec<u8>, out: &mut Vec<Outgoing>) {
        let bytes = match &mut self.outbound {
            Some(outbound) => outbound.rtp(&packet).ok(),
            None => Some(packet),
        };
        out.extend(bytes.map(|bytes| Outgoing { by, to, bytes }));
    }
}

#[cfg(test)]
mod tests;
