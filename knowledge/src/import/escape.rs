//! Plain text into Markdown that renders as the same words: nothing in it becomes a heading, a
//! list with other numbers, a link, or a brace to fill. Bullets alone become a list.

use std::fmt::Write;

use crate::pack::placeholder;

const BULLETS: [&str; 4] = ["* ", "- ", "+ ", "• "];

/// A text of many lines. Lines stay lines; several empty ones count as one.
pub fn text(plain: &str) -> String {
    let mut out = String::new();
    let mut before = Row::Blank;
    for line in plain.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        let line = line.trim();
        let bullet = BULLETS.iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim_start);
        let row = match bullet {
            _ if line.is_empty() => Row::Blank,
            Some(rest) if !rest.is_empty() => Row::Item,
            _ => Row::Line,
        };
        match (before, row) {
            (_, Row::Blank) => {}
            (Row::Blank, _) if out.is_empty() => {}
            (Row::Line, Row::Line) => out.push_str("\\\n"),
            (Row::Item, Row::Item) => out.push('\n'),
            _ => out.push_str("\n\n"),
        }
        match (row, bullet) {
            (Row::Item, Some(rest)) => {
                let _ = write!(out, "- {}", self::line(rest));
            }
            (Row::Line, _) => out.push_str(&self::line(line)),
            _ => {}
        }
        before = row;
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Blank,
    Line,
    Item,
}

/// A line by itself; it may stand at the start of a paragraph.
pub fn line(plain: &str) -> String {
    start(&words(plain.trim()))
}

/// Escapes what means something only where a line starts; the rest is Markdown already.
pub fn start(markdown: &str) -> String {
    let digits = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && markdown[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &markdown[..digits], &markdown[digits..]);
    }
    let marks = ['#', '+', '-', '=', '>', '~', '|', ':'];
    format!("{}{markdown}", if markdown.starts_with(marks) { "\\" } else { "" })
}

/// Words within a line, where only marks that work anywhere matter.
pub fn words(plain: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let marks = match c {
            '\\' | '`' | '*' | '[' | '<' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    placeholder::escape(&out)
}
