//! Progress bars, on standard error, where somebody is looking.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::Progressing;

/// A bar for indexing, that shows itself once there is something to wait for.
pub(super) fn bar() -> Progressing {
    let bar = styled("{msg:20} {wide_bar} {pos}/{len} {elapsed}");
    Arc::new(move |step| {
        bar.set_message(step.stage);
        bar.set_length(step.total);
        bar.set_position(step.done);
        if step.done >= step.total {
            bar.finish_and_clear();
        }
    })
}

/// Hears how many sentences have become sound, of how many.
pub(super) fn sound() -> impl Fn(usize, usize) + Send + 'static {
    let bar = styled("Sound of calls {wide_bar} {pos}/{len} {elapsed}, {eta} left");
    move |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        if done >= all {
            bar.finish_and_clear();
        }
    }
}

fn styled(template: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
