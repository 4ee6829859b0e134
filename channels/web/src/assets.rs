//! Styles, scripts and pictures, embedded in the binary. They stand under one folder named by a hash
//! of them all, so that scripts can import each other by plain relative names and still be kept by
//! browsers for ever: a new version is a new folder.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use site::{
    assets::{Folder, kind},
    secret::hex,
};
use tower_http::compression::CompressionLayer;

use crate::{
    Shared, WebSettings,
    labels::{Label, Labels},
};

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The script for other sites, which is not in the folder because its address must stay.
const WIDGET: &str = include_str!("../assets/widget.js");

/// All assets.
pub(crate) struct Assets {
    folder: Folder,
    widget: Vec<u8>,
    widget_tag: String,
}

impl Assets {
    pub(crate) fn new(settings: &WebSettings, labels: &Labels) -> Self {
        let mut files = site::assets::shared();
        files.extend(site::assets::files::<Files>().into_iter().filter(|(n, _)| n != "widget.js"));
        for (name, colour) in
            [("accent.css", &settings.accent_light), ("accent-dark.css", &settings.accent_dark)]
        {
            let css = colour.as_ref().map(|c| format!(":root{{--accent:{c}}}"));
            files.insert(name.into(), css.unwrap_or_default().into());
        }
        let widget = widget(settings, labels);
        Assets {
            folder: Folder::new("/assets", files),
            widget_tag: format!("\"{}\"", &hex(&Sha256::digest(&widget))[..16]),
            widget,
        }
    }

    /// Where the assets stand, without a slash at the end.
    pub(crate) fn folder(&self) -> &str {
        self.folder.path()
    }
}

/// The launcher's script, with its words in all languages and the city's colours put in.
fn widget(settings: &WebSettings, labels: &Labels) -> Vec<u8> {
    let words: BTreeMap<String, [String; 3]> = labels
        .languages()
        .map(|language| {
            let words = labels.of(language);
            let said = [Label::WidgetOpen, Label::WidgetClose, Label::WidgetTitle];
            (language.to_string(), said.map(|label| words.say(label)))
        })
        .collect();
    let colour = |own: &Option<String>, usual: &str| own.clone().unwrap_or(usual.into());
    WIDGET
        .replace("\"WORDS\"", &serde_json::to_string(&words).unwrap_or_default())
        .replace("LIGHT_ACCENT", &colour(&settings.accent_light, "#86290c"))
        .replace("DARK_ACCENT", &colour(&settings.accent_dark, "#ffb48f"))
        .into_bytes()
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/assets/{folder}/{name}", get(asset))
        .route("/widget.js", get(script))
        .layer(CompressionLayer::new())
}

async fn asset(
    State(shared): State<Arc<Shared>>,
    Path((folder, name)): Path<(String, String)>,
) -> Response {
    shared.assets.folder.serve(&folder, &name)
}

async fn script(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let tag = &shared.assets.widget_tag;
    let known = headers.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some_and(|known| known.as_bytes().ends_with(tag.as_bytes())) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        shared.assets.widget.clone().into_response()
    };
    let out = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE.as_str(), kind("widget.js")),
        (header::CACHE_CONTROL.as_str(), "public, max-age=300"),
        // This one file is for other sites to load.
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        out.insert(axum::http::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(tag) = HeaderValue::from_str(tag) {
        out.insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_colour_is_another_folder() {
        let labels = Labels::load();
        let plain = Assets::new(&WebSettings::default(), &labels);
        let settings =
            WebSettings { accent_light: Some("#003366".into()), ..WebSettings::default() };
        let coloured = Assets::new(&settings, &labels);
        assert_ne!(plain.folder(), coloured.folder());
        assert!(String::from_utf8(coloured.widget).unwrap().contains("#003366"));
    }

    /// A script or style that a file asks for must be there.
    #[test]
    fn every_import_is_there() {
        let assets = Assets::new(&WebSettings::default(), &Labels::load());
        assert_eq!(assets.folder.missing_imports(), [""; 0]);
        let widget = String::from_utf8(assets.widget).unwrap();
        assert!(widget.contains("有事问我") && !widget.contains("\"WORDS\""));
    }
}
