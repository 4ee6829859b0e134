//! The JSON of Media Streams: `start`, `media`, `dtmf`, `mark`, `stop` in; `media`, `mark`, `clear` out.

use crate::leg::{Key, Mark};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

/// The longest frame that is read: a second of sound has less than half of it.
const LONGEST: usize = 32 * 1024;
/// The longest name or number that is kept.
const LONGEST_NAME: usize = 64;

/// A frame that came.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    Start(Start),
    /// µ-law at 8 kHz.
    Media(Vec<u8>),
    Key(Key),
    Mark(Mark),
    Stop,
    /// `connected`, what is not known here, and what is no frame.
    Other,
}

/// What the first frame says.
#[derive(Debug, PartialEq)]
pub(super) struct Start {
    /// The provider's name of the stream.
    pub(super) id: String,
    pub(super) caller: Option<String>,
    pub(super) called: String,
}

#[derive(Deserialize)]
struct Envelope {
    event: String,
    #[serde(rename = "streamSid", alias = "stream_id", alias = "streamId")]
    stream: Option<String>,
    start: Option<StartBody>,
    media: Option<MediaBody>,
    dtmf: Option<DtmfBody>,
    mark: Option<MarkBody>,
}

#[derive(Deserialize)]
struct StartBody {
    #[serde(rename = "streamSid")]
    stream: Option<String>,
    /// Set by the operator beside the stream's address: who calls, and whom.
    #[serde(rename = "customParameters", default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
struct Parameters {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
struct MediaBody {
    payload: String,
    /// `inbound` is the caller; `outbound` would be ourselves.
    track: Option<String>,
}

#[derive(Deserialize)]
struct DtmfBody {
    digit: String,
}

#[derive(Deserialize)]
struct MarkBody {
    name: String,
}

impl Incoming {
    /// Reads a frame.
    pub(super) fn parse(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self::Other;
        }
        let Ok(frame) = serde_json::from_str::<Envelope>(text) else { return Self::Other };
        Self::read(frame).unwrap_or(Self::Other)
    }

    fn read(frame: Envelope) -> Option<Self> {
        Some(match frame.event.as_str() {
            "start" => {
                let start = frame.start?;
                Self::Start(Start {
                    id: frame.stream.or(start.stream)?,
                    caller: start.parameters.from.map(short).filter(|from| !from.is_empty()),
                    called: start.parameters.to.map(short).unwrap_or_default(),
                })
            }
            "media" => {
                let media = frame.media.filter(|it| it.track.as_deref() != Some("outbound"))?;
                Self::Media(STANDARD.decode(media.payload).ok()?)
            }
            "dtmf" => Self::Key(Key::from_char(frame.dtmf?.digit.chars().next()?)?),
            "mark" => Self::Mark(frame.mark?.name.parse().ok()?),
            "stop" => Self::Stop,
            _ => return None,
        })
    }
}

fn short(name: String) -> String {
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// A frame to send.
pub(super) enum Outgoing<'a> {
    Media(&'a [u8]),
    Mark(Mark),
    Clear,
}

impl Outgoing<'_> {
    /// The text of the frame, on this stream.
    pub(super) fn to_text(&self, stream: &str) -> String {
        match self {
            Self::Media(payload) => json!({
                "event": "media", "streamSid": stream, "media": { "payload": STANDARD.encode(payload) },
            }),
            Self::Mark(mark) => json!({
                "event": "mark", "streamSid": stream, "mark": { "name": mark.to_string() },
            }),
            Self::Clear => json!({ "event": "clear", "streamSid": stream }),
        }
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn frames_are_read() {
        let start = r#"{"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{
            "accountSid":"AC","streamSid":"MZ1","tracks":["inbound"],"customParameters":
            {"from":"+86138","to":"12345"},"mediaFormat":{"encoding":"audio/x-mulaw"}}}"#;
        let expected =
            Start { id: "MZ1".into(), caller: Some("+86138".into()), called: "12345".into() };
        assert_eq!(Incoming::parse(start), Incoming::Start(expected));
        let media = r#"{"event":"media","media":{"track":"inbound","payload":"/38="}}"#;
        assert_eq!(Incoming::parse(media), Incoming::Media(vec![0xff, 0x7f]));
        assert_eq!(
            Incoming::parse(r##"{"event":"dtmf","dtmf":{"track":"inbound_track","digit":"#"}}"##),
            Incoming::Key(Key::from_char('#').unwrap())
        );
        assert_eq!(Incoming::parse(r#"{"event":"stop"}"#), Incoming::Stop);
        for other in
            [r#"{"event":"connected"}"#, "{", "[]", r#"{"event":"media","media":{"payload":"*"}}"#]
        {
            assert_eq!(Incoming::parse(other), Incoming::Other, "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_frame_or_none(text: String) {
            let _ = Incoming::parse(&text);
        }

        #[test]
        fn any_frame_with_odd_parts_is_borne(
            event in "start|media|dtmf|mark|stop", part in "start|media|dtmf|mark", value in "\\PC{0,20}",
        ) {
            let text = json!({ "event": event, part: { "payload": value, "digit": value, "name": value } });
            let _ = Incoming::parse(&text.to_string());
        }
    }
}
