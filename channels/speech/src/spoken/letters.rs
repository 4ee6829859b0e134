//! Latin letters as they are said: abbreviations by their letters, codes, names of sites, words.

use std::sync::LazyLock;

use knowledge::fact::Tongue;
use regex::Regex;

use super::{
    near::Near,
    say::{self, Counts},
};

/// Short words in capitals that are words, and acronyms that are said as words.
const WORDS: &str = " A I AM AN AND ANY APP ALL ARE AS AT BE BUS BUT BY CAN CAR DAY DO FAX FEE FOR FREE FROM GO HE \
    IF IN IS IT KEY LAW ME MY NEW NO NOT NOTE NOW OF OFF OLD ON ONE OPEN OR OUR OUT PAY SEE SHE SIM \
    SO STOP TAX THE TO TWO UP USE WE WHO WIFI WITH YES YOU YOUR ";
/// Longer acronyms that are said by their letters.
const SPELLED: &str = " ICBC HTML HTTP HTTPS SMTP CCTV WLAN IMEI HSBC NPPA ";

/// English abbreviations that are never said as they are written.
const SHORT: [(&str, &str); 22] = [
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("etc.", "and so on."),
    ("etc", "and so on"),
    ("approx.", "about"),
    ("Mr.", "Mister"),
    ("Mr", "Mister"),
    ("Mrs.", "Missis"),
    ("Mrs", "Missis"),
    ("Ms.", "Miz"),
    ("Dr.", "Doctor"),
    ("vs.", "against"),
    ("incl.", "including"),
    ("Rd.", "Road"),
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
    ("Tel", "telephone"),
];

static SITE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[A-Za-z0-9._-]{1,64}@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]{2,})+").ok()
});
static CODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[A-Z]{1,5}-?[0-9](?:-?[0-9A-Z])*").ok());
static DOTTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z]\.(?:[A-Za-z]\.)+").ok());

/// What a run of letters at this place is said as, and its length.
pub(super) fn say(near: &Near<'_>) -> Option<(String, usize)> {
    let first = near.rest.chars().next()?;
    if !is_latin(first) || near.is_inside() {
        return None;
    }
    let found = |rule: &LazyLock<Option<Regex>>| {
        rule.as_ref().and_then(|rule| rule.find(near.rest)).map(|found| found.as_str())
    };
    if let Some(short) = short(near) {
        return Some(short);
    }
    if let Some(site) = found(&SITE).filter(|site| site.contains(|c: char| c.is_ascii_lowercase()))
    {
        return Some((site_said(site, near.tongue), site.len()));
    }
    if let Some(dotted) = found(&DOTTED) {
        return Some((spell(&dotted.replace('.', "").to_uppercase()), dotted.len()));
    }
    if let Some(code) = found(&CODE) {
        return Some((code_said(code, near.tongue), code.len()));
    }
    let end = word_end(near.rest);
    Some((word(&near.rest[..end], near.tongue), end))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}')
}

/// Where a word ends: hyphens and apostrophes between letters belong to it.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins =
            matches!(c, '-' | '\'' | '’') && chars.peek().is_some_and(|(_, c)| is_latin(*c));
        if !is_latin(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn short(near: &Near<'_>) -> Option<(String, usize)> {
    let number = ["No. ", "No.", "no. "].into_iter().find(|no| {
        near.rest
            .strip_prefix(no)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    if let Some(no) = number {
        let word = if near.tongue == Tongue::Chinese { "" } else { "number " };
        return Some((word.to_owned(), no.len()));
    }
    if near.tongue == Tongue::Chinese {
        return None;
    }
    SHORT.into_iter().find_map(|(short, long)| {
        let rest = near.rest.strip_prefix(short)?;
        let ends = !rest.starts_with(|c: char| is_latin(c) || c == '\'' || c == '’');
        ends.then(|| (long.to_owned(), short.len()))
    })
}

/// One word, by its letters if it is an abbreviation.
fn word(word: &str, tongue: Tongue) -> String {
    let parts: Vec<String> = word.split('-').map(|part| one(part, tongue)).collect();
    let split = parts.iter().any(|part| part.contains(' '));
    parts.join(if split { " " } else { "-" })
}

fn one(word: &str, tongue: Tongue) -> String {
    let (stem, end) = match word.strip_suffix('s') {
        // IDs, the bank's ATMs.
        Some(stem) if stem.len() > 1 && is_capitals(stem) => (stem, "'s"),
        _ => (word, ""),
    };
    let (stem, end) = match stem.split_once(['\'', '’']) {
        Some((stem, "s")) if is_capitals(stem) => (stem, "'s"),
        _ => (stem, end),
    };
    if !is_capitals(stem) {
        return word.to_owned();
    }
    match (stem, tongue) {
        // English says it as a word; Chinese says its letters.
        ("PIN", Tongue::English) => format!("pin{}", end.trim_start_matches('\'')),
        _ if is_spelled(stem) => format!("{}{end}", spell(stem)),
        ("A" | "I", _) => stem.to_owned(),
        _ if stem.len() > 1 => format!("{}{}", stem.to_lowercase(), end.trim_start_matches('\'')),
        _ => word.to_owned(),
    }
}

fn is_capitals(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_spelled(capitals: &str) -> bool {
    let listed = |list: &str| list.contains(&format!(" {capitals} "));
    let vowels = capitals.contains(['A', 'E', 'I', 'O', 'U']);
    match capitals.len() {
        _ if listed(WORDS) => false,
        2 | 3 => true,
        4..=6 => !vowels || listed(SPELLED),
        _ => false,
    }
}

fn spell(letters: &str) -> String {
    letters.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// A site or an address for mail: "linjiang dot example".
fn site_said(site: &str, tongue: Tongue) -> String {
    let dot = if tongue == Tongue::Chinese { "点" } else { " dot " };
    site.split('@')
        .map(|half| half.split('.').map(|part| part.replace(['-', '_'], " ")).collect::<Vec<_>>())
        .map(|half| half.join(dot))
        .collect::<Vec<_>>()
        .join(" at ")
}

/// Letters and digits of a code, one after another: up to three digits are a number.
fn code_said(code: &str, tongue: Tongue) -> String {
    let mut parts: Vec<String> = Vec::new();
    for group in code.split('-').filter(|group| !group.is_empty()) {
        let mut rest = group;
        while let Some(first) = rest.chars().next() {
            let digits = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
            let part = &rest[..end];
            parts.push(match (digits, end) {
                (false, _) => spell(part),
                (true, 1 | 2) => say::number(part, Counts::Nothing, tongue),
                (true, 3) => say::telephone(part, tongue),
                (true, _) => say::pairs(part, tongue),
            });
            rest = &rest[end..];
        }
    }
    parts.join(" ")
}
