//! The page's own words: one Fluent file a language in `labels/`. What the assistant says is not
//! here, that is the phrasebook's. A language is added by adding a file; a test tells what it lacks.

use std::fmt;

use bot::LanguageIdentifier;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "labels"]
struct Files;

macro_rules! labels {
    ($($name:ident = $key:literal),+ $(,)?) => {
        /// Every label there is. A misspelt one does not compile.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Label { $($name),+ }

        impl Label {
            #[cfg(test)]
            pub(crate) const ALL: &[Label] = &[$(Label::$name),+];

            /// Its name in the Fluent files.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Label::$name => $key),+ }
            }
        }
    };
}

labels! {
    LanguageName = "language-name",
    Title = "title",
    Heading = "heading",
    Intro = "intro",
    Skips = "skips",
    SkipInput = "skip-input",
    SkipNewest = "skip-newest",
    Tools = "tools",
    ElderOn = "elder-on",
    ElderOff = "elder-off",
    Settings = "settings",
    LogName = "log-name",
    LineBot = "line-bot",
    LineVisitor = "line-visitor",
    LineStaff = "line-staff",
    InputName = "input-name",
    Question = "question",
    Send = "send",
    PersonBar = "person-bar",
    Person = "person",
    SayPerson = "say-person",
    Call = "call",
    Simpler = "simpler",
    SaySimpler = "say-simpler",
    Why = "why",
    Start = "start",
    NoPhone = "no-phone",
    Keyboard = "keyboard",
    KeySend = "key-send",
    KeyLine = "key-line",
    KeyNewest = "key-newest",
    KeyTab = "key-tab",
    KeyClose = "key-close",
    Newest = "newest",
    Forget = "forget",
    ForgetNote = "forget-note",
    PlaceAddress = "place-address",
    PlaceHours = "place-hours",
    PlaceTelephone = "place-telephone",
    PlaceWay = "place-way",
    PlaceHelp = "place-help",
    Typing = "typing",
    Unsent = "unsent",
    Retry = "retry",
    Offline = "offline",
    SettingsHeading = "settings-heading",
    SettingsNote = "settings-note",
    SettingsLanguage = "settings-language",
    SettingsMode = "settings-mode",
    ModeStandard = "mode-standard",
    ModeElder = "mode-elder",
    SettingsSize = "settings-size",
    Size18 = "size-18",
    Size22 = "size-22",
    Size26 = "size-26",
    Size30 = "size-30",
    SettingsTheme = "settings-theme",
    ThemeAuto = "theme-auto",
    ThemeLight = "theme-light",
    ThemeDark = "theme-dark",
    Save = "save",
    Back = "back",
    FullPage = "full-page",
    WidgetNoScript = "widget-no-script",
    WidgetOpen = "widget-open",
    WidgetClose = "widget-close",
    WidgetTitle = "widget-title",
    TroubleHeading = "trouble-heading",
    NotFound = "not-found",
    NotFoundNext = "not-found-next",
    NoPage = "no-page",
    NoPageNext = "no-page-next",
    WrongMethod = "wrong-method",
    WrongMethodNext = "wrong-method-next",
    Busy = "busy",
    BusyNext = "busy-next",
    Closing = "closing",
    ClosingNext = "closing-next",
    Full = "full",
    FullNext = "full-next",
    Failed = "failed",
    FailedNext = "failed-next",
    TooLong = "too-long",
    TooLongNext = "too-long-next",
    TooSlow = "too-slow",
    TooSlowNext = "too-slow-next",
    TooMany = "too-many",
    TooManyNext = "too-many-next",
    BadJson = "bad-json",
    BadJsonNext = "bad-json-next",
    BadKey = "bad-key",
    BadKeyNext = "bad-key-next",
    BadQuery = "bad-query",
    BadQueryNext = "bad-query-next",
    BadForm = "bad-form",
    BadFormNext = "bad-form-next",
    CrossSite = "cross-site",
    CrossSiteNext = "cross-site-next",
}

