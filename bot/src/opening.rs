//! "Is it open now?": a place's hours, with its lunch break and the holidays, now or on a day.

use jiff::{
    Span, Zoned,
    civil::{Date, Weekday},
};
use knowledge::{
    fact::Mouth,
    hours::{Closed, Place, State},
    names::{Mention, Named},
};
use nlu::{Facet, Understanding, when::Day};

use crate::{
    answer::{Answer, Found},
    conversation::{Conversation, Outcome},
    mind::Context,
    reply::Reply,
    telling,
    turn::Heard,
};

/// Answers questions about opening hours and about places called by name.
pub(crate) fn hours(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let (context, understanding) = (heard.context, heard.understanding);
    let (place, article) = place_meant(conversation, heard)?;
    let asked = if understanding.hours { understanding.day } else { Some(Day::Now) };
    let day = asked.or_else(|| holiday_named(context, understanding));
    let place_asked = !understanding.hours || understanding.facets.contains(&Facet::Where);
    let told = |mouth| {
        let mut lines = when_open(context, place, day, mouth);
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

/// The state now with the usual hours, or the hours of the days asked about; a line each.
fn when_open(context: &Context<'_>, place: &Place, day: Option<Day>, mouth: Mouth) -> Vec<String> {
    if let Some(day) = day.filter(|day| *day != Day::Now) {
        return days(context, day).into_iter().map(|date| day_line(context, place, date)).collect();
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
    if !understanding.hours {
        return None;
    }
    if let Some(place) = place {
        return Some((context.pack.places.get(place)?, None));
    }
    if let Some(article) = article {
        return Some((place_of(article)?, Some(article.clone())));
    }
    // "几点" in a sentence about something else is no question about hours.
    let elsewhere = !nlu::tokens::content(&understanding.subject).is_empty()
        && understanding.day.is_none()
        && holiday_named(context, understanding).is_none()
        && !about_a_place(&understanding.subject);
    if elsewhere {
        return None;
    }
    let last = conversation.place.as_ref().and_then(|id| context.pack.places.get(id));
    let of_topic = || conversation.topic.as_ref().and_then(place_of);
    Some((last.or_else(of_topic).or_else(|| context.main_place())?, None))
}

/// Whether a place is named and nothing else asked but where it is and when it is open.
fn only_a_place(understanding: &Understanding, mentions: &[Mention]) -> bool {
    let mut rest = understanding.folded.clone();
    for mention in mentions.iter().rev() {
        rest.replace_range(mention.span.clone(), " ");
    }
    let (_, rest) = nlu::asking::asked(&rest);
    understanding.facets.iter().all(|facet| *facet == Facet::Where)
        && nlu::tokens::content(&rest).is_empty()
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
    Some(Day::Date { month: date.month().unsigned_abs(), day: date.day().unsigned_abs() })
}

/// The dates that a day named means, from today on.
fn days(context: &Context<'_>, day: Day) -> Vec<Date> {
    let today = context.now.date();
    let after = |days: i64| today.checked_add(Span::new().days(days)).unwrap_or(today);
    let next = |weekday: Weekday| after(i64::from(today.weekday().until(weekday)));
    match day {
        Day::Now => vec![today],
        Day::After(days) => vec![after(i64::from(days))],
        Day::Weekday(number) => {
            Weekday::from_monday_one_offset(number as i8).ok().map(next).into_iter().collect()
        }
        Day::Weekend => vec![next(Weekday::Saturday), next(Weekday::Sunday)],
        Day::Date { month, day } => {
            let of = |year: i16| Date::new(year, month as i8, day as i8).ok();
            let this = of(today.year()).filter(|date| *date >= today);
            this.or_else(|| of(today.year() + 1)).into_iter().collect()
        }
    }
}

fn day_line(context: &Context<'_>, place: &Place, date: Date) -> String {
    let day = place.on_day(context.pack, date);
    let when = context.day(date);
    let name = context.place_name(place);
    let named = context.pack.holidays.iter().find(|h| h.from <= date && date <= h.to);
    let holiday = named.map(|holiday| context.pack.say(&holiday.name, &context.language));
    let hours = context.times(&day.open);
    match (day.open.is_empty(), holiday) {
        (true, Some(holiday)) => {
            context.say("day-holiday", &[("date", &when), ("holiday", holiday), ("place", name)])
        }
        (true, None) => context.say("day-closed", &[("date", &when), ("place", name)]),
        (false, Some(holiday)) if day.workday.is_none() => context.say(
            "day-holiday-open",
            &[("date", &when), ("holiday", holiday), ("place", name), ("hours", &hours)],
        ),
        (false, _) => {
            context.say("day-open", &[("date", &when), ("place", name), ("hours", &hours)])
        }
    }
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
