//! Callers made of tones and noise: a voice is a buzz whose pitch and colour move, as earshot and
//! people take it for one.

use super::*;
use audio_codec::pcmu::{PcmuDecoder, PcmuEncoder};
use audio_codec::{Decoder, Encoder};
use proptest::prelude::*;
use std::f32::consts::TAU;

const RATE: u32 = 8_000;

/// Sound by the stretch, at 8 kHz.
#[derive(Default)]
struct Line {
    sound: Vec<i16>,
    seed: u32,
}

impl Line {
    fn noise(&mut self) -> f32 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.seed >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    /// Adds a stretch of sound, with a line's hiss under it.
    fn add(mut self, ms: u32, mut sound: impl FnMut(f32, f32) -> f32) -> Line {
        for at in 0..RATE * ms / 1000 {
            let (noise, hiss) = (self.noise(), self.noise());
            let sample = sound(at as f32 / RATE as f32, noise) + 0.001 * hiss;
            self.sound.push((sample.clamp(-1.0, 1.0) * 32767.0) as i16);
        }
        self
    }

    fn silence(self, ms: u32) -> Line {
        self.add(ms, |_, _| 0.0)
    }

    /// Somebody speaks: syllables of a fifth of a second, each a buzz with two formants that move.
    fn speech(self, ms: u32) -> Line {
        self.add(ms, |t, noise| 0.3 * voice(t, 130.0) + 0.01 * noise)
    }

    /// "嗯": one long nasal sound.
    fn hum(self, ms: u32) -> Line {
        self.add(ms, |t, _| {
            let swell = (t * 20.0).min(1.0) * ((ms as f32 / 1000.0 - t) * 20.0).clamp(0.0, 1.0);
            0.25 * swell
                * (1..6)
                    .map(|h| (TAU * 130.0 * h as f32 * t).sin() / (h * h * h) as f32)
                    .sum::<f32>()
        })
    }

    /// A burst of noise that dies away.
    fn cough(self, ms: u32) -> Line {
        self.add(ms, |t, noise| 0.6 * noise * (-t * 10.0).exp())
    }

    fn tones(self, ms: u32, hz: &'static [f32]) -> Line {
        self.add(ms, move |t, _| hz.iter().map(|hz| 0.2 * (TAU * hz * t).sin()).sum())
    }

    /// What a listener says of it, with the milliseconds at which it says so.
    fn heard(&self, listener: &mut Listener) -> Vec<(u32, Listened)> {
        self.heard_while(listener, None)
    }

    fn heard_while(&self, listener: &mut Listener, playing: Option<&Line>) -> Vec<(u32, Listened)> {
        let mut said = Vec::new();
        // Everything comes over a telephone line.
        let line = PcmuDecoder::new().decode(&PcmuEncoder::new().encode(&self.sound));
        for (at, frame) in line.chunks(160).enumerate() {
            let playing = playing.and_then(|line| line.sound.get(at * 160..(at + 1) * 160));
            let heard = listener.hear(frame, playing);
            said.extend(heard.map(|heard| (at as u32 * FRAME_MS, heard)));
        }
        said
    }

    /// This line as it comes back from a loudspeaker to its microphone, duller and later.
    fn echo(&self, delay_ms: u32, gain: f32) -> Line {
        let delay = (RATE * delay_ms / 1000) as usize;
        let mut low = 0.0;
        let mut line = Line::default().silence(self.sound.len() as u32 * 1000 / RATE);
        for (sample, played) in line.sound.iter_mut().skip(delay).zip(&self.sound) {
            low += 0.5 * (f32::from(*played) - low);
            *sample = sample.saturating_add((gain * low) as i16);
        }
        line
    }

    /// Both at once.
    fn with(mut self, other: &Line) -> Line {
        for (sample, other) in self.sound.iter_mut().zip(&other.sound) {
            *sample = sample.saturating_add(*other);
        }
        self
    }
}

/// A buzz at a pitch, coloured by two formants, in syllables.
fn voice(t: f32, pitch: f32) -> f32 {
    let syllable = (t * 4.6).fract();
    let swell = (TAU * syllable / 2.0).sin().max(0.0).powf(0.5);
    let turn = (t * 4.6).floor();
    let formants =
        [400.0 + 350.0 * (turn * 1.7).sin().abs(), 1_100.0 + 900.0 * (turn * 2.3).cos().abs()];
    let phase = TAU * (pitch * t + 3.0 * (t * 2.0).sin());
    let buzz: f32 = (1..24)
        .map(|h| {
            let hz = pitch * h as f32;
            let colour: f32 =
                formants.iter().map(|f| 1.0 / (1.0 + ((hz - f) / 120.0).powi(2))).sum();
            (phase * h as f32).sin() * (colour + 0.03)
        })
        .sum();
    0.5 * swell * buzz
}

