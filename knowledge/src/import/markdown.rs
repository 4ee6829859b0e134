//! Markdown files: their own headings, lists and links are kept, braces are doubled.

use std::path::Path;

use super::{
    ImportError,
    page::{Draft, Raw},
    tree, unreadable,
};
use crate::{
    pack::{
        finding::Notes,
        placeholder,
        read::tree::{Node, Value},
        read::yaml_tree,
    },
    render,
};

/// Reads file by file.
pub(super) fn read(
    source: &Path,
    draft: &mut Draft<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ImportError> {
    let files = tree::files(source, &["md", "markdown"]).map_err(unreadable(source))?;
    for (number, file) in (1..).zip(files) {
        match tree::text(&file) {
            Ok(text) => {
                let (original, language) = tree::name(source, &file);
                let mut raw = page(&text);
                raw.original = raw.original.or(Some(original));
                raw.language = raw.language.or(language);
                draft.take(&file, 1, raw);
            }
            Err(reason) => draft.skip(&file, 0, reason),
        }
        progress(number);
    }
    Ok(())
}

fn page(text: &str) -> Raw {
    let (head, body) = split(text);
    let mut raw = Raw::default();
    for (key, value) in head {
        let field = match key.to_lowercase().as_str() {
            "title" => &mut raw.title,
            "id" => &mut raw.original,
            "lang" | "language" => &mut raw.language,
            "url" | "source" | "canonical" | "canonical_url" => &mut raw.source,
            _ => continue,
        };
        *field = Some(value);
    }
    let mut body = body.trim_start_matches('\n');
    if raw.title.is_none()
        && let Some((first, rest)) = body.split_once('\n').or(Some((body, "")))
        && let Some(title) = first.strip_prefix("# ")
        && !rest.trim().is_empty()
    {
        raw.title = Some(render::inline(title.trim().trim_end_matches('#')));
        body = rest.trim_start_matches('\n');
    }
    raw.plain = body.lines().map(|line| render::inline(line) + "\n").collect();
    raw.body = placeholder::escape(body.trim_end());
    raw
}

/// The values of a block between `---` lines at the head, if there is one, and the rest.
fn split(text: &str) -> (Vec<(String, String)>, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return (Vec::new(), text) };
    let Some(end) = rest.find("\n---\n").or_else(|| rest.strip_suffix("\n---").map(str::len))
    else {
        return (Vec::new(), text);
    };
    let node = yaml_tree::parse(&rest[..end], 2, &mut Notes::default());
    let Some(Node { value: Value::Table(entries), .. }) = node else { return (Vec::new(), text) };
    let values = entries.into_iter().filter_map(|(key, node)| match node.value {
        Value::Text(text) => Some((key, text)),
        _ => None,
    });
    (values.collect(), rest.get(end + 5..).unwrap_or_default())
}
