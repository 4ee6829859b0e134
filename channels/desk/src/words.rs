//! The desk's own words, one Fluent file a language.

use bot::{LanguageIdentifier, phrasebook::Phrasebook};
use nlu::langid;

const FILES: &[(LanguageIdentifier, &str)] = &[
    (langid!("en"), include_str!("../phrases/en.ftl")),
    (langid!("zh"), include_str!("../phrases/zh.ftl")),
];

/// The languages of the desk.
pub(crate) fn languages() -> impl Iterator<Item = &'static LanguageIdentifier> {
    FILES.iter().map(|(language, _)| language)
}

/// All words, in all languages.
pub(crate) fn book() -> Phrasebook {
    Phrasebook::of(FILES)
}

/// The language that is wished for most, of those there are: `zh-CN,zh;q=0.9,en;q=0.8`.
pub(crate) fn wished(accept: &str) -> LanguageIdentifier {
    let wished = accept.split(',').filter_map(|one| {
        let tag: LanguageIdentifier = one.split(';').next()?.trim().parse().ok()?;
        languages().find(|ours| ours.language == tag.language)
    });
    wished.into_iter().next().cloned().unwrap_or(langid!("en"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_there_is_taken() {
        assert_eq!(wished("fr-FR, zh-CN;q=0.9, en;q=0.8"), langid!("zh"));
        assert_eq!(wished("tlh"), langid!("en"));
        assert_eq!(wished(";;,,é"), langid!("en"));
    }
}
