//! A Whisper model in CTranslate2's form becomes one in whisper.cpp's (ggml): the same numbers under
//! other names, in another order, with the filters and words that whisper.cpp wants beside them. Tensors
//! are copied piece by piece, so that memory does not grow with the model.

mod ct2;
mod mel;
#[cfg(test)]
mod sample;
mod words;

use std::io::{self, Read, Seek, SeekFrom, Write};

use half::f16;

use ct2::{Ct2Error, Kind, Tensor, Tensors};
use words::WordsError;

/// What a ggml file begins with.
const MAGIC: i32 = 0x67676d6c;

/// That numbers are kept in four bytes, or in two.
const WHOLE: i32 = 0;
const HALF: i32 = 1;

/// The width of one attention head, in every Whisper model.
const HEAD: u32 = 64;

/// More bands of frequencies than any Whisper model hears.
const MOST_BANDS: u32 = 1_024;

/// What a layer's tensor may consist of.
const BOTH: [&str; 2] = ["weight", "bias"];
const WEIGHT: [&str; 1] = ["weight"];

/// How many numbers are copied at once.
const CHUNK: usize = 1 << 15;

/// A model cannot be converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// It is not what it should be.
    #[error(transparent)]
    Model(#[from] Ct2Error),
    /// Its words are not what they should be.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// The disk failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A tensor is not there, or not as it should be.
    #[error("its tensor {0} is missing or has another form")]
    Tensor(String),
}

/// One tensor as it is written.
struct Piece {
    to: String,
    from: Tensor,
}

/// Converts a model and its words, a tokenizer.json. What is written comes in small pieces: buffer it.
pub fn convert(
    model: &mut (impl Read + Seek),
    tokenizer: impl Read,
    to: &mut impl Write,
) -> Result<(), ConvertError> {
    let tensors = ct2::read(&mut io::BufReader::new(&mut *model))?;
    let sizes = Sizes::of(&tensors)?;
    let pieces = Plan { tensors: &tensors, width: sizes.width, pieces: vec![] }.all(&sizes)?;
    sizes.write(to)?;
    let words = words::read(tokenizer)?;
    numbers(to, &[length(words.len())?])?;
    for word in words {
        numbers(to, &[length(word.len())?])?;
        to.write_all(&word)?;
    }
    pieces.iter().try_for_each(|piece| piece.write(model, to))
}

/// How large a model is.
struct Sizes {
    words: u32,
    width: u32,
    sounds: u32,
    texts: u32,
    bands: u32,
    hearing: u32,
    writing: u32,
}

impl Sizes {
    fn of(tensors: &Tensors) -> Result<Sizes, ConvertError> {
        let shape = |name: &str, dimensions: usize| {
            let tensor = tensors.get(name).filter(|tensor| tensor.shape.len() == dimensions);
            tensor.map(|tensor| &tensor.shape).ok_or_else(|| ConvertError::Tensor(name.into()))
        };
        let layers = |side: &str| {
            let there = |layer: &u32| {
                tensors
                    .contains_key(&format!("{side}/layer_{layer}/self_attention/linear_0/weight"))
            };
            (0..).take_while(there).count() as u32
        };
        let words = shape("decoder/embeddings/weight", 2)?;
        let bands = shape("encoder/conv1/weight", 3)?[1];
        if words[1] == 0 || words[1] % HEAD != 0 {
            return Err(ConvertError::Tensor("decoder/embeddings/weight".into()));
        }
        if bands == 0 || bands > MOST_BANDS {
            return Err(ConvertError::Tensor("encoder/conv1/weight".into()));
        }
        Ok(Sizes {
            words: words[0],
            width: words[1],
            sounds: shape("encoder/position_encodings/encodings", 2)?[0],
            texts: shape("decoder/position_encodings/encodings", 2)?[0],
            bands,
            hearing: layers("encoder"),
            writing: layers("decoder"),
        })
    }

