//! Danger: whether somebody needs help at this moment, and which kind. Three judges are heard: signs
//! (what is happening, to whom, now; and what speaks against it), and two learned from examples, by
//! words and, where the sentence encoder is installed, by meaning. Ends at the kind; which number is
//! told is the bot's affair.
//!
//! Missing a cry costs more than a number told in vain, so that the uncertain middle is kept apart:
//! there the number is told beside the usual answer.

pub mod examples;
mod features;
mod layer;
pub mod learned;
mod lessons;
mod signs;
mod sound;
mod spelling;
pub mod training;
pub mod weights;

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

pub use signs::{Sign, Signs};

use layer::{Judgement, of_features};

use crate::{
    layer::of_meaning,
    meaning::Meaning,
    script::{Script, runs},
};

/// What kind of help is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something burns or smokes.
    Fire,
    /// Somebody attacks, robs, breaks in, follows, holds against one's will.
    Crime,
    /// Somebody is beaten or held by those they live with.
    ViolenceAtHome,
    /// A life or a body is at risk.
    Medical,
    /// Somebody may hurt themselves.
    SelfHarm,
    /// Gas leaks, or carbon monoxide is in the room.
    Gas,
    /// A child, or somebody who cannot find home, is lost.
    MissingChild,
}

impl Kind {
    /// All kinds, in their order.
    pub const ALL: [Kind; 7] = [
        Kind::Fire,
        Kind::Crime,
        Kind::ViolenceAtHome,
        Kind::Medical,
        Kind::SelfHarm,
        Kind::Gas,
        Kind::MissingChild,
    ];

    /// Its name in data files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fire => "fire",
            Kind::Crime => "crime",
            Kind::ViolenceAtHome => "violence-at-home",
            Kind::Medical => "medical",
            Kind::SelfHarm => "self-harm",
            Kind::Gas => "gas",
            Kind::MissingChild => "missing-child",
        }
    }
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It may be: the number is told beside the usual answer.
    Perhaps,
    /// It is: the number comes before anything else.
    Sure,
}

/// Somebody needs help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    /// Which kind.
    pub kind: Kind,
    /// How sure that is.
    pub certainty: Certainty,
}

/// What was heard of danger in one text, as numbers from which [`danger`] judges.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The signs, counted.
    pub signs: Signs,
    /// The likeliest kind.
    pub kind: Kind,
    /// The log odds that it is danger, by all judges together.
    pub odds: f32,
    /// How sure that is; nothing below all thresholds.
    pub certainty: Option<Certainty>,
}

/// Says what a folded text means; nothing where the sentence encoder is missing.
pub type Means<'a> = &'a dyn Fn(&str) -> Option<Meaning>;

/// Characters beyond which a text is heard in parts: one cry in a long tale must not drown in it.
const LONG: usize = 160;

/// Whether a folded text speaks of danger.
pub fn danger(folded: &str, means: Means<'_>) -> Option<Danger> {
    let weighed = weigh(folded, means);
    // Of a few words without any sign the judges know too little: "and my son?", "both".
    if !weighed.signs.told() && words(folded) <= FEW {
        return None;
    }
    weighed.certainty.map(|certainty| Danger { kind: weighed.kind, certainty })
}

/// Whether a text has a sign that tells of danger by itself, and not by its sound alone.
pub fn clear(folded: &str) -> bool {
    weigh(folded, &|_| None).signs.strongest() == Sign::Clear
}

/// Chinese characters and other words that are too few to judge by the model alone.
const FEW: usize = 6;

fn words(folded: &str) -> usize {
    let length = |(script, run): (Script, &str)| match script {
        Script::Han => run.chars().count(),
        Script::Word => 1,
    };
    runs(folded).into_iter().map(length).sum()
}

/// Whether somebody who was told a number asks for it again, or cries once more.
pub fn asks_again(folded: &str) -> bool {
    folded.chars().count() <= AGAIN && AGAIN_PATTERN.is_match(folded)
}

/// Whether a text is a cry for help and nothing else: it tells of no other danger than was told.
pub fn only_cries(folded: &str) -> bool {
    let rest = AGAIN_PATTERN.replace_all(folded, "");
    asks_again(folded) && rest.chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

/// Characters of a cry; more is another matter.
const AGAIN: usize = 40;

static AGAIN_PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(几|多少|什么|啥|哪个?)(号|电话|号码)|号码|(打|拨)(哪|什么|给谁|多少|几)|怎么(办|打)|咋办|救命|救我|快(点|来人?)|打不通|占线|没人接|再说一|然后呢|还在|来人|\b(which|what|the) number\b|\bnumber (again|please)\b|\bwho (do|should|can) i (call|phone|ring)\b|\bwhat (do|should|can) i do\b|\bwhat now\b|\bhelp\b|\bhurry\b|\bplease come\b|\b(nobody|no one) (answers|picks up)\b|\bline is busy\b|\bsay (it|that) again\b",
    )
    .expect("the pattern is tested")
});

