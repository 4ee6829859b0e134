//! Offer and answer (RFC 3264): which codec, keys, text and cipher a call uses, and the description
//! that says so. One [`Negotiator`] lasts as long as its call, so that a re-INVITE finds the same
//! ports and keys.

use crate::codec::Codec;
use crate::rtp::receiver::Accepts;
use crate::rtp::srtp::{Crypto, Suite};
use crate::sdp::{Description, Direction, Media, RtcpPort};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::net::{IpAddr, SocketAddr};

/// Payload types of ours, for the call whose offer is ours.
const OFFERED_OPUS: u8 = 96;
const OFFERED_KEYS: u8 = 101;
const OFFERED_KEYS_OF_OPUS: u8 = 102;
const OFFERED_TEXT: u8 = 98;
const OFFERED_RED: u8 = 99;

/// Whether sound is encrypted on its way (SRTP with its keys in the SDP, RFC 4568).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Never; an offer of nothing but encrypted sound is refused.
    Never,
    /// Where the caller's side offers it.
    #[default]
    Offered,
    /// Always; calls without are refused.
    Required,
}

/// What this side can and may do.
#[derive(Clone, Debug)]
pub(crate) struct Abilities {
    /// The best first.
    pub(crate) codecs: Vec<Codec>,
    pub(crate) encryption: Encryption,
    /// Whether typed text is taken.
    pub(crate) text: bool,
}

/// Where this side receives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receives {
    pub(crate) address: IpAddr,
    pub(crate) audio: u16,
    pub(crate) text: u16,
}

/// What both sides agreed on. At least one of the streams is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agreed {
    pub(crate) audio: Option<AudioStream>,
    pub(crate) text: Option<TextStream>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AudioStream {
    pub(crate) accepts: Accepts,
    pub(crate) path: Path,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextStream {
    pub(crate) payload_type: u8,
    pub(crate) redundant: Option<u8>,
    pub(crate) path: Path,
}

/// How a stream travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// Where to send, until it is known where from it comes.
    pub(crate) target: Option<SocketAddr>,
    pub(crate) rtcp_target: Option<SocketAddr>,
    /// Ours.
    pub(crate) direction: Direction,
    pub(crate) crypto: Option<Keys>,
}

/// The keys of both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Keys {
    pub(crate) ours: Crypto,
    pub(crate) theirs: Crypto,
}

/// The other side wants nothing that can be done here: 488 (RFC 3261 section 21.4.26).
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no stream is acceptable to both sides")]
pub(crate) struct NotAcceptable;

/// Agrees for one call.
pub(crate) struct Negotiator {
    abilities: Abilities,
    receives: Receives,
    /// Of our `o=` line.
    session: u32,
    version: u32,
    /// Our keys so far, by the place of their media.
    ours: Vec<(usize, Crypto)>,
    /// What we said last.
    last: String,
}

/// The outcome for one `m=` line of an offer.
enum Line {
    Audio(AudioStream),
    Text(TextStream),
    Refused,
}

impl Negotiator {
    pub(crate) fn new(abilities: Abilities, receives: Receives) -> Self {
        let session = getrandom::u32().expect("the system has random numbers") >> 1;
        Self { abilities, receives, session, version: 0, ours: Vec::new(), last: String::new() }
    }

    /// Answers an offer: what is agreed, and the description that says so.
    ///
    /// # Errors
    /// Where nothing that is offered can be taken.
    pub(crate) fn answer(
        &mut self,
        offer: &Description,
    ) -> Result<(Agreed, String), NotAcceptable> {
        let mut agreed = Agreed { audio: None, text: None };
        let mut body = String::new();
        for (place, media) in offer.media.iter().enumerate() {
            match self.line(place, media, &agreed) {
                Line::Audio(stream) => {
                    self.write_audio(&mut body, media, &stream);
                    agreed.audio = Some(stream);
                }
                Line::Text(stream) => {
                    self.write_text(&mut body, media, &stream);
                    agreed.text = Some(stream);
                }
                // Each offered line has its answer, refused ones too (RFC 3264 section 6).
                Line::Refused => {
                    let _ = write!(
                        body,
                        "m={} 0 {} {}\r\n",
                        media.kind, media.proto, media.written_formats
                    );
                }
            }
        }
        if agreed.audio.is_none() && agreed.text.is_none() {
            return Err(NotAcceptable);
        }
        self.last = self.head() + &body;
        Ok((agreed, self.last.clone()))
    }

    /// What we said last, to say it again: the same version tells that nothing changed (RFC 3264
    /// section 8, RFC 4028 section 7.4).
    pub(crate) fn description(&self) -> String {
        self.last.clone()
    }

