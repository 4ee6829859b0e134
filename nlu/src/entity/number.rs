//! Numbers in figures and in words, Chinese and English. Ends at what a number is worth; what is
//! counted is for `money`, `age` and the others.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entity, Kind};
use crate::{amount::Amount, script::compile};

/// A pattern for figures, with thousands and a unit: 1,200.50, 1.5万, 3k.
pub(crate) const FIGURES: &str = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: ?(?:[十百千]?[万亿]|[百千]|k\b|thousand\b|million\b))?";
/// A pattern for Chinese numerals.
pub(crate) const HAN: &str = "[零〇一二两三四五六七八九十百千万亿]+";
/// A pattern for English number words.
pub(crate) const WORDS: &str = r"\b(?:a (?:hundred|thousand|million)|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))(?:(?: and |[- ])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million))*\b";

const DIGITS: &str = "零一二三四五六七八九";
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

static ANY: LazyLock<Regex> = LazyLock::new(|| compile(&format!("{FIGURES}|{HAN}|{WORDS}")));

/// A pattern for a number of any kind.
pub(crate) fn pattern() -> String {
    format!("(?:{FIGURES}|{HAN}|{WORDS})")
}

/// The numbers in a folded text.
pub(super) fn find(folded: &str) -> impl Iterator<Item = Entity> {
    ANY.find_iter(folded).filter_map(|hit| {
        let text = hit.as_str();
        // "一" and "one" are hardly ever a number, nor are "万一" and "千万".
        let first = text.chars().next()?;
        let bare = text.chars().count() == 1 && !first.is_ascii_digit();
        if bare && !counted(folded, hit.end(), first) || "百千万亿".contains(first) || text == "one"
        {
            return None;
        }
        Some(Entity::of(Kind::Number(value(text)?), hit.range(), folded))
    })
}

/// Whether a single Chinese numeral counts what follows it.
fn counted(folded: &str, end: usize, numeral: char) -> bool {
    let measures = "个本张份人口次名位年天岁套件间辆户";
    numeral != '一' && folded[end..].chars().next().is_some_and(|c| measures.contains(c))
}

/// What a number in any script is worth.
pub(crate) fn value(text: &str) -> Option<Amount> {
    let text = text.trim();
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        return figures(text);
    }
    let whole = if first.is_ascii() { english(text)? } else { chinese(text)? };
    Amount::of_hundredths(whole.checked_mul(100)?)
}

/// A whole number in any script.
pub(crate) fn whole(text: &str) -> Option<u64> {
    value(text).filter(|amount| amount.is_whole()).map(Amount::units)
}

fn figures(text: &str) -> Option<Amount> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || ",.".contains(c))).unwrap_or(text.len());
    let (figures, unit) = text.split_at(end);
    let unit: u128 = match unit.trim() {
        "" => 1,
        "百" => 100,
        "千" | "k" | "thousand" => 1_000,
        "万" => 10_000,
        "十万" => 100_000,
        "百万" | "million" => 1_000_000,
        "千万" => 10_000_000,
        "亿" => 100_000_000,
        "十亿" => 1_000_000_000,
        "百亿" => 10_000_000_000,
        _ => return None,
    };
    let figures = figures.replace(',', "");
    let (whole, rest) = figures.split_once('.').unwrap_or((&figures, ""));
    let power = 10_u128.checked_pow(u32::try_from(rest.len()).ok()?)?;
    let hundredths = format!("{whole}{rest}").parse::<u128>().ok()?.checked_mul(unit * 100)?;
    if hundredths % power != 0 {
        return None;
    }
    Amount::of_hundredths(u64::try_from(hundredths / power).ok()?)
}

/// A Chinese digit's value; 幺 is 1, as telephone numbers are said.
pub(crate) fn chinese_digit(c: char) -> Option<u64> {
    match c {
        '〇' => Some(0),
        '两' => Some(2),
        '幺' => Some(1),
        c => DIGITS.chars().position(|digit| digit == c).map(|value| value as u64),
    }
}

