//! What the ears understand of what the voice says over a telephone line: one utterance after the
//! other with the same state, as on a busy day, and also where the one before was given up.

use speech::ears::{Asked, Ears, EarsSettings, Expecting};
use speech::sound::narrow;
use speech::voice::{Pace, Voice, VoiceSettings, sentences};
use speech::{LanguageIdentifier, langid};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The models folder: `WENDU_MODELS`, or where `./check` puts it, beside what was built.
fn models() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in target");
    std::env::var_os("WENDU_MODELS").map_or_else(|| target.join("models"), PathBuf::from)
}

/// A text as it arrives over a line of 8 kHz, with a little silence around it.
async fn called(text: &str, language: &LanguageIdentifier) -> Vec<f32> {
    // Nothing is cached: the voice works between the ears' utterances, as in a call.
    let cache = tempfile::tempdir().expect("a folder");
    let voice = Voice::open(&VoiceSettings::default(), &models(), cache.path());
    let mut sound = vec![0_i16; 4_000];
    for sentence in sentences(text, language) {
        sound.extend_from_slice(&voice.say(&sentence, Pace::Usual).await.expect("it is said"));
    }
    sound.resize(sound.len() + 4_000, 0);
    let narrow: Vec<f32> =
        narrow(&sound).iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
    speech::clip::resample(&narrow, 8_000, 16_000).expect("it can be resampled")
}

fn asked(first: LanguageIdentifier, then: LanguageIdentifier) -> Asked {
    Asked {
        languages: vec![first, then],
        prompts: vec![
            (langid!("zh"), "护照、身份证、居住证、公交卡".into()),
            (langid!("en"), "passport, identity card, residence permit, bus card".into()),
        ],
        ..Asked::default()
    }
}

#[tokio::test]
async fn one_utterance_after_the_other_is_understood_in_both_languages() {
    let settings = EarsSettings { states: 1, ..EarsSettings::default() };
    let ears = Ears::open(&settings, &models()).expect("the ears open");
    for round in 0..3 {
        let zh = asked(langid!("zh"), langid!("en"));
        let fee = called("办护照要多少钱？", &langid!("zh")).await;
        let heard = ears.transcribe(fee.clone(), zh.clone()).await.expect("it is heard");
        assert!(heard.text.contains("护照"), "{round}: {heard:?}");
        assert_eq!(heard.language, langid!("zh"));
        // The caller went on: the transcription is given up, wherever it was.
        let given_up = ears.transcribe(fee.clone(), zh.clone());
        let _ = tokio::time::timeout(Duration::from_millis(100 + 150 * round), given_up).await;
        let passport = called("How much is a passport?", &langid!("en")).await;
        let heard = ears.transcribe(passport, zh).await.expect("it is heard");
        assert!(heard.text.contains("passport"), "{round}: {heard:?}");
        assert_eq!(heard.language, langid!("en"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_are_understood() {
    let ears = Ears::open(&EarsSettings::default(), &models()).expect("the ears open");
    let passport = called("How much is a passport?", &langid!("en")).await;
    let fee = called("办护照要多少钱？", &langid!("zh")).await;
    for round in 0..3 {
        let zh = asked(langid!("zh"), langid!("en"));
        let (first, second) = tokio::join!(
            ears.transcribe(fee.clone(), zh.clone()),
            ears.transcribe(passport.clone(), zh.clone()),
        );
        let (first, second) = (first.expect("it is heard"), second.expect("it is heard"));
        assert!(first.text.contains("护照"), "{round}: {first:?}");
        assert!(second.text.contains("passport"), "{round}: {second:?}");
    }
}

#[tokio::test]
async fn digits_that_were_asked_for_are_digits() {
    let ears = Ears::open(&EarsSettings::default(), &models()).expect("the ears open");
    let asked = Asked { expecting: Expecting::Digits, ..asked(langid!("zh"), langid!("en")) };
    let said = called("4, 7, 2, 9, 1, 6", &langid!("en")).await;
    let heard = ears.transcribe(said, asked).await.expect("it is heard");
    assert_eq!(heard.text, "472916", "{heard:?}");
}
