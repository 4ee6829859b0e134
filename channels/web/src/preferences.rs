//! How a reader likes the page: language, mode, text size, theme. Kept in a cookie on a page of its
//! own, and in the address in the widget, which has no cookies.

use std::str::FromStr;

use axum::http::{HeaderMap, header};
use bot::LanguageIdentifier;

/// A reader's settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Preferences {
    /// Chosen language; none means: as the browser says.
    pub(crate) language: Option<LanguageIdentifier>,
    pub(crate) mode: Mode,
    pub(crate) size: Size,
    pub(crate) theme: Theme,
}

macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$default:ident])? $variant:ident = $word:literal),+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(crate) enum $name { $($(#[$default])? $variant),+ }

        impl $name {
            pub(crate) const ALL: &[$name] = &[$($name::$variant),+];

            /// As in cookies, forms and the page's attributes.
            pub(crate) fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|c| c.word() == text).ok_or(())
            }
        }
    };
}

choice! {
    /// Elder mode, 长辈版: bigger text and targets (MIIT rules for ageing-friendly pages).
    Mode { #[default] Standard = "standard", Elder = "elder" }
}
choice! {
    /// Text size in CSS px at the browser's usual setting.
    Size { #[default] Standard = "18", Large = "22", Larger = "26", Largest = "30" }
}
choice! {
    /// Light, dark, or as the device says.
    Theme { #[default] Auto = "auto", Light = "light", Dark = "dark" }
}

impl Preferences {
    /// Takes what is known and leaves the rest; unknown words are passed over.
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        match key {
            "lang" => {
                self.language = LanguageIdentifier::from_str(value).ok().or(self.language.take())
            }
            "mode" => self.mode = value.parse().unwrap_or(self.mode),
            "size" => self.size = value.parse().unwrap_or(self.size),
            "theme" => self.theme = value.parse().unwrap_or(self.theme),
            _ => {}
        }
    }

    /// Reads `key=value&key=value`, as in a cookie or a query.
    pub(crate) fn read(&mut self, text: &str) {
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            self.set(&key, &value);
        }
    }

    /// Writes what `read` reads.
    pub(crate) fn write(&self) -> String {
        let mut out = String::new();
        if let Some(language) = &self.language {
            out.push_str(&format!("lang={language}&"));
        }
        out.push_str(&format!(
            "mode={}&size={}&theme={}",
            self.mode.word(),
            self.size.word(),
            self.theme.word()
        ));
        out
    }
}

/// The best of `offered` for this reader: what they chose, else what their browser asks for, else
/// the first.
pub(crate) fn language<'a>(
    chosen: Option<&LanguageIdentifier>,
    headers: &HeaderMap,
    offered: &[&'a LanguageIdentifier],
) -> &'a LanguageIdentifier {
    let speaks = |wanted: &LanguageIdentifier| {
        let same = |o: &&&LanguageIdentifier| o.language == wanted.language;
        offered.iter().find(same).copied()
    };
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    chosen
        .and_then(speaks)
        .or_else(|| accepted(asked).iter().find_map(speaks))
        .unwrap_or(offered[0])
}

/// `Accept-Language` in order of liking, RFC 9110 section 12.5.4. `*` and what is refused are left out.
fn accepted(header: &str) -> Vec<LanguageIdentifier> {
    let mut found: Vec<(f32, LanguageIdentifier)> = header
        .split(',')
        .filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let liking = match rest.trim().strip_prefix("q=") {
                Some(q) => q.trim().parse().ok()?,
                None => 1.0,
            };
            Some((liking, tag.trim().parse().ok()?))
        })
        .filter(|(liking, _)| *liking > 0.0)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, language)| language).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn best(header: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, header.parse().unwrap());
        let zh = "zh".parse().unwrap();
        let en = "en".parse().unwrap();
        language(None, &headers, &[&zh, &en]).to_string()
    }

    #[test]
    fn the_browsers_wishes_are_taken_in_order() {
        assert_eq!(best("en-GB,en;q=0.9,zh;q=0.8"), "en");
        assert_eq!(best("fr,zh-TW;q=0.4,en;q=0.7"), "en");
        assert_eq!(best("zh-Hans-CN"), "zh");
        assert_eq!(best("fr, en;q=0"), "zh");
        assert_eq!(best("*;q=nan"), "zh");
    }

    #[test]
    fn a_choice_outranks_the_browser() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "zh".parse().unwrap());
        let (zh, en) = ("zh".parse().unwrap(), "en".parse().unwrap());
        assert_eq!(language(Some(&en), &headers, &[&zh, &en]), &en);
    }

    #[test]
    fn an_unknown_word_leaves_the_setting_as_it_was() {
        let mut preferences = Preferences::default();
        preferences.read("mode=elder&size=26&lang=en");
        preferences.read("mode=fancy&size=99&lang=!!&theme=");
        assert_eq!(preferences.write(), "lang=en&mode=elder&size=26&theme=auto");
    }

    proptest! {
        #[test]
        fn settings_survive_the_cookie(mode in 0..2usize, size in 0..4usize, theme in 0..3usize, zh in any::<bool>()) {
            let preferences = Preferences {
                language: zh.then(|| "zh".parse().unwrap()),
                mode: Mode::ALL[mode],
                size: Size::ALL[size],
                theme: Theme::ALL[theme],
            };
            let mut read = Preferences::default();
            read.read(&preferences.write());
            prop_assert_eq!(read, preferences);
        }

        #[test]
        fn any_text_can_be_read(text in "\\PC*") {
            Preferences::default().read(&text);
            let _ = accepted(&text);
        }
    }
}
