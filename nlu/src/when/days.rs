//! The words that name days, in both languages. Ends at the day; `dates` finds its date.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{Day, TimeOfDay, When};
use crate::{
    entity::{Taken, number},
    script::compile,
};

type Read = fn(&str, &Captures<'_>) -> Option<When>;

/// A number of days, months or the like.
const N: &str = r"(\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)";
const EN: &str = r"(\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
const MONTHS: &str = "(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)";
const WEEKDAYS: &str = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)";

static PATTERNS: LazyLock<Vec<(Regex, Read)>> = LazyLock::new(|| {
    let table: [(String, Read); 18] = [
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})".into(), ymd),
        (
            r"(?:(\d{4}|[〇零一二三四五六七八九]{4})年)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份的?)?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?".into(),
            ymd,
        ),
        (format!(r"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTHS}\b\.?(?:,? (\d{{4}})\b)?"), day_month),
        (format!(r"\b{MONTHS}\b\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}})\b)?"), month_day),
        (r"(下+|上+|这|本|今)?个?(?:周|星期|礼拜)([一二三四五六日天末1-7])".into(), weekday_zh),
        (r"双休日|周末".into(), |_, _| on(Day::Weekend)),
        (r"(下+|上+|这|本|今)个?(周|星期|礼拜|月)(底|末|初)?".into(), period_zh),
        (r"月(底|末|初)".into(), |_, hit| match &hit[1] {
            "初" => on(Day::StartOfMonth(1)),
            _ => on(Day::EndOfMonth(0)),
        }),
        (r"年底|年末".into(), |_, _| on(Day::Date { year: None, month: 12, day: 31 })),
        (r"大后天|后天|明天|明儿|明日|明早|明晚|今天|今儿|今日|今晚|今早|昨天|昨日|昨晚|大前天|前天".into(), near_zh),
        (format!("{N}个?(天|日|周|星期|礼拜|月|年)(?:以|之)?(后|前)"), span_zh),
        (format!("{N}[号]"), day_zh),
        (
            format!(r"\b(?:in|after) {EN} (day|week|month|year|fortnight)s?\b(?:' time)?|\b{EN} (day|week|month|year|fortnight)s? (from now|from today|later|ago)\b|\bon the (\d{{1,2}})(?:st|nd|rd|th)\b"),
            span_en,
        ),
        (r"现在|这会儿|此刻|\b(?:right now|just now|now|at the moment|currently)\b".into(), |_, _| on(Day::Now)),
        (r"\b(?:the )?day after tomorrow\b|\b(?:the )?day before yesterday\b|\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|today|tonight|yesterday)\b".into(), near_en),
        (format!(r"\b(?:(this|next|coming|last|following) )?{WEEKDAYS}s?\b"), weekday_en),
        (r"\b(this|next|last|coming|following) (weekend|week|month)\b|\bweekends?\b".into(), period_en),
        (r"\b(end|beginning|start) of (?:the|this|next) month\b".into(), edge_en),
    ];
    let compiled = |(pattern, read): (String, Read)| (compile(&pattern), read);
    table.into_iter().map(compiled).collect()
});

/// The days in a folded text; some bring a time with them ("今晚").
pub(super) fn find(folded: &str) -> Vec<(Range<usize>, When)> {
    let mut taken = Taken::of(folded);
    let mut found = Vec::new();
    for (pattern, read) in PATTERNS.iter() {
        for hit in pattern.captures_iter(folded) {
            let span = hit.get_match().range();
            if let Some(when) = read(folded, &hit).filter(|_| taken.take(span.clone())) {
                found.push((span, when));
            }
        }
    }
    found
}

fn on(day: Day) -> Option<When> {
    Some(When { day: Some(day), time: None })
}

fn small(text: &str) -> Option<u8> {
    number::whole(text).and_then(|number| u8::try_from(number).ok())
}

fn date(year: Option<&str>, month: u8, day: u8) -> Option<When> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = year.and_then(number::whole).and_then(|year| i16::try_from(year).ok());
    valid.then_some(Day::Date { year, month, day }).and_then(on)
}

