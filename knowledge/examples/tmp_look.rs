//! look
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use std::path::Path;
use knowledge::{fact::Mouth, pack::read, render};
fn main() {
    let r = read::reading(Path::new(&std::env::args().nth(1).unwrap()));
    let report = knowledge::pack::check(Path::new(&std::env::args().nth(1).unwrap()), jiff::civil::date(2026,11,22));
    for f in &report.findings { println!("{f}"); } println!("{:?}", report.counts);
    for f in &r.findings { println!("{f}"); }
    let pack = r.pack;
    let only = std::env::args().nth(2).unwrap_or_default();
    for a in pack.articles.values().filter(|a| a.id == only) {
        for (l, w) in &a.words { for m in [Mouth::Page, Mouth::Speech] { println!("==== {l} {m:?} {}", w.title);
            for s in &w.sections { println!("## {:?} {:?} {}\n{}", s.heading, s.facet, s.line, render::section(&pack, a, l, s, m)); } } }
    }
    for p in pack.places.values().take(3) { for m in [Mouth::Page, Mouth::Speech] { for l in &pack.languages { println!("{:?} {:?}", p.hours_lines(&pack, l, m), p.help_lines(l, m)); } } }
}
