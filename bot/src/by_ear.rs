//! What a caller needs who sees nothing: the services to be reached by keys, the texts that will be
//! said aloud, the names that ears should know, and whether a person is there.

use jiff::Timestamp;
use knowledge::{hours::State, pack::Kind};
use nlu::LanguageIdentifier;

use crate::{
    mind::{Context, Mind},
    reply::Choice,
    telling,
};

/// An office and its services, to be chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The office's name.
    pub label: String,
    /// Its services.
    pub services: Vec<Choice>,
}

/// Whether a person can be reached at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The place where people are is open.
    There,
    /// It is closed.
    Away,
    /// The pack does not say when it is open.
    Unknown,
}

impl Mind {
    /// Every service by the office that owns it; those without an office come last, under the
    /// city's own name.
    pub fn directory(&self, language: &LanguageIdentifier, now: Timestamp) -> Vec<Shelf> {
        let context = Context::new(self, language, now);
        let pack = context.pack;
        let today = context.now.date();
        let services = |office: Option<&str>| -> Vec<Choice> {
            pack.articles
                .values()
                .filter(|article| article.kind == Kind::Service)
                .filter(|article| match article.department.as_deref() {
                    Some(own) if pack.departments.contains_key(own) => office == Some(own),
                    _ => office.is_none(),
                })
                .filter(|article| self.library().article(&article.id, today).is_some())
                .filter_map(|article| pack.words(article, &context.language))
                .map(|(_, words)| Choice { label: words.title.clone(), say: words.title.clone() })
                .collect()
        };
        let offices = pack.departments.iter().map(|(id, department)| Shelf {
            label: pack.say(&department.name, &context.language).to_owned(),
            services: services(Some(id)),
        });
        let rest = Shelf { label: context.city().to_owned(), services: services(None) };
        offices.chain([rest]).filter(|shelf| !shelf.services.is_empty()).collect()
    }

    /// Every published answer as it will be spoken, with where it comes from, in every language it is
    /// published in.
    pub fn aloud(&self, now: Timestamp) -> Vec<(LanguageIdentifier, String)> {
        let mut all = Vec::new();
        for language in &self.library().pack().languages {
            let context = Context::new(self, language, now);
            let today = context.now.date();
            for article in self.library().pack().articles.values() {
                let page = self.library().page(article, language, today);
                let spoken = page
                    .iter()
                    .filter(|passage| passage.language == *language)
                    .filter_map(|passage| telling::passages(&context, article, &[passage]));
                for reply in spoken {
                    let sources = reply.citations.into_iter().map(|citation| citation.line);
                    let said = [reply.spoken].into_iter().chain(sources);
                    all.extend(said.map(|text| (language.clone(), text)));
                }
            }
        }
        all
    }

    /// Whether a person can be reached now, where the pack says when they can.
    pub fn presence(&self, now: Timestamp) -> Presence {
        let first = self.library().pack().languages.first().cloned();
        let context = Context::new(self, &first.unwrap_or(nlu::langid!("en")), now);
        match context.main_place().map(|place| place.state(context.pack, &context.now)) {
            Some(State::Open { .. } | State::Always) => Presence::There,
            Some(State::ClosedNow { .. }) => Presence::Away,
            Some(State::Unknown) | None => Presence::Unknown,
        }
    }
}
