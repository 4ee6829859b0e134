//! Which reading a character has in its company: words first, the longer before the shorter, then
//! what stands beside it, then how it is read most often.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use pinyin::ToPinyin;

use super::{
    Syllable,
    words::{LIGHT, READINGS},
};

/// How a character is read that no word decides, where the dictionary begins with another reading.
const USUAL: &[(char, &str)] = &[
    ('的', "de5"),
    ('了', "le5"),
    ('着', "zhe5"),
    ('们', "men5"),
    ('吗', "ma5"),
    ('呢', "ne5"),
    ('吧', "ba5"),
    ('嘛', "ma5"),
    ('么', "me5"),
    ('啊', "a5"),
    ('呀', "ya5"),
    ('啦', "la5"),
    ('哇', "wa5"),
    ('得', "de5"),
    ('地', "di4"),
    ('为', "wei4"),
    ('还', "hai2"),
    ('都', "dou1"),
    ('和', "he2"),
    ('与', "yu3"),
    ('长', "chang2"),
    ('行', "xing2"),
    ('重', "zhong4"),
    ('号', "hao4"),
    ('只', "zhi3"),
    ('看', "kan4"),
    ('没', "mei2"),
    ('谁', "shui2"),
    ('倒', "dao3"),
    ('挣', "zheng4"),
    ('那', "na4"),
    ('哪', "na3"),
    ('这', "zhe4"),
    ('个', "ge4"),
    ('给', "gei3"),
    ('幺', "yao1"),
    ('零', "ling2"),
    ('几', "ji3"),
    ('会', "hui4"),
    ('系', "xi4"),
    ('什', "shen2"),
    ('处', "chu4"),
    ('数', "shu4"),
    ('调', "tiao2"),
    ('差', "cha4"),
    ('假', "jia3"),
    ('率', "lv4"),
    ('传', "chuan2"),
    ('量', "liang4"),
    ('发', "fa1"),
    ('干', "gan1"),
    ('间', "jian1"),
    ('角', "jiao3"),
    ('觉', "jue2"),
    ('落', "luo4"),
    ('模', "mo2"),
    ('难', "nan2"),
    ('切', "qie1"),
    ('曲', "qu1"),
    ('塞', "sai1"),
    ('厦', "sha4"),
    ('相', "xiang1"),
    ('血', "xue4"),
    ('应', "ying1"),
    ('种', "zhong3"),
    ('转', "zhuan3"),
    ('中', "zhong1"),
    ('便', "bian4"),
    ('参', "can1"),
    ('说', "shuo1"),
    ('空', "kong1"),
    ('当', "dang1"),
    ('分', "fen1"),
    ('更', "geng4"),
    ('教', "jiao4"),
    ('结', "jie2"),
    ('将', "jiang1"),
    ('正', "zheng4"),
    ('供', "gong1"),
    ('据', "ju4"),
    ('少', "shao3"),
    ('上', "shang4"),
    ('下', "xia4"),
    ('大', "da4"),
    ('不', "bu4"),
    ('一', "yi1"),
    ('儿', "er2"),
    ('车', "che1"),
    ('校', "xiao4"),
    ('降', "jiang4"),
    ('卡', "ka3"),
    ('识', "shi2"),
    ('石', "shi2"),
    ('食', "shi2"),
    ('似', "si4"),
    ('省', "sheng3"),
    ('宿', "su4"),
    ('提', "ti2"),
    ('弹', "dan4"),
    ('熟', "shu2"),
    ('尾', "wei3"),
    ('叶', "ye4"),
    ('要', "yao4"),
    ('语', "yu3"),
    ('载', "zai4"),
    ('朝', "chao2"),
    ('折', "zhe2"),
    ('占', "zhan4"),
    ('症', "zheng4"),
    ('作', "zuo4"),
    ('区', "qu1"),
    ('可', "ke3"),
    ('期', "qi1"),
    ('她', "ta1"),
    ('它', "ta1"),
    ('俩', "liang3"),
    ('嗯', "en4"),
    ('哦', "o4"),
    ('喂', "wei4"),
    ('您', "nin2"),
    ('弄', "nong4"),
    ('吓', "xia4"),
    ('熨', "yun4"),
    ('薄', "bao2"),
    ('剥', "bo1"),
    ('露', "lu4"),
    ('削', "xiao1"),
    ('六', "liu4"),
    ('嚼', "jiao2"),
    ('址', "zhi3"),
    ('册', "ce4"),
    ('否', "fou3"),
    ('且', "qie3"),
    ('其', "qi2"),
    ('夹', "jia1"),
    ('尿', "niao4"),
    ('屏', "ping2"),
    ('扫', "sao3"),
    ('拾', "shi2"),
    ('胖', "pang4"),
    ('贾', "jia3"),
    ('遗', "yi2"),
    ('鸟', "niao3"),
];

