//! A syllable's sounds in the model's letters.

use super::Syllable;

/// Pinyin's initials, the longer before the shorter.
const INITIALS: [(&str, &str); 21] = [
    ("zh", "ꭧ"),
    ("ch", "ꭧʰ"),
    ("sh", "ʂ"),
    ("b", "p"),
    ("p", "pʰ"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "tʰ"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "kʰ"),
    ("h", "x"),
    ("j", "ʨ"),
    ("q", "ʨʰ"),
    ("x", "ɕ"),
    ("r", "ɻ"),
    ("z", "ʦ"),
    ("c", "ʦʰ"),
    ("s", "s"),
];

/// A final's sounds up to where the tone's arrow stands, and after it.
fn last(of: &str) -> Option<(&'static str, &'static str)> {
    Some(match of {
        "a" => ("a", ""),
        "ai" => ("ai", ""),
        "an" => ("a", "n"),
        "ang" => ("a", "ŋ"),
        "ao" => ("au", ""),
        "e" => ("ɤ", ""),
        "ei" => ("ei", ""),
        "en" => ("ə", "n"),
        "eng" => ("ə", "ŋ"),
        "er" => ("ɚ", ""),
        "i" => ("i", ""),
        "ia" => ("ja", ""),
        "ian" => ("jɛ", "n"),
        "iang" => ("ja", "ŋ"),
        "iao" => ("jau", ""),
        "ie" => ("je", ""),
        "in" => ("i", "n"),
        "ing" => ("i", "ŋ"),
        "io" => ("jɔ", ""),
        "iong" => ("jʊ", "ŋ"),
        "iu" | "iou" => ("jou", ""),
        "ong" => ("ʊ", "ŋ"),
        "ou" => ("ou", ""),
        "u" => ("u", ""),
        "ua" => ("wa", ""),
        "uai" => ("wai", ""),
        "uan" => ("wa", "n"),
        "uang" => ("wa", "ŋ"),
        "ui" | "uei" => ("wei", ""),
        "un" | "uen" => ("wə", "n"),
        "ueng" => ("wə", "ŋ"),
        "o" | "uo" => ("wo", ""),
        "ü" => ("y", ""),
        "üan" => ("ɥɛ", "n"),
        "üe" => ("ɥe", ""),
        "ün" => ("y", "n"),
        _ => return None,
    })
}

/// Adds the syllable's sounds. What is no Mandarin syllable is left out.
pub(super) fn say(syllable: &Syllable, out: &mut String) {
    let base = spelled_out(&syllable.base);
    let first = INITIALS.iter().find(|(pinyin, _)| base.starts_with(pinyin));
    let (pinyin, sound) = first.copied().unwrap_or_default();
    let rest = base[pinyin.len()..].to_owned();
    let (vowel, end) = match (pinyin, rest.as_str()) {
        // A bare syllable that is only a vowel or a hum.
        ("", "o") => ("ɔ", ""),
        ("", "ê") => ("ɛ", ""),
        ("m" | "n", "") => ("", ""),
        ("n", "g") => return out.push('ŋ'),
        ("zh" | "ch" | "sh" | "r" | "z" | "c" | "s", "i") => ("ɨ", ""),
        ("j" | "q" | "x", "u") => ("y", ""),
        ("j" | "q" | "x", "uan") => ("ɥɛ", "n"),
        ("j" | "q" | "x", "ue") => ("ɥe", ""),
        ("j" | "q" | "x", "un") => ("y", "n"),
        (_, rest) => match last(rest) {
            Some(found) => found,
            None => return,
        },
    };
    out.push_str(sound);
    out.push_str(vowel);
    out.push_str(arrow(syllable.tone));
    out.push_str(end);
}

fn arrow(tone: u8) -> &'static str {
    match tone {
        1 => "→",
        2 => "↗",
        3 => "↓",
        4 => "↘",
        _ => "",
    }
}

/// With the vowel that y and w stand for, and with ü in one spelling.
fn spelled_out(base: &str) -> String {
    let base = base.replace('v', "ü");
    match base.as_bytes() {
        [b'y', b'u', ..] => format!("ü{}", &base[2..]),
        [b'y', b'i', ..] | [b'w', b'u', ..] => base[1..].to_owned(),
        [b'y', ..] => format!("i{}", &base[1..]),
        [b'w', ..] => format!("u{}", &base[1..]),
        _ if base == "lue" || base == "nue" => base.replace('u', "ü"),
        _ => base,
    }
}
