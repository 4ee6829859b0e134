//! What stands in braces, filled from the facts.

use nlu::LanguageIdentifier;

use super::{
    Part, is_wide,
    markdown::{Block, Inline},
    speech::digits_said,
};
use crate::{
    fact::{Amount, Mouth, Tongue, Value, spell_telephone},
    hours::Place,
    pack::{
        Article, Pack,
        placeholder::{Piece, pieces},
    },
};

/// Everything a brace can be filled from, and who will say it.
pub(super) struct Filler<'a> {
    pub(super) pack: &'a Pack,
    pub(super) article: &'a Article,
    pub(super) language: &'a LanguageIdentifier,
    pub(super) tongue: Tongue,
    pub(super) mouth: Mouth,
}

impl Filler<'_> {
    /// Blocks with their braces filled.
    pub(super) fn parts(&self, blocks: &[Block]) -> Vec<Part> {
        let mut parts = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.paragraph(inlines, &mut parts),
                Block::List { start, items } => parts.push(Part::List {
                    start: *start,
                    items: items.iter().map(|item| self.parts(item)).collect(),
                }),
            }
        }
        parts
    }

    /// A list of papers or places that stands alone on its line becomes a list.
    fn paragraph(&self, inlines: &[Inline], parts: &mut Vec<Part>) {
        let mut text = String::new();
        for line in inlines.split(|inline| matches!(inline, Inline::Soft)) {
            if let [Inline::Text(alone)] = line
                && let Some(names) = self.names(alone)
            {
                close(&mut text, parts);
                parts.push(Part::Names(names));
                continue;
            }
            let mut filled = String::new();
            for inline in line {
                self.inline(inline, &mut filled);
            }
            join_line(&mut text, &filled);
        }
        close(&mut text, parts);
    }

    fn inline(&self, inline: &Inline, out: &mut String) {
        match inline {
            Inline::Text(text) => self.text(text, out),
            Inline::Link { text, url } => {
                let before = out.len();
                self.text(text, out);
                let mut address = String::new();
                self.text(url, &mut address);
                if self.mouth == Mouth::Message && out[before..] != *address {
                    match self.tongue {
                        Tongue::Chinese => out.push_str(&format!("（{address}）")),
                        _ => out.push_str(&format!(" ({address})")),
                    }
                }
            }
            Inline::Soft => out.push(' '),
            Inline::Hard => {
                let kept = out.trim_end().len();
                out.truncate(kept);
                out.push('\n');
            }
        }
    }

    /// Text with its braces filled. Speech has its typed telephone numbers and dates in words.
    fn text(&self, text: &str, out: &mut String) {
        let pieces = pieces(text);
        for (at, (_, piece)) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) if self.mouth == Mouth::Speech => {
                    out.push_str(&digits_said(text, self.tongue));
                }
                Piece::Text(text) | Piece::Broken(text) => out.push_str(text),
                Piece::Name(name) => {
                    let next = pieces.get(at + 1).map(|(_, piece)| *piece);
                    self.name(name, next, out);
                }
            }
            // A space between two wide characters was typed around the braces only.
            if let (Piece::Text(text), Some((_, Piece::Name(_)))) =
                (piece, at.checked_sub(1).and_then(|b| pieces.get(b)))
            {
                tighten(out, out.len().saturating_sub(text.len()));
            }
        }
    }

    fn name(&self, name: &str, next: Option<Piece<'_>>, out: &mut String) {
        let starts = out.trim_end().is_empty() || out.ends_with('\n');
        let Some(mut said) = self.value(name, next) else {
            out.push_str(&format!("{{{name}}}"));
            return;
        };
        let is_fact = self.article.facts.contains_key(name);
        if starts && is_fact && self.tongue == Tongue::English && self.mouth != Mouth::Speech {
            let mut chars = said.chars();
            said =
                chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
        }
        let at = out.len();
        out.push_str(&said);
        tighten(out, at);
    }

    fn value(&self, name: &str, next: Option<Piece<'_>>) -> Option<String> {
        let pack = self.pack;
        match name.split_once(':') {
            Some(("service", id)) => {
                let words = pack.words(pack.articles.get(id)?, self.language)?.1;
                return Some(words.title.clone());
            }
            Some(("place", id)) => {
                return Some(pack.say(&pack.places.get(id)?.name, self.language).to_owned());
            }
            Some(("document", id)) => {
                return Some(pack.say(pack.documents.get(id)?, self.language).to_owned());
            }
            Some(_) => return None,
            None => {}
        }
        match name {
            "telephone" => Some(self.telephone(telephone(pack, self.article))),
            "department" => {
                let department = pack.departments.get(self.article.department.as_ref()?)?;
                Some(pack.say(&department.name, self.language).to_owned())
            }
            "source" => {
                let source = self.article.source.as_ref().or(pack.source.as_ref())?;
                Some(match (self.mouth, self.tongue) {
                    (Mouth::Speech, Tongue::Chinese) => "我们的网页".to_owned(),
                    (Mouth::Speech, _) => "our web page".to_owned(),
                    _ => source.clone(),
                })
            }
            "places" => {
                let mark = if self.tongue == Tongue::Chinese { "；" } else { "; " };
                Some(self.places().join(mark))
            }
            fact => self.fact(fact, next),
        }
    }

    fn fact(&self, name: &str, next: Option<Piece<'_>>) -> Option<String> {
        let fact = self.article.facts.get(name)?;
        if let (Value::Number(two), Mouth::Speech, Tongue::Chinese) =
            (&fact.value, self.mouth, self.tongue)
            && *two == Amount::whole(2)
            && let Some(Piece::Text(after)) = next
            && after.trim_start().starts_with(is_measure)
        {
            return Some("两".to_owned());
        }
        Some(fact.say(self.pack, self.language, self.mouth))
    }

    /// The items of a text that is nothing but `{places}` or a list of papers.
    fn names(&self, text: &str) -> Option<Vec<String>> {
        let [(_, Piece::Name(name))] = pieces(text.trim())[..] else { return None };
        match name {
            "places" => Some(self.places()),
            name => self.article.facts.get(name)?.lines(self.pack, self.language),
        }
    }

    fn places(&self) -> Vec<String> {
        let places = self.article.places.iter().filter_map(|id| self.pack.places.get(id));
        places.map(|place| self.place(place)).collect()
    }

    fn place(&self, place: &Place) -> String {
        let say = |text| self.pack.say(text, self.language).to_owned();
        let mut said = vec![say(&place.name)];
        said.extend(place.address.as_ref().map(|address| match self.mouth {
            Mouth::Speech => digits_said(&say(address), self.tongue),
            _ => say(address),
        }));
        said.extend(place.telephone.as_ref().map(|number| match (self.mouth, self.tongue) {
            (Mouth::Speech, Tongue::Chinese) => format!("电话{}", self.telephone(number)),
            (Mouth::Speech, Tongue::English) => format!("telephone {}", self.telephone(number)),
            _ => number.clone(),
        }));
        said.join(if self.tongue == Tongue::Chinese { "，" } else { ", " })
    }

    fn telephone(&self, number: &str) -> String {
        match self.mouth {
            Mouth::Speech => spell_telephone(number, self.tongue),
            _ => number.to_owned(),
        }
    }
}

