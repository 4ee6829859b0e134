//! Who works at the desk: accounts, passwords, and who is logged in. Kept by the hall.

use std::{future::Future, pin::Pin};

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use bot::{routing::Skills, stage::Clerk};
use jiff::Timestamp;

/// A future as trait objects give it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failed>> + Send + 'a>>;

/// The register of staff could not be read or written.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the register of staff cannot be used: {0}")]
pub struct Failed(pub String);

/// Letters and digits of a password at least; no more is asked of it (NIST SP 800-63B section 3.1.1.2).
pub const SHORTEST: usize = 12;

/// More than any password: hashing must not be made to work on a book.
const LONGEST: usize = 200;

/// What somebody works as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Sees to visitors.
    Clerk,
    /// And to how the desk is doing.
    Supervisor,
    /// Sees to what is published and how it is worded.
    Editor,
    /// Runs the service.
    Operator,
}

/// What a page of the desk is for. Every route names one; whose role has it not is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Coming in, and what comes before: for anybody.
    Anybody,
    /// Their own account: for whoever is logged in.
    Themselves,
    /// Visitors' conversations, and promises to call back.
    Cases,
    /// Reading what is ready to be sent.
    Replies,
    /// Wording it.
    Words,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 4] = [Role::Clerk, Role::Supervisor, Role::Editor, Role::Operator];

    /// As it is kept and typed.
    pub fn word(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Supervisor => "supervisor",
            Role::Editor => "editor",
            Role::Operator => "operator",
        }
    }

    /// From its word.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether whoever works as this has a right.
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::Anybody | Right::Themselves => true,
            Right::Cases => matches!(self, Role::Clerk | Role::Supervisor),
            Right::Replies => !matches!(self, Role::Operator),
            Right::Words => matches!(self, Role::Supervisor | Role::Editor),
        }
    }

    /// Where their day begins.
    pub fn home(self) -> &'static str {
        match self {
            Role::Clerk | Role::Supervisor => "/desk",
            Role::Editor => "/desk/replies",
            Role::Operator => "/desk/me",
        }
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their number and the name that visitors see.
    pub clerk: Clerk,
    /// The name they log in with.
    pub login: String,
    /// What they may do.
    pub role: Role,
    /// What they can see to.
    pub skills: Skills,
    /// Whether they may come in.
    pub is_active: bool,
    /// The Argon2id hash of their password; nothing until they have chosen one.
    pub password: Option<String>,
}

/// Where somebody is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number among all sessions, by which it is ended.
    pub number: i64,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when.
    pub since: Timestamp,
    /// When it was used last, to some minutes.
    pub seen: Timestamp,
}

/// The register of staff.
pub trait Register: Send + Sync {
    /// Everybody, by login.
    fn members(&self) -> Pending<'_, Vec<Member>>;
    /// Who logs in by this name.
    fn by_login<'a>(&'a self, login: &'a str) -> Pending<'a, Option<Member>>;
    /// Whose session this is, told by the digest of its secret, and that it was used.
    fn by_session<'a>(&'a self, digest: &'a str) -> Pending<'a, Option<Member>>;
    /// Begins a session.
    fn log_in<'a>(&'a self, member: i64, digest: &'a str) -> Pending<'a, ()>;
    /// Ends a session.
    fn log_out<'a>(&'a self, digest: &'a str) -> Pending<'a, ()>;
    /// Where somebody is logged in, the latest first; `digest` is the session that asks.
    fn sessions<'a>(&'a self, member: i64, digest: &'a str) -> Pending<'a, Vec<Session>>;
    /// Ends a session of theirs by its number.
    fn end_session(&self, member: i64, number: i64) -> Pending<'_, ()>;
    /// Whom a one-time link is for, told by its digest.
    fn by_link<'a>(&'a self, digest: &'a str) -> Pending<'a, Option<Member>>;
    /// Sets the password of whom a one-time link is for, ends the link and their sessions. Whether the
    /// link was still good.
    fn choose_password<'a>(&'a self, digest: &'a str, password: String) -> Pending<'a, bool>;
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Shorter than [`SHORTEST`].
    Short,
    /// Longer than is hashed.
    Long,
    /// The login itself, or one letter all over.
    Plain,
}

/// Whether a password may be chosen.
///
/// # Errors
/// Where it is too short, too long or too easily guessed.
pub fn fit(password: &str, login: &str) -> Result<(), Unfit> {
    let letters = password.chars().count();
    let mut kinds: Vec<char> = password.to_lowercase().chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    match letters {
        short if short < SHORTEST => Err(Unfit::Short),
        long if long > LONGEST => Err(Unfit::Long),
        _ if kinds.len() < 4 || password.to_lowercase().contains(&login.to_lowercase()) => {
            Err(Unfit::Plain)
        }
        _ => Ok(()),
    }
}

/// The hash of a password. Takes a tenth of a second, by intention.
pub async fn hashed(password: String) -> Result<String, Failed> {
    let work = move || {
        let salt = SaltString::encode_b64(&site::secret::bytes::<16>())
            .map_err(|error| Failed(error.to_string()))?;
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| Failed(error.to_string()))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Failed(error.to_string()))?
}

/// Whether this is the password of that hash. Takes as long where there is none: how long it takes
/// tells nobody who works here.
pub async fn is_right(password: String, hash: Option<String>) -> bool {
    let work = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let Ok(hash) = PasswordHash::new(&hash) else { return false };
        let fits = password.len() <= 4 * LONGEST
            && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        fits && known
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

/// A hash that nobody's password has, of the same cost.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hash = hashed("一把长长的钥匙 for the desk".into()).await.unwrap();
        assert!(is_right("一把长长的钥匙 for the desk".into(), Some(hash.clone())).await);
        assert!(!is_right("一把长长的钥匙 for the dest".into(), Some(hash)).await);
        assert!(!is_right(String::new(), None).await);
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn what_anybody_would_guess_is_not_taken() {
        assert_eq!(fit("short", "li"), Err(Unfit::Short));
        assert_eq!(fit(&"x".repeat(201), "li"), Err(Unfit::Long));
        assert_eq!(fit("aaaaaaaaaaaaaaaa", "li"), Err(Unfit::Plain));
        assert_eq!(fit("wang.fang-2026!", "wang.fang"), Err(Unfit::Plain));
        assert_eq!(fit("correct horse battery", "li"), Ok(()));
    }
}
