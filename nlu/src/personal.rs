//! Personal data: identity numbers, telephone numbers, bank cards, e-mail and postal addresses.
//! They are no part of a question and help nobody to answer it, so a mark takes their place before
//! anything is understood, searched or kept for operators. Ends at what can be told by its form:
//! a person's name cannot.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    entity::{self, Entity, Kind, Taken},
    normal,
    script::{compile, is_han},
};

/// What stands for a kind, in Chinese and English.
const MARKS: [(&str, &str); 6] = [
    ("［身份证号］", "[identity number]"),
    ("［证件号］", "[document number]"),
    ("［银行卡号］", "[card number]"),
    ("［电话号码］", "[telephone number]"),
    ("［电子邮箱］", "[e-mail address]"),
    ("［住址］", "[postal address]"),
];

static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    let marks: Vec<_> =
        MARKS.iter().flat_map(|(a, b)| [regex::escape(a), regex::escape(b)]).collect();
    let chinese = "(?:我的|我|本人的?|他的|她的|[我他她]?[妈爸]的?)?(?:身份证(?:号码?)?|手机(?:号码?)?|电话(?:号码)?|联系方式|银行卡号?|卡号|邮箱|电子邮[件箱]|家庭[住地]址|地址|住址|护照号?码?|我?家?住在?)[是为:： ]*";
    let english = r"(?:\b(?:my|his|her|the|and) )*\b(?:(?:identity|id|phone|telephone|mobile|bank|credit|passport|home|e-?mail) )?(?:id|identity card|number|no\.?|phone|telephone|mobile|card|passport|e-?mail|mail|address)(?: number| no\.?)?(?: is|:)? ?|(?:\bi )?\blive (?:at|in|on) ";
    compile(&format!("(?i)(?:{chinese}|{english})(?P<mark>{})", marks.join("|")))
});

/// What is published and so nobody's own: a city's telephone numbers and addresses.
#[derive(Debug, Clone, Default)]
pub struct Public(Vec<String>);

impl Public {
    /// Of texts as they are published.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Public {
        Public(texts.into_iter().map(|text| bare(&view(text).0)).collect())
    }

    fn holds(&self, entity: &Entity) -> bool {
        let bare = bare(&entity.text);
        self.0.iter().any(|text| text.contains(&bare))
    }
}

/// Letters and digits alone, so that it is the same however it is spaced.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text with a mark for each piece of personal data that is not public, in Chinese where the
/// text holds any; otherwise as it came. Masking what is masked changes nothing.
pub fn mask(text: &str, public: &Public) -> String {
    let chinese = text.chars().any(is_han);
    let mut text = text.to_owned();
    // What a mark leaves beside it may be read anew, so this goes on until nothing is found. Each
    // round takes away characters that no mark has, so it ends.
    loop {
        let (view, places) = view(&text);
        let mut found: Vec<_> = personal(&view, public)
            .into_iter()
            .map(|entity| (source(&places, &entity.span), entity.kind))
            .collect();
        if found.is_empty() {
            return text;
        }
        found.sort_by_key(|(span, _)| span.start);
        for (span, kind) in found.into_iter().rev() {
            text.replace_range(span, mark(&kind, chinese));
        }
    }
}

/// Whether a masked text holds a mark.
pub fn is_marked(masked: &str) -> bool {
    MARKS.iter().any(|(chinese, english)| masked.contains(chinese) || masked.contains(english))
}

/// A masked text without the words that only introduce a mark: "my number is", "我的电话是". They
/// may be the topic all the same ("my ID … is lost"), so whoever knows the topics decides.
pub fn without_labels(masked: &str) -> String {
    LABELS.replace_all(masked, "$mark").into_owned()
}

/// A masked text without its marks: what is left to be understood.
pub fn without_marks(masked: &str) -> String {
    let mut text = masked.to_owned();
    for (chinese, english) in MARKS {
        text = text.replace(chinese, " ").replace(english, " ");
    }
    text
}

fn mark(kind: &Kind, chinese: bool) -> &'static str {
    let place = match kind {
        Kind::Identity => 0,
        Kind::Card => 2,
        Kind::Telephone => 3,
        Kind::Email => 4,
        Kind::Address => 5,
        _ => 1,
    };
    if chinese { MARKS[place].0 } else { MARKS[place].1 }
}

/// Personal data in a text whose letters are folded, none over another.
fn personal(view: &str, public: &Public) -> Vec<Entity> {
    let mut taken = Taken::of(view);
    let mut found = entity::reaching(view);
    found.retain(|entity| {
        taken.take(entity.span.clone()) && entity.is_personal() && !public.holds(entity)
    });
    found
}

