//! Numbers in words, in either language.

use knowledge::fact::{Amount, Tongue, chinese as zh, english as en, say_money, spell_telephone};

/// Digits of the longest number that is counted.
const COUNTABLE: usize = 12;

/// A number as it is written (commas between thousands, a decimal point) in words; `counts` is
/// for Chinese, where 2 before a measure is 两.
pub(super) fn number(written: &str, counts: Counts, tongue: Tongue) -> String {
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    let mut parts = plain.split('.');
    let whole = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let first = match whole.parse::<u64>() {
        Ok(value) if whole.len() <= COUNTABLE && !leading_zero => match (tongue, counts) {
            (Tongue::Chinese, Counts::Things) if rest.is_empty() => zh::counting(value),
            (Tongue::Chinese, _) => zh::cardinal(value),
            _ => en::cardinal(value),
        },
        _ => digits(whole, tongue),
    };
    let (point, blank) = if tongue == Tongue::Chinese { ("点", "") } else { ("point", " ") };
    let mut out = first;
    for part in rest {
        out = format!("{out}{blank}{point}{blank}{}", digits(part, tongue));
    }
    out
}

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// How many things there are.
    Things,
    /// Which one it is, or a bare number.
    Nothing,
}

/// Digits one by one as parts of a number, 1 as 一.
pub(super) fn digits(written: &str, tongue: Tongue) -> String {
    let values = written.chars().filter_map(|c| c.to_digit(10));
    match tongue {
        Tongue::Chinese => values.map(|value| zh::digit(u64::from(value))).collect(),
        _ => values.map(en::digit).collect::<Vec<_>>().join(" "),
    }
}

/// A number to dial, digit by digit, 1 as 幺. What is not in groups is said in the usual ones.
pub(super) fn telephone(written: &str, tongue: Tongue) -> String {
    let grouped = match written.len() {
        _ if !written.bytes().all(|b| b.is_ascii_digit()) => written.to_owned(),
        7 => format!("{} {}", &written[..3], &written[3..]),
        8 => format!("{} {}", &written[..4], &written[4..]),
        11 => format!("{} {} {}", &written[..3], &written[3..7], &written[7..]),
        _ => written.to_owned(),
    };
    spell_telephone(&grouped, tongue)
}

/// Digits of a code in pairs, an odd one with the last: 48, 29, 130.
pub(super) fn pairs(written: &str, tongue: Tongue) -> String {
    let all: Vec<char> = written.chars().filter(char::is_ascii_digit).collect();
    let mut groups: Vec<String> = all.chunks(2).map(|pair| pair.iter().collect()).collect();
    if all.len() > 1 && all.len() % 2 == 1 {
        let odd = groups.pop().unwrap_or_default();
        if let Some(last) = groups.last_mut() {
            last.push_str(&odd);
        }
    }
    spell_telephone(&groups.join(" "), tongue)
}

/// A sum of money.
pub(super) fn money(written: &str, currency: &str, tongue: Tongue) -> Option<String> {
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    let amount: Amount = plain.parse().ok()?;
    (plain.len() <= COUNTABLE + 3).then(|| say_money(amount, currency, tongue))
}

/// A year.
pub(super) fn year(written: &str, tongue: Tongue) -> String {
    let value = written.parse().unwrap_or(0);
    if tongue == Tongue::Chinese { zh::year(value) } else { en::year(value) }
}

/// A digit that nothing else has said.
pub(super) fn digit_alone(c: char, tongue: Tongue) -> String {
    match (c.is_ascii_digit(), tongue) {
        (false, _) => c.to_string(),
        (true, Tongue::Chinese) => digits(&c.to_string(), tongue),
        (true, _) => format!(" {} ", digits(&c.to_string(), tongue)),
    }
}
