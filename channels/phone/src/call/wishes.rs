//! What a caller wants of the call itself: louder, once more, the keys, another language. What is
//! asked of the city goes to the bot, and so does all that needs the conversation.

use bot::LanguageIdentifier;
use nlu::{Intent, intent, langid, normal::fold};
use regex::Regex;
use std::sync::LazyLock;

/// A wish that the call itself fulfils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// What was said last, once more.
    Repeat,
    /// In smaller parts and at a slower pace.
    Slower,
    /// At the usual pace again.
    Faster,
    /// With more strength.
    Louder,
    /// The next part.
    GoOn,
    /// A moment to think.
    Wait,
    /// An end to what is being said.
    Stop,
    /// An end to the call.
    Goodbye,
    /// Agreement with what was asked last.
    Yes,
    /// The contrary.
    No,
    /// One of what was offered, counted from 0.
    Choose(usize),
    /// The services by keys.
    Keys,
    /// What the keys do.
    WhichKeys,
    /// Another language.
    Language(LanguageIdentifier),
    /// The speaker is looking for words: nothing was wanted yet.
    Thinking,
}

static TABLE: LazyLock<Vec<(Wish, Regex)>> = LazyLock::new(|| {
    let english = Wish::Language(langid!("en"));
    let chinese = Wish::Language(langid!("zh"));
    let rows = [
        (
            Wish::Louder,
            "(说|讲|声音)?(再|可以|能)?(大声|响|大)(一)?(点|些)?(声)?(说|讲)?|(太|有点)轻了?|听不见",
        ),
        (
            Wish::Louder,
            "(can you |could you )?(please )?(speak|talk)( a bit| a little)? (up|louder)( please)?|louder( please)?|i ?can ?t hear( you)?",
        ),
        (Wish::Faster, "(说|讲|再)?(得)?(可以)?快(一)?(点|些)(说|讲)?|(说|讲)快点|正常(的)?速度"),
        (
            Wish::Faster,
            "(can you |could you )?(please )?(speak |talk )?(a bit |a little )?faster( please)?|normal speed( please)?",
        ),
        (
            Wish::Repeat,
            "(再说|再讲|重复)(一遍|一次)?(最后|刚才)(那)?(一)?(部分|段|句|点)|(最后|刚才)(那)?(一)?(部分|段|句)(再说一遍|再说一次|没听清)?|上一段",
        ),
        (
            Wish::Repeat,
            "(say |repeat )?(the |that )?last (part|bit|sentence|one)( again)?( please)?",
        ),
        (Wish::Keys, "(我)?(要|想)?(用)?按键(选|选择|操作)?|菜单|(有|都有)?(什么|哪些)(服务|选项)"),
        (
            Wish::Keys,
            "(use |with |by )?(the )?(keys|keypad|buttons)( please)?|(the )?(main )?menu( please)?",
        ),
        (Wish::WhichKeys, "(按键|键)(怎么用|有什么用|都是什么)|(有|都有)(哪些|什么)键"),
        (
            Wish::WhichKeys,
            "(what|which) (do )?(the )?(keys|buttons)( are there| do)?|(help with )?the keys",
        ),
        (english.clone(), "(请)?(说|讲|用|换)?(成)?(英文|英语)(吧|说|讲)?"),
        (
            english,
            "(in |speak )?english( please)?|(can you |could you |do you )?(please )?speak english( please)?",
        ),
        (chinese.clone(), "(请)?(说|讲|用|换)?(成)?(中文|汉语|普通话|国语)(吧|说|讲)?"),
        (
            chinese,
            "(in |speak )?(chinese|mandarin)( please)?|(can you |could you |do you )?(please )?speak (chinese|mandarin)( please)?",
        ),
        // Where chat takes these for a farewell, a call has just asked whether there is more.
        (Wish::No, "(不|没)(用|要|有|需要)?(了|啦|谢谢)*|没(有)?(别的)?(问题|事)?了|就这些"),
        (
            Wish::No,
            "no(pe)?( thanks| thank you)?|nothing( else| more)?( thanks| thank you)?|that (is|s) (all|it)( thanks| thank you)?",
        ),
        (
            Wish::Thinking,
            "(嗯|呃|额|哦|喔|啊|诶|哎|[那哪]个|这个|就是|我想问(一下)?|我问(一下)?|请问(一下)?|让我想想|我想想|是这样(的)?|怎么说呢)+",
        ),
        (
            Wish::Thinking,
            "((um+|uh+|er+|erm|hm+|ah|oh|well|so|okay so|let me think|let me see|i want to ask|i would like to ask|i have a question|you know|like) ?)+",
        ),
    ];
    let compile = |pattern: &str| Regex::new(&format!("^(?:{pattern})$"));
    rows.into_iter().map(|(wish, row)| (wish, compile(row).expect("a test reads it"))).collect()
});

