//! What was never said: sound without a voice, loops, and sentences that a model which learned from
//! subtitles puts into silence.

use earshot::Detector;
use std::ops::Range;

/// What earshot takes at once, in samples: 16 ms.
const FRAME: usize = 256;

/// A score from which a frame is speech. Noise that sets in at once comes close to it.
const SPEECH: f32 = 0.6;

/// A score from which a frame may be speech.
const MAYBE: f32 = 0.4;

/// Frames of 16 ms with a voice that make it worth listening.
const VOICED: usize = 4;

/// As OpenAI's decoding has it: where silence is likelier than this and the words are less sure than
/// [`UNSURE`], nobody spoke.
const SILENCE: f32 = 0.6;

/// See [`SILENCE`]. The mean logarithm of a word's probability.
const UNSURE: f32 = -1.0;

/// Parts of sentences with which subtitles end, or which name who wrote them. Nobody says them to a
/// public service; models say them of breath and music.
const SUBTITLES: [&str; 16] = [
    "谢谢观看",
    "感谢观看",
    "谢谢收看",
    "感谢收看",
    "请不吝点赞",
    "点赞订阅",
    "点赞 订阅",
    "明镜与点点",
    "字幕志愿者",
    "字幕由",
    "字幕by",
    "thanks for watching",
    "thank you for watching",
    "subtitles by",
    "please subscribe",
    "amara.org",
];

/// What to make of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing speaks against it.
    None,
    /// It was never said.
    Never,
}

/// Whether somebody said `text`. `mean` is the mean logarithm of its words' probabilities, `silence`
/// the probability that nobody spoke.
pub fn doubt(text: &str, mean: f32, silence: f32) -> Doubt {
    let folded = nlu::normal::fold(text);
    let said = folded.chars().any(char::is_alphanumeric);
    let subtitles = SUBTITLES.iter().any(|ghost| folded.contains(ghost));
    if !said || subtitles || (silence > SILENCE && mean < UNSURE) {
        Doubt::Never
    } else {
        Doubt::None
    }
}

/// A sound this short, in samples, is a word cut out by somebody who heard a voice in it, and too
/// short for earshot to be sure.
const WORD: usize = 16_000;

/// Where a sound of 16 kHz holds a voice: from its first sample to its last, if anybody speaks.
pub fn voice(sound: &[f32]) -> Option<Range<usize>> {
    let mut detector = Detector::default_boxed();
    let (speech, least) = if sound.len() < WORD { (MAYBE, 1) } else { (SPEECH, VOICED) };
    let mut voiced = 0;
    let mut range: Option<Range<usize>> = None;
    for (at, frame) in sound.chunks_exact(FRAME).enumerate() {
        let frame: Vec<f32> = frame.iter().map(|sample| sample.clamp(-1.0, 1.0)).collect();
        if detector.predict_f32(&frame) >= speech {
            voiced += 1;
            let start = range.map_or(at * FRAME, |range| range.start);
            range = Some(start..(at + 1) * FRAME);
        }
    }
    range.filter(|_| voiced >= least)
}

/// A text without what is said again and again at its end, or is said twice over as a whole; once it
/// is kept. Somebody who does say a thing twice says no more by it. Digits may repeat.
pub fn without_loops(text: &str) -> String {
    let letters = spaced(text);
    let mut once = match looped(&letters) {
        Some((size, times)) if !letters.ends_with_digits(size) => {
            letters.0[..letters.0.len() - size * (times - 1)].iter().collect::<String>()
        }
        _ => text.to_owned(),
    };
    while let Some(half) = doubled(&once) {
        once.truncate(half);
    }
    once.trim().to_owned()
}

/// Where the second half of a text begins, if it says the same as the first.
fn doubled(text: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let (first, second) = letters.split_at(letters.len() / 2);
    let same = first.len() == second.len()
        && first.iter().zip(second).all(|((_, a), (_, b))| a.to_lowercase().eq(b.to_lowercase()));
    let digits = letters.iter().any(|(_, c)| c.is_numeric());
    let (middle, _) = *second.first().filter(|_| same && !digits && first.len() > 1)?;
    // A word that is half the same as its other half, as "bonbon", is one word.
    let apart = !text[..middle].ends_with(|c: char| c.is_ascii_alphanumeric());
    apart.then_some(middle)
}

/// Whether a text, or the row of digits in it, ends in what is said again and again.
pub fn loops(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    looped(&spaced(text)).is_some() || looped(&Letters(digits.chars().collect())).is_some()
}

/// How long the part is that a text ends in again and again, and how often it comes: three times if
/// it is long, five times if it is short.
fn looped(Letters(letters): &Letters) -> Option<(usize, usize)> {
    (1..=letters.len() / 3).find_map(|size| {
        let last = &letters[letters.len() - size..];
        let times = letters.rchunks_exact(size).take_while(|part| *part == last).count();
        (times >= if size >= LONG { 3 } else { 5 }).then_some((size, times))
    })
}

/// A part of a text as long as this is not said three times over.
const LONG: usize = 4;

/// The characters of a text.
struct Letters(Vec<char>);

impl Letters {
    fn ends_with_digits(&self, size: usize) -> bool {
        self.0[self.0.len() - size..].iter().any(char::is_ascii_digit)
    }
}

/// With a space before the first word, all words begin alike.
fn spaced(text: &str) -> Letters {
    Letters(format!(" {}", text.trim()).chars().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_cut_and_what_people_repeat_is_kept() {
        assert_eq!(without_loops("医院医院医院医院医院医院"), "医院");
        assert_eq!(without_loops("Press the key. Press the key. Press the key."), "Press the key.");
        assert_eq!(without_loops("Which folder? Which folder?"), "Which folder?");
        assert_eq!(without_loops("政府、政府"), "政府、");
        assert!(loops("3, 2, 3, 7, 9, 8, 8, 8, 8, 8") && loops("12345 12345 12345"));
        assert!(!loops("0000") && !loops("119119") && !loops("13800138000"));
        for text in ["喂喂喂", "no no no", "7 7 7 7 7 7", "", "好", "谢谢", "bonbon"] {
            assert_eq!(without_loops(text), text);
        }
    }

    #[test]
    fn sound_without_a_voice_is_not_listened_to() {
        assert!(voice(&[]).is_none());
        assert!(voice(&[0.0; 32_000]).is_none());
        let mut seed = 1u32;
        let noise: Vec<f32> = (0..48_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / (1 << 24) as f32 * 0.2 - 0.1
            })
            .collect();
        assert!(voice(&noise).is_none());
    }

    #[test]
    fn what_subtitles_end_with_was_never_said() {
        assert_eq!(doubt("谢谢观看！", -0.1, 0.0), Doubt::Never);
        assert_eq!(doubt(" ... ", -0.1, 0.0), Doubt::Never);
        assert_eq!(doubt("谢谢", -0.1, 0.3), Doubt::None);
        assert_eq!(doubt("办居住证", -1.4, 0.9), Doubt::Never);
        assert_eq!(doubt("办居住证", -0.4, 0.9), Doubt::None);
    }
}
