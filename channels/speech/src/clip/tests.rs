//! Sound files made here, whole and damaged.

use super::*;
use proptest::prelude::*;
use std::f32::consts::TAU;
use std::io::Cursor;

/// A tone of 440 Hz.
fn tone(rate_hz: u32, seconds: f32) -> Vec<f32> {
    let samples = (rate_hz as f32 * seconds) as usize;
    (0..samples).map(|at| 0.5 * (TAU * 440.0 * at as f32 / rate_hz as f32).sin()).collect()
}

/// A WAV file of 16-bit samples, the same in every channel.
fn wav(sound: &[f32], rate_hz: u32, channels: u16) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
    for sample in sound {
        for _ in 0..channels {
            writer.write_sample((sample * 32767.0) as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
    file.into_inner()
}

/// How often a sound goes from below to above nought in a second: the pitch of a tone.
fn pitch(sound: &[f32]) -> f32 {
    let rises = sound.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    rises as f32 * RATE_HZ as f32 / sound.len() as f32
}

#[test]
fn a_wav_of_any_rate_and_channels_becomes_16_khz_and_one_channel() {
    for (rate_hz, channels) in [(8_000, 1), (16_000, 1), (22_050, 2), (44_100, 2), (48_000, 6)] {
        let sound = decode(&wav(&tone(rate_hz, 1.0), rate_hz, channels)).unwrap();
        assert!(sound.len().abs_diff(16_000) < 20, "{rate_hz} Hz: {} samples", sound.len());
        assert!((pitch(&sound) - 440.0).abs() < 3.0, "{rate_hz} Hz: {} Hz", pitch(&sound));
        let loudest = sound[2000..14_000].iter().fold(0f32, |most, sample| most.max(sample.abs()));
        assert!((loudest - 0.5).abs() < 0.02, "{rate_hz} Hz: {loudest}");
    }
}

#[test]
fn a_telephone_keeps_the_voice_and_loses_what_is_high() {
    let low = telephone(&tone(RATE_HZ, 1.0));
    assert!(low.len().abs_diff(16_000) < 20);
    assert!((pitch(&low) - 440.0).abs() < 3.0);
    let high: Vec<f32> =
        (0..16_000).map(|at| 0.5 * (TAU * 6_000.0 * at as f32 / 16_000.0).sin()).collect();
    let energy = |sound: &[f32]| sound.iter().map(|sample| sample * sample).sum::<f32>();
    assert!(energy(&telephone(&high)[500..15_000]) < energy(&high) / 1000.0);
}

#[test]
fn what_is_no_sound_says_what_to_do() {
    for bytes in [&b""[..], b"hello", b"OggS\0\x02", b"\x89PNG\r\n"] {
        assert!(matches!(decode(bytes), Err(ClipError::Unknown)));
    }
    let error = decode(b"RIFF\x04\0\0\0WAVE").unwrap_err();
    assert!(matches!(error, ClipError::Broken { format: "WAV", .. }), "{error}");
    let missing = read(Path::new("no such file.wav")).unwrap_err().to_string();
    assert!(missing.contains("no such file.wav"), "{missing}");
}

#[test]
fn a_wav_that_ends_early_is_an_error_and_not_half_a_message() {
    let whole = wav(&tone(8_000, 0.5), 8_000, 1);
    assert!(decode(&whole[..whole.len() / 2]).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        start in prop::sample::select(vec![
            &b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0"[..], b"fLaC\0\0\0\x22", b"ID3\x03",
            b"\xff\xfb\x90\x64", b"",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let _ = decode(&[start, &rest].concat());
    }

    #[test]
    fn a_damaged_wav_never_makes_it_panic(at in 0usize..200, byte: u8, end in 0usize..400) {
        let mut bytes = wav(&tone(8_000, 0.02), 8_000, 1);
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len().saturating_sub(end));
        let _ = decode(&bytes);
    }
}
