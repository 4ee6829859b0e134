//! Places and their hours: whether one is open now, until when, and when it opens next.
//! Time is a parameter. Ends at facts; `hours::lines` puts them into words.

pub(crate) mod days;
mod help;
mod lines;

use jiff::{
    SignedDuration, Span, Timestamp, Zoned,
    civil::{Date, Weekday},
};

pub use days::Days;
pub(crate) use days::weekday;
pub use help::{Help, HelpKind};
pub use lines::{say_span, say_time};

use crate::pack::{Holiday, Pack, Text};

/// How many days ahead the next opening is looked for.
const HORIZON: i32 = 30;
/// How far back opening times are counted.
const MONTH: SignedDuration = SignedDuration::from_hours(31 * 24);
/// A place that is open without a break for so many days is taken to be open always.
const LONGEST: usize = 400;

/// Where people go.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its key in `Pack::places`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What else people call it, in any language.
    pub also: Vec<String>,
    /// Street and number.
    pub address: Option<Text>,
    /// Its telephone.
    pub telephone: Option<String>,
    /// How to get there.
    pub way: Option<Text>,
    /// When it is open; unknown, if empty.
    pub hours: Vec<Hours>,
    /// Whether it closes on the pack's holidays. Such a place also keeps make-up workdays.
    pub closed_on_holidays: bool,
    /// Single days on which it is closed.
    pub closed_dates: Vec<Date>,
    /// Help on the spot.
    pub help: Vec<Help>,
    /// Latitude and longitude in degrees.
    pub location: Option<(f64, f64)>,
}

/// The same opening times on some days of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// On which days.
    pub days: Days,
    /// From and to, in minutes since midnight (0 to 1440), in order; gaps are breaks.
    pub open: Vec<(u16, u16)>,
}

/// How a place stands at a moment.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Open, and closing then.
    Open {
        /// The first moment at which it is no longer open.
        until: Zoned,
    },
    /// Not open.
    ClosedNow {
        /// Why.
        reason: Closed,
        /// When it opens next; none within thirty days, if none.
        opens: Option<Zoned>,
    },
    /// The pack gives no hours.
    Unknown,
    /// It never closes.
    Always,
}

/// Why a place is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// A break between two opening times of the day.
    Lunch,
    /// The day's last opening time is over.
    AfterHours,
    /// The day's first opening time is to come.
    BeforeOpening,
    /// It has no hours on this day of the week.
    Weekend,
    /// A public holiday, by name.
    Holiday(Text),
    /// One of the place's own closing days.
    ClosedDate,
}

/// A place's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day<'a> {
    /// From and to, in minutes since midnight, in order, never touching.
    pub open: Vec<(u16, u16)>,
    /// The holiday for which it is closed.
    pub holiday: Option<&'a Holiday>,
    /// Whether it is closed for one of its own closing days.
    pub closed_date: bool,
    /// The weekday whose hours it keeps instead of its own.
    pub workday: Option<Weekday>,
}

