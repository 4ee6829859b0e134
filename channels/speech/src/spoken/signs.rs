//! What is neither letter nor number: marks that make pauses stay, signs are said or go.

use std::sync::LazyLock;

use knowledge::fact::Tongue;
use nlu::script::is_han;
use regex::Regex;

use super::near::Near;

static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(https?://|www\.)[\x21-\x27\x2a-\x7e]*[\w/#=]").ok());

/// The text with wide letters and digits as plain ones, and without web addresses.
pub(super) fn plain(text: &str) -> String {
    let without = match LINK.as_ref() {
        Some(link) => link.replace_all(text, ""),
        None => text.into(),
    };
    let mut out = String::with_capacity(without.len());
    for c in without.chars() {
        match c {
            '０'..='９'
            | 'Ａ'..='Ｚ'
            | 'ａ'..='ｚ'
            | '％'
            | '＋'
            | '－'
            | '＃'
            | '＊'
            | '／'
            | '＠' => {
                out.extend(char::from_u32(u32::from(c) - 0xFEE0));
            }
            '①'..='⑳' => out.push_str(&format!("{} ", u32::from(c) - u32::from('①') + 1)),
            '½' => out.push_str("1/2"),
            '¼' => out.push_str("1/4"),
            '¾' => out.push_str("3/4"),
            '￥' => out.push('¥'),
            '\u{A0}' | '\u{3000}' | '\t' => out.push(' '),
            '\r' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' => {}
            '\u{2010}' | '\u{2011}' => out.push('-'),
            // Digits of other scripts; raised ones belong to units.
            _ if c.is_numeric() && !c.is_ascii() && !is_han(c) && !"²³".contains(c) => {
                out.push(' ')
            }
            _ => out.push(c),
        }
    }
    out
}

/// What a single character is said as; a blank where it is not said.
pub(super) fn say(near: &Near<'_>, c: char) -> String {
    let chinese = near.tongue == Tongue::Chinese;
    let either = |zh: &str, en: &str| if chinese { zh.to_owned() } else { format!(" {en} ") };
    let next = near.after(c.len_utf8()).chars().next();
    let last = near.before.trim_end().chars().next_back();
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        '\n' => "\n".to_owned(),
        '，' | '。' | '！' | '？' | '；' | '：' | '、' | ',' | '.' | '!' | '?' | ';' | ':' => {
            c.to_string()
        }
        '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '{' | '}' | '…' | '→' | '|' => {
            ",".to_owned()
        }
        '-' | '–' | '—' | '~' | '～' | '−' => dash(near, last, next),
        '*' if is_key(near) => either(if next == Some('号') { "星" } else { "星号" }, "star"),
        '#' if is_key(near) => either(if next == Some('号') { "井" } else { "井号" }, "hash"),
        '#' if number(next) => either("", "number"),
        '&' => either("和", "and"),
        '+' if number(next) || number(last) => either("加", "plus"),
        '=' => either("等于", "equals"),
        '×' => either("乘", "by"),
        '@' => " at ".to_owned(),
        '/' if last.is_some() && next.is_some() => either("或", "or"),
        '°' => either("度", "degrees"),
        '℃' => either("摄氏度", "degrees Celsius"),
        '%' => either("百分", "per cent"),
        '≥' => either("不少于", "at least"),
        '≤' => either("不超过", "at most"),
        '>' if number(next) => either("大于", "more than"),
        '<' if number(next) => either("小于", "less than"),
        '¥' => either("元", "yuan"),
        '$' => either("美元", "dollars"),
        '€' => either("欧元", "euros"),
        '£' => either("英镑", "pounds"),
        // Marks over letters belong to their letters.
        _ if is_han(c) || c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}') => c.to_string(),
        _ => " ".to_owned(),
    }
}

