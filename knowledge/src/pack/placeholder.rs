//! What stands in braces: `{fee}`, `{service:ID}`. `{{` and `}}` are braces themselves.
//! Ends at syntax; `render` fills them, `read` checks that they can be filled.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words as they stand; for a doubled brace, one brace.
    Text(&'t str),
    /// A name in braces, without them.
    Name(&'t str),
    /// A brace that opens nothing.
    Broken(&'t str),
}

/// The pieces of a text in order, each with its offset.
pub fn pieces(text: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let brace = at + found;
        let doubled = text[brace + 1..].starts_with(&text[brace..=brace]);
        if text[brace..].starts_with('}') || doubled {
            // The first of two is kept, the second passed over; a lone `}` is itself.
            let kept = brace + 1;
            at = kept + usize::from(doubled);
            push(&mut pieces, start, &text[start..kept]);
            start = at;
            continue;
        }
        push(&mut pieces, start, &text[start..brace]);
        let rest = &text[brace + 1..];
        let end = rest.find(['}', '{', '\n']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        if rest[end..].starts_with('}') && is_name(name) {
            pieces.push((brace, Piece::Name(name)));
            at = brace + 1 + end + 1;
        } else {
            pieces.push((brace, Piece::Broken(&text[brace..brace + 1 + end])));
            at = brace + 1 + end;
        }
        start = at;
    }
    push(&mut pieces, start, &text[start..]);
    pieces
}

fn push<'t>(pieces: &mut Vec<(usize, Piece<'t>)>, at: usize, text: &'t str) {
    if !text.is_empty() {
        pieces.push((at, Piece::Text(text)));
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | ' '))
}

/// Text that comes out of [`pieces`] as it went in.
pub fn escape(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let said: Vec<String> = pieces(text)
            .into_iter()
            .map(|(_, piece)| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Name(name) => format!("<{name}>"),
                Piece::Broken(text) => format!("!{text}!"),
            })
            .collect();
        assert_eq!(said.join("|"), expected, "{text}");
    }

    #[test]
    fn braces_are_told_apart() {
        check("受理后 {time}。", "受理后 |<time>|。");
        check("{service:id-card}", "<service:id-card>");
        check("{ fee }", "<fee>");
        check("a {{fee}} b", "a {|fee}| b");
        check("a } b", "a }| b");
        check("{fee", "!{fee!");
        check("{}", "!{!|}");
        check("{a{b}", "!{a!|<b>");
        check("{a\n}", "!{a!|\n}");
        check("{{{fee}}}", "{|<fee>|}");
        check("", "");
    }

    proptest! {
        #[test]
        fn anything_escaped_comes_out_as_it_went_in(text in "[{}a中 \n]{0,40}") {
            let escaped = escape(&text);
            let out: String = pieces(&escaped)
                .into_iter()
                .map(|(_, piece)| match piece {
                    Piece::Text(text) => text,
                    _ => "BROKEN",
                })
                .collect();
            prop_assert_eq!(out, text);
        }

        #[test]
        fn nothing_is_lost_or_panics(text in any::<String>()) {
            for (at, piece) in pieces(&text) {
                let (Piece::Text(said) | Piece::Name(said) | Piece::Broken(said)) = piece;
                prop_assert!(text[at..].contains(said));
            }
        }
    }
}
