//! The ways sound is written on the wire, each from a kept library: G.711 and G.722 by
//! `audio-codec`, Opus by libopus. What is lost on the way is filled in here too, for each codec
//! knows best how. Which codec a call uses is agreed in `offer`.

mod conceal;
mod resample;

pub(crate) use resample::Resampler;

use crate::leg::Rate;
use audio_codec::Encoder as _;
use audio_codec::g722::{G722Decoder, G722Encoder};
use audio_codec::pcma::{PcmaDecoder, PcmaEncoder};
use audio_codec::pcmu::{PcmuDecoder, PcmuEncoder};
use conceal::Concealer;
use serde::{Deserialize, Serialize};

/// The longest sound one packet may hold, in seconds: as long as Opus allows (RFC 6716 section
/// 2.1.4); longer ones are refused.
const LONGEST_PACKET_MS: usize = 120;

/// A codec that calls can be held in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// Opus (RFC 6716, RFC 7587), spoken at 16 kHz here.
    Opus,
    /// G.722 at 64 kbit/s.
    G722,
    /// G.711 A-law, the telephone network's own in Europe and China.
    Pcma,
    /// G.711 µ-law, that of North America and Japan.
    Pcmu,
}

impl Codec {
    /// All of them, the best sounding first.
    pub const ALL: [Self; 4] = [Self::Opus, Self::G722, Self::Pcma, Self::Pcmu];

    /// The encoding name that SDP uses (RFC 3551, RFC 7587).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opus => "opus",
            Self::G722 => "G722",
            Self::Pcma => "PCMA",
            Self::Pcmu => "PCMU",
        }
    }

    /// The clock of its RTP timestamps. G.722 says 8000 by an old mistake that became the rule
    /// (RFC 3551 section 4.5.2).
    #[must_use]
    pub fn clock(self) -> u32 {
        match self {
            Self::Opus => 48_000,
            Self::G722 | Self::Pcma | Self::Pcmu => 8_000,
        }
    }

    /// The rate of its sound here.
    #[must_use]
    pub fn rate(self) -> Rate {
        match self {
            Self::Opus | Self::G722 => Rate::Wide,
            Self::Pcma | Self::Pcmu => Rate::Narrow,
        }
    }

    /// The payload type that is its own without saying (RFC 3551 section 6), if it has one.
    #[must_use]
    pub fn static_payload_type(self) -> Option<u8> {
        match self {
            Self::Opus => None,
            Self::G722 => Some(9),
            Self::Pcma => Some(8),
            Self::Pcmu => Some(0),
        }
    }
}

/// Turns frames into payloads.
pub(crate) enum Encoder {
    Opus(Box<opus::Encoder>),
    G722(Box<G722Encoder>),
    Pcma(PcmaEncoder),
    Pcmu(PcmuEncoder),
}

impl Encoder {
    pub(crate) fn new(codec: Codec) -> Self {
        match codec {
            Codec::Opus => Self::Opus(Box::new(opus_encoder())),
            Codec::G722 => Self::G722(Box::default()),
            Codec::Pcma => Self::Pcma(PcmaEncoder::new()),
            Codec::Pcmu => Self::Pcmu(PcmuEncoder::new()),
        }
    }

    /// The payload for one frame at the codec's rate, written over `out`.
    pub(crate) fn encode(&mut self, frame: &[i16], out: &mut Vec<u8>) {
        out.resize(frame.len().max(400), 0);
        let length = match self {
            Self::Opus(encoder) => encoder.encode(frame, out).unwrap_or(0),
            Self::G722(encoder) => encoder.encode_into(frame, out).unwrap_or(0),
            Self::Pcma(encoder) => encoder.encode_into(frame, out).unwrap_or(0),
            Self::Pcmu(encoder) => encoder.encode_into(frame, out).unwrap_or(0),
        };
        out.truncate(length);
    }
}

