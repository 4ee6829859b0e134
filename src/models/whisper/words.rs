//! The pieces of words that Whisper writes with, from a tokenizer.json to the bytes that each of them
//! stands for.

use std::{collections::BTreeMap, io::Read};

use serde::Deserialize;

/// More than any tokenizer.json has.
const MOST_BYTES: u64 = 64 << 20;

/// Words cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// It is something else.
    #[error("it is no tokenizer.json: {0}")]
    Form(#[from] serde_json::Error),
    /// A number is missing, or a character stands for no byte.
    #[error("piece {0} is missing, or is not written in GPT-2's way")]
    Piece(usize),
}

#[derive(Deserialize)]
struct Tokenizer {
    model: Vocabulary,
    #[serde(default)]
    added_tokens: Vec<Added>,
}

#[derive(Deserialize)]
struct Vocabulary {
    vocab: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
}

/// The pieces in the order of their numbers. Marks such as the end of a text are left out: they were
/// added behind all pieces.
pub fn read(from: impl Read) -> Result<Vec<Vec<u8>>, WordsError> {
    let tokenizer: Tokenizer = serde_json::from_reader(from.take(MOST_BYTES))?;
    let end = tokenizer.added_tokens.iter().map(|added| added.id).min().unwrap_or(u32::MAX);
    let mut pieces: Vec<_> =
        tokenizer.model.vocab.iter().filter(|(_, number)| **number < end).collect();
    pieces.sort_by_key(|(_, number)| **number);
    let bytes = bytes();
    let piece = |(place, (text, &number)): (usize, (&String, &u32))| {
        let written = text.chars().map(|c| bytes.get(&c).copied()).collect::<Option<Vec<u8>>>();
        written.filter(|_| number as usize == place).ok_or(WordsError::Piece(place))
    };
    pieces.into_iter().enumerate().map(piece).collect()
}

/// GPT-2 writes every byte as a character that can be seen: itself where it can, else one of those
/// from 256 on.
fn bytes() -> BTreeMap<char, u8> {
    let seen = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let (itself, unseen): (Vec<u8>, Vec<u8>) = (0..=255).partition(seen);
    let others = unseen.into_iter().zip('\u{100}'..).map(|(byte, c)| (c, byte));
    itself.into_iter().map(|byte| (char::from(byte), byte)).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pieces_come_in_order_as_bytes() {
        let json = r#"{"model": {"vocab": {"Ġa": 2, "!": 0, "å±": 1, "<|end|>": 3}},
                       "added_tokens": [{"id": 4}, {"id": 3, "content": "<|end|>"}]}"#;
        let pieces = read(json.as_bytes()).expect("read");
        assert_eq!(pieces, [b"!".to_vec(), vec![0xe5, 0xb1], b" a".to_vec()]);
    }

    #[test]
    fn gaps_doubles_and_strange_characters_are_refused() {
        for vocabulary in [r#"{"a": 1}"#, r#"{"a": 0, "b": 0}"#, r#"{"居": 0}"#, r#"{"a": -1}"#] {
            let json = format!(r#"{{"model": {{"vocab": {vocabulary}}}}}"#);
            read(json.as_bytes()).expect_err("refused");
        }
    }

    #[test]
    fn every_byte_has_one_character() {
        let bytes = bytes();
        assert_eq!(bytes.len(), 256);
        assert_eq!((bytes[&'a'], bytes[&'Ġ'], bytes[&'Ċ']), (b'a', b' ', b'\n'));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(bytes.as_slice());
        }
    }
}
