//! What waits to be played on one call, taken out 20 ms at a time. The clock that takes is the
//! door's; which sound it is, is nobody's business here.

use crate::leg::{Mark, Sound};
use std::collections::VecDeque;

enum Item {
    Sound(Sound),
    Mark(Mark),
}

/// What is to be done with it.
#[derive(Debug)]
pub(crate) enum Step {
    Play(Sound),
    Mark(Mark),
    Clear,
    Pause,
    GoOn,
}

/// A queue of sounds and marks.
#[derive(Default)]
pub(crate) struct Playout {
    items: VecDeque<Item>,
    /// Samples of the first sound that have left.
    gone: usize,
    is_paused: bool,
}

impl Playout {
    pub(crate) fn take_step(&mut self, step: Step) {
        match step {
            Step::Play(sound) if sound.is_empty() => {}
            Step::Play(sound) => self.items.push_back(Item::Sound(sound)),
            Step::Mark(mark) => self.items.push_back(Item::Mark(mark)),
            Step::Clear => *self = Self::default(),
            Step::Pause => self.is_paused = true,
            Step::GoOn => self.is_paused = false,
        }
    }

    /// Fills `frame`, with silence where there is nothing left, and tells each mark that was
    /// reached. Returns how many samples were of sound.
    pub(crate) fn take(&mut self, frame: &mut [i16], mut reached: impl FnMut(Mark)) -> usize {
        let mut filled = 0;
        while !self.is_paused {
            match self.items.front() {
                Some(Item::Mark(mark)) => {
                    reached(*mark);
                    self.items.pop_front();
                }
                Some(Item::Sound(sound)) if filled < frame.len() => {
                    let count = (sound.len() - self.gone).min(frame.len() - filled);
                    frame[filled..filled + count]
                        .copy_from_slice(&sound[self.gone..self.gone + count]);
                    filled += count;
                    self.gone += count;
                    if self.gone == sound.len() {
                        self.items.pop_front();
                        self.gone = 0;
                    }
                }
                _ => break,
            }
        }
        frame[filled..].fill(0);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_follow_each_other_without_a_gap_and_marks_come_when_they_are_reached() {
        let mut playout = Playout::default();
        for step in [
            Step::Play(vec![1; 3].into()),
            Step::Mark(7),
            Step::Play(vec![2; 3].into()),
            Step::Mark(8),
        ] {
            playout.take_step(step);
        }
        let mut frame = [9; 4];
        let mut marks = Vec::new();
        assert_eq!(playout.take(&mut frame, |mark| marks.push(mark)), 4);
        assert_eq!((frame, &marks[..]), ([1, 1, 1, 2], &[7][..]));
        assert_eq!(playout.take(&mut frame, |mark| marks.push(mark)), 2);
        assert_eq!((frame, &marks[..]), ([2, 2, 0, 0], &[7, 8][..]));
    }

    #[test]
    fn after_clear_silence_follows_at_once_and_no_mark() {
        let mut playout = Playout::default();
        playout.take_step(Step::Play(vec![1; 9].into()));
        playout.take_step(Step::Mark(1));
        let mut frame = [9; 4];
        playout.take(&mut frame, |_| {});
        playout.take_step(Step::Clear);
        assert_eq!(playout.take(&mut frame, |_| unreachable!()), 0);
        assert_eq!(frame, [0; 4]);
    }

    #[test]
    fn paused_it_is_silent_and_then_goes_on_where_it_was() {
        let mut playout = Playout::default();
        playout.take_step(Step::Play(vec![1, 2, 3, 4].into()));
        playout.take_step(Step::Mark(1));
        let mut frame = [9; 2];
        playout.take(&mut frame, |_| {});
        playout.take_step(Step::Pause);
        assert_eq!(playout.take(&mut frame, |_| unreachable!()), 0);
        assert_eq!(frame, [0; 2]);
        playout.take_step(Step::GoOn);
        let mut marks = 0;
        assert_eq!(playout.take(&mut frame, |_| marks += 1), 2);
        assert_eq!((frame, marks), ([3, 4], 1));
    }
}
