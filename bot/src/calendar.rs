//! Days and times, as people say them.

use jiff::{Zoned, civil::Date};

use crate::mind::Context;

impl Context<'_> {
    /// A day with its weekday; with its year only when that is another than this.
    pub(crate) fn day(&self, date: Date) -> String {
        let weekday = self.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()), &[]);
        let month = self.say(&format!("month-{}", date.month()), &[]);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let phrase = if date.year() == self.now.year() { "date-in-year" } else { "date-with-year" };
        self.say(
            phrase,
            &[("weekday", &weekday), ("day", &day), ("month", &month), ("year", &year)],
        )
    }

    /// A day of any year.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.say(&format!("month-{}", date.month()), &[]);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.say("date-full", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// A time of day. Midnight at the end of a day is said as 24:00.
    pub(crate) fn time(&self, at: &Zoned) -> String {
        match (at.hour(), at.minute()) {
            (0, 0) => "24:00".to_owned(),
            (hour, minute) => format!("{hour}:{minute:02}"),
        }
    }

    /// Opening times of a day, e.g. "9:00 to 11:30, 13:00 to 17:00"; minutes since midnight.
    pub(crate) fn times(&self, open: &[(u16, u16)]) -> String {
        let ranges = open.iter().map(|(from, to)| {
            self.say("time-range", &[("from", &self.clock(*from)), ("to", &self.clock(*to))])
        });
        ranges.collect::<Vec<_>>().join(&self.say("list-join", &[]))
    }

    /// A time of day in minutes since midnight.
    pub(crate) fn clock(&self, minutes: u16) -> String {
        format!("{}:{:02}", minutes / 60, minutes % 60)
    }
}