/// Who answers questions about an article: its own number, else its department's, else the pack's.
pub(crate) fn telephone<'a>(pack: &'a Pack, article: &'a Article) -> &'a str {
    let department = article.department.as_ref().and_then(|id| pack.departments.get(id));
    article
        .telephone
        .as_ref()
        .or_else(|| department.and_then(|d| d.telephone.as_ref()))
        .unwrap_or(&pack.telephone)
}

/// Words that count things: before them 2 is 两.
fn is_measure(c: char) -> bool {
    "个次份张名人种天条件项位家岁只本间套台辆笔页遍处块门户".contains(c)
}

/// Takes out a single space between two wide characters at an offset.
fn tighten(out: &mut String, at: usize) {
    let Some(before) = out.get(..at) else { return };
    let spaceless = before.trim_end_matches(' ');
    if before.len() - spaceless.len() == 1
        && spaceless.ends_with(is_wide)
        && out[at..].starts_with(is_wide)
    {
        out.remove(at - 1);
    } else if out[at..].starts_with(' ')
        && before.ends_with(is_wide)
        && out[at + 1..].starts_with(is_wide)
    {
        out.remove(at);
    }
}

/// Joins the lines of a paragraph: without a space next to a wide character, else with one.
fn join_line(text: &mut String, line: &str) {
    let line = line.trim();
    let wide = text.ends_with(is_wide) || line.starts_with(is_wide);
    if !text.is_empty() && !text.ends_with('\n') && !line.is_empty() && !wide {
        text.push(' ');
    }
    text.push_str(line);
}

fn close(text: &mut String, parts: &mut Vec<Part>) {
    let done = std::mem::take(text);
    if !done.trim().is_empty() {
        parts.push(Part::Paragraph(done.trim().to_owned()));
    }
}