fn ymd(folded: &str, hit: &Captures<'_>) -> Option<When> {
    let span = hit.get_match().range();
    // "3月12个" counts months or things; a figure that goes on is none of a date.
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if digit(folded[span.end..].chars().next()) || digit(folded[..span.start].chars().next_back()) {
        return None;
    }
    date(hit.get(1).map(|year| year.as_str()), small(&hit[2])?, small(&hit[3])?)
}

fn month_of(name: &str) -> Option<u8> {
    let names = "jan feb mar apr may jun jul aug sep oct nov dec";
    names.split(' ').position(|month| name.starts_with(month)).map(|place| place as u8 + 1)
}

fn day_month(_: &str, hit: &Captures<'_>) -> Option<When> {
    date(hit.get(3).map(|year| year.as_str()), month_of(&hit[2])?, small(&hit[1])?)
}

fn month_day(_: &str, hit: &Captures<'_>) -> Option<When> {
    date(hit.get(3).map(|year| year.as_str()), month_of(&hit[1])?, small(&hit[2])?)
}

/// How many weeks or months ahead 下, 下下, 这 or 上 is.
fn ahead(word: &str) -> i8 {
    let count = i8::try_from(word.chars().count()).unwrap_or(i8::MAX);
    match word.chars().next() {
        Some('下') => count,
        Some('上') => -count,
        _ => 0,
    }
}

fn weekday_zh(folded: &str, hit: &Captures<'_>) -> Option<When> {
    let span = hit.get_match().range();
    let before = folded[..span.start].chars().next_back();
    let after = folded[span.end..].chars().next();
    // "一周三次", "两周一回", "二十周岁" count weeks.
    let counts = before.is_some_and(|c| c.is_ascii_digit() || number::chinese_digit(c).is_some());
    if counts || after.is_some_and(|c| "次回趟遍".contains(c)) {
        return None;
    }
    let week = hit.get(1).map(|word| ahead(word.as_str()));
    if &hit[2] == "末" {
        return on(week.map_or(Day::Weekend, Day::WeekendOf));
    }
    let weekday = "一二三四五六日".chars().position(|c| hit[2].starts_with(c));
    let weekday = match &hit[2] {
        "天" => 7,
        figure => weekday.map(|place| place as u8 + 1).or_else(|| figure.parse().ok())?,
    };
    on(week.map_or(Day::Weekday(weekday), |week| Day::WeekdayOf { week, weekday }))
}

fn period_zh(_: &str, hit: &Captures<'_>) -> Option<When> {
    let ahead = ahead(&hit[1]);
    match (&hit[2], hit.get(3).map(|edge| edge.as_str())) {
        ("月", Some("初")) => on(Day::StartOfMonth(ahead)),
        ("月", Some(_)) => on(Day::EndOfMonth(ahead)),
        ("月", None) => on(Day::Month(ahead)),
        (_, None) => on(Day::Week(ahead)),
        _ => None,
    }
}

fn near_zh(folded: &str, hit: &Captures<'_>) -> Option<When> {
    let span = hit.get_match().range();
    // "提前天数" names no day.
    if hit[0].starts_with('前') && folded[..span.start].ends_with('提') {
        return None;
    }
    let days = match hit[0].chars().next()? {
        '大' if hit[0].contains('后') => 3,
        '大' => -3,
        '后' => 2,
        '明' => 1,
        '今' => 0,
        '昨' => -1,
        _ => -2,
    };
    let time = match hit[0].chars().next_back()? {
        '早' => Some(TimeOfDay::Morning),
        '晚' => Some(TimeOfDay::Evening),
        _ => None,
    };
    Some(When { day: Some(Day::After(days)), time })
}

/// Some days, weeks, months or years from today, or before it.
fn later(count: u64, unit: &str, sign: i16) -> Option<When> {
    let count = i16::try_from(count).ok()?.checked_mul(sign)?;
    match unit {
        "天" | "日" | "day" => on(Day::After(count)),
        "月" | "month" => on(Day::AfterMonths(count)),
        "年" | "year" => on(Day::AfterMonths(count.checked_mul(12)?)),
        "fortnight" => on(Day::After(count.checked_mul(14)?)),
        _ => on(Day::After(count.checked_mul(7)?)),
    }
}

