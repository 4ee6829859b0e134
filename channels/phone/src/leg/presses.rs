//! Key presses that come twice: many telephones send each in the sound's stream (RFC 4733) and by
//! INFO as well. Each press is told once, whichever way comes first.

use super::Key;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How much later the second way may come: INFO is often sent when the key is let go.
const APART: Duration = Duration::from_secs(2);
/// Presses that are remembered; fingers are not faster.
const REMEMBERED: usize = 32;

/// The way by which a press came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Sound,
    Info,
}

/// Presses that came by one way and not yet by the other.
#[derive(Default)]
pub(super) struct Presses(VecDeque<(Key, Way, Instant)>);

impl Presses {
    /// Whether this is a press that was not told before.
    pub(super) fn is_new(&mut self, key: Key, way: Way, now: Instant) -> bool {
        self.0.retain(|(_, _, at)| now.duration_since(*at) < APART);
        let told = self.0.iter().position(|(other, by, _)| *other == key && *by != way);
        match told {
            Some(at) => {
                self.0.remove(at);
                false
            }
            None => {
                if self.0.len() == REMEMBERED {
                    self.0.pop_front();
                }
                self.0.push_back((key, way, now));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(presses: &[(char, Way, u64)]) -> String {
        let start = Instant::now();
        let mut told = Presses::default();
        presses
            .iter()
            .filter(|(key, way, ms)| {
                let key = Key::from_char(*key).unwrap();
                told.is_new(key, *way, start + Duration::from_millis(*ms))
            })
            .map(|(key, ..)| key)
            .collect()
    }

    #[test]
    fn a_press_that_comes_both_ways_is_told_once_whichever_is_first() {
        use Way::{Info, Sound};
        assert_eq!(told(&[('5', Sound, 0), ('5', Info, 300)]), "5");
        assert_eq!(told(&[('5', Info, 0), ('5', Sound, 10)]), "5");
        let twice = [('5', Sound, 0), ('5', Info, 90), ('5', Sound, 200), ('5', Info, 290)];
        assert_eq!(told(&twice), "55");
        let late = [('5', Sound, 0), ('5', Sound, 200), ('5', Info, 250), ('5', Info, 280)];
        assert_eq!(told(&late), "55");
    }

    #[test]
    fn by_one_way_alone_every_press_is_told() {
        let quick: Vec<_> = (0..40).map(|n| ('5', Way::Info, n * 50)).collect();
        assert_eq!(told(&quick), "5".repeat(40));
        assert_eq!(told(&[('5', Way::Info, 0), ('5', Way::Sound, 5_000)]), "55");
    }
}
