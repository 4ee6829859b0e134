//! What stands at the entrance: the city as a mind knows it at a moment.

use std::sync::Arc;

use bot::{LanguageIdentifier, Mind, Presence, Shelf, Welcome};
use door::Lobby;
use jiff::Timestamp;

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

    fn presence(&self) -> Presence {
        self.mind.presence(self.now)
    }
}
