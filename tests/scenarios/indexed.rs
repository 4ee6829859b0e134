//! The demo city's index, made once for all tests: making it takes longer than most tests.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use knowledge::Library;

/// The demo city's pack.
pub fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

static INDEX: LazyLock<PathBuf> = LazyLock::new(|| {
    let index = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-index");
    Library::open(&demo(), &index, &|_| {}).expect("the demo city's pack is sound");
    index
});

/// Puts the index into a data folder that has none.
pub fn provide(data: &Path) {
    let target = data.join("index");
    if !target.exists() {
        copy(&INDEX, &target);
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("there").map(|entry| entry.expect("readable")) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("copied")),
        }
    }
}
