//! What is known by its digits: identity numbers, bank cards, telephone numbers; and by a few
//! letters with them: passports, a company's code. Ends at what it is, not at whose.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Entity, Kind, number};
use crate::{
    place_names::has_word,
    script::{compile, stands_alone},
};

/// Figures, or Chinese digits as they are said, with single spaces, dots or hyphens between.
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"\+?\(?\d(?:[ .\-()]{0,2}\d)+(?: ?x\b)?|[〇零一二三四五六七八九幺]{7,}")
});
static GROUP: LazyLock<Regex> =
    LazyLock::new(|| compile(r"\d+(?: ?x\b)?|[〇零一二三四五六七八九幺]+"));
static DOCUMENT: LazyLock<Regex> =
    LazyLock::new(|| compile(r"[a-z]{1,2} ?\d{7,9}\b|[a-z]{1,2}\d{6}\([0-9a]\)"));
static CODE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"[0-9a-hj-npqrtuwxy]{2}\d{6}[0-9a-hj-npqrtuwxy]{10}"));

/// Groups that one number is written in, at most, and its bytes, Chinese digits and gaps among them.
const GROUPS: usize = 8;
const LONGEST: usize = 64;

/// What is known by its digits in a folded text, the surer first.
pub(super) fn find(folded: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let alone = |hit: &Range<usize>| stands_alone(folded, hit.clone());
    for hit in CODE.find_iter(folded) {
        if alone(&hit.range()) && business(hit.as_str()) {
            found.push(Entity::of(Kind::Business, hit.range(), folded));
        }
    }
    for hit in RUN.find_iter(folded) {
        runs(folded, hit.range(), &mut found);
    }
    for hit in DOCUMENT.find_iter(folded).filter(|hit| alone(&hit.range())) {
        found.push(Entity::of(Kind::Document, hit.range(), folded));
    }
    found
}

/// What a run of digit groups holds: from each group on, the longest that is something.
fn runs(folded: &str, run: Range<usize>, found: &mut Vec<Entity>) {
    let groups: Vec<_> = GROUP
        .find_iter(&folded[run.clone()])
        .map(|g| run.start + g.start()..run.start + g.end())
        .collect();
    let mut from = 0;
    while from < groups.len() {
        let most = groups.len().min(from + GROUPS);
        let longest = (from + 1..=most).rev().find_map(|to| {
            let span = with_sign(folded, groups[from].start..groups[to - 1].end);
            let whole = stands_alone(folded, span.clone());
            Some((to, kind(folded, &span, &groups[from..to]).filter(|_| whole)?, span))
        });
        match longest {
            Some((to, kind, span)) => {
                found.push(Entity::of(kind, span, folded));
                from = to;
            }
            None => from += 1,
        }
    }
}

/// With the plus sign or the opened bracket before it.
fn with_sign(folded: &str, span: Range<usize>) -> Range<usize> {
    let bracket = folded[..span.start].ends_with('(') && folded[span.clone()].contains(')');
    let from = span.start - usize::from(bracket);
    from - usize::from(folded[..from].ends_with('+'))..span.end
}

fn kind(folded: &str, span: &Range<usize>, groups: &[Range<usize>]) -> Option<Kind> {
    let text = &folded[span.clone()];
    if text.len() > LONGEST {
        return None;
    }
    let digit = |c: char| match c {
        'x' | '0'..='9' => Some(c),
        c => char::from_digit(u32::try_from(number::chinese_digit(c)?).ok()?, 10),
    };
    let digits: String = text.chars().filter_map(digit).collect();
    if identity(&digits) {
        return Some(Kind::Identity);
    }
    if born(&digits) && groups.len() <= 4 {
        return Some(Kind::Document);
    }
    if digits.ends_with('x') {
        return None;
    }
    if telephone(text, &digits) || hotline(folded, span, &digits) {
        return Some(Kind::Telephone);
    }
    // Figures in a row ("15 1200 3000") are no card: those are written in fours or so.
    let written = groups[0].len() >= 4 && groups.iter().all(|group| group.len() >= 2);
    (written && luhn(&digits)).then_some(Kind::Card)
}

