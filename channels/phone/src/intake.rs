//! Sound that comes by a connection that loses nothing (TCP), in pieces of any length at any moment,
//! made into a frame every 20 ms. What comes by RTP goes through `rtp::receiver` instead.

use crate::leg::{Frame, Heard, Rate};
use std::collections::VecDeque;

/// Frames held before sound begins, so that a piece that is a little late leaves no gap.
const DEPTH: usize = 2;
/// Frames held at most: what comes faster was held up on its way, and the oldest of it is dropped.
const MOST: usize = 20;

/// Sound that waits for its frame.
pub(crate) struct Intake {
    rate: Rate,
    samples: VecDeque<i16>,
    flowing: Flow,
}

#[derive(PartialEq)]
enum Flow {
    Flowing,
    Waiting,
}

impl Intake {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, samples: VecDeque::new(), flowing: Flow::Waiting }
    }

    pub(crate) fn push(&mut self, samples: impl IntoIterator<Item = i16>) {
        self.samples.extend(samples);
        let most = self.rate.frame() * MOST;
        if self.samples.len() > most {
            self.samples.drain(..self.samples.len() - self.rate.frame() * DEPTH);
        }
    }

    /// The next 20 ms.
    pub(crate) fn frame(&mut self) -> Frame {
        let frame = self.rate.frame();
        if self.samples.len() >= frame * DEPTH {
            self.flowing = Flow::Flowing;
        }
        if self.flowing == Flow::Waiting || self.samples.len() < frame {
            self.flowing = Flow::Waiting;
            return Frame { pcm: vec![0; frame].into(), heard: Heard::Nothing };
        }
        Frame { pcm: self.samples.drain(..frame).collect(), heard: Heard::Sound }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_any_length_become_frames() {
        let mut intake = Intake::new(Rate::Narrow);
        let mut heard = Vec::new();
        let mut sent = 0i16;
        for turn in 0..100 {
            let length = if turn % 2 == 0 { 100 } else { 220 };
            intake.push((0..length).map(|n| sent + n));
            sent += length;
            let frame = intake.frame();
            if frame.heard == Heard::Sound {
                heard.extend_from_slice(&frame.pcm);
            }
        }
        assert!(heard.len() > 95 * 160);
        assert!(
            heard.iter().enumerate().all(|(n, sample)| usize::from(sample.unsigned_abs()) == n)
        );
    }

    #[test]
    fn a_pause_is_silence_and_a_flood_is_bounded() {
        let mut intake = Intake::new(Rate::Narrow);
        assert_eq!(intake.frame().heard, Heard::Nothing);
        intake.push(vec![1; 1_000_000]);
        assert!(intake.samples.len() <= 160 * MOST);
        (0..MOST).for_each(|_| drop(intake.frame()));
        assert_eq!(intake.frame().heard, Heard::Nothing);
    }
}
