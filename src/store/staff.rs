//! Accounts of staff, for operators: made, listed, shut, given a new link. Beside a server that may be
//! running; a new account counts at once.

use std::path::Path;

use bot::routing::Skills;
use desk::staff::{Member, Role};
use jiff::{SignedDuration, Timestamp};
use site::secret::Secret;
use sqlx::{
    Connection, Sqlite as Sqlite3, SqliteConnection, Transaction, query, query_as, query_scalar,
};

use super::{
    OpenError, Sqlite, StoreSettings,
    kept::{KeptError, open},
    sqlite::staff::Kept,
    trail::{self, CONSOLE, Entry},
};

/// How long a link is good by which a password is chosen.
pub const LINK: SignedDuration = SignedDuration::from_hours(72);

/// Why an account could not be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// The name is taken.
    #[error("somebody already logs in as {0}. `wendu staff list` shows who")]
    Taken(String),
    /// Nobody has this name.
    #[error("nobody logs in as {0}. `wendu staff list` shows who does")]
    Unknown(String),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot be read.
    #[error(transparent)]
    Kept(#[from] KeptError),
}

impl From<sqlx::Error> for StaffError {
    fn from(error: sqlx::Error) -> StaffError {
        KeptError::from(error).into()
    }
}

/// The database of a data folder, made or brought up to date where no server is doing so.
async fn ready(folder: &Path) -> Result<SqliteConnection, StaffError> {
    match Sqlite::open(folder, &StoreSettings::default()).await {
        Ok(store) => store.close().await,
        Err(OpenError::InUse(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(open(folder).await?)
}

/// Begins a change of an account that is written down in the audit trail; nobody else writes until its
/// end. Dropped without one, nothing has changed.
async fn begun<'a>(
    connection: &'a mut SqliteConnection,
    did: &str,
    login: &str,
) -> Result<Transaction<'a, Sqlite3>, StaffError> {
    let mut change = connection.begin_with("BEGIN IMMEDIATE").await?;
    let subject = login.to_lowercase();
    let entry = Entry { by: CONSOLE.into(), did: did.into(), subject };
    trail::append(&mut change, &entry).await?;
    Ok(change)
}

/// Makes an account and a link by which its owner chooses a password.
///
/// # Errors
/// Where the name is taken, or the database cannot be used.
pub async fn add(folder: &Path, login: &str, name: &str, role: Role) -> Result<Secret, StaffError> {
    let mut connection = ready(folder).await?;
    let mut change = begun(&mut connection, "add-account", login).await?;
    let sql = "INSERT INTO staff (login, name, role, created_at) VALUES (lower(?), ?, ?, ?)
               ON CONFLICT (login) DO NOTHING";
    let made = query(sql)
        .bind(login)
        .bind(name)
        .bind(role.word())
        .bind(Timestamp::now().as_millisecond())
        .execute(&mut *change)
        .await?;
    if made.rows_affected() == 0 {
        return Err(StaffError::Taken(login.into()));
    }
    let secret = link(&mut change, login).await?;
    change.commit().await?;
    connection.close().await?;
    Ok(secret)
}

/// Makes so many clerks who are logged in, for measurements. By the form that is slow on purpose: a
/// password's hash takes a tenth of a second, and few may log in from one address in a minute.
///
/// # Errors
/// Where the database cannot be used.
pub async fn at_work(folder: &Path, clerks: usize) -> Result<Vec<Secret>, StaffError> {
    let mut connection = ready(folder).await?;
    let now = Timestamp::now().as_millisecond();
    let mut secrets = Vec::with_capacity(clerks);
    for clerk in 0..clerks {
        let number: i64 = query_scalar(
            "INSERT INTO staff (login, name, role, created_at) VALUES (?1, ?1, 'clerk', ?2)
             RETURNING number",
        )
        .bind(format!("clerk{clerk}"))
        .bind(now)
        .fetch_one(&mut connection)
        .await?;
        let secret = Secret::fresh();
        query(
            "INSERT INTO staff_sessions (token, staff, created_at, seen_at) VALUES (?, ?, ?3, ?3)",
        )
        .bind(secret.digest())
        .bind(number)
        .bind(now)
        .execute(&mut connection)
        .await?;
        secrets.push(secret);
    }
    connection.close().await?;
    Ok(secrets)
}

/// Everybody, by login.
///
/// # Errors
/// Where the database cannot be used.
pub async fn list(folder: &Path) -> Result<Vec<Member>, StaffError> {
    let mut connection = ready(folder).await?;
    let all: Vec<Kept> =
        query_as("SELECT * FROM staff ORDER BY login").fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(all.into_iter().map(Member::from).collect())
}

/// Shuts an account and ends its sessions, or opens it again.
///
/// # Errors
/// Where nobody has this name, or the database cannot be used.
pub async fn set_state(folder: &Path, login: &str, state: &str) -> Result<(), StaffError> {
    let mut connection = ready(folder).await?;
    let did = if state == "active" { "open-account" } else { "shut-account" };
    let mut change = begun(&mut connection, did, login).await?;
    let number = number(&mut change, login).await?;
    query("UPDATE staff SET state = ? WHERE number = ?")
        .bind(state)
        .bind(number)
        .execute(&mut *change)
        .await?;
    for sql in
        ["DELETE FROM staff_sessions WHERE staff = ?", "DELETE FROM staff_links WHERE staff = ?"]
    {
        query(sql).bind(number).execute(&mut *change).await?;
    }
    change.commit().await?;
    connection.close().await?;
    Ok(())
}

/// Says what a member of staff can see to.
///
/// # Errors
/// Where nobody has this name, or the database cannot be used.
pub async fn set_skills(folder: &Path, login: &str, skills: &Skills) -> Result<(), StaffError> {
    let skills = serde_json::to_string(skills).unwrap_or_default();
    set(folder, login, "set-skills", "UPDATE staff SET skills = ? WHERE number = ?", &skills).await
}

/// Lets somebody work as something else; it counts at once.
///
/// # Errors
/// Where nobody has this name, or the database cannot be used.
pub async fn set_role(folder: &Path, login: &str, role: Role) -> Result<(), StaffError> {
    set(folder, login, "set-role", "UPDATE staff SET role = ? WHERE number = ?", role.word()).await
}

/// Sets one column of an account, and writes down that it was done.
async fn set(
    folder: &Path,
    login: &str,
    did: &str,
    sql: &'static str,
    value: &str,
) -> Result<(), StaffError> {
    let mut connection = ready(folder).await?;
    let mut change = begun(&mut connection, did, login).await?;
    let number = number(&mut change, login).await?;
    query(sql).bind(value).bind(number).execute(&mut *change).await?;
    change.commit().await?;
    connection.close().await?;
    Ok(())
}

/// Makes a new link for an account; older ones are good no more.
///
/// # Errors
/// Where nobody has this name, or the database cannot be used.
pub async fn reset(folder: &Path, login: &str) -> Result<Secret, StaffError> {
    let mut connection = ready(folder).await?;
    let mut change = begun(&mut connection, "new-link", login).await?;
    let secret = link(&mut change, login).await?;
    change.commit().await?;
    connection.close().await?;
    Ok(secret)
}

async fn link(connection: &mut SqliteConnection, login: &str) -> Result<Secret, StaffError> {
    let number = number(connection, login).await?;
    let secret = Secret::fresh();
    query("DELETE FROM staff_links WHERE staff = ?").bind(number).execute(&mut *connection).await?;
    query("INSERT INTO staff_links (token, staff, expires_at) VALUES (?, ?, ?)")
        .bind(secret.digest())
        .bind(number)
        .bind((Timestamp::now() + LINK).as_millisecond())
        .execute(connection)
        .await?;
    Ok(secret)
}

async fn number(connection: &mut SqliteConnection, login: &str) -> Result<i64, StaffError> {
    let number = query_scalar("SELECT number FROM staff WHERE login = lower(?)")
        .bind(login)
        .fetch_optional(connection)
        .await?;
    number.ok_or_else(|| StaffError::Unknown(login.into()))
}
