//! Files that are built in count as source.

fn main() {
    println!("cargo:rerun-if-changed=assets");
}
