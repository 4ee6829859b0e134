//! One call as everything above the wire sees it: the trait [`CallLeg`], what happens on a call
//! ([`LegEvent`]) and what can be done with one. A SIP call, a call through Asterisk's AudioSocket
//! and one through Media Streams all look like this; what is said on them is not decided here.
//!
//! A leg keeps time: one [`Frame`] is heard every 20 ms whether anything arrives or not, and what is
//! played leaves at the same pace however fast it was handed in. Nothing here waits.

mod pair;
mod presses;

pub(crate) use pair::{Command, Wire, pair};
pub(crate) use presses::Way;

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// How much sound one frame holds, and how often one is heard: what nearly every telephone sends.
pub const FRAME: Duration = Duration::from_millis(20);

/// Samples to play: 16 bit, one channel, at the leg's rate. Shared, for the same prompt plays on
/// many calls at once.
pub type Sound = Arc<[i16]>;

/// How many samples a second a leg hears and plays. It stays the same for the whole call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rate {
    /// 8 kHz: G.711, AudioSocket, Media Streams.
    Narrow,
    /// 16 kHz: G.722 and Opus, which carry speech to 7 kHz (EN 301 549 6.1).
    Wide,
}

impl Rate {
    /// Samples a second.
    #[must_use]
    pub fn hz(self) -> u32 {
        match self {
            Self::Narrow => 8_000,
            Self::Wide => 16_000,
        }
    }

    /// Samples in one [`FRAME`].
    #[must_use]
    pub fn frame(self) -> usize {
        match self {
            Self::Narrow => 160,
            Self::Wide => 320,
        }
    }
}

/// 20 ms of what the caller's side sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// [`Rate::frame`] samples.
    pub pcm: Box<[i16]>,
    /// Where they come from.
    pub heard: Heard,
}

/// How a frame came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Sound that arrived.
    Sound,
    /// Sound was lost on the way, and this was put in its place.
    Concealed,
    /// Nothing was sent: silence suppressed, the caller holds, or keys go instead of sound.
    Nothing,
}

/// A telephone key (RFC 4733 section 3.2, events 0 to 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(char);

impl Key {
    /// The key with this character: `0` to `9`, `*`, `#`, `A` to `D` in either case.
    #[must_use]
    pub fn from_char(key: char) -> Option<Self> {
        let key = key.to_ascii_uppercase();
        matches!(key, '0'..='9' | '*' | '#' | 'A'..='D').then_some(Self(key))
    }

    /// The key with this event number of RFC 4733.
    #[must_use]
    pub fn from_event(event: u8) -> Option<Self> {
        b"0123456789*#ABCD".get(usize::from(event)).map(|key| Self(char::from(*key)))
    }

    /// The character on the key.
    #[must_use]
    pub fn char(self) -> char {
        self.0
    }
}

/// What is known of a call when it begins.
#[derive(Clone)]
pub struct About {
    /// Our own name of the call, of random letters; never the caller's.
    pub id: String,
    /// By which trunk or door it came, as the settings name it.
    pub line: String,
    /// Who calls, where the line says so. Personal: it never goes to a log.
    pub caller: Option<String>,
    /// The number or name that was dialled.
    pub called: String,
    /// Whether there is room for the call.
    pub house: House,
}

impl fmt::Debug for About {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("About")
            .field("id", &self.id)
            .field("line", &self.line)
            .field("house", &self.house)
            .finish_non_exhaustive()
    }
}

/// Whether there is room for one more call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// There is.
    Open,
    /// There is not: the call was taken so that the caller can be told.
    Full,
}

/// The name of a place in what is played; see [`CallLeg::mark`].
pub type Mark = u32;

/// What happens on a call.
#[derive(Clone, Debug, PartialEq)]
pub enum LegEvent {
    /// 20 ms were heard. Comes every 20 ms from the first event to the last.
    Heard(Frame),
    /// A key was pressed: by RFC 4733, by INFO, or as the door says it. Once a press.
    Keyed(Key),
    /// Characters were typed (T.140): as they come, `\n` for a new line, `\u{8}` to erase one,
    /// `\u{fffd}` where some were lost.
    Typed(String),
    /// All sound before this mark has left.
    Played(Mark),
    /// The other side put us on hold, or took us back.
    Hold(Hold),
    /// How far a transfer got.
    Transfer(Transfer),
    /// The call is over; nothing comes after this.
    Ended(End),
}

/// Whether the other side listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It does not hear us now.
    Held,
    /// It hears us again.
    Resumed,
}

/// The stages of a blind transfer (RFC 3515, RFC 5589 section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// The other side is trying; the status is that of its call, 100 to 199.
    Trying(u16),
    /// The person was reached. The call here ends by itself soon after.
    Done,
    /// It came to nothing: the status of the refusal, or none where no answer came. The caller is
    /// still with us.
    Failed(Option<u16>),
    /// The settings allow no transfer to this number, or this line cannot transfer.
    NotAllowed,
}

/// Why a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The caller hung up.
    Caller,
    /// We hung up.
    Us,
    /// Nothing came from the caller's side for too long, or a session timer ran out (RFC 4028).
    Lost,
    /// The line broke or was shut.
    Line,
}

/// One call. Dropping it hangs up.
pub trait CallLeg: Send {
    /// What is known of the call.
    fn about(&self) -> &About;

    /// The rate of all sound of this leg, heard and played.
    fn rate(&self) -> Rate;

    /// Whether what is typed out now reaches the caller (real-time text, RFC 4103). May change
    /// during the call, when the caller's side adds or drops it.
    fn has_text(&self) -> bool;

    /// The next event, or none after [`LegEvent::Ended`]. [`next`] makes a future of it.
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<LegEvent>>;

    /// Plays this after everything handed in before.
    fn play(&mut self, sound: Sound);

    /// Says [`LegEvent::Played`] when everything handed in before has left. A mark that is cleared
    /// is never said.
    fn mark(&mut self, mark: Mark);

    /// Forgets what has not left yet, so that silence follows at once: the caller speaks.
    fn clear(&mut self);

    /// Is silent until [`CallLeg::go_on`] or [`CallLeg::clear`], and keeps what has not left yet:
    /// the caller may be about to speak.
    fn pause(&mut self);

    /// Plays on from where it paused.
    fn go_on(&mut self);

    /// Sends text as characters, where [`CallLeg::has_text`]; else it is dropped.
    fn type_out(&mut self, text: &str);

    /// Hands the caller to this number or address; [`LegEvent::Transfer`] tells how it went.
    fn transfer(&mut self, to: &str);

    /// Ends the call; [`LegEvent::Ended`] follows.
    fn hang_up(&mut self);
}

/// The leg's next event, or none when the call is over. Nothing is lost if the future is dropped.
pub async fn next(leg: &mut (impl CallLeg + ?Sized)) -> Option<LegEvent> {
    poll_fn(|context| leg.poll_event(context)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_a_telephone_has() {
        assert_eq!(Key::from_char('a').map(Key::char), Some('A'));
        assert_eq!(Key::from_event(11).map(Key::char), Some('#'));
        assert_eq!(Key::from_event(16), None);
        assert_eq!(Key::from_char('x'), None);
    }

    #[test]
    fn what_is_known_of_a_caller_stays_out_of_logs() {
        let about = About {
            id: "x".into(),
            line: "trunk".into(),
            caller: Some("+8613800000000".into()),
            called: "12345".into(),
            house: House::Open,
        };
        assert!(!format!("{about:?}").contains("138"));
    }
}
