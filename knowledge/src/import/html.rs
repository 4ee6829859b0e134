//! HTML pages: the words of `main`, `article` or `body`; headings, lists and tables stay lines.
//! Ends at the words: what a script would have added is not there.

use std::path::Path;

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::{
    ImportError, escape,
    page::{Draft, Raw},
    tree, unreadable,
};

mod body;

/// Elements nested deeper than this are not looked into.
const DEEPEST: usize = 256;

/// Reads file by file.
pub(super) fn read(
    source: &Path,
    draft: &mut Draft<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), ImportError> {
    let files = tree::files(source, &["html", "htm"]).map_err(unreadable(source))?;
    for (number, file) in (1..).zip(files) {
        match tree::text(&file) {
            Ok(text) => {
                let (original, language) = tree::name(source, &file);
                let mut raw = page(&text);
                raw.original = Some(original);
                raw.language = raw.language.or(language);
                draft.take(&file, 0, raw);
            }
            Err(reason) => draft.skip(&file, 0, reason),
        }
        progress(number);
    }
    Ok(())
}

fn page(text: &str) -> Raw {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    let root = &dom.document;
    let main =
        ["main", "article", "body"].iter().find_map(|name| find(root, DEEPEST, &|n| is(n, name)));
    let main = main.unwrap_or_else(|| root.clone());
    let title = find(&main, DEEPEST, &|n| is(n, "h1"));
    let named = title.as_ref().map(words).filter(|words| !words.is_empty());
    let head = find(root, DEEPEST, &|n| is(n, "title")).map(|n| words(&n));
    let canonical = find(root, DEEPEST, &|n| {
        is(n, "link")
            && attribute(n, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
    });
    let language = find(root, DEEPEST, &|n| is(n, "html")).and_then(|n| attribute(&n, "lang"));
    let body = body::markdown(&main, named.as_ref().and(title.as_ref()));
    Raw {
        original: None,
        language,
        title: named.or(head.filter(|t| !t.is_empty())),
        question: None,
        source: canonical.and_then(|n| attribute(&n, "href")),
        plain: body.lines().map(|line| crate::render::inline(line) + "\n").collect(),
        body,
    }
}

/// An element's name in lower case.
fn name(node: &Handle) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&name.local),
        _ => None,
    }
}

fn is(node: &Handle, wanted: &str) -> bool {
    name(node) == Some(wanted)
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim().to_string())
}

fn find(node: &Handle, depth: usize, wanted: &dyn Fn(&Handle) -> bool) -> Option<Handle> {
    if wanted(node) {
        return Some(node.clone());
    }
    let children = node.children.borrow();
    children.iter().find_map(|child| find(child, depth.checked_sub(1)?, wanted))
}

/// All words below a node on one line.
fn words(node: &Handle) -> String {
    let mut out = String::new();
    collect(node, DEEPEST, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(node: &Handle, depth: usize, out: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    if depth > 0 && !name(node).is_some_and(is_dropped) {
        node.children.borrow().iter().for_each(|child| collect(child, depth - 1, out));
    }
}

/// What is no part of a page's words.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "nav"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "iframe"
            | "button"
            | "select"
            | "input"
            | "textarea"
            | "object"
            | "canvas"
            | "footer"
    )
}
