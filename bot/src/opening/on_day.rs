//! A place's hours on the days asked about, and at the time of day: "is it open at 7 pm on Friday?"

use jiff::{ToSpan, civil::Date};
use knowledge::hours::{Place, State};
use nlu::when::{Day, TimeOfDay, When};

use crate::mind::Context;

/// More days than these are told by the usual hours.
const MOST: usize = 7;

/// A line for each day that is meant; nothing for this very moment or for more than a week.
pub(super) fn lines(context: &Context<'_>, place: &Place, when: When) -> Option<Vec<String>> {
    let day = when.day.filter(|day| *day != Day::Now)?;
    if place.state(context.pack, &context.now) == State::Unknown {
        return None;
    }
    let dates = dates(context, day)?;
    (dates.len() <= MOST).then(|| {
        let line = |date| match when.time {
            Some(time) => time_line(context, place, date, time),
            None => day_line(context, place, date),
        };
        dates.into_iter().map(line).collect()
    })
}

/// The days meant, and one more than are told where there are too many.
fn dates(context: &Context<'_>, day: Day) -> Option<Vec<Date>> {
    let dates = day.dates(context.now.date())?;
    let all = dates.start().series(1.day()).take_while(|date| date <= dates.end());
    Some(all.take(MOST + 1).collect())
}

/// The days and times that [`lines`] may tell.
pub(super) fn calendar(context: &Context<'_>, place: &Place, when: When) -> Vec<String> {
    let dates = when.day.and_then(|day| dates(context, day)).unwrap_or_default();
    let told = |date| [context.day(date), context.times(&place.on_day(context.pack, date).open)];
    let asked = when.time.map(|time| context.clock(time.minutes().0));
    dates.into_iter().flat_map(told).chain(asked).collect()
}

/// Whether it is open at a time of the day, and else when on that day.
fn time_line(context: &Context<'_>, place: &Place, date: Date, time: TimeOfDay) -> String {
    let hours = place.on_day(context.pack, date).open;
    if hours.is_empty() {
        return day_line(context, place, date);
    }
    let (from, to) = time.minutes();
    let open: Vec<_> = hours.iter().copied().filter(|(a, b)| *a < to && from < *b).collect();
    let clock = matches!(time, TimeOfDay::At { .. });
    let told = context.times(if open.is_empty() { &hours } else { &open });
    let until = open.first().map_or(String::new(), |(_, until)| context.clock(*until));
    let phrase = match (clock, open.is_empty()) {
        (true, false) => "at-open",
        (true, true) => "at-closed",
        (false, false) => "part-open",
        (false, true) => "part-closed",
    };
    let part = match time {
        TimeOfDay::At { .. } => context.clock(from),
        TimeOfDay::Morning => context.say("part-morning", &[]),
        TimeOfDay::Noon => context.say("part-noon", &[]),
        TimeOfDay::Afternoon => context.say("part-afternoon", &[]),
        TimeOfDay::Evening => context.say("part-evening", &[]),
        TimeOfDay::Night => context.say("part-night", &[]),
    };
    let args = [
        ("date", &*context.day(date)),
        ("time", &part),
        ("place", context.place_name(place)),
        ("hours", &told),
        ("until", &until),
    ];
    context.say(phrase, &args)
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
