//! What is inside a package: a wheel is a zip archive, a tgz a compressed tar archive, and anything
//! else is the file itself.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

/// A package does not hold what it should.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The disk failed, or the archive is damaged.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The archive is damaged, or lacks the file.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// The archive lacks the file.
    #[error("there is no such file in it")]
    Missing,
}

/// Lets a file of a package be read by `reading`; the package itself, where no path inside it is given.
pub fn open<T>(
    package: &Path,
    inside: Option<&str>,
    reading: impl FnOnce(&mut dyn Read) -> T,
) -> Result<T, PackageError> {
    let mut file = BufReader::new(File::open(package)?);
    let Some(inside) = inside else { return Ok(reading(&mut file)) };
    let kind = package.extension().and_then(|kind| kind.to_str());
    match kind {
        Some("tgz") => {
            let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
            for entry in archive.entries()? {
                let mut entry = entry?;
                if entry.header().entry_type().is_file()
                    && *entry.path_bytes() == *inside.as_bytes()
                {
                    return Ok(reading(&mut entry));
                }
            }
            Err(PackageError::Missing)
        }
        _ => Ok(reading(&mut zip::ZipArchive::new(file)?.by_name(inside)?)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let folder = tempfile::tempdir().expect("a folder");
            for name in ["x.whl", "x.tgz"] {
                let path = folder.path().join(name);
                std::fs::write(&path, &bytes).expect("written");
                let read = open(&path, Some("x"), |from| io::copy(from, &mut io::sink()));
                prop_assert!(!matches!(read, Ok(Ok(1..))));
            }
        }
    }
}
