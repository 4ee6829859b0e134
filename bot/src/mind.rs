//! The mind: library and phrasebook, read-only and swapped whole. Everything that judgement needs
//! and that is the same for all conversations.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
    sync::{Arc, OnceLock},
};

use jiff::{Timestamp, Zoned};
use knowledge::{
    Library, Likenesses,
    fact::Mouth,
    hours::Place,
    names::Named,
    pack::{Article, Pack},
};
use nlu::{
    Entity, LanguageIdentifier, Meaning, Understanding,
    entity::Kind,
    langid,
    normal::fold,
    personal::{self, Public},
    script::stands_alone,
    tokens,
};

use crate::{
    phrasebook::Phrasebook,
    reply::{Choice, Reply},
    waiting::Desk,
    welcome::Welcome,
};

/// What judgement is made with.
pub struct Mind {
    library: Arc<Library>,
    phrasebook: Phrasebook,
    public: Public,
    called: HashMap<String, OnceLock<Called>>,
}

/// What an article is called, in all languages, made ready to be compared with a question.
pub(crate) struct Called {
    pub folded: String,
    pub stems: Vec<String>,
}

impl Called {
    fn of(article: &Article) -> Called {
        let names =
            article.words.values().flat_map(|words| words.also.iter().chain([&words.title]));
        let folded = names.map(|name| fold(name)).collect::<Vec<_>>().join("\n");
        Called { stems: tokens::words(&folded), folded }
    }
}

impl Mind {
    /// A mind that knows this library.
    pub fn new(library: Arc<Library>) -> Mind {
        nlu::danger::warm();
        let public = public(library.pack());
        let ids = library.pack().articles.keys();
        let called = ids.map(|id| (id.clone(), OnceLock::new())).collect();
        Mind { library, phrasebook: Phrasebook::new(), public, called }
    }

    /// A text with marks in place of personal data.
    pub fn masked(&self, text: &str) -> String {
        personal::mask(text, &self.public)
    }

    /// What the city publishes of itself, which is nobody's personal data.
    pub(crate) fn public(&self) -> &Public {
        &self.public
    }

    /// What an article of this pack is called; found out when it is first asked for.
    pub(crate) fn called(&self, article: &Article) -> &Called {
        let called = self.called.get(&article.id).expect("every article of the pack is there");
        called.get_or_init(|| Called::of(article))
    }

    /// What the city publishes.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// What a visitor sees before saying anything.
    pub fn welcome(&self, language: &LanguageIdentifier) -> Welcome {
        let pack = self.library.pack();
        let context = Context::new(self, language, Timestamp::UNIX_EPOCH);
        Welcome {
            name: context.city().to_owned(),
            banner: pack.banner.as_ref().map(|text| pack.say(text, &context.language).to_owned()),
            greeting: context.greeting(),
            start: context.start(),
            telephone: pack.telephone.clone(),
            person: context.person(),
            languages: pack.languages.clone(),
            language: context.language,
        }
    }
}

/// The telephone numbers and addresses of a pack.
fn public(pack: &Pack) -> Public {
    let departments = pack.departments.values().filter_map(|d| d.telephone.as_deref());
    let places = pack.places.values().flat_map(|place| {
        let said = move |text| pack.languages.iter().map(move |language| pack.say(text, language));
        place.address.iter().flat_map(said).chain(place.telephone.as_deref())
    });
    Public::of([&*pack.telephone].into_iter().chain(departments).chain(places))
}

/// One turn's view of the mind: in whose language, and when.
pub(crate) struct Context<'a> {
    pub mind: &'a Mind,
    pub pack: &'a Pack,
    pub language: LanguageIdentifier,
    pub now: Zoned,
    /// The desk as it is now.
    pub desk: Desk,
    /// The texts asked about in this turn: encoding and comparing take most of its time.
    meant: RefCell<Vec<Meant>>,
}

/// A text, with its meaning, and how alike that is to what the pack says, once somebody asked.
#[derive(Clone)]
struct Meant {
    folded: String,
    meaning: Meaning,
    likenesses: Option<Rc<Likenesses>>,
}

impl<'a> Context<'a> {
    pub fn new(mind: &'a Mind, language: &LanguageIdentifier, now: Timestamp) -> Context<'a> {
        let pack = mind.library.pack();
        let known = pack.languages.iter().find(|known| known.language == language.language);
        Context {
            mind,
            pack,
            language: known.or(pack.languages.first()).cloned().unwrap_or(langid!("en")),
            now: now.to_zoned(pack.time_zone.clone()),
            desk: Desk::None,
            meant: RefCell::default(),
        }
    }

    /// The same, with the desk as it is now.
    pub fn with_desk(self, desk: Desk) -> Context<'a> {
        Context { desk, ..self }
    }

