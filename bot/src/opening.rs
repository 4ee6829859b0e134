//! "Is it open now?": a place's hours, with its lunch break and the holidays, now or on a day.

mod on_day;

use jiff::Zoned;
use knowledge::{
    fact::Mouth,
    hours::{Closed, Place, State},
    names::{Mention, Named},
};
use nlu::{
    Facet, Understanding,
    entity::Kind,
    when::{Day, When},
};

use crate::{
    answer::{Answer, Found},
    conversation::{Conversation, Outcome},
    mind::Context,
    reply::Reply,
    telling,
    turn::Heard,
};

/// The chance from which a message that names a place asks for its hours.
const PERHAPS: f32 = 0.3;

/// Answers questions about opening hours and about places called by name.
pub(crate) fn hours(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let (context, understanding) = (heard.context, heard.understanding);
    let (place, article) = place_meant(conversation, heard)?;
    let when = when_meant(context, understanding);
    let place_asked = !understanding.hours || understanding.facets.contains(&Facet::Where);
    let told = |mouth| {
        let mut lines = when_open(context, place, when, mouth);
        if place_asked {
            lines.extend(whereabouts(context, place));
        }
        lines
    };
    let mut reply = Reply::of(context.language.clone(), told(Mouth::Page).join("\n"));
    reply.spoken = told(Mouth::Speech).join(" ");
    reply.place = Some(telling::place_card(context, place));
    reply.suggestions = telling::notices(context, |notice| notice.places.contains(&place.id));
    reply.citations = vec![telling::place_citation(context, place)];
    conversation.place = Some(place.id.clone());
    if let Some(article) = &article {
        conversation.topic = Some(article.clone());
    }
    let found = Found { article: place.id.clone(), facets: vec!["hours".into()] };
    Some(Outcome::answered(Answer::Found(found), reply))
}

/// The days and times that a place's hours come to just now and on the day asked about.
pub(crate) fn calendar(heard: &Heard<'_>, place: &Place) -> Vec<String> {
    let context = heard.context;
    let mut lines = match place.state(context.pack, &context.now) {
        State::Open { until } => vec![context.time(&until)],
        State::ClosedNow { opens: Some(opens), .. } => vec![context.opens(&opens)],
        State::ClosedNow { opens: None, .. } | State::Always | State::Unknown => vec![],
    };
    lines.extend(on_day::calendar(context, place, when_meant(context, heard.understanding)));
    lines
}

/// The state now with the usual hours, or the hours of the days asked about; a line each.
fn when_open(context: &Context<'_>, place: &Place, when: When, mouth: Mouth) -> Vec<String> {
    if let Some(lines) = on_day::lines(context, place, when) {
        return lines;
    }
    let mut lines = vec![state_line(context, place, context.place_name(place))];
    let usual = place.hours_lines(context.pack, &context.language, mouth);
    if !usual.is_empty() {
        lines.push(context.say("usual-hours", &[]));
    }
    let mark = if mouth == Mouth::Speech { "" } else { "• " };
    lines.extend(usual.into_iter().map(|line| format!("{mark}{line}")));
    lines
}

/// The day and time asked about. A holiday's name is a day, a time alone is today's, and a place's
/// name alone asks about now.
fn when_meant(context: &Context<'_>, understanding: &Understanding) -> When {
    let Understanding { day, time, hours, .. } = *understanding;
    let holiday = || holiday_named(context, understanding);
    let today = time.map(|_| Day::After(0));
    let now = Some(Day::Now).filter(|_| !hours);
    When { day: day.or_else(holiday).or(today).or(now), time }
}

/// Address, way and telephone, a line each: a card is not seen everywhere.
fn whereabouts(context: &Context<'_>, place: &Place) -> Vec<String> {
    let text = |text: &knowledge::pack::Text| context.pack.say(text, &context.language).to_owned();
    let address = place.address.as_ref().map(text);
    let way = place.way.as_ref().map(text);
    let line = |id, name, value: Option<String>| value.map(|v| context.say(id, &[(name, &v)]));
    let lines = [
        line("place-address", "address", address),
        line("place-way", "way", way),
        line("place-telephone", "telephone", place.telephone.clone()),
    ];
    lines.into_iter().flatten().collect()
}