/// All languages' labels.
pub(crate) struct Labels(Vec<Words>);

/// The labels in one language.
pub(crate) struct Words {
    language: LanguageIdentifier,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.language)
    }
}

impl Labels {
    /// Reads the embedded files. They are part of the program: a test proves that they are whole.
    pub(crate) fn load() -> Self {
        let mut words: Vec<Words> = Files::iter()
            .filter_map(|path| {
                let tag = path.strip_suffix(".ftl")?;
                let bytes = Files::get(&path)?.data;
                Some(Words::read(tag, &String::from_utf8_lossy(&bytes)))
            })
            .collect();
        words.sort_by_key(|words| words.language.to_string());
        assert!(!words.is_empty(), "labels are embedded");
        Labels(words)
    }

    pub(crate) fn languages(&self) -> impl Iterator<Item = &LanguageIdentifier> {
        self.0.iter().map(|words| &words.language)
    }

    /// The labels in this language, or else in the first there is.
    pub(crate) fn of(&self, language: &LanguageIdentifier) -> &Words {
        let same = |words: &&Words| words.language.language == language.language;
        self.0.iter().find(same).unwrap_or(&self.0[0])
    }
}

impl Words {
    fn read(tag: &str, source: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
        // Isolation marks would be read out or shown by some programs; our values are names and
        // numbers in the page's own direction.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
        Words { language, bundle }
    }

    pub(crate) fn language(&self) -> &LanguageIdentifier {
        &self.language
    }

    /// A label without values.
    pub(crate) fn say(&self, label: Label) -> String {
        self.with(label, &[])
    }

    /// A label with one value.
    pub(crate) fn one(&self, label: Label, name: &str, value: &str) -> String {
        self.with(label, &[(name, value)])
    }

    /// A label with values.
    pub(crate) fn with(&self, label: Label, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, *value);
        }
        self.bundle.get_message(label.key()).and_then(|message| message.value()).map_or(
            label.key().into(),
            |pattern| {
                let mut errors = vec![];
                self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_bundle::FluentError;

    use super::*;

    #[test]
    fn every_language_has_every_label_and_no_other() {
        let wanted: BTreeSet<&str> = Label::ALL.iter().map(|label| label.key()).collect();
        assert_eq!(wanted.len(), Label::ALL.len(), "a key is used twice");
        let mut files = 0;
        for path in Files::iter() {
            files += 1;
            let bytes = Files::get(&path).unwrap().data;
            let source = String::from_utf8(bytes.into()).unwrap();
            FluentResource::try_new(source.clone())
                .map_err(|(_, errors)| format!("{path}: {errors:?}"))
                .unwrap();
            let there: BTreeSet<&str> = source
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
                .collect();
            assert_eq!(there, wanted, "{path}");
        }
        assert!(files >= 2);
    }

    #[test]
    fn every_label_can_be_said_with_the_values_it_is_given() {
        for words in &Labels::load().0 {
            for &label in Label::ALL {
                let mut args = FluentArgs::new();
                for name in ["name", "text", "telephone", "language"] {
                    args.set(name, "X");
                }
                let message = words.bundle.get_message(label.key()).unwrap();
                let mut errors: Vec<FluentError> = vec![];
                let pattern = message.value().expect("a label has words");
                let said = words.bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{label:?} in {words:?}: {errors:?}");
                assert!(!said.trim().is_empty());
            }
        }
    }

    #[test]
    fn an_unknown_language_gets_the_first() {
        let labels = Labels::load();
        let first = labels.languages().next().unwrap().clone();
        assert_eq!(labels.of(&"sw".parse().unwrap()).language(), &first);
        assert_eq!(
            labels.of(&"zh-Hans-CN".parse().unwrap()).language(),
            &"zh".parse::<LanguageIdentifier>().unwrap()
        );
    }
}
