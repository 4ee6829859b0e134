//! How much of its half minute the encoder looks at. The model was trained on half minutes padded
//! with silence and computes them whole unless told otherwise: most of the time would go into silence.

/// Samples in one position of the encoder: 20 ms.
pub const POSITION: usize = 320;

/// What the model hears at once: 30 s.
pub const LONGEST: usize = 1500 * POSITION;

/// Positions of silence that are looked at after the sound.
const SPARE: usize = 32;

/// The fewest positions. With fewer the model says everything again and again.
const LEAST: usize = 256;

/// The fewest for a sound shorter than [`SHORT`]: a word alone wants more silence around it.
const LEAST_FOR_SHORT: usize = 320;

/// Two seconds.
const SHORT: usize = 100;

/// Positions for a second try, where the model said something again and again all the same.
pub const WIDE: usize = 768;

/// Positions to look at for a sound of so many samples.
pub fn positions(samples: usize) -> usize {
    let most = LONGEST / POSITION;
    let length = samples.div_ceil(POSITION);
    let least = if length < SHORT { LEAST_FOR_SHORT } else { LEAST };
    (length + SPARE).next_multiple_of(SPARE).clamp(least, most)
}

/// Cuts a long sound into parts that are heard one by one, each at the quietest place of its last third.
pub fn parts(sound: &[f32]) -> Vec<&[f32]> {
    const PART: usize = LONGEST - 100 * POSITION;
    let mut parts = Vec::new();
    let mut rest = sound;
    while rest.len() > PART {
        let quietest = (PART * 2 / 3 / POSITION..PART / POSITION)
            .min_by(|a, b| energy(rest, *a).total_cmp(&energy(rest, *b)))
            .unwrap_or(PART / POSITION);
        let (part, after) = rest.split_at(quietest * POSITION);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// The energy of the fifth of a second around a position.
fn energy(sound: &[f32], position: usize) -> f32 {
    let from = (position * POSITION).saturating_sub(5 * POSITION);
    let to = (from + 10 * POSITION).min(sound.len());
    sound[from..to].iter().map(|sample| sample * sample).sum()
}