    /// The head of the file, and the filters.
    fn write(&self, to: &mut impl Write) -> Result<(), ConvertError> {
        numbers(to, &[MAGIC])?;
        let heads = self.width / HEAD;
        let hearing = [self.words, self.sounds, self.width, heads, self.hearing];
        let writing = [self.texts, self.width, heads, self.writing, self.bands];
        for number in hearing.into_iter().chain(writing) {
            numbers(to, &[length(number as usize)?])?;
        }
        numbers(to, &[HALF, length(self.bands as usize)?, length(mel::FREQUENCIES)?])?;
        for row in mel::filters(self.bands as usize) {
            row.iter().try_for_each(|weight| to.write_all(&weight.to_le_bytes()))?;
        }
        Ok(())
    }
}

/// Which tensor becomes which, in the order of OpenAI's own files.
struct Plan<'a> {
    tensors: &'a Tensors,
    width: u32,
    pieces: Vec<Piece>,
}

impl Plan<'_> {
    fn all(mut self, sizes: &Sizes) -> Result<Vec<Piece>, ConvertError> {
        self.one("encoder.positional_embedding", "encoder/position_encodings/encodings")?;
        for layer in ["conv1", "conv2"] {
            self.one(&format!("encoder.{layer}.weight"), &format!("encoder/{layer}/weight"))?;
            self.one(&format!("encoder.{layer}.bias"), &format!("encoder/{layer}/bias"))?;
            // One number a channel, over all moments.
            if let Some(bias) = self.pieces.last_mut() {
                bias.from.shape.push(1);
            }
        }
        for layer in 0..sizes.hearing {
            self.layer("encoder", layer)?;
        }
        self.norm("encoder.ln_post", "encoder/layer_norm")?;
        self.one("decoder.token_embedding.weight", "decoder/embeddings/weight")?;
        self.one("decoder.positional_embedding", "decoder/position_encodings/encodings")?;
        for layer in 0..sizes.writing {
            self.layer("decoder", layer)?;
        }
        self.norm("decoder.ln", "decoder/layer_norm")?;
        Ok(self.pieces)
    }

    fn layer(&mut self, side: &str, number: u32) -> Result<(), ConvertError> {
        let (from, to) = (format!("{side}/layer_{number}"), format!("{side}.blocks.{number}"));
        let own = format!("{from}/self_attention");
        // Query, key and value lie in one tensor, one after the other. A key has no bias.
        self.third(&format!("{to}.attn.query"), &format!("{own}/linear_0"), 0, &BOTH)?;
        self.third(&format!("{to}.attn.key"), &format!("{own}/linear_0"), 1, &WEIGHT)?;
        self.third(&format!("{to}.attn.value"), &format!("{own}/linear_0"), 2, &BOTH)?;
        self.linear(&format!("{to}.attn.out"), &format!("{own}/linear_1"))?;
        self.norm(&format!("{to}.attn_ln"), &format!("{own}/layer_norm"))?;
        if side == "decoder" {
            let (across, to) = (format!("{from}/attention"), format!("{to}.cross_attn"));
            self.linear(&format!("{to}.query"), &format!("{across}/linear_0"))?;
            self.third(&format!("{to}.key"), &format!("{across}/linear_1"), 0, &WEIGHT)?;
            self.third(&format!("{to}.value"), &format!("{across}/linear_1"), 1, &BOTH)?;
            self.linear(&format!("{to}.out"), &format!("{across}/linear_2"))?;
            self.norm(&format!("{to}_ln"), &format!("{across}/layer_norm"))?;
        }
        self.linear(&format!("{to}.mlp.0"), &format!("{from}/ffn/linear_0"))?;
        self.linear(&format!("{to}.mlp.2"), &format!("{from}/ffn/linear_1"))?;
        self.norm(&format!("{to}.mlp_ln"), &format!("{from}/ffn/layer_norm"))
    }

    fn linear(&mut self, to: &str, from: &str) -> Result<(), ConvertError> {
        BOTH.iter()
            .try_for_each(|kind| self.one(&format!("{to}.{kind}"), &format!("{from}/{kind}")))
    }

    fn norm(&mut self, to: &str, from: &str) -> Result<(), ConvertError> {
        self.one(&format!("{to}.weight"), &format!("{from}/gamma"))?;
        self.one(&format!("{to}.bias"), &format!("{from}/beta"))
    }

    fn one(&mut self, to: &str, from: &str) -> Result<(), ConvertError> {
        let found = self.tensors.get(from).filter(|tensor| tensor.kind != Kind::Other);
        let tensor = found.cloned().ok_or_else(|| ConvertError::Tensor(from.into()))?;
        self.pieces.push(Piece { to: to.into(), from: tensor });
        Ok(())
    }

    /// As many rows as the model is wide, from that many times so many on.
    fn third(
        &mut self,
        to: &str,
        from: &str,
        place: u32,
        kinds: &[&str],
    ) -> Result<(), ConvertError> {
        for kind in kinds {
            let from = format!("{from}/{kind}");
            self.one(&format!("{to}.{kind}"), &from)?;
            let (rows, place) = (u64::from(self.width), u64::from(place));
            let cut = |tensor: &mut Tensor| {
                let first = tensor.shape.first_mut()?;
                let all = u64::from(*first);
                if rows * (place + 1) > all {
                    return None;
                }
                *first = self.width;
                tensor.at += tensor.bytes / all * rows * place;
                tensor.bytes = tensor.bytes / all * rows;
                Some(())
            };
            let cut = self.pieces.last_mut().and_then(|piece| cut(&mut piece.from));
            cut.ok_or(ConvertError::Tensor(from))?;
        }
        Ok(())
    }
}

