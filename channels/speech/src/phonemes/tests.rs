//! Runs, pauses, letters, and nothing but what the model knows.

use nlu::langid;
use proptest::prelude::*;

use super::*;

/// Every letter that Kokoro's model knows.
const VOCABULARY: &str = ";:,.!?—…\"()“” \u{303}ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyz\
    ɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ";

#[test]
fn pauses_are_kept_and_what_is_no_sound_goes() {
    let zh = langid!("zh");
    assert_eq!(phonemes("你好，请进。", &zh), "ni↗xau↓, ʨʰi↓ŋ ʨi↘n.");
    assert_eq!(phonemes("“好”！！", &zh), "xau↓!");
    assert_eq!(phonemes("，好", &zh), "xau↓");
    assert_eq!(phonemes("☎ 🙂 12", &zh), "");
    assert_eq!(phonemes("", &zh), "");
}

#[test]
fn letters_are_said_by_name_and_words_are_not() {
    assert_eq!(phonemes("去 A 区", &langid!("zh")), "ʨʰy↘ ˈA ʨʰy→");
    assert_eq!(phonemes("I D", &langid!("en")), "ˈI dˈi");
}

proptest! {
    #[test]
    fn only_the_models_letters_come_out(text in "\\PC{0,60}", chinese in any::<bool>()) {
        let language = if chinese { langid!("zh") } else { langid!("en") };
        for c in phonemes(&text, &language).chars() {
            prop_assert!(VOCABULARY.contains(c), "{c:?} is not in the vocabulary");
        }
    }

    #[test]
    fn any_chinese_has_the_models_letters(text in "[一-龥，。〇a-zA-Z' ]{0,40}") {
        for c in phonemes(&text, &langid!("zh")).chars() {
            prop_assert!(VOCABULARY.contains(c), "{c:?} is not in the vocabulary");
        }
    }
}
