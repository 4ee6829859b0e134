//! Where a library's index lies on disk: built beside the old one, swapped whole, and used again
//! at the next start if the pack has not changed since.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use nlu::Encoder;

use crate::{
    guessing::Guesser,
    index::{Index, IndexError},
    library::{Library, Pages},
    pack::{Broken, Pack, read},
    passage::{self, Passage},
    sentences::{Known, Sentences},
};

/// Changes whenever the index's layout or the way texts are cut does.
const LAYOUT: &str = "3";

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: &'static str,
    /// How much of it is done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

/// A library could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The pack cannot be used; it says where and why.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The disk failed.
    #[error("{} cannot be read or written: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Library {
    /// Opens the library of a pack, by words alone. The index is kept in its own folder below
    /// `shelf`, named after the state of the pack's files; if there is none of this state it is
    /// built under another name and renamed when whole, so that a reader never meets half an index.
    pub fn open(
        pack: &Path,
        shelf: &Path,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Library, OpenError> {
        Library::open_with(pack, shelf, None, progress)
    }

    /// The same, and with an encoder also by meaning: sentences are encoded once and kept beside
    /// the index, under the encoder's version; what an older index knows is not encoded again.
    pub fn open_with(
        pack: &Path,
        shelf: &Path,
        encoder: Option<&Arc<Encoder>>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Library, OpenError> {
        let fingerprint = fingerprint(pack).map_err(at(pack))?;
        let (pack, _) = read::read(pack)?;
        let passages = passage::all(&pack);
        let pages = Pages::of(&pack, &passages);
        let home = shelf.join(&fingerprint);
        let parents: Vec<usize> = pages.entries.iter().map(|entry| entry.article).collect();
        let there = Index::open(&home, parents.clone()).ok();
        let fresh = there.is_none();
        let index = match there {
            Some(index) => index,
            None => {
                build(&home, &pages, progress)?;
                Index::open(&home, parents)?
            }
        };
        let told = |done, total| progress(Progress { stage: "learning examples", done, total });
        let guesser = Guesser::open(&home, &pack, encoder.map(Arc::as_ref), &told);
        let guesser = guesser.map_err(at(&home))?;
        let sentences = match encoder {
            Some(encoder) => sentences(encoder, &pack, &passages, shelf, &home, progress)?,
            None => None,
        };
        if fresh {
            sweep(shelf, &home);
        }
        let library = Library::new(pack, passages, pages, (index, guesser), fingerprint);
        Ok(match encoder {
            Some(encoder) => library.with(encoder.clone(), sentences),
            None => library,
        })
    }
}

/// Builds an index beside its place and puts it there when it is whole.
fn build(
    home: &Path,
    pages: &Pages,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), OpenError> {
    let total = pages.entries.len() as u64;
    let told = |done| progress(Progress { stage: "indexing", done, total });
    let building = home.with_extension(format!("building-{}", std::process::id()));
    clear(&building).map_err(at(&building))?;
    Index::build(&building, &pages.entries, &pages.texts, &told)?;
    clear(home).map_err(at(home))?;
    fs::rename(&building, home).map_err(at(home))
}

/// What the sentences of a pack mean, kept in its index's folder.
fn sentences(
    encoder: &Encoder,
    pack: &Pack,
    passages: &[Passage],
    shelf: &Path,
    home: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Sentences>, OpenError> {
    let told = |done, total| progress(Progress { stage: "encoding sentences", done, total });
    let name = format!("meanings-{:016x}", encoder.version());
    let file = home.join(&name);
    let known = || known(shelf, &name);
    Sentences::open(encoder, pack, passages, &file, known, &told).map_err(at(&file))
}

/// What all indexes on the shelf know of the meaning of texts, by one encoder.
fn known(shelf: &Path, name: &str) -> Known {
    let mut all = Known::default();
    for entry in fs::read_dir(shelf).into_iter().flatten().flatten() {
        if let Some(known) = Known::read(&entry.path().join(name)) {
            all.add(&known);
        }
    }
    all
}

/// The state of a pack's files: names, sizes and times of change, hashed.
pub fn fingerprint(pack: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    collect(pack, "", &mut files)?;
    files.sort();
    // FNV-1a: the fingerprint tells states apart, it does not guard against an attacker.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in LAYOUT.bytes().chain(files.join("\n").into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    Ok(format!("{hash:016x}"))
}

/// Names are taken from the pack's own folder, so that it may be called by any path.
fn collect(folder: &Path, below: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(&entry.path(), &name, files)?;
        } else if kind.is_file() {
            let about = entry.metadata()?;
            let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
            files.push(format!("{name} {} {}", about.len(), changed.as_nanos()));
        }
    }
    Ok(())
}

/// Removes other indexes. One that is still open stays readable until it is closed.
fn sweep(shelf: &Path, keep: &Path) {
    let Ok(entries) = fs::read_dir(shelf) else { return };
    for entry in entries.flatten() {
        let building = entry.file_name().to_string_lossy().contains(".building-");
        if entry.path() != keep && !(building && is_fresh(&entry)) {
            // An index that cannot be removed is only untidy; the next sweep tries again.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether something was begun so lately that another process may still be at it.
fn is_fresh(entry: &fs::DirEntry) -> bool {
    let changed = entry.metadata().and_then(|about| about.modified()).ok();
    changed.and_then(|at| at.elapsed().ok()).is_some_and(|age| age.as_secs() < 3600)
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> OpenError + '_ {
    move |error| OpenError::Io { path: path.to_owned(), error }
}
