//! What one turn costs: judging it, and keeping it, alone and in a crowd. `cargo bench`.

#[allow(dead_code)]
#[path = "../tests/any_text/nasties.rs"]
mod nasties;
#[allow(dead_code)]
#[path = "../tests/store/records.rs"]
mod records;

use std::{path::Path, sync::Arc};

use bot::{Conversation, Event, Message, Mind, store::Store};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use knowledge::Library;
use nlu::langid;
use wendu::store::{Sqlite, StoreSettings};

fn advance(criterion: &mut Criterion) {
    let index = tempfile::tempdir().expect("a folder");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let library = Library::open(&demo, index.path(), &|_| {}).expect("the demo city is sound");
    let mind = Mind::new(Arc::new(library));
    let now: Timestamp = "2026-11-24T10:00:00+08:00".parse().expect("a time");
    let turn = |text: &str| {
        let message = Message::typed(text);
        Conversation::new(langid!("zh")).advance(Event::Said(message), &mind, now)
    };
    for (name, text) in [("zh", "办居住证要带什么？"), ("en", "How much is a passport?")] {
        criterion
            .bench_function(&format!("advance, {name}"), |bencher| bencher.iter(|| turn(text)));
    }
    // The slowest of these is the longest that one message can hold a core.
    let mut group = criterion.benchmark_group("advance, worst");
    for (number, (kind, text)) in nasties::all().into_iter().enumerate() {
        if text.len() > 500 {
            group
                .bench_function(format!("{number} {kind}"), |bencher| bencher.iter(|| turn(&text)));
        }
    }
}

fn save(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let settings = StoreSettings::default();
    let open = Sqlite::open(folder.path(), &settings);
    let store = Arc::new(runtime.block_on(open).expect("opens"));
    let mut number = 0;
    for crowd in [1, 64] {
        criterion.bench_function(&format!("save, {crowd} at once"), |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    let mut saving = tokio::task::JoinSet::new();
                    for _ in 0..crowd {
                        number += 1;
                        let (store, record) =
                            (store.clone(), records::greeting(&number.to_string()));
                        saving.spawn(async move { store.save(record).await.expect("kept").len() });
                    }
                    saving.join_all().await
                })
            })
        });
    }
}

criterion_group!(benches, advance, save);
criterion_main!(benches);
