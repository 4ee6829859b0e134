//! Hours and help in words, for a page, a message and a voice, in Chinese and English.

use jiff::civil::Weekday;
use nlu::LanguageIdentifier;

use super::{Hours, Place};
use crate::{
    fact::{Mouth, Tongue, chinese, english, join},
    pack::Pack,
};

impl Place {
    /// One line for each row of hours, then when it is closed: "周一至周五 9:00–11:30，13:00–17:00".
    pub fn hours_lines(
        &self,
        pack: &Pack,
        language: &LanguageIdentifier,
        mouth: Mouth,
    ) -> Vec<String> {
        let tongue = Tongue::of(language);
        let rows = self.hours.iter().filter(|row| !row.open.is_empty() && !row.days.is_empty());
        let mut lines: Vec<String> = rows.map(|row| row_line(row, tongue, mouth)).collect();
        if self.closed_on_holidays && !lines.is_empty() && !pack.holidays.is_empty() {
            lines.push(match tongue {
                Tongue::Chinese => "法定节假日休息".to_owned(),
                _ => "Closed on public holidays".to_owned(),
            });
        }
        lines
    }

    /// One line for each kind of help: "手语服务（周三）" / "Sign language (Wednesday)".
    pub fn help_lines(&self, language: &LanguageIdentifier, mouth: Mouth) -> Vec<String> {
        let tongue = Tongue::of(language);
        let line = |help: &super::Help| match (tongue, help.day, mouth) {
            (Tongue::Chinese, None, _) => help.kind.chinese().to_owned(),
            (Tongue::Chinese, Some(day), Mouth::Speech) => {
                format!("{}有{}", day_name(day, tongue), help.kind.chinese())
            }
            (Tongue::Chinese, Some(day), _) => {
                format!("{}（{}）", help.kind.chinese(), day_name(day, tongue))
            }
            (_, None, _) => capital(help.kind.english()),
            (_, Some(day), Mouth::Speech) => {
                format!("{} on {}", capital(help.kind.english()), day_name(day, tongue))
            }
            (_, Some(day), _) => {
                format!("{} ({})", capital(help.kind.english()), day_name(day, tongue))
            }
        };
        self.help.iter().map(line).collect()
    }
}

fn row_line(row: &Hours, tongue: Tongue, mouth: Mouth) -> String {
    let days = days_name(row, tongue);
    if row.open == [(0, 1440)] {
        return match (tongue, mouth) {
            (Tongue::Chinese, Mouth::Speech) => format!("{days}二十四小时开放"),
            (Tongue::Chinese, _) => format!("{days} 24 小时开放"),
            (Tongue::English, Mouth::Speech) => format!("{days}, open twenty-four hours"),
            _ => format!("{days}: open 24 hours"),
        };
    }
    let spans: Vec<String> =
        row.open.iter().map(|(from, to)| span(*from, *to, tongue, mouth)).collect();
    match (tongue, mouth) {
        (Tongue::Chinese, Mouth::Speech) => format!("{days}，{}", spans.join("，")),
        (Tongue::Chinese, _) => format!("{days} {}", spans.join("，")),
        (_, Mouth::Speech) => format!("{days}, {}", join(&spans, tongue)),
        _ => format!("{days} {}", spans.join(", ")),
    }
}

/// From one time of day to another, in minutes from midnight, as a voice says it.
pub fn say_span(from: u16, to: u16, tongue: Tongue) -> String {
    span(from, to, tongue, Mouth::Speech)
}

/// A time of day, in minutes from midnight, as a voice says it: 下午一点半, "noon".
pub fn say_time(minute: u16, tongue: Tongue) -> String {
    match tongue {
        Tongue::Chinese => format!("{}{}", part_of_day(minute), chinese_clock(minute)),
        _ => english_clock(minute).trim_end().to_owned(),
    }
}