/// The text with each character folded by itself, and for each byte of that the place of its
/// character in the text. (`normal::fold` cannot tell where a character came from.)
fn view(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut view, mut places) = (String::with_capacity(text.len()), Vec::new());
    for (at, c) in text.char_indices() {
        let from = view.len();
        if c.is_whitespace() {
            view.push(' ');
        } else if c.is_ascii_digit() {
            view.push(c);
        } else if !normal::is_hidden(c) {
            let composed = [c].into_iter().nfkc().flat_map(char::to_lowercase);
            view.extend(composed.map(|c| match c {
                '號' => '号',
                '樓' => '楼',
                '單' => '单',
                '棟' => '栋',
                '層' => '层',
                '區' => '区',
                '園' => '园',
                c => c,
            }));
        }
        places.resize(places.len() + view.len() - from, at..at + c.len_utf8());
    }
    (view, places)
}

/// Where a part of the view came from.
fn source(places: &[Range<usize>], span: &Range<usize>) -> Range<usize> {
    match (places.get(span.start), places.get(span.end.wrapping_sub(1))) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, masked: &str) {
        assert_eq!(mask(text, &Public::default()), masked);
    }

    #[test]
    fn what_tells_who_somebody_is_is_masked() {
        check("我的身份证号是11010519491231002X，怎么补办", "我的身份证号是［身份证号］，怎么补办");
        check("１１０１０５１９４９１２３１００２Ｘ 丢了", "［身份证号］ 丢了");
        check("My ID is 110105 19491231 002x.", "My ID is [identity number].");
        check("打我电话139-1234-5678", "打我电话［电话号码］");
        check("call me: +86 139 1234 5678 please", "call me: [telephone number] please");
        check("幺三九一二三四五六七八", "［电话号码］");
        check("a 021-6555 0123 b", "a [telephone number] b");
        check("card 4111 1111 1111 1111, lost", "card [card number], lost");
        check("Write to Ann.Lee+x@Example.org!", "Write to [e-mail address]!");
        check("我住在幸福路123弄4号501室，要报修", "我住在［住址］，要报修");
        check("I live at 17 Marker Lane, flat 3", "I live at [postal address], flat 3");
        check("my passport E12345678 expired", "my passport [document number] expired");
        check("139\u{200B}12345678", "[telephone number]");
    }

    #[test]
    fn what_everybody_may_know_stays() {
        for text in [
            "打12345有人接吗",
            "400-820-8820",
            "护照要120块",
            "2026-11-27 10:30",
            "10月1号开门吗",
            "第3号窗口",
            "91350100M000100Y43",
            "within 15 working days",
            "社保卡怎么办",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn marks_are_found_and_taken_out() {
        let mask = |text: &str| mask(text, &Public::default());
        let masked = mask("电话13912345678，社保卡丢了");
        assert!(is_marked(&masked));
        assert_eq!(without_marks(&masked), "电话 ，社保卡丢了");
        assert!(!is_marked("社保卡丢了"));
        let bare = |text: &str| without_marks(&without_labels(&mask(text))).trim().to_owned();
        assert_eq!(bare("我的电话是13912345678，社保卡丢了"), "，社保卡丢了");
        assert_eq!(
            bare("My ID number is 11010519491231002X, I need a passport"),
            ", I need a passport"
        );
    }

    #[test]
    fn what_the_city_publishes_stays() {
        let public = Public::of(["021-5550-0101", "临江区江湾路 88 号 1 楼", "88 Jiangwan Road"]);
        for text in ["江湾路88号怎么去", "是(021) 5550 0101吗", "Where is 88 Jiangwan Road?"]
        {
            assert_eq!(mask(text, &public), text);
        }
        assert_eq!(mask("江湾路8号", &public), "［住址］");
        assert_eq!(mask("021-5550-0109", &public), "[telephone number]");
    }

    /// Texts that look like what is masked.
    fn any_text() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            "\\PC{0,12}",
            "[0-9x .()+-]{0,40}",
            "[０-９〇一二三四五六七八九幺]{0,20}",
            "[a-z0-9.@-]{0,24}",
            "[住在幸福路弄号室楼0-9一二十]{0,16}",
            Just("11010519491231002X".to_owned()),
            Just("4111111111111111".to_owned()),
            Just("a@b.cn".to_owned()),
            Just("13912345678".to_owned()),
            Just("[identity number]".to_owned()),
        ];
        proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn masking_settles_at_once_and_leaves_nothing(text in any_text()) {
            let public = Public::default();
            let once = mask(&text, &public);
            prop_assert_eq!(&mask(&once, &public), &once);
            let (view, _) = view(&once);
            prop_assert!(personal(&view, &public).is_empty());
        }

        #[test]
        fn an_identity_number_never_stays(before in "\\PC{0,10}", after in "\\PC{0,10}") {
            let text = format!("{before} 11010519491231002X {after}");
            let masked = mask(&text, &Public::default());
            prop_assert!(!masked.contains("11010519491231002X"), "{}", masked);
        }
    }
}
