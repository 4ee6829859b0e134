//! Words that no dictionary has, by how they are written: names in pinyin by their syllables, as
//! English speakers say them, others by the rules of English spelling, what has no vowel by its
//! letters. A guess, but never silence.

use super::letters;

/// The phonemes of one word of Latin letters.
pub(super) fn phonemes(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let (stem, ending) = lower.strip_suffix("'s").map_or((&*lower, ""), |stem| (stem, "z"));
    let stem: String = stem.chars().filter(char::is_ascii_lowercase).collect();
    if !stem.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return stem.chars().map(letters::name).collect::<Vec<_>>().join("") + ending;
    }
    pinyin(&stem).unwrap_or_else(|| english(&stem)) + ending
}

/// A name in pinyin, its last syllable stressed.
fn pinyin(word: &str) -> Option<String> {
    let parts =
        nlu::sounds::spelled(word).unwrap_or_else(|| std::iter::once(0..word.len()).collect());
    let last = parts.len() - 1;
    let mut out = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        let (first, vowel, end) = syllable(&word[part])?;
        let stress = if at == last { "ˈ" } else { "" };
        out.push_str(&format!("{first}{stress}{vowel}{end}"));
    }
    Some(out)
}

/// What stands before the vowel, the vowel, and what follows.
fn syllable(letters: &str) -> Option<(String, &'static str, &'static str)> {
    let found = INITIALS
        .iter()
        .find_map(|(initial, sound)| Some((*initial, *sound, letters.strip_prefix(initial)?)));
    let (initial, first, rest) = found.unwrap_or(("", "", letters));
    let rest = match (initial, rest) {
        ("zh" | "ch" | "sh" | "r", "i") => return Some((first.to_owned(), "ɜɹ", "")),
        ("z" | "c" | "s", "i") => return Some((first.to_owned(), "ə", "")),
        (_, rest) => rest,
    };
    let (_, glide, vowel, end) = FINALS.iter().find(|(name, ..)| *name == rest)?;
    Some((format!("{first}{glide}"), vowel, end))
}

const INITIALS: [(&str, &str); 23] = [
    ("zh", "ʤ"),
    ("ch", "ʧ"),
    ("sh", "ʃ"),
    ("b", "b"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "d"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "ɡ"),
    ("k", "k"),
    ("h", "h"),
    ("j", "ʤ"),
    ("q", "ʧ"),
    ("x", "ʃ"),
    ("r", "ɹ"),
    ("z", "dz"),
    ("c", "ts"),
    ("s", "s"),
    ("y", "j"),
    ("w", "w"),
];

/// Pinyin's finals: their glide, their vowel, what follows.
const FINALS: [(&str, &str, &str, &str); 39] = [
    ("a", "", "ɑ", ""),
    ("ai", "", "I", ""),
    ("an", "", "ɑ", "n"),
    ("ang", "", "ɑ", "ŋ"),
    ("ao", "", "W", ""),
    ("e", "", "ʌ", ""),
    ("ei", "", "A", ""),
    ("en", "", "ʌ", "n"),
    ("eng", "", "ʌ", "ŋ"),
    ("er", "", "ɑ", "ɹ"),
    ("i", "", "i", ""),
    ("ia", "i", "ɑ", ""),
    ("ian", "i", "ɛ", "n"),
    ("iang", "i", "ɑ", "ŋ"),
    ("iao", "i", "W", ""),
    ("ie", "i", "ɛ", ""),
    ("in", "", "ɪ", "n"),
    ("ing", "", "ɪ", "ŋ"),
    ("iong", "i", "ʊ", "ŋ"),
    ("iu", "i", "O", ""),
    ("o", "", "ɔ", ""),
    ("ong", "", "ʊ", "ŋ"),
    ("ou", "", "O", ""),
    ("u", "", "u", ""),
    ("ua", "w", "ɑ", ""),
    ("uai", "w", "I", ""),
    ("uan", "w", "ɑ", "n"),
    ("uang", "w", "ɑ", "ŋ"),
    ("ue", "w", "ɛ", ""),
    ("ui", "w", "A", ""),
    ("un", "w", "ʌ", "n"),
    ("uo", "w", "ɔ", ""),
    ("v", "j", "u", ""),
    ("ve", "j", "ɛ", ""),
    ("van", "j", "ɛ", "n"),
    ("vn", "j", "u", "n"),
    ("ueng", "w", "ʌ", "ŋ"),
    ("n", "", "ə", "n"),
    ("ng", "", "ə", "ŋ"),
];

/// By the rules of English spelling, the longest that fits first.
fn english(word: &str) -> String {
    let mut sounds: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let (used, sound) = rule(word, at);
        sounds.push(sound);
        at += used;
    }
    stressed(&sounds)
}