/// A Chinese identity number: 18 places, of which six are the birthday and the last one checks
/// (GB 11643-1999, ISO 7064 MOD 11-2).
pub(crate) fn identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if digits.len() != 18 || !born(digits) {
        return false;
    }
    let sum: u32 =
        digits.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
    "10x98765432".chars().nth((sum % 11) as usize) == digits.chars().last()
}

/// Whether it is built like an identity number, of 18 places or the 15 of before 1999: a region
/// and a birthday. One with a slip in it is as personal as one without.
fn born(digits: &str) -> bool {
    let (year, month, day) = match digits.len() {
        18 => (&digits[6..10], &digits[10..12], &digits[12..14]),
        15 => ("1950", &digits[8..10], &digits[10..12]),
        _ => return false,
    };
    let within = |text: &str, least: u32, most: u32| {
        text.parse::<u32>().is_ok_and(|number| (least..=most).contains(&number))
    };
    ('1'..='8').contains(&digits.chars().next().unwrap_or('0'))
        && within(year, 1850, 2099)
        && within(month, 1, 12)
        && within(day, 1, 31)
}

/// Whether 13 to 19 digits check as a bank card's do (ISO/IEC 7812-1, annex B).
pub(crate) fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .filter_map(|(place, c)| Some((place, c.to_digit(10)?)))
        .map(|(place, digit)| match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    (13..=19).contains(&digits.len()) && !digits.starts_with('0') && sum.is_multiple_of(10)
}

/// A company's code: 18 places, of which the last one checks (GB 32100-2015).
fn business(code: &str) -> bool {
    const PLACES: &str = "0123456789abcdefghjklmnpqrtuwxy";
    let value = |c: char| PLACES.chars().position(|place| place == c).unwrap_or(0);
    let mut weight = 1;
    let mut sum = 0;
    for c in code.chars().take(17) {
        sum += value(c) * weight;
        weight = weight * 3 % 31;
    }
    let region = code.chars().next().is_some_and(|c| "159y".contains(c));
    region && code.chars().last().map(value) == Some((31 - sum % 31) % 31) && !identity(code)
}

fn telephone(text: &str, digits: &str) -> bool {
    let mobile = |digits: &str| {
        digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
    };
    let home = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    let area = text.starts_with(['0', '(']) || text.starts_with(['零', '〇']);
    mobile(digits)
        || home.is_some_and(mobile)
        || text.starts_with('+') && (8..=15).contains(&digits.len())
        || area
            && digits.starts_with('0')
            && !digits.starts_with("00")
            && (10..=12).contains(&digits.len())
        || matches!(digits.len(), 10) && (digits.starts_with("400") || digits.starts_with("800"))
        || american(text)
}

/// 555-123-4567, as North America groups numbers.
fn american(text: &str) -> bool {
    let groups: Vec<usize> =
        text.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|len| *len > 0).collect();
    groups == [3, 3, 4]
}

/// A short number that everybody may call, where the words around say so.
fn hotline(folded: &str, span: &Range<usize>, digits: &str) -> bool {
    let short = matches!(digits, "110" | "119" | "120" | "122" | "12345")
        || digits.len() == 5 && (digits.starts_with("123") || digits.starts_with("95"));
    let before = folded[..span.start].trim_end();
    let from = before.floor_char_boundary(before.len().saturating_sub(12));
    let near = &before[from..];
    short
        && (["打", "拨", "电话", "热线"].iter().any(|word| near.contains(word))
            || ["call", "dial", "hotline", "number"].iter().any(|word| has_word(near, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_check() {
        assert!(identity("11010519491231002x"));
        assert!(identity("440524188001010014"));
        assert!(!identity("110105194912310021"));
        assert!(luhn("4111111111111111"));
        assert!(!luhn("4111111111111112"));
        assert!(business("91350100m000100y43"));
        assert!(!business("91350100m000100y44"));
    }
}
