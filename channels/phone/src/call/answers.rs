//! What the bot answered, told in parts: the first part first, then "shall I go on?".

use super::menu::Offer;
use super::parts::{Size, parts};
use super::{Call, Command, Note, Pace, Stage, Waiting};
use bot::{Answer, Choice, Presence, Reply, Speaker, handoff::Reason};
use door::{Rejected, Stored, plain};

/// Things that may be asked next, offered to who uses keys.
const NEXT: usize = 3;

/// An answer that is being told.
#[derive(Debug, Default)]
pub(super) struct Told {
    parts: Vec<String>,
    /// The part that comes next.
    next: usize,
    /// Where the words come from, said at the end.
    sources: Vec<String>,
    /// What one might ask next.
    suggestions: Vec<Choice>,
    /// The article that it is from.
    article: Option<String>,
}

impl Told {
    fn of(reply: &Reply, pace: Pace) -> Self {
        Self {
            article: reply.citations.first().map(|citation| citation.article.clone()),
            parts: parts(&reply.spoken, size(pace)),
            next: 0,
            sources: reply.citations.iter().map(|citation| citation.line.clone()).collect(),
            suggestions: reply.suggestions.clone(),
        }
    }

    /// Whether there is a part that was not said yet.
    pub(super) fn has_more(&self) -> bool {
        self.next < self.parts.len()
    }

    /// Whether there was an answer, and all of it was said.
    pub(super) fn was_told(&self) -> bool {
        !self.parts.is_empty() && !self.has_more()
    }

    /// What was not said yet will not be said.
    pub(super) fn forget_rest(&mut self) {
        self.next = self.parts.len();
    }

    /// Cuts what is left, with the part just told, into parts of another size. Whether there was any.
    pub(super) fn cut_anew(&mut self, pace: Pace) -> bool {
        let from = self.next.saturating_sub(1);
        let Some(left) = self.parts.get(from..).filter(|left| !left.is_empty()) else {
            return false;
        };
        self.parts = parts(&left.join("\n"), size(pace));
        self.next = 0;
        true
    }
}

fn size(pace: Pace) -> Size {
    match pace {
        Pace::Usual => Size::Usual,
        Pace::Slow => Size::Small,
    }
}

impl Call {
    /// The bot's answer has come. One to a question that was taken back is not told, and one that
    /// comes while the caller speaks waits.
    pub(super) fn answered(
        &mut self,
        number: u32,
        result: Result<Stored, Rejected>,
        presence: Presence,
    ) {
        let Some(Waiting { text, .. }) = self.waiting.take_if(|waiting| waiting.number == number)
        else {
            return;
        };
        self.asked = (!self.by_keys).then_some((text, self.now));
        match self.hears {
            true => self.held = Some((result, presence)),
            false => self.answer(result, presence),
        }
    }

    pub(super) fn answer(&mut self, result: Result<Stored, Rejected>, presence: Presence) {
        let stored = match result {
            Ok(stored) => stored,
            Err(why) => {
                let busy = matches!(why, Rejected::Busy);
                self.say_alone(if busy { "busy" } else { "failed" });
                self.stage = Stage::Listening;
                return;
            }
        };
        let Some(reply) = reply(&stored) else { return self.miss(None) };
        self.language = reply.language.clone();
        if self.has_text {
            self.out.push(Command::Type(format!("{}\n", plain::text(reply))));
        }
        match (stored.person, &stored.answer) {
            (Some(Reason::Asked | Reason::Complaint), _) => self.person(reply, presence),
            (_, Some(Answer::Safeguard { .. })) => self.tell_at_once(reply),
            (_, Some(Answer::NotFound { .. } | Answer::Refused { .. })) => self.miss(Some(reply)),
            (_, Some(Answer::Clarify { .. })) => self.ask_back(reply),
            _ if !reply.choices.is_empty() => self.ask_back(reply),
            _ => {
                self.misses = 0;
                self.tell(reply);
            }
        }
    }

