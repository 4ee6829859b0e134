//! How a message leans on what was said before: "and the passport?", "那我儿子呢", "它多少钱".

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

const WHAT_ABOUT: &str = r"^(?:那|那么|然后)[^,，。]{1,14}(?:呢|吗|么)?[?？。]*$|^[^,，。]{1,12}呢[?？。]*$|^(?:ok |okay |so |oh )?(?:and|what about|how about|and what about|and how about|what of|same for|or)\b.{2,40}$|^(?:and )?for .{2,30}\?*$";

const POINTS_BACK: &str = r"它|他们?的?|她|这个|那个|这种|那种|这些|上面|刚才|还有|也|那(?:么|里|边)?|呢[?？。]*$|\b(?:it|its|that|this|those|these|they|them|there|he|she|one|same|too|also|then)\b|^and\b";

const PERSON: &str = r"(?:给|帮|替|为)?(?:我|我们|咱|俺)?家?(?:的)?(?:小)?(?:儿子|女儿|孩子|小孩|娃|宝宝|妈妈|爸爸|母亲|父亲|老妈|老爸|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|老公|老婆|丈夫|妻子|爱人|老伴|孙子|孙女|外孙|老人|朋友|哥哥|弟弟|姐姐|妹妹|邻居)|(?:给|帮|替|为)?我(?:妈|爸|爷|奶|哥|弟|姐|妹)|\b(?:for )?(?:my|our|his|her) (?:own |little |old |elderly |disabled |newborn )*(?:son|daughter|child|children|kids?|baby|mother|mum|mom|father|dad|parents|grandmother|grandma|gran|grandfather|grandpa|grandson|granddaughter|grandchild|husband|wife|partner|brother|sister|friend|neighbour|neighbor|aunt|uncle|mother in law|father in law)\b";

const POINTED: &str = r"^(?:我)?(?:就|要|选|问|说|是|问的是|说的是|要的是)*(?P<zh>.{1,16}?)(?:的)?(?:那个|那一个|那项|那种|这个)(?:吧|呀|啊)?[。.!！]*$|^(?:我)?(?:就|要|选|问|说|是)*(?P<of>.{1,12}?)的[。.!！]*$|^(?:i mean |i meant |it's |i want )?(?:the )?(?P<en>.{2,40}?) one(?: please)?[.!]*$";

static TABLE: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [WHAT_ABOUT, POINTS_BACK, PERSON, POINTED]
        .map(|p| Regex::new(p).expect("the patterns are tested"))
});

/// Whether a folded message asks of another thing, or for another person, what was asked before.
pub fn what_about(folded: &str) -> bool {
    TABLE[0].is_match(folded)
}

/// Whether it has a word that stands for something said before.
pub fn points_back(folded: &str) -> bool {
    TABLE[1].is_match(folded)
}

/// Whom it is asked for, where that is somebody near to the asker: a range of the folded text.
pub fn person(folded: &str) -> Option<Range<usize>> {
    TABLE[2].find(folded).map(|found| found.range())
}

/// The words by which one of several things is pointed at: "医保的那个", "the insurance one".
pub fn pointed_at(folded: &str) -> Option<&str> {
    let found = TABLE[3].captures(folded)?;
    ["zh", "of", "en"].iter().find_map(|name| found.name(name)).map(|words| words.as_str())
}

#[cfg(test)]
mod tests {
    use super::{person, pointed_at, points_back, what_about};
    use crate::normal::fold;

    #[test]
    fn what_was_asked_before_is_asked_of_another_thing() {
        for text in [
            "那护照呢？",
            "护照呢",
            "那我儿子呢",
            "And the passport?",
            "what about a dog?",
            "for my son?",
        ] {
            assert!(what_about(&fold(text)), "{text}");
        }
        for text in ["护照多少钱", "How much is a passport?", "办居住证要带什么"] {
            assert!(!what_about(&fold(text)), "{text}");
        }
    }

    #[test]
    fn some_words_stand_for_what_was_said() {
        for text in ["它多少钱", "那个在哪办", "how much is it", "do they need that too"] {
            assert!(points_back(&fold(text)), "{text}");
        }
        assert!(!points_back("护照多少钱") && !points_back("passport fees"));
    }

    #[test]
    fn one_of_several_is_pointed_at_by_its_words() {
        for (text, words) in [
            ("医保的那个", Some("医保")),
            ("就要转移的", Some("转移")),
            ("the insurance one", Some("insurance")),
            ("医保多少钱", None),
        ] {
            assert_eq!(pointed_at(text), words, "{text}");
        }
    }

    #[test]
    fn somebody_near_is_recognised() {
        for (text, who) in [
            ("那我儿子呢", Some("我儿子")),
            ("for my son?", Some("for my son")),
            ("给我妈办", Some("给我妈")),
            ("护照", None),
        ] {
            assert_eq!(person(text).map(|range| &text[range]), who, "{text}");
        }
    }
}
