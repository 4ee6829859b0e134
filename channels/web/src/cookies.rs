//! The page's two cookies.

pub(crate) use site::cookies::{Transport, read, write};

/// The conversation's token.
pub(crate) const CONVERSATION: &str = "wendu-conversation";
/// Language, mode, text size and theme.
pub(crate) const SETTINGS: &str = "wendu-settings";
