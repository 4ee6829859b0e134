//! "No, I meant …", "不是，我说的是……": what is meant instead of what was understood.

use std::sync::LazyLock;

use regex::Regex;

/// Patterns over the folded message; the group `meant` holds what is meant instead. First match
/// counts. A bare "不是……" without a pause is a condition ("不是本地人可以办吗"), no correction.
const PATTERNS: &[&str] = &[
    r"^(?:嗯|呃|哎|啊|不好意思|对不起|抱歉|等等|等一下|[,，。.!！、 ])*(?:不是的?|不对|不|错了|(?:你)?(?:听|搞|弄|理解|想|看)错了|不是(?:这|那)个|我不是(?:问|说|要|指)(?:这|那)个)?(?:[,，。.!！;； 、]|嗯|呃)*我(?:是|刚才|刚刚|其实|真正)*(?:想)?(?:说|问|要|指|讲|办|要问|要办|想问|想说)的(?:是|其实是)(?:关于)?(?P<meant>[^,，。]{2,}?)(?:[,，。 ]*(?:而)?不是[^,，。]+)?[。.!！]*$",
    r"^(?:嗯|呃|哎|啊|[,，。.!！、 ])*(?:不是的?|不对|错了|(?:你)?(?:听|搞|弄|理解|想)错了|我不是(?:问|说|要|指)(?:这|那)个)[,，。.!！;；、 ]+(?:我)?(?:是|要|想)?(?:说|问|指|的意思是)?(?:的是)?(?P<meant>.{2,})$",
    r"^(?:我)?(?:不是|不要)(?:说|问|要|办|指)?(?:的是)?[^,，。]{1,15}[,，。 ]+(?:我)?(?:而是|是|要|问|说|办|指)(?:的是)?(?P<meant>[^不否][^,，。]+)$",
    r"^不[,，。 ]+(?:是|我(?:说|问|要|想问|是问|是说)(?:的是)?)?(?P<meant>.{2,})$",
    r"^(?:uh|um|er|oh|well|hm+|[,.! ])*(?:no|nope|sorry|wait|wrong|not (?:that|this)(?: one)?|you (?:misunderstood|got (?:it|me) wrong))?(?:[,.;:! -]|no|sorry|uh|um|er)*(?:i|what i|actually i|i actually|i really)(?: actually| really)? (?:meant|mean|was (?:asking|talking) (?:about|for)|am (?:asking|talking) about|asked (?:about|for)|said|was saying|meant to (?:say|ask)(?: about)?|wanted to ask about)(?: is| was)? (?P<meant>.{2,}?)(?:,? (?:and )?not (?:the |a |my )?[a-z ]{2,30})?[.!]*$",
    r"^(?:no|nope)?[,.! ]*not (?:the |a |my |about )?[a-z ]{2,30}[,.;]+ (?:but )?(?:i meant |it's |about )?(?P<meant>(?:the |a |my )?.{2,})$",
    r"^(?:no|nope|wrong)(?:[,.;:!]+ ?| - )(?:it's |it is |about |for )?(?P<meant>.{3,})$",
    r"^no (?:it's |it is |about )?(?P<meant>(?:the|my) [a-z ]{3,40})$",
];

static TABLE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile = |pattern: &&str| Regex::new(pattern).expect("the correction table is tested");
    PATTERNS.iter().map(compile).collect()
});

/// What is meant instead, if the folded message corrects.
pub(super) fn meant_instead(folded: &str) -> Option<&str> {
    let found = TABLE.iter().find_map(|pattern| pattern.captures(folded)?.name("meant"))?;
    let meant = found.as_str().trim();
    meant.chars().any(char::is_alphanumeric).then_some(meant)
}
