//! What stands at the entrance: the city as a mind knows it at a moment.

use std::sync::Arc;

use bot::{LanguageIdentifier, Mind, Presence, Reply, Shelf, Welcome, store::ConversationId};
use door::Lobby;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The entrance of a service that is always ready.
pub struct Entrance {
    /// Who knows the city.
    pub mind: Arc<Mind>,
    /// The moment for which it is told.
    pub now: Timestamp,
}

impl Lobby for Entrance {
    fn welcome(&self, language: &LanguageIdentifier) -> Welcome {
        self.mind.welcome(language)
    }

    fn ready(&self) -> Result<(), String> {
        Ok(())
    }

    fn directory(&self, language: &LanguageIdentifier) -> Vec<Shelf> {
        self.mind.directory(language, self.now)
    }

    fn aloud(&self) -> Vec<(LanguageIdentifier, String)> {
        self.mind.aloud(self.now)
    }

    fn vocabulary(&self, language: &LanguageIdentifier, most: usize) -> String {
        self.mind.library().pack().vocabulary(language, most)
    }

    fn title(&self, article: &str, language: &LanguageIdentifier) -> Option<String> {
        let pack = self.mind.library().pack();
        let (_, words) = pack.words(pack.articles.get(article)?, language)?;
        Some(words.title.clone())
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn time_zone(&self) -> TimeZone {
        self.mind.library().pack().time_zone.clone()
    }

    fn departments(&self, language: &LanguageIdentifier) -> Vec<(String, String)> {
        let pack = self.mind.library().pack();
        let departments = pack.departments.iter();
        let named =
            departments.map(|(id, it)| (id.clone(), pack.say(&it.name, language).to_owned()));
        named.collect()
    }

    fn department(&self, article: &str) -> Option<String> {
        self.mind.library().pack().articles.get(article)?.department.clone()
    }

    fn published(&self, question: &str, language: &LanguageIdentifier) -> Vec<Reply> {
        self.mind.published(question, language, self.now)
    }

    fn worked(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let pack = self.mind.library().pack();
        match pack.place.as_ref().and_then(|id| pack.places.get(id)) {
            Some(place) => place.open_between(pack, from, to),
            None => to.duration_since(from),
        }
    }

    fn masked(&self, text: &str) -> String {
        self.mind.masked(text)
    }

    fn writes(&self, _: &ConversationId) {}

    fn wait(&self, _: &ConversationId, _: &LanguageIdentifier) -> Option<String> {
        None
    }

    fn presence(&self) -> Presence {
        self.mind.presence(self.now)
    }
}
