//! What stands around every page: language, styles, the way to a person.

use bot::{LanguageIdentifier, Welcome};

use crate::{
    Shared,
    labels::{Label, Words},
    preferences::{Mode, Preferences, Size, Theme},
    token::Token,
    visit::Visit,
    wire,
};

/// Where a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// In a window of its own.
    Page,
    /// In a frame on the city's own site, without cookies.
    Widget,
}

/// The frame of a page in one visitor's language and settings.
pub(crate) struct Frame<'a> {
    words: &'a Words,
    pub(crate) setting: Setting,
    pub(crate) preferences: Preferences,
    pub(crate) welcome: Welcome,
    pub(crate) assets: &'a str,
    pub(crate) languages: Vec<Tongue>,
    /// Sites that may show the widget, separated by spaces.
    pub(crate) hosts: String,
    /// Names what a form on this page sends, so that sending it twice is once.
    pub(crate) key: String,
}

/// A language to choose.
pub(crate) struct Tongue {
    pub(crate) tag: String,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(shared: &'a Shared, visit: &Visit, setting: Setting) -> Self {
        let language = visit.language(shared);
        let welcome = shared.lobby.welcome(language);
        let tongue = |offered: &LanguageIdentifier| {
            let label = shared.labels.languages();
            let label = label.filter(|l| l.language == offered.language).last()?;
            let mut preferences = visit.preferences.clone();
            preferences.language = Some(label.clone());
            Some(Tongue {
                tag: label.to_string(),
                name: shared.labels.of(label).say(Label::LanguageName),
                href: match setting {
                    Setting::Page => format!("/?lang={label}"),
                    Setting::Widget => format!("/widget?{}", preferences.write()),
                },
                current: label == language,
            })
        };
        Frame {
            words: shared.labels.of(language),
            setting,
            preferences: visit.preferences.clone(),
            languages: welcome.languages.iter().filter_map(tongue).collect(),
            welcome,
            assets: shared.assets.folder(),
            hosts: shared.settings.embed_origins.join(" "),
            key: Token::fresh().as_str().into(),
        }
    }

    pub(crate) fn lang(&self) -> String {
        self.words.language().to_string()
    }

    pub(crate) fn say(&self, label: Label) -> String {
        self.words.say(label)
    }

    pub(crate) fn is_widget(&self) -> bool {
        self.setting == Setting::Widget
    }

    pub(crate) fn is_elder(&self) -> bool {
        self.preferences.mode == Mode::Elder
    }

    pub(crate) fn title(&self) -> String {
        self.words.one(Label::Title, "name", &self.welcome.name)
    }

    pub(crate) fn heading(&self) -> String {
        self.words.one(Label::Heading, "name", &self.welcome.name)
    }

    pub(crate) fn call(&self, telephone: &str) -> String {
        self.words.one(Label::Call, "telephone", telephone)
    }

    pub(crate) fn tel(&self, telephone: &str) -> String {
        wire::tel(telephone)
    }

    /// What a line says, with its speaker before it.
    pub(crate) fn spoken_by(&self, line: &wire::Line) -> String {
        let text = line.text.trim_end();
        // A list begins below its speaker.
        let is_list = text.starts_with("• ") || text.starts_with("1. ");
        let text = if is_list { format!("\n{text}") } else { text.into() };
        match line.speaker {
            "visitor" => self.words.one(Label::LineVisitor, "text", &text),
            "staff" => {
                let name = line.name.as_deref().unwrap_or_default();
                self.words.with(Label::LineStaff, &[("name", name), ("text", &text)])
            }
            _ => self.words.one(Label::LineBot, "text", &text),
        }
    }

    /// The widget with the other mode.
    pub(crate) fn other_mode(&self) -> String {
        let mut preferences = self.preferences.clone();
        preferences.language = Some(self.words.language().clone());
        preferences.mode = match preferences.mode {
            Mode::Standard => Mode::Elder,
            Mode::Elder => Mode::Standard,
        };
        format!("/widget?{}", preferences.write())
    }

    /// When the dark style applies: a media query, or nothing for never.
    pub(crate) fn dark(&self) -> Option<&'static str> {
        match self.preferences.theme {
            Theme::Auto => Some("(prefers-color-scheme: dark)"),
            Theme::Dark => Some("all"),
            Theme::Light => None,
        }
    }

    /// For the browser's own parts: scrollbars, the canvas before styles load.
    pub(crate) fn schemes(&self) -> &'static str {
        match self.preferences.theme {
            Theme::Auto => "light dark",
            Theme::Dark => "dark",
            Theme::Light => "light",
        }
    }

    /// The words that the script needs, as JSON.
    pub(crate) fn script_words(&self) -> String {
        let plain = [
            Label::Simpler,
            Label::SaySimpler,
            Label::Why,
            Label::PlaceAddress,
            Label::PlaceHours,
            Label::PlaceTelephone,
            Label::PlaceWay,
            Label::PlaceHelp,
            Label::Unsent,
            Label::Retry,
            Label::Offline,
        ];
        let mut words: serde_json::Map<String, serde_json::Value> =
            plain.iter().map(|&label| (label.key().into(), self.say(label).into())).collect();
        for label in [Label::LineBot, Label::LineVisitor, Label::LineStaff] {
            let said = self.words.with(label, &[("name", "{name}"), ("text", "{text}")]);
            words.insert(label.key().into(), said.into());
        }
        let call = self.call("{telephone}");
        words.insert(Label::Call.key().into(), call.into());
        serde_json::Value::Object(words).to_string()
    }

    pub(crate) fn sizes(&self) -> [(Size, String); 4] {
        let labels = [Label::Size18, Label::Size22, Label::Size26, Label::Size30];
        std::array::from_fn(|i| (Size::ALL[i], self.say(labels[i])))
    }

    pub(crate) fn themes(&self) -> [(Theme, String); 3] {
        let labels = [Label::ThemeAuto, Label::ThemeLight, Label::ThemeDark];
        std::array::from_fn(|i| (Theme::ALL[i], self.say(labels[i])))
    }

    pub(crate) fn modes(&self) -> [(Mode, String); 2] {
        let labels = [Label::ModeStandard, Label::ModeElder];
        std::array::from_fn(|i| (Mode::ALL[i], self.say(labels[i])))
    }
}
