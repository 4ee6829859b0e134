//! Numbers that are read digit by digit: to dial, codes, rooms, bus lines.

use knowledge::fact::Tongue;
use regex::Captures;

use super::{Rule, length, part};
use crate::spoken::{
    near::{Near, is_counted},
    say,
};

pub(super) const RULES: &[Rule] = &[
    (r"^\(?\+?\d{1,5}\)?(?:[- ]?\(?\d{2,8}\)?)?(?:-\d{2,8}){1,3}", grouped),
    (r"^\+\d{1,3}(?:[ -]?\(?\d{1,11}\)?){1,5}", grouped),
    (r"^\(?(?:0\d{2,3}|[48]00)\)?(?: \d{3,8}){1,3}", grouped),
    (r"^1[3-9]\d(?: \d{4}){2}", grouped),
    (r"^\d{17}[\dXx]\b", |f, n| {
        let digits = say::pairs(part(f, 0), n.tongue);
        let check = part(f, 0).ends_with(['X', 'x']);
        Some(if check { format!("{digits} X") } else { digits })
    }),
    (r"^\d{3,18}", plain),
    (r"^(\d{3,4})\s*(路|室|房)", |f, n| {
        let chinese = n.tongue == Tongue::Chinese;
        chinese.then(|| format!("{}{}", say::telephone(part(f, 1), n.tongue), part(f, 2)))
    }),
];

/// A telephone number in groups, of seven digits or more.
fn grouped(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let written = part(found, 0);
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 7 && !near.is_inside()).then(|| say::telephone(written, near.tongue))
}

/// Digits without gaps, if something says that they are no amount.
fn plain(found: &Captures<'_>, near: &Near<'_>) -> Option<String> {
    let written = part(found, 0);
    let rest = &near.rest[length(found)..];
    let after = rest.trim_start();
    let fraction =
        rest.starts_with(['.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let letters = after.get(..4).is_some_and(|after| after == "yuan" || after == "peop");
    if is_counted(after) || fraction || letters || after.starts_with(['%', '℃', '月']) {
        return None;
    }
    match written.len() {
        _ if near.is_dialled() => Some(say::telephone(written, near.tongue)),
        4.. if near.is_code() => Some(say::pairs(written, near.tongue)),
        7 | 8 | 11 => Some(say::telephone(written, near.tongue)),
        9.. => Some(say::pairs(written, near.tongue)),
        _ if is_service(written, near, after) => Some(say::telephone(written, near.tongue)),
        _ => None,
    }
}

/// Numbers that everybody dials, where nothing is counted.
fn is_service(written: &str, near: &Near<'_>, after: &str) -> bool {
    let ends = after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric());
    let named = ["热线", "电话", "火警", "急救", "报警", "hotline", "line"];
    let named = named.iter().any(|name| after.starts_with(name));
    let many = near.before.trim_end().ends_with(|c: char| "为是共有到满超过达各第".contains(c));
    match written {
        "110" | "119" | "120" | "122" | "999" | "114" => named || (ends && !many),
        _ if written.len() == 5 && (written.starts_with("123") || written.starts_with("95")) => {
            named || !many
        }
        _ => named,
    }
}