    /// Tells an answer, beginning with its first part.
    pub(super) fn tell(&mut self, reply: &Reply) {
        let before = std::mem::replace(&mut self.told, Told::of(reply, self.pace));
        self.begin();
        if before.article != self.told.article
            && let Some(title) = title(reply)
        {
            self.line(self.phrase("about", &[("title", title)]));
        }
        self.part_follows();
    }

    /// Tells an answer without a pause: somebody may be in danger.
    fn tell_at_once(&mut self, reply: &Reply) {
        self.told = Told::default();
        self.begin();
        for part in parts(&reply.spoken, Size::Usual) {
            self.line(part);
        }
        self.stage = Stage::Listening;
    }

    pub(super) fn next_part(&mut self) {
        self.begin();
        self.part_follows();
    }

    /// The part that comes next, and what follows it: "shall I go on?", or where it comes from.
    pub(super) fn part_follows(&mut self) {
        self.stage = Stage::Telling;
        let Some(part) = self.told.parts.get(self.told.next).cloned() else {
            return self.ask_what_else();
        };
        self.told.next += 1;
        self.line(part);
        if self.told.has_more() {
            self.question("more", vec![self.offer_go_on(), self.offer_another()]);
            self.stage = Stage::Telling;
            return;
        }
        for source in std::mem::take(&mut self.told.sources) {
            self.line(source);
        }
        self.ask_what_else();
    }

    /// Asks for the next question; who uses keys is offered some.
    pub(super) fn ask_what_else(&mut self) {
        self.stage = Stage::Listening;
        if self.by_keys {
            return self.offer_next();
        }
        self.say("anything-else", &[]);
    }

    /// What may be asked next, by keys.
    pub(super) fn offer_next(&mut self) {
        let next = self.told.suggestions.iter().take(NEXT);
        let mut offers: Vec<Offer> = next.map(Offer::ask).collect();
        offers.push(self.offer_menu());
        self.say("anything-else", &[]);
        self.announce(offers);
    }

    /// The bot asks back: its choices, by word or key; or what one could ask, where it knows none.
    fn ask_back(&mut self, reply: &Reply) {
        self.begin();
        let (choices, known) = match reply.choices.is_empty() {
            true => (&reply.suggestions, false),
            false => (&reply.choices, true),
        };
        match &choices[..] {
            [_, _, ..] if known => self.say("which", &[]),
            _ => self.line(reply.spoken.clone()),
        }
        self.told = Told::default();
        self.stage = Stage::Choosing;
        self.announce(choices.iter().take(NEXT).map(Offer::ask).collect());
    }

    /// Something was not understood, or nothing was found: in other words first, then keys, then a
    /// person.
    pub(super) fn miss(&mut self, reply: Option<&Reply>) {
        self.misses = self.misses.saturating_add(1);
        self.out.push(Command::Note(Note::Miss(self.misses)));
        self.begin();
        self.told = Told::default();
        self.stage = Stage::Listening;
        if let Some(reply) = reply {
            self.line(reply.spoken.clone());
        }
        match (self.misses, reply) {
            (1, None) => {
                let example = self.example();
                self.say("missed-first", &[("example", &example)]);
            }
            (1, Some(_)) => self.say("anything-else", &[]),
            (2, _) => {
                self.say("missed-keys", &[]);
                self.menu_follows();
            }
            _ => self.offer_a_person(),
        }
    }

    /// A question that can be asked here.
    pub(super) fn example(&self) -> String {
        self.welcome().start.first().map(|choice| choice.say.clone()).unwrap_or_default()
    }
}

/// What an answer is about, where its first words do not say so: whoever was misheard shall notice.
fn title(reply: &Reply) -> Option<&str> {
    let title = &reply.citations.first()?.title;
    let first = parts(&reply.spoken, Size::Small).into_iter().next()?;
    (!first.contains(title.as_str())).then_some(title)
}

/// What the bot said to the last message: the last of its lines.
fn reply(stored: &Stored) -> Option<&Reply> {
    let said = stored.lines.iter().rev().find(|line| line.speaker == Speaker::Bot);
    said.map(|line| &line.reply)
}
