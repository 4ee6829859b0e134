//! Across languages: a page that the city published in one language only is found by a question in
//! the other one, and the reply says so. By meaning with the sentence encoder, which `./check` puts
//! beside what is built; by its names without.

#[path = "../../nlu/tests/meaning/model.rs"]
mod model;

use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

use bot::{Answer, Conversation, Event, LanguageIdentifier, Message, Mind, Reply, Via};
use knowledge::Library;
use nlu::Encoder;
use tempfile::TempDir;

use crate::house::House;

static ENCODER: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(model::encoder()));

const PAGES: [(&str, &str); 8] = [
    (
        "pool.zh.md",
        "---\ntitle: 镇游泳馆\nalso: [游泳池]\n---\n游泳馆每天早上七点开门，晚上九点关门，周一休息。\
         门票每人二十元。\n\n请带泳衣和泳帽。十二岁以下的孩子由大人陪同。\n",
    ),
    (
        "plots.en.md",
        "---\ntitle: Allotment gardens\nalso: [vegetable plot, 小菜园]\n---\nYou can rent a small piece \
         of land by the river and grow your own vegetables. A plot costs 300 yuan a year.\n\nTools \
         can be borrowed from the shed by the gate.\n",
    ),
    ("library.en.md", "---\ntitle: Town library\n---\nYou can borrow ten books for a month.\n"),
    ("library.zh.md", "---\ntitle: 镇图书馆\n---\n一次可以借十本书，借期一个月。\n"),
    ("market.en.md", "---\ntitle: Morning market\n---\nFresh fish is sold on the square.\n"),
    ("market.zh.md", "---\ntitle: 早市\n---\n早上六点到十点，广场上卖新鲜的鱼。\n"),
    ("ferry.en.md", "---\ntitle: Ferry\n---\nThe ferry crosses the river every half hour.\n"),
    ("ferry.zh.md", "---\ntitle: 渡船\n---\n渡船每半小时一班，从码头开到对岸。\n"),
];

/// A small town with a page in Chinese only and a page in English only.
fn town() -> TempDir {
    let pack = tempfile::tempdir().expect("a folder");
    let about = "name = { en = \"Quay Town\", zh = \"码头镇\" }\nlanguages = [\"en\", \"zh\"]\n\
                 time_zone = \"Asia/Shanghai\"\ntelephone = \"1\"\n";
    fs::write(pack.path().join("pack.toml"), about).expect("written");
    let articles = pack.path().join("articles");
    fs::create_dir(&articles).expect("made");
    for (name, text) in PAGES {
        fs::write(articles.join(name), text).expect("written");
    }
    pack
}

fn mind(pack: &Path, encoder: Option<&Arc<Encoder>>) -> Mind {
    let shelf = tempfile::tempdir().expect("a folder");
    let library = Library::open_with(pack, shelf.path(), encoder, &|_| {}).expect("it opens");
    Mind::new(library.into())
}

/// The first answer of a conversation: the article told, if any, and the reply.
fn asked(mind: &Mind, language: &str, text: &str, via: Via) -> (Option<String>, Reply) {
    let language: LanguageIdentifier = language.parse().expect("a language");
    let now: jiff::Timestamp = "2026-11-24T10:00:00+08:00".parse().expect("a time");
    let message = Message::new(text, via);
    let turn = Conversation::new(language).advance(Event::Said(message), mind, now);
    let found = match &turn.answer {
        Some(Answer::Found(found)) => Some(found.article.clone()),
        _ => None,
    };
    (found, turn.replies().next().expect("a reply").clone())
}

#[test]
fn a_question_finds_the_page_that_exists_only_in_the_other_language() {
    let pack = town();
    let mind = mind(pack.path(), Some(&ENCODER));
    let english = ["Where can my kids go swimming?", "How much is a ticket for the swimming pool?"];
    for (question, via) in english.into_iter().flat_map(|q| [(q, Via::Typed), (q, Via::Spoken)]) {
        let (article, reply) = asked(&mind, "en", question, via);
        assert_eq!(article.as_deref(), Some("pool"), "{question}");
        let only = "This page is published in Chinese only.";
        assert!(reply.text.starts_with(only) && reply.spoken.starts_with(only), "{reply:?}");
        assert!(reply.text.contains("门票每人二十元"), "{}", reply.text);
        let source = &reply.citations[0];
        assert!(source.line.contains("(in Chinese)"), "{}", source.line);
        assert_eq!(source.language.to_string(), "zh");
    }
    let chinese = ["我想租块地种菜，一年多少钱？", "哪里可以租地种菜"];
    for (question, via) in chinese.into_iter().flat_map(|q| [(q, Via::Typed), (q, Via::Spoken)]) {
        let (article, reply) = asked(&mind, "zh", question, via);
        assert_eq!(article.as_deref(), Some("plots"), "{question}");
        let only = "这一页只有英文原文。";
        assert!(reply.text.starts_with(only) && reply.spoken.starts_with(only), "{reply:?}");
        assert!(reply.text.contains("300 yuan"), "{}", reply.text);
        assert!(reply.citations[0].line.contains("原文为英文"), "{}", reply.citations[0].line);
    }
}

#[test]
fn a_page_in_the_askers_language_is_told_in_it_and_strangers_still_hear_no() {
    let pack = town();
    let mind = mind(pack.path(), Some(&ENCODER));
    let (article, reply) = asked(&mind, "en", "How often does the ferry cross?", Via::Typed);
    assert_eq!(article.as_deref(), Some("ferry"));
    assert!(reply.text.starts_with("The ferry crosses"), "{}", reply.text);
    for (language, question) in [
        ("en", "How do I get a driving licence?"),
        ("zh", "驾照怎么换？"),
        ("zh", "结婚登记要什么材料"),
    ] {
        let (article, reply) = asked(&mind, language, question, Via::Typed);
        assert_eq!(article, None, "{question}: {}", reply.text);
    }
}

#[tokio::test]
async fn without_the_sentence_encoder_the_names_of_a_page_find_it() {
    let pack = town();
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let mut visitor = house.visitor("zh").await;
    let lines = visitor.says("小菜园多少钱？").await;
    assert!(lines[0].text.starts_with("这一页只有英文原文。"), "{}", lines[0].text);
    assert_eq!(lines[0].citations[0].title, "Allotment gardens");
}
