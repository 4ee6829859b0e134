//! What was probably meant where a name was misspelt, misheard, or typed as pinyin or by its
//! initials: "居住正", "juzhuzheng" and "jzz" are 居住证, "pasport" is a passport. Only what comes very
//! near a name is changed; other slips are the search's affair.

use std::collections::{BTreeMap, BTreeSet};

use nlu::{
    normal::fold,
    script::{Script, is_han, runs},
    sounds, tokens,
};

use super::bare;
use crate::pack::Pack;

/// Chinese characters that a name of the pack's synonyms must have; shorter ones sound like too
/// many other words.
const PLAIN: usize = 3;
/// Characters of the longest name that is looked for by its sound.
const LONGEST: usize = 8;
/// Words that pinyin typed with gaps may be cut into.
const GAPS: usize = 5;
/// Letters from which an English word may hold one slip, and two.
const ONE_SLIP: usize = 6;
const TWO_SLIPS: usize = 9;
/// English words that a text with initials in it may have: in a longer one they are a word.
const FEW: usize = 2;

/// The names of a pack by how they sound and how they are typed.
pub(super) struct Mender {
    /// Chinese names by their pinyin, and those of three characters and more by their sounds.
    pinyin: BTreeMap<String, String>,
    sounds: BTreeMap<String, String>,
    initials: BTreeMap<String, String>,
    chinese: BTreeSet<String>,
    /// Stems of all English words that the pack writes.
    known: BTreeSet<String>,
    /// English words of names, long enough to be told by most of their letters.
    words: BTreeSet<String>,
}

impl Mender {
    /// Collects the names of articles and the pack's synonyms.
    pub fn of(pack: &Pack) -> Mender {
        let mut mender = Mender {
            pinyin: BTreeMap::new(),
            sounds: BTreeMap::new(),
            initials: BTreeMap::new(),
            chinese: BTreeSet::new(),
            known: BTreeSet::new(),
            words: BTreeSet::new(),
        };
        let of_articles = pack.articles.values().flat_map(|article| article.words.values());
        for words in of_articles {
            words.also.iter().chain([&words.title]).for_each(|name| mender.put(&bare(name), 2));
            let page = words.sections.iter().flat_map(|s| [s.heading.as_deref(), Some(&*s.body)]);
            page.flatten().for_each(|text| mender.known.extend(tokens::words(&fold(text))));
        }
        for phrase in pack.synonyms.iter().flatten() {
            mender.put(&fold(phrase), PLAIN);
        }
        mender
    }

    fn put(&mut self, name: &str, least: usize) {
        for (script, run) in runs(name) {
            if script == Script::Word {
                self.known.extend(tokens::stem(run));
                if run.len() >= ONE_SLIP && !tokens::content(run).is_empty() {
                    self.words.insert(run.to_owned());
                }
            }
        }
        let size = name.chars().count();
        if !name.chars().all(is_han) || !(least..=LONGEST).contains(&size) {
            return;
        }
        let syllables = sounds::pinyin(name);
        if syllables.len() != size {
            return;
        }
        self.chinese.insert(name.to_owned());
        let name = || name.to_owned();
        self.pinyin.entry(syllables.concat()).or_insert_with(name);
        if size >= PLAIN {
            let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
            self.initials.entry(initials).or_insert_with(name);
            let alike: Vec<String> = syllables.iter().map(|s| sounds::alike(s)).collect();
            self.sounds.entry(alike.join(" ")).or_insert_with(name);
        }
    }

    /// The folded text with its names as the pack writes them; nothing if there is nothing to mend.
    pub fn mended(&self, folded: &str) -> Option<String> {
        let runs = runs(folded);
        let few = runs.iter().filter(|(script, _)| *script == Script::Word).count() <= FEW;
        let mut out = String::with_capacity(folded.len());
        let mut from = 0;
        let mut at = 0;
        while let Some((script, run)) = runs.get(at) {
            let start = run.as_ptr() as usize - folded.as_ptr() as usize;
            let (taken, meant) = match script {
                Script::Han => (1, self.heard(run)),
                Script::Word => self
                    .typed(&runs[at..])
                    .or_else(|| Some((1, self.by_initials(run).filter(|_| few)?)))
                    .map_or_else(|| (1, self.spelt(run)), |(taken, name)| (taken, Some(name))),
            };
            if let Some(meant) = meant {
                let last = runs[at + taken - 1].1;
                out.push_str(&folded[from..start]);
                out.push_str(&meant);
                from = last.as_ptr() as usize - folded.as_ptr() as usize + last.len();
            }
            at += taken;
        }
        out.push_str(&folded[from..]);
        (out != folded).then_some(out)
    }

