//! Where somebody is reached in writing: e-mail and postal addresses.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Entity, Kind};
use crate::script::compile;

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"[a-z0-9][a-z0-9._%+\-]*@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}"));

/// A house or a flat in Chinese: a road with a number, or a building with a room.
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    const NUMBER: &str = "[0-9零〇一二三四五六七八九十百两]{1,5}";
    let part = format!(
        r"(?: ?(?:{NUMBER} ?(?:弄|号楼|号|支弄|栋|幢|座|单元|楼|层|室|房)|[a-z]座|[东西南北][单楼]元?))"
    );
    let road = r"\p{Han}{1,12}?(?:路|大街|街|大道|弄堂|巷|胡同|新村|小区|花园|公寓|村|苑)(?:[东西南北中]段)?";
    let flat = format!(r"{NUMBER} ?(?:弄|号楼|栋|幢|座|单元){part}*? ?{NUMBER} ?(?:室|房)");
    compile(&format!("{road}{part}+|{flat}"))
});

/// The same in English, the number before the road or after it.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let room = r"(?:(?:flat|room|rm|apt|apartment|unit|building|no)\.? ?\d{1,5}[a-z]?,? )*";
    let road = r"(?:[a-z'\-]{2,} ){1,3}(?:road|rd|street|avenue|ave|lane|boulevard|blvd)\b";
    let pattern = format!(
        r"\b{room}(?:\d{{1,5}}[a-z]?,? {road}|(?:(?:no\. ?|number )\d{{1,5}},? )?lane \d{{1,5}},? {road})"
    );
    compile(&pattern)
});

/// Words that stand before an address and are none of it.
const BEFORE: [&str; 22] = [
    "住在", "住址", "地址", "搬到", "搬去", "就在", "位于", "在", "到", "是", "去", "住", "从",
    "离", "和", "的", "为", "给", "叫", "说", "我", "至",
];
/// English words that are in no road's name; a number before them counts something.
const COUNTED: [&str; 20] = [
    "of", "in", "on", "at", "by", "for", "the", "is", "are", "to", "from", "and", "days", "people",
    "years", "weeks", "months", "yuan", "minutes", "copies",
];

/// The addresses in a folded text.
pub(super) fn find(folded: &str) -> impl Iterator<Item = Entity> {
    let emails = EMAIL.find_iter(folded).map(|hit| Entity::of(Kind::Email, hit.range(), folded));
    let chinese = CHINESE
        .find_iter(folded)
        .map(|hit| Entity::of(Kind::Address, without_lead(folded, hit.range()), folded));
    let english = ENGLISH
        .find_iter(folded)
        .filter(|hit| !hit.as_str().split([' ', ',']).any(|word| COUNTED.contains(&word)));
    let english = english.map(|hit| Entity::of(Kind::Address, hit.range(), folded));
    emails.chain(chinese).chain(english)
}

/// From after the last word that cannot be of a road's name.
fn without_lead(folded: &str, span: Range<usize>) -> Range<usize> {
    let text = &folded[span.clone()];
    // At least two characters of a name stay: "在" may also be the first of one.
    let name = text.char_indices().nth(2).map_or(0, |(at, _)| at);
    let road = text.find(['路', '街', '巷', '道', '村', '区', '园', '寓', '苑', '弄', '胡']);
    let last = road.unwrap_or(0).saturating_sub(name.min(6));
    let lead = BEFORE
        .iter()
        .flat_map(|word| text[..text.floor_char_boundary(last)].rmatch_indices(word).next())
        .map(|(at, word)| at + word.len())
        .max()
        .unwrap_or(0);
    span.start + lead..span.end
}
