//! How a message came to be words, so that typed text is not treated as misheard.

use serde::{Deserialize, Serialize};

/// How a message was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// Written on a keyboard or chosen from what was shown.
    #[default]
    Typed,
    /// Spoken, and written down by the ears: words may be others that sound alike.
    Spoken,
    /// Chosen with the keys of a telephone.
    Keyed,
}