    /// A run of Chinese, with characters that sound like a name's put right. At least one of the
    /// name's characters must be there.
    fn heard(&self, run: &str) -> Option<String> {
        let chars: Vec<char> = run.chars().collect();
        let syllables: Vec<&str> = chars
            .iter()
            .map(|c| sounds::pinyin(&c.to_string()).first().copied().unwrap_or("?"))
            .collect();
        let alike: Vec<String> = syllables.iter().map(|syllable| sounds::alike(syllable)).collect();
        let mut out = String::new();
        let mut at = 0;
        while at < chars.len() {
            let sizes = (2..=LONGEST.min(chars.len() - at)).rev();
            let name = sizes.into_iter().find_map(|size| {
                let part = at..at + size;
                let written: String = chars[part.clone()].iter().collect();
                if self.chinese.contains(&written) {
                    return Some((size, written));
                }
                let exact = self.pinyin.get(&syllables[part.clone()].concat());
                let name = exact.or_else(|| self.sounds.get(&alike[part].join(" ")))?;
                let there = name.chars().zip(written.chars()).any(|(a, b)| a == b);
                (there && name.chars().count() == size).then(|| (size, name.clone()))
            });
            match name {
                Some((size, name)) => {
                    out.push_str(&name);
                    at += size;
                }
                None => {
                    out.push(chars[at]);
                    at += 1;
                }
            }
        }
        (out != run).then_some(out)
    }

    /// A name typed as pinyin, in one word or several, and how many it took.
    fn typed(&self, runs: &[(Script, &str)]) -> Option<(usize, String)> {
        let words = runs.iter().take_while(|(script, _)| *script == Script::Word).count();
        (1..=words.min(GAPS)).rev().find_map(|count| {
            let typed: String = runs[..count].iter().map(|(_, word)| *word).collect();
            sounds::spelled(&typed)?;
            Some((count, self.pinyin.get(&typed.replace('v', "ü"))?.clone()))
        })
    }

    fn by_initials(&self, word: &str) -> Option<String> {
        let known = tokens::stem(word).is_none_or(|stem| self.known.contains(&stem));
        self.initials.get(word).filter(|_| !known).cloned()
    }

    /// An English word with slips, as it is written.
    fn spelt(&self, word: &str) -> Option<String> {
        let plain = word.len() >= ONE_SLIP && word.bytes().all(|b| b.is_ascii_lowercase());
        let known = || tokens::stem(word).is_none_or(|stem| self.known.contains(&stem));
        if !plain || known() || tokens::content(word).is_empty() {
            return None;
        }
        let most = if word.len() >= TWO_SLIPS { 2 } else { 1 };
        let near = self
            .words
            .iter()
            .filter(|name| name.starts_with(&word[..1]) && name.len().abs_diff(word.len()) <= most);
        let slips = near.map(|name| (strsim::osa_distance(name, word), name));
        slips.filter(|(slips, _)| *slips <= most).min().map(|(_, name)| name.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::LazyLock};

    use proptest::prelude::*;

    use super::Mender;
    use crate::pack::read::read;

    static MENDER: LazyLock<Mender> = LazyLock::new(|| {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
        Mender::of(&read(&demo).expect("the demo pack can be used").0)
    });

    #[test]
    fn a_name_is_known_however_it_was_written() {
        for (said, meant) in [
            ("居住正要带什么", "居住证要带什么"),
            ("juzhuzheng要多久", "居住证要多久"),
            ("ju zhu zheng 多少钱", "居住证 多少钱"),
            ("jzz多少钱", "居住证多少钱"),
            ("护兆过期了", "护照过期了"),
            ("how much is a pasport", "how much is a passport"),
            ("办个 recidence permit", "办个 residence permit"),
        ] {
            assert_eq!(MENDER.mended(said).as_deref(), Some(meant));
        }
    }

    #[test]
    fn what_is_written_well_stays() {
        for said in [
            "居住证要带什么",
            "how much is a passport",
            "i would like to go fishing in the river",
            "请问现在几点",
            "我想找人说话",
            "",
        ] {
            assert_eq!(MENDER.mended(said), None, "{said}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_mended(text in "\\PC{0,60}|[a-z 居住证护照正]{0,60}") {
            let _ = MENDER.mended(&nlu::normal::fold(&text));
        }
    }
}
