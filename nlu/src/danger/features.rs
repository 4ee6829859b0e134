//! What the learned model looks at: a text's words, characters and sounds, one number each.

use super::sound::Heard;

/// How many numbers there are; two features may share one.
pub(super) const SIZE: usize = 1 << 15;

/// The features of a text, each once, in order.
pub(super) fn of(heard: &Heard) -> Vec<u32> {
    let mut out = Vec::new();
    if heard.chinese {
        grams(&mut out, 'c', &heard.written, 1..=3);
    }
    sounds(&mut out, heard);
    words(&mut out, 'w', &heard.words);
    words(&mut out, 'm', &heard.mended);
    grams(&mut out, 'b', &heard.bones, 4..=6);
    for word in heard.mended.split_whitespace() {
        let bounded = format!("<{word}>");
        grams(&mut out, 'g', &bounded, 3..=4);
    }
    settle(out)
}

/// The features that are left when a text was misheard: its sounds.
pub(super) fn of_sounds(heard: &Heard) -> Vec<u32> {
    let mut out = Vec::new();
    sounds(&mut out, heard);
    grams(&mut out, 'b', &heard.bones, 4..=6);
    settle(out)
}

fn settle(mut out: Vec<u32>) -> Vec<u32> {
    out.sort_unstable();
    out.dedup();
    out
}

fn sounds(out: &mut Vec<u32>, heard: &Heard) {
    if heard.chinese {
        grams(out, 's', &heard.sounds, 1..=3);
    }
}

fn words(out: &mut Vec<u32>, mark: char, text: &str) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for size in 1..=3 {
        for window in words.windows(size) {
            out.push(number(mark, window.iter().flat_map(|word| word.bytes().chain([b' ']))));
        }
    }
}

fn grams(out: &mut Vec<u32>, mark: char, text: &str, sizes: std::ops::RangeInclusive<usize>) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for size in sizes {
        for window in ends.windows(size + 1) {
            out.push(number(mark, text.as_bytes()[window[0]..window[size]].iter().copied()));
        }
    }
}

/// FNV-1a: the same on every machine, which a seeded hash is not.
fn number(mark: char, bytes: impl Iterator<Item = u8>) -> u32 {
    let hash =
        [mark as u8].into_iter().chain(bytes).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    ((hash ^ (hash >> 32)) as u32) & (SIZE as u32 - 1)
}
