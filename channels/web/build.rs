//! Tells Cargo to build again when an embedded file is added, not only when one is changed.

fn main() {
    for folder in ["assets", "labels", "src/page"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
