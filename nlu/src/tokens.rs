//! Tokens: the pieces by which texts are found. The index and the query are cut by the same
//! functions, so that both sides of a search are made the same way. Input is folded text.
//!
//! Four kinds, measured on English rule texts and Chinese notices (docs/BENCHMARKS.md):
//! words alone miss inflections and Chinese compounds; pairs hold word order, loose pairs forgive
//! it; grams forgive spelling. Fusing them is `knowledge`'s affair.

use std::{
    collections::{HashSet, VecDeque},
    sync::LazyLock,
};

use jieba_rs::Jieba;
use rust_stemmers::{Algorithm, Stemmer};

use crate::script::{Script, runs};

/// How far apart two stems may stand to be near.
const NEAR: usize = 3;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);
static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// English words that say nothing about what a text is about (Lucene's classic list).
const STOP: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it",
    "no", "not", "of", "on", "or", "such", "that", "the", "their", "then", "there", "these",
    "they", "this", "to", "was", "will", "with",
];

/// Words that people wrap a request in: they do not say what it is about. Folded, stemmed.
const WRAPPING: &str = "\
    我 你 您 他 她 它 我们 你们 的 了 吗 呢 啊 吧 呀 嘛 么 要 想 想要 请 请问 问 问下 一下 \
    怎么 怎样 如何 什么 啥 哪 哪里 办 办理 申请 弄 可以 能 能不能 需要 是 有 没有 在 去 到 \
    给 把 和 跟 还 也 就 都 这 那 这个 那个 个 一个 关于 事 事情 问题 相关 知道 告诉 说 看 \
    用 做 让 帮 帮忙 麻烦 谢谢 您好 你好 现在 不 没 会 该 应该 得 为 呗 来 再 又 些 点 \
    咨询 了解 家 办个 办下 业务 服务 手续 咋 咋办 怎么办 几 多少 本 张 份 刚 刚刚 自己 i \
    me my mine we our us you your he she him her his do doe did done can could would \
    should shall may might must need want like get got have has had am been being what \
    which who how when where why please tell about know ask question help some ani so too \
    also just from here there im id'd ive dont hello hi thank now go make take give say \
    thing appli applic servic one more out up use off its were them than over";

static WRAPPERS: LazyLock<HashSet<&str>> = LazyLock::new(|| WRAPPING.split(' ').collect());

/// Loads the Chinese dictionary now rather than at the first question (about 0.1 s).
pub fn warm_up() {
    LazyLock::force(&JIEBA);
}

/// Stemmed English words without stop words, and Chinese words.
pub fn words(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (script, run) in runs(folded) {
        match script {
            Script::Han => {
                out.extend(JIEBA.cut(run, true).iter().map(|token| token.word.to_owned()))
            }
            Script::Word => out.extend(stem(run)),
        }
    }
    out
}

/// Every word as it is written, English stop words too, and Chinese words.
pub fn cut(folded: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for (script, run) in runs(folded) {
        match script {
            Script::Han => out.extend(JIEBA.cut(run, true).into_iter().map(|token| token.word)),
            Script::Word => out.push(run),
        }
    }
    out
}

/// The words that say what a text is about: [`words`] without numbers, which are about nothing by
/// themselves, and without those that only wrap a request.
pub fn content(folded: &str) -> Vec<String> {
    let mut words = words(folded);
    let says = |word: &str| word.chars().any(char::is_alphabetic) && !WRAPPERS.contains(word);
    words.retain(|word| says(word));
    words
}

/// Neighbouring stems, and every two neighbouring Chinese characters (one, if it stands alone).
pub fn pairs(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut last: Option<String> = None;
    for (script, run) in runs(folded) {
        match script {
            Script::Han => {
                last = None;
                han_pairs(run, &mut out);
            }
            Script::Word => {
                let Some(stem) = stem(run) else { continue };
                if let Some(last) = &last {
                    out.push(format!("{last} {stem}"));
                }
                last = Some(stem);
            }
        }
    }
    out
}

/// Every two stems with at most two words between them, in either order, and every single Chinese
/// character: what is still there when words are put otherwise or partly misheard.
pub fn loose(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut near: VecDeque<String> = VecDeque::new();
    for (script, run) in runs(folded) {
        match script {
            Script::Han => {
                near.clear();
                out.extend(run.chars().map(String::from));
            }
            Script::Word => {
                let Some(stem) = stem(run) else { continue };
                for other in &near {
                    let (first, second) =
                        if *other < stem { (other, &stem) } else { (&stem, other) };
                    out.push(format!("{first} {second}"));
                }
                near.push_back(stem);
                if near.len() > NEAR {
                    near.pop_front();
                }
            }
        }
    }
    out
}

/// Every four and five neighbouring characters of the text's words, across the gaps between them.
pub fn grams(folded: &str) -> Vec<String> {
    let mut line = String::from(" ");
    for (script, run) in runs(folded) {
        if script == Script::Word {
            line.extend(run.chars().filter(|c| *c != '\''));
            line.push(' ');
        }
    }
    let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
    let mut out = Vec::new();
    for size in [4, 5] {
        for window in ends.windows(size + 1) {
            out.push(line[window[0]..window[size]].to_owned());
        }
    }
    out
}

/// The stem of one word; nothing for a stop word.
pub fn stem(word: &str) -> Option<String> {
    let word: String = word.chars().filter(|c| *c != '\'').collect();
    (!STOP.contains(&word.as_str()) && !word.is_empty()).then(|| STEMMER.stem(&word).into_owned())
}

fn han_pairs(run: &str, out: &mut Vec<String>) {
    let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if ends.len() == 2 {
        out.push(run.to_owned());
    }
    for window in ends.windows(3) {
        out.push(run[window[0]..window[2]].to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, grams, loose, pairs, words};

    #[test]
    fn english_is_stemmed_and_paired() {
        assert_eq!(words("the lost cards of my wife's"), ["lost", "card", "my", "wife"]);
        assert_eq!(pairs("lost cards, my"), ["lost card", "card my"]);
    }

    #[test]
    fn chinese_is_cut_into_words_and_pairs() {
        assert_eq!(words("居住证要带什么"), ["居住证", "要", "带", "什么"]);
        assert_eq!(pairs("居住证 证"), ["居住", "住证", "证"]);
        assert_eq!(cut("to 居住证 is"), ["to", "居住证", "is"]);
    }

    #[test]
    fn loose_pairs_forgive_order() {
        assert_eq!(loose("card lost"), loose("lost card"));
        assert_eq!(loose("renew a lost card"), ["lost renew", "card renew", "card lost"]);
        assert_eq!(loose("医保"), ["医", "保"]);
    }

    #[test]
    fn grams_cross_the_gaps() {
        assert_eq!(grams("id no"), [" id ", "id n", "d no", " no ", " id n", "id no", "d no "]);
        assert!(grams("居住证").is_empty());
    }
}
