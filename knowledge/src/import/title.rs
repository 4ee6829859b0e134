//! A title for a page that has none: its first sentence, cut to sixty characters.

const LONGEST: usize = 60;

/// Text on one line, without characters that cannot be seen.
pub(super) fn one_line(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text, without marks of headings and lists before it.
pub(super) fn of(text: &str) -> String {
    let marks = |c: char| c.is_whitespace() || "#*->+•=_`|".contains(c);
    let lines = text.lines().map(|line| one_line(line.trim_start_matches(marks)));
    let line = lines.into_iter().find(|line| line.chars().any(char::is_alphanumeric));
    let line = line.unwrap_or_else(|| one_line(text));
    let title = cut(sentence(&line));
    if title.is_empty() { "—".to_owned() } else { title }
}

fn sentence(line: &str) -> &str {
    let ends = line.char_indices().find(|&(at, c)| {
        let rest = &line[at + c.len_utf8()..];
        match c {
            '。' | '！' | '？' => true,
            // "3." and "b)." are numbers of a list, not sentences.
            '.' => {
                rest.starts_with(' ')
                    && line[..at].chars().filter(|c| c.is_alphabetic()).count() > 1
            }
            '!' | '?' => rest.starts_with(' '),
            // Chinese has no spaces within a sentence: a long piece before one is a headline.
            ' ' => (8..=LONGEST).contains(&line[..at].chars().count()) && is_han_around(line, at),
            _ => false,
        }
    });
    match ends {
        Some((at, '。' | '.' | ' ')) if at > 0 => &line[..at],
        Some((at, c)) => &line[..at + c.len_utf8()],
        None => {
            line.strip_suffix('.').filter(|l| l.ends_with(char::is_alphanumeric)).unwrap_or(line)
        }
    }
}

fn is_han_around(line: &str, at: usize) -> bool {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    line[..at].ends_with(is_han)
        && line[at..].trim_start().starts_with(|c| is_han(c) || c.is_ascii_digit())
}

fn cut(sentence: &str) -> String {
    let Some((end, _)) = sentence.char_indices().nth(LONGEST) else { return sentence.to_owned() };
    let (last, _) = sentence.char_indices().nth(LONGEST - 1).unwrap_or((end, ' '));
    let room = &sentence[..last];
    // Words are not cut in two, unless one is as long as all of it.
    let at_word = sentence[last..].starts_with(' ');
    let kept = match room.rfind(' ') {
        Some(space) if !at_word && space > last / 2 && room.is_ascii() => &room[..space],
        _ => room,
    };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(of(text), expected);
    }

    #[test]
    fn a_title_is_the_first_sentence() {
        check("#  Tax if you leave the UK\n\nIf you work", "Tax if you leave the UK");
        check("居住证怎么办？去窗口。", "居住证怎么办？");
        check("去窗口。带证件。", "去窗口");
        check("Version 1.2 is out. Read on.", "Version 1.2 is out");
        check("3. Go there. Then", "3. Go there");
        check("市政府召开新闻发布会 2020年2月4日，为做好", "市政府召开新闻发布会");
        check("...", "...");
        check("", "—");
    }

    #[test]
    fn a_long_title_is_cut_to_sixty_characters() {
        let long = of(&"居".repeat(100));
        assert_eq!(long.chars().count(), 60);
        let words = of(&"many words ".repeat(20));
        assert!(words.chars().count() <= 60 && words.ends_with("many…"), "{words}");
    }
}
