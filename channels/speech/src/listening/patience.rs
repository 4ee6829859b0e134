//! When a turn has ended: how long this caller's pauses are, and how much patience is asked for.

/// How much patience a question or a caller wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Patience {
    /// An ordinary question.
    #[default]
    Usual,
    /// What was asked wants thinking or looking up.
    Thinking,
    /// Somebody dictates: a number in groups, a name by letters.
    Dictating,
    /// The caller asked for everything to go slower.
    Slow,
}

/// Added to the longest pause that is usual for this caller.
const BEYOND_MS: u32 = 200;

/// The silence that ends a turn, learned from the caller's own pauses.
#[derive(Debug, Clone)]
pub struct EndOfTurn {
    least_ms: u32,
    most_ms: u32,
    /// A long pause of this caller's within a turn; 0 while none was heard.
    usual_ms: u32,
}

impl Default for EndOfTurn {
    fn default() -> Self {
        let mut end = EndOfTurn { least_ms: 0, most_ms: 0, usual_ms: 0 };
        end.set(Patience::Usual);
        end
    }
}

impl EndOfTurn {
    pub fn set(&mut self, patience: Patience) {
        (self.least_ms, self.most_ms) = match patience {
            Patience::Usual => (500, 1_200),
            Patience::Thinking => (900, 1_800),
            Patience::Dictating => (1_000, 2_000),
            Patience::Slow => (1_200, 2_400),
        };
    }

    /// The silence that ends a turn now.
    pub fn silence_ms(&self) -> u32 {
        let learned = if self.usual_ms == 0 { 0 } else { self.usual_ms + BEYOND_MS };
        learned.clamp(self.least_ms, self.most_ms)
    }

    /// The caller paused within a turn for so long.
    pub fn paused(&mut self, ms: u32) {
        self.usual_ms = self.usual_ms.max(ms);
    }

    /// A turn was taken to have ended, and the caller went on after so much silence in all.
    pub fn cut_off(&mut self, silence_ms: u32) {
        self.paused(silence_ms.min(self.most_ms));
    }

    /// A turn ended: long pauses are forgotten slowly, an eighth a turn.
    pub fn ended(&mut self) {
        self.usual_ms -= self.usual_ms / 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hesitant_caller_is_waited_for_and_a_quick_one_is_not_for_ever() {
        let mut end = EndOfTurn::default();
        assert_eq!(end.silence_ms(), 500);
        end.paused(450);
        assert_eq!(end.silence_ms(), 650);
        end.cut_off(900);
        assert_eq!(end.silence_ms(), 1_100);
        end.cut_off(60_000);
        assert_eq!(end.silence_ms(), 1_200);
        for _ in 0..20 {
            end.ended();
        }
        assert_eq!(end.silence_ms(), 500);
        end.set(Patience::Slow);
        assert_eq!(end.silence_ms(), 1_200);
    }
}
