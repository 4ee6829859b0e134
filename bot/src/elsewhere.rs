//! Other places: a question about another city is told so, unless the city is only where somebody
//! comes from, or where something happened.

use knowledge::names::Mention;
use nlu::script::stands_alone;

use crate::{plain, turn::Heard};

/// The name of a city that is not this one, unless it is a part of something published here.
pub(crate) fn another_place(heard: &Heard<'_>, mentions: &[Mention]) -> Option<String> {
    let pack = heard.context.pack;
    let fold =
        |names: &[String]| names.iter().map(|name| nlu::normal::fold(name)).collect::<Vec<_>>();
    let (here, more) = (fold(&pack.names), fold(&pack.elsewhere));
    let folded = &heard.understanding.folded;
    let name = nlu::place_names::elsewhere(folded, &here, &more)?.to_owned();
    // "I moved here from Beijing" is about here, and so is what was paid there before.
    let from = ["从", "来自", "from "].iter().any(|from| folded.contains(&format!("{from}{name}")));
    let from = from || and_here(folded) || only_mentioned(folded, &name);
    let published = mentions.iter().any(|mention| folded[mention.span.clone()].contains(&name));
    let plain = || plain::says(heard, &name);
    (!published && !from && !plain()).then(|| shown_name(heard, &name))
}

/// Whether a text that names another place is about here all the same: somebody came from there or
/// goes there, and asks what becomes of it.
fn and_here(folded: &str) -> bool {
    let han = ["之前", "以前", "原来", "现在", "这里", "这边", "过来", "回来", "转", "带走"];
    let words = ["here", "now", "moved", "moving", "before", "used to", "with me", "come back"];
    let said = |word: &str| {
        let mut found = folded.match_indices(word).map(|(at, _)| at..at + word.len());
        found.any(|part| stands_alone(folded, part))
    };
    han.iter().any(|word| folded.contains(word)) || words.iter().any(|word| said(word))
}

/// Whether another place is named in what was told before the question, as where something happened
/// ("broke my leg skiing in Harbin. How do I claim it?"), and not as where somebody is.
fn only_mentioned(folded: &str, name: &str) -> bool {
    let sentences = folded.split(['.', '!', '?', ';', '。', '！', '？', '\n']);
    let said: Vec<&str> =
        sentences.filter(|sentence| sentence.contains(char::is_alphanumeric)).collect();
    let is_there = ["live", "living", " am in", "i'm in", "im in", "stay", "住在", "我在", "人在"];
    let told = |sentence: &&str| {
        sentence.contains(name) && is_there.iter().all(|sign| !sentence.contains(sign))
    };
    let Some((asked, before)) = said.split_last() else { return false };
    !asked.contains(name) && before.iter().any(told)
}

/// A folded English name as it is written.
fn shown_name(heard: &Heard<'_>, folded: &str) -> String {
    let text = &heard.understanding.folded;
    debug_assert!(text.contains(folded));
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or(String::new(), |c| c.to_uppercase().collect::<String>() + letters.as_str())
    };
    folded.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}
