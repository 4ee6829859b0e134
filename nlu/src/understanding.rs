//! Understanding: everything that one message says, found in one pass.

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::{
    asking::{self, Asked, Chances},
    danger::{self, Danger, Means},
    entity::{self, Entity},
    facet::Facet,
    feeling::{self, Feeling},
    intent::{self, Intent},
    language::{self, Heard},
    normal, personal,
    when::{self, Day, TimeOfDay},
};

/// What one message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understanding {
    /// The language it is in; nothing if that cannot be told.
    pub language: Option<LanguageIdentifier>,
    /// Whether it is in a script that nobody here reads.
    pub foreign: bool,
    /// What it wants of the assistant.
    pub intent: Intent,
    /// The sides asked for, in order.
    pub facets: Vec<Facet>,
    /// Whether opening hours are asked for.
    pub hours: bool,
    /// The day it names.
    pub day: Option<Day>,
    /// The time of day it names.
    #[serde(default)]
    pub time: Option<TimeOfDay>,
    /// Whether it held personal data, which was left out.
    #[serde(default)]
    pub personal: bool,
    /// What it names exactly, in order.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Whether somebody needs help at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
    /// Whether it is despair or an insult.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeling: Option<Feeling>,
    /// The folded text; of a correction, only what is meant instead.
    pub folded: String,
    /// The folded text without the phrases that ask: what names the thing itself.
    pub subject: String,
}

/// The danger that a text tells of. What is said to the assistant itself ("got it", "no, I meant
/// …") needs a sign that tells of it by itself; despair that says nothing of dying gets a
/// kind word, with the number beside it.
fn danger_in(
    folded: &str,
    intent: Intent,
    feeling: Option<Feeling>,
    means: Means<'_>,
) -> Option<Danger> {
    let found = danger::danger(folded, means)?;
    if intent != Intent::Ask && !danger::clear(folded) {
        return None;
    }
    if feeling == Some(Feeling::Despair)
        && found.kind == danger::Kind::SelfHarm
        && !danger::clear(folded)
    {
        return Some(Danger { certainty: danger::Certainty::Perhaps, ..found });
    }
    Some(found)
}

/// The chance from which a message is taken to ask for a person, whatever its words are.
const PERSON: f32 = 0.8;

/// Understands one message by its words alone. Marks of personal data ([`personal::mask`]) are no
/// part of what it says.
pub fn understand(text: &str) -> Understanding {
    understand_with(text, &|_| None)
}

/// Understands one message with the help of what it means; that is asked of the folded text.
pub fn understand_with(text: &str, means: Means<'_>) -> Understanding {
    let personal = personal::is_marked(text);
    let folded = normal::fold(&personal::without_marks(text));
    let feeling = feeling::of(&folded);
    let (intent, meant) = intent::of(&folded);
    let danger = danger_in(&folded, intent, feeling, means);
    // Of "no, I meant the bus card" only the bus card is asked about.
    let folded = meant.map(str::to_owned).unwrap_or(folded);
    let (language, foreign) = match language::of(&folded) {
        Heard::Language(language) => (Some(language), false),
        Heard::Unclear => (None, false),
        Heard::Foreign => (None, true),
    };
    let meaning = means(&folded);
    let chances = asking::chances(&folded, meaning.as_ref());
    let intent = if feeling.is_none() { or_person(intent, &folded, &chances) } else { intent };
    let (asked, subject) = (asking::asked(&folded, &chances), asking::subject(&folded));
    let facets = asked
        .iter()
        .filter_map(|asked| match asked {
            Asked::Facet(facet) => Some(*facet),
            Asked::Hours => None,
        })
        .collect();
    let entities = entity::entities(&folded);
    let when = when::named(&folded, &entities);
    Understanding {
        language,
        foreign,
        intent,
        facets,
        hours: asked.contains(&Asked::Hours),
        day: when.day,
        time: when.time,
        personal,
        entities,
        danger,
        feeling,
        subject,
        folded,
    }
}

/// What a message wants, or a person, if that is what it comes near to. Other wishes that are told by
/// a whole message's words stand.
fn or_person(intent: Intent, folded: &str, chances: &Chances) -> Intent {
    let open = matches!(intent, Intent::Ask | Intent::Robot | Intent::Stop | Intent::Help);
    let asked = folded.contains(char::is_alphanumeric) && chances.person() >= PERSON;
    if open && asked { Intent::Person } else { intent }
}