/// What a message wants of the call; nothing where it is the bot's to answer.
pub(crate) fn of(text: &str) -> Option<Wish> {
    let folded = fold(text);
    let plain = plain(&folded);
    if let Some((wish, _)) = TABLE.iter().find(|(_, pattern)| pattern.is_match(&plain)) {
        return Some(wish.clone());
    }
    Some(match intent::of(&folded).0 {
        Intent::Repeat => Wish::Repeat,
        Intent::Slower => Wish::Slower,
        Intent::GoOn => Wish::GoOn,
        Intent::Wait => Wish::Wait,
        Intent::Stop => Wish::Stop,
        Intent::Goodbye => Wish::Goodbye,
        Intent::Yes => Wish::Yes,
        Intent::No => Wish::No,
        Intent::Choose(place) => Wish::Choose(place),
        _ => return None,
    })
}

/// Whether it is the city's to answer, as far as words alone tell: neither a wish nor a call for a
/// person.
pub(crate) fn is_question(text: &str) -> bool {
    of(text).is_none() && intent::of(&fold(text)).0 == Intent::Ask
}

/// Letters and digits alone, with single spaces between words of an alphabet.
fn plain(folded: &str) -> String {
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let spaced: String = folded.chars().map(letters).collect();
    let mut out = String::new();
    for word in spaced.split_whitespace() {
        if !out.is_empty() && word.is_ascii() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_of_the_call_in_both_languages() {
        let rows = [
            ("大声一点", Wish::Louder),
            ("Could you speak up, please?", Wish::Louder),
            ("I can't hear you.", Wish::Louder),
            ("说快一点", Wish::Faster),
            ("慢一点", Wish::Slower),
            ("Slower, please.", Wish::Slower),
            ("再说一遍。", Wish::Repeat),
            ("The last part again, please.", Wish::Repeat),
            ("最后一段再说一遍", Wish::Repeat),
            ("等一下", Wish::Wait),
            ("继续。", Wish::GoOn),
            ("Go on.", Wish::GoOn),
            ("用按键", Wish::Keys),
            ("Menu.", Wish::Keys),
            ("English please", Wish::Language(langid!("en"))),
            ("说中文吧", Wish::Language(langid!("zh"))),
            ("嗯，那个，我想问一下", Wish::Thinking),
            ("Um, well, let me think.", Wish::Thinking),
            ("对", Wish::Yes),
            ("不用了", Wish::No),
            ("没有了，谢谢", Wish::No),
            ("That's all, thanks.", Wish::No),
            ("第二个", Wish::Choose(1)),
            ("再见", Wish::Goodbye),
        ];
        for (said, wish) in rows {
            assert_eq!(of(said), Some(wish), "{said}");
        }
    }

    #[test]
    fn questions_are_the_bots() {
        for said in [
            "办护照要多少钱？",
            "人工",
            "I want a person",
            "speak with the mayor",
            "菜单上的价格对吗",
            "简单点说",
        ] {
            assert_eq!(of(said), None, "{said}");
        }
    }
}
