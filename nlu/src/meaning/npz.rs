//! numpy's archive of arrays: a zip with one `.npy` each. Reads little-endian arrays in C order, as
//! the model has them, and refuses all else. (The format: numpy.lib.format, versions 1 to 3.)

use std::io::{Cursor, Read};

use super::ModelError;

/// No array of the model is larger than 4 MB; a damaged size must not fill the memory.
const LARGEST: u64 = 16 << 20;

/// The archive, opened.
pub struct Archive<'a>(zip::ZipArchive<Cursor<&'a [u8]>>);

/// One array.
#[derive(Debug, PartialEq)]
pub struct Array {
    /// Its lengths, outermost first; none for a single number.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub numbers: Numbers,
}

/// The numbers of an array, last axis fastest.
#[derive(Debug, PartialEq)]
pub enum Numbers {
    /// Bytes.
    U8(Vec<u8>),
    /// Single precision; double precision is rounded to it.
    F32(Vec<f32>),
}

impl<'a> Archive<'a> {
    /// Finds the archive's table of contents.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, ModelError> {
        Ok(Archive(zip::ZipArchive::new(Cursor::new(bytes))?))
    }

    /// A checksum of everything inside, made of those that the table of contents gives.
    pub fn checksum(&mut self) -> Result<u32, ModelError> {
        let mut sum = 0_u32;
        for number in 0..self.0.len() {
            sum = sum.rotate_left(5) ^ self.0.by_index_raw(number)?.crc32();
        }
        Ok(sum)
    }

    /// One array of single-precision numbers, of a shape known beforehand.
    pub fn floats(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let wrong = |fault| ModelError::Array { name: name.to_owned(), fault };
        let array = self.array(name)?;
        match array.numbers {
            _ if array.shape != shape => Err(wrong("has another shape")),
            Numbers::F32(numbers) if numbers.iter().all(|n| n.is_finite()) => Ok(numbers),
            Numbers::F32(_) => Err(wrong("holds what is no number")),
            Numbers::U8(_) => Err(wrong("holds another kind of numbers")),
        }
    }

    /// One array.
    pub fn array(&mut self, name: &str) -> Result<Array, ModelError> {
        let wrong = |fault| ModelError::Array { name: name.to_owned(), fault };
        let mut bytes = Vec::new();
        let file = self.0.by_name(&format!("{name}.npy"))?;
        file.take(LARGEST).read_to_end(&mut bytes).map_err(|_| wrong("is damaged"))?;
        parse(&bytes).ok_or(wrong("cannot be read"))
    }
}

/// Reads one `.npy`; none if it is none, or of a kind that the model does not use.
fn parse(bytes: &[u8]) -> Option<Array> {
    let rest = bytes.strip_prefix(b"\x93NUMPY")?;
    let (version, rest) = rest.split_at_checked(2)?;
    let (length, rest) = match version[0] {
        1 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        2 | 3 => {
            let (length, rest) = rest.split_first_chunk::<4>()?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        _ => return None,
    };
    let (header, body) = rest.split_at_checked(length)?;
    let header = std::str::from_utf8(header).ok()?;
    if !value(header, "fortran_order")?.starts_with("False") {
        return None;
    }
    let shape = value(header, "shape")?.strip_prefix('(')?.split_once(')')?.0;
    let shape = shape.split(',').map(str::trim).filter(|length| !length.is_empty());
    let shape = shape.map(|length| length.parse().ok()).collect::<Option<Vec<usize>>>()?;
    let many = shape.iter().try_fold(1_usize, |many, length| many.checked_mul(*length))?;
    let numbers = match value(header, "descr")?.get(..5)? {
        "'|u1'" => Numbers::U8(body.to_vec()),
        "'<f4'" => Numbers::F32(chunks(body, f32::from_le_bytes)?),
        "'<f8'" => Numbers::F32(chunks(body, |number| f64::from_le_bytes(number) as f32)?),
        _ => return None,
    };
    let there = match &numbers {
        Numbers::U8(numbers) => numbers.len(),
        Numbers::F32(numbers) => numbers.len(),
    };
    (there == many).then_some(Array { shape, numbers })
}

/// What stands after a key of the header, which is a Python dictionary.
fn value<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    Some(header.split_once(&format!("'{key}':"))?.1.trim_start())
}

fn chunks<const N: usize>(body: &[u8], read: impl Fn([u8; N]) -> f32) -> Option<Vec<f32>> {
    let (chunks, rest) = body.as_chunks::<N>();
    rest.is_empty().then(|| chunks.iter().map(|chunk| read(*chunk)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn npy(header: &str, body: &[u8]) -> Vec<u8> {
        let length = (header.len() as u16).to_le_bytes();
        [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), body].concat()
    }

    #[test]
    fn arrays_are_read_with_their_shape() {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }";
        let body = [1.5_f32.to_le_bytes(), (-2.0_f32).to_le_bytes()].concat();
        let array = parse(&npy(header, &body)).expect("an array");
        assert_eq!(array, Array { shape: vec![2, 1], numbers: Numbers::F32(vec![1.5, -2.0]) });
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (), }";
        let array = parse(&npy(header, &0.25_f64.to_le_bytes())).expect("a number");
        assert_eq!(array, Array { shape: vec![], numbers: Numbers::F32(vec![0.25]) });
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }";
        let array = parse(&npy(header, &[1, 2, 3])).expect("bytes");
        assert_eq!(array, Array { shape: vec![3], numbers: Numbers::U8(vec![1, 2, 3]) });
    }

    #[test]
    fn another_order_kind_or_length_is_refused() {
        let refused = |header: &str| assert_eq!(parse(&npy(header, &[0; 8])), None, "{header}");
        refused("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }");
        refused("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }");
        refused("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
        refused("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4), }");
        refused("{'descr': '<f4', 'fortran_order': False}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            header in "\\{('(descr|shape|fortran_order)': ?['(]?(<f4|False|[0-9]{0,20},?)['),]{0,2} ?){0,4}\\}",
        ) {
            parse(&bytes);
            parse(&npy(&header, &bytes));
        }
    }
}
