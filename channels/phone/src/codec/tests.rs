//! What goes in comes out alike, whatever comes in from outside is borne, and what is lost is
//! bridged.

use super::*;
use proptest::prelude::*;

/// A tone, the amplitude that is usual for speech.
fn tone(rate: Rate, hz: f64, samples: usize) -> Vec<i16> {
    (0..samples)
        .map(|n| {
            let phase = n as f64 * hz * std::f64::consts::TAU / f64::from(rate.hz());
            (phase.sin() * 8000.0) as i16
        })
        .collect()
}

/// How strong `hz` is in the sound, next to all there is: 1 is that tone alone (Goertzel).
fn share_of(sound: &[i16], rate: Rate, hz: f64) -> f64 {
    let step = hz * std::f64::consts::TAU / f64::from(rate.hz());
    let (mut sin, mut cos, mut all) = (0.0, 0.0, 0.0);
    for (n, sample) in sound.iter().map(|sample| f64::from(*sample)).enumerate() {
        sin += sample * (step * n as f64).sin();
        cos += sample * (step * n as f64).cos();
        all += sample * sample;
    }
    2.0 * (sin * sin + cos * cos) / (all * sound.len() as f64)
}

#[test]
fn every_codec_carries_a_tone() {
    for codec in Codec::ALL {
        let (mut encoder, mut decoder) = (Encoder::new(codec), Decoder::new(codec));
        let (mut heard, mut payload, mut pcm) = (Vec::new(), Vec::new(), Vec::new());
        for frame in
            tone(codec.rate(), 440.0, codec.rate().frame() * 50).chunks(codec.rate().frame())
        {
            encoder.encode(frame, &mut payload);
            decoder.decode(&payload, &mut pcm).unwrap();
            assert_eq!(pcm.len(), codec.rate().frame(), "{codec:?}");
            heard.extend_from_slice(&pcm);
        }
        let share = share_of(&heard[heard.len() / 2..], codec.rate(), 440.0);
        assert!(share > 0.97, "{codec:?}: {share}");
    }
}

#[test]
fn a_lost_packet_is_bridged_by_the_same_tone() {
    for codec in Codec::ALL {
        let (mut encoder, mut decoder) = (Encoder::new(codec), Decoder::new(codec));
        let (mut heard, mut payload, mut pcm) = (Vec::new(), Vec::new(), Vec::new());
        let frames = tone(codec.rate(), 440.0, codec.rate().frame() * 50);
        for (n, frame) in frames.chunks(codec.rate().frame()).enumerate() {
            encoder.encode(frame, &mut payload);
            if n % 10 == 9 {
                decoder.conceal(frame.len(), None, &mut pcm);
            } else {
                decoder.decode(&payload, &mut pcm).unwrap();
            }
            heard.extend_from_slice(&pcm);
        }
        let share = share_of(&heard[heard.len() / 2..], codec.rate(), 440.0);
        assert!(share > 0.8, "{codec:?}: {share}");
    }
}

#[test]
fn a_long_loss_fades_to_silence() {
    for codec in [Codec::Pcmu, Codec::G722] {
        let (mut encoder, mut decoder) = (Encoder::new(codec), Decoder::new(codec));
        let (mut payload, mut pcm) = (Vec::new(), Vec::new());
        for frame in
            tone(codec.rate(), 440.0, codec.rate().frame() * 5).chunks(codec.rate().frame())
        {
            encoder.encode(frame, &mut payload);
            decoder.decode(&payload, &mut pcm).unwrap();
        }
        for _ in 0..10 {
            decoder.conceal(codec.rate().frame(), None, &mut pcm);
        }
        assert!(pcm.iter().all(|sample| *sample == 0), "{codec:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_sound_or_an_error(payload in prop::collection::vec(any::<u8>(), 0..2000)) {
        for codec in Codec::ALL {
            let mut decoder = Decoder::new(codec);
            let mut pcm = Vec::new();
            for _ in 0..2 {
                let _ = decoder.decode(&payload, &mut pcm);
                prop_assert!(pcm.len() <= 16 * LONGEST_PACKET_MS);
                decoder.conceal(codec.rate().frame(), Some(&payload), &mut pcm);
                prop_assert_eq!(pcm.len(), codec.rate().frame());
            }
        }
    }

    #[test]
    fn any_sound_can_be_sent(pcm in prop::collection::vec(any::<i16>(), 320)) {
        for codec in Codec::ALL {
            let mut payload = Vec::new();
            Encoder::new(codec).encode(&pcm[..codec.rate().frame()], &mut payload);
            prop_assert!(!payload.is_empty());
        }
    }
}

#[test]
fn resampling_keeps_the_tone_and_the_length() {
    for (from, to) in [(Rate::Narrow, Rate::Wide), (Rate::Wide, Rate::Narrow)] {
        let mut resampler = Resampler::new(from, to);
        let mut out = Vec::new();
        for frame in tone(from, 440.0, from.frame() * 50).chunks(from.frame()) {
            resampler.resample(frame, &mut out);
        }
        assert_eq!(out.len(), to.frame() * 50);
        assert!(share_of(&out[to.frame()..], to, 440.0) > 0.999);
        let peak = out.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
        assert!((7_900..8_100).contains(&peak), "{from:?}: {peak}");
    }
}

#[test]
fn what_narrow_sound_cannot_hold_is_taken_out_not_folded() {
    let mut out = Vec::new();
    Resampler::new(Rate::Wide, Rate::Narrow).resample(&tone(Rate::Wide, 6_000.0, 3_200), &mut out);
    let peak = out[100..].iter().map(|sample| sample.unsigned_abs()).max().unwrap();
    assert!(peak < 80, "{peak}");
}
