//! What stands at the entrance: the city as a mind knows it at a moment.

use std::sync::Arc;

use bot::{LanguageIdentifier, Mind, Presence, Shelf, Welcome, store::ConversationId};
use door::Lobby;
use jiff::{Timestamp, tz::TimeZone};

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

    fn time_zone(&self) -> TimeZone {
        self.mind.library().pack().time_zone.clone()
    }

    fn wait(&self, _: &ConversationId, _: &LanguageIdentifier) -> Option<String> {
        None
    }

    fn presence(&self) -> Presence {
        self.mind.presence(self.now)
    }
}
