//! Imported pages as a pack on disk.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{ImportError, Imported, Page};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many pages.
    pub pages: usize,
    /// Where the IDs of the source stand beside the new ones, if any is new.
    pub ids: Option<PathBuf>,
}

/// Whether a folder with files in it may be written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Only an empty or new folder.
    Never,
    /// Files of the same name are written over; others stay.
    Force,
}

/// Makes a pack of the pages: `pack.toml`, `articles/`, and `ids.tsv` if IDs were changed.
pub fn write(
    imported: &Imported,
    folder: &Path,
    over: Over,
    progress: &mut dyn FnMut(u64),
) -> Result<Written, ImportError> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if over == Over::Never && (!is_empty || folder.is_file()) {
        return Err(ImportError::NotEmpty(folder.to_owned()));
    }
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).map_err(unwritable(&articles))?;
    put(&folder.join("pack.toml"), &pack_toml(imported))?;
    for (number, page) in (1..).zip(&imported.pages) {
        put(&articles.join(format!("{}.{}.md", page.id, page.language)), &sheet(page))?;
        progress(number);
    }
    let renamed: Vec<&Page> = imported.pages.iter().filter(|p| p.id != p.original).collect();
    let mut written = Written { pages: imported.pages.len(), ids: None };
    if !renamed.is_empty() {
        let rows = renamed.iter().map(|page| {
            format!(
                "{}\t{}\t{}\n",
                page.original.replace(['\t', '\n', '\r'], " "),
                page.id,
                page.language
            )
        });
        let path = folder.join("ids.tsv");
        put(&path, &rows.collect::<String>())?;
        written.ids = Some(path);
    }
    Ok(written)
}

fn put(path: &Path, text: &str) -> Result<(), ImportError> {
    fs::write(path, text).map_err(unwritable(path))
}

fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> ImportError {
    move |reason| ImportError::Unwritable { path: path.to_owned(), reason }
}

fn pack_toml(imported: &Imported) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in &imported.pages {
        *counts.entry(page.language.to_string()).or_default() += 1;
    }
    let mut languages: Vec<(String, usize)> = counts.into_iter().collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let languages = if languages.is_empty() { vec![("en".to_owned(), 0)] } else { languages };
    let languages: Vec<String> = languages.iter().map(|(tag, _)| quoted(tag)).collect();
    let telephone = match &imported.telephone {
        Some(number) => format!("telephone = {}", quoted(number)),
        None => {
            "telephone = \"-\"          # fill in: the number where a person answers".to_owned()
        }
    };
    format!(
        "# Written by `wendu import`. docs/PACK.md explains what else may stand here.\n\n\
         name = {}\nlanguages = [{}]\ntime_zone = {}\n{telephone}\n",
        quoted(&imported.name),
        languages.join(", "),
        quoted(&imported.time_zone),
    )
}

fn sheet(page: &Page) -> String {
    let mut out = format!("---\ntitle: {}\n", quoted(&page.title));
    if !page.also.is_empty() {
        let also: Vec<String> = page.also.iter().map(|name| quoted(name)).collect();
        out.push_str(&format!("also: [{}]\n", also.join(", ")));
    }
    if let Some(source) = &page.source {
        out.push_str(&format!("source: {}\n", quoted(source)));
    }
    out.push_str("---\n");
    out.push_str(&page.body);
    out.push('\n');
    out
}

/// Text in double quotes, the same in TOML and YAML: one line, nothing that cannot be seen.
fn quoted(text: &str) -> String {
    let text = super::title::one_line(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
