//! What an operator can set about the web door, and the checks that refuse what would shut
//! somebody out. Reading files and the environment is the hall's affair.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use site::contrast::{self, Colour};

/// The web door's settings. Every key may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebSettings {
    /// The city's colour on the light page, as `#rrggbb`: links, buttons and the edge of an answer.
    /// It must keep a contrast of 7:1 with the page, or the service does not start.
    pub accent_light: Option<String>,
    /// The same for the dark page.
    pub accent_dark: Option<String>,
    /// Sites that may show the widget, as origins: `https://www.city.example`. Nobody else may.
    pub embed_origins: Vec<String>,
    /// How long one message may be, in bytes of UTF-8.
    pub message_limit_bytes: usize,
    /// How often one conversation may say something.
    pub conversation_rate: Rate,
    /// How often one address (one /64 network for IPv6) may say something. Many people share one
    /// address in a library; set `per_minute = 0` to lift the limit, e.g. to measure speed.
    pub address_rate: Rate,
    /// Reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Others' are
    /// ignored.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether cookies are for https only.
    pub secure_cookie: SecureCookie,
}

/// How often something may happen. `per_minute = 0` means: as often as one likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// In the long run.
    pub per_minute: u32,
    /// At once.
    pub burst: u32,
}

/// Whether cookies carry `Secure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecureCookie {
    /// When a trusted proxy says that the visitor came by https.
    #[default]
    Auto,
    /// Always: the page then works over https only.
    Always,
    /// Never, e.g. for a kiosk in a closed network.
    Never,
}

/// A setting that the door does not open with. Each message says what to change.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SettingsError {
    /// Not a colour.
    #[error("{key} = \"{value}\" is not a colour; write it as #rrggbb, e.g. #86290c")]
    Colour {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: String,
    },
    /// Too little contrast, WCAG 2.2, 1.4.6.
    #[error(
        "{key} = \"{value}\" has a contrast of {ratio:.2}:1 with {background}, and 7:1 is needed \
         to be read by everyone; choose a {hint} colour"
    )]
    Contrast {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: String,
        /// The contrast measured, lowest of the page's backgrounds.
        ratio: f64,
        /// The background it was measured against.
        background: &'static str,
        /// Which way to go.
        hint: &'static str,
    },
    /// Not an origin.
    #[error(
        "embed_origins: \"{0}\" is not an origin; write scheme and host only, e.g. \
         https://www.city.example, without a path"
    )]
    Origin(String),
    /// A limit that nothing fits in.
    #[error(
        "message_limit_bytes = {0} leaves no room for a question; between 200 and 8192, please"
    )]
    MessageLimit(usize),
    /// A rate whose burst is nothing.
    #[error(
        "{0}: burst = 0 lets nobody in; set burst to 1 or more, or per_minute to 0 for no limit"
    )]
    Burst(&'static str),
}

impl Default for WebSettings {
    fn default() -> Self {
        WebSettings {
            accent_light: None,
            accent_dark: None,
            embed_origins: vec![],
            message_limit_bytes: 8 * 1024,
            conversation_rate: Rate { per_minute: 30, burst: 10 },
            address_rate: Rate { per_minute: 120, burst: 60 },
            trusted_proxies: vec![],
            secure_cookie: SecureCookie::Auto,
        }
    }
}

impl WebSettings {
    /// Refuses what would shut somebody out.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        colour("accent_light", &self.accent_light, contrast::LIGHT, "darker")?;
        colour("accent_dark", &self.accent_dark, contrast::DARK, "lighter")?;
        if let Some(bad) = self.embed_origins.iter().find(|o| !is_origin(o)) {
            return Err(SettingsError::Origin(bad.clone()));
        }
        if !(200..=8192).contains(&self.message_limit_bytes) {
            return Err(SettingsError::MessageLimit(self.message_limit_bytes));
        }
        for (key, rate) in
            [("conversation_rate", self.conversation_rate), ("address_rate", self.address_rate)]
        {
            if rate.per_minute > 0 && rate.burst == 0 {
                return Err(SettingsError::Burst(key));
            }
        }
        Ok(())
    }
}

fn colour(
    key: &'static str,
    value: &Option<String>,
    backgrounds: [(&'static str, &'static str); 2],
    hint: &'static str,
) -> Result<(), SettingsError> {
    let Some(value) = value else { return Ok(()) };
    let colour =
        Colour::parse(value).ok_or_else(|| SettingsError::Colour { key, value: value.clone() })?;
    for (background, hex) in backgrounds {
        let ratio = Colour::parse(hex).map_or(0.0, |paper| contrast::ratio(colour, paper));
        if ratio < 7.0 {
            return Err(SettingsError::Contrast {
                key,
                value: value.clone(),
                ratio,
                background,
                hint,
            });
        }
    }
    Ok(())
}

/// `scheme://host[:port]`, in the characters that may stand in a header.
fn is_origin(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.:[]".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_accepted() {
        assert_eq!(WebSettings::default().check(), Ok(()));
    }

    #[test]
    fn a_pale_accent_is_refused_with_its_measured_contrast() {
        let settings =
            WebSettings { accent_light: Some("#e06c2b".into()), ..WebSettings::default() };
        let error = settings.check().expect_err("too pale").to_string();
        assert!(error.contains("3.07:1"), "{error}");
        assert!(error.contains("darker"), "{error}");
    }

    #[test]
    fn a_dark_accent_is_measured_on_cards_too() {
        let settings =
            WebSettings { accent_dark: Some("#0a0a0a".into()), ..WebSettings::default() };
        assert!(matches!(
            settings.check(),
            Err(SettingsError::Contrast { key: "accent_dark", .. })
        ));
    }

    #[test]
    fn only_origins_may_embed() {
        for good in ["https://www.city.example", "http://127.0.0.1:9000"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "*",
            "www.city.example",
            "https://city.example/path",
            "https://",
            "https://a.example; script-src *",
            "https://a.example\nx",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }

    #[test]
    fn a_misspelt_key_is_an_error() {
        assert!(serde_json::from_str::<WebSettings>(r#"{"embed_origin":[]}"#).is_err());
    }
}
