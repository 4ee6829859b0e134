//! The sockets and the clock of one SIP call's sound and text: what arrives is handed to [`Media`]
//! at once, and every 20 ms it is asked what to send.

use super::media::{Media, Outgoing, Port};
use super::packet::LARGEST;
use crate::counters::Counters;
use crate::leg::FRAME;
use crate::offer::Agreed;
use crate::playout::Step;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

/// Packets taken from one socket before the others have their turn: a flood must not stop the clock.
const AT_ONCE: usize = 32;

/// The ports of one call.
#[derive(Debug)]
pub(crate) struct Sockets {
    pub(crate) audio: UdpSocket,
    pub(crate) audio_rtcp: UdpSocket,
    pub(crate) text: Option<UdpSocket>,
    family: Family,
}

/// What addresses the sockets take.
#[derive(Clone, Copy, Debug)]
enum Family {
    V4,
    V6,
}

impl Family {
    /// An IPv6 socket reaches an IPv4 peer by its address in IPv6 clothes (RFC 4291 section 2.5.5.2).
    fn address(self, to: SocketAddr) -> SocketAddr {
        match (self, to.ip()) {
            (Self::V6, IpAddr::V4(ip)) => SocketAddr::new(ip.to_ipv6_mapped().into(), to.port()),
            _ => to,
        }
    }
}

/// Where ports come from.
#[derive(Clone, Debug)]
pub(crate) struct PortRange {
    pub(crate) listen: IpAddr,
    pub(crate) ports: RangeInclusive<u16>,
}

impl PortRange {
    /// An even port and the odd one after it (RFC 3550 section 11).
    ///
    /// # Errors
    /// Where all are taken.
    pub(crate) async fn pair(&self) -> io::Result<(UdpSocket, UdpSocket)> {
        let first = u32::from(*self.ports.start()).next_multiple_of(2);
        let pairs = (u32::from(*self.ports.end()) + 1).saturating_sub(first) / 2;
        // Begun at a random place: ports of a call that just ended still get its last packets, and
        // a port that can be guessed can be sent to.
        let start = getrandom::u32().unwrap_or_default();
        for n in 0..pairs {
            let port = first + (start.wrapping_add(n) % pairs) * 2;
            let at = |port: u32| SocketAddr::new(self.listen, port as u16);
            if let Ok(even) = UdpSocket::bind(at(port)).await
                && let Ok(odd) = UdpSocket::bind(at(port + 1)).await
            {
                return Ok((even, odd));
            }
        }
        Err(io::Error::new(io::ErrorKind::AddrInUse, "all RTP ports are taken"))
    }
}

impl Sockets {
    /// Binds ports for sound, and for text where it is `wanted`.
    ///
    /// # Errors
    /// Where all ports of the range are taken.
    pub(crate) async fn bind(range: &PortRange, wanted: Wanted) -> io::Result<Self> {
        let (audio, audio_rtcp) = range.pair().await?;
        let text = match wanted {
            Wanted::SoundAndText => Some(range.pair().await?.0),
            Wanted::Sound => None,
        };
        let family = if range.listen.is_ipv6() { Family::V6 } else { Family::V4 };
        Ok(Self { audio, audio_rtcp, text, family })
    }
}

/// What a call asks ports for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Sound,
    SoundAndText,
}

/// What is asked of a running stream.
#[derive(Debug)]
pub(crate) enum Order {
    Playout(Step),
    TypeOut(String),
    Agree(Box<Agreed>),
    /// The text that was just agreed comes to this port.
    AddText(UdpSocket),
}

/// Why a stream ended by itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// The orders ended.
    Told,
    /// Nothing came from the caller's side for too long.
    Silent,
}

/// Runs the streams of one call until `orders` end or nothing has come for `lost_after`.
pub(crate) async fn run(
    mut sockets: Sockets,
    mut media: Media,
    mut orders: mpsc::UnboundedReceiver<Order>,
    lost_after: Option<Duration>,
    counters: Arc<Counters>,
) -> Stopped {
    let mut clock = tokio::time::interval(FRAME);
    // Missed ticks are made up for at once, so that over a call as many frames go as time has passed.
    clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut out = Vec::new();
    let stopped = loop {
        tokio::select! {
            due = clock.tick() => {
                counters.frame(due.elapsed());
                let now = Instant::now();
                media.hear(now);
                // Whoever falls silent for what was heard does so in this frame, not in the next.
                tokio::task::yield_now().await;
                while let Ok(order) = orders.try_recv() {
                    obey(&mut media, &mut sockets, order);
                }
                media.send(now, SystemTime::now(), &mut out);
                send(&sockets, &mut out);
                if lost_after.is_some_and(|limit| media.silent_for(now) > limit) {
                    break Stopped::Silent;
                }
            }
            Ok(()) = sockets.audio.readable() => take(&mut media, Port::Audio, &sockets.audio),
            Ok(()) = sockets.audio_rtcp.readable() => {
                take(&mut media, Port::AudioRtcp, &sockets.audio_rtcp);
            }
            Ok(socket) = readable(sockets.text.as_ref()) => take(&mut media, Port::Text, socket),
            order = orders.recv() => match order {
                Some(order) => obey(&mut media, &mut sockets, order),
                None => break Stopped::Told,
            },
        }
    };
    media.goodbye(&mut out);
    send(&sockets, &mut out);
    stopped
}

fn obey(media: &mut Media, sockets: &mut Sockets, order: Order) {
    match order {
        Order::Playout(step) => media.playout.take_step(step),
        Order::TypeOut(text) => media.type_out(&text),
        Order::Agree(agreed) => media.agree(&agreed, Instant::now()),
        Order::AddText(socket) => sockets.text = Some(socket),
    }
}

/// Takes what has come to a socket. The buffer is here, not in the call's task, whose memory counts
/// hundreds of times.
fn take(media: &mut Media, port: Port, socket: &UdpSocket) {
    let mut packet = [0; LARGEST];
    let now = Instant::now();
    for _ in 0..AT_ONCE {
        match socket.try_recv_from(&mut packet) {
            Ok((length, from)) => media.receive(port, &packet[..length], canonical(from), now),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            // An ICMP message about a packet that went astray; the next one may come all the same.
            Err(_) => {}
        }
    }
}

/// An IPv4 peer seen by an IPv6 socket is still the IPv4 peer that its SDP names.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

async fn readable(socket: Option<&UdpSocket>) -> io::Result<&UdpSocket> {
    match socket {
        Some(socket) => socket.readable().await.map(|()| socket),
        None => std::future::pending().await,
    }
}

/// What cannot be sent at once is lost, as on any network: late sound is worth less than none.
fn send(sockets: &Sockets, out: &mut Vec<Outgoing>) {
    for Outgoing { by, to, bytes } in out.drain(..) {
        let socket = match by {
            Port::Audio => Some(&sockets.audio),
            Port::AudioRtcp => Some(&sockets.audio_rtcp),
            Port::Text => sockets.text.as_ref(),
        };
        if let Some(socket) = socket {
            let _ = socket.try_send_to(&bytes, sockets.family.address(to));
        }
    }
}
