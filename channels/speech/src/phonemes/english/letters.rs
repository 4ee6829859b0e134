//! Letters said by their names. Ends at which of the words are letters, and what they are called.

/// The name of the word at this place, if it is one letter and no word. A plural or possessive of
/// letters ("I D's") has its ending.
pub(super) fn named(words: &[&str], at: usize, in_chinese: bool) -> Option<String> {
    let (capital, ending) = letter(words[at])?;
    let among = words.get(at + 1).is_some_and(|word| letter(word).is_some())
        || at.checked_sub(1).is_some_and(|before| letter(words[before]).is_some());
    let is_word = matches!(capital, 'A' | 'I') && ending.is_empty();
    (in_chinese || among || !is_word).then(|| format!("{}{ending}", name(capital)))
}

fn letter(word: &str) -> Option<(char, &'static str)> {
    let capital = word.chars().next().filter(char::is_ascii_uppercase)?;
    let ending = match &word[1..] {
        "" => "",
        "'s" if "FHLMNSX".contains(capital) => "s",
        "'s" => "z",
        _ => return None,
    };
    Some((capital, ending))
}

/// A letter's name.
pub(super) fn name(letter: char) -> &'static str {
    match letter.to_ascii_uppercase() {
        'A' => "ˈA",
        'B' => "bˈi",
        'C' => "sˈi",
        'D' => "dˈi",
        'E' => "ˈi",
        'F' => "ˈɛf",
        'G' => "ʤˈi",
        'H' => "ˈAʧ",
        'I' => "ˈI",
        'J' => "ʤˈA",
        'K' => "kˈA",
        'L' => "ˈɛl",
        'M' => "ˈɛm",
        'N' => "ˈɛn",
        'O' => "ˈO",
        'P' => "pˈi",
        'Q' => "kjˈu",
        'R' => "ˈɑɹ",
        'S' => "ˈɛs",
        'T' => "tˈi",
        'U' => "jˈu",
        'V' => "vˈi",
        'W' => "dˈʌbᵊlju",
        'X' => "ˈɛks",
        'Y' => "wˈI",
        'Z' => "zˈi",
        _ => "",
    }
}
