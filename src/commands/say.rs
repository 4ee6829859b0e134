//! The only place that writes to the terminal. A closed pipe (`wendu … | head`) is no fault.

use std::io::{self, BufRead, Write};

/// A line of what was asked for, on standard output.
pub fn line(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// What went wrong and what to do, on standard error.
pub fn problem(text: &str) {
    let _ = writeln!(io::stderr().lock(), "wendu: {text}");
}

/// Asks for a line; nothing when there are no more.
pub fn prompt(text: &str) -> io::Result<Option<String>> {
    let mut out = io::stdout().lock();
    write!(out, "{text}")?;
    out.flush()?;
    let mut bytes = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut bytes)? {
        0 => Ok(None),
        _ => Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())),
    }
}