/// The place a question is about: named; else where the named service is done; else the one last
/// spoken of; else the main one. Only questions about hours, or about nothing but a place.
fn place_meant<'a>(
    conversation: &Conversation,
    heard: &Heard<'a>,
) -> Option<(&'a Place, Option<String>)> {
    let (context, understanding) = (heard.context, heard.understanding);
    let mentions = context.mind.library().names().mentions(&understanding.folded);
    let named = |pick: fn(&Named) -> Option<&String>| {
        mentions.iter().flat_map(|mention| &mention.named).find_map(pick)
    };
    let place = named(|named| match named {
        Named::Place(id) => Some(id),
        Named::Article(_) => None,
    });
    let article = named(|named| match named {
        Named::Article(id) => Some(id),
        Named::Place(_) => None,
    });
    let place_of = |id: &String| {
        let article = context.mind.library().article(id, context.now.date())?;
        context.pack.places.get(article.places.first()?)
    };
    if let (Some(place), None) = (place, article)
        && only_a_place(understanding, &mentions)
    {
        return Some((context.pack.places.get(place)?, None));
    }
    // Beside a place's name, less is enough to be a question about its hours.
    let folded = &understanding.folded;
    let chance = || nlu::asking::chances(folded, context.meaning(folded).as_ref()).hours();
    let perhaps = place.is_some() && article.is_none() && chance() >= PERHAPS;
    if !understanding.hours && !perhaps {
        return None;
    }
    if let Some(place) = place {
        return Some((context.pack.places.get(place)?, None));
    }
    if let Some(article) = article {
        return Some((place_of(article)?, Some(article.clone())));
    }
    // "几点" in a sentence about something else is no question about hours.
    let elsewhere = !nlu::tokens::content(&asked_beside(understanding, &[])).is_empty()
        && holiday_named(context, understanding).is_none()
        && !about_a_place(&understanding.subject);
    if elsewhere {
        return None;
    }
    let last = conversation.place.as_ref().and_then(|id| context.pack.places.get(id));
    let of_topic = || conversation.topic.as_ref().and_then(place_of);
    Some((last.or_else(of_topic).or_else(|| context.main_place())?, None))
}

/// Whether a place is named, maybe with a day, and nothing else asked but where it is and when it
/// is open.
fn only_a_place(understanding: &Understanding, mentions: &[Mention]) -> bool {
    understanding.facets.iter().all(|facet| *facet == Facet::Where)
        && nlu::tokens::content(&asked_beside(understanding, mentions)).is_empty()
}

/// What a message says without these names, without days and times, and without what asks.
fn asked_beside(understanding: &Understanding, mentions: &[Mention]) -> String {
    let days = understanding.entities.iter().filter(|entity| matches!(entity.kind, Kind::When(_)));
    let mut spans: Vec<_> = mentions.iter().map(|mention| mention.span.clone()).collect();
    spans.extend(days.map(|entity| entity.span.clone()));
    spans.sort_by_key(|span| span.start);
    let (mut rest, mut from) = (String::new(), 0);
    for span in spans {
        rest.push_str(understanding.folded.get(from..span.start).unwrap_or_default());
        rest.push(' ');
        from = from.max(span.end);
    }
    rest.push_str(&understanding.folded[from..]);
    nlu::asking::subject(&rest)
}

/// General words for "the place" that no pack need list.
fn about_a_place(subject: &str) -> bool {
    [
        "中心", "大厅", "窗口", "你们", "那里", "那边", "单位", "centre", "center", "office",
        "hall", "counter", "you", "there",
    ]
    .iter()
    .any(|word| subject.contains(word))
}

fn holiday_named(context: &Context<'_>, understanding: &Understanding) -> Option<Day> {
    let today = context.now.date();
    let names = |text: &knowledge::pack::Text| {
        let name = nlu::normal::fold(context.pack.say(text, &context.language));
        let short = name.trim_end_matches('节').to_owned();
        !short.is_empty() && understanding.folded.contains(&short)
    };
    let holidays = context.pack.holidays.iter().filter(|holiday| holiday.to >= today);
    let next =
        holidays.filter(|holiday| names(&holiday.name)).min_by_key(|holiday| holiday.from)?;
    let date = next.from.max(today);
    let year = Some(date.year());
    Some(Day::Date { year, month: date.month().unsigned_abs(), day: date.day().unsigned_abs() })
}

/// Whether a place is open at this moment, and until or from when; `name` is what to call it.
pub(crate) fn state_line(context: &Context<'_>, place: &Place, name: &str) -> String {
    match place.state(context.pack, &context.now) {
        State::Always => context.say("open-always", &[("place", name)]),
        State::Open { until } => {
            context.say("open-now", &[("place", name), ("time", &context.time(&until))])
        }
        State::Unknown => {
            let telephone = place.telephone.as_deref().unwrap_or(&context.pack.telephone);
            context.say("hours-unknown", &[("place", name), ("telephone", telephone)])
        }
        State::ClosedNow { reason, opens } => {
            let closed = closed_line(context, name, &reason);
            opens.map_or(closed.clone(), |opens| {
                format!("{closed}{}{}", gap(context), context.opens(&opens))
            })
        }
    }
}

/// Sentences stand apart by a space where the language has spaces.
fn gap(context: &Context<'_>) -> &'static str {
    if context.language.language.as_str() == "zh" { "" } else { " " }
}

fn closed_line(context: &Context<'_>, place: &str, reason: &Closed) -> String {
    let id = match reason {
        Closed::Lunch => "closed-lunch",
        Closed::BeforeOpening => "closed-before",
        Closed::AfterHours => "closed-after",
        Closed::Weekend | Closed::ClosedDate => "closed-day",
        Closed::Holiday(name) => {
            let holiday = context.pack.say(name, &context.language);
            return context.say("closed-holiday", &[("place", place), ("holiday", holiday)]);
        }
    };
    context.say(id, &[("place", place)])
}

impl Context<'_> {
    /// When a closed place opens next.
    pub(crate) fn opens(&self, at: &Zoned) -> String {
        let time = self.time(at);
        if at.date() == self.now.date() {
            self.say("opens-today", &[("time", &time)])
        } else {
            self.say("opens-later", &[("date", &self.day(at.date())), ("time", &time)])
        }
    }
}
