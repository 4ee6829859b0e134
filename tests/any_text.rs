//! Whatever is said, in whatever order, the visitor hears a sentence that can be shown and spoken,
//! and what is said to be found has its source. No panic, no echo of a command, no endless reply.

#[path = "any_text/exact.rs"]
mod exact;
#[path = "any_text/nasties.rs"]
mod nasties;

use std::{path::Path, sync::Arc, sync::LazyLock};

use bot::{Answer, Conversation, Event, Message, Mind, Reply, Turn};
use jiff::Timestamp;
use knowledge::Library;
use nlu::langid;
use proptest::prelude::*;

static MIND: LazyLock<Mind> = LazyLock::new(|| {
    let index = tempfile::tempdir().expect("a folder");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let library = Library::open(&demo, index.path(), &|_| {}).expect("the demo city is sound");
    Mind::new(Arc::new(library))
});

/// No published page of the demo city, with everything round it, is longer.
const LONGEST_REPLY: usize = 8_000;

fn say(conversation: &mut Conversation, text: &str) -> Turn {
    let now: Timestamp = "2026-11-24T10:00:00+08:00".parse().expect("a time");
    let message = Message::typed(text);
    conversation.advance(Event::Said(message), &MIND, now)
}

fn is_calm(turn: &Turn, said: &str) {
    let replies: Vec<&Reply> = turn.replies().collect();
    assert!(!replies.is_empty(), "silence after {said:?}");
    for reply in replies {
        for told in [&reply.text, &reply.spoken] {
            assert!(told.chars().any(char::is_alphabetic), "no words after {said:?}: {told:?}");
            assert!(told.len() < LONGEST_REPLY, "an endless reply after {said:?}");
            let shown = |c: char| c == '\n' || !c.is_control();
            assert!(told.chars().all(shown), "{told:?} cannot be shown, after {said:?}");
        }
        if matches!(turn.answer, Some(Answer::Found(_))) {
            assert!(!reply.citations.is_empty(), "found without a source, after {said:?}");
        }
    }
}

#[test]
fn every_nuisance_gets_a_calm_answer_and_a_question_after_it_is_still_answered() {
    for language in [langid!("zh"), langid!("en")] {
        for (kind, text) in nasties::all() {
            let mut conversation = Conversation::new(language.clone());
            let turn = say(&mut conversation, &text);
            is_calm(&turn, kind);
            let next = say(&mut conversation, "How much is a passport?");
            let found = matches!(&next.answer, Some(Answer::Found(f)) if f.article == "passport");
            assert!(found, "after {kind}: {:?}", next.answer);
        }
    }
}

#[test]
fn a_command_is_not_obeyed_and_finds_nothing() {
    for command in nasties::COMMANDS.iter().filter(|command| !command.contains("passport")) {
        let turn = say(&mut Conversation::new(langid!("en")), command);
        assert!(!matches!(turn.answer, Some(Answer::Found(_))), "{command}: {:?}", turn.answer);
        let text = &turn.replies().next().expect("a reply").text;
        assert!(!text.contains("49") && !text.contains("YES"), "{command}: {text}");
    }
}

#[test]
fn what_lies_inside_unreadable_signs_is_not_taken_for_a_language_spoken_here() {
    for words in nasties::TONGUES.iter().filter(|words| !words.contains("pas")) {
        let foreign = words.chars().filter(|c| *c > '\u{0250}').count() * 2 > words.len() / 3;
        let turn = say(&mut Conversation::new(langid!("en")), words);
        let refused = matches!(turn.answer, Some(Answer::Refused { .. }));
        assert!(refused || !foreign, "{words}: {:?}", turn.answer);
    }
}

fn anything() -> impl Strategy<Value = String> {
    let nasties: Vec<String> = nasties::all().into_iter().map(|(_, text)| text).collect();
    let piece = prop_oneof![
        "\\PC{0,40}",
        ".{0,20}",
        "[一-龥]{0,30}",
        proptest::sample::select(nasties).prop_flat_map(|text| {
            let letters: Vec<char> = text.chars().take(400).collect();
            (0..=letters.len()).prop_map(move |end| letters[..end].iter().collect::<String>())
        }),
        proptest::sample::select(vec![
            "护照",
            "多少钱",
            "no",
            "第二个",
            "passport",
            "how much",
            "人工",
            "不是",
            "0",
            "and my son?",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_conversation_goes_on(texts in proptest::collection::vec(anything(), 1..5)) {
        let mut conversation = Conversation::new(langid!("zh"));
        for text in &texts {
            is_calm(&say(&mut conversation, text), text);
        }
    }
}
