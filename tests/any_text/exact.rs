//! Whatever is asked of whatever the demo city publishes: no number is told that its source does
//! not have.

use bot::{Answer, Conversation, phrasebook::Phrasebook};
use nlu::{Facet, langid};

use crate::{MIND, say};

#[test]
fn no_answer_tells_a_number_that_its_source_does_not_have() {
    let book = Phrasebook::new();
    let pack = MIND.library().pack();
    let mut found = 0;
    for language in [langid!("zh"), langid!("en")] {
        for article in pack.articles.values() {
            let Some(words) = article.words.get(&language) else { continue };
            let mut conversation = Conversation::new(language.clone());
            let ask = |facet: &Facet| {
                book.say(&language, &format!("ask-{}", facet.name()), &[("title", &words.title)])
            };
            let asked = Facet::ALL.iter().map(ask).chain([words.title.clone()]);
            for question in asked {
                let turn = say(&mut conversation, &question);
                let strange = turn.why.iter().find(|why| why.starts_with("not in the source"));
                assert!(strange.is_none(), "{question}: {strange:?}");
                found += usize::from(matches!(turn.answer, Some(Answer::Found(_))));
            }
        }
        for place in pack.places.values() {
            let mut conversation = Conversation::new(language.clone());
            for when in ["几点开门", "is it open on sunday", "1月1日开门吗"] {
                let turn =
                    say(&mut conversation, &format!("{} {when}", pack.say(&place.name, &language)));
                assert!(!turn.why.iter().any(|why| why.starts_with("not in the source")));
            }
        }
    }
    assert!(found > 500, "only {found} questions were answered");
}
