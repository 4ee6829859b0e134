//! A telephone to call with, for measuring: one call by SIP over UDP in µ-law, and the time of every
//! 20 ms of it. It is no trunk's peer and registers nowhere.

mod dialog;

use crate::codec::{Codec, Decoder, Encoder};
use crate::leg::{FRAME, Key};
use crate::rtp::packet::{LARGEST, Packet};
use dialog::Dialog;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, Interval, MissedTickBehavior};

/// Samples of 20 ms at 8 kHz.
pub const SAMPLES: usize = 160;

/// How often a telephone event is sent, and how long the key is held in all (RFC 4733 section 2.5).
const PRESS_FRAMES: u16 = 8;
const KEYS_PAYLOAD: u8 = 101;

/// Why a call could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The network.
    #[error("the call could not be made: {0}")]
    Io(#[from] std::io::Error),
    /// Nobody answered.
    #[error("{0} does not answer. Is the line open there, and this machine among its `trunks`?")]
    NoAnswer(SocketAddr),
    /// The call was refused.
    #[error("the call was refused: {0}")]
    Refused(String),
}

/// 20 ms of a call.
#[derive(Debug)]
pub struct Heard {
    /// What came.
    pub pcm: [i16; SAMPLES],
    /// Whether anything came.
    pub is_sound: bool,
    /// When they came, or when nothing came.
    pub at: Instant,
}

/// A call under way.
pub struct Caller {
    dialog: Dialog,
    rtp: UdpSocket,
    to: SocketAddr,
    clock: Interval,
    encoder: Encoder,
    decoder: Decoder,
    sequence: u16,
    timestamp: u32,
    speech: VecDeque<i16>,
    keys: VecDeque<Key>,
    press: Option<(Key, u16, u32)>,
    heard: VecDeque<([i16; SAMPLES], Instant)>,
}

impl Caller {
    /// Calls this number at this address, and waits until the call is answered.
    ///
    /// # Errors
    /// Where nobody answers, or the call is refused.
    pub async fn call(line: SocketAddr, number: &str) -> Result<Self, CallError> {
        let any = if line.ip().is_loopback() { line.ip() } else { [0, 0, 0, 0].into() };
        let rtp = UdpSocket::bind((any, 0)).await?;
        let (dialog, to) = Dialog::invite(line, number, rtp.local_addr()?.port()).await?;
        let mut clock = tokio::time::interval(FRAME);
        clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
        Ok(Self {
            dialog,
            rtp,
            to,
            clock,
            encoder: Encoder::new(Codec::Pcmu),
            decoder: Decoder::new(Codec::Pcmu),
            sequence: 1,
            timestamp: 0,
            speech: VecDeque::new(),
            keys: VecDeque::new(),
            press: None,
            heard: VecDeque::new(),
        })
    }

    /// Says this, 8 kHz, after everything else.
    pub fn say(&mut self, sound: &[i16]) {
        self.speech.extend(sound);
    }

    /// Whether something is left to be said.
    #[must_use]
    pub fn is_speaking(&self) -> bool {
        !self.speech.is_empty()
    }

    /// Presses a key, after those before it.
    pub fn press(&mut self, key: Key) {
        self.keys.push_back(key);
    }

    /// The next 20 ms; nothing once the other side has hung up.
    ///
    /// # Errors
    /// Where the network fails.
    pub async fn next(&mut self) -> Result<Option<Heard>, CallError> {
        let mut bytes = [0; LARGEST];
        loop {
            tokio::select! {
                biased;
                at = self.clock.tick() => {
                    self.send().await?;
                    return Ok((!self.dialog.has_ended()).then(|| self.frame(at)));
                }
                received = self.rtp.recv_from(&mut bytes) => {
                    let (length, _) = received?;
                    self.take(&bytes[..length]);
                }
                request = self.dialog.request() => request?,
            }
        }
    }

    /// Listens for so long, and gives what was heard.
    ///
    /// # Errors
    /// Where the network fails.
    pub async fn listen(&mut self, time: Duration) -> Result<Vec<i16>, CallError> {
        let mut all = Vec::new();
        let until = Instant::now() + time;
        while Instant::now() < until {
            let Some(heard) = self.next().await? else { break };
            all.extend_from_slice(&heard.pcm);
        }
        Ok(all)
    }

    /// Ends the call.
    ///
    /// # Errors
    /// Where the network fails.
    pub async fn hang_up(mut self) -> Result<(), CallError> {
        self.dialog.bye().await
    }

    fn take(&mut self, bytes: &[u8]) {
        let Ok(packet) = Packet::parse(bytes) else { return };
        let mut pcm = Vec::new();
        if packet.payload_type == 0 && self.decoder.decode(packet.payload, &mut pcm).is_ok() {
            let frames = pcm.chunks_exact(SAMPLES).filter_map(|frame| frame.try_into().ok());
            self.heard.extend(frames.map(|frame| (frame, Instant::now())));
        }
    }

    fn frame(&mut self, at: Instant) -> Heard {
        match self.heard.pop_front() {
            Some((pcm, at)) => Heard { pcm, is_sound: true, at },
            None => Heard { pcm: [0; SAMPLES], is_sound: false, at },
        }
    }

    async fn send(&mut self) -> Result<(), CallError> {
        if self.press.is_none() {
            self.press = self.keys.pop_front().map(|key| (key, 0, self.timestamp));
        }
        match self.press {
            Some((key, frames, from)) => self.send_press(key, frames, from).await?,
            None => self.send_sound().await?,
        }
        self.timestamp = self.timestamp.wrapping_add(SAMPLES as u32);
        Ok(())
    }

    async fn send_sound(&mut self) -> Result<(), CallError> {
        let mut frame = [0; SAMPLES];
        let said = self.speech.len().min(SAMPLES);
        frame.iter_mut().zip(self.speech.drain(..said)).for_each(|(to, from)| *to = from);
        let mut payload = Vec::new();
        self.encoder.encode(&frame, &mut payload);
        self.send_packet(0, self.timestamp, frame.iter().all(|s| *s == 0), &payload).await
    }

    /// One packet of a key press; the last ones say that it has ended, three times.
    async fn send_press(&mut self, key: Key, frames: u16, from: u32) -> Result<(), CallError> {
        const KEYS: &str = "0123456789*#ABCD";
        let event = KEYS.find(key.char()).unwrap_or(0) as u8;
        let ended = frames + 3 >= PRESS_FRAMES;
        let length = (frames.min(PRESS_FRAMES - 3) + 1) * SAMPLES as u16;
        let [high, low] = length.to_be_bytes();
        let volume = if ended { 0x80 | 10 } else { 10 };
        self.send_packet(KEYS_PAYLOAD, from, frames == 0, &[event, volume, high, low]).await?;
        self.press = (frames + 1 < PRESS_FRAMES).then_some((key, frames + 1, from));
        Ok(())
    }

    async fn send_packet(
        &mut self,
        payload_type: u8,
        timestamp: u32,
        marker: bool,
        payload: &[u8],
    ) -> Result<(), CallError> {
        let mut bytes = Vec::new();
        let (sequence, ssrc) = (self.sequence, 0x5745_4e44);
        Packet { marker, payload_type, sequence, timestamp, ssrc, payload }.write(&mut bytes);
        self.sequence = self.sequence.wrapping_add(1);
        self.rtp.send_to(&bytes, self.to).await?;
        Ok(())
    }
}
