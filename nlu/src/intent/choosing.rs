//! Naming one of the things offered by its place: "the second", "2", "第二个", "最后一个", "both".

use super::Intent;

/// Patterns over the whole bare message.
pub(super) const TABLE: &[(Intent, &str)] = &[
    (
        Intent::Choose(0),
        r"(?:我)?(?:就|要|选|选择|想要|问|是|办)*(?:第)?(?:1|一|甲)(?:个|项|种|条|号)?(?:的)?|(?:就|要|选|是)*(?:头一个|首个|最上面(?:的|那个)|上面那个|前一个|前面(?:的|那)个|前者|左边(?:的|那个))|(?:i(?:'d)? ?(?:want|mean|choose|take|pick)? |it's |its |that's )?(?:the )?(?:1|1st|first|one|former|top)(?: one| option| choice)?|(?:option|number|no|choice|answer) ?(?:1|one|a)|a",
    ),
    (
        Intent::Choose(1),
        r"(?:我)?(?:就|要|选|选择|想要|问|是|办)*(?:第)?(?:2|二|乙|两)(?:个|项|种|条|号)?(?:的)?|(?:就|要|选|是)*(?:中间(?:的|那个))|(?:i(?:'d)? ?(?:want|mean|choose|take|pick)? |it's |its |that's )?(?:the )?(?:2|2nd|second|two|middle)(?: one| option| choice)?|(?:option|number|no|choice|answer) ?(?:2|two|b)|b",
    ),
    (
        Intent::Choose(2),
        r"(?:我)?(?:就|要|选|选择|想要|问|是|办)*(?:第)?(?:3|三|丙)(?:个|项|种|条|号)?(?:的)?|(?:i(?:'d)? ?(?:want|mean|choose|take|pick)? |it's |its |that's )?(?:the )?(?:3|3rd|third|three)(?: one| option| choice)?|(?:option|number|no|choice|answer) ?(?:3|three|c)|c",
    ),
    (
        Intent::Choose(3),
        r"(?:我)?(?:就|要|选|选择|想要|问|是|办)*(?:第)?(?:4|四|丁)(?:个|项|种|条|号)?(?:的)?|(?:the )?(?:4|4th|fourth|four)(?: one| option| choice)?|(?:option|number|no|choice) ?(?:4|four|d)",
    ),
    (
        Intent::ChooseLast,
        r"(?:我)?(?:就|要|选|选择|是)*(?:最后|后|末尾|最下面)(?:的|面|边)?(?:那)?(?:一)?(?:个|项|种|条)|后者|下面那个|右边(?:的|那个)|(?:i(?:'d)? ?(?:want|mean|choose|take|pick)? )?(?:the )?(?:last|latter|bottom|final)(?: one| option| choice| of these| of them)?",
    ),
    (
        Intent::ChooseAll,
        r"(?:我)?(?:两个|三个|这两个|这几个|几个|全部|全)?都(?:要|想|可以|行|说说|讲讲|问|想知道|想了解|办|看看|需要)(?:知道|了解|问|办)?(?:一下|的)?|全部|全都要|所有的?|(?:两|三)个都(?:要|是|办|问)|(?:i (?:want|need|mean) )?(?:both|all|everything|each)(?: of (?:them|these|those|the above))?|all (?:two|three|of it)|the lot",
    ),
];
