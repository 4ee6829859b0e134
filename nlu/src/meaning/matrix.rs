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
/// Rows that are worked on together: as many as the registers hold, by their number.
const HIGH: usize = 6;
const HIGHER: usize = 12;
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
                // One flat run: that is what becomes wide instructions.
                let numbers = unpacked.as_flattened_mut().iter_mut();
                for (number, weight) in numbers.zip(weights.as_flattened()) {
                    *number = f32::from(*weight);
                }
                let unpacked = &unpacked[..weights.len()];
                let many = out.len() / width;
                let mut row = 0;
                while row < many {
                    let tile =
                        Tile { rows, stride, row, top: slab * DEEP, width, left: panel * WIDE };
                    let high = if S::REGISTER_COUNT < 32 { HIGH } else { HIGHER };
                    row += match (many - row).min(high) {
                        1 => tile.add::<S, 1, 8>(unpacked, out),
                        2 => tile.add::<S, 2, 4>(unpacked, out),
                        3 => tile.add::<S, 3, 2>(unpacked, out),
                        4 => tile.add::<S, 4, 2>(unpacked, out),
                        5 => tile.add::<S, 5, 2>(unpacked, out),
                        6 => tile.add::<S, HIGH, 1>(unpacked, out),
                        7 => tile.add::<S, 7, 1>(unpacked, out),
                        8 => tile.add::<S, 8, 1>(unpacked, out),
                        9 => tile.add::<S, 9, 1>(unpacked, out),
                        10 => tile.add::<S, 10, 1>(unpacked, out),
                        11 => tile.add::<S, 11, 1>(unpacked, out),
                        _ => tile.add::<S, HIGHER, 1>(unpacked, out),
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
    /// Adds to `N` rows of the product what a slab of weights gives; returns `N`. Each sum is taken
    /// in `WAYS` parts, so that with few rows no addition waits for the one before it.
    #[inline(always)]
    fn add<S: Simd, const N: usize, const WAYS: usize>(
        &self,
        weights: &[[f32; WIDE]],
        out: &mut [f32],
    ) -> usize {
        let rows: [&[f32]; N] = std::array::from_fn(|n| {
            &self.rows[(self.row + n) * self.stride + self.top..][..weights.len()]
        });
        let mut parts = [[[0.0_f32; WIDE]; N]; WAYS];
        let (whole, rest) = weights.as_chunks::<WAYS>();
        for (depth, weights) in whole.iter().enumerate() {
            for way in 0..WAYS {
                let number = |n: usize| rows[n][depth * WAYS + way];
                add::<S, N>(&mut parts[way], number, &weights[way]);
            }
        }
        for (depth, weights) in rest.iter().enumerate() {
            let number = |n: usize| rows[n][whole.len() * WAYS + depth];
            add::<S, N>(&mut parts[0], number, weights);
        }
        for n in 0..N {
            let out = &mut out[(self.row + n) * self.width + self.left..][..WIDE];
            for part in &parts {
                out.iter_mut().zip(&part[n]).for_each(|(out, sum)| *out += sum);
            }
        }
        N
    }
}

/// Adds a row of weights times a number to each sum.
#[inline(always)]
fn add<S: Simd, const N: usize>(
    sums: &mut [[f32; WIDE]; N],
    number: impl Fn(usize) -> f32,
    weights: &[f32; WIDE],
) {
    for (n, sums) in sums.iter_mut().enumerate() {
        let number = number(n);
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum =
                if S::IS_SCALAR { number * weight + *sum } else { number.mul_add(*weight, *sum) };
        }
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
