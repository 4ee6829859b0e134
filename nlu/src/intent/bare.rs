//! A message without what only fills it: signs, "uh", "请问", "could you … please".

use std::sync::LazyLock;

use regex::Regex;

use crate::script::is_han;

/// Said before, to begin or to be polite.
const BEFORE: &str = r"^(?:(?:嗯+|呃+|额+|啊+|哦+|噢+|诶+|欸+|哎呀?|唉|那个|这个|就是说?|那么?|请问?|麻烦(?:你|您)?(?:们)?|劳驾|拜托|不好意思|对不起|抱歉|能不能|可不可以|可否|可以|能|你好|您好|喂|帮我|给我|我说|你|您|先)|(?:hey|hi|hello|ok|okay|well|so|oh|ah+|hm+|huh|right|now|and|but|excuse me|sorry|i'm sorry|can (?:you|u|we)|could (?:you|u|we)|would (?:you|u)(?: mind)?|will you|i'd you to|i mean|then|yo)(?: |$))";

/// Said after, to soften or to be polite.
const AFTER: &str = r"(?:(?:好吗|好不好|行吗|行不行|可以吗|好伐|谢谢(?:你|您)?|谢了|哈+|啊+|呀|吧|啦|哦|嘛|呗|噢|哟|咯|吗|么|先)|(?:^| )(?:thanks|thank you|thx|for me|then|now|dear|mate|sir|madam|would you|will you|can you|could you|ok|okay|right|if you can|if possible|if you don't mind|man|bro|lol))$";

/// Said anywhere, meaning nothing.
const WITHIN: &str = r"\b(?:uh+|um+|er+m?|mm+|like|just|please|pls|plz|kindly|actually|basically|you know|damn|bloody|fucking|freaking)\b";

static BEFORE_IT: LazyLock<Regex> = LazyLock::new(|| compile(BEFORE));
static AFTER_IT: LazyLock<Regex> = LazyLock::new(|| compile(AFTER));
static IN_IT: LazyLock<Regex> = LazyLock::new(|| compile(WITHIN));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the filler table is tested")
}

/// The words with single spaces, without signs; no spaces between Chinese characters.
pub(super) fn plain(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if !c.is_alphanumeric() && c != '\'' {
            gap = true;
            continue;
        }
        let before = out.chars().next_back();
        let between_han = is_han(c) && before.is_some_and(is_han);
        if gap && before.is_some() && !between_han {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// What is left without fillers; all of it, when it is nothing but fillers.
pub(super) fn core(plain: &str) -> String {
    let without = IN_IT.replace_all(plain, " ");
    let mut text = without.split_whitespace().collect::<Vec<_>>().join(" ");
    // Each round takes something away, so this ends; people do not put more rounds than these.
    for _ in 0..8 {
        let before = BEFORE_IT.find(&text).map_or(0, |found| found.end());
        let rest = text[before..].trim();
        let after = AFTER_IT.find(rest).map_or(rest.len(), |found| found.start());
        let rest = rest[..after].trim();
        if rest.is_empty() || rest == text {
            break;
        }
        text = rest.to_owned();
    }
    text
}