/// Between numbers and days a dash is said, before a number it is minus; else it is a pause.
fn dash(near: &Near<'_>, last: Option<char>, next: Option<char>) -> String {
    let chinese = near.tongue == Tongue::Chinese;
    let either = |zh: &str, en: &str| if chinese { zh.to_owned() } else { format!(" {en} ") };
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let unit = last.is_some_and(|c| "年月日号时点分岁元周天一二三四五六".contains(c));
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = days
        .iter()
        .any(|day| near.after(near.rest.chars().next().map_or(0, char::len_utf8)).starts_with(day))
        && near.before.len() >= 3
        && days.iter().any(|day| near.before.trim_end().ends_with(day));
    let weekdays = unit && next.is_some_and(|c| "周星一二三四五六日".contains(c));
    let apart = near.before.ends_with(' ') || last.is_none_or(|c| !c.is_ascii_alphanumeric());
    if near.rest.starts_with(['~', '～']) && number(next) && !number(last) && !unit {
        return either("约", "about");
    }
    if day || weekdays || ((number(last) || unit) && number(next)) {
        return either("到", "to");
    }
    let close = near.rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if close && apart && near.rest.starts_with(['-', '−']) {
        return either("负", "minus");
    }
    let inside = last.is_some_and(char::is_alphanumeric)
        && !near.before.ends_with(' ')
        && near.rest.starts_with('-');
    if inside { " ".to_owned() } else { ",".to_owned() }
}

/// Whether a star or hash is a key that somebody presses.
fn is_key(near: &Near<'_>) -> bool {
    let before = near.before.trim_end().to_lowercase();
    let after = near.after(1);
    ["按", "键", "press", "key", "hit", "或", " or", "和", " and"]
        .iter()
        .any(|w| before.ends_with(w))
        || after.starts_with('键')
        || after.starts_with("key")
}

/// Puts a part behind the words so far; two parts in Latin letters stay apart.
pub(super) fn join(words: &mut String, part: &str) {
    let letter = |c: char| c.is_ascii_alphanumeric();
    if words.ends_with(letter) && part.starts_with(letter) {
        words.push(' ');
    }
    words.push_str(part);
}

/// Puts a sentence behind the text so far: one pause where several marks meet, the strongest;
/// no blanks beside Chinese; a line is a sentence.
pub(super) fn append(out: &mut String, words: &str, tongue: Tongue) {
    let mut gap = out.ends_with(|c: char| strength(c) > 0 && c.is_ascii());
    for c in words.chars() {
        let c = match (c, tongue) {
            ('\n', Tongue::Chinese) => '。',
            ('\n', _) => '.',
            _ => in_style(c, tongue),
        };
        if c.is_whitespace() {
            gap = true;
        } else if strength(c) > 0 {
            let last = out.chars().next_back();
            match last.map(strength) {
                None => {}
                Some(0) => out.push(c),
                Some(before) if strength(c) > before => {
                    out.pop();
                    out.push(c);
                }
                Some(_) => {}
            }
            gap = tongue != Tongue::Chinese;
        } else {
            let wide = |c: char| is_han(c) || (strength(c) > 0 && !c.is_ascii());
            let beside = out.chars().next_back().is_none_or(wide) || wide(c);
            if gap && !beside {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
}

/// How long a mark pauses; nothing for what is no mark.
fn strength(c: char) -> u8 {
    match c {
        '、' => 1,
        ',' | '，' => 2,
        ';' | '；' | ':' | '：' => 3,
        '.' | '。' => 4,
        '!' | '！' | '?' | '？' => 5,
        _ => 0,
    }
}

/// A mark as the sentence's language writes it.
fn in_style(c: char, tongue: Tongue) -> char {
    const PAIRS: [(char, char); 6] =
        [('，', ','), ('。', '.'), ('！', '!'), ('？', '?'), ('；', ';'), ('：', ':')];
    let chinese = tongue == Tongue::Chinese;
    match PAIRS.iter().find(|(wide, narrow)| *wide == c || *narrow == c) {
        Some((wide, _)) if chinese => *wide,
        Some((_, narrow)) => *narrow,
        None if c == '、' && !chinese => ',',
        None => c,
    }
}
