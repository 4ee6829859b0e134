//! A matrix of the model times rows of numbers: nearly all of an encoding's time. Weights stay in
//! the eight bits in which the model was made (a quarter of the memory to read for each text) and
//! become numbers a panel at a time, in the processor's nearest cache.
//!
//! `pulp` chooses the widest instructions that the processor has, when the program runs; the code
//! stays safe. Sums are taken in one order, but a processor that can add a product without rounding
//! it first does: last digits may differ between kinds of processors, never between runs.

use pulp::{Arch, Simd, WithSimd};

/// Columns that are worked on together.
const WIDE: usize = 16;
/// Rows that are worked on together: as many as the registers hold.
const HIGH: usize = 6;
/// Weights of a column that are unpacked at a time: with `WIDE`, 16 KB.
const DEEP: usize = 256;

/// A matrix whose numbers are all whole multiples of one step.
pub struct Matrix {
    height: usize,
    width: usize,
    step: f32,
    /// Panel after panel of `WIDE` columns; in a panel row after row.
    panels: Vec<i8>,
}

impl Matrix {
    /// Packs a matrix given row after row. None if its numbers are not multiples of a 127th of the
    /// largest, or its width is odd: then it is no matrix of this model.
    pub fn pack(height: usize, width: usize, numbers: &[f32]) -> Option<Matrix> {
        if width == 0 || !width.is_multiple_of(WIDE) || numbers.len() != height * width {
            return None;
        }
        let largest = numbers.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
        let step = largest / 127.0;
        let mut panels = Vec::with_capacity(numbers.len());
        for left in (0..width).step_by(WIDE) {
            for row in numbers.chunks_exact(width) {
                for number in &row[left..left + WIDE] {
                    let steps = if step > 0.0 { number / step } else { 0.0 };
                    let whole = (steps - steps.round()).abs() <= 0.01;
                    if !whole {
                        return None;
                    }
                    panels.push(steps.round() as i8);
                }
            }
        }
        Some(Matrix { height, width, step, panels })
    }

    /// The length of the rows that it gives.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows of `height` numbers times the matrix. Row `n` begins at `n * stride` in `rows`, so that
    /// rows may overlap; `out` has as many rows of `width` as are wanted and is overwritten.
    pub fn times(&self, rows: &[f32], stride: usize, out: &mut [f32]) {
        Arch::new().dispatch(Product { matrix: self, rows, stride, out });
    }
}

struct Product<'a> {
    matrix: &'a Matrix,
    rows: &'a [f32],
    stride: usize,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Product { matrix, rows, stride, out } = self;
        let (height, width) = (matrix.height, matrix.width);
        let mut unpacked = [[0.0_f32; WIDE]; DEEP];
        out.fill(0.0);
        for (panel, weights) in matrix.panels.as_chunks::<WIDE>().0.chunks_exact(height).enumerate()
        {
            for (slab, weights) in weights.chunks(DEEP).enumerate() {
                for (unpacked, weights) in unpacked.iter_mut().zip(weights) {
                    for (number, weight) in unpacked.iter_mut().zip(weights) {
                        *number = f32::from(*weight);
                    }
                }
                let unpacked = &unpacked[..weights.len()];
                let many = out.len() / width;
                let mut row = 0;
                while row < many {
                    let tile =
                        Tile { rows, stride, row, top: slab * DEEP, width, left: panel * WIDE };
                    row += match many - row {
                        1 => tile.add::<S, 1>(unpacked, out),
                        2 => tile.add::<S, 2>(unpacked, out),
                        3 => tile.add::<S, 3>(unpacked, out),
                        4 => tile.add::<S, 4>(unpacked, out),
                        5 => tile.add::<S, 5>(unpacked, out),
                        _ => tile.add::<S, HIGH>(unpacked, out),
                    };
                }
            }
        }
        out.iter_mut().for_each(|number| *number *= matrix.step);
    }
}

/// Where a small piece of the product lies.
struct Tile<'a> {
    rows: &'a [f32],
    stride: usize,
    row: usize,
    top: usize,
    width: usize,
    left: usize,
}

impl Tile<'_> {
    /// Adds to `N` rows of the product what a slab of weights gives; returns `N`.
    #[inline(always)]
    fn add<S: Simd, const N: usize>(&self, weights: &[[f32; WIDE]], out: &mut [f32]) -> usize {
        let rows: [&[f32]; N] = std::array::from_fn(|n| {
            &self.rows[(self.row + n) * self.stride + self.top..][..weights.len()]
        });
        let mut sums = [[0.0_f32; WIDE]; N];
        for (depth, weights) in weights.iter().enumerate() {
            for n in 0..N {
                let number = rows[n][depth];
                for (sum, weight) in sums[n].iter_mut().zip(weights) {
                    *sum = if S::IS_SCALAR {
                        number * weight + *sum
                    } else {
                        number.mul_add(*weight, *sum)
                    };
                }
            }
        }
        for (n, sums) in sums.iter().enumerate() {
            let out = &mut out[(self.row + n) * self.width + self.left..][..WIDE];
            for (out, sum) in out.iter_mut().zip(sums) {
                *out += sum;
            }
        }
        N
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_product_of_rows_and_columns(
            height in 1_usize..600,
            panels in 1_usize..4,
            many in 0_usize..15,
            stride in 1_usize..40,
            seed in any::<u32>(),
        ) {
            let width = panels * WIDE;
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8 as i8
            };
            let mut numbers: Vec<f32> =
                (0..height * width).map(|_| f32::from(next().max(-127)) * 0.5).collect();
            numbers[0] = 63.5;
            let rows: Vec<f32> = (0..many * stride + height).map(|_| f32::from(next())).collect();
            let matrix = Matrix::pack(height, width, &numbers).expect("a matrix");
            let mut out = vec![f32::NAN; many * width];
            matrix.times(&rows, stride, &mut out);
            for (n, row) in out.chunks_exact(width).enumerate() {
                for (column, number) in row.iter().enumerate() {
                    // Halves of small whole numbers add up without rounding.
                    let expected: f32 = (0..height)
                        .map(|k| rows[n * stride + k] * numbers[k * width + column])
                        .sum();
                    prop_assert_eq!(*number, expected);
                }
            }
        }
    }

    #[test]
    fn other_numbers_are_refused() {
        assert!(Matrix::pack(1, 16, &[0.0; 16]).is_some());
        assert!(Matrix::pack(1, 15, &[0.0; 15]).is_none());
        let mut numbers = [127.0; 16];
        numbers[3] = 1.5;
        assert!(Matrix::pack(1, 16, &numbers).is_none());
        numbers[3] = f32::NAN;
        assert!(Matrix::pack(1, 16, &numbers).is_none());
    }
}
