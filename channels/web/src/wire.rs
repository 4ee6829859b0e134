//! Lines as they go over the wire. They mirror the bot's types and are kept apart from them, so that
//! the API stays as promised when the bot's types move.

use bot::{Reply, Speaker};
use serde::Serialize;
use utoipa::ToSchema;

/// One numbered line of a conversation. Numbers start at 1 and have no gaps.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Line {
    /// Its place in the conversation.
    pub number: u64,
    /// When it was stored, RFC 3339 in UTC.
    pub at: String,
    /// Who said it: `visitor`, `bot` or `staff`.
    pub speaker: &'static str,
    /// What visitors call the member of staff who said it.
    pub name: Option<String>,
    /// The language it is written in, BCP 47.
    pub language: String,
    /// Plain text, complete by itself. Line breaks are `\n`.
    pub text: String,
    /// The same for the ear: no symbols, no web addresses.
    pub spoken: String,
    /// Where the words come from.
    pub citations: Vec<Citation>,
    /// What the question was taken to be, in a sentence.
    pub understood: Option<String>,
    /// Two or three things to choose from, when the assistant asked back.
    pub choices: Vec<Choice>,
    /// What one might ask next.
    pub suggestions: Vec<Choice>,
    /// The place that does it.
    pub place: Option<Place>,
}

/// Where an answer was published.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Citation {
    /// One line in the reader's language: "Source: …, checked on …".
    pub line: String,
    /// The article's title, as published.
    pub title: String,
    /// Its address; http or https only.
    pub url: Option<String>,
    /// When somebody last compared it with its source, `YYYY-MM-DD`.
    pub checked: Option<String>,
    /// The language of the source.
    pub language: String,
}

/// Something that can be said by choosing it: send `say` as the next message.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Choice {
    /// What is shown.
    pub label: String,
    /// What is said.
    pub say: String,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Place {
    /// Its ID in the city's pack.
    pub id: String,
    /// Its name in parts, with readings for rare characters.
    pub name: Vec<Ruby>,
    /// Street address.
    pub address: String,
    /// Telephone number, as written.
    pub telephone: Option<String>,
    /// Opening hours, one line each.
    pub hours: Vec<String>,
    /// Whether it was open when this was said.
    pub now: String,
    /// How to get there.
    pub way: Option<String>,
    /// Help on the spot.
    pub help: Vec<String>,
}

/// A run of text and how it is read.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Ruby {
    /// The characters.
    pub text: String,
    /// How they are read, e.g. pinyin.
    pub reading: Option<String>,
}

/// Lines of a conversation, in order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
}

impl Lines {
    pub(crate) fn of(lines: &[bot::Line]) -> Self {
        Lines { lines: lines.iter().map(Line::from).collect() }
    }
}

impl From<&bot::Line> for Line {
    fn from(line: &bot::Line) -> Self {
        Line {
            number: line.number,
            at: line.at.to_string(),
            speaker: match line.speaker {
                Speaker::Visitor => "visitor",
                Speaker::Bot => "bot",
                Speaker::Staff => "staff",
            },
            name: line.name.clone(),
            ..Line::from(&line.reply)
        }
    }
}

/// A reply that is no numbered line yet, such as the greeting at the entrance.
impl From<&Reply> for Line {
    fn from(reply: &Reply) -> Self {
        Line {
            number: 0,
            at: String::new(),
            speaker: "bot",
            name: None,
            language: reply.language.to_string(),
            text: reply.text.clone(),
            spoken: reply.spoken.clone(),
            citations: reply.citations.iter().map(Citation::from).collect(),
            understood: reply.understood.clone(),
            choices: reply.choices.iter().map(Choice::from).collect(),
            suggestions: reply.suggestions.iter().map(Choice::from).collect(),
            place: reply.place.as_ref().map(Place::from),
        }
    }
}

impl From<&bot::Citation> for Citation {
    fn from(citation: &bot::Citation) -> Self {
        let safe = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        Citation {
            line: citation.line.clone(),
            title: citation.title.clone(),
            url: citation.url.as_ref().filter(safe).cloned(),
            checked: citation.checked.map(|date| date.to_string()),
            language: citation.language.to_string(),
        }
    }
}

impl From<&bot::Choice> for Choice {
    fn from(choice: &bot::Choice) -> Self {
        Choice { label: choice.label.clone(), say: choice.say.clone() }
    }
}

impl From<&bot::PlaceCard> for Place {
    fn from(place: &bot::PlaceCard) -> Self {
        let part =
            |ruby: &bot::Ruby| Ruby { text: ruby.text.clone(), reading: ruby.reading.clone() };
        Place {
            id: place.id.clone(),
            name: place.name.iter().map(part).collect(),
            address: place.address.clone(),
            telephone: place.telephone.clone(),
            hours: place.hours.clone(),
            now: place.now.clone(),
            way: place.way.clone(),
            help: place.help.clone(),
        }
    }
}

/// A telephone number as a `tel:` address, RFC 3966: digits and a leading plus.
pub(crate) fn tel(number: &str) -> String {
    let keep = |c: &char| c.is_ascii_digit() || *c == '+';
    format!("tel:{}", number.chars().filter(keep).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_is_no_web_address_is_not_linked() {
        let citation = |url: &str| bot::Citation {
            article: "a".into(),
            line: "Source".into(),
            title: "A".into(),
            url: Some(url.into()),
            checked: None,
            language: "en".parse().unwrap(),
        };
        assert_eq!(Citation::from(&citation("javascript:alert(1)")).url, None);
        assert!(Citation::from(&citation("https://a.example/b")).url.is_some());
    }

    #[test]
    fn a_telephone_number_can_be_dialled() {
        assert_eq!(tel("021-5550-0100"), "tel:02155500100");
        assert_eq!(tel("+86 (21) 5550 0100"), "tel:+862155500100");
    }
}
