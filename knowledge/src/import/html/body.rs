//! The body of an HTML page as Markdown.

use markup5ever_rcdom::{Handle, NodeData};

use super::{DEEPEST, attribute, escape, is_dropped, name, words};

/// Everything below a node; the heading that became the title is passed over.
pub(super) fn markdown(root: &Handle, title: Option<&Handle>) -> String {
    let mut page = Body { blocks: Vec::new(), line: String::new(), title: title.cloned() };
    page.children(root, DEEPEST);
    page.end();
    page.finish()
}

enum Block {
    Paragraph(String),
    Heading(String),
    /// An item's mark and words; neighbours make a list.
    Item(String, String),
}

struct Body {
    blocks: Vec<Block>,
    /// The paragraph being written: Markdown, except that it may start like anything.
    line: String,
    title: Option<Handle>,
}

impl Body {
    fn children(&mut self, node: &Handle, depth: usize) {
        if depth > 0 {
            for child in node.children.borrow().iter() {
                self.node(child, depth - 1);
            }
        }
    }

    fn node(&mut self, node: &Handle, depth: usize) {
        if let NodeData::Text { contents } = &node.data {
            return self.text(&contents.borrow());
        }
        let Some(name) = name(node) else { return self.children(node, depth) };
        if is_dropped(name) || self.title.as_ref().is_some_and(|t| std::rc::Rc::ptr_eq(t, node)) {
            return;
        }
        match name {
            "br" => {
                let line = self.line.trim_end().len();
                self.line.truncate(line);
                self.line.push('\n');
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end();
                let heading = words(node);
                if !heading.is_empty() {
                    self.blocks.push(Block::Heading(heading));
                }
            }
            "ul" | "ol" => {
                self.end();
                self.list(node, name == "ol", depth);
            }
            "tr" => self.row(node),
            "a" => self.link(node, depth),
            "pre" => {
                self.end();
                let mut text = String::new();
                super::collect(node, depth, &mut text);
                self.line.push_str(&escape::words(text.trim_matches('\n')));
                self.end();
            }
            _ if is_block(name) => {
                self.end();
                self.children(node, depth);
                self.end();
            }
            _ => self.children(node, depth),
        }
    }

    fn text(&mut self, text: &str) {
        self.space(text.starts_with(char::is_whitespace));
        let plain: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.push_str(&escape::words(&plain));
        self.space(text.ends_with(char::is_whitespace));
    }

    fn space(&mut self, is_wanted: bool) {
        if is_wanted && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    fn link(&mut self, node: &Handle, depth: usize) {
        let target = attribute(node, "href").filter(|url| {
            let plain = |c: char| c.is_ascii_graphic() && !"<>{}\\&".contains(c);
            (url.starts_with("http://") || url.starts_with("https://")) && url.chars().all(plain)
        });
        let label = words(node);
        match target {
            Some(url) if !label.is_empty() && !label.contains([']', '[']) => {
                let label = escape::words(&label);
                self.line.push_str(&format!("[{label}](<{url}>)"));
            }
            _ => self.children(node, depth),
        }
    }

    fn list(&mut self, node: &Handle, is_numbered: bool, depth: usize) {
        let mut number = 1;
        for child in node.children.borrow().iter() {
            if name(child) != Some("li") {
                self.node(child, depth.saturating_sub(1));
                self.end();
                continue;
            }
            let first = self.blocks.len();
            self.children(child, depth.saturating_sub(1));
            self.end();
            let mark = if is_numbered { format!("{number}. ") } else { "- ".to_owned() };
            number += 1;
            // What an item holds first carries its mark; the rest follows as items or paragraphs.
            if let Some(Block::Paragraph(text)) = self.blocks.get(first) {
                self.blocks[first] = Block::Item(mark, text.clone());
            }
        }
    }

    fn row(&mut self, node: &Handle) {
        self.end();
        let cells: Vec<String> = node
            .children
            .borrow()
            .iter()
            .filter(|cell| matches!(name(cell), Some("td" | "th")))
            .map(words)
            .filter(|cell| !cell.is_empty())
            .collect();
        if !cells.is_empty() {
            self.blocks.push(Block::Paragraph(escape::words(&cells.join(" | "))));
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.line);
        if !text.trim().is_empty() {
            self.blocks.push(Block::Paragraph(text.trim().to_owned()));
        }
    }

    fn finish(self) -> String {
        let mut out = String::new();
        let mut in_list: Option<bool> = None;
        for block in self.blocks {
            let (text, list) = match block {
                Block::Heading(words) => (format!("## {}", escape::line(&words)), None),
                Block::Paragraph(text) => (lines(&text, ""), None),
                Block::Item(mark, text) => {
                    let indent = " ".repeat(mark.len());
                    (format!("{mark}{}", lines(&text, &indent)), Some(mark == "- "))
                }
            };
            if !out.is_empty() {
                out.push_str(if list.is_some() && list == in_list { "\n" } else { "\n\n" });
            }
            out.push_str(&text);
            in_list = list;
        }
        out
    }
}

/// A paragraph's lines, each kept a line; none may start a heading or list.
fn lines(text: &str, indent: &str) -> String {
    let lines = text.lines().map(|line| escape::start(line.trim())).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(&format!("\\\n{indent}"))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "aside"
            | "header"
            | "blockquote"
            | "table"
            | "tbody"
            | "thead"
            | "caption"
            | "figure"
            | "figcaption"
            | "dl"
            | "dt"
            | "dd"
            | "li"
            | "address"
            | "details"
            | "summary"
            | "form"
            | "fieldset"
            | "hr"
            | "body"
            | "html"
            | "center"
    )
}
