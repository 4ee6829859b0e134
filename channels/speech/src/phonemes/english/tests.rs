//! Words, letters, and what no dictionary has.

use proptest::prelude::*;

use super::*;

fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(run, expected)| (run, phonemes(run, false), expected))
        .filter(|(_, said, expected)| said != *expected)
        .map(|(run, said, expected)| format!("{run}: {said}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_dictionary_decides_by_what_stands_beside() {
    check(&[
        ("Please bring your identity card", "plˈiz bɹˈɪŋ jʊɹ IdˈɛntəTi kˈɑɹd"),
        ("a fee", "ɐ fˈi"),
        ("read the letter", "ɹˈid ðə lˈɛTəɹ"),
        ("I have read it", "ˌI hæv ɹˈɛd ɪt"),
        ("live here", "lˈɪv hˈɪɹ"),
        ("they record the record", "ðA ɹəkˈɔɹd ðə ɹˈɛkəɹd"),
        ("twenty-two", "twˈɛntitˌu"),
        ("I'll tell you", "ˌIl tˈɛl ju"),
        ("café", "kæfˈA"),
    ]);
}

#[test]
fn letters_have_their_names() {
    check(&[
        ("I D card", "ˈI dˈi kˈɑɹd"),
        ("I D's", "ˈI dˈiz"),
        ("an A T M", "ɐn ˈA tˈi ˈɛm"),
        ("a card that I need", "ɐ kˈɑɹd ðæt ˌI nˈid"),
        ("qzxwv", "kjˈuzˈiˈɛksdˈʌbᵊljuvˈi"),
    ]);
    assert_eq!(phonemes("A", true), "ˈA");
}

#[test]
fn what_no_dictionary_has_is_said_by_its_spelling() {
    check(&[
        ("Linjiang District", "lɪnʤiˈɑŋ dˈɪstɹɪkt"),
        ("Qinghe Road", "ʧɪŋhˈʌ ɹˈOd"),
        ("chengguan", "ʧʌŋɡwˈɑn"),
        ("the Linjiang's", "ðə lɪnʤiˈɑŋz"),
        ("huanghe-lu", "hwɑŋhˈʌ lˈu"),
        ("blorptastic", "blˈɔɹptæstɪk"),
        ("snargle", "snˈɑɹɡᵊl"),
        ("vintocate", "vˈɪntɑkAt"),
    ]);
}

proptest! {
    /// With at least a letter there is a sound, and all of it is known to the model.
    #[test]
    fn no_word_is_silent(word in "[a-zA-ZÀ-ɏ]{1,12}") {
        let said = phonemes(&word, false);
        let letters = without_accents(&word);
        prop_assert_eq!(said.is_empty(), letters.is_empty());
        prop_assert!(!said.contains(UNKNOWN));
    }

    #[test]
    fn spelling_makes_a_sound_of_any_word(word in "[a-z]{1,30}") {
        prop_assert!(spelling::phonemes(&word).contains(|c: char| c.is_alphabetic()));
    }
}
