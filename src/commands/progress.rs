//! A progress bar for indexing, on standard error, where somebody is looking.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::Progressing;

/// A bar that shows itself once there is something to wait for.
pub(super) fn bar() -> Progressing {
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template("{msg:20} {wide_bar} {pos}/{len} {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    Arc::new(move |step| {
        bar.set_message(step.stage);
        bar.set_length(step.total);
        bar.set_position(step.done);
        if step.done >= step.total {
            bar.finish_and_clear();
        }
    })
}
