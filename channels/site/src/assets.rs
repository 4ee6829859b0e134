//! Scripts, styles and images in a folder whose name is made of their contents: browsers may keep
//! them for ever, and a new version is a new folder.

use std::collections::BTreeMap;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::secret::hex;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Shared;

/// What every page begins with: colours, type, targets, the city's mark.
pub fn shared() -> BTreeMap<String, Vec<u8>> {
    files::<Shared>()
}

/// All files of an embedded folder.
pub fn files<F: RustEmbed>() -> BTreeMap<String, Vec<u8>> {
    F::iter()
        .filter_map(|name| Some((name.to_string(), F::get(&name)?.data.into_owned())))
        .collect()
}

/// A folder of files.
#[derive(Debug)]
pub struct Folder {
    path: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// These files, below a path that ends without a slash.
    pub fn new(below: &str, files: BTreeMap<String, Vec<u8>>) -> Folder {
        let mut hash = Sha256::new();
        for (name, bytes) in &files {
            hash.update(name.as_bytes());
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        Folder { path: format!("{below}/{}", &hex(&hash.finalize())[..12]), files }
    }

    /// Where it stands, without a slash at the end.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its files.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// A file of it, if it is still this folder that is asked for.
    pub fn serve(&self, folder: &str, name: &str) -> Response {
        let current = self.path.ends_with(&format!("/{folder}"));
        let Some(bytes) = self.files.get(name).filter(|_| current) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let headers = [
            (header::CONTENT_TYPE, kind(name)),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        (headers, bytes.clone()).into_response()
    }

    /// What scripts of it import from beside them and is not there: for tests.
    pub fn missing_imports(&self) -> Vec<String> {
        let scripts = self.files.iter().filter(|(name, _)| name.ends_with(".js"));
        scripts
            .flat_map(|(name, bytes)| {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let wanted: Vec<String> = text
                    .split("from \"./")
                    .skip(1)
                    .filter_map(|part| part.split('"').next().map(str::to_owned))
                    .collect();
                wanted.into_iter().map(move |wanted| (name, wanted))
            })
            .filter(|(_, wanted)| !self.files.contains_key(wanted))
            .map(|(name, wanted)| format!("{name} wants {wanted}"))
            .collect()
    }
}

/// What a browser is told that a file is.
pub fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_contents_are_another_folder() {
        let one = Folder::new("/assets", shared());
        let mut files = shared();
        files.insert("more.css".into(), b"p{}".to_vec());
        let other = Folder::new("/assets", files);
        assert_ne!(one.path(), other.path());
        let name = other.path().rsplit('/').next().unwrap();
        assert_eq!(other.serve(name, "more.css").status(), StatusCode::OK);
        assert_eq!(one.serve(name, "base.css").status(), StatusCode::NOT_FOUND);
    }
}
