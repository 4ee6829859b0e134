//! What the model's tokens are: which steer, which are words, and which are never said.

use whisper_rs::{WhisperContext, get_lang_id};

/// A token's number.
pub type Token = i32;

/// Characters that captions are full of and nobody says: brackets, notes, marks of editing.
const UNSAID: &str = "\"#()*+/:;<=>@[\\]^_`{|}~「」『』♩♪♫♬♭♮♯《》【】〈〉";

/// The tokens of one model.
pub struct Vocabulary {
    /// Starts a transcript.
    pub start: Token,
    /// Stands before what was said before.
    pub before: Token,
    /// Asks for what was said, not for a translation.
    pub transcribe: Token,
    /// The first of the times, 0.00 s; each next is 20 ms later, up to 30.00 s.
    pub times: Token,
    /// Nobody speaks.
    pub silence: Token,
    /// Ends a transcript; all tokens below it are text.
    pub end: Token,
    /// Text tokens that nobody says.
    unsaid: Vec<Token>,
    /// Tokens that may not come first: the end, and a lone space.
    not_first: Vec<Token>,
    /// The bytes of each text token.
    bytes: Vec<Box<[u8]>>,
    /// Text tokens that are one digit, or what is written between digits.
    digits: Vec<Token>,
    /// The token of each language that is asked for, by its code.
    languages: Vec<(&'static str, Token)>,
}

impl Vocabulary {
    /// That of a loaded model.
    pub fn of(context: &WhisperContext) -> Vocabulary {
        let end = context.token_eot();
        let bytes: Vec<Box<[u8]>> =
            (0..end).map(|token| context.token_to_bytes(token).unwrap_or(b"").into()).collect();
        let picked = |wanted: &dyn Fn(&str) -> bool| -> Vec<Token> {
            let texts = bytes.iter().map(|bytes| std::str::from_utf8(bytes).unwrap_or("?"));
            (0..).zip(texts).filter(|(_, text)| wanted(text)).map(|(token, _)| token).collect()
        };
        let mut not_first = picked(&|text| text == " ");
        not_first.push(end);
        Vocabulary {
            start: context.token_sot(),
            before: context.token_prev(),
            transcribe: context.token_transcribe(),
            silence: context.token_nosp(),
            times: context.token_beg(),
            end,
            unsaid: picked(&is_unsaid),
            not_first,
            digits: picked(&is_digit),
            languages: ["zh", "en"]
                .into_iter()
                .chain((0..whisper_rs::get_lang_max_id()).filter_map(whisper_rs::get_lang_str))
                .filter_map(|code| Some((code, context.token_lang(get_lang_id(code)?))))
                .collect(),
            bytes,
        }
    }

    /// The token of a language, by its two letters.
    pub fn language(&self, code: &str) -> Option<Token> {
        self.languages.iter().find(|(known, _)| *known == code).map(|(_, token)| *token)
    }

    /// The text of tokens; what is no whole character is left out.
    pub fn text(&self, tokens: &[Token]) -> String {
        let bytes: Vec<u8> = tokens
            .iter()
            .filter_map(|token| self.bytes.get(usize::try_from(*token).ok()?))
            .flat_map(|bytes| bytes.iter().copied())
            .collect();
        String::from_utf8_lossy(&bytes).replace(char::REPLACEMENT_CHARACTER, "")
    }

    /// Strikes out of `scores` what cannot come here: marks that nobody says, steering, and first of
    /// all an end.
    pub fn strike(&self, scores: &mut [f32], first: bool) {
        let unsaid = self.unsaid.iter();
        for token in unsaid.chain(self.not_first.iter().filter(|_| first)) {
            if let Some(score) = usize::try_from(*token).ok().and_then(|at| scores.get_mut(at)) {
                *score = f32::NEG_INFINITY;
            }
        }
        let (_, above) = scores.split_at_mut(self.at(self.end, scores.len()) + 1);
        let steering =
            self.at(self.times, usize::MAX).saturating_sub(self.at(self.end, usize::MAX) + 1);
        let (steering, _) = above.split_at_mut(steering.min(above.len()));
        steering.fill(f32::NEG_INFINITY);
    }

    /// Leaves of the words only those that are allowed.
    pub fn allow(&self, scores: &mut [f32], allowed: Allowed) {
        if allowed == Allowed::Words {
            return;
        }
        let words = self.at(self.end, scores.len());
        let kept: Vec<(usize, f32)> = self
            .digits
            .iter()
            .filter_map(|token| usize::try_from(*token).ok())
            .filter_map(|at| Some((at, *scores.get(at)?)))
            .collect();
        scores[..words].fill(f32::NEG_INFINITY);
        for (at, score) in kept {
            scores[at] = score;
        }
    }

    /// The scores of words and of the end, and those of times.
    pub fn split<'a>(&self, scores: &'a [f32]) -> (&'a [f32], &'a [f32]) {
        scores.split_at(self.at(self.times, scores.len()))
    }

    /// A token as a place, at most `most`.
    fn at(&self, token: Token, most: usize) -> usize {
        usize::try_from(token).unwrap_or(0).min(most)
    }
}

/// Which words may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Any.
    Words,
    /// Digits, one a token, and what is written between them.
    Digits,
}

/// Whether a token is only marks that nobody says; a dash or an apostrophe is not said between words.
fn is_unsaid(text: &str) -> bool {
    let marks = text.trim();
    matches!(text, " -" | " '")
        || (!marks.is_empty()
            && marks.chars().all(|c| UNSAID.contains(c) || c == '-' && marks.len() > 1))
}

/// Whether a token is one digit, or what is written between digits.
fn is_digit(text: &str) -> bool {
    let digit = text.strip_prefix(' ').unwrap_or(text);
    matches!(text, " " | "," | "-" | ".")
        || (digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()))
}