    /// Text can be received now, at this port.
    pub(crate) fn receive_text_at(&mut self, port: u16) {
        self.receives.text = port;
    }

    /// Our own offer, for an INVITE that came without one.
    pub(crate) fn offer(&mut self) -> String {
        let secure = self.abilities.encryption == Encryption::Required;
        let proto = if secure { "RTP/SAVP" } else { "RTP/AVP" };
        let mut types = String::new();
        let mut lines = String::new();
        let opus = self.abilities.codecs.contains(&Codec::Opus);
        for codec in &self.abilities.codecs {
            let payload_type = codec.static_payload_type().unwrap_or(OFFERED_OPUS);
            let _ = write!(types, " {payload_type}");
            write_codec(&mut lines, *codec, payload_type);
        }
        for (payload_type, clock) in [(OFFERED_KEYS, 8_000), (OFFERED_KEYS_OF_OPUS, 48_000)] {
            if clock == 8_000 || opus {
                let _ = write!(types, " {payload_type}");
                write_keys(&mut lines, payload_type, clock);
            }
        }
        let mut body = format!("m=audio {} {proto}{types}\r\n{lines}", self.receives.audio);
        if secure {
            self.write_offered_crypto(&mut body, 0);
        }
        body += "a=ptime:20\r\na=sendrecv\r\n";
        if self.abilities.text && self.receives.text != 0 {
            let _ = write!(
                body,
                "m=text {} {proto} {OFFERED_RED} {OFFERED_TEXT}\r\n",
                self.receives.text
            );
            write_text_formats(&mut body, OFFERED_TEXT, Some(OFFERED_RED));
            if secure {
                self.write_offered_crypto(&mut body, 1);
            }
            body += "a=sendrecv\r\n";
        }
        self.last = self.head() + &body;
        self.last.clone()
    }

    /// What the answer to our offer agrees on.
    ///
    /// # Errors
    /// Where it takes none of it, or what was not offered.
    pub(crate) fn answered(&mut self, answer: &Description) -> Result<Agreed, NotAcceptable> {
        let mut agreed = Agreed { audio: None, text: None };
        for (place, media) in answer.media.iter().enumerate() {
            match self.line(place, media, &agreed) {
                Line::Audio(stream) => agreed.audio = Some(stream),
                Line::Text(stream) => agreed.text = Some(stream),
                Line::Refused => {}
            }
        }
        if agreed.audio.is_none() && agreed.text.is_none() {
            Err(NotAcceptable)
        } else {
            Ok(agreed)
        }
    }

    fn line(&mut self, place: usize, media: &Media, agreed: &Agreed) -> Line {
        if media.port == 0 {
            return Line::Refused;
        }
        match media.kind.as_str() {
            "audio" if agreed.audio.is_none() => {
                let Some(accepts) = self.accepts(media) else { return Line::Refused };
                self.path(place, media)
                    .map_or(Line::Refused, |path| Line::Audio(AudioStream { accepts, path }))
            }
            "text" if agreed.text.is_none() && self.abilities.text && self.receives.text != 0 => {
                let Some(plain) = media.format("t140", Some(1000)) else { return Line::Refused };
                let payload_type = plain.payload_type;
                let redundant = media.format("red", Some(1000)).map(|format| format.payload_type);
                self.path(place, media).map_or(Line::Refused, |path| {
                    Line::Text(TextStream { payload_type, redundant, path })
                })
            }
            _ => Line::Refused,
        }
    }

    /// The first of our codecs that is offered, and the keys that go with it.
    fn accepts(&self, media: &Media) -> Option<Accepts> {
        self.abilities.codecs.iter().find_map(|codec| {
            let format = media.format(codec.name(), Some(codec.clock()))?;
            // Keys share the clock of the sound (RFC 4733 section 2.4.1); some phones know of 8000 only.
            let keys = media
                .format("telephone-event", Some(codec.clock()))
                .or_else(|| media.format("telephone-event", None))
                .map(|format| format.payload_type);
            Some(Accepts { codec: *codec, payload_type: format.payload_type, keys })
        })
    }

    /// How the stream travels, if it can travel as it must.
    fn path(&mut self, place: usize, media: &Media) -> Option<Path> {
        let crypto = match (media.proto.as_str(), self.abilities.encryption) {
            ("RTP/AVP" | "RTP/AVPF", Encryption::Never | Encryption::Offered) => None,
            ("RTP/SAVP" | "RTP/SAVPF", Encryption::Offered | Encryption::Required) => {
                Some(self.keys(place, media)?)
            }
            _ => return None,
        };
        Some(Path {
            target: media.target(),
            rtcp_target: media.rtcp_target(),
            direction: media.direction.reversed(),
            crypto,
        })
    }

