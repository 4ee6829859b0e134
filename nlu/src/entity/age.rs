//! Ages: 75岁, 八十多岁, my 6-year-old, aged 60.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entity, Kind, number};
use crate::script::compile;

/// Older than anybody was.
const OLDEST: u64 = 130;

static AGE: LazyLock<Regex> = LazyLock::new(|| {
    let number = number::pattern();
    let pattern = format!(
        r"({number})(?:多|几|来)?(?:周)?岁半?|({number})[- ](?:years?|yrs?)[- ]old|({number}) ?(?:yo|y/o)\b|\b(?:aged?|age of|turn|turned|turning) ({number})\b"
    );
    compile(&pattern)
});

/// The ages in a folded text.
pub(super) fn find(folded: &str) -> impl Iterator<Item = Entity> {
    AGE.captures_iter(folded).filter_map(|hit| {
        let said = (1..=4).find_map(|group| hit.get(group))?;
        let years = number::whole(said.as_str()).filter(|years| *years <= OLDEST)?;
        Some(Entity::of(Kind::Age(u8::try_from(years).ok()?), hit.get_match().range(), folded))
    })
}
