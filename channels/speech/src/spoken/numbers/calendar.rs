//! Days, years and times of day.

use jiff::civil::Date;
use knowledge::{
    fact::{Tongue, chinese as zh, english as en, say_date},
    hours::{say_span, say_time},
};
use regex::Captures;

use super::{Rule, length, part};
use crate::spoken::{near::Near, say};

macro_rules! month {
    () => {
        r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
    };
}
macro_rules! time {
    () => {
        r"(\d{1,2})[:：]([0-5]\d)(?:[:：][0-5]\d)?(?:\s*([aApP])\.?[mM]\b\.?)?"
    };
}

pub(super) const RULES: &[Rule] = &[
    (r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", |f, n| full_date(f, n, [1, 2, 3])),
    (r"^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]", |f, n| full_date(f, n, [1, 2, 3])),
    (r"^(\d{4})\s*年\s*(\d{1,2})\s*月", year_and_month),
    (r"^(\d{4})\s*[-–—~～至到]\s*(\d{4})\s*(?:年|学年)", years),
    (r"^([12][0-9]\d\d)\s*年", |f, n| {
        let year = say::year(part(f, 1), n.tongue);
        Some(if n.tongue == Tongue::Chinese { format!("{year}年") } else { year })
    }),
    (r"^(\d{1,2})\s*月\s*(\d{1,2})\s*([日号])", month_and_day),
    (concat!(r"^(\d{1,2})\s*(and|or|to|until|[-–—])\s*(\d{1,2})\s+", month!()), two_days),
    (concat!(r"^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?", month!(), r",?\s+(\d{4})\b"), |f, n| {
        full_date(f, n, [3, 2, 1])
    }),
    (concat!(r"^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?", month!()), |f, n| {
        day_of(part(f, 2), part(f, 1), n)
    }),
    (concat!("^", month!(), r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"), |f, n| {
        full_date(f, n, [3, 1, 2])
    }),
    (concat!("^", month!(), r"\s+(\d{4})\b"), |f, n| {
        let (month, year) = (month_of(part(f, 1))?, say::year(part(f, 2), n.tongue));
        Some(match n.tongue {
            Tongue::Chinese => format!("{year}年{}月", zh::cardinal(u64::from(month))),
            _ => format!("{} {year}", MONTHS[usize::from(month) - 1]),
        })
    }),
    (concat!("^", month!(), r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b"), |f, n| {
        day_of(part(f, 1), part(f, 2), n)
    }),
    (concat!("^", time!(), r"\s*(?:[-–—~～至到]|to|until)\s*", time!()), span),
    (concat!("^", time!()), time),
    (r"^(\d{1,2})\s*([aApP])\.?[mM]\b\.?", |f, n| {
        let said = said_time(minutes(part(f, 1), "0", part(f, 2))?, n)?;
        Some(said + stop(f, n))
    }),
    (r"^(\d+)(?:st|nd|rd|th)\b", |f, n| {
        let value: u64 = part(f, 1).parse().ok().filter(|_| part(f, 1).len() <= 6)?;
        Some(match n.tongue {
            Tongue::Chinese => format!("第{}", zh::cardinal(value)),
            _ => en::ordinal(value),
        })
    }),
    (r"^((?:19|20)\d\d)\b", bare_year),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month from 1, by number or by the beginning of its English name.
fn month_of(written: &str) -> Option<u8> {
    if let Ok(number) = written.parse::<u8>() {
        return Some(number).filter(|number| (1..=12).contains(number));
    }
    let three = written.get(..3)?;
    let at = MONTHS.iter().position(|name| name.starts_with(three))?;
    u8::try_from(at + 1).ok()
}

fn full_date(
    found: &Captures<'_>,
    near: &Near<'_>,
    [year, month, day]: [usize; 3],
) -> Option<String> {
    let month = i8::try_from(month_of(part(found, month))?).ok()?;
    let (year, day) = (part(found, year).parse().ok()?, part(found, day).parse().ok()?);
    let said = say_date(Date::new(year, month, day).ok()?, near.tongue);
    Some(after_article(&said, near))
}

/// Without "the" where the sentence has it already.
fn after_article(said: &str, near: &Near<'_>) -> String {
    let has = near.before.trim_end().to_lowercase().ends_with("the");
    said.strip_prefix("the ").filter(|_| has).unwrap_or(said).to_owned()
}

fn year_and_month(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let (year, month) = (say::year(part(found, 1), near.tongue), month_of(part(found, 2))?);
    Some(match near.tongue {
        Tongue::Chinese => format!("{year}年{}月", zh::cardinal(u64::from(month))),
        _ => format!("{} {year}", MONTHS[usize::from(month) - 1]),
    })
}

fn years(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let (from, to) =
        (say::year(part(found, 1), near.tongue), say::year(part(found, 2), near.tongue));
    let unit = if part(found, 0).ends_with("学年") { "学年" } else { "年" };
    Some(match near.tongue {
        Tongue::Chinese => format!("{from}到{to}{unit}"),
        _ => format!("{from} to {to}"),
    })
}

fn month_and_day(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let (month, day) = (month_of(part(found, 1))?, part(found, 2).parse::<u64>().ok()?);
    Some(match near.tongue {
        Tongue::Chinese => {
            let (month, unit) = (zh::cardinal(u64::from(month)), part(found, 3));
            format!("{month}月{}{unit}", zh::cardinal(day))
        }
        _ => day_in_english(month, day, near),
    })
}

/// "5 and 6 February".
fn two_days(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let (month, word) = (month_of(part(found, 4))?, part(found, 2));
    let day = |at| part(found, at).parse::<u64>().ok().filter(|day| (1..=31).contains(day));
    let (first, last) = (day(1)?, day(3)?);
    Some(match near.tongue {
        Tongue::Chinese => {
            let word = if matches!(word, "and" | "or") { "和" } else { "到" };
            let (month, first) = (zh::cardinal(u64::from(month)), zh::cardinal(first));
            format!("{month}月{first}日{word}{}日", zh::cardinal(last))
        }
        _ => {
            let word = if word.is_ascii() && word != "-" { word } else { "to" };
            let first = after_article(&format!("the {}", en::ordinal(first)), near);
            format!("{first} {word} {}", day_in_english(month, last, near))
        }
    })
}

fn day_of(month: &str, day: &str, near: &Near<'_>) -> Option<String> {
    let (month, day) = (month_of(month)?, day.parse::<u64>().ok()?);
    let valid = (1..=31).contains(&day);
    valid.then(|| match near.tongue {
        Tongue::Chinese => format!("{}月{}日", zh::cardinal(u64::from(month)), zh::cardinal(day)),
        _ => day_in_english(month, day, near),
    })
}

fn day_in_english(month: u8, day: u64, near: &Near<'_>) -> String {
    let name = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    after_article(&format!("the {} of {name}", en::ordinal(day)), near)
}

/// Minutes from midnight, if there is such a time.
fn minutes(hour: &str, minute: &str, half: &str) -> Option<u16> {
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match (half, hour) {
        ("p" | "P", 1..=11) => hour + 12,
        ("a" | "A", 12) => 0,
        _ => hour,
    };
    (hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

/// Parts of the day that a sentence may have named already, and whether the clock starts anew.
const AFTERNOON: [&str; 5] = ["下午", "晚上", "傍晚", "夜里", "晚"];

fn said_time(minute: u16, near: &Near<'_>) -> Option<String> {
    let before = near.before.trim_end();
    let late = AFTERNOON.iter().any(|part| before.ends_with(part)) && minute < 720;
    let said = say_time(if late { minute + 720 } else { minute }, near.tongue);
    Some(without_part(&said, before).to_owned())
}

/// Without the part of the day where the sentence has named one.
fn without_part<'a>(said: &'a str, before: &str) -> &'a str {
    const PARTS: [&str; 7] = ["凌晨", "上午", "中午", "下午", "晚上", "早上", "每晚"];
    let named = PARTS.iter().chain(&AFTERNOON).any(|part| before.ends_with(part));
    let part = PARTS.iter().find(|part| said.starts_with(**part));
    part.filter(|_| named).map_or(said, |part| &said[part.len()..])
}

fn time(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let said = said_time(minutes(part(found, 1), part(found, 2), part(found, 3))?, near)?;
    Some(said + stop(found, near))
}

fn span(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let from = minutes(part(found, 1), part(found, 2), part(found, 3))?;
    let to = minutes(part(found, 4), part(found, 5), part(found, 6))?;
    let before = near.before.trim_end();
    let late = AFTERNOON.iter().any(|part| before.ends_with(part)) && from < 720 && to < 720;
    let later = if late { 720 } else { 0 };
    let said = say_span(from + later, to + later, near.tongue);
    Some(without_part(&said, before).to_owned() + stop(found, near))
}

/// The full stop of "p.m." is a sentence's own where a sentence ends.
fn stop(found: &Captures<'_>, near: &Near<'_>) -> &'static str {
    let after = near.after(length(found)).chars().next();
    let ends = after.is_none_or(|c| c.is_uppercase() || c == '\n');
    if ends && part(found, 0).ends_with('.') { "." } else { "" }
}

/// A year that stands alone: in English most numbers of this size are years.
fn bare_year(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let after = near.after(length(found));
    let unit = ["yuan", "people", "m ", "km", "metres", "CNY"].iter().any(|u| after.starts_with(u));
    let digits = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let amount = unit || after.strip_prefix([',', '.']).is_some_and(digits);
    let year = near.tongue == Tongue::English && !amount && !near.is_code() && !near.is_dialled();
    year.then(|| say::year(part(found, 1), near.tongue))
}
