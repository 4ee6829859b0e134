//! The encoder against the package that its model comes from: 500 texts in both languages, whose
//! vectors `meaning/golden.py` made. It needs the model itself, which `wendu models` fetches.
#![allow(clippy::disallowed_methods, reason = "a test may read files; nlu itself is handed bytes")]

#[path = "meaning/model.rs"]
mod model;

use std::sync::LazyLock;

use nlu::meaning::{Encoder, LONGEST, NUMBERS};
use proptest::prelude::*;

static ENCODER: LazyLock<Encoder> = LazyLock::new(model::encoder);

fn golden() -> Vec<(String, Vec<f32>)> {
    let texts: Vec<String> =
        serde_json::from_str(include_str!("meaning/texts.json")).expect("a list of texts");
    let numbers = include_bytes!("meaning/vectors.i16").as_chunks::<2>().0;
    let numbers: Vec<f32> = numbers.iter().map(|n| f32::from(i16::from_le_bytes(*n))).collect();
    assert_eq!(numbers.len(), texts.len() * NUMBERS);
    texts.into_iter().zip(numbers.chunks_exact(NUMBERS).map(<[f32]>::to_vec)).collect()
}

#[test]
fn five_hundred_texts_mean_what_they_mean_to_the_package() {
    let golden = golden();
    assert_eq!(golden.len(), 500);
    let cosine = |text: &str, expected: &[f32]| {
        let meaning = ENCODER.encode(text);
        let (mut product, mut square) = (0.0_f64, 0.0_f64);
        for (a, b) in meaning.as_slice().iter().zip(expected) {
            product += f64::from(*a) * f64::from(*b);
            square += f64::from(*b) * f64::from(*b);
        }
        product / square.sqrt()
    };
    let different: Vec<_> = golden
        .iter()
        .map(|(text, expected)| (cosine(text, expected), text))
        .filter(|(cosine, _)| *cosine < 0.9999)
        .collect();
    assert!(different.is_empty(), "{} of 500 differ: {different:#?}", different.len());
}

#[test]
fn a_question_lies_near_its_page_in_either_language() {
    let alike = |a: &str, b: &str| ENCODER.encode(a).likeness(&ENCODER.encode(b));
    let question = "怎么办理居住证？";
    let page = alike(question, "How to apply for a residence permit");
    let other = alike(question, "Opening hours of the swimming pool");
    assert!(page > other + 0.2, "{page} against {other}");
    assert!((alike(question, question) - 1.0).abs() < 1e-5);
}

#[test]
fn what_comes_after_the_longest_changes_nothing() {
    // Each of these words is one piece or more.
    let long = "the house is green and ".repeat(LONGEST);
    let longer = long.clone() + &"but nobody reads this ".repeat(99_999);
    assert_eq!(ENCODER.encode(&long), ENCODER.encode(&longer));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_text_has_a_direction_of_length_one(text in any::<String>(), word in "[ -~]{0,40}|\\PC{0,400}") {
        for text in [text, word] {
            let meaning = ENCODER.encode(&text);
            let square: f32 = meaning.as_slice().iter().map(|n| n * n).sum();
            prop_assert!((square - 1.0).abs() < 1e-4, "{square}");
        }
    }
}
