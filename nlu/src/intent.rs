//! What a message wants of the assistant itself, when it is not a question about a service.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Something the city may know.
    Ask,
    /// A greeting and nothing else.
    Hello,
    /// Thanks.
    Thanks,
    /// A farewell.
    Goodbye,
    /// What can be asked here.
    Help,
    /// The last answer once more.
    Repeat,
    /// A human being.
    Person,
    /// Whether this is a machine.
    Robot,
    /// One of the choices offered, counted from 0.
    Choose(usize),
    /// None of the choices offered.
    Neither,
}

/// Patterns over the whole folded message, without its closing signs. First match counts.
const PATTERNS: &[(Intent, &str)] = &[
    (
        Intent::Person,
        r"^(0|人工|转人工|真人|客服|人)$|(找|转|要|接|想跟|想和|跟|和|有没有|叫|换)(个|一个|一下|到)?(你们(的)?)?(人工|真人|活人|工作人员|客服|接线员|人说话|人讲话|人聊|人来)|(转|接)人工|人工(服务|客服|坐席)|找(个|一个)?人(跟|和|来|给|帮)|不(想|要)(跟|和)(机器|机器人)(说|讲|聊)|^(agent|human|operator|person|representative|staff)( please)?$|\b(talk|speak|chat|connect|transfer|put)( me)?( through)?( to| with) (a |an |the |some )?(real |live |human )?(person|human|agent|someone|somebody|operator|staff|people|representative|member of staff|human being)\b|\b(i )?(want|need|would like|'d like) (a |an )?(real |live )?(person|human|agent|operator)\b|\b(real|live) (person|human)\b|\b(operator|human being)$|\b(reach|contact|call) (a person|customer service|the staff|staff)\b|\b(someone|somebody|colleagues?|a person) (to )?call (me|us)\b",
    ),
    (
        Intent::Robot,
        r"你是(不是)?(真人|机器人?|人(工)?|ai|谁|电脑)|是(机器人?|人工|真人)(吗|么|还是)|\bare you (a |an )?(real|robot|bot|machine|human|person|ai|computer|chatbot)\b|\bwho are you\b|\bam i (talking|speaking) to (a|an) \w+",
    ),
    (
        Intent::Repeat,
        r"^(请|麻烦)?(你)?(再|重新|重复)(说|讲|来|念|发)?(一?遍|一?次|一下)?(好吗|吗|吧)?$|^(没听清|没看清|重复(一下)?|什么)$|\b(repeat|say (it|that) again|once more|come again|pardon|say again)\b",
    ),
    (
        Intent::Neither,
        r"^(都不是|不是|都不对|都没有|没有|不对|哪个都不是|其他的?|别的)(的|了|我要的)?$|^(no,? )?(neither|none|none of (them|these|those|the above)|something else|no)$",
    ),
    (
        Intent::Thanks,
        r"^(好的?|嗯|ok|行)?(那)?(非常|太|多)?(谢|谢谢|感谢|多谢|谢啦|谢了|辛苦)(你|您|了|啦|啊|谢)*$|^(ok |okay |great |perfect |good )?(many )?(thanks|thank you|thx|cheers|ta)( (so|very) much| a lot| again| for .{1,40})?$",
    ),
    (
        Intent::Hello,
        r"^(你好|您好|哈喽|哈罗|嗨|喂|在吗|在不在|有人吗|早|早上好|上午好|下午好|晚上好|大家好)+(啊|呀|吗|哦)?$|^(hello|hi|hey|good (morning|afternoon|evening|day)|hi there|hello there|greetings|is anyone there)$",
    ),
    (
        Intent::Goodbye,
        r"^(好的?|那)?(再见|拜拜|拜|回见|没事了|没有了|不用了|好了)(了|啦|吧)?$|^(ok )?(good ?bye|bye|bye bye|see you|that's all|that is all|nothing else)$",
    ),
    (
        Intent::Help,
        r"^(帮助|帮忙|菜单|功能|怎么用|能干(什么|啥|嘛))$|你(能|会|可以)(做|干|办|帮我?做?)?(些|点)?(什么|啥|哪些|嘛)|(能|可以)问(你)?(什么|啥|哪些)|这(里|个)?怎么用|^(help|menu|options|start)( me)?$|\bwhat can (you|i) (do|ask|help)( here| you)?\b|\bhow does this work\b|\bhow (do|can) i use this\b",
    ),
];

/// Ways of naming one of the choices, by its place.
const ORDINALS: [&str; 4] = [
    r"^(选)?(第)?(1|一|甲)(个|项|种|条)?(吧)?$|^(the )?(1|1st|first|one|former)( one)?$",
    r"^(选)?(第)?(2|二|乙|两)(个|项|种|条)?(吧)?$|^(the )?(2|2nd|second|two)( one)?$",
    r"^(选)?(第)?(3|三|丙)(个|项|种|条)?(吧)?$|^(the )?(3|3rd|third|three)( one)?$",
    r"^(选)?(第)?(4|四|丁)(个|项|种|条)?(吧)?$|^(the )?(4|4th|fourth|four)( one)?$",
];

static TABLE: LazyLock<Vec<(Intent, Regex)>> = LazyLock::new(|| {
    let compile = |p: &str| Regex::new(p).expect("the pattern table is tested");
    let ordinals = ORDINALS.iter().enumerate().map(|(at, p)| (Intent::Choose(at), compile(p)));
    ordinals.chain(PATTERNS.iter().map(|(intent, p)| (*intent, compile(p)))).collect()
});

/// What a folded message wants; [`Intent::Ask`] when it is nothing else.
pub fn of(folded: &str) -> Intent {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    TABLE
        .iter()
        .find(|(_, pattern)| pattern.is_match(bare))
        .map_or(Intent::Ask, |(intent, _)| *intent)
}

#[cfg(test)]
mod tests {
    use super::{Intent::*, of};

    fn check(text: &str, expected: super::Intent) {
        assert_eq!(of(&crate::normal::fold(text)), expected, "{text}");
    }

    #[test]
    fn people_are_asked_for_in_many_ways() {
        for text in [
            "人工",
            "我要找人工",
            "转人工服务",
            "有没有真人啊",
            "I want to talk to a person",
            "agent",
            "can I speak to someone",
            "我想和人说话",
            "0",
            "Human please",
            "不想跟机器人说",
        ] {
            check(text, Person);
        }
        check("人工耳蜗补贴", Ask);
        check("person with a disability allowance", Ask);
        check("工作人员几点上班", Ask);
    }

    #[test]
    fn small_talk_is_told_from_questions() {
        check("你好！", Hello);
        check("您好，办居住证要带什么", Ask);
        check("Thank you very much!", Thanks);
        check("谢谢您", Thanks);
        check("再说一遍", Repeat);
        check("你是机器人吗？", Robot);
        check("what can you do", Help);
        check("拜拜", Goodbye);
        check("第二个", Choose(1));
        check("1", Choose(0));
        check("the second one", Choose(1));
        check("都不是", Neither);
    }
}
