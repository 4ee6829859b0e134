//! A telephone number digit by digit, with a pause where it is written in groups.

use super::{Tongue, chinese, english};

/// A telephone number as it is read aloud: 零二幺，五五五零，零幺零零 (1 is 幺).
/// Other languages than Chinese and English keep the number as written.
pub fn spell_telephone(number: &str, tongue: Tongue) -> String {
    if tongue == Tongue::Other {
        return number.to_owned();
    }
    let pause = if tongue == Tongue::Chinese { "，" } else { ", " };
    let groups: Vec<String> = number
        .split(|c: char| c.is_whitespace() || "-‐‑–—－()（）./".contains(c))
        .filter(|group| !group.is_empty())
        .map(|group| match tongue {
            Tongue::Chinese => group.replace('+', "加").chars().map(chinese_digit).collect(),
            _ => spell_english(group),
        })
        .collect();
    groups.join(pause)
}

fn chinese_digit(c: char) -> char {
    match c.to_digit(10) {
        Some(1) => '幺',
        Some(value) => chinese::digit(u64::from(value)),
        None => c,
    }
}

/// Digits one by one in Chinese, with the word for 1 given.
pub(super) fn chinese_digits(digits: &str, one: char) -> String {
    digits.chars().map(chinese_digit).map(|c| if c == '幺' { one } else { c }).collect()
}

/// Digits one by one in English.
pub(super) fn english_digits(digits: &str) -> String {
    spell_english(digits)
}

fn spell_english(group: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut plain = String::new();
    for c in group.chars() {
        let word = match (c, c.to_digit(10)) {
            (_, Some(value)) => Some(english::digit(value)),
            ('+', None) => Some("plus"),
            _ => None,
        };
        let Some(word) = word else {
            plain.push(c);
            continue;
        };
        if !plain.is_empty() {
            words.push(std::mem::take(&mut plain));
        }
        words.push(word.to_owned());
    }
    if !plain.is_empty() {
        words.push(plain);
    }
    words.join(" ")
}
