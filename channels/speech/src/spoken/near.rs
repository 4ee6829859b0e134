//! What stands beside a number, by which it is said.

use std::sync::LazyLock;

use knowledge::fact::Tongue;
use regex::Regex;

/// A place in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near<'a> {
    /// The sentence up to here.
    pub(super) before: &'a str,
    /// The sentence from here.
    pub(super) rest: &'a str,
    /// The sentence's language.
    pub(super) tongue: Tongue,
}

/// Words after which a number is dialled, other numbers between.
static DIALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(打|拨|电话|致电|热线|手机|座机|传真|\b(call|dial|phone|telephone|ring|tel|hotline|fax|text))([\s:：是为号码、,，/或和与.（(]|us|on|at|to|or|and|is|number|[\d+-])*$",
    )
    .ok()
});
/// Words after which digits are a code.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(编号|代码|验证码|编码|受理号|查询码|取件码|密码|口令|号码|序号|单号|凭证号|身份证号|证号|卡号|账号|PIN码?|\b(code|pin|reference|ref|ticket|number|id|card no))([\s:：是为.]|is|number)*$",
    )
    .ok()
});

/// What is counted, by its first characters: 2 before it is 两, and no number before it is dialled.
const COUNTED: [&str; 56] = [
    "个",
    "天",
    "张",
    "份",
    "位",
    "人",
    "元",
    "块",
    "小时",
    "年",
    "周",
    "次",
    "岁",
    "米",
    "公里",
    "公斤",
    "千克",
    "千米",
    "厘米",
    "平方",
    "件",
    "种",
    "本",
    "条",
    "套",
    "间",
    "辆",
    "名",
    "户",
    "分钟",
    "点",
    "倍",
    "工作日",
    "万",
    "亿",
    "千",
    "吨",
    "升",
    "克",
    "项",
    "片",
    "只",
    "台",
    "部",
    "道",
    "门",
    "家",
    "所",
    "座",
    "站",
    "枚",
    "笔",
    "瓶",
    "盒",
    "秒",
    "季",
];

impl Near<'_> {
    /// Whether somebody is told to dial what follows.
    pub(super) fn is_dialled(&self) -> bool {
        DIALLED.as_ref().is_some_and(|words| words.is_match(self.before))
    }

    /// Whether what follows is a code.
    pub(super) fn is_code(&self) -> bool {
        CODE.as_ref().is_some_and(|words| words.is_match(self.before))
    }

    /// Whether a letter or digit goes on right before this place.
    pub(super) fn is_inside(&self) -> bool {
        self.before.ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    /// What follows so many bytes, without blanks.
    pub(super) fn after(&self, used: usize) -> &str {
        self.rest.get(used..).unwrap_or_default().trim_start()
    }
}

/// Whether what follows a number is counted by it.
pub(super) fn is_counted(after: &str) -> bool {
    let day_of_week = after.starts_with("周年");
    !day_of_week && COUNTED.iter().any(|measure| after.starts_with(measure))
}
