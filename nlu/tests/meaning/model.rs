//! The sentence encoder's model for tests, which `wendu models` fetches.

use std::{env, fs, path::PathBuf};

use nlu::Encoder;

/// Reads it, from `WENDU_MODELS` or where `./check` puts it: beside what was built.
pub fn encoder() -> Encoder {
    let folder = env::var_os("WENDU_MODELS").map(PathBuf::from).unwrap_or_else(|| {
        let program = env::current_exe().expect("this test is a file");
        program.ancestors().nth(3).expect("it lies in target/debug/deps").join("models")
    });
    let read = |file: &str| {
        let path = folder.join("meaning").join(file);
        fs::read(&path).unwrap_or_else(|_| {
            panic!(
                "{} is missing. Say: cargo run -- models --folder {}   (`./check fast` does it)",
                path.display(),
                folder.display()
            )
        })
    };
    Encoder::load(&read("weights.npz"), &read("sp.model")).expect("the model can be used")
}
