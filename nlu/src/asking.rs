//! Which side of a thing is asked for: "要带什么", "how much", "几点开门". Each phrase found is
//! also taken out of the text, so that what is left names the thing itself. Where usual phrases say
//! nothing or mislead, `learned` decides by words, and `meant` by meaning.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    facet::Facet,
    meaning::Meaning,
    script::{Script, runs},
};

mod learned;
mod meant;

pub use learned::Chances;
pub use meant::Meant;

/// What a phrase asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// A side of a service.
    Facet(Facet),
    /// When a place is open.
    Hours,
}

/// Phrases by what they ask for, most telling first. Chinese and English together, folded.
const PHRASES: &[(Asked, &str)] = &[
    (
        Asked::Facet(Facet::WithoutPhone),
        r"(我|他|她|妈|爸|奶奶|爷爷|老人|家里)*(没有?|不会用?|不用|没带|不使用)(智能)?手机(怎么办|咋办)?|没有?(微信|网络)|不会(上网|扫码|用?网)|不会用智能机|老人机|\b(without|no|any|have|has|own|use|using)( an?| any| my| the)? ?(smart ?|mobile |cell )(phones?)\b|\bwithout (a |my )?(phone|app|internet)\b|\b(don't|do not|doesn't|does not) (have|own|use) an? ?(phone|app|smartphone|mobile)\b|\bno (phone|internet|smartphone|mobile)\b",
    ),
    (
        Asked::Facet(Facet::Simple),
        r"(请|能不能|可以)?(说|讲)?(得|的)?(再)?简单(一?点|些|地说|说|讲|一下)|说人话|听不懂|看不懂|太复杂|太长了|没明白|不明白|\b(say|explain|put|tell)?( me)?( it| that| this)?( to me)?( more| in)? ?(simply|simpler|plain (english|words)|simple (words|english|terms))\b|\bi (don't|do not|didn't) (understand|get it)\b|\btoo (long|complicated)\b|\bin short\b",
    ),
    (
        Asked::Facet(Facet::Bring),
        r"(需要?|要|得|应该|应)?(我)?(准备|提供|提交|携带|带|拿|交)(上|好)?(些|点|一些)?(什么|啥|哪些|哪几样|哪样|几样|哪几种)(东西|材料|证件|资料|手续|文件|证明)?|(需要?|要)?(什么|啥|哪些|哪几样)(东西|材料|证件|资料|文件|证明)|(材料|证件|资料|证明)(清单|有哪些|是什么|要什么|要哪些)|要带的|\bwhat (papers|documents?|paperwork|proof|forms?|things?|id)?( ?(do|should|must|shall|will|would|to)( i| we| he| she| they)?)?( need to| have to| must)? ?(bring|take|carry|show|submit|provide|hand in)( with me| along)?\b|\b(which|what|any) (documents?|papers|paperwork|materials|proofs?)( (are|is|must|do|should|shall))?( needed| required| necessary| i (need|bring|show)| we (need|bring))?( bring)?\b|\b(documents?|paperwork|papers) (needed|required|list)\b|\bwhat do i need\b|\bto bring\b|\brequired documents?\b|\bdo i need (to bring )?(any |my )?(id|passport|papers)\b",
    ),
    (
        Asked::Facet(Facet::Cost),
        r"(要|得|需要?|大概|一共|最少|最多|每个?月|一个月|每年)*(交|付|花|收|发|给|拿|领|报|补|缴)(回来|我们?|你们?)?(多少|几块|几元|几钿)(钱|元|块|钞票|费用)?|(要|得|需要?)?多少(钱|元|块|钞票|费用)|几(块|元|钿)(钱)?|(要|会|需要?)?(收|要|花|交|付)不?(收|要|花|交|付)?(钱|费|钞票)(吗|么|不|伐)?|免费(的)?(吗|么|不|伐)?|(收费|费用|手续费|工本费|价格|价钱|押金)(标准|多少|是多少|怎么算|吗)?|贵不贵|贵吗|\bhow much( money)?( (is|does|do|will|would))?( it| this| that)?( costs?)?( me| to pay)?\b|\b(what|any)( (is|are|'s))?( the)? ?(costs?|fees?|price|charges?)\b|\b(costs?|fees?|price|charges?)\b|\b(is|are) (it|this|that|they|there) (free|a fee|a charge)\b|\b(for free|free of charge|free)\b|\b(do|must|should|does) (i|we|he|she|they) (have to |need to )?pay\b|\bexpensive\b|\bwhat do (you|they|we) (charge|pay)\b",
    ),
    (
        Asked::Hours,
        r"(几点|啥时候|什么时候|几时|多晚|啥辰光)(到几点)?(开始)?(开门|关门|营业|上班|下班|开放|办公|休息|开|关)|(开门|关门|营业|开放|办公|上班|接待)(的)?(时间|时段)|(现在|还|也)*(开门|营业|开放|上班|开着门?|办公)(了|着|的)?(吗|么|伐|不|没有?|啊)|开不开门?|上不上班|(周末|星期[一二三四五六日天]|周[一二三四五六日天]|礼拜[一二三四五六日天]|今天|明天|后天|节日|假期|放假|中午|晚上|夜里)(还|也|会)?(开门?|休息|放假|关门|上班)(吗|么|伐|不|的)?|中午休息|午休|\b(opening|open|business|office) (hours|times?)\b|\b(is|are|will|be)( it| they| you| the [a-z ]{2,40}?| [a-z]+ [a-z ]{0,30}?)? ?(still )?(open|closed)\b|\bwhen (do|does|is|are|will) (it|they|you|the [a-z ]{2,40}?) (open|close)d?\b|\bwhat time (do|does|is) (it|they|you|the [a-z ]{2,40}?) (open|close)\b|\b(opens?|closed?) (now|today|tomorrow|on|at|during|over|until|for lunch)\b|\b(is|are) (it|they) (open|closed)\b|\b(weekend|saturday|sunday|holiday|opening|lunch) hours\b|\bhours ?\?|(还|也)开着?(吗|么|伐|不)|(半夜|夜里|晚上|周末)?有人(值班|上班)(吗|么|伐)",
    ),
    (
        Asked::Facet(Facet::Time),
        r"(要|需要?|得|大概|一共)*(等|办|审批)?(多久|多长时间|多少时间|几天|多少天|几个工作日|多少个工作日|几个月|几周)(能|可以|才能?)?(办好|办完|拿到?|下来|出来|好|到账|办下来|知道结果)?|(什么时候|啥时候|何时)(能|可以|才能?)(办好|拿到?|取|下来|到账|发|好)|办理时限|时限|(要|会)很?久(吗|么)|\bhow (long|soon|quickly|fast|many (working )?days|many weeks)( (does|do|will|would|is|until|before|till|can))?( it| this| that| i| they)?( takes?| get it| have to wait| need to wait)?\b|\bwhen (will|can|do) i (get|have|receive|collect)( it| the [a-z]+)?\b|\bwaiting time\b|\bprocessing time\b",
    ),
    (
        Asked::Facet(Facet::Where),
        r"(在|到|去|上|要去|该去)?(哪里|哪儿|哪|什么地方|啥地方|何处|哪个(窗口|地方|部门|派出所|中心))(可以|能)?(办理?|申请|领|拿|取|交)?|地址|怎么(去|走)|在哪(个|里|儿)?|办理地点|\bwhere( (can|do|should|is|are|must|would|to))?( i| we| it| the| they)?( go| apply| get| find| do)?( it| this| that)?\b|\b(address|location)\b|\bwhich (office|place|centre|center|counter|building)\b|\bhow (do|can) i get (there|to)\b|\bdirections\b",
    ),
    (
        Asked::Facet(Facet::Law),
        r"(有)?(什么|哪些|啥)?(法律|法规|政策)?(依据|规定|法规|条例)(是什么|有哪些|吗)?|根据哪|凭什么规定|哪条法|\b(legal basis|the law|laws|legislation|regulations?)\b|\b(which|what) (rules?|laws?)\b|\bunder (which|what)\b",
    ),
    (
        Asked::Facet(Facet::Who),
        r"(谁|什么人|哪些人|哪种人|啥人|什么样的人)(才)?(可以|能|能够|有资格)?(办理?|申请|领|享受)?|(申请|办理|领取)?(条件|资格|要求)(是什么|有哪些|是啥)?|(我|他|她|我妈|我爸|老人|孩子|外地人|外国人|我们)?(能不能|可不可以|可以不可以|有没有资格|符不符合)(办理?|申请|领)?|(能|可以)(办|申请|领|拿)(吗|么|不)|多大(年纪|岁数|年龄)?(可以|能|才能?)?|几岁(可以|能|才能?)?|\bwho (can|may|is|are|could|qualifies)( (apply|get|have|eligible|allowed|entitled))*( it| this| for it)?\b|\b(am|are|is) (i|we|he|she|they|my [a-z]+) (eligible|entitled|allowed|qualified)( (to|for)( get| have| apply)?)?\b|\beligib(le|ility)\b|\bqualify\b|\b(conditions|requirements)\b|\bcan (i|we|he|she|they|my [a-z]+) (apply|get|have)( for)?( it| one)?\b|\bwho\b|\bhow old\b|\bwhat age\b",
    ),
    (
        Asked::Facet(Facet::How),
        r"(应该|该|要|需要)?(怎么|怎样|如何|咋|咋样)(才能?)?(办理?|申请|弄|操作|做|申领|领取?|补办?|换|报销|预约|登记|拿|开|搞|交|约)(一下|呢|啊|好)?|怎么办|咋办|咋整|(办理)?(流程|步骤|程序|手续)(是什么|有哪些|怎么走|是啥)?|\bhow( (do|can|should|would|could|to|must))( i| we| you| one| he| she| my [a-z]+)?( (apply|get|register|claim|renew|replace|do|make|sign up|book|join|move|start|report|request|go about))?( for)?( it| this| that| one)?\b|\b(steps?|procedure|process)\b|\bwhat (should|do|must|can) i do\b|\bhow about\b",
    ),
];

