//! Sums of money: 120块, ¥1,200.50, 五百元, two hundred yuan, 三块五.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entity, Kind, number};
use crate::{
    amount::Amount,
    script::{compile, is_han},
};

static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"({}) ?(元|块|圆|角|毛|人民币|欧元|美元|美金|英镑|港元|港币|日元|rmb\b|cny\b|yuan\b|kuai\b|renminbi\b|euros?\b|(?:us )?dollars?\b|pounds?\b|yen\b)",
        number::pattern()
    );
    compile(&pattern)
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(r"(¥|\brmb|\bcny|人民币|us\$|hk\$|\$|€|£) ?({})", number::FIGURES);
    compile(&pattern)
});
static BARE: LazyLock<Regex> = LazyLock::new(|| compile(r"\d+(?:\.\d+)?万"));

/// The sums in a folded text.
pub(super) fn find(folded: &str) -> impl Iterator<Item = Entity> {
    let before = BEFORE.captures_iter(folded).filter_map(|hit| {
        let kind = money(number::value(&hit[2])?, &hit[1]);
        Some(Entity::of(kind, hit.get_match().range(), folded))
    });
    let after = AFTER.captures_iter(folded).filter_map(|hit| {
        let amount = number::value(&hit[1])?;
        let end = hit.get_match().end();
        let rest = &folded[end..];
        if no_money(&hit[1], &hit[2], rest) {
            return None;
        }
        let (more, length) = small_change(&hit[2], rest);
        let amount = match &hit[2] {
            "角" | "毛" => Amount::of_hundredths(amount.units().checked_mul(10)?)?,
            _ => amount,
        };
        let amount = Amount::of_hundredths(amount.all_hundredths().checked_add(more)?)?;
        let span = hit.get_match().start()..end + length;
        Some(Entity::of(money(amount, &hit[2]), span, folded))
    });
    // "工资 1.5万": ten thousands with nothing that they count are a sum.
    let bare = BARE.find_iter(folded).filter_map(|hit| {
        let counts = folded[hit.end()..].chars().next().is_some_and(is_han);
        let amount = number::value(hit.as_str()).filter(|_| !counts)?;
        Some(Entity::of(money(amount, "元"), hit.range(), folded))
    });
    before.chain(after).chain(bare)
}

fn money(amount: Amount, word: &str) -> Kind {
    let currency = match word.trim_end_matches('s') {
        "欧元" | "euro" | "€" => "EUR",
        "美元" | "美金" | "dollar" | "us dollar" | "$" | "us$" => "USD",
        "英镑" | "pound" | "£" => "GBP",
        "港元" | "港币" | "hk$" => "HKD",
        "日元" | "yen" => "JPY",
        _ => "CNY",
    };
    Kind::Money { amount, currency: currency.into() }
}

/// "一块去", "三角形", "两块地", "千元".
fn no_money(number: &str, unit: &str, rest: &str) -> bool {
    let next = rest.chars().next();
    let after = |chars: &str| next.is_some_and(|c| chars.contains(c));
    if number.starts_with(['万', '亿', '千', '百']) {
        return true;
    }
    match unit {
        "块" if number == "一" => next.is_some_and(|c| is_han(c) && !"钱多".contains(c)),
        "块" => after("儿地田砖石板玻牌布"),
        "角" | "毛" => after("形星落度巾衣笔"),
        _ => false,
    }
}

/// What follows whole yuan: 三块五, 25元5角, in hundredths and in bytes.
fn small_change(unit: &str, rest: &str) -> (u64, usize) {
    let money = |rest: &str| if rest.starts_with('钱') { '钱'.len_utf8() } else { 0 };
    let mut chars = rest.chars();
    let Some(first) = chars.next().filter(|_| matches!(unit, "元" | "块" | "圆")) else {
        return (0, money(rest));
    };
    let digit = first.to_digit(10).map(u64::from).or_else(|| number::chinese_digit(first));
    let next = chars.next();
    let named = matches!(next, Some('角' | '毛'));
    let ends = unit == "块" && next.is_none_or(|c| !is_han(c) && !c.is_alphanumeric() || c == '钱');
    match (digit, next) {
        (Some(digit), Some(next)) if named => (digit * 10, first.len_utf8() + next.len_utf8()),
        (Some(digit), _) if ends => {
            (digit * 10, first.len_utf8() + money(&rest[first.len_utf8()..]))
        }
        _ => (0, money(rest)),
    }
}
