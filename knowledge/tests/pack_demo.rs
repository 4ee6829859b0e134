//! The demo pack is read without an error, and every page of it can be said by every mouth.

use std::path::Path;

use knowledge::{fact::Mouth, pack::read, render};

#[test]
fn every_page_of_the_demo_can_be_said_by_every_mouth() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let (pack, findings) = read::read(&demo).unwrap_or_else(|broken| panic!("{broken}"));
    assert!(findings.is_empty(), "{findings:#?}");
    for article in pack.articles.values() {
        for (language, words) in &article.words {
            for section in &words.sections {
                for mouth in [Mouth::Page, Mouth::Message, Mouth::Speech] {
                    let said = render::section(&pack, article, language, section, mouth);
                    assert!(!said.is_empty(), "{} {language} {:?}", article.id, section.heading);
                    assert!(!said.contains(['{', '}', '*']), "{said}");
                    if mouth == Mouth::Speech {
                        assert!(!said.contains("://") && !said.contains('•'), "{said}");
                    }
                }
            }
        }
    }
}
