//! A set of weekdays, as a pack writes it: `Mon-Fri`, `Mon,Wed`, `Sat`.

use jiff::civil::Weekday;

/// Some days of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days(u8);

impl Days {
    /// The week from Monday.
    pub const WEEK: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Whether a day is among them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// With one day more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | bit(day))
    }

    /// In order from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Self::WEEK.into_iter().filter(move |day| self.contains(*day))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// From `Mon-Fri`, `Mon,Wed,Fri` or `Sat`; ranges may run over Sunday.
    pub fn parse(text: &str) -> Option<Self> {
        let mut days = Self::default();
        for part in text.split([',', '，', '、']) {
            let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (mut day, last) = (weekday(from)?, weekday(to)?);
            days = days.with(day);
            while day != last {
                day = day.next();
                days = days.with(day);
            }
        }
        Some(days)
    }

    /// Runs of neighbouring days, first and last of each.
    pub(crate) fn runs(self) -> Vec<(Weekday, Weekday)> {
        let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
        for day in self.iter() {
            match runs.last_mut() {
                Some(run) if run.1.next() == day => run.1 = day,
                _ => runs.push((day, day)),
            }
        }
        runs
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

/// A weekday from its English name or the first three letters of it.
pub(crate) fn weekday(text: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let text = text.trim().to_lowercase();
    let at = NAMES.iter().position(|name| *name == text || name[..3] == text)?;
    Some(Days::WEEK[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_a_pack_writes_them() {
        let count = |text| Days::parse(text).map(|days| days.iter().count());
        assert_eq!(count("Mon-Fri"), Some(5));
        assert_eq!(count("Mon,Wed, Fri"), Some(3));
        assert_eq!(count("sat"), Some(1));
        assert_eq!(count("Sat-Mon"), Some(3));
        assert_eq!(count("Mon-Sun"), Some(7));
        for bad in ["", "Mo", "Mon-", "Mon,,Tue", "Funday", "Mon–Fri–Sun"] {
            assert_eq!(count(bad), None, "{bad}");
        }
    }

    #[test]
    fn neighbouring_days_run_together() {
        let runs = |text| Days::parse(text).map(|days| days.runs().len());
        assert_eq!(runs("Mon-Fri,Sun"), Some(2));
        assert_eq!(runs("Mon,Wed"), Some(2));
    }
}
