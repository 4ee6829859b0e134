//! A `.md` file: the block between `---` lines, and the parts under its headings.

use nlu::LanguageIdentifier;

use super::{
    take::{Fields, fields},
    yaml_tree,
};
use crate::pack::{Section, Words, finding::Notes, heading};

/// A `.md` file's block and body, cut apart.
pub(crate) struct Sheet<'t> {
    /// The block's text and the line on which it starts.
    block: Option<(&'t str, u32)>,
    body: &'t str,
    body_line: u32,
}

/// Cuts a file after its second `---` line.
pub(crate) fn cut<'t>(text: &'t str, notes: &mut Notes) -> Sheet<'t> {
    let mut lines = text.split_inclusive('\n');
    let opens = lines.next().is_some_and(|line| line.trim_end() == "---");
    if !opens {
        notes.error(
            1,
            "the file does not start with ---",
            "Put a block of ---, title: …, --- first.",
        );
        return Sheet { block: None, body: text, body_line: 1 };
    }
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut end = start;
    let mut line = 2;
    for row in lines {
        if row.trim_end() == "---" {
            let block = Some((&text[start..end], 2));
            return Sheet { block, body: &text[end + row.len()..], body_line: line + 1 };
        }
        end += row.len();
        line += 1;
    }
    notes.error(1, "the block that starts with --- does not end", "Put a line --- after it.");
    Sheet { block: None, body: "", body_line: line }
}

/// Reads the block; `known` are its keys, `more` takes those beyond the words' own.
pub(crate) fn words<T>(
    text: &str,
    known: &[&str],
    notes: &mut Notes,
    more: impl FnOnce(&Fields<'_>, &mut Notes) -> T,
) -> Option<(Words, T)> {
    let sheet = cut(text, notes);
    let sections = sections(sheet.body, sheet.body_line, notes);
    let (block, first) = sheet.block?;
    let node = yaml_tree::parse(block, first, notes)?;
    let root = fields(&node, "", known, notes);
    root.needed("title", "title: …", notes);
    let title = root.string("title", notes);
    let also = root.strings("also", notes);
    let more = more(&root, notes);
    Some((Words { title: title?, also, sections }, more))
}

/// The parts under each heading. A heading is a line of one to six `#` and a space, outside of
/// code between ``` or ~~~ lines.
fn sections(body: &str, first: u32, notes: &mut Notes) -> Vec<Section> {
    let mut cuts: Vec<(Option<String>, u32, usize, usize)> = vec![(None, first, 0, 0)];
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for (number, row) in (first..).zip(body.split_inclusive('\n')) {
        let line = row.trim_end();
        let indented = line.trim_start_matches(' ');
        let is_code = line.len() - indented.len() > 3;
        if let Some(mark) = fence {
            if !is_code
                && indented.starts_with(mark)
                && indented.trim_start_matches(&mark[..1]).is_empty()
            {
                fence = None;
            }
        } else if !is_code && (indented.starts_with("```") || indented.starts_with("~~~")) {
            let mark = &indented[..1];
            let length = indented.len() - indented.trim_start_matches(mark).len();
            // Backticks may not follow on a line that opens code: then it is code within a line.
            if mark == "~" || !indented[length..].contains('`') {
                fence = Some(&indented[..length]);
            }
        } else if let (false, Some(heading)) = (is_code, heading_of(indented)) {
            if let Some(last) = cuts.last_mut() {
                last.3 = at;
            }
            notes.lines.insert(format!("heading.{}", cuts.len()), number);
            cuts.push((Some(heading), number + 1, at + row.len(), 0));
        }
        at += row.len();
    }
    if let Some(last) = cuts.last_mut() {
        last.3 = body.len();
    }
    let sections = cuts.into_iter().map(|(heading, line, from, to)| {
        let raw = &body[from..to];
        let skipped = raw.len() - raw.trim_start_matches(['\n', ' ']).len();
        // Cut whole empty lines only: what leads the first line may be meant.
        let skipped = raw[..skipped].rfind('\n').map_or(0, |at| at + 1);
        let lines = u32::try_from(raw[..skipped].matches('\n').count()).unwrap_or(0);
        let facet = heading.as_deref().and_then(heading::facet);
        Section { heading, facet, body: raw[skipped..].trim_end().to_owned(), line: line + lines }
    });
    sections.filter(|s| s.heading.is_some() || !s.body.trim().is_empty()).collect()
}

/// The words of a heading line.
fn heading_of(line: &str) -> Option<String> {
    let words = line.trim_start_matches('#');
    let depth = line.len() - words.len();
    if !(1..=6).contains(&depth) || !words.starts_with([' ', '\t']) {
        return None;
    }
    let words = words.trim();
    let bare = words.trim_end_matches('#');
    let words = if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim() } else { words };
    (!words.is_empty()).then(|| crate::render::inline(words))
}

/// `ID.LANG.md` as ID and language.
pub(crate) fn name(file: &str, notes: &mut Notes) -> Option<(String, LanguageIdentifier)> {
    let stem = file.strip_suffix(".md")?;
    let Some((id, tag)) = stem.rsplit_once('.') else {
        notes.error(
            0,
            "the file's name does not say which language it is in",
            format!("Name it {stem}.zh.md or {stem}.en.md."),
        );
        return None;
    };
    super::id(id, 0, notes);
    let language = super::take::language(tag, 0, notes)?;
    if language != tag {
        notes.error(
            0,
            format!("the language is written `{tag}`"),
            format!("Rename it {id}.{language}.md."),
        );
        return None;
    }
    Some((id.to_owned(), language))
}
