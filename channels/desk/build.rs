//! Files that are built in count as source.

fn main() {
    for folder in ["assets", "phrases", "src/page"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
