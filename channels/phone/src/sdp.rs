//! SDP as calls need it (RFC 8866): read into what is agreed on, an error where it cannot be read.
//! Which of what is offered is taken is `offer`'s.

use crate::rtp::srtp::Crypto;
use sdp_types::Session;
use std::net::{IpAddr, SocketAddr};

/// Longer descriptions are refused unread. Those of ordinary phones have one or two kilobytes.
const LONGEST: usize = 32 * 1024;
/// More media than any call has; each costs a line in the answer.
const MOST_MEDIA: usize = 16;

/// Bytes that are no session description.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a session description")]
pub(crate) struct NotSdp;

/// One side's wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) media: Vec<Media>,
}

/// One `m=` line and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Media {
    /// `audio`, `text`, `video` …
    pub(crate) kind: String,
    /// 0 where the stream is refused.
    pub(crate) port: u16,
    /// `RTP/AVP`, `RTP/SAVP` …
    pub(crate) proto: String,
    /// The formats as written, for an answer that refuses them.
    pub(crate) written_formats: String,
    /// The formats that are RTP payload types.
    pub(crate) formats: Vec<Format>,
    /// Where it wants to receive; none where that is a name, or nowhere (an old way to hold).
    pub(crate) address: Option<IpAddr>,
    /// Which ways the stream goes, as its describer sees it.
    pub(crate) direction: Direction,
    pub(crate) crypto: Vec<Crypto>,
    pub(crate) rtcp: RtcpPort,
}

/// A payload type and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) payload_type: u8,
    pub(crate) name: String,
    pub(crate) clock: u32,
}

/// Which ways a stream goes (RFC 3264 section 5.1), as the one who says it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

/// Where reports go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RtcpPort {
    /// To the port after the stream's.
    Next,
    /// To this one (RFC 3605).
    Own(u16),
    /// To the stream's own (RFC 5761).
    Mux,
}

impl Direction {
    fn from_name(name: &str) -> Option<Self> {
        [Self::SendRecv, Self::SendOnly, Self::RecvOnly, Self::Inactive]
            .into_iter()
            .find(|direction| direction.name() == name)
    }

    /// The attribute.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    /// The same as the other side sees it.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::SendOnly => Self::RecvOnly,
            Self::RecvOnly => Self::SendOnly,
            same => same,
        }
    }

    /// Whether the one who says it sends.
    pub(crate) fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }
}

impl Description {
    /// Reads a description.
    ///
    /// # Errors
    /// Where the bytes are none, or go beyond any call's needs.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NotSdp> {
        if bytes.len() > LONGEST {
            return Err(NotSdp);
        }
        let session = Session::parse(bytes).map_err(|_| NotSdp)?;
        if session.medias.is_empty() || session.medias.len() > MOST_MEDIA {
            return Err(NotSdp);
        }
        Ok(Self {
            media: session.medias.iter().map(|media| Media::read(media, &session)).collect(),
        })
    }
}

impl Media {
    fn read(media: &sdp_types::Media, session: &Session) -> Self {
        let value = |name: &str| {
            let mut all = media.attributes.iter().filter(|attribute| attribute.attribute == name);
            all.next().and_then(|attribute| attribute.value.as_deref())
        };
        let direction = [&media.attributes, &session.attributes]
            .into_iter()
            .find_map(|all| all.iter().find_map(|one| Direction::from_name(&one.attribute)));
        let connection = media.connections.first().or(session.connection.as_ref());
        let address: Option<IpAddr> = connection
            .and_then(|connection| connection.connection_address.split('/').next()?.parse().ok());
        let nowhere = address.is_some_and(|address| address.is_unspecified());
        let rtcp = value("rtcp").and_then(|port| port.split(' ').next()?.parse().ok());
        Self {
            kind: media.media.to_ascii_lowercase(),
            port: media.port,
            proto: media.proto.clone(),
            written_formats: media.fmt.clone(),
            formats: media
                .fmt
                .split_ascii_whitespace()
                .filter_map(|it| format(it, media))
                .collect(),
            address: address.filter(|_| !nowhere),
            // RFC 2543's way to hold was to listen nowhere.
            direction: match direction.unwrap_or(Direction::SendRecv) {
                Direction::SendRecv if nowhere => Direction::SendOnly,
                Direction::RecvOnly if nowhere => Direction::Inactive,
                direction => direction,
            },
            crypto: media
                .attributes
                .iter()
                .filter(|attribute| attribute.attribute == "crypto")
                .filter_map(|attribute| Crypto::parse(attribute.value.as_deref()?))
                .collect(),
            rtcp: if media.has_attribute("rtcp-mux") {
                RtcpPort::Mux
            } else {
                rtcp.map_or(RtcpPort::Next, RtcpPort::Own)
            },
        }
    }

