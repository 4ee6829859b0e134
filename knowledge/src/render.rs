//! A page's words with its facts, as plain text for a page, a message or a voice.
//! Pure: what stands in the pack decides, and whose mouth it is.
//! Ends at plain text; no markup ever leaves this module.

mod fill;
mod markdown;
mod speech;

use nlu::LanguageIdentifier;

use crate::{
    fact::{Mouth, Tongue},
    pack::{
        Article, Pack, Section,
        placeholder::{Piece, pieces},
    },
};
use fill::Filler;
use markdown::{Block, Inline};

/// A section of a page as plain text, in the language of its words.
pub fn section(
    pack: &Pack,
    article: &Article,
    language: &LanguageIdentifier,
    section: &Section,
    mouth: Mouth,
) -> String {
    text(pack, article, language, &section.body, mouth)
}

/// Any Markdown with braces as plain text, filled from an article.
pub fn text(
    pack: &Pack,
    article: &Article,
    language: &LanguageIdentifier,
    markdown: &str,
    mouth: Mouth,
) -> String {
    let filler = Filler { pack, article, language, tongue: Tongue::of(language), mouth };
    let parts = filler.parts(&markdown::parse(markdown));
    match mouth {
        Mouth::Speech => speech::said(&parts, filler.tongue),
        Mouth::Page | Mouth::Message => written(&parts),
    }
}

/// The names of the facts that a section uses, e.g. to see whether one has run out.
pub fn facts_used(section: &Section) -> Vec<&str> {
    let names = pieces(&section.body).into_iter().filter_map(|(_, piece)| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) | Piece::Broken(_) => None,
    });
    names.filter(|name| !name.contains(':')).collect()
}

/// A line of Markdown without its marks; braces stay as they are.
pub fn inline(markdown: &str) -> String {
    let mut out = String::new();
    for block in markdown::parse(markdown) {
        if let Block::Paragraph(inlines) = block {
            for inline in inlines {
                match inline {
                    Inline::Text(text) | Inline::Link { text, .. } => out.push_str(&text),
                    Inline::Soft | Inline::Hard => out.push(' '),
                }
            }
        } else {
            return markdown.to_owned();
        }
    }
    out
}

/// A piece of a page with everything filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A paragraph; lines end with `\n`.
    Paragraph(String),
    /// Things in a row, such as papers.
    Names(Vec<String>),
    /// A list; numbered from a number, or with bullets.
    List { start: Option<u64>, items: Vec<Vec<Part>> },
}

fn written(parts: &[Part]) -> String {
    let blocks: Vec<String> = parts.iter().map(block).filter(|b| !b.is_empty()).collect();
    blocks.join("\n\n")
}

fn block(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => text.clone(),
        Part::Names(names) => {
            names.iter().map(|name| format!("• {name}")).collect::<Vec<_>>().join("\n")
        }
        Part::List { start, items } => {
            let mut lines = Vec::new();
            for (at, item) in (0..).zip(items) {
                let mark = match start {
                    Some(start) => format!("{}. ", start + at),
                    None => "• ".to_owned(),
                };
                // A list of papers within a bullet takes the bullet's place.
                if let ([Part::Names(_)], None) = (item.as_slice(), start) {
                    lines.push(item_text(item));
                    continue;
                }
                let indent = format!("\n{}", " ".repeat(mark.chars().count()));
                lines.push(format!("{mark}{}", item_text(item).replace('\n', &indent)));
            }
            lines.join("\n")
        }
    }
}

fn item_text(item: &[Part]) -> String {
    item.iter().map(block).filter(|b| !b.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Whether a character is written without spaces around it: Han, kana and full-width marks.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests;
