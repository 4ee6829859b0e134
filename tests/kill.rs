//! Sudden death at random moments: every turn that was acknowledged is there afterwards, and none
//! is there twice.

#[path = "scenarios/indexed.rs"]
mod indexed;
#[allow(dead_code)]
#[path = "scenarios/process.rs"]
mod process;
#[allow(dead_code)]
#[path = "scenarios/visitor.rs"]
mod visitor;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use process::{Process, wendu};
use visitor::Visitor;

const DEATHS: u64 = 5;
const VISITORS: usize = 8;

/// A visitor who speaks without pause, what they said so far, and whether it was acknowledged.
struct Talker {
    visitor: Visitor,
    said: Vec<(String, bool)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_no_acknowledged_turn_is_lost_and_none_is_doubled() {
    let data = tempfile::tempdir().expect("a folder");
    let mut process = Process::start(wendu(data.path()));
    let mut talkers = Vec::new();
    for _ in 0..VISITORS {
        let visitor = Visitor::start(&process.url, "en").await;
        talkers.push(Talker { visitor, said: vec![] });
    }
    let mut acknowledged = 0;
    for death in 0..DEATHS {
        let dead = Arc::new(AtomicBool::new(false));
        let mut talking = tokio::task::JoinSet::new();
        for talker in talkers.drain(..) {
            talking.spawn(talk(talker, dead.clone()));
        }
        // A moment that differs from run to run, as a power cut would.
        let moment = 40
            + u64::from(jiff::Timestamp::now().subsec_microsecond().unsigned_abs()) % 160
            + death * 20;
        tokio::time::sleep(Duration::from_millis(moment)).await;
        process.kill();
        dead.store(true, Ordering::SeqCst);
        talkers = talking.join_all().await;
        process = Process::start(wendu(data.path()));
        for talker in &mut talkers {
            talker.visitor.url = process.url.clone();
            acknowledged += look(talker).await;
        }
    }
    assert!(acknowledged > 0, "somebody was answered");
}

/// Says one thing after another until nobody answers any more.
async fn talk(mut talker: Talker, dead: Arc<AtomicBool>) -> Talker {
    while !dead.load(Ordering::SeqCst) {
        let key = format!("m{}", talker.said.len());
        let heard = talker.visitor.tries(&key, &format!("hello {key}")).await;
        let kept = heard.as_ref().is_ok_and(|heard| heard.status == 201);
        talker.said.push((key, kept));
        if heard.is_err() {
            break;
        }
    }
    talker
}

/// Compares what is there with what was acknowledged; says again what was not.
async fn look(talker: &mut Talker) -> usize {
    let mut kept = 0;
    for (key, acknowledged) in &mut talker.said {
        let before = count(&talker.visitor, key).await;
        assert!(before <= 1, "{key} is there twice");
        assert!(before == 1 || !*acknowledged, "{key} was acknowledged and is lost");
        if !*acknowledged {
            let heard = talker.visitor.sends(key, &format!("hello {key}")).await;
            assert!([200, 201].contains(&heard.status));
            assert_eq!(heard.status == 200, before == 1, "{key}: repeated only if it was kept");
            assert_eq!(count(&talker.visitor, key).await, 1);
            *acknowledged = true;
        }
        kept += 1;
    }
    let lines = talker.visitor.lines(0).await;
    let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, (1..=lines.len() as u64).collect::<Vec<_>>(), "lines have no gap");
    kept
}

async fn count(visitor: &Visitor, key: &str) -> usize {
    let text = format!("hello {key}");
    visitor.lines(0).await.iter().filter(|line| line.text == text).count()
}
