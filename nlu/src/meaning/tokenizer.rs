//! From a text to the numbers of its pieces: SentencePiece's unigram model as its file `sp.model`
//! describes it. Cutting and spelling are done by `pieces` and `normalizer`.

use super::{
    ModelError,
    normalizer::Normalizer,
    pieces::{Pieces, UNKNOWN},
    protobuf::{Damaged, Value, fields},
};

/// The bytes of a text that are read at all: far more than the longest meaning needs.
const READ: usize = 4096;

/// What stands before and after every text.
const BEGIN: u32 = 1;
const END: u32 = 2;

/// The tokenizer.
pub struct Tokenizer {
    normalizer: Normalizer,
    pieces: Pieces,
}

impl Tokenizer {
    /// Reads `sp.model` (sentencepiece_model.proto: field 1 pieces, field 3 the normalizer).
    pub fn read(model: &[u8]) -> Result<Tokenizer, ModelError> {
        let damaged = |_: Damaged| ModelError::Tokenizer("is damaged");
        let mut pieces = Vec::new();
        let mut table: &[u8] = &[];
        for field in fields(model) {
            match field.map_err(damaged)? {
                (1, Value::Bytes(message)) => pieces.push(piece(message)?),
                (3, Value::Bytes(message)) => {
                    for field in fields(message) {
                        if let (2, Value::Bytes(bytes)) = field.map_err(damaged)? {
                            table = bytes;
                        }
                    }
                }
                _ => {}
            }
        }
        if pieces.len() <= END as usize {
            return Err(ModelError::Tokenizer("has no pieces"));
        }
        let normalizer = Normalizer::read(table)
            .ok_or(ModelError::Tokenizer("has a damaged table of replacements"))?;
        Ok(Tokenizer { normalizer, pieces: Pieces::new(&pieces) })
    }

    /// How many pieces it knows: every number that `encode` gives is below this.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// The numbers of a text's first pieces, `longest` at most, between those of its two ends.
    pub fn encode(&self, text: &str, longest: usize) -> Vec<u32> {
        let text = &text[..text.floor_char_boundary(READ)];
        let mut numbers = self.pieces.cut(&self.normalizer.normalize(text));
        numbers.truncate(longest);
        if numbers.is_empty() {
            numbers.push(UNKNOWN);
        }
        numbers.insert(0, BEGIN);
        numbers.push(END);
        numbers
    }
}

/// One piece: field 1 its text, field 2 its score.
fn piece(message: &[u8]) -> Result<(&str, f32), ModelError> {
    let wrong = ModelError::Tokenizer("has a damaged piece");
    let (mut text, mut score) = ("", 0.0);
    for field in fields(message) {
        match field {
            Ok((1, Value::Bytes(bytes))) => match std::str::from_utf8(bytes) {
                Ok(piece) => text = piece,
                Err(_) => return Err(wrong),
            },
            Ok((2, Value::Fixed32(bytes))) => score = f32::from_le_bytes(bytes),
            Ok(_) => {}
            Err(Damaged) => return Err(wrong),
        }
    }
    match text.is_empty() || !score.is_finite() {
        true => Err(wrong),
        false => Ok((text, score)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(pieces: &[(&str, f32)]) -> Vec<u8> {
        let mut model = Vec::new();
        for (text, score) in pieces {
            model.extend([0x0a, text.len() as u8 + 7, 0x0a, text.len() as u8]);
            model.extend(text.as_bytes());
            model.push(0x15);
            model.extend(score.to_le_bytes());
        }
        model
    }

    #[test]
    fn a_text_stands_between_its_ends() {
        let pieces = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), ("▁", -1.0), ("a", -1.0)];
        let tokenizer = Tokenizer::read(&model(&pieces)).expect("a tokenizer");
        assert_eq!(tokenizer.encode(" a a", 9), [1, 3, 4, 3, 4, 2]);
        assert_eq!(tokenizer.encode("a a a", 2), [1, 3, 4, 2]);
        assert_eq!(tokenizer.encode("  ", 9), [1, 0, 2]);
        assert_eq!(tokenizer.encode(&"a".repeat(99_999), 3), [1, 3, 4, 4, 2]);
    }

    #[test]
    fn what_is_no_tokenizer_is_refused() {
        assert!(Tokenizer::read(b"").is_err());
        assert!(Tokenizer::read(&model(&[("<unk>", 0.0)])).is_err());
        assert!(Tokenizer::read(&model(&[("a", f32::NAN), ("b", 0.0), ("c", 0.0)])).is_err());
        let whole = model(&[("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0)]);
        assert!(Tokenizer::read(&whole[..whole.len() - 2]).is_err());
    }
}
