//! What each piece means alone: a row of numbers for each, kept in six bits as the model has them
//! (49 MB; as single-precision numbers it would be 262 MB). A few rows are unpacked for each text.

use super::{
    ModelError, NUMBERS,
    npz::{Archive, Array, Numbers},
};

/// The model deals its rows out to so many parts, in turn; each part has its own scale.
const PARTS: usize = 17;

/// Four numbers in three bytes.
const PACKED: usize = NUMBERS / 4 * 3;

/// The rows of all pieces.
pub struct Table {
    parts: Vec<Vec<u8>>,
    scale: Vec<f32>,
    lowest: Vec<f32>,
    rows: usize,
}

impl Table {
    /// Reads the parts `q1` to `q17`, one at a time so that they are never all unpacked.
    pub fn read(archive: &mut Archive<'_>) -> Result<Table, ModelError> {
        let scale = archive.floats("scale", &[PARTS])?;
        let lowest = archive.floats("lo", &[PARTS])?;
        let mut table = Table { parts: vec![], scale, lowest, rows: usize::MAX };
        for part in 0..PARTS {
            let name = format!("q{}", part + 1);
            let (packed, rows) = match archive.array(&name)? {
                Array { shape, numbers: Numbers::U8(numbers) }
                    if shape.len() == 2 && shape[1] == NUMBERS =>
                {
                    (pack(&numbers), shape[0])
                }
                _ => (None, 0),
            };
            let fault = "is no table of six-bit numbers";
            table.parts.push(packed.ok_or(ModelError::Array { name, fault })?);
            table.rows = table.rows.min(rows * PARTS);
        }
        Ok(table)
    }

    /// How many pieces have a row.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Unpacks the row of a piece; its number must be below `rows`.
    pub fn row(&self, piece: u32, out: &mut [f32]) {
        let (part, row) = (piece as usize % PARTS, piece as usize / PARTS);
        let packed = &self.parts[part][row * PACKED..][..PACKED];
        let (scale, lowest) = (self.scale[part], self.lowest[part]);
        for (out, [a, b, c]) in out.as_chunks_mut::<4>().0.iter_mut().zip(packed.as_chunks().0) {
            let four = [a & 63, b & 63, c & 63, a >> 6 | (b >> 6) << 2 | (c >> 6) << 4];
            *out = four.map(|number| f32::from(number) * scale + lowest);
        }
    }
}

/// Four six-bit numbers to three bytes: three of them low, the fourth in the bits left over.
fn pack(numbers: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(numbers.len() / 4 * 3);
    for &[a, b, c, d] in numbers.as_chunks::<4>().0 {
        if (a | b | c | d) > 63 {
            return None;
        }
        packed.extend([a | (d & 3) << 6, b | (d >> 2 & 3) << 6, c | (d >> 4) << 6]);
    }
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(row in prop::collection::vec(0_u8..64, NUMBERS)) {
            let rows: Vec<u8> = [vec![0; NUMBERS], row.clone()].concat();
            let table = Table {
                parts: vec![vec![], pack(&rows).expect("six bits")],
                scale: vec![0.0, 2.0],
                lowest: vec![0.0, -3.0],
                rows: 2 * PARTS,
            };
            let mut out = vec![0.0; NUMBERS];
            table.row(PARTS as u32 + 1, &mut out);
            let expected: Vec<f32> = row.iter().map(|n| f32::from(*n) * 2.0 - 3.0).collect();
            prop_assert_eq!(out, expected);
        }
    }

    #[test]
    fn more_than_six_bits_are_refused() {
        assert_eq!(pack(&[1, 2, 3, 64]), None);
    }
}
