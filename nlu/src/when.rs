//! The day that a question about opening hours is about. Which date that is depends on the clock,
//! which this crate does not have: a [`Day`] is relative until somebody places it.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// A day as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Day {
    /// This very moment.
    Now,
    /// So many days from today.
    After(u8),
    /// The next such weekday; 1 is Monday, 7 Sunday.
    Weekday(u8),
    /// Saturday and Sunday next.
    Weekend,
    /// A date of this or the next year.
    Date {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(\d{1,2}|三十[一]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])[日号]?")
        .expect("the pattern is tested")
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{1,2})(?:st|nd|rd|th)?)\b")
        .expect("the pattern is tested")
});

const WORDS: &[(&str, Day)] = &[
    ("大后天", Day::After(3)),
    ("后天", Day::After(2)),
    ("the day after tomorrow", Day::After(2)),
    ("明天", Day::After(1)),
    ("明早", Day::After(1)),
    ("tomorrow", Day::After(1)),
    ("今天", Day::After(0)),
    ("today", Day::After(0)),
    ("周末", Day::Weekend),
    ("weekend", Day::Weekend),
    ("现在", Day::Now),
    ("这会儿", Day::Now),
    ("now", Day::Now),
    ("still open", Day::Now),
    ("还开", Day::Now),
];
const WEEKDAYS: [(&str, &str); 7] = [
    ("一", "monday"),
    ("二", "tuesday"),
    ("三", "wednesday"),
    ("四", "thursday"),
    ("五", "friday"),
    ("六", "saturday"),
    ("日", "sunday"),
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day named in a folded text, if one is.
pub fn day(folded: &str) -> Option<Day> {
    date(folded)
        .or_else(|| weekday(folded))
        .or_else(|| WORDS.iter().find(|(word, _)| folded.contains(word)).map(|(_, day)| *day))
}

fn date(folded: &str) -> Option<Day> {
    if let Some(hit) = NUMERIC.captures(folded) {
        return valid(number(&hit[1])?, number(&hit[2])?);
    }
    let hit = ENGLISH.captures(folded)?;
    let name = hit.get(2).or(hit.get(3))?.as_str();
    let day = hit.get(1).or(hit.get(4))?.as_str();
    let month = MONTHS.iter().position(|m| *m == name)? + 1;
    valid(u8::try_from(month).ok()?, number(day)?)
}

fn valid(month: u8, day: u8) -> Option<Day> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Day::Date { month, day })
}

/// A number up to 39 in Arabic or Chinese numerals.
fn number(text: &str) -> Option<u8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|p| p as u8 + 1);
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            Some(tens * 10 + ones.chars().next().map_or(Some(0), digit)?)
        }
        None => digit(text.chars().next()?),
    }
}

fn weekday(folded: &str) -> Option<Day> {
    let found = WEEKDAYS.iter().position(|(han, english)| {
        let chinese = ["周", "星期", "礼拜"].iter().any(|week| {
            folded.contains(&format!("{week}{han}"))
                || *han == "日" && folded.contains(&format!("{week}天"))
        });
        chinese
            || crate::place_names::has_word(folded, english)
            || crate::place_names::has_word(folded, &format!("{english}s"))
    })?;
    u8::try_from(found + 1).ok().map(Day::Weekday)
}

#[cfg(test)]
mod tests {
    use super::{Day::*, day};

    #[test]
    fn days_are_named_in_both_languages() {
        assert_eq!(day("明天开门吗"), Some(After(1)));
        assert_eq!(day("星期天上班吗"), Some(Weekday(7)));
        assert_eq!(day("10月1号开门吗"), Some(Date { month: 10, day: 1 }));
        assert_eq!(day("十月一日"), Some(Date { month: 10, day: 1 }));
        assert_eq!(day("十二月二十五"), Some(Date { month: 12, day: 25 }));
        assert_eq!(day("open on 1 october"), Some(Date { month: 10, day: 1 }));
        assert_eq!(day("open on october 1st"), Some(Date { month: 10, day: 1 }));
        assert_eq!(day("open on saturday"), Some(Weekday(6)));
        assert_eq!(day("is it open now"), Some(Now));
        assert_eq!(day("13月40日"), None);
        assert_eq!(day("residence permit"), None);
    }
}
