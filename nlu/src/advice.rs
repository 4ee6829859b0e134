//! Advice that only a professional may give: which medicine, whether a case will be won, which stock
//! to buy. Only the asking is recognised; whom to ask instead is the pack's affair.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// What kind of professional is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// A doctor.
    Medical,
    /// A lawyer.
    Legal,
    /// Somebody who may advise on money.
    Money,
}

impl Advice {
    /// All kinds.
    pub const ALL: [Advice; 3] = [Advice::Medical, Advice::Legal, Advice::Money];

    /// Its name in the pack.
    pub fn name(self) -> &'static str {
        match self {
            Advice::Medical => "medical",
            Advice::Legal => "legal",
            Advice::Money => "money",
        }
    }
}

/// What asks for it, Chinese and English together, folded; the first match counts.
const PATTERNS: [(Advice, &str); 3] = [
    (
        Advice::Medical,
        r"(吃|用|打|开|服)(点|些)?(什么|啥|哪种|哪个)(药|针|抗生素|消炎药|药膏)|(吃|服|用)(几|多少)(片|颗|粒|毫克|次药|毫升|克药)|(药|布洛芬|阿司匹林|头孢|阿莫西林|二甲双胍|胰岛素|退烧药|降压药|安眠药|感冒药).{0,8}(吃几|吃多少|剂量|用量|一天几次|加量|减量|停掉|停药|一起吃|同时吃|能不能吃|可以吃吗|能吃吗)|(能不能|可不可以|可以|要不要|该不该|能)(自己)?停药|是不是(得|患|有)?(了)?(癌|肿瘤|糖尿病|抑郁症|心脏病|肺炎|什么病)|(得|生)了什么病|这是什么病|要不要(做)?(手术|开刀|化疗|住院)|(帮我|给我)?(诊断|看看病|看下片子|看化验单|看报告单)|\b(which|what) (medicine|medication|drug|drugs|pills?|antibiotics?|painkillers?|tablets?) (should|can|do|shall|would|is best|helps)\b|\bhow (many|much) (mg|milligrams|pills|tablets|ibuprofen|paracetamol|aspirin|insulin|medicine|of this (drug|medicine))\b|\b(dosage|dose) (of|for|should|do)\b|\b(can|should) i (take|stop taking|mix|combine) (my |the |both |this )?(\w+ )?(medicine|medication|pills|tablets|ibuprofen|paracetamol|aspirin|antibiotics?|insulin|antidepressants?|blood pressure)\b|\bdo i have (cancer|diabetes|depression|a tumou?r|pneumonia|covid|the flu)\b|\b(diagnose|diagnosis of) (me|my|this)\b|\bwhat (disease|illness) (do i have|is this|could)\b|\b(should|must) i (have|get) (the |an? )?(surgery|operation|chemo\w*)\b|\bis (this|it|my \w+) (cancer|malignant|a tumou?r)\b",
    ),
    (
        Advice::Legal,
        r"(官司|案子|起诉|打官司|仲裁|告他|告她|告公司|告房东).{0,10}(能赢|会赢|赢吗|赢面|胜算|赢的几率|把握|会输)|(能赢|胜算|打得赢)|(会|要|得)(被)?判(几年|多少年|多久|刑|死刑|缓刑)|(会不会|要不要|是不是要)(坐牢|判刑|被抓|负刑事责任)|(我|这)(算|是)不是(犯法|犯罪|违法|正当防卫)|(该|要|应)不(该|要)(起诉|告|签这个合同|上诉|认罪)|怎么钻.{0,4}空子|\b(will|would|could|can) (i|we) win (my |the |our |this |a |in )?(case|lawsuit|court|appeal|trial)\b|\b(should|can) i sue\b|\bwill i (go to (jail|prison)|be (convicted|arrested|sentenced|deported|charged))\b|\bam i (guilty|liable|breaking the law)\b|\bchances? of winning\b|\bshould i (sign|plead|appeal|settle|confess)\b|\bis it (illegal|a crime) (if|that|when) (i|we|my)\b",
    ),
    (
        Advice::Money,
        r"(买|炒|投|抄底|入手)(哪|什么|啥)(只|支|个|些)?(股票|基金|币|理财|产品|股)|(哪只|哪支|什么|哪个)(股票|基金|理财)(好|能买|会涨|赚钱|值得)|(股票|基金|股市|大盘|比特币|黄金|房价)(还)?(会不会|会|能)(再)?(涨|跌)|(该不该|要不要|值不值得|能不能)(买|卖|投|炒)(.{0,4})(股票|基金|比特币|黄金|理财|房子投资)|(钱|存款|养老钱|积蓄).{0,6}(投(资)?(什么|哪|到哪)|怎么(理财|投资|钱生钱))|\b(which|what) (stocks?|shares?|funds?|crypto\w*|coins?|etfs?) (should|to|can|do|shall|is|are)\b|\b(should|shall) i (buy|sell|invest|put my money)\b.{0,30}\b(stocks?|shares?|funds?|bitcoin|crypto\w*|gold|market|savings|in)\b|\bwill (bitcoin|the (stock )?market|stocks|gold|house prices|this stock) (go|rise|fall|crash|recover)\b|\bwhere (should|do) i invest\b",
    ),
];

static TABLE: LazyLock<Vec<(Advice, Regex)>> = LazyLock::new(|| {
    PATTERNS
        .iter()
        .map(|(advice, pattern)| (*advice, Regex::new(pattern).expect("the patterns are tested")))
        .collect()
});

/// The professional whose advice a folded text asks for.
pub fn of(folded: &str) -> Option<Advice> {
    TABLE.iter().find(|(_, pattern)| pattern.is_match(folded)).map(|(advice, _)| *advice)
}

#[cfg(test)]
mod tests {
    use super::{Advice::*, of};

    fn check(text: &str, expected: Option<super::Advice>) {
        assert_eq!(of(&crate::normal::fold(text)), expected, "{text}");
    }

    #[test]
    fn a_professional_is_needed() {
        check("感冒了吃什么药好", Some(Medical));
        check("布洛芬一天吃几片", Some(Medical));
        check("降压药可以自己停药吗", Some(Medical));
        check("How much ibuprofen can my son take?", Some(Medical));
        check("do I have cancer?", Some(Medical));
        check("跟房东打官司能赢吗", Some(Legal));
        check("Will I win my case?", Some(Legal));
        check("打人了会不会坐牢", Some(Legal));
        check("现在买什么股票好", Some(Money));
        check("Which stock should I buy?", Some(Money));
    }

    #[test]
    fn services_about_the_same_things_are_none() {
        for text in [
            "药费怎么报销",
            "慢性病在哪里配药",
            "打官司请不起律师怎么办",
            "怎么申请法律援助",
            "养老金怎么领",
            "How do I claim medical costs?",
            "can I get a family doctor",
            "legal aid opening hours",
        ] {
            check(text, None);
        }
    }
}
