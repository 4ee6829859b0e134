//! The examples from which danger is learned: sentences of our own, kept as text so that anyone can
//! read what the program was taught, and add to it.

use super::Kind;

/// The files: danger in Chinese and English, then what only sounds like it.
const FILES: [&str; 4] = [
    include_str!("examples/danger.zh.txt"),
    include_str!("examples/danger.en.txt"),
    include_str!("examples/safe.zh.txt"),
    include_str!("examples/safe.en.txt"),
];

/// What the slots stand for, in turn, and with how many fillings a line is learned.
const SLOTS: [(&str, usize, &[&str]); 10] = [
    (
        "{谁}",
        3,
        &[
            "我妈",
            "我老公",
            "孩子",
            "隔壁大爷",
            "有个人",
            "我爸",
            "老伴",
            "同事",
            "奶奶",
            "她",
            "我弟",
            "路人",
            "外婆",
            "我女儿",
            "室友",
        ],
    ),
    (
        "{处}",
        3,
        &[
            "我家",
            "隔壁",
            "楼上",
            "厨房",
            "楼道",
            "对面楼里",
            "阳台",
            "我们小区",
            "店里",
            "地下室",
            "宿舍",
        ],
    ),
    (
        "{险}",
        6,
        &[
            "晕倒了",
            "喘不上气",
            "叫不醒",
            "流了好多血",
            "胸口疼得厉害",
            "抽搐",
            "噎住了",
            "从楼梯上滚下来了",
            "没呼吸了",
            "吐血了",
            "被车撞了",
            "嘴歪了",
            "触电了",
            "掉水里了",
            "喝了农药",
            "烫得很严重",
            "被压住了",
            "心脏病发作",
            "昏迷了",
            "被砍伤了",
        ],
    ),
    (
        "{症}",
        6,
        &[
            "火灾",
            "心梗",
            "中风",
            "骨折",
            "车祸",
            "煤气中毒",
            "家暴",
            "溺水",
            "烫伤",
            "抑郁症",
            "走失",
            "被盗",
            "被抢",
            "诈骗",
            "癫痫",
            "哮喘",
            "食物中毒",
            "流产",
            "触电",
            "脑出血",
            "自杀",
            "燃气泄漏",
            "中暑",
            "摔伤",
            "狗咬伤",
            "失踪",
            "爆炸",
            "大出血",
        ],
    ),
    (
        "{事}",
        6,
        &[
            "居住证",
            "身份证",
            "社保卡",
            "医保",
            "护照",
            "结婚证",
            "营业执照",
            "公积金",
            "老年卡",
            "低保",
            "户口",
            "残疾证",
            "停车证",
            "出生证",
            "图书证",
            "公租房",
            "养老金",
            "失业金",
            "准生证",
            "狗证",
            "垃圾分类",
            "大件垃圾",
            "疫苗",
            "幼儿园报名",
            "家庭医生",
            "法律援助",
            "租房备案",
            "死亡证明",
            "燃气开户",
            "消防许可",
            "急诊",
            "派出所",
            "敬老卡",
            "驾照",
            "档案",
            "电梯加装",
            "助餐",
            "轮椅",
        ],
    ),
    (
        "{who}",
        3,
        &[
            "my mum",
            "he",
            "my son",
            "my neighbour",
            "someone",
            "my dad",
            "my wife",
            "grandpa",
            "the baby",
            "a man here",
            "my friend",
            "she",
            "my husband",
            "a kid",
            "this woman",
        ],
    ),
    (
        "{where}",
        3,
        &[
            "my kitchen",
            "the hallway",
            "our building",
            "my flat",
            "next door",
            "the shop",
            "the basement",
            "the house",
            "our dorm",
        ],
    ),
    (
        "{event}",
        6,
        &[
            "collapsed",
            "stopped breathing",
            "can't breathe",
            "got hit by a car",
            "fell down the stairs",
            "is bleeding a lot",
            "fainted",
            "had a seizure",
            "is choking",
            "has chest pain",
            "drank poison",
            "is unconscious",
            "had a stroke",
            "got an electric shock",
            "fell in the water",
            "got stabbed",
            "won't wake up",
            "is turning blue",
            "burned badly",
            "took too many pills",
        ],
    ),
    (
        "{ill}",
        6,
        &[
            "a heart attack",
            "a stroke",
            "a fire",
            "a burglary",
            "a car crash",
            "domestic violence",
            "a broken leg",
            "a gas leak",
            "an overdose",
            "a robbery",
            "drowning",
            "a miscarriage",
            "a seizure",
            "suicide",
            "a burn",
            "a missing child",
            "food poisoning",
            "an electric shock",
            "a knife attack",
            "kidnapping",
            "carbon monoxide poisoning",
            "a fraud",
            "a dog bite",
            "choking",
        ],
    ),
    (
        "{thing}",
        6,
        &[
            "residence permit",
            "passport",
            "id card",
            "library card",
            "parking permit",
            "birth certificate",
            "marriage certificate",
            "death certificate",
            "social security card",
            "bus card",
            "dog licence",
            "driving licence",
            "pension",
            "family doctor",
            "housing fund",
            "vaccination",
            "school place",
            "kindergarten place",
            "business licence",
            "gas bill",
            "fire permit",
            "police certificate",
            "clinic appointment",
            "hearing aid",
            "wheelchair",
            "rent registration",
            "waste sorting",
            "unemployment benefit",
            "water bill",
            "travel pass",
        ],
    ),
];

/// Marks an example that is misspelt: nothing is learned of spelling from it.
const MISSPELT: char = '~';

/// Every example with its kind; nothing for a safe one.
pub fn all() -> Vec<(Option<Kind>, String)> {
    let mut all = Vec::new();
    read(|kind, text, _| all.push((kind, text)));
    all
}

/// Every example whose words are spelt as they should be.
pub(super) fn well_spelt() -> Vec<String> {
    let mut all = Vec::new();
    read(|_, text, well| all.extend(well.then_some(text)));
    all
}

fn read(mut push: impl FnMut(Option<Kind>, String, bool)) {
    let mut turn = 0;
    for file in FILES {
        let mut kind = None;
        for line in file.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
            } else if !line.is_empty() && !line.starts_with('#') {
                let bare = line.strip_prefix(MISSPELT);
                let text = bare.unwrap_or(line).trim();
                fill(text, &mut turn, |text| push(kind, text, bare.is_none()));
            }
        }
    }
}

/// A line with its slots filled, several times over; the fillings take turns.
fn fill(line: &str, turn: &mut usize, mut push: impl FnMut(String)) {
    let slots = || SLOTS.iter().filter(|(slot, ..)| line.contains(slot));
    for _ in 0..slots().map(|(_, times, _)| *times).max().unwrap_or(1) {
        let mut text = line.to_owned();
        for (slot, _, fillings) in slots() {
            text = text.replace(slot, fillings[*turn % fillings.len()]);
            *turn += 1;
        }
        push(text);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::all;

    #[test]
    fn every_kind_has_examples_and_no_example_stands_twice() {
        let mut seen = BTreeMap::new();
        for (kind, text) in all() {
            assert!(!text.contains(['{', '}', '[', ']']), "{text}");
            if let Some(before) = seen.insert(text.clone(), kind) {
                assert_eq!(before, kind, "{text} is taught as two things");
            }
        }
        for kind in super::Kind::ALL {
            assert!(seen.values().filter(|k| **k == Some(kind)).count() >= 40, "{kind:?}");
        }
        assert!(seen.values().filter(|k| k.is_none()).count() >= 500);
    }
}
