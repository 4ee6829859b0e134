//! What a number is by its shape and by what stands beside it: a day, a time, a price, a number to
//! dial. Rules are tried in order; the first that finds its shape says it.

mod amounts;
mod calendar;
mod dialled;

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::near::Near;

/// A shape, and how it is said; nothing if it was another thing after all.
type Rule = (&'static str, fn(&Captures<'_>, &Near<'_>) -> Option<String>);

static RULES: LazyLock<Vec<(Regex, Rule)>> = LazyLock::new(|| {
    let rules = calendar::RULES.iter().chain(dialled::RULES).chain(amounts::RULES);
    rules.filter_map(|rule| Some((Regex::new(rule.0).ok()?, *rule))).collect()
});

/// What a number at this place is said as, and its length.
pub(super) fn say(near: &Near<'_>) -> Option<(String, usize)> {
    let mut chars = near.rest.chars();
    let first = chars.next()?;
    let second = chars.find(|c| *c != ' ');
    let starts = first.is_ascii_digit()
        || (first.is_ascii_uppercase() && !near.is_inside())
        || ("+¥$€£(".contains(first) && second.is_some_and(|c| c.is_ascii_digit()));
    if !starts {
        return None;
    }
    RULES.iter().find_map(|(shape, (_, say))| {
        let found = shape.captures(near.rest)?;
        let used = found.get(0)?.end();
        // A shape ends where its number ends.
        let cut = near.rest[..used].ends_with(|c: char| c.is_ascii_digit())
            && near.rest[used..].starts_with(|c: char| c.is_ascii_digit());
        if cut || used == 0 {
            return None;
        }
        Some((say(&found, near)?, used))
    })
}

/// A part of what was found, empty if it is not there.
fn part<'a>(found: &Captures<'a>, at: usize) -> &'a str {
    found.get(at).map_or("", |part| part.as_str())
}

/// The length of all that was found.
fn length(found: &Captures<'_>) -> usize {
    found.get(0).map_or(0, |all| all.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shape that does not compile would say nothing, silently.
    #[test]
    fn every_shape_compiles() {
        let rules = calendar::RULES.len() + dialled::RULES.len() + amounts::RULES.len();
        assert_eq!(RULES.len(), rules);
    }
}