fn names(heard: &[(u32, Listened)]) -> Vec<&'static str> {
    heard
        .iter()
        .map(|(_, heard)| match heard {
            Listened::Perhaps => "perhaps",
            Listened::Began => "began",
            Listened::Paused(_) => "paused",
            Listened::WentOn => "went on",
            Listened::Ended(_) => "ended",
            Listened::Backchannel => "backchannel",
        })
        .collect()
}

#[test]
fn a_sentence_begins_pauses_and_ends() {
    let line = Line::default().silence(1_000).speech(2_000).silence(1_500);
    let heard = line.heard(&mut Listener::new(RATE));
    assert_eq!(names(&heard), ["began", "paused", "ended"], "{:?}", times(&heard));
    let (began, paused, ended) = (heard[0].0, heard[1].0, heard[2].0);
    assert!((1_060..1_260).contains(&began), "began at {began} ms");
    assert!((3_150..3_420).contains(&paused), "paused at {paused} ms");
    assert!((3_450..3_720).contains(&ended), "ended at {ended} ms");
    assert_eq!(sound(&heard[1]), sound(&heard[2]));
    // From 300 ms before it was noticed to 200 ms after it.
    let seconds = sound(&heard[2]).len() as f32 / 16_000.0;
    assert!((2.2..2.8).contains(&seconds), "{seconds} s");
}

fn sound(heard: &(u32, Listened)) -> &[f32] {
    match &heard.1 {
        Listened::Paused(sound) | Listened::Ended(sound) => sound,
        _ => &[],
    }
}

fn times(heard: &[(u32, Listened)]) -> Vec<(u32, &'static str)> {
    heard.iter().map(|(at, _)| *at).zip(names(heard)).collect()
}

#[test]
fn what_is_no_speech_never_begins() {
    let playing = Line::default().silence(4_000);
    for (name, line) in [
        ("silence", Line::default().silence(2_000)),
        ("noise", Line::default().silence(500).add(2_000, |_, noise| 0.2 * noise).silence(800)),
        ("noise at once", Line::default().add(2_000, |_, noise| 0.2 * noise).silence(800)),
        ("a click", Line::default().silence(500).add(10, |_, noise| noise).silence(800)),
        ("a cough", Line::default().silence(500).cough(300).silence(800)),
        ("coughs", Line::default().silence(500).cough(300).cough(300).cough(200).silence(800)),
        ("a dial tone", Line::default().silence(500).tones(2_000, &[425.0]).silence(800)),
        ("a key", Line::default().silence(500).tones(300, &[770.0, 1_336.0]).silence(800)),
        ("a quiet room", Line::default().silence(500).add(2_000, |t, _| 0.001 * voice(t, 130.0))),
    ] {
        let heard = line.heard_while(&mut Listener::new(RATE), Some(&playing));
        assert!(!names(&heard).contains(&"began"), "{name}: {:?}", times(&heard));
    }
}

#[test]
fn a_hum_stops_nothing_while_we_speak_and_answers_while_we_do_not() {
    let line = Line::default().silence(800).hum(250).silence(1_200);
    let talk = Line::default().speech(2_500);
    let over = line.heard_while(&mut Listener::new(RATE), Some(&talk));
    assert_eq!(names(&over), ["backchannel"]);
    let alone = line.heard(&mut Listener::new(RATE));
    assert_eq!(names(&alone), ["began", "paused", "ended"]);
}

#[test]
fn silence_falls_at_the_first_sound_of_a_voice_and_speech_follows_it() {
    let talk = Line::default().speech(6_000);
    let line = Line::default().silence(2_000).speech(1_500).silence(2_500);
    let heard = line.heard_while(&mut Listener::new(RATE), Some(&talk));
    assert_eq!(names(&heard)[..2], ["perhaps", "began"], "{:?}", times(&heard));
    assert!((2_020..2_120).contains(&heard[0].0), "{:?}", times(&heard));
}

#[test]
fn what_is_no_speech_makes_us_wait_once_at_most_and_not_for_long() {
    let talk = Line::default().speech(6_000);
    for (name, line) in [
        ("noise", Line::default().silence(2_000).add(3_000, |_, noise| 0.2 * noise)),
        ("a cough", Line::default().silence(2_000).cough(300).silence(2_000)),
        ("coughs", Line::default().silence(2_000).cough(300).cough(300).cough(200).silence(1_000)),
        ("a hum", Line::default().silence(2_000).hum(250).silence(2_000)),
        ("a word cut off", Line::default().silence(2_000).speech(70).silence(2_000)),
    ] {
        let heard = line.heard_while(&mut Listener::new(RATE), Some(&talk));
        let waits: Vec<_> =
            times(&heard).into_iter().filter(|(_, name)| *name == "perhaps").collect();
        assert!(waits.len() <= 1, "{name}: {:?}", times(&heard));
        assert!(!names(&heard).contains(&"began"), "{name}: {:?}", times(&heard));
        for (at, _) in waits {
            let goes_on = |(when, what): &(u32, &str)| {
                *what == "backchannel" && (at..at + 420).contains(when)
            };
            assert!(times(&heard).iter().any(goes_on), "{name}: {:?}", times(&heard));
        }
    }
}

