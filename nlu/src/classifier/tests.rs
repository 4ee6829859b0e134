//! What the classifier must learn, refuse and survive.

//! What the classifier learns, and what it takes for outside.

use proptest::prelude::*;

use super::{Classifier, Example, Validation};

fn example(text: &str, label: &str) -> Example {
    Example { text: text.into(), meaning: None, label: label.into() }
}

fn services() -> Vec<Example> {
    let cards = [
        "my card is gone",
        "lost my id card",
        "i cannot find my card",
        "身份证丢了",
        "补办身份证",
        "someone stole my card",
    ];
    let dogs = [
        "a licence for my dog",
        "register a puppy",
        "do dogs need papers",
        "给狗上牌",
        "养狗证怎么办",
        "my dog is new here",
    ];
    let homes = [
        "rent a flat",
        "cheap housing for rent",
        "申请公租房",
        "租房补贴",
        "help with the rent",
        "flat for a family",
    ];
    let schools = [
        "which school for my son",
        "enrol a child at school",
        "孩子上小学",
        "入学报名",
        "school place",
        "start school in autumn",
    ];
    let of = |label: &'static str, texts: [&'static str; 6]| texts.map(|text| example(text, label));
    [of("card", cards), of("dog", dogs), of("home", homes), of("school", schools)].concat()
}

#[test]
fn the_label_of_like_examples_comes_first() {
    let classifier = Classifier::train(&services(), &Validation::default(), 0.95);
    let guess = |text| classifier.guess(text, None).labels[0].0;
    assert_eq!(guess("I have lost my card"), "card");
    assert_eq!(guess("我的身份證丟了"), "card");
    assert_eq!(guess("papers for a dog"), "dog");
    assert_eq!(guess("公租房怎么申请"), "home");
}

#[test]
fn a_stranger_is_more_of_an_outsider_than_an_insider() {
    let classifier = Classifier::train(&services(), &Validation::default(), 0.9);
    let inside = classifier.guess("lost my card", None).outside;
    assert!(inside < classifier.guess("bake bread with yeast", None).outside);
}

#[test]
fn training_again_gives_the_same_and_it_survives_being_kept() {
    let train = || Classifier::train(&services(), &Validation::default(), 0.95);
    let classifier = train();
    assert!(classifier == train());
    let kept = serde_json::to_string(&classifier).expect("it serialises");
    let read: Classifier = serde_json::from_str(&kept).expect("it is read");
    let (before, after) = (classifier.guess("my dog", None), read.guess("my dog", None));
    assert!((before.outside - after.outside).abs() < 1e-5);
    assert_eq!(before.labels[0].0, after.labels[0].0);
}

proptest! {
    #[test]
    fn any_texts_and_labels_give_chances(
        examples in prop::collection::vec((".{0,12}", "[a-f]?"), 0..14),
        outsiders in prop::collection::vec(".{0,12}", 0..3),
        keep in 0.0f32..=1.0,
        text in "\\PC{0,40}|.{0,40}",
    ) {
        let examples: Vec<_> = examples.iter().map(|(text, label)| example(text, label)).collect();
        let outsiders = outsiders.iter().map(|text| example(text, "")).collect();
        let validation = Validation { insiders: vec![], outsiders };
        let classifier = Classifier::train(&examples, &validation, keep);
        let guess = classifier.guess(&text, None);
        prop_assert!((0.0..=1.0).contains(&guess.outside));
        let mut sum = guess.outside;
        for (_, chance) in &guess.labels {
            prop_assert!((0.0..=1.0).contains(chance));
            sum += chance;
        }
        prop_assert!(guess.labels.is_empty() || (sum - 1.0).abs() < 1e-3, "{sum}");
    }
}