fn span_zh(_: &str, hit: &Captures<'_>) -> Option<When> {
    let sign = if &hit[3] == "后" { 1 } else { -1 };
    match (&hit[1], &hit[2]) {
        ("半", "月") => on(Day::After(15 * sign)),
        ("半", "年") => on(Day::AfterMonths(6 * sign)),
        ("半", _) => None,
        (count, unit) => later(number::whole(count)?, unit, sign),
    }
}

/// "15号", but no house, line or counter.
fn day_zh(folded: &str, hit: &Captures<'_>) -> Option<When> {
    let span = hit.get_match().range();
    let before = folded[..span.start].chars().next_back();
    let after = folded[span.end..].chars().next();
    let house = before.is_some_and(|c| c.is_ascii_digit() || "路街弄巷道第栋幢村里-".contains(c))
        || after.is_some_and(|c| "线楼窗门口院室馆厅柜桌台机码文库牌公房令".contains(c));
    let day = small(&hit[1]).filter(|day| (1..=31).contains(day) && !house)?;
    on(Day::DayOfMonth(day))
}

fn near_en(_: &str, hit: &Captures<'_>) -> Option<When> {
    let words = &hit[0];
    let (days, time) = match words {
        "tonight" => (0, Some(TimeOfDay::Evening)),
        "today" => (0, None),
        "yesterday" => (-1, None),
        _ if words.ends_with("yesterday") => (-2, None),
        _ if words.contains("after") => (2, None),
        _ => (1, None),
    };
    Some(When { day: Some(Day::After(days)), time })
}

fn weekday_en(folded: &str, hit: &Captures<'_>) -> Option<When> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let name = &hit[2];
    let lead = hit.get(1).map(|word| word.as_str());
    // "Sat" and "sun" are words of their own.
    let before = &folded[..hit.get_match().start()];
    if matches!(name, "sat" | "sun") && lead.is_none() && !before.ends_with("on ") {
        return None;
    }
    let weekday = names.iter().position(|short| name.starts_with(short))? as u8 + 1;
    on(match lead {
        Some("next" | "following") => Day::WeekdayOf { week: 1, weekday },
        Some("last") => Day::WeekdayOf { week: -1, weekday },
        _ => Day::Weekday(weekday),
    })
}

fn period_en(_: &str, hit: &Captures<'_>) -> Option<When> {
    let ahead = match hit.get(1).map(|word| word.as_str()) {
        Some("next" | "following") => 1,
        Some("last") => -1,
        Some(_) => 0,
        None => return on(Day::Weekend),
    };
    on(match &hit[2] {
        "weekend" if ahead == 0 => Day::Weekend,
        "weekend" => Day::WeekendOf(ahead),
        "week" => Day::Week(ahead),
        _ => Day::Month(ahead),
    })
}

fn edge_en(_: &str, hit: &Captures<'_>) -> Option<When> {
    let next = i8::from(hit[0].ends_with("next month"));
    on(match &hit[1] {
        "end" => Day::EndOfMonth(next),
        // What has begun is over; the next beginning is meant.
        _ => Day::StartOfMonth(1),
    })
}

fn span_en(folded: &str, hit: &Captures<'_>) -> Option<When> {
    if let Some(day) = hit.get(6) {
        let rest = folded[hit.get_match().end()..].trim_start();
        let counts = ["floor", "level", "street", "try", "step", "page", "time", "line"];
        return small(day.as_str())
            .filter(|day| {
                (1..=31).contains(day) && !counts.iter().any(|word| rest.starts_with(word))
            })
            .map(Day::DayOfMonth)
            .and_then(on);
    }
    let (count, unit) = match hit.get(1) {
        Some(count) => (count.as_str(), &hit[2]),
        None => (hit.get(3)?.as_str(), &hit[4]),
    };
    let count = if count.starts_with('a') { 1 } else { number::whole(count)? };
    later(count, unit, if hit[0].ends_with("ago") { -1 } else { 1 })
}
