//! What the line counts, for an operator's figures. Numbers only: nothing of who called is in them.

use crate::leg::FRAME;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Counts since the line began.
#[derive(Debug, Default)]
pub struct Counters {
    calls: AtomicU64,
    refused: AtomicU64,
    in_progress: AtomicU64,
    frames: AtomicU64,
    late_frames: AtomicU64,
}

/// The counts at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that were taken.
    pub calls: u64,
    /// Calls that were refused: no room, no codec, too many from one caller.
    pub refused: u64,
    /// Calls that last.
    pub in_progress: u64,
    /// Frames of 20 ms that were sent or would have been.
    pub frames: u64,
    /// Of those, the ones that were more than 20 ms late.
    pub late_frames: u64,
}

impl Counters {
    /// The counts now.
    #[must_use]
    pub fn read(&self) -> Counts {
        Counts {
            calls: self.calls.load(Relaxed),
            refused: self.refused.load(Relaxed),
            in_progress: self.in_progress.load(Relaxed),
            frames: self.frames.load(Relaxed),
            late_frames: self.late_frames.load(Relaxed),
        }
    }

    pub(crate) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    pub(crate) fn begun(&self) {
        self.calls.fetch_add(1, Relaxed);
        self.in_progress.fetch_add(1, Relaxed);
    }

    pub(crate) fn ended(&self) {
        self.in_progress.fetch_sub(1, Relaxed);
    }

    pub(crate) fn frame(&self, late: Duration) {
        self.frames.fetch_add(1, Relaxed);
        if late > FRAME {
            self.late_frames.fetch_add(1, Relaxed);
        }
    }
}
