//! Feelings that want a kind word: insults, and despair short of danger (danger is `danger`'s).
//! What is asked besides is left to the other steps.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::tokens;

/// A feeling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feeling {
    /// Somebody no longer knows what to do.
    Despair,
    /// An insult, and nothing asked.
    Insult,
}

const DESPAIR: &str = r"绝望|走投无路|(快|要)?(崩溃|撑不(住|下去)|熬不(住|下去)|坚持不(住|下去))(了)?|(没|没有)(希望|盼头|指望|出路|活路)|看不到(希望|头|出路)|心(太|好|很)?累|(我)?(真的)?(想|要)哭|哭了(一|好几|半)|(压力|负担)(太|好|很)大|(好|太|很)(无助|痛苦|孤独|难过|压抑)|没(有)?人(管|帮)(我|我们)|(日子|生活).{0,4}(没法过|过不下去|太难)|\b(hopeless|desperate|in despair|despairing|overwhelmed|at my wits end|wits' end|worn out by life|so alone|so lonely|helpless)\b|\bcan'?t (cope|take (it|this) any ?more|stop crying)\b|\b(no|lost all|losing) hope\b|\bnobody (helps|cares|will help)( me| us)?\b|\bno ?one (helps|cares|will help)( me| us)?\b|\bi (could|want to|just want to) cry\b|\bi'?m (crying|falling apart|breaking down|at the end of my rope|so depressed)\b|\beverything is (falling apart|too much)\b";

const INSULT: &str = r"傻[逼比b叉瓜子]|煞笔|沙比|\bsb\b|(^|[ ,.!?])(你|他|她)?(妈的|奶奶的)([ ,.!?]|$)|(操|草|艹)(你|尼)(妈|马|大爷)|(^|[ ,.!?我])(操|草|艹|日)(你|尼)(妈|马|大爷)?([ ,.!?]|$)|草泥马|(混|王八|龟)(蛋|孙子)|狗(屁|东西|日的)|放屁|放狗屁|(你|你们|这|个|死|大|真是|就是)废物|^废物[ ,.!?]*$|白痴|弱智|脑残|智障(客服|机器人|系统|东西)?|蠢(货|猪|驴|死了)?|滚(蛋|开|犊子|吧)?|去死(吧)?|死(机器|骗子)|垃圾(客服|系统|机器人|东西|玩意儿?|软件|助手)|^垃圾$|(什么)?破(玩意儿?|东西|机器人|系统)|(你|你们)(这个|是|就是|真|真是|好|太|怎么这么|都是)*(笨|傻|蠢|没用|垃圾|差劲|烂|恶心|讨厌|吃干饭的|吃屎的?|骗子)|没用的东西|\bf+u+c+k+(ing)?( you| off| this)?\b|\bscrew you\b|\b(you are|you're|youre|ur|u are|you)( all)?( an?| so| such an?| really| fucking| completely| the most)* ?(idiots?|stupid|moron|dumb|useless|worthless|trash|garbage|rubbish|pathetic|hopeless|ridiculous|joke|crap|shit|a joke|terrible|awful|liar)\b|\b(stupid|dumb|useless|shitty|crappy|fucking|damn|bloody) (bot|robot|machine|thing|assistant|system|service|program|computer|website|idiot)s?\b|\bshut up\b|\bgo to hell\b|\b(idiot|moron|asshole|bastard|bitch|dumbass)s?\b|\byou suck\b|\bbull ?shit\b|\bpiece of (shit|crap|junk|garbage)\b";

/// Whom insults are meant for; they ask nothing.
const TARGETS: &[&str] = &[
    "你们",
    "这个",
    "那个",
    "机器人",
    "机器",
    "系统",
    "客服",
    "就是",
    "真是",
    "什么",
    "bot",
    "robot",
    "you",
    "system",
    "真的",
    "feel",
    "我们",
];

static DESPAIRS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(DESPAIR).expect("the pattern is tested"));
static INSULTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(INSULT).expect("the pattern is tested"));

/// The feeling in a folded text. An insult beside a question is no answer's business.
pub fn of(folded: &str) -> Option<Feeling> {
    if DESPAIRS.is_match(folded) && !about_the_assistant(folded) {
        return Some(Feeling::Despair);
    }
    if !INSULTS.is_match(folded) {
        return None;
    }
    asks_nothing(&INSULTS, folded).then_some(Feeling::Insult)
}

/// Whether a text speaks of despair and asks nothing besides.
pub fn only_despairs(folded: &str) -> bool {
    of(folded) == Some(Feeling::Despair) && asks_nothing(&DESPAIRS, folded)
}

/// Words of a question: "你们垃圾几点收" insults nobody.
static QUESTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"怎么|怎样|哪|几点|几号|多少|扔|收|开门|上班|\b(where|when|how|which|what time)\b")
        .expect("the pattern is tested")
});

fn asks_nothing(feeling: &Regex, folded: &str) -> bool {
    let rest = feeling.replace_all(folded, " ");
    if QUESTION.is_match(&rest) {
        return false;
    }
    let said = tokens::content(&rest)
        .into_iter()
        .filter(|word| word.chars().count() > 1 && !TARGETS.contains(&word.as_str()));
    said.count() <= 1
}

/// "You are hopeless" is no despair.
fn about_the_assistant(folded: &str) -> bool {
    folded.contains("you are hopeless") || folded.contains("you're hopeless")
}

#[cfg(test)]
mod tests {
    use super::{Feeling::*, of};

    fn check(text: &str, expected: Option<super::Feeling>) {
        assert_eq!(of(&crate::normal::fold(text)), expected, "{text}");
    }

    #[test]
    fn insults_are_told_from_questions() {
        for text in [
            "你真笨",
            "傻逼",
            "滚",
            "垃圾系统",
            "你这个废物机器人",
            "you are useless",
            "stupid bot",
            "Fuck you!",
        ] {
            check(text, Some(Insult));
        }
        check("垃圾分类怎么分", None);
        check("妈的，社保卡丢了要带什么补办", None);
        check("useless fridge, who collects bulky waste", None);
        check("残疾证怎么办", None);
        check("我妈的卡丢了咋办", None);
        for text in ["周日你们开吗", "生日你好", "有害废物", "你们垃圾几点收", "他奶奶的医保卡"]
        {
            check(text, None);
        }
    }

    #[test]
    fn despair_is_heard() {
        for text in [
            "我真的走投无路了",
            "我好绝望",
            "I feel hopeless",
            "I can't cope anymore",
            "没有人帮我",
        ] {
            check(text, Some(Despair));
        }
        check("办居住证要带什么", None);
        check("you're hopeless", Some(Insult));
    }
}
