//! Where packages are had from, if not from those who publish them: an operator's own mirror, or a
//! folder into which they were carried. Both hold the packages' files side by side.

use std::path::PathBuf;

use super::manifest::{Package, Route};

/// Where packages are had from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// From whom the manifest names.
    Published,
    /// From a mirror's address and from nowhere else.
    Mirror(String),
    /// From a folder and from nowhere else.
    Folder(PathBuf),
}

impl Origin {
    /// A mirror as an operator writes it: `https://…`, `http://…` or a folder.
    pub fn mirror(written: &str) -> Origin {
        let lower = written.to_ascii_lowercase();
        match lower.starts_with("https://") || lower.starts_with("http://") {
            true => Origin::Mirror(written.trim_end_matches('/').to_owned()),
            false => Origin::Folder(PathBuf::from(written)),
        }
    }

    /// How a package is fetched from here; not at all, where it lies in a folder.
    pub(super) fn route(&self, package: &Package) -> Option<Route> {
        match self {
            Origin::Published => Some(package.from.clone()),
            Origin::Mirror(address) => Some(Route::Web(format!("{address}/{}", package.file))),
            Origin::Folder(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_folder() {
        assert_eq!(Origin::mirror("https://m/x/"), Origin::Mirror("https://m/x".into()));
        assert_eq!(Origin::mirror("HTTP://m"), Origin::Mirror("HTTP://m".into()));
        assert_eq!(Origin::mirror("/media/usb"), Origin::Folder("/media/usb".into()));
        assert_eq!(Origin::mirror("https"), Origin::Folder("https".into()));
    }
}
