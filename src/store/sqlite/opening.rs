//! Opening a database file: one process at a time, a cheap look for damage, migrations. Ends when
//! there is a writing connection and a pool of readers. Never deletes or repairs anything.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    ConnectOptions, SqliteConnection,
    migrate::{MigrateError, Migrator},
    query, query_scalar,
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
    },
};

use super::{code, writer::Counters};
use crate::store::{OpenError, StoreSettings};

/// The database's name in the data folder.
pub const FILE: &str = "wendu.db";

/// Every schema that this program knows.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// Up to this size the whole file is checked at every start (about 0.1 s); a bigger one is checked
/// by `wendu backup` and `wendu restore`, since a start must not take minutes.
const CHECKED_WHOLE: u64 = 32 << 20;

/// SQLite's default page.
const PAGE: u64 = 4096;

/// What an open store is made of.
pub(super) struct Parts {
    /// Held as long as the store is open.
    pub lock: File,
    pub writer: (SqliteConnection, Counters),
    pub readers: SqlitePool,
}

/// Opens the database of a data folder, making both when missing.
pub(super) async fn open(folder: &Path, settings: &StoreSettings) -> Result<Parts, OpenError> {
    make(folder).map_err(|why| OpenError::Folder { folder: folder.into(), why })?;
    let lock = crate::store::backup::lock(folder)?;
    let file = folder.join(FILE);
    let mut writer = options(&file).connect().await.map_err(|error| why(&file, error))?;
    look(&mut writer, &file).await?;
    migrate(&mut writer, &file).await?;
    if settings.limit_mib > 0 {
        let pages = u64::from(settings.limit_mib) * (1 << 20) / PAGE;
        query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
            .execute(&mut writer)
            .await
            .map_err(|error| why(&file, error))?;
    }
    let counters = counters(&mut writer).await.map_err(|error| why(&file, error))?;
    let readers = SqlitePoolOptions::new()
        .max_connections(settings.readers.max(1))
        // A file on this disk does not go away between two reads; asking costs a round trip.
        .test_before_acquire(false)
        .connect_with(options(&file).pragma("query_only", "1"))
        .await
        .map_err(|error| why(&file, error))?;
    Ok(Parts { lock, writer: (writer, counters), readers })
}

/// Checks a database file thoroughly, as before a restore, and tells the newest schema in it.
pub async fn verify(file: &Path) -> Result<i64, OpenError> {
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .connect()
        .await
        .map_err(|error| why(file, error))?;
    sound(&mut connection, file, "PRAGMA integrity_check(1)").await?;
    let version: i64 = query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
        .fetch_one(&mut connection)
        .await
        .map_err(|error| OpenError::Damaged {
            file: file.into(),
            why: format!("it is no wendu database ({error})"),
        })?;
    if MIGRATIONS.iter().all(|known| known.version != version) {
        return Err(OpenError::Newer { file: file.into(), version });
    }
    Ok(version)
}

/// Conversations are private: only this user may look into a folder that wendu makes.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .thread_name(|number| format!("sqlite-{number}"))
        .disable_statement_logging()
        // Every 4,000 pages (16 MiB) the log goes into the database: seldom enough for the p99.
        .pragma("wal_autocheckpoint", "4000")
}

/// A look for damage.
async fn look(connection: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    let size = fs::metadata(file).map_or(0, |data| data.len());
    let check = if size <= CHECKED_WHOLE {
        "PRAGMA quick_check(1)"
    } else {
        "SELECT count(*) || '' FROM sqlite_schema"
    };
    sound(connection, file, check).await
}

async fn sound(
    connection: &mut SqliteConnection,
    file: &Path,
    check: &'static str,
) -> Result<(), OpenError> {
    let said: String =
        query_scalar(check).fetch_one(connection).await.map_err(|error| why(file, error))?;
    match check.starts_with("PRAGMA") && said != "ok" {
        true => Err(OpenError::Damaged { file: file.into(), why: said }),
        false => Ok(()),
    }
}

async fn migrate(connection: &mut SqliteConnection, file: &Path) -> Result<(), OpenError> {
    MIGRATIONS.run(connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => OpenError::Newer { file: file.into(), version },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => why(file, error),
        other => OpenError::Failed { file: file.into(), why: other.to_string() },
    })
}

async fn counters(connection: &mut SqliteConnection) -> Result<Counters, sqlx::Error> {
    let turn: Option<i64> =
        query_scalar("SELECT max(number) FROM turns").fetch_one(&mut *connection).await?;
    let parcel: Option<i64> =
        query_scalar("SELECT max(number) FROM outbox").fetch_one(&mut *connection).await?;
    Ok(Counters { turn: turn.unwrap_or(0) + 1, parcel: parcel.unwrap_or(0) + 1 })
}

/// What went wrong with a file: 11 is damage, 26 is no database at all.
pub(crate) fn why(file: &Path, error: sqlx::Error) -> OpenError {
    let file = PathBuf::from(file);
    match code(&error) {
        Some(11 | 26) => OpenError::Damaged { file, why: error.to_string() },
        _ => OpenError::Failed { file, why: error.to_string() },
    }
}
