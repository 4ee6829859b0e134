//! Which bytes of a text are taken, so that each is read once. Linear, however many readings.

use std::ops::Range;

/// The bytes of one text, taken or free.
pub(crate) struct Taken(Vec<bool>);

impl Taken {
    /// All free.
    pub fn of(text: &str) -> Taken {
        Taken(vec![false; text.len()])
    }

    /// Takes a range if all of it is free, and says whether it was.
    pub fn take(&mut self, span: Range<usize>) -> bool {
        let bytes = &mut self.0[span];
        let free = !bytes.is_empty() && !bytes.contains(&true);
        if free {
            bytes.fill(true);
        }
        free
    }
}
