//! A passage: the part of an article that answers. It is what is searched and what is shown.

use nlu::{Facet, LanguageIdentifier};
use rayon::prelude::*;

use crate::{
    alike::Said,
    fact::Mouth,
    pack::{Article, Kind, Pack, Validity},
    render,
};

/// One part of one article in one language.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The article's ID.
    pub article: String,
    /// The language it is written in.
    pub language: LanguageIdentifier,
    /// The article's title.
    pub title: String,
    /// The heading it stands under.
    pub heading: Option<String>,
    /// The facet of that heading.
    pub facet: Option<Facet>,
    /// Which section of the article it is, from 0.
    pub section: usize,
    /// The words, facts filled in, as a page shows them.
    pub text: String,
    /// When it may be shown.
    pub valid: Validity,
}

impl Passage {
    /// The text that is searched: title and heading stand before the words, since a passage alone
    /// often does not say what it is about.
    pub fn searched(&self) -> String {
        let heading = self.heading.as_deref().unwrap_or_default();
        format!("{}\n{heading}\n{}", self.title, self.text)
    }

    /// The same in parts, to be compared with another's.
    pub(crate) fn said(&self) -> Said<'_> {
        Said::of(&self.title, self.heading.as_deref(), &self.text)
    }
}

/// All passages of a pack, in the pack's order.
pub fn all(pack: &Pack) -> Vec<Passage> {
    let articles: Vec<&Article> = pack.articles.values().collect();
    articles.par_iter().flat_map_iter(|article| of(pack, article)).collect()
}

/// The passages of one article in all its languages.
fn of(pack: &Pack, article: &Article) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (language, words) in &article.words {
        for (place, section) in words.sections.iter().enumerate() {
            let text = render::section(pack, article, language, section, Mouth::Page);
            // A service's section answers as a whole; a free page may go on for screens.
            let pieces = if article.kind == Kind::Page { pieces(&text) } else { vec![&*text] };
            // What says a fact that has run out is no longer shown.
            let facts = render::facts_used(section);
            let facts = facts.into_iter().filter_map(|name| article.facts.get(name));
            let valid = facts.fold(article.valid, |valid, fact| valid.and(fact.valid));
            let said = pieces.into_iter().filter(|piece| !piece.trim().is_empty());
            passages.extend(said.map(|piece| Passage {
                article: article.id.clone(),
                language: language.clone(),
                title: words.title.clone(),
                heading: section.heading.clone(),
                facet: section.facet,
                section: place,
                text: piece.to_owned(),
                valid,
            }));
        }
    }
    passages
}

/// Cuts a long text at the ends of paragraphs, or of sentences where a paragraph is long, so that
/// each piece answers one thing. No character is lost but the white space between pieces.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut ends = sentence_ends(text).peekable();
    while let Some(end) = ends.next() {
        let length = weight(&text[start..end]);
        let with_next = ends.peek().map_or(usize::MAX, |next| weight(&text[start..*next]));
        let paragraph = text[..end].ends_with("\n\n");
        if with_next > PIECE || (paragraph && length > PIECE / 2) {
            pieces.push(text[start..end].trim());
            start = end;
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// How long a piece may grow, in letters; a Chinese character holds about three.
const PIECE: usize = 900;

fn weight(text: &str) -> usize {
    text.chars().map(|c| if nlu::script::is_han(c) { 3 } else { 1 }).sum()
}

/// Where sentences and paragraphs end, in bytes; the text's own end is the last.
pub(crate) fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut letters = text.char_indices().peekable();
    let ends = std::iter::from_fn(move || {
        while let Some((at, c)) = letters.next() {
            let next = letters.peek().map(|(_, c)| *c);
            let end = match c {
                '。' | '！' | '？' => true,
                '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
                '\n' => next != Some('\n'),
                _ => false,
            };
            if end {
                return Some(at + c.len_utf8());
            }
        }
        None
    });
    let mut last = 0;
    ends.chain([text.len()]).filter(move |end| {
        let fresh = *end > last;
        last = *end;
        fresh
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PIECE, pieces, weight};

    #[test]
    fn long_text_is_cut_at_sentences() {
        let sentence = "本区居民可以凭身份证办理。";
        let text = sentence.repeat(40);
        let cut = pieces(&text);
        assert!(cut.len() > 1 && cut.iter().all(|piece| piece.ends_with('。')), "{cut:?}");
        assert!(cut.iter().all(|piece| weight(piece) <= PIECE));
        assert_eq!(pieces("One. Two.").len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_lost(text in "([a-z。 .\n]{0,80}){0,40}") {
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&pieces(&text).concat()), bare(&text));
        }
    }
}
