//! Facts as they are said aloud: every number in words.

use jiff::civil::Date;

use super::{
    Amount, Value, chinese as zh, english as en, spell_telephone,
    telephone::{chinese_digits, english_digits},
    written,
};

/// As Chinese says it.
pub(super) fn chinese(value: &Value) -> String {
    match value {
        Value::Money { amount, .. } if amount.is_zero() => "免费".to_owned(),
        Value::Money { amount, currency } => chinese_money(*amount, currency),
        Value::Span { amount, unit } => {
            format!("{}{}", zh::counting(u64::from(*amount)), written::chinese_unit(*unit))
        }
        Value::Age(years) => format!("{}周岁", zh::counting(u64::from(*years))),
        Value::Percent(amount) => format!("百分之{}", chinese_decimal(*amount)),
        Value::Number(amount) => chinese_decimal(*amount),
        Value::Date(date) => chinese_date(*date),
        Value::Telephone(number) => spell_telephone(number, super::Tongue::Chinese),
        Value::Text(_) | Value::Documents(_) => String::new(),
    }
}

/// As English says it.
pub(super) fn english(value: &Value) -> String {
    match value {
        Value::Money { amount, .. } if amount.is_zero() => "free".to_owned(),
        Value::Money { amount, currency } => english_money(*amount, currency),
        Value::Span { amount, unit } => {
            let words = en::cardinal(u64::from(*amount));
            format!("{words} {}", written::english_unit(*unit, *amount == 1))
        }
        Value::Age(1) => "one year old".to_owned(),
        Value::Age(years) => format!("{} years old", en::cardinal(u64::from(*years))),
        Value::Percent(amount) => format!("{} per cent", english_decimal(*amount)),
        Value::Number(amount) => english_decimal(*amount),
        Value::Date(date) => english_date(*date),
        Value::Telephone(number) => spell_telephone(number, super::Tongue::English),
        Value::Text(_) | Value::Documents(_) => String::new(),
    }
}

pub(super) fn chinese_date(date: Date) -> String {
    format!(
        "{}年{}月{}日",
        zh::year(u64::try_from(date.year()).unwrap_or(0)),
        zh::cardinal(u64::try_from(date.month()).unwrap_or(0)),
        zh::cardinal(u64::try_from(date.day()).unwrap_or(0)),
    )
}

pub(super) fn english_date(date: Date) -> String {
    format!(
        "the {} of {} {}",
        en::ordinal(u64::try_from(date.day()).unwrap_or(0)),
        written::month(date.month()),
        en::year(u64::try_from(date.year()).unwrap_or(0)),
    )
}

/// 二十五元五角; other currencies: 二十五点五美元.
pub(super) fn chinese_money(amount: Amount, currency: &str) -> String {
    let (units, rest) = (amount.units(), amount.hundredths());
    let name = written::chinese_currency(currency);
    if currency != "CNY" && rest > 0 {
        return format!("{}{name}", chinese_decimal(amount));
    }
    let mut words = String::new();
    if units > 0 {
        words = format!("{}{name}", zh::counting(units));
    }
    match (rest / 10, rest % 10) {
        (0, 0) => {}
        (0, fen) if units > 0 => words.push_str(&format!("零{}分", zh::cardinal(fen))),
        (0, fen) => words.push_str(&format!("{}分", zh::counting(fen))),
        (jiao, fen) => {
            words.push_str(&format!("{}角", zh::counting(jiao)));
            if fen > 0 {
                words.push_str(&format!("{}分", zh::counting(fen)));
            }
        }
    }
    words
}

/// "twenty-five yuan fifty"; below ten hundredths and without whole units the small unit is named.
pub(super) fn english_money(amount: Amount, currency: &str) -> String {
    let (units, rest) = (amount.units(), amount.hundredths());
    let name = written::english_currency(currency, units == 1);
    let small = match (currency, rest) {
        ("CNY", _) => "fen",
        ("GBP", 1) => "penny",
        ("GBP", _) => "pence",
        (_, 1) => "cent",
        _ => "cents",
    };
    match (units, rest) {
        (_, 0) => format!("{} {name}", en::cardinal(units)),
        (0, rest) => format!("{} {small}", en::cardinal(rest)),
        (units, 1..=9) => {
            format!("{} {name} and {} {small}", en::cardinal(units), en::cardinal(rest))
        }
        (units, rest) => format!("{} {name} {}", en::cardinal(units), en::cardinal(rest)),
    }
}

fn chinese_decimal(amount: Amount) -> String {
    let text = amount.to_string();
    let whole = zh::cardinal(amount.units());
    match text.split_once('.') {
        None => whole,
        Some((_, rest)) => format!("{whole}点{}", chinese_digits(rest, '一')),
    }
}

fn english_decimal(amount: Amount) -> String {
    let text = amount.to_string();
    let whole = en::cardinal(amount.units());
    match text.split_once('.') {
        None => whole,
        Some((_, rest)) => format!("{whole} point {}", english_digits(rest)),
    }
}
