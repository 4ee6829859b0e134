//! What doors with pages share: the look that all pages begin with, files under a name that changes
//! with them, cookies, the headers of every response, and secrets that open something.

pub mod assets;
pub mod contrast;
pub mod cookies;
pub mod headers;
pub mod secret;
