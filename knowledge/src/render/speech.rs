//! Text for a voice: no symbols, no web addresses, lists as sentences.

use jiff::civil::Date;

use super::Part;
use crate::fact::{Tongue, chinese, english, join, say_date, spell_telephone};

/// The parts as sentences, a line each.
pub(super) fn said(parts: &[Part], tongue: Tongue) -> String {
    let lines: Vec<String> = parts.iter().map(|part| sentences(part, tongue)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

fn sentences(part: &Part, tongue: Tongue) -> String {
    match part {
        Part::Paragraph(text) => {
            let lines = text.lines().map(|line| ended(&speakable(line), tongue));
            glue(lines.filter(|line| !line.is_empty()).collect(), tongue)
        }
        Part::Names(names) => {
            let names: Vec<String> = names.iter().map(|n| speakable(n)).collect();
            // Names with commas of their own are sentences of their own.
            if names.iter().any(|name| has_comma(name)) {
                return glue(names.iter().map(|name| ended(name, tongue)).collect(), tongue);
            }
            ended(&join(&names, tongue), tongue)
        }
        Part::List { start, items } => {
            let items = (0..).zip(items).map(|(at, item)| {
                let words: Vec<String> = item.iter().map(|part| sentences(part, tongue)).collect();
                let words = glue(words.into_iter().filter(|w| !w.is_empty()).collect(), tongue);
                match (start, tongue) {
                    _ if words.is_empty() => words,
                    (Some(start), Tongue::Chinese) => {
                        format!("第{}，{words}", chinese::cardinal(start + at))
                    }
                    (Some(start), Tongue::English) => {
                        format!("{}, {words}", capital(&english::ordinal(start + at)))
                    }
                    _ => words,
                }
            });
            glue(items.filter(|item| !item.is_empty()).collect(), tongue)
        }
    }
}

/// Whether there is a comma outside of brackets.
fn has_comma(name: &str) -> bool {
    let mut depth = 0_i32;
    name.chars().any(|c| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        depth <= 0 && matches!(c, ',' | '，')
    })
}

fn glue(sentences: Vec<String>, tongue: Tongue) -> String {
    sentences.join(if tongue == Tongue::Chinese { "" } else { " " })
}

/// With a full stop, unless something ends it already.
fn ended(text: &str, tongue: Tongue) -> String {
    let text = text.trim();
    let bare = text.trim_end_matches(['”', '’', '"', '」', '』', '）', ')']);
    if text.is_empty()
        || bare.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '…'])
    {
        return text.to_owned();
    }
    format!("{text}{}", if tongue == Tongue::Chinese { "。" } else { "." })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Without web addresses and marks that a voice would stumble over.
fn speakable(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail
            .find(|c: char| c.is_whitespace() || super::is_wide(c) || "()<>\"'".contains(c))
            .unwrap_or(tail.len());
        // The full stop after an address belongs to the sentence.
        let end = tail[..end].trim_end_matches(['.', ',', ';', '!', '?', ':']).len().max(4);
        rest = &tail[end..];
    }
    out.push_str(rest);
    let out = out.replace("（）", "").replace(" ()", "").replace("()", "");
    let out: String =
        out.chars().map(|c| if "*#_~|<>`^•·\\{}[]".contains(c) { ' ' } else { c }).collect();
    let mut words = String::new();
    for word in out.split_whitespace() {
        let is_wide = words.ends_with(super::is_wide) && word.starts_with(super::is_wide);
        if !words.is_empty() && !is_wide {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Telephone numbers and dates typed in prose, in words: 021-5550-0101, 2026-10-01.
pub(super) fn digits_said(text: &str, tongue: Tongue) -> String {
    if tongue == Tongue::Other {
        return text.to_owned();
    }
    let part = |c: char| c.is_ascii_digit() || c == '-';
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[at..].find(|c| !part(c)).map_or(rest.len(), |end| at + end);
        let token = rest[at..end].trim_end_matches('-');
        let plus = rest[..at].ends_with('+');
        out.push_str(&rest[..at - usize::from(plus)]);
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        // A number inside a word or an address is left alone.
        let inside = out.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '.');
        let date = token.parse::<Date>().ok().filter(|_| token.len() == 10);
        match (date, inside) {
            (Some(date), false) => out.push_str(&say_date(date, tongue)),
            (None, false) if digits >= 7 && (plus || token.contains('-')) => {
                let sign = if plus { "+" } else { "" };
                out.push_str(&spell_telephone(&format!("{sign}{token}"), tongue));
            }
            _ => {
                if plus {
                    out.push('+');
                }
                out.push_str(token);
            }
        }
        rest = &rest[at + token.len()..];
    }
    out.push_str(rest);
    out
}