/// Makes ready what has to be before the first text is heard. Without this call the first text
/// waits for it.
pub fn warm() {
    weigh("", &|_| None);
}

/// What speaks for danger in a folded text; in its likeliest part, if it is long.
pub fn weigh(folded: &str, means: Means<'_>) -> Weighed {
    if folded.chars().count() <= LONG {
        return weigh_part(folded, means);
    }
    // Encoding takes longer than all else: of many parts only the likeliest by its words is encoded.
    let likeliest = parts(folded)
        .into_iter()
        .chain([folded])
        .map(|part| (part, weigh_part(part, &|_| None)))
        .reduce(|best, next| if next.1.odds > best.1.odds { next } else { best });
    weigh_part(likeliest.map_or(folded, |(part, _)| part), means)
}

fn weigh_part(text: &str, means: Means<'_>) -> Weighed {
    let learned = &*learned::LEARNED;
    let heard = sound::hear(text);
    let signs = signs::count(&heard);
    let words = learned.layers.words.judge(&of_features(&features::of(&heard)));
    let meaning = means(text).map(|is| learned.layers.meaning.judge(&of_meaning(is.as_slice())));
    let joined = if meaning.is_some() { &learned.with_meaning } else { &learned.alone };
    let numbers = weights::numbers(&signs, words.danger, meaning.map(|judged| judged.danger));
    let odds = joined.odds(&numbers);
    let judges: Vec<Judgement> = [words].into_iter().chain(meaning).collect();
    Weighed { kind: signs.kind(&judges), certainty: joined.certainty(odds), signs, odds }
}

/// Characters of a part of a long text, unless a sentence ends later.
const SENTENCE: usize = 15;

/// The sentences of a long text, short ones together.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut length = 0;
    for (at, c) in text.char_indices() {
        length += 1;
        let end = matches!(c, '.' | '!' | '?' | '。' | '\n' | ';');
        if (end && length >= SENTENCE) || length >= LONG {
            parts.push(&text[from..at + c.len_utf8()]);
            from = at + c.len_utf8();
            length = 0;
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Option<Kind>) {
        let found = danger(&crate::normal::fold(text), &|_| None);
        let sure = found.filter(|found| found.certainty == Certainty::Sure);
        assert_eq!(sure.map(|danger| danger.kind), expected, "{text}");
    }

    #[test]
    fn danger_is_heard_in_both_languages() {
        check("厨房着火了", Some(Kind::Fire));
        check("有人拿刀追我", Some(Kind::Crime));
        check("我老公打我", Some(Kind::ViolenceAtHome));
        check("我爸晕倒了，没有呼吸", Some(Kind::Medical));
        check("我不想活了", Some(Kind::SelfHarm));
        check("家里煤气泄漏", Some(Kind::Gas));
        check("我儿子走丢了", Some(Kind::MissingChild));
        check("The kitchen is on fire!", Some(Kind::Fire));
        check("he has a knife and he's at my door", Some(Kind::Crime));
        check("my husband is beating me", Some(Kind::ViolenceAtHome));
        check("she's not breathing", Some(Kind::Medical));
        check("I'm going to kill myself", Some(Kind::SelfHarm));
        check("I smell gas", Some(Kind::Gas));
        check("my daughter is missing", Some(Kind::MissingChild));
    }

    #[test]
    fn it_is_heard_through_slips_of_finger_and_ear() {
        check("厨房招火了快来人", Some(Kind::Fire));
        check("没气泄楼了", Some(Kind::Gas));
        check("我bu想活了", Some(Kind::SelfHarm));
        check("my fathr isnt brething", Some(Kind::Medical));
        check("ther is smok and flams in the hause", Some(Kind::Fire));
        check("someone has kid napped my little girl", Some(Kind::MissingChild));
    }

    #[test]
    fn what_only_sounds_like_it_is_none() {
        for text in [
            "消防站在哪里",
            "心梗后怎么报销",
            "火锅店的执照怎么办",
            "气死我了",
            "孩子的社保卡丢了",
            "打电话没人接",
            "where is the fire station",
            "I was fired last month",
            "this form is killing me",
            "my child's bus card is missing",
            "how much does an ambulance cost",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn one_cry_does_not_drown_in_a_long_tale() {
        let tale = "我昨天去办事大厅办居住证，排了很久的队，工作人员让我再交一份材料。".repeat(8);
        check(&format!("{tale}现在我家着火了，火很大，快来人救命！{tale}"), Some(Kind::Fire));
        check(&tale, None);
    }

    proptest! {
        #[test]
        fn every_text_is_judged(text in "\\PC{0,300}") {
            let _ = danger(&crate::normal::fold(&text), &|_| None);
        }
    }
}
