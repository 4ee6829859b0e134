//! Money, shares, measures, ranges, and what is simply counted.

use knowledge::fact::{Tongue, english as en};
use regex::Captures;

use super::{Rule, length, part};
use crate::spoken::{
    near::{Near, is_counted},
    say::{self, Counts},
};

macro_rules! number {
    () => {
        r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    };
}
macro_rules! to {
    () => {
        r"\s*[-–—~～]\s*"
    };
}
macro_rules! unit {
    () => {
        r"(km/h|km²|km2|㎡|m²|m2|m³|km|kg|mg|cm|mm|kWh|kW|GB|MB|KB|TB|mL|ml|ha|min|℃|°C|°F|m|g|t|h|L|W)"
    };
}

pub(super) const RULES: &[Rule] = &[
    (
        concat!(
            r"^(¥|\$|€|£|CNY|RMB|USD|EUR|GBP|HKD|JPY)\s*",
            number!(),
            r"(?:\s*(万|亿|million|billion))?"
        ),
        |f, n| money(part(f, 2), part(f, 1), part(f, 3), n),
    ),
    (
        concat!(
            "^",
            number!(),
            r"\s*(元|块钱|块|yuan|RMB|CNY|USD|EUR|GBP|HKD|JPY|dollars?|euros?)"
        ),
        |f, n| money(part(f, 1), part(f, 2), "", n),
    ),
    (concat!("^", number!(), r"\s*%?", to!(), number!(), r"\s*%"), |f, n| {
        let (from, to) = (plain(part(f, 1), n), plain(part(f, 2), n));
        Some(match n.tongue {
            Tongue::Chinese => format!("百分之{from}到百分之{to}"),
            _ => format!("{from} to {to} per cent"),
        })
    }),
    (concat!("^", number!(), r"\s*(%|‰)"), |f, n| {
        let number = plain(part(f, 1), n);
        let thousands = part(f, 2) == "‰";
        Some(match (n.tongue, thousands) {
            (Tongue::Chinese, false) => format!("百分之{number}"),
            (Tongue::Chinese, true) => format!("千分之{number}"),
            (_, false) => format!("{number} per cent"),
            (_, true) => format!("{number} per thousand"),
        })
    }),
    (concat!("^", number!(), to!(), number!(), r"\s*", unit!(), r"(?:\b|$)"), |f, n| {
        let (from, to) = (plain(part(f, 1), n), measured(part(f, 2), part(f, 3), n)?);
        Some(between(&from, &to, n.tongue))
    }),
    (concat!("^", number!(), to!(), number!()), range),
    (r"^(\d{1,2})/(\d{1,3})\b", fraction),
    (concat!("^", number!(), r"\s*[x×*]\s*", number!(), r"(?:\s*", unit!(), r"\b)?"), |f, n| {
        let one = plain(part(f, 1), n);
        let other = measured(part(f, 2), part(f, 3), n).unwrap_or_else(|| plain(part(f, 2), n));
        Some(if n.tongue == Tongue::Chinese {
            format!("{one}乘{other}")
        } else {
            format!("{one} by {other}")
        })
    }),
    (concat!("^", number!(), r"\s*", unit!()), |f, n| {
        let goes_on = n.rest[length(f)..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if goes_on { None } else { measured(part(f, 1), part(f, 2), n) }
    }),
    (r"^\d+(?:\.\d+){2,}", |f, n| Some(plain(part(f, 0), n))),
    (concat!("^", number!()), |f, n| Some(counted(part(f, 1), n.after(length(f)), n))),
];

fn plain(written: &str, near: &Near<'_>) -> String {
    say::number(written, Counts::Nothing, near.tongue)
}

fn counted(written: &str, after: &str, near: &Near<'_>) -> String {
    let ordinal = near.before.trim_end().ends_with('第');
    let counts = if is_counted(after) && !ordinal { Counts::Things } else { Counts::Nothing };
    say::number(written, counts, near.tongue)
}

fn between(from: &str, to: &str, tongue: Tongue) -> String {
    if tongue == Tongue::Chinese { format!("{from}到{to}") } else { format!("{from} to {to}") }
}

fn money(written: &str, currency: &str, scale: &str, near: &Near<'_>) -> Option<String> {
    let code = match currency {
        "¥" | "RMB" | "元" | "块" | "块钱" | "yuan" => "CNY",
        "$" | "dollar" | "dollars" => "USD",
        "€" | "euro" | "euros" => "EUR",
        "£" => "GBP",
        code => code,
    };
    if scale.is_empty() {
        let said = say::money(written, code, near.tongue)?;
        // As people say it where they have written it.
        let colloquial = currency.starts_with('块') && near.tongue == Tongue::Chinese;
        return Some(if colloquial { said.replacen('元', currency, 1) } else { said });
    }
    let one = say::money("2", code, near.tongue)?;
    let name = match near.tongue {
        Tongue::Chinese => one.trim_start_matches('两').to_owned(),
        _ => one.split_once(' ').map(|(_, name)| name.to_owned())?,
    };
    Some(match near.tongue {
        Tongue::Chinese => {
            let scale = match scale {
                "million" => "百万",
                "billion" => "十亿",
                other => other,
            };
            format!("{}{scale}{name}", say::number(written, Counts::Things, near.tongue))
        }
        _ => {
            let scale = match scale {
                "万" => "ten thousand",
                "亿" => "hundred million",
                other => other,
            };
            format!("{} {scale} {name}", plain(written, near))
        }
    })
}

fn range(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let rest = &near.rest[length(found)..];
    let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    if goes_on || near.before.ends_with('-') {
        return None;
    }
    let after = near.after(length(found));
    let (from, to) = (counted(part(found, 1), after, near), counted(part(found, 2), after, near));
    Some(between(&from, &to, near.tongue))
}

fn fraction(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let (over, under): (u64, u64) = (part(found, 1).parse().ok()?, part(found, 2).parse().ok()?);
    if near.rest[length(found)..].starts_with('/') {
        return None;
    }
    if (over, under) == (24, 7) {
        let english = near.tongue != Tongue::Chinese;
        return Some(if english { "twenty-four seven" } else { "二十四小时" }.to_owned());
    }
    let (above, below) = (plain(part(found, 1), near), plain(part(found, 2), near));
    if near.tongue == Tongue::Chinese {
        return Some(if over < under {
            format!("{below}分之{above}")
        } else {
            format!("{above}或{below}")
        });
    }
    Some(match (over, under) {
        _ if over >= under => format!("{above} or {below}"),
        (1, 2) => "one half".to_owned(),
        (1, 4) => "one quarter".to_owned(),
        (_, 4) => format!("{above} quarters"),
        (1, _) => format!("one {}", en::ordinal(under)),
        _ => format!("{above} {}s", en::ordinal(under)),
    })
}

/// Units as they are written, in Chinese, in English for one and for more.
const UNITS: &[(&str, &str, &str, &str)] = &[
    ("km/h", "公里每小时", "kilometre an hour", "kilometres an hour"),
    ("km²", "平方公里", "square kilometre", "square kilometres"),
    ("km2", "平方公里", "square kilometre", "square kilometres"),
    ("㎡", "平方米", "square metre", "square metres"),
    ("m²", "平方米", "square metre", "square metres"),
    ("m2", "平方米", "square metre", "square metres"),
    ("m³", "立方米", "cubic metre", "cubic metres"),
    ("km", "公里", "kilometre", "kilometres"),
    ("kg", "公斤", "kilogram", "kilograms"),
    ("mg", "毫克", "milligram", "milligrams"),
    ("cm", "厘米", "centimetre", "centimetres"),
    ("mm", "毫米", "millimetre", "millimetres"),
    ("kWh", "度", "kilowatt hour", "kilowatt hours"),
    ("kW", "千瓦", "kilowatt", "kilowatts"),
    ("GB", "G B", "gigabyte", "gigabytes"),
    ("MB", "M B", "megabyte", "megabytes"),
    ("KB", "K B", "kilobyte", "kilobytes"),
    ("TB", "T B", "terabyte", "terabytes"),
    ("mL", "毫升", "millilitre", "millilitres"),
    ("ml", "毫升", "millilitre", "millilitres"),
    ("ha", "公顷", "hectare", "hectares"),
    ("min", "分钟", "minute", "minutes"),
    ("℃", "摄氏度", "degree Celsius", "degrees Celsius"),
    ("°C", "摄氏度", "degree Celsius", "degrees Celsius"),
    ("°F", "华氏度", "degree Fahrenheit", "degrees Fahrenheit"),
    ("m", "米", "metre", "metres"),
    ("g", "克", "gram", "grams"),
    ("t", "吨", "tonne", "tonnes"),
    ("h", "小时", "hour", "hours"),
    ("L", "升", "litre", "litres"),
    ("W", "瓦", "watt", "watts"),
];

fn measured(written: &str, unit: &str, near: &Near<'_>) -> Option<String> {
    let (_, chinese, one, many) = UNITS.iter().find(|(sign, ..)| *sign == unit)?;
    Some(match near.tongue {
        Tongue::Chinese => {
            format!("{}{chinese}", say::number(written, Counts::Things, near.tongue))
        }
        _ => format!("{} {}", plain(written, near), if written == "1" { one } else { many }),
    })
}
