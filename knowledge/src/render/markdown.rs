//! Markdown into the few things a page is made of: paragraphs and lists.
//! What is not among them (quotes, code, HTML, rules) becomes paragraphs of its own words.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    List { start: Option<u64>, items: Vec<Vec<Block>> },
}

/// A stretch of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    Text(String),
    Link { text: String, url: String },
    Soft,
    Hard,
}

/// The blocks of a text.
pub(super) fn parse(markdown: &str) -> Vec<Block> {
    let mut tree = Tree { open: vec![Level::default()], link: None, in_code: false };
    for event in TextMergeStream::new(Parser::new_ext(markdown, Options::empty())) {
        tree.take(event);
    }
    while tree.open.len() > 1 {
        tree.close_item();
    }
    tree.open.pop().map(Level::finish).unwrap_or_default()
}

#[derive(Default)]
struct Level {
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

impl Level {
    /// Ends the paragraph that is being written.
    fn flush(&mut self) {
        if !self.inlines.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.inlines)));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

struct Tree {
    /// The page, then each list item that is open.
    open: Vec<Level>,
    link: Option<(String, String)>,
    in_code: bool,
}

impl Tree {
    fn level(&mut self) -> &mut Level {
        if self.open.is_empty() {
            self.open.push(Level::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.text(text.trim_end_matches('\n')),
            Event::SoftBreak => self.inline(Inline::Soft),
            Event::HardBreak => self.inline(Inline::Hard),
            Event::Rule => self.level().flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(start) => {
                self.level().flush();
                self.level().blocks.push(Block::List { start, items: Vec::new() });
            }
            Tag::Item => self.open.push(Level::default()),
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), String::new()));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.level().flush();
                self.in_code = true;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::HtmlBlock => {
                self.level().flush();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Item => self.close_item(),
            TagEnd::Link => {
                if let Some((url, text)) = self.link.take() {
                    self.inline(Inline::Link { text, url });
                }
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.level().flush();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::HtmlBlock => {
                self.level().flush();
            }
            _ => {}
        }
    }

    fn close_item(&mut self) {
        let blocks = self.open.pop().map(Level::finish).unwrap_or_default();
        if let Some(Block::List { items, .. }) = self.level().blocks.last_mut() {
            items.push(blocks);
        } else {
            self.level().blocks.extend(blocks);
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_code || text.contains('\n') {
            for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
                if at > 0 {
                    self.inline(Inline::Hard);
                }
                self.inline(Inline::Text(line.to_owned()));
            }
        } else {
            self.inline(Inline::Text(text.to_owned()));
        }
    }

    fn inline(&mut self, inline: Inline) {
        match (&mut self.link, inline) {
            (Some((_, text)), Inline::Text(more)) => text.push_str(&more),
            (Some((_, text)), Inline::Soft | Inline::Hard) => text.push(' '),
            (_, inline) => {
                let inlines = &mut self.level().inlines;
                // Marks such as ** cut a text in two: braces must stay in one.
                if let (Some(Inline::Text(text)), Inline::Text(more)) =
                    (inlines.last_mut(), &inline)
                {
                    text.push_str(more);
                } else {
                    inlines.push(inline);
                }
            }
        }
    }
}
