//! SHA-256 of files, and of what is being written.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

/// A file's checksum, in hexadecimal digits.
pub fn of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut summed = Summed::new(io::sink());
    let mut chunk = vec![0; 1 << 18];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(summed.finish().1),
            read => summed.write_all(&chunk[..read])?,
        }
    }
}

/// Sums up what is written through it.
pub struct Summed<W> {
    to: W,
    sum: Sha256,
}

impl<W: Write> Summed<W> {
    /// Writes to somewhere.
    pub fn new(to: W) -> Summed<W> {
        Summed { to, sum: Sha256::new() }
    }

    /// Where it was written to, and the checksum of all of it.
    pub fn finish(self) -> (W, String) {
        let digits = self.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (self.to, digits)
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