static TABLE: LazyLock<Vec<(Asked, Regex)>> = LazyLock::new(|| {
    PHRASES
        .iter()
        .map(|(asked, pattern)| (*asked, Regex::new(pattern).expect("the phrase table is tested")))
        .collect()
});

/// A side that no phrase names is asked for beside others that are named from this chance on.
const CERTAIN: f32 = 0.6;
/// Shorter texts ask for a side by its usual phrases only.
const SHORT: usize = 8;
/// A side named by a phrase is asked for unless it is less likely than this.
const UNLIKELY: f32 = 0.15;

/// A folded text without the usual phrases that ask: what names the thing itself.
pub fn subject(folded: &str) -> String {
    let mut rest = String::with_capacity(folded.len());
    let mut from = 0;
    for (range, _) in spans(folded) {
        rest.push_str(&folded[from..range.start]);
        rest.push(' ');
        from = range.end;
    }
    rest.push_str(&folded[from..]);
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a folded text with these chances asks for, in the order in which it is asked.
pub fn asked(folded: &str, chances: &Chances) -> Vec<Asked> {
    if !folded.contains(char::is_alphanumeric) {
        return vec![];
    }
    let likely = chances.asked();
    let mut asked = phrases(folded);
    // What carries on an earlier question ("and for my son?") is short, and names no side at all.
    let is_short = asked.is_empty() && is_short(folded);
    if let Some(best) = likely.first().filter(|_| !is_short) {
        asked.retain(|asked| is_plain(*asked) || chances.of_asked(*asked) >= UNLIKELY);
        if asked.is_empty() || !asked.contains(best) && chances.of_asked(*best) >= CERTAIN {
            asked.extend(likely.into_iter().take(1));
        }
    }
    asked
}

/// Whether the phrases of a side are hardly ever said about anything else.
fn is_plain(asked: Asked) -> bool {
    use Facet::{Bring, Cost, Law, Simple, WithoutPhone};
    matches!(asked, Asked::Facet(Bring | Cost | Law | Simple | WithoutPhone))
}

/// Whether a text is so short that it may only carry on an earlier question.
pub fn is_short(folded: &str) -> bool {
    length(folded) < SHORT
}

/// How likely a folded text asks for each side, by what was learned from examples.
pub fn chances(folded: &str, meaning: Option<&Meaning>) -> Chances {
    learned::chances(folded, meaning)
}

/// How much a text says: Chinese characters and English words, which say twice as much.
fn length(folded: &str) -> usize {
    let size = |(script, run): &(Script, &str)| match script {
        Script::Han => run.chars().count(),
        Script::Word => 2,
    };
    runs(folded).iter().map(size).sum()
}

/// Learns what there is to learn now rather than at the first question.
pub fn warm_up() {
    learned::warm_up();
}

/// What a folded text asks for by a usual phrase, in the order in which it is asked, each once.
fn phrases(folded: &str) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for (_, each) in spans(folded) {
        if !asked.contains(&each) {
            asked.push(each);
        }
    }
    // "How do I" beside something more exact ("… and what do I bring") only opens the sentence.
    if asked.len() > 1 {
        asked.retain(|asked| *asked != Asked::Facet(Facet::How));
    }
    asked
}

