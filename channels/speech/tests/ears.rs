//! The ears with their model: what they do with sound in which nobody speaks, with too much at once,
//! and when nobody wants the text any more. What they understand is tried where there is a voice.

use speech::ears::{Asked, Ears, EarsError, EarsSettings, Unheard};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::sync::Mutex;

/// The models folder: `WENDU_MODELS`, or where `./check` puts it, beside what was built.
fn models() -> PathBuf {
    std::env::var_os("WENDU_MODELS").map(PathBuf::from).unwrap_or_else(|| {
        let program = std::env::current_exe().expect("this test is a file");
        program.ancestors().nth(3).expect("it lies in target/debug/deps").join("models")
    })
}

/// One state and one place to wait, so that two are too many.
fn ears() -> Ears {
    static EARS: OnceLock<Ears> = OnceLock::new();
    EARS.get_or_init(|| {
        let settings = EarsSettings { states: 1, queue: 1, ..EarsSettings::default() };
        Ears::open(&settings, &models())
            .unwrap_or_else(|error| panic!("{error} `./check fast` fetches it for the tests."))
    })
    .clone()
}

/// There is one place: a test that takes it does so alone.
static ALONE: Mutex<()> = Mutex::const_new(());

/// Noise with a buzz in it: earshot takes it for a voice, and nobody could say what it says.
fn buzz(seconds: usize) -> Vec<f32> {
    let mut seed = 1u32;
    (0..seconds * 16_000)
        .map(|at| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
            let t = at as f32 / 16_000.0;
            let buzz: f32 =
                (1..20).map(|h| (std::f32::consts::TAU * 140.0 * h as f32 * t).sin()).sum();
            0.03 * buzz * (9.0 * t).sin().abs() + 0.01 * noise
        })
        .collect()
}

#[test]
fn a_missing_model_says_what_to_do() {
    let error = Ears::open(&EarsSettings::default(), Path::new("nowhere")).err();
    let text = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(text.contains("ggml-base.bin") && text.contains("wendu models"), "{text}");
}

#[test]
fn a_file_that_is_no_model_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("ears")).unwrap();
    for bytes in [&b""[..], b"hello", b"lmgg\x01\0\0\0"] {
        std::fs::write(folder.path().join("ears/ggml-base.bin"), bytes).unwrap();
        let error = Ears::open(&EarsSettings::default(), folder.path()).err();
        assert!(matches!(error, Some(EarsError::Broken(_))), "{error:?}");
    }
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let settings = EarsSettings { states: 0, ..EarsSettings::default() };
    let error = Ears::open(&settings, &models()).err();
    assert!(matches!(error, Some(EarsError::OutOfRange("states", ..))), "{error:?}");
}

#[tokio::test]
async fn sound_in_which_nobody_speaks_is_no_text() {
    let _alone = ALONE.lock().await;
    let noise: Vec<f32> = buzz(1).iter().map(|sample| sample.signum() * 0.001).collect();
    for sound in [Vec::new(), vec![0.0; 100], vec![0.0; 48_000], noise] {
        let heard = ears().transcribe(sound, Asked::default()).await.unwrap();
        assert_eq!((heard.text.as_str(), heard.confidence), ("", 0.0));
    }
}

#[tokio::test]
async fn too_much_at_once_is_refused_and_what_is_dropped_makes_room() {
    let _alone = ALONE.lock().await;
    let ears = ears();
    let asked = Asked::default();
    {
        let first = ears.transcribe(buzz(20), asked.clone());
        let second = ears.transcribe(buzz(20), asked.clone());
        tokio::pin!(first, second);
        let both = async { tokio::join!(&mut first, &mut second) };
        assert!(tokio::time::timeout(Duration::from_millis(50), both).await.is_err());
        let third = ears.transcribe(buzz(1), asked.clone()).await;
        assert_eq!(third, Err(Unheard::Full));
    }
    // Nobody wants the two any more; the one that had begun ends at its next step.
    loop {
        match ears.transcribe(vec![0.0; 16_000], asked.clone()).await {
            Err(Unheard::Full) => tokio::task::yield_now().await,
            heard => break assert_eq!(heard.map(|heard| heard.text), Ok(String::new())),
        }
    }
}