/// A whole number in Chinese numerals: 一百零二, 两万五, 二〇二六.
pub(crate) fn chinese(text: &str) -> Option<u64> {
    if text.chars().all(|c| chinese_digit(c).is_some()) {
        // 一两 and 三五 are estimates, not twelve and thirty-five.
        if text.chars().count() == 2 && !text.contains(['零', '〇']) {
            return None;
        }
        return text
            .chars()
            .filter_map(chinese_digit)
            .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
    }
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, None);
    // What a digit at the very end stands for: in 一百五 it is a ten, after 零 and 十 a one.
    let mut last = 1;
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            '零' | '〇' => {
                last = 1;
                continue;
            }
            c => {
                // Two digits in a row are an estimate or a slip, not a number.
                if digit.replace(chinese_digit(c)?).is_some() {
                    return None;
                }
                continue;
            }
        };
        if unit < 10_000 {
            section = digit.take().unwrap_or(1).checked_mul(unit)?.checked_add(section)?;
        } else {
            let sum = section.checked_add(digit.take().unwrap_or(0))?;
            let below = if unit > 10_000 { total.checked_add(sum)? } else { sum };
            total = if unit > 10_000 { 0 } else { total };
            total = below.checked_mul(unit)?.checked_add(total)?;
            section = 0;
        }
        last = unit / 10;
    }
    let rest = digit.unwrap_or(0).checked_mul(last.max(1))?;
    total.checked_add(section)?.checked_add(rest)
}

/// A whole number in English words: two hundred and five.
fn english(text: &str) -> Option<u64> {
    let (mut total, mut section) = (0_u64, 0_u64);
    for word in text.split([' ', '-']).filter(|word| !word.is_empty() && *word != "and") {
        if let Some(value) = SMALL.iter().position(|small| *small == word) {
            // "One three nine" is spelt, not counted.
            let fits = section % 10 == 0 && (section % 100 == 0 || value < 10);
            section = fits.then(|| section + value as u64)?;
        } else if let Some(tens) = TENS.iter().position(|tens| *tens == word) {
            section = (section % 100 == 0).then(|| section + (tens as u64 + 2) * 10)?;
        } else {
            match word {
                "a" => section = 1,
                "hundred" => section = section.max(1).checked_mul(100)?,
                "thousand" | "million" => {
                    let unit = if word == "million" { 1_000_000 } else { 1_000 };
                    total = section.max(1).checked_mul(unit)?.checked_add(total)?;
                    section = 0;
                }
                _ => return None,
            }
        }
    }
    total.checked_add(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let value = value(text).map(|amount| amount.to_string());
        assert_eq!(value.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn numbers_are_worth_the_same_in_every_script() {
        for (text, expected) in [
            ("0", "0"),
            ("1,200.50", "1200.5"),
            ("1.5万", "15000"),
            ("3.1415万", "31415"),
            ("2百万", "2000000"),
            ("3k", "3000"),
            ("零", "0"),
            ("十", "10"),
            ("十五", "15"),
            ("二十", "20"),
            ("两百", "200"),
            ("一百零二", "102"),
            ("一百五", "150"),
            ("一百五十", "150"),
            ("一千零五", "1005"),
            ("两千二", "2200"),
            ("两万五", "25000"),
            ("二十八万", "280000"),
            ("一亿零一", "100000001"),
            ("三万亿", "3000000000000"),
            ("一亿两千万", "120000000"),
            ("二〇二六", "2026"),
            ("two hundred", "200"),
            ("two hundred and five", "205"),
            ("a thousand", "1000"),
            ("twenty-five", "25"),
            ("one thousand two hundred", "1200"),
            ("three million five thousand", "3005000"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn what_is_no_number_is_worth_nothing() {
        for text in [
            "1.001",
            "三四十",
            "一两",
            "one three nine",
            "99999999999999999999999",
            "twenty thirty",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
