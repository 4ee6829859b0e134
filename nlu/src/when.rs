//! Days and times of day as people name them: "下周三上午", "next Friday at 3 pm". Which date that
//! is depends on the clock, which this crate does not have: a [`When`] is relative until somebody
//! hands in the day to count from.

mod dates;
mod days;
mod times;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::entity::{Entity, Kind};

/// A day, a time of day, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The time of day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeOfDay>,
}

/// A day, or some days, as people name them. Weeks begin on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Day {
    /// This very moment.
    Now,
    /// So many days from today; before it, if negative.
    After(i16),
    /// The same day of the month, so many months from today.
    AfterMonths(i16),
    /// The next such weekday, today included; 1 is Monday, 7 Sunday.
    Weekday(u8),
    /// The weekday of the week that is so many weeks from this one.
    WeekdayOf {
        /// 0 is this week.
        week: i8,
        /// 1 is Monday, 7 Sunday.
        weekday: u8,
    },
    /// Saturday and Sunday next.
    Weekend,
    /// Saturday and Sunday of the week that is so many weeks from this one.
    WeekendOf(i8),
    /// A whole week, counted from this one.
    Week(i8),
    /// A whole month, counted from this one.
    Month(i8),
    /// The last day of a month, counted from this one.
    EndOfMonth(i8),
    /// The first day of a month, counted from this one.
    StartOfMonth(i8),
    /// The next such day of a month.
    DayOfMonth(u8),
    /// A date; without a year, of this or the next one.
    Date {
        /// The year, if it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<i16>,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeOfDay {
    /// By the clock.
    At {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: u8,
    },
    /// Before noon.
    Morning,
    /// Around noon.
    Noon,
    /// After noon.
    Afternoon,
    /// After work.
    Evening,
    /// When most people sleep.
    Night,
}

impl TimeOfDay {
    /// From and to, in minutes since midnight. What is said by the clock lasts a minute.
    pub fn minutes(self) -> (u16, u16) {
        match self {
            TimeOfDay::At { hour, minute } => {
                let at = u16::from(hour) * 60 + u16::from(minute);
                (at, at + 1)
            }
            TimeOfDay::Morning => (6 * 60, 12 * 60),
            TimeOfDay::Noon => (11 * 60 + 30, 13 * 60),
            TimeOfDay::Afternoon => (12 * 60, 18 * 60),
            TimeOfDay::Evening => (18 * 60, 22 * 60),
            TimeOfDay::Night => (22 * 60, 24 * 60),
        }
    }
}

/// Every day and time named in a folded text, in order. A day and the time beside it are one.
pub fn find(folded: &str) -> Vec<Entity> {
    let mut parts = days::find(folded);
    parts.extend(times::find(folded));
    parts.sort_by_key(|(span, _)| span.start);
    let mut found: Vec<(Range<usize>, When)> = Vec::new();
    for (span, when) in parts {
        let Some((last, before)) = found.last_mut() else {
            found.push((span, when));
            continue;
        };
        // "今晚七点" is 今晚 and 晚七点.
        let overlap = span.start < last.end;
        let beside = overlap || JOINTS.contains(&&folded[last.end..span.start]);
        match joined(*before, when).filter(|_| beside) {
            Some(both) => {
                *before = both;
                last.end = last.end.max(span.end);
            }
            None if overlap => {}
            None => found.push((span, when)),
        }
    }
    let entity = |(span, when)| Entity::of(Kind::When(when), span, folded);
    found.into_iter().map(entity).collect()
}

/// What a question about opening hours names among its entities: the day and the time of it.
pub(crate) fn named(folded: &str, entities: &[Entity]) -> When {
    let whens = || {
        entities.iter().filter_map(|entity| match entity.kind {
            Kind::When(when) => Some(when),
            _ => None,
        })
    };
    let dated = whens().find(|when| when.day.is_some_and(|day| day != Day::Now));
    let timed = || whens().find(|when| when.time.is_some());
    let mut when = dated.or_else(timed).or_else(|| whens().next());
    // "Still open" means now, though it names no day.
    let still = when.is_none() && ["还开", "still open"].iter().any(|word| folded.contains(word));
    if still {
        when = Some(When { day: Some(Day::Now), time: None });
    }
    when.unwrap_or(When { day: None, time: None })
}

/// What may stand between a day and its time.
const JOINTS: [&str; 14] = [
    "", " ", "的", ", ", ",", " at ", " on ", " in the ", " the ", " around ", " by ", " of ", "(",
    " on the ",
];

/// Two parts as one: at most one of them names a day, and their times agree.
fn joined(a: When, b: When) -> Option<When> {
    let time = match (a.time, b.time) {
        (Some(TimeOfDay::At { hour, minute }), Some(part))
        | (Some(part), Some(TimeOfDay::At { hour, minute })) => times::within(part, hour, minute)?,
        (Some(_), Some(_)) => return None,
        (time, None) | (None, time) => time?,
    };
    let day = match (a.day, b.day) {
        (Some(_), Some(_)) => return None,
        (day, None) | (None, day) => day,
    };
    Some(When { day, time: Some(time) })
}