/// Letters used at this place, and their sound.
fn rule(word: &str, at: usize) -> (usize, &'static str) {
    let rest = &word[at..];
    let before = at.checked_sub(1).map(|at| char::from(word.as_bytes()[at]));
    let first = if at == 0 {
        BEGINNINGS.iter().find(|(letters, _)| rest.starts_with(letters))
    } else {
        None
    };
    let last = if at > 0 { ENDINGS.iter().find(|(letters, _)| rest == *letters) } else { None };
    let inside = || GROUPS.iter().find(|(letters, _)| rest.starts_with(letters));
    if let Some((letters, sound)) = first.or(last).or_else(inside) {
        return (letters.len(), sound);
    }
    let mut letters = rest.chars();
    let letter = letters.next().unwrap_or(' ');
    let next = letters.next();
    let soft = matches!(next, Some('e' | 'i' | 'y'));
    let sound = match letter {
        // Doubled letters are one sound, said at the second.
        c if next == Some(c) && !is_vowel(c) => "",
        'c' if soft => "s",
        'c' | 'k' | 'q' => "k",
        'g' if soft && before.is_some() => "ʤ",
        'g' => "ɡ",
        'h' if before.is_some() && !next.is_some_and(is_vowel) => "",
        'j' => "ʤ",
        'r' => "ɹ",
        'x' => "ks",
        'y' if before.is_none_or(is_vowel) => "j",
        c if is_vowel(c) => vowel(c, rest),
        c => CONSONANTS.iter().find(|(name, _)| *name == c).map_or("", |(_, sound)| sound),
    };
    (1, sound)
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c)
}

/// A vowel by itself: long before one consonant and a silent e, and at the end; else short.
fn vowel(letter: char, rest: &str) -> &'static str {
    let after: Vec<char> = rest.chars().skip(1).collect();
    let long = match after.as_slice() {
        [] => true,
        [c, 'e'] | [c, 'e', 's'] => !is_vowel(*c) && *c != 'x',
        _ => false,
    };
    match (letter, long) {
        ('a', true) if after.is_empty() => "ə",
        ('a', true) => "A",
        ('a', false) => "æ",
        ('e', true) if after.is_empty() => "",
        ('e', true) => "i",
        ('e', false) => "ɛ",
        ('i', true) if after.is_empty() => "i",
        ('i' | 'y', true) if !after.is_empty() => "I",
        ('y', true) => "i",
        ('o', true) => "O",
        ('o', false) => "ɑ",
        ('u', true) => "u",
        ('u', false) => "ʌ",
        _ => "ɪ",
    }
}

/// With the stress on the vowel before the last but one, or on the first.
fn stressed(sounds: &[&str]) -> String {
    let is_sounded = |sound: &&str| sound.starts_with(|c| VOWELS.contains(c));
    let vowels: Vec<usize> = (0..sounds.len()).filter(|at| is_sounded(&sounds[*at])).collect();
    let on = vowels.len().checked_sub(3).map_or(vowels.first(), |third| vowels.get(third));
    let marked = sounds.iter().enumerate().map(|(at, sound)| match on {
        Some(on) if *on == at => format!("ˈ{sound}"),
        _ => (*sound).to_owned(),
    });
    marked.collect()
}

const VOWELS: &str = "AIOWYaæɑɔəɛɜiɪuʊʌ";

const CONSONANTS: [(char, &str); 14] = [
    ('b', "b"),
    ('d', "d"),
    ('f', "f"),
    ('h', "h"),
    ('l', "l"),
    ('m', "m"),
    ('n', "n"),
    ('p', "p"),
    ('s', "s"),
    ('t', "t"),
    ('v', "v"),
    ('w', "w"),
    ('z', "z"),
    (' ', ""),
];

/// At the beginning of a word.
const BEGINNINGS: [(&str, &str); 7] =
    [("kn", "n"), ("gn", "n"), ("wr", "ɹ"), ("ps", "s"), ("x", "z"), ("rh", "ɹ"), ("wh", "w")];

/// At the end of a word.
const ENDINGS: [(&str, &str); 14] = [
    ("tion", "ʃən"),
    ("sion", "ʒən"),
    ("ture", "ʧəɹ"),
    ("ous", "əs"),
    ("ness", "nəs"),
    ("ing", "ɪŋ"),
    ("ment", "mənt"),
    ("able", "əbᵊl"),
    ("ible", "əbᵊl"),
    ("le", "ᵊl"),
    ("er", "əɹ"),
    ("ed", "d"),
    ("es", "z"),
    ("ey", "i"),
];

/// Anywhere, the longer before the shorter.
const GROUPS: [(&str, &str); 50] = [
    ("eigh", "A"),
    ("augh", "ɔ"),
    ("ough", "O"),
    ("igh", "I"),
    ("tch", "ʧ"),
    ("dge", "ʤ"),
    ("sch", "sk"),
    ("air", "ɛɹ"),
    ("ear", "ɪɹ"),
    ("eer", "ɪɹ"),
    ("our", "ɔɹ"),
    ("oor", "ɔɹ"),
    ("tio", "ʃiO"),
    ("qu", "kw"),
    ("ph", "f"),
    ("ck", "k"),
    ("ch", "ʧ"),
    ("sh", "ʃ"),
    ("th", "θ"),
    ("zh", "ʒ"),
    ("gh", "ɡ"),
    ("ng", "ŋ"),
    ("nk", "ŋk"),
    ("ee", "i"),
    ("ea", "i"),
    ("oo", "u"),
    ("ai", "A"),
    ("ay", "A"),
    ("oa", "O"),
    ("oe", "O"),
    ("ow", "O"),
    ("ou", "W"),
    ("oi", "Y"),
    ("oy", "Y"),
    ("au", "ɔ"),
    ("aw", "ɔ"),
    ("ie", "i"),
    ("ei", "A"),
    ("ey", "i"),
    ("eu", "ju"),
    ("ew", "ju"),
    ("ue", "u"),
    ("ui", "u"),
    ("er", "ɜɹ"),
    ("ir", "ɜɹ"),
    ("ur", "ɜɹ"),
    ("yr", "ɜɹ"),
    ("ar", "ɑɹ"),
    ("or", "ɔɹ"),
    ("io", "iO"),
];
