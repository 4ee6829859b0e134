//! One typed `Settings`: defaults, then a TOML file, then the environment, then the command line.
//! Wrong or unknown keys stop the start with a sentence that names the key and the mend.

mod documented;
mod keys;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

pub use documented::documented;

use crate::store::StoreSettings;

/// The file that is read when none is named and it is there.
pub const FILE: &str = "wendu.toml";

/// What variables of the environment start with; `__` stands between section and key.
pub const PREFIX: &str = "WENDU_";

/// Everything an operator can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where to listen for HTTP.
    pub listen: SocketAddr,
    /// The folder for conversations and the index.
    pub data: PathBuf,
    /// The folder of what the city publishes.
    pub pack: PathBuf,
    /// The folder of models, if not in the data folder.
    pub models: Option<PathBuf>,
    /// An operator's own mirror of the models' packages: an address or a folder.
    pub models_mirror: Option<String>,
    /// The log.
    pub log: LogSettings,
    /// How conversations are kept.
    pub store: StoreSettings,
    /// The web door.
    pub web: web::WebSettings,
    /// The telephone line.
    pub phone: phone::PhoneSettings,
    /// Ears and voice.
    pub speech: speech::SpeechSettings,
    /// The desk.
    pub desk: desk::DeskSettings,
}

/// How the log is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    /// For people or for machines.
    pub format: LogFormat,
    /// What is logged, as tracing's filter directives.
    pub filter: String,
}

/// A log line's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One readable line each.
    Text,
    /// One JSON object each.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            data: "data".into(),
            pack: "demo".into(),
            models: None,
            models_mirror: None,
            log: LogSettings::default(),
            store: StoreSettings::default(),
            web: web::WebSettings::default(),
            phone: phone::PhoneSettings::default(),
            speech: speech::SpeechSettings::default(),
            desk: desk::DeskSettings::default(),
        }
    }
}

impl Default for LogSettings {
    fn default() -> Self {
        LogSettings { format: LogFormat::Text, filter: "info".into() }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file that was named is not there.
    #[error("there is no settings file {0}. `wendu serve --print-config > {0}` makes one")]
    NoFile(PathBuf),
    /// Keys or values that cannot be used; one sentence each.
    #[error("{0}\n`wendu serve --print-config` shows every key with its default")]
    Wrong(String),
}

impl Settings {
    /// Reads settings: a named file, or `wendu.toml` where it is there, then the environment.
    pub fn read(file: Option<&Path>) -> Result<Settings, SettingsError> {
        let figment = Figment::from(Serialized::defaults(Settings::default()));
        let figment = match file {
            Some(file) if !file.is_file() => return Err(SettingsError::NoFile(file.into())),
            Some(file) => figment.merge(Toml::file_exact(file)),
            None if Path::new(FILE).is_file() => figment.merge(Toml::file_exact(FILE)),
            None => figment,
        };
        let figment = figment.merge(Env::prefixed(PREFIX).split("__"));
        let settings: Settings = figment.extract().map_err(|errors| {
            SettingsError::Wrong(errors.into_iter().map(sentence).collect::<Vec<_>>().join("\n"))
        })?;
        settings.log.filter.parse::<tracing_subscriber::EnvFilter>().map_err(|error| {
            SettingsError::Wrong(format!(
                "log.filter = \"{}\": {error}. Write e.g. \"info\" or \"info,wendu=debug\"",
                settings.log.filter
            ))
        })?;
        settings
            .phone
            .check()
            .map_err(|error| SettingsError::Wrong(format!("in [phone], {error}")))?;
        Ok(settings)
    }

    /// Where the index stands.
    pub fn index(&self) -> PathBuf {
        self.data.join("index")
    }

    /// Where models stand.
    pub fn models(&self) -> PathBuf {
        self.models.clone().unwrap_or_else(|| self.data.join("models"))
    }
}

/// One thing that is wrong, as a sentence: the key, where it was set, the problem and the mend.
fn sentence(error: figment::Error) -> String {
    let mut path = error.path.clone();
    let place = match &error.metadata {
        Some(metadata) => match &metadata.source {
            Some(source) => format!(" (in {source})"),
            None => format!(" (in the {})", metadata.name),
        },
        None => String::new(),
    };
    let problem = match &error.kind {
        Kind::UnknownField(key, known) => {
            if path.last() != Some(key) {
                path.push(key.clone());
            }
            format!("there is no such key. Known here: {}", known.join(", "))
        }
        Kind::UnknownVariant(value, known) => {
            format!("\"{value}\" is none of {}", known.join(", "))
        }
        Kind::InvalidType(found, wanted) => format!("{found} stands there; write {wanted}"),
        Kind::InvalidValue(found, wanted) => format!("{found} cannot be used; write {wanted}"),
        Kind::InvalidLength(length, wanted) => format!("it has {length} parts; write {wanted}"),
        other => other.to_string(),
    };
    match path.is_empty() {
        true => format!("settings{place}: {problem}"),
        false => format!("`{}`{place}: {problem}", path.join(".")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, parts: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("x.toml");
        std::fs::write(&file, toml).expect("written");
        let error = Settings::read(Some(&file)).expect_err("it is wrong").to_string();
        for part in parts {
            assert!(error.contains(part), "{part:?} is not in {error:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_key_and_its_mend() {
        check("lisen = \"x\"", &["`lisen`", "no such key", "listen", "x.toml"]);
        check("listen = \"here\"", &["`listen`", "socket address"]);
        check("[web]\nembed_origins = 3", &["`web.embed_origins`", "sequence"]);
        check("[store]\nreaders = \"two\"", &["`store.readers`", "\"two\"", "u32"]);
        check("[log]\nformat = \"xml\"", &["`log.format`", "xml", "text, json"]);
        check("[log]\nfilter = \"a=b=c\"", &["log.filter", "info,wendu=debug"]);
        check("[web\n", &["x.toml"]);
    }

    #[test]
    fn a_file_that_was_named_must_be_there() {
        let error = Settings::read(Some(Path::new("/nowhere/w.toml"))).expect_err("not there");
        assert!(error.to_string().contains("--print-config"));
    }
}
