//! The form in which CTranslate2 keeps a Whisper model: a list of named tensors. Here is found where
//! each of them lies; nothing is kept in memory but names and places. Any bytes may come.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek},
};

/// The version of the form, and of the model in it, that is understood.
const VERSION: u32 = 6;
const SPECIFICATION: (&str, u32) = ("WhisperSpec", 3);

/// More tensors, dimensions or other names than any Whisper model has.
const MOST_TENSORS: u32 = 10_000;
const MOST_DIMENSIONS: u8 = 4;

/// A model cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Ct2Error {
    /// The disk failed.
    #[error(transparent)]
    Io(io::Error),
    /// It is something else.
    #[error("it is not a Whisper model in CTranslate2's form: {0}")]
    Form(&'static str),
}

impl From<io::Error> for Ct2Error {
    fn from(error: io::Error) -> Ct2Error {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Ct2Error::Form("it ends too early"),
            _ => Ct2Error::Io(error),
        }
    }
}

/// How the numbers of a tensor are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Four bytes each.
    F32,
    /// Two bytes each.
    F16,
    /// In a way that is not converted.
    Other,
}

/// Where a tensor lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor {
    /// Its dimensions.
    pub shape: Vec<u32>,
    /// Its numbers.
    pub kind: Kind,
    /// Its first byte.
    pub at: u64,
    /// Its length in bytes.
    pub bytes: u64,
}

/// Tensors by their names, second names too.
pub type Tensors = BTreeMap<String, Tensor>;

impl Kind {
    /// The bytes of one number; one, where it is not known.
    pub fn size(self) -> u64 {
        match self {
            Kind::F32 => 4,
            Kind::F16 => 2,
            Kind::Other => 1,
        }
    }
}

/// Reads where the tensors of a model lie.
pub fn read(from: &mut (impl Read + Seek)) -> Result<Tensors, Ct2Error> {
    let length = from.seek(io::SeekFrom::End(0))?;
    from.rewind()?;
    let mut reader = Reader { from, at: 0, length };
    if reader.u32()? != VERSION {
        return Err(Ct2Error::Form("its version is not 6"));
    }
    if (reader.name()?.as_str(), reader.u32()?) != SPECIFICATION {
        return Err(Ct2Error::Form("it does not say WhisperSpec, revision 3"));
    }
    let mut tensors = Tensors::new();
    for _ in 0..reader.count()? {
        let name = reader.name()?;
        let tensor = reader.tensor()?;
        if tensors.insert(name, tensor).is_some() {
            return Err(Ct2Error::Form("two tensors have one name"));
        }
    }
    for _ in 0..reader.count()? {
        let (second, first) = (reader.name()?, reader.name()?);
        let same = tensors.get(&first).cloned();
        tensors.insert(second, same.ok_or(Ct2Error::Form("a second name is nobody's"))?);
    }
    match reader.at == length {
        true => Ok(tensors),
        false => Err(Ct2Error::Form("something follows after its end")),
    }
}

struct Reader<'a, R> {
    from: &'a mut R,
    at: u64,
    length: u64,
}

impl<R: Read + Seek> Reader<'_, R> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Ct2Error> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        self.at += N as u64;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, Ct2Error> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u8(&mut self) -> Result<u8, Ct2Error> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn count(&mut self) -> Result<u32, Ct2Error> {
        match self.u32()? {
            count @ 0..=MOST_TENSORS => Ok(count),
            _ => Err(Ct2Error::Form("it has too many tensors")),
        }
    }

    fn name(&mut self) -> Result<String, Ct2Error> {
        let mut bytes = vec![0; usize::from(u16::from_le_bytes(self.array()?))];
        self.from.read_exact(&mut bytes)?;
        self.at += bytes.len() as u64;
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        String::from_utf8(bytes).map_err(|_| Ct2Error::Form("a name is not text"))
    }

    fn tensor(&mut self) -> Result<Tensor, Ct2Error> {
        let dimensions = self.u8()?;
        if dimensions > MOST_DIMENSIONS {
            return Err(Ct2Error::Form("a tensor has too many dimensions"));
        }
        let shape = (0..dimensions).map(|_| self.u32()).collect::<Result<Vec<_>, _>>()?;
        let kind = match self.u8()? {
            0 => Kind::F32,
            4 => Kind::F16,
            _ => Kind::Other,
        };
        let bytes = u64::from(self.u32()?);
        let numbers = shape.iter().try_fold(1_u64, |all, &one| all.checked_mul(one.into()));
        let expected = numbers.and_then(|numbers| numbers.checked_mul(kind.size()));
        if kind != Kind::Other && expected != Some(bytes) {
            return Err(Ct2Error::Form("a tensor's size does not fit its shape"));
        }
        let at = self.at;
        self.at += bytes;
        if self.at > self.length {
            return Err(Ct2Error::Form("it ends within a tensor"));
        }
        self.from.seek(io::SeekFrom::Start(self.at))?;
        Ok(Tensor { shape, kind, at, bytes })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::{super::sample, *};

    #[test]
    fn a_model_is_found_tensor_by_tensor() {
        let bytes = sample::model();
        let tensors = read(&mut Cursor::new(&bytes)).expect("read");
        let words = &tensors["decoder/embeddings/weight"];
        assert_eq!((words.shape.as_slice(), words.kind), ([5, 64].as_slice(), Kind::F16));
        assert_eq!(tensors["decoder/projection/weight"], *words);
        assert_eq!(tensors["decoder/num_heads"].kind, Kind::Other);
    }

    #[test]
    fn what_is_cut_or_lengthened_is_refused() {
        let bytes = sample::model();
        for end in (0..bytes.len()).step_by(997).chain([bytes.len() - 1]) {
            read(&mut Cursor::new(&bytes[..end])).expect_err("cut");
        }
        read(&mut Cursor::new([bytes.as_slice(), &[0]].concat())).expect_err("lengthened");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&mut Cursor::new(bytes));
        }

        #[test]
        fn so_are_models_with_any_byte_changed(place in 0_usize..4_000, byte: u8) {
            let mut bytes = sample::model();
            let length = bytes.len();
            bytes[place % length] = byte;
            let _ = read(&mut Cursor::new(bytes));
        }
    }
}