impl Piece {
    fn write(
        &self,
        model: &mut (impl Read + Seek),
        to: &mut impl Write,
    ) -> Result<(), ConvertError> {
        let Tensor { shape, kind, at, bytes } = &self.from;
        let (wanted, mark) = match self.is_small() {
            true => (Kind::F32, WHOLE),
            false => (Kind::F16, HALF),
        };
        numbers(to, &[length(shape.len())?, length(self.to.len())?, mark])?;
        for &dimension in shape.iter().rev() {
            numbers(to, &[length(dimension as usize)?])?;
        }
        to.write_all(self.to.as_bytes())?;
        model.seek(SeekFrom::Start(*at))?;
        let mut chunk = vec![0; CHUNK * kind.size() as usize];
        let mut left = *bytes;
        while left > 0 {
            let now = left.min(chunk.len() as u64) as usize;
            model.read_exact(&mut chunk[..now])?;
            rewrite(&chunk[..now], *kind, wanted, to)?;
            left -= now as u64;
        }
        Ok(())
    }

    /// Small tensors are written with four bytes a number.
    fn is_small(&self) -> bool {
        let wide = self.from.shape.len() > 1;
        !wide || [".bias", "positional_embedding"].iter().any(|end| self.to.ends_with(end))
    }
}

/// Writes numbers as they are wanted.
fn rewrite(bytes: &[u8], kind: Kind, wanted: Kind, to: &mut impl Write) -> io::Result<()> {
    let pairs = || bytes.chunks_exact(2).map(|pair| f16::from_le_bytes([pair[0], pair[1]]));
    let fours = || {
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    };
    let written: Vec<u8> = match (kind, wanted) {
        (Kind::F16, Kind::F32) => {
            pairs().flat_map(|number| number.to_f32().to_le_bytes()).collect()
        }
        (Kind::F32, Kind::F16) => {
            fours().flat_map(|number| f16::from_f32(number).to_le_bytes()).collect()
        }
        _ => return to.write_all(bytes),
    };
    to.write_all(&written)
}

fn numbers(to: &mut impl Write, numbers: &[i32]) -> io::Result<()> {
    numbers.iter().try_for_each(|number| to.write_all(&number.to_le_bytes()))
}

fn length(number: usize) -> io::Result<i32> {
    i32::try_from(number).map_err(io::Error::other)
}

#[cfg(test)]
mod tests;