fn span(from: u16, to: u16, tongue: Tongue, mouth: Mouth) -> String {
    match (tongue, mouth) {
        (Tongue::Chinese, Mouth::Speech) => {
            let (part_from, part_to) = (part_of_day(from), part_of_day(to));
            let again = if part_from == part_to { "" } else { part_to };
            format!("{part_from}{}到{again}{}", chinese_clock(from), chinese_clock(to))
        }
        (Tongue::Chinese, _) => format!("{}–{}", clock(from), clock(to)),
        (Tongue::English, Mouth::Speech) => {
            let (first, last) = (english_clock(from), english_clock(to));
            let shorter = match (english_part(from), english_part(to)) {
                (Some(one), Some(other)) if one == other => first.strip_suffix(one),
                _ => None,
            };
            format!("{} to {last}", shorter.unwrap_or(&first).trim_end())
        }
        _ => format!("{} to {}", clock(from), clock(to)),
    }
}

/// 9:00, 24:00.
fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

fn part_of_day(minute: u16) -> &'static str {
    match minute {
        0..360 => "凌晨",
        360..720 => "上午",
        720..780 => "中午",
        780..1080 => "下午",
        _ => "晚上",
    }
}

/// 九点, 十一点半, 一点零五分, 十二点 for both noon and midnight.
fn chinese_clock(minute: u16) -> String {
    let hour = match minute / 60 {
        0 if minute == 0 => 0,
        hour @ 0..=12 => hour,
        hour => hour - 12,
    };
    let hour = if hour == 0 { "零".to_owned() } else { chinese::counting(u64::from(hour)) };
    match minute % 60 {
        0 => format!("{hour}点"),
        30 => format!("{hour}点半"),
        rest @ 1..=9 => format!("{hour}点零{}分", chinese::cardinal(u64::from(rest))),
        rest => format!("{hour}点{}分", chinese::cardinal(u64::from(rest))),
    }
}

/// "nine in the morning", "eleven thirty in the morning", "noon", "midnight".
fn english_clock(minute: u16) -> String {
    let hour = match minute / 60 % 12 {
        0 => 12,
        hour => hour,
    };
    let hour = english::cardinal(u64::from(hour));
    let clock = match minute % 60 {
        0 if minute == 720 => return "noon".to_owned(),
        0 if minute.is_multiple_of(1440) => return "midnight".to_owned(),
        0 => hour,
        rest @ 1..=9 => format!("{hour} oh {}", english::cardinal(u64::from(rest))),
        rest => format!("{hour} {}", english::cardinal(u64::from(rest))),
    };
    format!("{clock} {}", english_part(minute).unwrap_or_default())
}

/// The part of the day, unless the moment has a name of its own.
fn english_part(minute: u16) -> Option<&'static str> {
    match minute {
        0 | 720 | 1440 => None,
        1..720 => Some("in the morning"),
        721..1080 => Some("in the afternoon"),
        _ => Some("in the evening"),
    }
}

fn days_name(row: &Hours, tongue: Tongue) -> String {
    let runs = row.days.runs();
    if runs == [(Weekday::Monday, Weekday::Sunday)] {
        return if tongue == Tongue::Chinese { "每天" } else { "Every day" }.to_owned();
    }
    let mut names = Vec::new();
    for (from, to) in runs {
        let (first, last) = (day_name(from, tongue), day_name(to, tongue));
        if from == to {
            names.push(first.to_owned());
        } else if from.next() == to {
            names.extend([first.to_owned(), last.to_owned()]);
        } else if tongue == Tongue::Chinese {
            names.push(format!("{first}至{last}"));
        } else {
            names.push(format!("{first} to {last}"));
        }
    }
    join(&names, tongue)
}

fn day_name(day: Weekday, tongue: Tongue) -> &'static str {
    const CHINESE: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const ENGLISH: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    if tongue == Tongue::Chinese { CHINESE[at] } else { ENGLISH[at] }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
