//! A library with the sentence encoder: what is near in meaning is found, in either language, and
//! nothing is encoded twice.

#[path = "../../nlu/tests/meaning/model.rs"]
mod model;

use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
};

use jiff::civil::{Date, date};
use knowledge::Library;
use nlu::{Encoder, langid};
use tempfile::TempDir;

static ENCODER: LazyLock<Arc<Encoder>> = LazyLock::new(|| Arc::new(model::encoder()));
const TODAY: Date = date(2026, 11, 22);

fn pack() -> TempDir {
    let pack = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        fs::write(pack.path().join(name), text).expect("written");
    };
    fs::create_dir(pack.path().join("articles")).expect("made");
    put(
        "pack.toml",
        "name = \"Town\"\nlanguages = [\"en\", \"zh\"]\ntime_zone = \"Asia/Shanghai\"\ntelephone = \"1\"\n",
    );
    put(
        "articles/waste.en.md",
        "---\ntitle: Bulky waste\nalso: [old sofa]\n---\nWe fetch large furniture from your door. Call us first.\n",
    );
    put(
        "articles/pool.zh.md",
        "---\ntitle: 游泳馆\n---\n游泳馆每天早上七点开门，晚上九点关门。周一休息。\n",
    );
    pack
}

/// Opens a library, and counts what was encoded.
fn open(pack: &Path, shelf: &Path) -> (Library, Vec<(u64, u64)>) {
    let encoded = Mutex::new(Vec::new());
    let library = Library::open_with(pack, shelf, Some(&ENCODER), &|step| {
        if step.stage == "encoding sentences" {
            encoded.lock().expect("sound").push((step.done, step.total));
        }
    });
    (library.expect("it opens"), encoded.into_inner().expect("sound"))
}

#[test]
fn what_is_near_in_meaning_is_found_in_either_language() {
    let (pack, shelf) = (pack(), tempfile::tempdir().expect("a folder"));
    let (library, _) = open(pack.path(), shelf.path());
    let encoder = library.encoder().expect("with the model");
    let likest = |question: &str, language| {
        let likest = library.likest(&encoder.encode(question), language, TODAY, 1);
        (likest[0].0.article.clone(), likest[0].1)
    };
    let (article, likeness) = likest("旧家具怎么处理", None);
    assert!(article == "waste" && likeness > 0.3, "{article} {likeness}");
    let (article, likeness) = likest("when can I go swimming", None);
    assert!(article == "pool" && likeness > 0.3, "{article} {likeness}");
    assert_eq!(likest("when can I go swimming", Some(&langid!("en"))).0, "waste");
    let names = library.likenesses(&encoder.encode("an old sofa")).expect("with the model");
    assert!(names.name("waste") > 0.8 && names.name("waste") > names.name("pool") + 0.3);
}

#[test]
fn nothing_is_encoded_twice() {
    let (pack, shelf) = (pack(), tempfile::tempdir().expect("a folder"));
    let (first, encoded) = open(pack.path(), shelf.path());
    assert_eq!(encoded.last().map(|(done, total)| done == total), Some(true), "{encoded:?}");
    let (again, encoded) = open(pack.path(), shelf.path());
    assert_eq!(encoded, [], "it is read from the shelf");
    let meaning = ENCODER.encode("old furniture");
    let likest = |library: &Library| library.likest(&meaning, None, TODAY, 1)[0].1;
    assert_eq!(likest(&first), likest(&again));
    let text = "---\ntitle: New page\n---\nLarge furniture goes to the yard by the river.\n";
    fs::write(pack.path().join("articles/yard.en.md"), text).expect("written");
    let (changed, encoded) = open(pack.path(), shelf.path());
    assert_eq!(encoded.last(), Some(&(3, 3)), "a name, a heading and a sentence are new");
    let meaning = ENCODER.encode("the yard by the river");
    assert_eq!(changed.likest(&meaning, None, TODAY, 1)[0].0.article, "yard");
}

#[test]
fn without_the_model_there_are_only_words() {
    let (pack, shelf) = (pack(), tempfile::tempdir().expect("a folder"));
    let library = Library::open(pack.path(), shelf.path(), &|_| {}).expect("it opens");
    assert!(library.encoder().is_none());
    assert!(library.likest(&ENCODER.encode("old sofa"), None, TODAY, 1).is_empty());
}