    /// The best cipher that is offered, with our key for it: the same as before where the call has
    /// one already, for a new key in the middle of a stream would cost a gap.
    fn keys(&mut self, place: usize, media: &Media) -> Option<Keys> {
        let theirs = Suite::ALL
            .into_iter()
            .find_map(|suite| media.crypto.iter().find(|crypto| crypto.suite == suite))?
            .clone();
        let known = self.ours.iter().find(|(at, ours)| *at == place && ours.suite == theirs.suite);
        let mut ours = known.map_or_else(|| Crypto::new(0, theirs.suite), |(_, ours)| ours.clone());
        ours.tag = theirs.tag;
        self.ours.retain(|(at, _)| *at != place);
        self.ours.push((place, ours.clone()));
        Some(Keys { ours, theirs })
    }

    fn head(&mut self) -> String {
        self.version += 1;
        let family = if self.receives.address.is_ipv6() { "IP6" } else { "IP4" };
        let address = self.receives.address;
        format!(
            "v=0\r\no=- {} {} IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\nt=0 0\r\n",
            self.session, self.version
        )
    }

    fn write_audio(&self, body: &mut String, media: &Media, stream: &AudioStream) {
        let Accepts { codec, payload_type, keys } = stream.accepts;
        let _ = write!(body, "m=audio {} {} {payload_type}", self.receives.audio, media.proto);
        if let Some(keys) = keys {
            let _ = write!(body, " {keys}");
        }
        *body += "\r\n";
        write_codec(body, codec, payload_type);
        let clock =
            |keys| media.formats.iter().find(|it| it.payload_type == keys).map(|it| it.clock);
        if let Some((keys, clock)) = keys.and_then(|keys| Some((keys, clock(keys)?))) {
            write_keys(body, keys, clock);
        }
        *body += "a=ptime:20\r\n";
        write_path(body, media, &stream.path);
    }

    fn write_text(&self, body: &mut String, media: &Media, stream: &TextStream) {
        let _ = write!(body, "m=text {} {}", self.receives.text, media.proto);
        for payload_type in stream.redundant.into_iter().chain([stream.payload_type]) {
            let _ = write!(body, " {payload_type}");
        }
        *body += "\r\n";
        write_text_formats(body, stream.payload_type, stream.redundant);
        write_path(body, media, &stream.path);
    }

    /// The line with our cipher and key.
    fn write_offered_crypto(&mut self, body: &mut String, place: usize) {
        // One cipher, so that one key of ours is enough: the one that everybody has.
        let known = self.ours.iter().find(|(at, _)| *at == place).map(|(_, ours)| ours.clone());
        let ours = known.unwrap_or_else(|| Crypto::new(1, Suite::Aes128Sha1_80));
        let _ = write!(body, "a=crypto:{}\r\n", ours.to_value());
        self.ours.retain(|(at, _)| *at != place);
        self.ours.push((place, ours));
    }
}

fn write_codec(body: &mut String, codec: Codec, payload_type: u8) {
    let channels = if codec == Codec::Opus { "/2" } else { "" };
    let _ =
        write!(body, "a=rtpmap:{payload_type} {}/{}{channels}\r\n", codec.name(), codec.clock());
    if codec == Codec::Opus {
        // One channel of wideband speech, and repetition against loss (RFC 7587 section 6.1).
        let _ = write!(
            body,
            "a=fmtp:{payload_type} useinbandfec=1;stereo=0;maxplaybackrate=16000;sprop-maxcapturerate=16000\r\n"
        );
    }
}

fn write_keys(body: &mut String, payload_type: u8, clock: u32) {
    let _ = write!(
        body,
        "a=rtpmap:{payload_type} telephone-event/{clock}\r\na=fmtp:{payload_type} 0-15\r\n"
    );
}

fn write_text_formats(body: &mut String, payload_type: u8, redundant: Option<u8>) {
    let _ = write!(body, "a=rtpmap:{payload_type} t140/1000\r\n");
    if let Some(red) = redundant {
        let _ = write!(
            body,
            "a=rtpmap:{red} red/1000\r\na=fmtp:{red} {payload_type}/{payload_type}/{payload_type}\r\n"
        );
    }
}

fn write_path(body: &mut String, media: &Media, path: &Path) {
    if let Some(keys) = &path.crypto {
        let _ = write!(body, "a=crypto:{}\r\n", keys.ours.to_value());
    }
    if media.rtcp == RtcpPort::Mux {
        *body += "a=rtcp-mux\r\n";
    }
    let _ = write!(body, "a={}\r\n", path.direction.name());
}

#[cfg(test)]
mod tests;