    /// The format of this name, the first of those with the clock where there are several.
    pub(crate) fn format(&self, name: &str, clock: Option<u32>) -> Option<&Format> {
        self.formats.iter().find(|format| {
            format.name.eq_ignore_ascii_case(name)
                && clock.is_none_or(|clock| clock == format.clock)
        })
    }

    /// Where the stream is to be sent, if anywhere.
    pub(crate) fn target(&self) -> Option<SocketAddr> {
        Some(SocketAddr::new(self.address?, self.port)).filter(|target| target.port() != 0)
    }

    /// Where its reports are to be sent, if anywhere.
    pub(crate) fn rtcp_target(&self) -> Option<SocketAddr> {
        let port = match self.rtcp {
            RtcpPort::Next => self.port.checked_add(1)?,
            RtcpPort::Own(port) => port,
            RtcpPort::Mux => self.port,
        };
        self.target().map(|target| SocketAddr::new(target.ip(), port))
    }
}

/// What a payload type of an `m=` line means: by its `a=rtpmap`, or for good (RFC 3551 section 6).
fn format(payload_type: &str, media: &sdp_types::Media) -> Option<Format> {
    let number: u8 = payload_type.parse().ok().filter(|number| *number < 128)?;
    let mapped = media.attributes.iter().filter(|it| it.attribute == "rtpmap").find_map(|it| {
        let (mapped, meaning) = it.value.as_deref()?.split_once(' ')?;
        (mapped == payload_type).then_some(meaning.trim())
    });
    let meaning = mapped.or(match number {
        0 => Some("PCMU/8000"),
        8 => Some("PCMA/8000"),
        9 => Some("G722/8000"),
        13 => Some("CN/8000"),
        _ => None,
    })?;
    let mut parts = meaning.split('/');
    let name = parts.next()?.to_owned();
    let clock = parts.next()?.parse().ok()?;
    Some(Format { payload_type: number, name, clock })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(super) const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n\
        t=0 0\r\na=sendonly\r\nm=audio 40000 RTP/AVP 0 9 101\r\na=rtpmap:101 telephone-event/8000\r\n\
        a=rtcp:40009\r\nm=text 40002 RTP/AVP 98 99\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:98 t140/1000\r\n\
        a=rtpmap:99 red/1000\r\na=sendrecv\r\n";

    #[test]
    fn a_description_is_read_into_what_matters() {
        let read = Description::parse(OFFER.as_bytes()).unwrap();
        let [audio, text] = &read.media[..] else { panic!("{read:?}") };
        assert_eq!(audio.target(), "192.0.2.1:40000".parse().ok());
        assert_eq!(audio.rtcp_target(), "192.0.2.1:40009".parse().ok());
        assert_eq!(audio.direction, Direction::SendOnly);
        assert_eq!(audio.format("g722", Some(8000)).map(|it| it.payload_type), Some(9));
        assert_eq!(audio.format("telephone-event", None).map(|it| it.payload_type), Some(101));
        assert_eq!(text.target(), None);
        assert_eq!(text.direction, Direction::SendOnly, "held in the old way");
        assert_eq!(text.format("red", Some(1000)).map(|it| it.payload_type), Some(99));
    }

    #[test]
    fn too_long_and_too_many_are_refused() {
        let many = OFFER.to_owned() + &"m=audio 1 RTP/AVP 0\r\n".repeat(20);
        assert_eq!(Description::parse(many.as_bytes()), Err(NotSdp));
        let long = OFFER.to_owned() + &"a=x\r\n".repeat(10_000);
        assert_eq!(Description::parse(long.as_bytes()), Err(NotSdp));
        assert_eq!(Description::parse(b"v=0\r\n"), Err(NotSdp));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_description_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Description::parse(&bytes);
        }

        #[test]
        fn any_change_to_a_good_one_is_borne(
            changes in prop::collection::vec((0..OFFER.len(), any::<u8>()), 1..8),
        ) {
            let mut bytes = OFFER.as_bytes().to_vec();
            changes.iter().for_each(|(at, to)| bytes[*at] = *to);
            let _ = Description::parse(&bytes);
        }
    }
}
