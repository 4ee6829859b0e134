//! Facts as they are read on a page or in a message: numerals and units.

use super::{Amount, Unit, Value};

/// As Chinese writes it.
pub(super) fn chinese(value: &Value) -> String {
    match value {
        Value::Money { amount, .. } if amount.is_zero() => "免费".to_owned(),
        Value::Money { amount, currency } => {
            format!("{}{}", sum(*amount), chinese_currency(currency))
        }
        Value::Span { amount, unit } => format!("{amount} {}", chinese_unit(*unit)),
        Value::Age(years) => format!("{years} 周岁"),
        Value::Percent(amount) => format!("{amount}%"),
        Value::Number(amount) => amount.to_string(),
        Value::Date(date) => format!("{} 年 {} 月 {} 日", date.year(), date.month(), date.day()),
        Value::Telephone(number) => number.clone(),
        Value::Text(_) | Value::Documents(_) => String::new(),
    }
}

/// As English writes it; also what other languages fall back to.
pub(super) fn english(value: &Value) -> String {
    match value {
        Value::Money { amount, .. } if amount.is_zero() => "free".to_owned(),
        Value::Money { amount, currency } => {
            let padding =
                if !amount.is_whole() && amount.hundredths().is_multiple_of(10) { "0" } else { "" };
            let figure = amount.grouped() + padding;
            format!("{figure} {}", english_currency(currency, *amount == Amount::whole(1)))
        }
        Value::Span { amount, unit } => format!("{amount} {}", english_unit(*unit, *amount == 1)),
        Value::Age(1) => "1 year old".to_owned(),
        Value::Age(years) => format!("{years} years old"),
        Value::Percent(amount) => format!("{amount} %"),
        Value::Number(amount) => amount.grouped(),
        Value::Date(date) => {
            format!("{} {} {}", date.day(), month(date.month()), date.year())
        }
        Value::Telephone(number) => number.clone(),
        Value::Text(_) | Value::Documents(_) => String::new(),
    }
}

/// "4000 ", "28 万", "25.50 ": whole ten thousands are counted in 万.
fn sum(amount: Amount) -> String {
    match (amount.units(), amount.hundredths()) {
        (units, 0) if units >= 10_000 && units.is_multiple_of(10_000) => {
            format!("{} 万", units / 10_000)
        }
        (units, 0) => format!("{units} "),
        (units, rest) => format!("{units}.{rest:02} "),
    }
}

pub(super) fn chinese_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "分钟",
        Unit::Hours => "小时",
        Unit::Days => "天",
        Unit::WorkingDays => "个工作日",
        Unit::Weeks => "周",
        Unit::Months => "个月",
        Unit::Years => "年",
    }
}

pub(super) fn english_unit(unit: Unit, one: bool) -> &'static str {
    let (single, plural) = match unit {
        Unit::Minutes => ("minute", "minutes"),
        Unit::Hours => ("hour", "hours"),
        Unit::Days => ("day", "days"),
        Unit::WorkingDays => ("working day", "working days"),
        Unit::Weeks => ("week", "weeks"),
        Unit::Months => ("month", "months"),
        Unit::Years => ("year", "years"),
    };
    if one { single } else { plural }
}

pub(super) fn chinese_currency(code: &str) -> &str {
    match code {
        "CNY" => "元",
        "HKD" => "港元",
        "MOP" => "澳门元",
        "TWD" => "新台币",
        "USD" => "美元",
        "EUR" => "欧元",
        "GBP" => "英镑",
        "JPY" => "日元",
        other => other,
    }
}

pub(super) fn english_currency(code: &str, one: bool) -> &str {
    match (code, one) {
        ("CNY", _) => "yuan",
        ("JPY", _) => "yen",
        ("USD", true) => "dollar",
        ("USD", false) => "dollars",
        ("EUR", true) => "euro",
        ("EUR", false) => "euros",
        ("GBP", true) => "pound",
        ("GBP", false) => "pounds",
        ("HKD", true) => "Hong Kong dollar",
        ("HKD", false) => "Hong Kong dollars",
        (other, _) => other,
    }
}

/// A month's English name, from 1.
pub(super) fn month(number: i8) -> &'static str {
    const NAMES: [&str; 12] = [
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
    NAMES[usize::try_from(number - 1).unwrap_or(0).min(11)]
}
