//! Secrets that open a conversation. A visitor holds the token; the house holds its SHA-256 as the
//! address's key, so that a copy of the database opens no conversation.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bot::store::Address;
use sha2::{Digest, Sha256};

use crate::CHANNEL;

/// 256 bits in base64url, 43 characters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A fresh one from the operating system.
    pub(crate) fn fresh() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Token(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads one; nothing when it cannot be one of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Token(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Where its holder is reached.
    pub(crate) fn address(&self) -> Address {
        Address { channel: CHANNEL.into(), key: hex(&Sha256::digest(&self.0)) }
    }

    /// The token of a conversation that a form without script begins. The form's key makes it, so
    /// that pressing twice begins one conversation and not two.
    pub(crate) fn of_first_form(key: &Token) -> Self {
        let digest = Sha256::digest(format!("wendu first form\n{}", key.0));
        Token(URL_SAFE_NO_PAD.encode(digest))
    }

    /// The name of what a form says. It holds the words too: a page that came back by the browser's
    /// "back" has its old key, and other words said with it are another message. A digest, because
    /// the name is stored and the key must not be (see `of_first_form`).
    pub(crate) fn form_message(&self, text: &str) -> String {
        format!("form:{}", hex(&Sha256::digest(format!("{}\n{text}", self.0))))
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_token_can_be_read_back_and_is_new() {
        let token = Token::fresh();
        assert_eq!(Token::parse(token.as_str()), Some(token.clone()));
        assert_ne!(Token::fresh(), token);
        assert_eq!(token.address().key.len(), 64);
        assert!(!format!("{token:?}").contains(token.as_str()));
    }

    #[test]
    fn what_is_not_a_token_is_none() {
        for text in ["", "short", &"a".repeat(44), &"é".repeat(43), &"=".repeat(43)] {
            assert_eq!(Token::parse(text), None);
        }
    }

    #[test]
    fn a_form_sent_twice_has_one_name_and_other_words_another() {
        let key = Token::fresh();
        assert_eq!(key.form_message("a"), key.form_message("a"));
        assert_ne!(key.form_message("a"), key.form_message("b"));
        assert!(!key.form_message("a").contains(key.as_str()));
    }
}
