//! One stream of sound from frames to packets: encoding, numbering, counting.

use super::packet::Packet;
use super::receiver::Accepts;
use super::rtcp::Sent;
use crate::codec::{Codec, Encoder, Resampler};
use crate::leg::Rate;

/// Sends one stream.
pub(crate) struct Sender {
    accepts: Accepts,
    rate: Rate,
    encoder: Encoder,
    resampler: Resampler,
    pub(crate) ssrc: u32,
    sequence: u16,
    sent: Sent,
    /// Whether the next packet follows a pause.
    begins: bool,
    pcm: Vec<i16>,
    payload: Vec<u8>,
}

impl Sender {
    /// Frames will come at `rate`, whatever codec follows.
    pub(crate) fn new(accepts: Accepts, rate: Rate) -> Self {
        // Random, so that streams are told apart and guessing is hard (RFC 3550 section 5.1).
        let random = || getrandom::u32().expect("the system has random numbers");
        Self {
            accepts,
            rate,
            encoder: Encoder::new(accepts.codec),
            resampler: Resampler::new(rate, accepts.codec.rate()),
            ssrc: random(),
            sequence: random() as u16,
            sent: Sent { timestamp: random(), ..Sent::default() },
            begins: true,
            pcm: Vec::new(),
            payload: Vec::new(),
        }
    }

    /// The peer wants something else now; where it wants the same, nothing changes.
    pub(crate) fn accept(&mut self, accepts: Accepts) {
        if self.accepts.codec != accepts.codec {
            self.encoder = Encoder::new(accepts.codec);
            self.resampler = Resampler::new(self.rate, accepts.codec.rate());
            self.begins = true;
        }
        self.accepts = accepts;
    }

    /// Writes the packet of one frame over `out`.
    pub(crate) fn send(&mut self, frame: &[i16], out: &mut Vec<u8>) {
        self.pcm.clear();
        self.resampler.resample(frame, &mut self.pcm);
        self.encoder.encode(&self.pcm, &mut self.payload);
        Packet {
            marker: self.begins,
            payload_type: self.accepts.payload_type,
            sequence: self.sequence,
            timestamp: self.sent.timestamp,
            ssrc: self.ssrc,
            payload: &self.payload,
        }
        .write(out);
        self.begins = false;
        self.sequence = self.sequence.wrapping_add(1);
        self.sent.packets = self.sent.packets.wrapping_add(1);
        self.sent.octets = self.sent.octets.wrapping_add(self.payload.len() as u32);
        self.pass();
    }

    /// 20 ms pass without a packet: on hold time goes on.
    pub(crate) fn skip(&mut self) {
        self.begins = true;
        self.pass();
    }

    /// What was sent so far, if anything.
    pub(crate) fn sent(&self) -> Option<Sent> {
        (self.sent.packets > 0).then_some(self.sent)
    }

    fn pass(&mut self) {
        let ticks = match self.accepts.codec {
            Codec::Opus => 960,
            Codec::G722 | Codec::Pcma | Codec::Pcmu => 160,
        };
        self.sent.timestamp = self.sent.timestamp.wrapping_add(ticks);
    }
}
