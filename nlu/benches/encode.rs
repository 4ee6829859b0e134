//! What encoding a text costs, and comparing it with many. `cargo bench -p nlu`; it needs the model,
//! which `wendu models --folder target/models` fetches (or name another folder in WENDU_MODELS).

#![allow(clippy::disallowed_methods)] // it reads the model, as `src` does

use std::{env, fs, hint::black_box, path::PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use nlu::{Encoder, meaning::Meanings};

fn encoder() -> Encoder {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/models");
    let folder = env::var_os("WENDU_MODELS").map_or_else(|| here.into(), PathBuf::from);
    let read = |name: &str| {
        let file = folder.join("meaning").join(name);
        fs::read(&file).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()))
    };
    Encoder::load(&read("weights.npz"), &read("sp.model")).expect("a model")
}

fn encode(criterion: &mut Criterion) {
    let encoder = encoder();
    let texts = [
        ("zh, 9 characters", "办居住证要带什么？"),
        ("en, 5 words", "How much is a passport?"),
        (
            "en, 18 words",
            "My mother lost her card on the bus yesterday, what do I have to do to get another one?",
        ),
    ];
    for (name, text) in texts {
        criterion.bench_function(&format!("encode, {name}"), |bencher| {
            bencher.iter(|| encoder.encode(black_box(text)));
        });
    }
    let one = encoder.encode(texts[0].1);
    let mut many = Meanings::default();
    (0..10_000).for_each(|_| many.push(&one));
    criterion.bench_function("compare with 10,000", |bencher| {
        bencher.iter(|| many.likeness(black_box(&one)));
    });
}

criterion_group!(benches, encode);
criterion_main!(benches);
