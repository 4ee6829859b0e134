//! Secrets that open something: who comes holds the secret, the house holds its SHA-256, so that a
//! copy of the database opens nothing.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// 256 bits in base64url, 43 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A fresh one from the operating system.
    ///
    /// # Panics
    /// Where the operating system gives no random bytes.
    pub fn fresh() -> Self {
        Secret(URL_SAFE_NO_PAD.encode(bytes::<32>()))
    }

    /// One that is made of another text, always the same.
    pub fn made_of(text: &str) -> Self {
        Secret(URL_SAFE_NO_PAD.encode(Sha256::digest(text)))
    }

    /// Reads one; nothing when it cannot be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Secret(text.to_owned()))
    }

    /// The secret itself, to be handed out.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the house keeps of it.
    pub fn digest(&self) -> String {
        digest(&self.0)
    }
}

/// Random bytes from the operating system.
///
/// # Panics
/// Where it gives none.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The SHA-256 of a text, in hexadecimal digits.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_secret_can_be_read_back_and_is_new() {
        let secret = Secret::fresh();
        assert_eq!(Secret::parse(secret.as_str()), Some(secret.clone()));
        assert_ne!(Secret::fresh(), secret);
        assert_eq!(secret.digest().len(), 64);
        assert!(!format!("{secret:?}").contains(secret.as_str()));
    }

    #[test]
    fn what_is_no_secret_is_none() {
        for text in ["", "short", &"a".repeat(44), &"é".repeat(43), &"=".repeat(43)] {
            assert_eq!(Secret::parse(text), None);
        }
    }
}
