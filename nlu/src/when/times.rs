//! The words that name times of day, in both languages: "下午三点半", "half past three", "7 pm".

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use super::{TimeOfDay, When};
use crate::{
    entity::{Taken, number},
    script::compile,
};

type Read = fn(&str, &Captures<'_>) -> Option<TimeOfDay>;

const HOUR: &str = "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";

static PATTERNS: LazyLock<Vec<(Regex, Read)>> = LazyLock::new(|| {
    let table: [(String, Read); 8] = [
        (
            r"(凌晨|清晨|清早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|夜里|半夜|深夜|早|晚)?的?(\d{1,2}|十[一二]?|二十[一二三四]?|[零一二两三四五六七八九])(点|时)(钟|整|半|一刻|三刻|(\d{1,2}|[零一二三四五]?十?[一二三四五六七八九]?)分|([0-5]\d|[二三四五]?十[一二三四五六七八九]?))?".into(),
            clock_zh,
        ),
        (r"(上午|下午|中午|晚上|早上|\b)(\d{1,2}):(\d{2})(?: ?([ap])\.?m\b)?".into(), colon),
        (r"\b(\d{1,2})(?:\.(\d{2}))? ?([ap])\.?m\b\.?".into(), half_day),
        (format!(r"\b{HOUR}(?: (fifteen|thirty|forty-five))? ?([ap])\.?m\b\.?"), half_day_words),
        (format!(r"\b(half past|quarter past|quarter to) (?:{HOUR}|(\d{{1,2}})\b)"), past),
        (
            format!(r"\b(?:at |by |until |till |after |before |around |from )?(?:{HOUR}|(\d{{1,2}})) o ?'?clock\b|\b(?:at|by|until|till|around) (?:{HOUR}\b|(\d{{1,2}})\b)"),
            bare,
        ),
        (
            r"\b(?:noon|midday|lunchtime|lunch time|midnight)\b|\b(?:in the |this )?(?:mornings?|afternoons?|evenings?)\b|\bat night\b".into(),
            |_, hit| part(&hit[0]),
        ),
        (
            r"凌晨|清晨|清早|一早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|夜里|半夜|深夜".into(),
            |_, hit| part(&hit[0]),
        ),
    ];
    let compiled = |(pattern, read): (String, Read)| (compile(&pattern), read);
    table.into_iter().map(compiled).collect()
});

/// The times of day in a folded text.
pub(super) fn find(folded: &str) -> Vec<(Range<usize>, When)> {
    let mut taken = Taken::of(folded);
    let mut found = Vec::new();
    for (pattern, read) in PATTERNS.iter() {
        for hit in pattern.captures_iter(folded) {
            let span = hit.get_match().range();
            if let Some(time) = read(folded, &hit).filter(|_| taken.take(span.clone())) {
                found.push((span, When { day: None, time: Some(time) }));
            }
        }
    }
    found
}

/// A time by the clock that is in a part of the day: seven in the evening is 19:00.
pub(super) fn within(part: TimeOfDay, hour: u8, minute: u8) -> Option<TimeOfDay> {
    if matches!(part, TimeOfDay::At { .. }) {
        return None;
    }
    let twelve = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    clock(u64::from(twelve), u64::from(minute), Some(part))
}

fn part(words: &str) -> Option<TimeOfDay> {
    use TimeOfDay::{Afternoon, Evening, Morning, Night, Noon};
    const PARTS: [(&str, TimeOfDay); 21] = [
        ("afternoon", Afternoon),
        ("noon", Noon),
        ("midday", Noon),
        ("lunch", Noon),
        ("midnight", Night),
        ("morning", Morning),
        ("evening", Evening),
        ("night", Night),
        ("中午", Noon),
        ("正午", Noon),
        ("下午", Afternoon),
        ("午后", Afternoon),
        ("上午", Morning),
        ("凌晨", Night),
        ("半夜", Night),
        ("深夜", Night),
        ("夜里", Night),
        ("傍晚", Evening),
        ("晚", Evening),
        ("清", Morning),
        ("早", Morning),
    ];
    PARTS.iter().find(|(word, _)| words.contains(word)).map(|(_, part)| *part)
}

/// The time by the clock; what part of the day it is in makes twelve hours of a clock exact.
/// Without one, one to six are taken for the afternoon, when offices are open.
fn clock(hour: u64, minute: u64, part: Option<TimeOfDay>) -> Option<TimeOfDay> {
    use TimeOfDay::{Afternoon, Evening, Morning, Night, Noon};
    let hour = match (part, hour) {
        (Some(Afternoon | Evening), 1..=11) => hour + 12,
        (Some(Noon), 1..=3) => hour + 12,
        (Some(Night), 6..=11) => hour + 12,
        (Some(Morning | Night), 12) => 0,
        (None, 1..=6) => hour + 12,
        _ => hour,
    };
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    let real = hour < 24 && minute < 60 || hour == 24 && minute == 0;
    real.then_some(TimeOfDay::At { hour, minute })
}

fn clock_zh(folded: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let part = hit.get(1).and_then(|word| part(word.as_str()));
    let end = hit.get_match().end();
    let hour = number::whole(&hit[2])?;
    let after = folded[end..].chars().next();
    let number = hit.get(2)?.start();
    let before = folded[..number].chars().next_back();
    let exact = part.is_some() || hit.get(4).is_some();
    // "早一点", "三点建议", "第一点", "3.5点", "二十三点" read from its middle.
    let point = &hit[2] == "一" && (&hit[0] == "早一点" || &hit[0] == "晚一点" || !exact)
        || !exact && after.is_some_and(|c| "建要意原疑问内个儿点以水".contains(c))
        || before.is_some_and(|c| c.is_ascii_digit() || ".第每有:/".contains(c))
        || before.is_some_and(|c| number::chinese_digit(c).is_some() || c == '十');
    if point {
        return None;
    }
    let minute = match hit.get(4).map(|rest| rest.as_str()) {
        None | Some("钟" | "整") => 0,
        Some("半") => 30,
        Some("一刻") => 15,
        Some("三刻") => 45,
        Some(rest) => number::whole(rest.trim_end_matches('分').trim_start_matches('零'))?,
    };
    clock(hour, minute, part)
}

fn colon(folded: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let after = folded[hit.get_match().end()..].chars().next();
    if after.is_some_and(|c| c.is_ascii_digit() || c == ':') {
        return None;
    }
    let said = hit.get(4).map(|letter| letter.as_str()).or(hit.get(1).map(|word| word.as_str()));
    let (hour, minute) = (hit[2].parse().ok()?, hit[3].parse().ok()?);
    match said.filter(|said| !said.is_empty()).map(letter) {
        Some(part) => clock(hour, minute, Some(part)),
        // Two figures and a colon are how a day of 24 hours is written; "2:30" is not.
        None if hit[2].len() == 2 => {
            clock(hour, minute, Some(TimeOfDay::Noon).filter(|_| hour > 3))
        }
        None => clock(hour, minute, None),
    }
}

fn letter(said: &str) -> TimeOfDay {
    match said {
        "a" => TimeOfDay::Morning,
        "p" => TimeOfDay::Afternoon,
        word => part(word).unwrap_or(TimeOfDay::Morning),
    }
}

fn half_day(_: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let minute = hit.get(2).map_or(Ok(0), |minute| minute.as_str().parse()).ok()?;
    let hour = hit[1].parse().ok().filter(|hour| (1..=12).contains(hour))?;
    clock(hour, minute, Some(letter(&hit[3])))
}

fn half_day_words(_: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let minute = match hit.get(2).map(|minute| minute.as_str()) {
        Some("fifteen") => 15,
        Some("thirty") => 30,
        Some(_) => 45,
        None => 0,
    };
    clock(number::whole(&hit[1])?, minute, Some(letter(&hit[3])))
}

fn past(_: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let hour = number::whole(hit.get(2).or(hit.get(3))?.as_str())?;
    match &hit[1] {
        "half past" => clock(hour, 30, None),
        "quarter past" => clock(hour, 15, None),
        _ => clock(if hour == 1 { 12 } else { hour.checked_sub(1)? }, 45, None),
    }
}

/// "At 7", which is a time only where nothing is counted: "at 7 counters".
fn bare(folded: &str, hit: &Captures<'_>) -> Option<TimeOfDay> {
    let hour = number::whole((1..=4).find_map(|group| hit.get(group))?.as_str())?;
    let rest = folded[hit.get_match().end()..].trim_start();
    let ends = rest.chars().next().is_none_or(|c| {
        !c.is_alphanumeric() && !"%:.-/".contains(c) || c == '.' && rest.len() == 1
    });
    let goes_on = ["on ", "in ", "tomorrow", "today", "tonight", "or ", "and ", "this ", "next "];
    let clocked = hit[0].ends_with("clock");
    let time = ends || clocked || goes_on.iter().any(|word| rest.starts_with(word));
    let hour = Some(hour).filter(|hour| time && *hour <= 24)?;
    let evening = rest.starts_with("tonight")
        || rest.starts_with("in the evening")
        || rest.starts_with("in the afternoon");
    clock(hour, 0, evening.then_some(TimeOfDay::Evening))
}