/// Speech at 16 kHz, with enough redundancy to bear a lost packet in ten.
fn opus_encoder() -> opus::Encoder {
    let mut encoder = opus::Encoder::new(16_000, opus::Channels::Mono, opus::Application::Voip)
        .expect("libopus takes 16 kHz and one channel");
    for set in [
        encoder.set_bitrate(opus::Bitrate::Bits(24_000)),
        // Half the work of the default, for a difference that speech does not show.
        encoder.set_complexity(5),
        encoder.set_inband_fec(true),
        encoder.set_packet_loss_perc(10),
    ] {
        set.expect("libopus knows its own settings");
    }
    encoder
}

/// A payload that is no sound of its codec.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the payload is not of its codec")]
pub(crate) struct NotSound;

/// Turns payloads into samples, and fills in for those that never came.
pub(crate) enum Decoder {
    Opus(Box<opus::Decoder>),
    G722(Box<G722Decoder>, Concealer),
    Pcma(PcmaDecoder, Concealer),
    Pcmu(PcmuDecoder, Concealer),
}

impl Decoder {
    pub(crate) fn new(codec: Codec) -> Self {
        let concealer = Concealer::new(codec.rate());
        match codec {
            Codec::Opus => Self::Opus(Box::new(
                opus::Decoder::new(16_000, opus::Channels::Mono)
                    .expect("libopus takes 16 kHz and one channel"),
            )),
            Codec::G722 => Self::G722(Box::default(), concealer),
            Codec::Pcma => Self::Pcma(PcmaDecoder::new(), concealer),
            Codec::Pcmu => Self::Pcmu(PcmuDecoder::new(), concealer),
        }
    }

    /// The samples of one packet, at the codec's rate, written over `out`.
    ///
    /// # Errors
    /// Where the payload is empty, too long or malformed; `out` is then empty.
    pub(crate) fn decode(&mut self, payload: &[u8], out: &mut Vec<i16>) -> Result<(), NotSound> {
        out.clear();
        if payload.is_empty() {
            return Err(NotSound);
        }
        match self {
            Self::Opus(decoder) => {
                out.resize(16 * LONGEST_PACKET_MS, 0);
                let length = decoder.decode(payload, out, false);
                out.truncate(*length.as_ref().unwrap_or(&0));
                length.map(drop).map_err(|_| NotSound)
            }
            Self::G722(decoder, concealer) => {
                plain(&mut **decoder, payload, out)?;
                concealer.arrived(out);
                Ok(())
            }
            Self::Pcma(decoder, concealer) => {
                plain(decoder, payload, out)?;
                concealer.arrived(out);
                Ok(())
            }
            Self::Pcmu(decoder, concealer) => {
                plain(decoder, payload, out)?;
                concealer.arrived(out);
                Ok(())
            }
        }
    }

    /// What may have been said in a packet that was lost, `samples` long, written over `out`. The
    /// packet after it helps where it is there already: Opus repeats in it what went before.
    pub(crate) fn conceal(&mut self, samples: usize, after: Option<&[u8]>, out: &mut Vec<i16>) {
        out.clear();
        out.resize(samples, 0);
        match self {
            Self::Opus(decoder) => {
                let repeated = after
                    .filter(|payload| !payload.is_empty())
                    .and_then(|payload| decoder.decode(payload, out, true).ok());
                if repeated.is_none() {
                    // Silence stays where libopus, asked for an odd length, refuses.
                    let _ = decoder.decode(&[], out, false);
                }
            }
            Self::G722(_, concealer) | Self::Pcma(_, concealer) | Self::Pcmu(_, concealer) => {
                concealer.conceal(out);
            }
        }
    }
}

/// Decodes where the length of the payload is the length of the sound.
fn plain(
    decoder: &mut impl audio_codec::Decoder,
    payload: &[u8],
    out: &mut Vec<i16>,
) -> Result<(), NotSound> {
    // Both G.711 and G.722 take 8 bytes a millisecond.
    if payload.len() > 8 * LONGEST_PACKET_MS {
        return Err(NotSound);
    }
    out.resize(decoder.max_decode_samples(payload.len()), 0);
    let length = decoder.decode_into(payload, out).map_err(|_| NotSound);
    out.truncate(*length.as_ref().unwrap_or(&0));
    length.map(drop)
}

#[cfg(test)]
mod tests;
