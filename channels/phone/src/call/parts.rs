//! A spoken answer in parts that an ear can keep: a few sentences each, the first one first.

/// Letters of a part in Chinese, where a letter is a syllable: about twelve seconds.
const WIDE: usize = 60;
/// Letters of a part in languages of an alphabet: about as long.
const NARROW: usize = 190;

/// How much is said at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// As most people can follow.
    Usual,
    /// Less, for those who asked for it slower.
    Small,
}

/// The parts of a text, in order; nothing is lost but white space.
pub(crate) fn parts(text: &str, size: Size) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut room = 0;
    for sentence in sentences(text) {
        let length = length(sentence);
        if length <= room
            && let Some(last) = parts.last_mut()
        {
            if !sentence.starts_with(is_wide) {
                last.push(' ');
            }
            last.push_str(sentence);
            room -= length;
        } else {
            parts.push(sentence.to_owned());
            room = whole(size).saturating_sub(length);
        }
    }
    // A last part of a few words is no part of its own.
    if let [.., before, last] = &parts[..]
        && length(last) + length(before) <= whole(size) + whole(size) / 3
    {
        let joined = format!("{before} {last}");
        parts.truncate(parts.len() - 2);
        parts.push(joined);
    }
    parts
}

/// A text's sentences with their marks.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            let end = end(rest)?;
            let (sentence, after) = rest.split_at(end);
            rest = after;
            Some(sentence.trim())
        })
        .filter(|sentence| !sentence.is_empty())
    })
}

/// Where the first sentence ends.
fn end(text: &str) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends && !next.is_some_and(|next| "”’」』）".contains(next)) {
            return Some(at + c.len_utf8());
        }
    }
    Some(text.len())
}

/// How long something takes to say, in letters of an alphabet.
fn length(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { NARROW / WIDE } else { 1 }).sum()
}

fn whole(size: Size) -> usize {
    match size {
        Size::Usual => NARROW,
        Size::Small => NARROW / 2,
    }
}

fn is_wide(c: char) -> bool {
    c >= '\u{2e80}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_answer_is_one_part() {
        assert_eq!(parts("一共一百二十元。七个工作日办好。", Size::Usual).len(), 1);
        assert_eq!(parts("Fee: 12.50 yuan. It takes a week.", Size::Usual).len(), 1);
    }

    #[test]
    fn a_long_answer_comes_in_parts_of_whole_sentences() {
        let text = "请带身份证原件和复印件。请带一张近期的白底照片。请带户口簿原件。".repeat(4);
        let usual = parts(&text, Size::Usual);
        let small = parts(&text, Size::Small);
        assert!(usual.len() > 1 && small.len() > usual.len(), "{usual:?} {small:?}");
        assert!(usual.iter().all(|part| part.ends_with('。')));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "(\\PC|[。.!? \\n]){0,300}", small in any::<bool>()) {
            let size = if small { Size::Small } else { Size::Usual };
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let joined: String = parts(&text, size).iter().map(|part| bare(part)).collect();
            prop_assert_eq!(joined, bare(&text));
        }
    }
}
