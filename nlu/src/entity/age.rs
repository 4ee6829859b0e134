//! Ages: 75岁, 八十多岁, my 6-year-old, aged 60.

use std::{ops::Range, sync::LazyLock};

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

/// Said of somebody without a unit: "I'm 62", "my mother, 83", 今年六十三.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    let words = number::WORDS;
    let who = "i am|i'm|im|he is|he's|she is|she's|who is|(?:mum|mom|mother|dad|father|wife|husband|son|daughter|girl|boy|kid|child|brother|sister|granny|grandma|grandpa|grandmother|grandfather)(?: is|'s|,)?";
    compile(&format!(
        r"(?:今年|刚过|刚满|快|整|我|[妈爸爷奶婆公娘])([1-9]\d|1[0-2]\d|[一二三四五六七八九]?十[一二三四五六七八九]?)了?|\b(?:{who}) (\d{{1,3}}|{words})\b"
    ))
});

/// The ages in a folded text.
pub(super) fn find(folded: &str) -> impl Iterator<Item = Entity> {
    let with_unit = AGE.captures_iter(folded).filter_map(|hit| {
        let said = (1..=4).find_map(|group| hit.get(group))?;
        entity(folded, said.as_str(), hit.get_match().range())
    });
    let bare = BARE.captures_iter(folded).filter_map(|hit| {
        let said = hit.get(1).or(hit.get(2))?;
        let span = hit.get_match().range();
        entity(folded, said.as_str(), span.clone()).filter(|_| ends(&folded[span.end..]))
    });
    with_unit.chain(bare)
}

fn entity(folded: &str, said: &str, span: Range<usize>) -> Option<Entity> {
    let years = number::whole(said).filter(|years| *years <= OLDEST)?;
    Some(Entity::of(Kind::Age(u8::try_from(years).ok()?), span, folded))
}

/// Whether nothing is counted by what stands before.
fn ends(rest: &str) -> bool {
    let goes_on = [" and", " but", " now", " with", " so ", " or ", " on ", " lives", " has"];
    rest.chars().next().is_none_or(|c| ",.;!?，。；！？".contains(c))
        || goes_on.iter().any(|word| rest.starts_with(word))
}