    /// What a message says, with the pack's names put right in it.
    pub fn understand(&self, text: &str) -> Understanding {
        let means = |folded: &str| self.meaning(folded);
        let mut understanding = nlu::understand_with(text, &means);
        if let Some(mended) = self.mind.library().names().mended(&understanding.folded) {
            // The language is told from what was really written.
            let (language, personal) = (understanding.language.take(), understanding.personal);
            understanding = nlu::understand_with(&mended, &means);
            understanding.language = language.or(understanding.language);
            understanding.personal = personal;
        }
        understanding
    }

    /// What a folded text means; nothing without the sentence encoder.
    pub fn meaning(&self, folded: &str) -> Option<Meaning> {
        let known = |meant: &Meant| (meant.folded == folded).then(|| meant.meaning.clone());
        if let Some(meaning) = self.meant.borrow().iter().find_map(known) {
            return Some(meaning);
        }
        let meaning = self.mind.library().encoder()?.encode(folded);
        let folded = folded.to_owned();
        self.meant.borrow_mut().push(Meant { folded, meaning: meaning.clone(), likenesses: None });
        Some(meaning)
    }

    /// How alike a folded text is to what the pack says; nothing without the sentence encoder.
    pub fn likenesses(&self, folded: &str) -> Option<Rc<Likenesses>> {
        let meaning = self.meaning(folded)?;
        let mut all = self.meant.borrow_mut();
        let meant = all.iter_mut().find(|meant| meant.folded == folded)?;
        if meant.likenesses.is_none() {
            meant.likenesses = self.mind.library().likenesses(&meaning).map(Rc::new);
        }
        meant.likenesses.clone()
    }

    /// One of the bot's own sentences.
    pub fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.mind.phrasebook.say(&self.language, id, args)
    }

    /// A reply of the bot's own words alone.
    pub fn reply(&self, id: &str, args: &[(&str, &str)]) -> Reply {
        Reply::of(self.language.clone(), self.say(id, args))
    }

    /// The places, cities and districts that the pack names in a folded text; what is named longer
    /// comes last.
    pub fn named(&self, folded: &str) -> Vec<Entity> {
        let mut names: Vec<_> =
            self.pack.names.iter().chain(&self.pack.elsewhere).map(|name| fold(name)).collect();
        names.sort_by_key(String::len);
        let district = |name: &String| {
            let name = name.clone();
            let hits = folded.match_indices(&*name).map(|(at, hit)| at..at + hit.len());
            let alone = hits.filter(|span| stands_alone(folded, span.clone()));
            let kind = Kind::District(name.clone());
            alone.map(|span| Entity::of(kind.clone(), span, folded)).collect::<Vec<_>>()
        };
        let mut named: Vec<_> = names.iter().flat_map(district).collect();
        for mention in self.mind.library().names().mentions(folded) {
            let place = mention.named.iter().find_map(|named| match named {
                Named::Place(id) => Some(id.clone()),
                Named::Article(_) => None,
            });
            named.extend(place.map(|id| Entity::of(Kind::Place(id), mention.span, folded)));
        }
        named
    }

    pub fn city(&self) -> &'a str {
        self.pack.say(&self.pack.name, &self.language)
    }

    pub fn greeting(&self) -> Reply {
        self.reply("greeting", &[("name", self.city()), ("telephone", &self.pack.telephone)])
    }

    /// The place where a person can be seen.
    pub fn main_place(&self) -> Option<&'a Place> {
        self.pack.place.as_ref().and_then(|id| self.pack.places.get(id))
    }

    pub fn place_name(&self, place: &'a Place) -> &'a str {
        self.pack.say(&place.name, &self.language)
    }

    /// When a person can be reached, in a sentence.
    fn person(&self) -> String {
        let hours = self.main_place().map(|place| self.usual_hours(place, Mouth::Page));
        match hours.filter(|hours| !hours.is_empty()) {
            Some(hours) => self.say("person-open", &[("hours", &hours)]),
            None => self.say("person-short", &[("telephone", &self.pack.telephone)]),
        }
    }

    /// A place's usual hours in one line.
    pub fn usual_hours(&self, place: &Place, mouth: Mouth) -> String {
        place.hours_lines(self.pack, &self.language, mouth).join(&self.say("hours-join", &[]))
    }

    /// The pack's first questions, to be asked by choosing them.
    pub fn start(&self) -> Vec<Choice> {
        let say = |text| self.pack.say(text, &self.language).to_owned();
        self.pack.start.iter().map(|text| Choice { label: say(text), say: say(text) }).collect()
    }
}
