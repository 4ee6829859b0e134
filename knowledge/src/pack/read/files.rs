//! Which files a pack has, and their text: UTF-8, not too large, nothing from outside the folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::pack::finding::{Notes, did_you_mean};

/// The largest file that is read.
pub(crate) const LARGEST: u64 = 2 * 1024 * 1024;
/// The most files that are read.
pub(crate) const MOST: usize = 200_000;

/// The files at the top that are read here.
pub(crate) const TOP: [&str; 6] = [
    "pack.toml",
    "departments.toml",
    "documents.toml",
    "places.toml",
    "synonyms.toml",
    "intents.toml",
];
/// Files at the top that other parts of the house read, and people.
const OTHERS: [&str; 4] = ["golden.toml", "README.md", "LICENSE", "LICENSE.md"];
/// The folders that are read.
pub(crate) const FOLDERS: [&str; 3] = ["services", "notices", "articles"];

/// All files of the pack by their path in it, in order.
pub(crate) fn list(folder: &Path, notes: &mut Notes) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (name, is_folder) in entries(folder, Path::new(""), notes) {
        if is_folder && FOLDERS.contains(&name.as_str()) {
            let under = PathBuf::from(&name);
            for (file, is_folder) in entries(&folder.join(&under), &under, notes) {
                if is_folder {
                    let at = under.join(&file);
                    strange(&at, "folders in folders are not read", "Move its files up.", notes);
                } else {
                    files.push(under.join(file));
                }
            }
        } else if !is_folder && TOP.contains(&name.as_str()) {
            files.push(PathBuf::from(name));
        } else if !is_folder && (name.ends_with(".toml") || name.ends_with(".md")) {
            if !OTHERS.contains(&name.as_str()) {
                let mend = did_you_mean(&name, TOP);
                strange(Path::new(&name), "this file is not read", &mend, notes);
            }
        } else if is_folder {
            let near = did_you_mean(&name, FOLDERS);
            if near.starts_with("Did") {
                strange(Path::new(&name), "this folder is not read", &near, notes);
            }
        }
    }
    if files.len() > MOST {
        notes.error(
            0,
            format!("the pack has {} files; at most {MOST} are read", files.len()),
            "Split it into several packs.",
        );
        files.truncate(MOST);
    }
    files.sort();
    files
}

fn strange(file: &Path, what: &str, mend: &str, notes: &mut Notes) {
    let mut here = Notes::of(file);
    here.warn(0, what, mend);
    notes.findings.append(&mut here.findings);
}

/// Names in a folder, with whether each is a folder; hidden ones and editors' copies are passed over.
fn entries(folder: &Path, under: &Path, notes: &mut Notes) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => {
            let mut here = Notes::of(under);
            here.error(
                0,
                format!("the folder cannot be read: {}", reason(&error)),
                "Check that it is there and that Wendu may read it.",
            );
            notes.findings.append(&mut here.findings);
            return names;
        }
    };
    for entry in listing.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            let lossy = entry.file_name().to_string_lossy().into_owned();
            let mut here = Notes::of(&under.join(lossy));
            here.error(0, "the file's name is not UTF-8", "Rename the file.");
            notes.findings.append(&mut here.findings);
            continue;
        };
        if !name.starts_with('.') && !name.ends_with('~') && !name.ends_with(".swp") {
            let is_folder = entry.path().is_dir();
            names.push((name, is_folder));
        }
    }
    names
}

/// A file's text with line ends as `\n` and no mark at its head.
pub(crate) fn text(folder: &Path, file: &Path, notes: &mut Notes) -> Option<String> {
    match bytes(folder, file) {
        Ok(bytes) => decode(bytes, notes),
        Err((what, mend)) => {
            notes.error(0, what, mend);
            None
        }
    }
}

fn bytes(folder: &Path, file: &Path) -> Result<Vec<u8>, (String, &'static str)> {
    let unreadable = |error: io::Error| {
        (format!("the file cannot be read: {}", reason(&error)), "Check that Wendu may read it.")
    };
    let path = folder.join(file);
    if path.is_symlink() {
        let home = folder.canonicalize().map_err(unreadable)?;
        if !path.canonicalize().map_err(unreadable)?.starts_with(home) {
            return Err((
                "this is a link to a file outside the pack".to_owned(),
                "Copy the file itself into the pack.",
            ));
        }
    }
    let meta = fs::metadata(&path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(("this is not a file".to_owned(), "Take it out of the pack."));
    }
    if meta.len() > LARGEST {
        return Err((
            format!("the file is larger than {} MiB", LARGEST / 1024 / 1024),
            "Split it into several pages.",
        ));
    }
    fs::read(&path).map_err(unreadable)
}

fn decode(bytes: Vec<u8>, notes: &mut Notes) -> Option<String> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            notes.error(
                u32::try_from(line).unwrap_or(u32::MAX),
                "the file is not UTF-8 text",
                "Save it again with the encoding UTF-8.",
            );
            return None;
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into()
    })
}

/// Why reading failed, without the system's numbers.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "Wendu may not read it".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => error.to_string(),
    }
}
