//! What waits to be played on one call, taken out 20 ms at a time. The clock that takes is the
//! door's; which sound it is, is nobody's business here.

use crate::leg::{Mark, Sound};
use std::collections::VecDeque;

enum Item {
    Sound(Sound),
    Mark(Mark),
}

/// A queue of sounds and marks.
#[derive(Default)]
pub(crate) struct Playout {
    items: VecDeque<Item>,
    /// Samples of the first sound that have left.
    gone: usize,
}

impl Playout {
    pub(crate) fn play(&mut self, sound: Sound) {
        if !sound.is_empty() {
            self.items.push_back(Item::Sound(sound));
        }
    }

    pub(crate) fn mark(&mut self, mark: Mark) {
        self.items.push_back(Item::Mark(mark));
    }

    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.gone = 0;
    }

    /// Fills `frame`, with silence where there is nothing left, and tells each mark that was
    /// reached. Returns how many samples were of sound.
    pub(crate) fn take(&mut self, frame: &mut [i16], mut reached: impl FnMut(Mark)) -> usize {
        let mut filled = 0;
        loop {
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
        playout.play(vec![1; 3].into());
        playout.mark(7);
        playout.play(vec![2; 3].into());
        playout.mark(8);
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
        playout.play(vec![1; 9].into());
        playout.mark(1);
        let mut frame = [9; 4];
        playout.take(&mut frame, |_| {});
        playout.clear();
        assert_eq!(playout.take(&mut frame, |_| unreachable!()), 0);
        assert_eq!(frame, [0; 4]);
    }
}
