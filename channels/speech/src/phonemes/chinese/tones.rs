//! Tones in company: 一 and 不, the third tone before another.

use super::readings::{Word, is_numeral};

/// After these 一 is counted in a row, and keeps its tone.
const IN_A_ROW: &str = "第初期周";
/// Before these 一 is the first of a row.
const FIRST_OF: &str = "月号楼层级";
/// Words that end in 一 without being one.
const POINTING: &str = "每这那哪某另任同万";

/// Changes the tones of a run's words as they are said in a row.
pub(super) fn settle(words: &mut [Word]) {
    let chars: Vec<char> = words.iter().flatten().map(|(c, _)| *c).collect();
    let mut tones: Vec<u8> = words.iter().flatten().map(|(_, sound)| sound.tone).collect();
    let mut start = 0;
    for word in words.iter() {
        let end = start + word.len();
        for at in start..end {
            match chars[at] {
                '一' => one(&chars, &mut tones, at, end),
                '不' => not(&chars, &mut tones, at),
                _ => {}
            }
        }
        start = end;
    }
    third(words, &mut tones);
    for ((_, sound), tone) in words.iter_mut().flatten().zip(tones) {
        sound.tone = tone;
    }
}

/// 一 is yí before a fourth tone, yì before others, light between a verb and itself, and yī where
/// it is a digit, the first of a row or the end of a word.
fn one(chars: &[char], tones: &mut [u8], at: usize, word_end: usize) {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let Some(&next) = chars.get(at + 1) else { return };
    let counted = before.is_some_and(|c| is_numeral(c) || IN_A_ROW.contains(c));
    let digit = is_numeral(next) && !"百千万亿".contains(next);
    let day = next == '日' && before == Some('月');
    let point = next == '点' && chars.get(at + 2).is_some_and(|c| is_numeral(*c));
    let ends_word = at + 1 == word_end
        && before.is_some_and(|c| !POINTING.contains(c))
        && at > 0
        && is_inside(chars, at);
    if counted || digit || day || point || FIRST_OF.contains(next) || ends_word {
        return;
    }
    if before == Some(next) {
        tones[at] = 5;
    } else {
        // A light 个 changes 一 as its own fourth tone does.
        let falls = tones[at + 1] == 4 || (tones[at + 1] == 5 && next == '个');
        tones[at] = if falls { 2 } else { 4 };
    }
}

/// Whether 一 ends one of the words in which it is part of the meaning.
fn is_inside(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| "统唯之单专合划".contains(chars[before]))
}

/// 不 is bú before a fourth tone, light between a verb and itself.
fn not(chars: &[char], tones: &mut [u8], at: usize) {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let Some(&next) = chars.get(at + 1) else { return };
    if before == Some(next) {
        tones[at] = 5;
    } else if tones[at + 1] == 4 {
        tones[at] = 2;
    }
}

/// A third tone before a third tone rises: first inside words, then from word to word.
fn third(words: &[Word], tones: &mut [u8]) {
    let mut start = 0;
    for word in words {
        let inner = &mut tones[start..start + word.len()];
        if let [first @ 3, 3, 3] = inner {
            // Most words of three are two and one.
            *first = 2;
        }
        for at in 1..inner.len() {
            if inner[at - 1] == 3 && inner[at] == 3 {
                inner[at - 1] = 2;
            }
        }
        start += word.len();
    }
    for at in 1..tones.len() {
        if tones[at - 1] == 3 && tones[at] == 3 {
            tones[at - 1] = 2;
        }
    }
}
