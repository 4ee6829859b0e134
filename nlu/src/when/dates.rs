//! Which dates a day means, counted from a day that is handed in.

use std::ops::RangeInclusive;

use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

use super::Day;

impl Day {
    /// The dates that are meant, first to last. Nothing for a date that no calendar has.
    pub fn dates(self, today: Date) -> Option<RangeInclusive<Date>> {
        let one = |date: Option<Date>| date.map(|date| date..=date);
        let plus = |span: Span| today.checked_add(span).ok();
        let monday = |week: i8| {
            let days = i64::from(today.weekday().to_monday_zero_offset());
            plus((i64::from(week) * 7 - days).days())
        };
        let days =
            |from: Option<Date>, more: i64| Some(from?..=from?.checked_add(more.days()).ok()?);
        let first = |months: i8| plus(i64::from(months).months()).map(Date::first_of_month);
        match self {
            Day::Now => one(Some(today)),
            Day::After(days) => one(plus(i64::from(days).days())),
            Day::AfterMonths(months) => one(plus(i64::from(months).months())),
            Day::Weekday(weekday) => one(next(today, weekday)),
            Day::WeekdayOf { week, weekday } => {
                let days = i64::from(weekday.clamp(1, 7)) - 1;
                one(monday(week).and_then(|monday| monday.checked_add(days.days()).ok()))
            }
            // On a Sunday the weekend is half over, and still the one meant.
            Day::Weekend if today.weekday() == Weekday::Sunday => one(Some(today)),
            Day::Weekend => days(next(today, 6), 1),
            Day::WeekendOf(week) => {
                days(monday(week).and_then(|monday| monday.checked_add(5.days()).ok()), 1)
            }
            Day::Week(week) => days(monday(week), 6),
            Day::Month(month) => first(month).map(|first| first..=first.last_of_month()),
            Day::EndOfMonth(month) => one(first(month).map(Date::last_of_month)),
            Day::StartOfMonth(month) => one(first(month)),
            Day::DayOfMonth(day) => one((0..12).find_map(|month| {
                let first = first(month)?;
                let date = Date::new(first.year(), first.month(), i8::try_from(day).ok()?);
                date.ok().filter(|date| *date >= today)
            })),
            Day::Date { year, month, day } => {
                let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
                // Up to eight years lie between two 29ths of February.
                let years = year.map_or(today.year()..=today.year().saturating_add(8), |y| y..=y);
                one(years
                    .filter_map(|year| Date::new(year, month, day).ok())
                    .find(|date| year.is_some() || *date >= today))
            }
        }
    }
}

fn next(today: Date, weekday: u8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    today.checked_add(i64::from(today.weekday().until(weekday)).days()).ok()
}
