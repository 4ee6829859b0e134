//! Secrets that open a conversation. A visitor holds the token; the house holds its SHA-256 as the
//! address's key, so that a copy of the database opens no conversation.

use bot::store::Address;
use site::secret::{Secret, digest};

use crate::CHANNEL;

/// A visitor's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token(Secret);

impl Token {
    /// A fresh one.
    pub(crate) fn fresh() -> Self {
        Token(Secret::fresh())
    }

    /// Reads one; nothing when it cannot be one of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Secret::parse(text).map(Token)
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where its holder is reached.
    pub(crate) fn address(&self) -> Address {
        Address { channel: CHANNEL.into(), key: self.0.digest() }
    }

    /// The token of a conversation that a form without script begins. The form's key makes it, so
    /// that pressing twice begins one conversation and not two.
    pub(crate) fn of_first_form(key: &Token) -> Self {
        Token(Secret::made_of(&format!("wendu first form\n{}", key.as_str())))
    }

    /// The name of what a form says. It holds the words too: a page that came back by the browser's
    /// "back" has its old key, and other words said with it are another message. A digest, because
    /// the name is stored and the key must not be (see `of_first_form`).
    pub(crate) fn form_message(&self, text: &str) -> String {
        format!("form:{}", digest(&format!("{}\n{text}", self.as_str())))
    }
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
    fn a_form_sent_twice_has_one_name_and_other_words_another() {
        let key = Token::fresh();
        assert_eq!(key.form_message("a"), key.form_message("a"));
        assert_ne!(key.form_message("a"), key.form_message("b"));
        assert!(!key.form_message("a").contains(key.as_str()));
    }
}
