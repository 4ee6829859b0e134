//! House rules that a compiler cannot see: the map is true, nobody imports upwards, `bot` and `nlu`
//! stay pure, files stay short and finished, every language has every sentence, no link is dead.
//! Style is clippy's and rustfmt's affair; licences are cargo-deny's.
//!
//! Each checker is a function from text to findings, so that its own test can show that it fails.

#[path = "tidy/imports.rs"]
mod imports;
#[path = "tidy/links.rs"]
mod links;
#[path = "tidy/map.rs"]
mod map;
#[path = "tidy/phrasebooks.rs"]
mod phrasebooks;
#[path = "tidy/purity.rs"]
mod purity;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/tree.rs"]
mod tree;

use tree::Tree;

/// Fails with every finding at once, so that one run shows all there is to mend.
#[track_caller]
fn expect_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n\n{}\n", findings.join("\n\n"));
}

#[test]
fn the_map_matches_the_tree() {
    let tree = Tree::of_this_project();
    let page = tree.text("docs/ARCHITECTURE.md");
    match map::parse(&page) {
        Ok(map) => expect_none(&map::compare(&map, &tree)),
        Err(finding) => expect_none(&[finding]),
    }
}

#[test]
fn nobody_imports_upwards() {
    let tree = Tree::of_this_project();
    let manifests: Vec<_> = tree
        .files("Cargo.toml")
        .map(|path| (tree::folder(path).to_owned(), tree.text(path)))
        .collect();
    expect_none(&imports::upwards(&manifests));
}

#[test]
fn heavy_libraries_stay_in_their_room() {
    let tree = Tree::of_this_project();
    let mut findings = Vec::new();
    for path in tree.files("Cargo.toml") {
        findings.extend(imports::strangers(tree::folder(path), &tree.text(path)));
    }
    for path in tree.files(".rs") {
        findings.extend(imports::out_of_place(path, &tree.text(path)));
    }
    expect_none(&findings);
}

#[test]
fn judgement_is_pure() {
    let tree = Tree::of_this_project();
    let mut findings = Vec::new();
    for room in purity::ROOMS {
        findings.extend(purity::manifest(room, &tree.text(&format!("{room}/Cargo.toml"))));
        for path in tree.files(".rs").filter(|path| path.starts_with(&format!("{room}/src/"))) {
            findings.extend(purity::code(path, &tree.text(path)));
        }
    }
    findings
        .extend(purity::same_bans(&tree.text("bot/clippy.toml"), &tree.text("nlu/clippy.toml")));
    expect_none(&findings);
}

#[test]
fn every_source_file_is_short_introduced_and_finished() {
    let tree = Tree::of_this_project();
    expect_none(
        &tree
            .files(".rs")
            .flat_map(|path| source::check(path, &tree.text(path)))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_sentence_is_there_in_every_language() {
    let tree = Tree::of_this_project();
    let books: Vec<_> = tree.files(".ftl").map(|path| (path.to_owned(), tree.text(path))).collect();
    assert!(!books.is_empty(), "No phrasebook was found: is bot/ still where it was?");
    expect_none(&phrasebooks::compare(&books));
}

#[test]
fn no_link_in_the_docs_is_dead() {
    let tree = Tree::of_this_project();
    expect_none(
        &tree
            .files(".md")
            .flat_map(|path| links::dead(path, &tree.text(path), &tree))
            .collect::<Vec<_>>(),
    );
}
