//! The bot's own sentences, one Fluent file a language; a door that has sentences of its own reads
//! them in the same way. What a city publishes never stands here.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use nlu::{LanguageIdentifier, langid};

/// The files, by language; adding one adds a language.
const FILES: &[(LanguageIdentifier, &str)] = &[
    (langid!("en"), include_str!("../phrases/en.ftl")),
    (langid!("zh"), include_str!("../phrases/zh.ftl")),
];

/// All sentences in all languages.
pub struct Phrasebook {
    bundles: HashMap<LanguageIdentifier, FluentBundle<FluentResource>>,
}

impl Phrasebook {
    /// Reads the bot's own files.
    pub fn new() -> Phrasebook {
        Phrasebook::of(FILES)
    }

    /// Reads files, each with its language; one is English.
    ///
    /// # Panics
    /// Where a file is broken: they are built in, and a test reads them.
    pub fn of(files: &[(LanguageIdentifier, &str)]) -> Phrasebook {
        let bundles = files.iter().map(|(language, text)| {
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| {
                    panic!("phrases/{language}.ftl is broken: {errors:?}")
                });
            let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
            // Isolation marks are invisible characters that plain channels show as boxes.
            bundle.set_use_isolating(false);
            bundle.add_resource(resource).expect("each phrase stands once in its file");
            (language.clone(), bundle)
        });
        Phrasebook { bundles: bundles.collect() }
    }

    /// A sentence in a language, or in English where the language has no file.
    pub fn say(&self, language: &LanguageIdentifier, id: &str, args: &[(&str, &str)]) -> String {
        let bundle = self.bundles.get(language).unwrap_or(&self.bundles[&langid!("en")]);
        let pattern = bundle
            .get_message(id)
            .and_then(|message| message.value())
            .unwrap_or_else(|| panic!("no phrase is called {id}; tests/tidy.rs keeps files alike"));
        let args: FluentArgs = args.iter().map(|(name, value)| (*name, *value)).collect();
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }
}

impl Default for Phrasebook {
    fn default() -> Self {
        Phrasebook::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_filled_in_without_invisible_marks() {
        let book = Phrasebook::new();
        let said = book.say(&langid!("zh"), "opens-today", &[("time", "13:00")]);
        assert_eq!(said, "今天 13:00 开门。");
        let other = book.say(&langid!("fr"), "hello", &[]);
        assert_eq!(other, "Hello. What would you like to do?");
    }
}