impl Place {
    /// A day's opening times, with holidays, closing days and make-up workdays looked up.
    /// A make-up workday within a holiday is worked.
    pub fn on_day<'a>(&self, pack: &'a Pack, date: Date) -> Day<'a> {
        let mut day = Day { open: Vec::new(), holiday: None, closed_date: false, workday: None };
        if self.closed_dates.contains(&date) {
            day.closed_date = true;
            return day;
        }
        if self.closed_on_holidays {
            day.workday = pack.workdays.iter().find(|w| w.date == date).map(|w| w.like);
            if day.workday.is_none() {
                day.holiday = pack.holidays.iter().find(|h| h.from <= date && date <= h.to);
            }
        }
        if day.holiday.is_none() {
            day.open = self.on_weekday(day.workday.unwrap_or(date.weekday()));
        }
        day
    }

    /// How the place stands at a moment, on the pack's clock.
    pub fn state(&self, pack: &Pack, now: &Zoned) -> State {
        if self.hours.iter().all(|hours| hours.open.is_empty()) {
            return State::Unknown;
        }
        if self.never_closes() {
            return State::Always;
        }
        let now = now.with_time_zone(pack.time_zone.clone());
        let mut spans = self.spans(pack, now.date());
        let Some((from, mut until)) = spans.find(|(_, to)| now < *to) else {
            return State::ClosedNow { reason: self.reason(pack, &now), opens: None };
        };
        if from > now {
            let near = now.date().saturating_add(Span::new().days(HORIZON));
            let opens = (from.date() <= near).then_some(from);
            return State::ClosedNow { reason: self.reason(pack, &now), opens };
        }
        for (from, to) in spans {
            if from > until {
                return State::Open { until };
            }
            until = to;
        }
        State::Always
    }

    /// How long the place was open between two moments; all of it where no hours are published. What
    /// lies more than a month back is not counted.
    pub fn open_between(&self, pack: &Pack, from: Timestamp, to: Timestamp) -> SignedDuration {
        let from = from.max(to.saturating_sub(MONTH).unwrap_or(from));
        if self.hours.iter().all(|hours| hours.open.is_empty()) {
            return to.duration_since(from).max(SignedDuration::ZERO);
        }
        // The span of the day before may reach past midnight.
        let first = from.to_zoned(pack.time_zone.clone()).date();
        self.spans(pack, first.yesterday().unwrap_or(first))
            .map(|(opens, closes)| (opens.timestamp(), closes.timestamp()))
            .take_while(|(opens, _)| *opens < to)
            .map(|(opens, closes)| closes.min(to).duration_since(opens.max(from)))
            .map(|open| open.max(SignedDuration::ZERO))
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    fn never_closes(&self) -> bool {
        !self.closed_on_holidays
            && self.closed_dates.is_empty()
            && Days::WEEK.iter().all(|day| self.on_weekday(*day) == [(0, 1440)])
    }

    fn on_weekday(&self, weekday: Weekday) -> Vec<(u16, u16)> {
        let kept = self.hours.iter().filter(|hours| hours.days.contains(weekday));
        let mut open: Vec<(u16, u16)> =
            kept.flat_map(|hours| hours.open.iter().copied()).filter(|(a, b)| a < b).collect();
        open.sort_unstable();
        open.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        open
    }

    /// All opening times from a day on, as moments, in order, for a little over a year.
    fn spans<'a>(
        &'a self,
        pack: &'a Pack,
        first: Date,
    ) -> impl Iterator<Item = (Zoned, Zoned)> + use<'a> {
        let days = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        days.take(LONGEST)
            .flat_map(move |date| {
                let open = self.on_day(pack, date).open;
                open.into_iter().filter_map(move |(from, to)| {
                    Some((moment(pack, date, from)?, moment(pack, date, to)?))
                })
            })
            .filter(|(from, to)| from < to)
    }

    fn reason(&self, pack: &Pack, now: &Zoned) -> Closed {
        let day = self.on_day(pack, now.date());
        if day.closed_date {
            return Closed::ClosedDate;
        }
        if let Some(holiday) = day.holiday {
            return Closed::Holiday(holiday.name.clone());
        }
        let (Some(first), Some(last)) = (day.open.first(), day.open.last()) else {
            return Closed::Weekend;
        };
        let before = |minute| moment(pack, now.date(), minute).is_some_and(|at| *now < at);
        match (before(first.0), before(last.0)) {
            (true, _) => Closed::BeforeOpening,
            (false, true) => Closed::Lunch,
            (false, false) => Closed::AfterHours,
        }
    }
}

/// A minute of a day as a moment; 1440 is the next midnight.
fn moment(pack: &Pack, date: Date, minute: u16) -> Option<Zoned> {
    let (date, minute) = if minute >= 1440 { (date.tomorrow().ok()?, 0) } else { (date, minute) };
    let hour = i8::try_from(minute / 60).ok()?;
    let minute = i8::try_from(minute % 60).ok()?;
    date.at(hour, minute, 0, 0).to_zoned(pack.time_zone.clone()).ok()
}

#[cfg(test)]
mod tests;
