//! The filters by which Whisper hears: how much of each frequency goes into each of its bands, on
//! Slaney's mel scale. whisper.cpp reads them from the model's file.

const SAMPLE_RATE: f64 = 16_000.0;
const WINDOW: usize = 400;

/// How many frequencies a window of sound is split into.
pub const FREQUENCIES: usize = WINDOW / 2 + 1;

/// The scale is linear up to here, then logarithmic.
const BREAK_HERTZ: f64 = 1_000.0;
const HERTZ_PER_MEL: f64 = 200.0 / 3.0;

/// One row of weights a band. A band's triangle covers the same area whatever its width.
pub fn filters(bands: usize) -> Vec<[f32; FREQUENCIES]> {
    let top = mel(SAMPLE_RATE / 2.0);
    let corner = |number: usize| hertz(top * number as f64 / (bands + 1) as f64);
    (0..bands).map(|band| triangle(corner(band), corner(band + 1), corner(band + 2))).collect()
}

fn triangle(low: f64, middle: f64, high: f64) -> [f32; FREQUENCIES] {
    std::array::from_fn(|number| {
        let frequency = number as f64 * SAMPLE_RATE / WINDOW as f64;
        let rising = (frequency - low) / (middle - low);
        let falling = (high - frequency) / (high - middle);
        (2.0 / (high - low) * rising.min(falling).max(0.0)) as f32
    })
}

fn break_mel() -> f64 {
    BREAK_HERTZ / HERTZ_PER_MEL
}

fn step() -> f64 {
    6.4_f64.ln() / 27.0
}

fn mel(hertz: f64) -> f64 {
    match hertz < BREAK_HERTZ {
        true => hertz / HERTZ_PER_MEL,
        false => break_mel() + (hertz / BREAK_HERTZ).ln() / step(),
    }
}

fn hertz(mel: f64) -> f64 {
    match mel < break_mel() {
        true => mel * HERTZ_PER_MEL,
        false => BREAK_HERTZ * (step() * (mel - break_mel())).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_goes_there_and_back() {
        for frequency in [0.0, 440.0, 999.0, 1_000.0, 4_000.0, 8_000.0] {
            assert!((hertz(mel(frequency)) - frequency).abs() < 1e-9);
        }
        // 27 steps lead from the break to 6.4 times its frequency.
        assert!((mel(6_400.0) - mel(1_000.0) - 27.0).abs() < 1e-9);
    }

    #[test]
    fn bands_follow_each_other_and_cover_the_same_area() {
        let filters = filters(80);
        let peak = |row: &[f32; FREQUENCIES]| {
            (0..FREQUENCIES).max_by(|&a, &b| row[a].total_cmp(&row[b])).expect("some")
        };
        assert!(filters.windows(2).all(|pair| peak(&pair[0]) <= peak(&pair[1])));
        let wide = filters[79].iter().sum::<f32>() * 40.0;
        assert!((wide - 1.0).abs() < 0.01, "{wide}");
        assert_eq!(filters[0][0], 0.0);
    }
}
