//! The real voice, with the models that `./check` fetches.

use super::*;
use nlu::langid;
use std::path::PathBuf;

/// Where `./check` puts models.
fn models() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")),
        PathBuf::from,
    );
    target.join("models")
}

fn voice(cache: &Path) -> Voice {
    let voice = Voice::open(&VoiceSettings::default(), &models(), cache);
    let zh = langid!("zh");
    assert!(voice.speaks(&zh), "the voice is not in target/models: ./check fetches it");
    voice
}

fn one(text: &str, language: LanguageIdentifier) -> Sentence {
    sentences(text, &language).remove(0)
}

/// As the root of the mean square, in dB of full scale.
fn decibels(sound: &[i16]) -> f32 {
    let power: f32 = sound.iter().map(|s| (f32::from(*s) / 32_768.0).powi(2)).sum();
    10.0 * (power / sound.len() as f32).log10()
}

#[tokio::test]
async fn sentences_in_both_languages_become_sound_of_even_loudness() {
    let cache = tempfile::tempdir().unwrap();
    let voice = voice(cache.path());
    let rows = [
        one("办理居住证要带身份证原件。", langid!("zh")),
        one("Please bring your identity card.", langid!("en")),
    ];
    for sentence in rows {
        assert!(voice.cached(&sentence, Pace::Usual).is_none());
        let usual = voice.say(&sentence, Pace::Usual).await.unwrap();
        let slow = voice.say(&sentence, Pace::Slow).await.unwrap();
        let seconds = usual.len() as f32 / RATE_HZ as f32;
        assert!((1.2..6.0).contains(&seconds), "{sentence:?}: {seconds} s");
        let slower = slow.len() as f32 / usual.len() as f32;
        assert!((1.05..1.35).contains(&slower), "{sentence:?}: {slower}");
        assert!((-26.0..-18.0).contains(&decibels(&usual)), "{}", decibels(&usual));
        assert!(usual.iter().all(|sample| sample.unsigned_abs() < 30_000));
        assert_eq!(voice.cached(&sentence, Pace::Usual).as_deref(), Some(&*usual));
    }
}

#[tokio::test]
async fn two_who_ask_for_one_sentence_get_one_sound_and_warming_keeps_all() {
    let cache = tempfile::tempdir().unwrap();
    let voice = voice(cache.path());
    let sentence = one("请稍等。", langid!("zh"));
    let (a, b) = tokio::join!(voice.say(&sentence, Pace::Usual), voice.say(&sentence, Pace::Usual));
    assert!(Arc::ptr_eq(&a.unwrap(), &b.unwrap()));
    let more = vec![one("Goodbye.", langid!("en")), one("再见。", langid!("zh"))];
    let stop = CancellationToken::new();
    voice.warm(more.clone(), &stop, |_, all| assert_eq!(all, 2)).await;
    assert!(more.iter().all(|sentence| voice.cached(sentence, Pace::Usual).is_some()));
}

#[tokio::test]
async fn without_a_model_nothing_panics_and_chinese_stays_unsaid() {
    let folder = tempfile::tempdir().unwrap();
    let voice = Voice::open(&VoiceSettings::default(), folder.path(), folder.path());
    let said = voice.say(&one("您好。", langid!("zh")), Pace::Usual).await;
    assert!(matches!(said, Err(VoiceError::Mute(_))));
    let english = voice.say(&one("Hello.", langid!("en")), Pace::Usual).await;
    assert_eq!(english.is_ok(), voice.speaks(&langid!("en")));
}
