//! What every page of the desk has: its language, its words, who is logged in.

use bot::{LanguageIdentifier, queue::Open, stage::To};
use door::Lobby;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Board, DeskSettings, Shared,
    session::AtWork,
    staff::{Member, Right},
    words,
};

/// The frame of a page.
pub(super) struct Frame<'a> {
    shared: &'a Shared,
    pub(super) language: LanguageIdentifier,
    pub(super) member: Option<Member>,
    /// What forms carry.
    pub(super) token: String,
    pub(super) now: Timestamp,
}

impl<'a> Frame<'a> {
    pub(super) fn of(shared: &'a Shared, at_work: &AtWork) -> Frame<'a> {
        Frame {
            member: Some(at_work.member.clone()),
            token: at_work.form_token(),
            ..Frame::outside(shared, &at_work.visit.language)
        }
    }

    /// For who is not logged in.
    pub(super) fn outside(shared: &'a Shared, language: &LanguageIdentifier) -> Frame<'a> {
        let language = language.clone();
        let now = shared.rooms.lobby.now();
        Frame { shared, language, member: None, token: String::new(), now }
    }

    /// Where whoever looks may go: the path, and the name of the page.
    pub(super) fn ways(&self) -> Vec<(&'static str, String)> {
        let Some(member) = &self.member else { return Vec::new() };
        let all = [
            (Right::Cases, "/desk", "queue"),
            (Right::Cases, "/desk/call-backs", "call-backs"),
            (Right::Replies, "/desk/replies", "ready-replies"),
            (Right::Themselves, "/desk/me", "my-account"),
        ];
        let theirs = all.into_iter().filter(|(right, ..)| member.role.may(*right));
        theirs.map(|(_, path, name)| (path, self.say(name))).collect()
    }

    pub(super) fn say(&self, id: &str) -> String {
        self.shared.words.say(&self.language, id, &[])
    }

    pub(super) fn say_with(&self, id: &str, name: &str, value: impl ToString) -> String {
        self.shared.words.say(&self.language, id, &[(name, &value.to_string())])
    }

    /// A sentence with a count and one thing more.
    pub(super) fn say_both(&self, id: &str, count: impl ToString, also: &str) -> String {
        let args = [("count", &*count.to_string()), ("also", also)];
        self.shared.words.say(&self.language, id, &args)
    }

    pub(super) fn assets(&self) -> &str {
        self.shared.assets.path()
    }

    pub(super) fn city(&self) -> String {
        self.shared.rooms.lobby.welcome(&self.language).name
    }

    pub(super) fn others(&self) -> Vec<&'static LanguageIdentifier> {
        words::languages().filter(|language| **language != self.language).collect()
    }

    pub(super) fn name_of(&self, language: &LanguageIdentifier) -> String {
        self.say(&format!("language-{}", language.language))
    }

    pub(super) fn departments(&self) -> Vec<(String, String)> {
        self.shared.rooms.lobby.departments(&self.language)
    }

    /// Whom a case was handed to.
    pub(super) fn to(&self, to: &To) -> String {
        match to {
            To::Clerk(clerk) => clerk.name.clone(),
            To::Department(id) => {
                let known = self.departments().into_iter().find(|(one, _)| one == id);
                known.map_or_else(|| id.clone(), |(_, name)| name)
            }
        }
    }

    /// The department whose subject a case is, or that it was handed to.
    pub(super) fn department(&self, open: &Open) -> Option<String> {
        if let Some(To::Department(id)) = &open.case.to {
            return Some(id.clone());
        }
        open.services.last().and_then(|service| self.shared.rooms.lobby.department(service))
    }

    /// Whether whoever waits since then has waited longer than was promised, in hours of work.
    pub(super) fn is_late(&self, since: Timestamp) -> bool {
        let minutes = self.settings().answer_within_minutes;
        self.worked_since(since) > SignedDuration::from_mins(minutes.into())
    }

    /// How long staff have worked since then.
    pub(super) fn worked_since(&self, then: Timestamp) -> SignedDuration {
        self.shared.rooms.lobby.worked(then, self.now)
    }

    pub(super) fn settings(&self) -> &DeskSettings {
        &self.shared.rooms.settings
    }

    pub(super) fn lobby(&self) -> &dyn Lobby {
        &*self.shared.rooms.lobby
    }

    pub(super) fn board(&self) -> &Board {
        &self.shared.rooms.board
    }

    /// A channel by its name, where the desk has a word for it.
    pub(super) fn channel(&self, channel: &str) -> String {
        match channel {
            "web" | "phone" => self.say(&format!("channel-{channel}")),
            other => other.to_owned(),
        }
    }

    /// The time of day at the city.
    pub(super) fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.shared.rooms.lobby.time_zone()).strftime("%H:%M").to_string()
    }

    /// The day and the time of day at the city.
    pub(super) fn day_and_time(&self, at: Timestamp) -> String {
        at.to_zoned(self.shared.rooms.lobby.time_zone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// How long ago something was, in minutes and hours.
    pub(super) fn ago(&self, then: &Timestamp) -> String {
        let minutes = self.now.duration_since(*then).max(SignedDuration::ZERO).as_mins();
        match minutes {
            0 => self.say("under-a-minute"),
            1..120 => self.say_with("minutes", "minutes", minutes),
            _ => self.say_with("hours", "hours", minutes / 60),
        }
    }

    /// What it was about, by the titles of services.
    pub(super) fn about(&self, services: &[String]) -> String {
        let title = |id: &String| self.shared.rooms.lobby.title(id, &self.language);
        let titles: Vec<String> = services.iter().rev().take(3).filter_map(title).collect();
        match titles.is_empty() {
            true => self.say("about-nothing"),
            false => titles.join(&self.say("and-also")),
        }
    }
}
