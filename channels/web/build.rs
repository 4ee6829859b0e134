//! Tells Cargo to build again when an embedded file is added, not only when one is changed.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]

fn main() {
    for folder in ["assets", "labels", "src/page"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