/// Where the usual phrases stand, in order.
fn spans(folded: &str) -> Vec<(Range<usize>, Asked)> {
    let mut found: Vec<(Range<usize>, Asked)> = Vec::new();
    for (asked, pattern) in TABLE.iter() {
        for hit in pattern.find_iter(folded) {
            // A phrase that an earlier, more telling one already holds is not asked again.
            let free = found.iter().all(|(r, _)| hit.end() <= r.start || r.end <= hit.start());
            if free && !hit.is_empty() {
                found.push((hit.range(), *asked));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked, chances, subject};

    fn asked_alone(text: &str) -> (Vec<Asked>, String) {
        let folded = crate::normal::fold(text);
        (asked(&folded, &chances(&folded, None)), subject(&folded))
    }

    fn check(text: &str, expected: &str, rest: &str) {
        let (found, left) = asked_alone(text);
        let names: Vec<_> = found
            .iter()
            .map(|a| match a {
                Asked::Facet(facet) => facet.name(),
                Asked::Hours => "hours",
            })
            .collect();
        assert_eq!((names.join(" ").as_str(), left.as_str()), (expected, rest), "{text}");
    }

    #[test]
    fn chinese_questions() {
        check("办居住证要带什么", "bring", "办居住证");
        check("身份证丢了咋办", "how", "身份证丢了");
        check("补办社保卡要多少钱", "cost", "补办社保卡");
        check("护照多久能拿到", "time", "护照");
        check("行政中心现在开门吗", "hours", "行政中心");
        check("图书馆几点关门", "hours", "图书馆");
        check("国庆节开门吗", "hours", "国庆节");
        check("在哪里办结婚证", "where", "结婚证");
        check("谁可以申请低保", "who", "低保");
        check("我妈没有手机怎么办敬老卡", "without-phone", "敬老卡");
        check("说简单点", "simple", "");
        check("护照要多少钱，要带什么材料", "cost bring", "护照 ,");
    }

    #[test]
    fn english_questions() {
        check("What do I bring for a residence permit?", "bring", "for a residence permit?");
        check("how much is a passport", "cost", "a passport");
        check("how long does it take", "time", "");
        check("Is the service centre open now?", "hours", "now?");
        check("where is the library", "where", "library");
        check("who can get the bus card", "who", "the bus card");
        check("how do i apply for legal aid", "how", "legal aid");
        check("I don't have a smartphone", "without-phone", "i");
        check("and how much is it?", "cost", "and ?");
        check("Say it more simply", "simple", "");
    }
}
