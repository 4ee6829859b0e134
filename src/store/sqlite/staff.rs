//! The register of staff, as the desk uses it.

use bot::{stage::Clerk, store::StoreError};
use desk::staff::{Failed, Member, Pending, Register, Role, Session};
use jiff::Timestamp;
use sqlx::{FromRow, SqliteConnection, query, query_as};

use super::{
    Sqlite,
    writer::{self, Job},
};

/// A session ends when nobody has used it for so long, in milliseconds: a shift and a little.
const SESSION: i64 = 12 * 3_600_000;

/// That a session is used is written down no more often than this, in milliseconds.
const SEEN: i64 = 5 * 60_000;

/// A row about staff, ready for the writer.
pub(super) enum Row {
    LogIn { member: i64, token: String, at: i64 },
    Seen { token: String, at: i64 },
    LogOut { token: String },
    End { member: i64, number: i64 },
    Password { link: String, password: String },
}

impl Row {
    pub(super) async fn write(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        match self {
            Row::LogIn { member, token, at } => {
                query("DELETE FROM staff_sessions WHERE seen_at < ?")
                    .bind(at - SESSION)
                    .execute(&mut *connection)
                    .await?;
                let sql = "INSERT INTO staff_sessions (token, staff, created_at, seen_at)
                           VALUES (?1, ?2, ?3, ?3)";
                query(sql).bind(token).bind(member).bind(at).execute(connection).await?;
            }
            Row::Seen { token, at } => {
                let sql = "UPDATE staff_sessions SET seen_at = ? WHERE token = ?";
                query(sql).bind(at).bind(token).execute(connection).await?;
            }
            Row::LogOut { token } => {
                let sql = "DELETE FROM staff_sessions WHERE token = ?";
                query(sql).bind(token).execute(connection).await?;
            }
            Row::End { member, number } => {
                let sql = "DELETE FROM staff_sessions WHERE staff = ? AND rowid = ?";
                query(sql).bind(member).bind(number).execute(connection).await?;
            }
            Row::Password { link, password } => {
                let password_sql = "UPDATE staff SET password = ?2
                    WHERE number = (SELECT staff FROM staff_links WHERE token = ?1)";
                query(password_sql).bind(link).bind(password).execute(&mut *connection).await?;
                for sql in [
                    "DELETE FROM staff_sessions
                     WHERE staff = (SELECT staff FROM staff_links WHERE token = ?)",
                    "DELETE FROM staff_links WHERE token = ?",
                ] {
                    query(sql).bind(link).execute(&mut *connection).await?;
                }
            }
        }
        Ok(())
    }
}

/// A member as a row has them.
#[derive(FromRow)]
pub(crate) struct Kept {
    number: i64,
    login: String,
    name: String,
    role: String,
    state: String,
    password: Option<String>,
    skills: String,
}

impl From<Kept> for Member {
    fn from(kept: Kept) -> Member {
        Member {
            clerk: Clerk { id: kept.number, name: kept.name },
            login: kept.login,
            // A role of a later version of the program may do least.
            role: Role::parse(&kept.role).unwrap_or(Role::Clerk),
            // Nothing said means that they see to everything.
            skills: serde_json::from_str(&kept.skills).unwrap_or_default(),
            is_active: kept.state == "active",
            password: kept.password,
        }
    }
}

impl Register for Sqlite {
    fn members(&self) -> Pending<'_, Vec<Member>> {
        Box::pin(async move {
            let all: Vec<Kept> = query_as("SELECT * FROM staff ORDER BY login")
                .fetch_all(&self.readers)
                .await
                .map_err(failed)?;
            Ok(all.into_iter().map(Member::from).collect())
        })
    }

    fn by_login<'a>(&'a self, login: &'a str) -> Pending<'a, Option<Member>> {
        Box::pin(async move {
            let kept: Option<Kept> = query_as("SELECT * FROM staff WHERE login = lower(?)")
                .bind(login)
                .fetch_optional(&self.readers)
                .await
                .map_err(failed)?;
            Ok(kept.map(Member::from))
        })
    }

    fn by_session<'a>(&'a self, digest: &'a str) -> Pending<'a, Option<Member>> {
        Box::pin(async move {
            let at = now();
            let seen: Option<(i64, i64)> = query_as(
                "SELECT staff, seen_at FROM staff_sessions WHERE token = ? AND seen_at > ?",
            )
            .bind(digest)
            .bind(at - SESSION)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            let Some((member, seen)) = seen else { return Ok(None) };
            if at - seen > SEEN {
                self.write(Row::Seen { token: digest.into(), at }).await?;
            }
            let kept: Option<Kept> = query_as("SELECT * FROM staff WHERE number = ?")
                .bind(member)
                .fetch_optional(&self.readers)
                .await
                .map_err(failed)?;
            Ok(kept.map(Member::from))
        })
    }

    fn log_in<'a>(&'a self, member: i64, digest: &'a str) -> Pending<'a, ()> {
        let row = Row::LogIn { member, token: digest.into(), at: now() };
        Box::pin(self.write(row))
    }

    fn log_out<'a>(&'a self, digest: &'a str) -> Pending<'a, ()> {
        Box::pin(self.write(Row::LogOut { token: digest.into() }))
    }

    fn sessions<'a>(&'a self, member: i64, digest: &'a str) -> Pending<'a, Vec<Session>> {
        Box::pin(async move {
            let rows: Vec<(i64, bool, i64, i64)> = query_as(
                "SELECT rowid, token = ?, created_at, seen_at FROM staff_sessions
                 WHERE staff = ? AND seen_at > ? ORDER BY seen_at DESC",
            )
            .bind(digest)
            .bind(member)
            .bind(now() - SESSION)
            .fetch_all(&self.readers)
            .await
            .map_err(failed)?;
            let time = |at| Timestamp::from_millisecond(at).unwrap_or_default();
            let session = |(number, is_this, since, seen)| Session {
                number,
                is_this,
                since: time(since),
                seen: time(seen),
            };
            Ok(rows.into_iter().map(session).collect())
        })
    }

    fn end_session(&self, member: i64, number: i64) -> Pending<'_, ()> {
        Box::pin(self.write(Row::End { member, number }))
    }

    fn by_link<'a>(&'a self, digest: &'a str) -> Pending<'a, Option<Member>> {
        Box::pin(async move {
            let kept: Option<Kept> = query_as(
                "SELECT s.* FROM staff s JOIN staff_links l ON l.staff = s.number
                 WHERE l.token = ? AND l.expires_at > ? AND s.state = 'active'",
            )
            .bind(digest)
            .bind(now())
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?;
            Ok(kept.map(Member::from))
        })
    }

    fn choose_password<'a>(&'a self, digest: &'a str, password: String) -> Pending<'a, bool> {
        Box::pin(async move {
            if self.by_link(digest).await?.is_none() {
                return Ok(false);
            }
            self.write(Row::Password { link: digest.into(), password }).await?;
            Ok(true)
        })
    }
}

impl Sqlite {
    async fn write(&self, row: Row) -> Result<(), Failed> {
        let written = self.ask(|answer| Job::Row(writer::Row::Staff(row), answer)).await;
        written.map_err(|error: StoreError| Failed(error.to_string()))
    }
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

fn failed(error: sqlx::Error) -> Failed {
    Failed(super::failed(error).to_string())
}