/// Characters of the longest word in the table.
const LONGEST: usize = 6;

/// What a word decides: where in it, and what is read there.
type Decided = Vec<(usize, &'static str)>;

static USUALLY: LazyLock<HashMap<char, &'static str>> =
    LazyLock::new(|| USUAL.iter().copied().collect());
static WORDS: LazyLock<HashMap<&'static str, Decided>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Decided> = HashMap::new();
    for (character, reading, list) in rows() {
        for word in list {
            let places = word.chars().enumerate().filter(|(_, c)| character.starts_with(*c));
            words.entry(word).or_default().extend(places.map(|(at, _)| (at, reading)));
        }
    }
    for word in LIGHT.split_whitespace() {
        let last = word.chars().count() - 1;
        words.entry(word).or_default().push((last, ""));
    }
    words
});

/// The table's rows: a character, its syllable, the words.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    READINGS.lines().filter_map(|line| {
        let mut parts = line.split(' ');
        Some((parts.next()?, parts.next()?, parts.collect()))
    })
}

/// A word's characters with their sounds.
pub(super) type Word = Vec<(char, Syllable)>;

/// The words of a run of Chinese characters, each character with its sound when it stands alone.
pub(super) fn of(run: &str) -> Vec<Word> {
    let words = nlu::tokens::cut(run);
    let mut ends = Vec::with_capacity(words.len() + 1);
    let mut chars: Vec<char> = Vec::new();
    ends.push(0);
    for word in &words {
        chars.extend(word.chars());
        ends.push(chars.len());
    }
    let mut sounds: Vec<Syllable> = (0..chars.len()).map(|at| usual(&chars, at, &ends)).collect();
    decide(&chars, &ends, &mut sounds);
    let mut all = chars.into_iter().zip(sounds);
    ends.windows(2).map(|pair| all.by_ref().take(pair[1] - pair[0]).collect()).collect()
}

/// Lets the table's words decide, a longer word over a shorter.
fn decide(chars: &[char], ends: &[usize], sounds: &mut [Syllable]) {
    let text: String = chars.iter().collect();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut by = vec![0; chars.len()];
    for start in 0..chars.len() {
        for length in 2..=LONGEST.min(chars.len() - start) {
            let span = start..start + length;
            let Some(decided) = WORDS.get(&text[bytes[start]..bytes[start + length]]) else {
                continue;
            };
            if !is_whole(&span, ends) {
                continue;
            }
            for (at, reading) in decided {
                let at = start + at;
                if reading.is_empty() {
                    sounds[at].tone = 5;
                } else if by[at] < length {
                    sounds[at] = Syllable::parse(reading);
                    by[at] = length;
                }
            }
        }
    }
}

/// Whether a part stands inside one word, or begins and ends where words do: 银行 is no word in
/// 水银|行业.
fn is_whole(part: &Range<usize>, ends: &[usize]) -> bool {
    let inside = ends.windows(2).any(|word| word[0] <= part.start && part.end <= word[1]);
    inside || (ends.contains(&part.start) && ends.contains(&part.end))
}

/// What a character sounds like by those beside it, or most often.
fn usual(chars: &[char], at: usize, ends: &[usize]) -> Syllable {
    let next = chars.get(at + 1).copied();
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
    let alone = ends.contains(&at) && ends.contains(&(at + 1));
    let reading = match chars[at] {
        // 子 begins a word with its own tone, and ends one lightly.
        '子' if ends.contains(&at) => "zi3",
        '子' => "zi5",
        '地' if alone && is_manner(before, next, at, ends) => "de5",
        '得' if alone && is_must(before) => "dei3",
        '为' if alone && next.is_some_and(is_numeral) => "wei2",
        c => match (USUALLY.get(&c), c.to_pinyin()) {
            (Some(usual), _) => usual,
            (None, Some(pinyin)) => pinyin.with_tone_num_end(),
            (None, None) => "",
        },
    };
    Syllable::parse(reading)
}

/// 地 after a word of two characters and before what is done: 高兴地说.
fn is_manner(before: Option<char>, next: Option<char>, at: usize, ends: &[usize]) -> bool {
    let long = at >= 2 && !ends.contains(&(at - 1));
    let place = next.is_none_or(|next| "的址方点区段在是和或户派公社村镇乡市县".contains(next));
    before.is_some() && long && !place
}

/// 得 that means must: after who must, or an adverb, or at the beginning.
fn is_must(before: Option<char>) -> bool {
    before.is_none_or(|before| "您你我他她它们谁人都还就也总必可非又先只定至".contains(before))
}

/// Whether a character is part of a number in words.
pub(super) fn is_numeral(c: char) -> bool {
    "零一二三四五六七八九十百千万亿两幺".contains(c)
}