#[test]
fn a_pause_within_a_sentence_goes_on_and_is_remembered() {
    let line = Line::default().silence(500).speech(900).silence(450).speech(900).silence(1_500);
    let mut listener = Listener::new(RATE);
    let heard = line.heard(&mut listener);
    assert_eq!(
        names(&heard),
        ["began", "paused", "went on", "paused", "ended"],
        "{:?}",
        times(&heard)
    );
    // Somebody who pauses half a second is waited for longer than at first.
    let waited = heard[4].0 - heard[3].0;
    assert!(waited > 350, "{waited} ms after the pause was told");
    assert!(sound(&heard[4]).len() > sound(&heard[1]).len() + 16_000);
}

#[test]
fn a_hesitant_caller_is_joined_and_then_waited_for() {
    let sentence =
        || Line::default().silence(500).speech(800).silence(850).speech(800).silence(2_800);
    let mut listener = Listener::new(RATE);
    let first = sentence().heard(&mut listener);
    assert_eq!(names(&first), ["began", "paused", "ended", "began", "paused", "ended"]);
    assert!(listener.joins(), "the second turn goes on with the first");
    let again = sentence().heard(&mut listener);
    assert_eq!(
        names(&again),
        ["began", "paused", "went on", "paused", "ended"],
        "{:?}",
        times(&again)
    );
    assert!(!listener.joins());
}

#[test]
fn patience_waits_longer() {
    let line = Line::default().silence(500).speech(900).silence(1_000).speech(900).silence(2_500);
    let mut listener = Listener::new(RATE);
    listener.patience(Patience::Slow);
    let heard = line.heard(&mut listener);
    assert_eq!(
        names(&heard),
        ["began", "paused", "went on", "paused", "ended"],
        "{:?}",
        times(&heard)
    );
}

#[test]
fn our_own_voice_from_a_loudspeaker_is_not_the_caller() {
    let talk = Line::default().silence(200).speech(6_000).silence(1_000);
    for (delay_ms, gain) in [(40, 0.5), (120, 0.25), (260, 0.7), (380, 0.3)] {
        let back = talk.echo(delay_ms, gain);
        let heard = back.heard_while(&mut Listener::new(RATE), Some(&talk));
        assert_eq!(names(&heard), [""; 0], "{delay_ms} ms, {gain}: {:?}", times(&heard));
    }
}

#[test]
fn a_caller_who_speaks_over_our_echo_is_heard() {
    let talk = Line::default().silence(200).speech(6_000).silence(1_000);
    let caller = Line::default()
        .silence(3_000)
        .add(1_500, |t, _| 0.45 * voice(t * 1.13 + 0.7, 205.0))
        .silence(2_700);
    for (delay_ms, gain) in [(40, 0.25), (260, 0.3), (0, 0.0)] {
        let both = talk.echo(delay_ms, gain).with(&caller);
        let heard = both.heard_while(&mut Listener::new(RATE), Some(&talk));
        let began = heard.iter().find(|(_, heard)| *heard == Listened::Began).map(|(at, _)| *at);
        let late = began.unwrap_or(u32::MAX);
        assert!((3_000..3_400).contains(&late), "{delay_ms} ms, {gain}: {:?}", times(&heard));
    }
}

#[test]
fn a_turn_without_end_is_cut_into_parts_that_the_ears_take() {
    let line = Line::default().silence(300).speech(60_000);
    let heard = line.heard(&mut Listener::new(RATE));
    let ended = heard.iter().filter(|(_, heard)| matches!(heard, Listened::Ended(_))).count();
    assert_eq!(ended, 2, "{:?}", times(&heard));
    assert!(heard.iter().all(|heard| sound(heard).len() <= 30 * 16_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_frames_make_it_panic(
        rate_hz in prop::sample::select(vec![0u32, 8_000, 11_025, 16_000, 48_000, u32::MAX]),
        frames in prop::collection::vec(
            (prop::collection::vec(any::<i16>(), 0..400), prop::option::of(prop::collection::vec(any::<i16>(), 0..400))),
            0..60,
        ),
    ) {
        let mut listener = Listener::new(rate_hz);
        for (frame, playing) in frames {
            listener.hear(&frame, playing.as_deref());
        }
    }
}
