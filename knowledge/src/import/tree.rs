//! Files of a folder by their ending, in order.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How deep folders may lie in each other.
const DEEPEST: usize = 32;

/// All files with one of the endings; a file stands for itself. Links are not followed.
pub(super) fn files(source: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    if source.is_file() {
        return Ok(vec![source.to_owned()]);
    }
    let mut found = Vec::new();
    walk(source, endings, DEEPEST, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, endings: &[&str], depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            walk(&path, endings, depth - 1, found)?;
        } else if kind.is_file() {
            let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
            if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// A file's place below the source, without its ending; and the language its name ends with.
pub(super) fn name(source: &Path, file: &Path) -> (String, Option<String>) {
    let below = file.strip_prefix(source).ok().filter(|p| !p.as_os_str().is_empty());
    let below = below.or_else(|| file.file_name().map(Path::new)).unwrap_or(file);
    let name = below.with_extension("").to_string_lossy().replace('\\', "/");
    match name.rsplit_once('.') {
        Some((stem, tag)) if tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()) => {
            (stem.to_owned(), Some(tag.to_owned()))
        }
        _ => (name, None),
    }
}

/// A file's text, if it is UTF-8 and not too large.
pub(super) fn text(file: &Path) -> Result<String, String> {
    const LARGEST: u64 = 32 * 1024 * 1024;
    let meta = fs::metadata(file).map_err(|error| error.to_string())?;
    if meta.len() > LARGEST {
        return Err("the file is larger than 32 MiB".to_owned());
    }
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "the file is not UTF-8 text".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n"))
}
