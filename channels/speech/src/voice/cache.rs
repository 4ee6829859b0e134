//! Sound that was made before, on disk: a file a sentence, named by what was said, by whom and how.
//! When the wording changes the name does. Of more than fits, what was not said for longest goes.

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::SystemTime;

/// What stands at the beginning of each file, with the version of how its sound was made.
const MAGIC: &[u8; 8] = b"WENDUS01";
/// Magic, then the checksum of the samples.
const HEAD: usize = 12;

/// The name of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of what these say together.
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(MAGIC);
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().into())
    }

    /// Its file, in one of 256 folders.
    fn path(self, folder: &Path) -> PathBuf {
        let name: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        folder.join(&name[..2]).join(&name[2..])
    }
}

/// The cache.
pub(super) struct Cache {
    folder: PathBuf,
    limit: u64,
    /// Bytes in it, as far as is known.
    bytes: AtomicU64,
}

impl Cache {
    /// The cache in a folder, which need not be there yet.
    pub(super) fn open(folder: &Path, limit: u64) -> Self {
        let bytes = files(folder).iter().map(|file| file.bytes).sum();
        Self { folder: folder.to_owned(), limit, bytes: AtomicU64::new(bytes) }
    }

    pub(super) fn has(&self, key: Key) -> bool {
        key.path(&self.folder).is_file()
    }

    /// The sound of this name. A file that is damaged is as good as none.
    pub(super) fn get(&self, key: Key) -> Option<Arc<[i16]>> {
        let path = key.path(&self.folder);
        let bytes = fs::read(&path).ok()?;
        let sound = read(&bytes)?;
        // What is used stays. Where the disk refuses, it is only older than it should be.
        let _ = File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(sound)
    }

    /// Keeps a sound. Where it cannot be kept it will be made again: that is no fault of the call.
    pub(super) fn put(&self, key: Key, sound: &[i16]) {
        let path = key.path(&self.folder);
        match write(&path, sound) {
            Ok(bytes) => {
                if self.bytes.fetch_add(bytes, Relaxed) + bytes > self.limit {
                    self.make_room();
                }
            }
            Err(error) => tracing::debug!(%error, "a sentence could not be kept"),
        }
    }

    /// Throws out what was not said for longest, down to nine tenths of what may be there.
    fn make_room(&self) {
        let mut files = files(&self.folder);
        files.sort_by_key(|file| file.used);
        let mut bytes: u64 = files.iter().map(|file| file.bytes).sum();
        for file in files {
            if bytes <= self.limit / 10 * 9 {
                break;
            }
            if fs::remove_file(&file.path).is_ok() {
                bytes -= file.bytes;
            }
        }
        self.bytes.store(bytes, Relaxed);
    }
}

struct Kept {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

fn files(folder: &Path) -> Vec<Kept> {
    let inside = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let all = inside(folder).flat_map(|entry| inside(&entry.path()));
    let kept = all.filter_map(|entry| {
        let about = entry.metadata().ok()?;
        let used = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        about.is_file().then(|| Kept { path: entry.path(), bytes: about.len(), used })
    });
    kept.collect()
}

/// Whole or not at all: it is written beside its place and renamed.
fn write(path: &Path, sound: &[i16]) -> std::io::Result<u64> {
    let samples: Vec<u8> = sound.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(MAGIC)?;
    file.write_all(&crc32fast::hash(&samples).to_le_bytes())?;
    file.write_all(&samples)?;
    file.persist(path)?;
    Ok((HEAD + samples.len()) as u64)
}

fn read(bytes: &[u8]) -> Option<Arc<[i16]>> {
    let (head, samples) = bytes.split_at_checked(HEAD)?;
    let (magic, sum) = head.split_at(MAGIC.len());
    if magic != MAGIC
        || sum != crc32fast::hash(samples).to_le_bytes()
        || !samples.len().is_multiple_of(2)
    {
        return None;
    }
    Some(samples.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(name: &str) -> Key {
        Key::of(&[name])
    }

    #[test]
    fn what_is_kept_is_there_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1 << 20);
        assert!(cache.get(key("a")).is_none());
        cache.put(key("a"), &[1, -2, 3]);
        assert_eq!(cache.get(key("a")).as_deref(), Some(&[1, -2, 3][..]));
        assert!(cache.get(key("b")).is_none());
        let path = key("a").path(folder.path());
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(cache.get(key("a")).is_none());
        assert_ne!(Key::of(&["ab", "c"]), Key::of(&["a", "bc"]));
    }

    #[test]
    fn of_more_than_fits_the_oldest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 10_000);
        for name in ["a", "b", "c", "d"] {
            cache.put(key(name), &[7; 1_000]);
            let path = key(name).path(folder.path());
            let age = match name {
                "b" => 100,
                _ => 10,
            };
            let used = SystemTime::now() - std::time::Duration::from_secs(age);
            File::open(path).unwrap().set_modified(used).unwrap();
        }
        cache.put(key("e"), &[7; 1_000]);
        assert!(cache.get(key("b")).is_none(), "it was used longest ago");
        assert!(cache.get(key("e")).is_some());
        let again = Cache::open(folder.path(), 10_000);
        assert!(again.bytes.load(Relaxed) <= 10_000);
    }

    proptest! {
        #[test]
        fn any_bytes_are_sound_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = read(&bytes);
            let mut whole = MAGIC.to_vec();
            whole.extend(bytes);
            let _ = read(&whole);
        }
    }
}
