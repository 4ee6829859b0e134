//! A telephone of another make, PJSUA2, which `./check` sets up: hold, keys, and a session that must
//! be kept.

use super::sound::melody;
use super::support::{PATIENCE, event, hear, line};
use phone::leg::{CallLeg, End, Hold, Key, LegEvent};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

struct Pjsua {
    folder: TempDir,
    process: Child,
    commands: ChildStdin,
    says: Lines<BufReader<ChildStdout>>,
}

impl Pjsua {
    fn start(options: &[&str]) -> Pjsua {
        let folder = tempfile::tempdir().unwrap();
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut process = Command::new("python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/line/pjsua.py"))
            .arg(folder.path().join("log"))
            .args(options)
            .env("PYTHONPATH", target.join("tools/pjsua2"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python3 is not here. On Debian and Ubuntu: apt-get install python3");
        let commands = process.stdin.take().unwrap();
        let says = BufReader::new(process.stdout.take().unwrap()).lines();
        Pjsua { folder, process, commands, says }
    }

    async fn command(&mut self, command: &str) {
        self.commands.write_all(format!("{command}\n").as_bytes()).await.unwrap();
    }

    /// Waits until it says this, and gives what follows on the line.
    async fn says(&mut self, what: &str) -> String {
        let says = async {
            loop {
                let line = self.says.next_line().await.unwrap();
                let line = line.expect("PJSUA2 went off. ./check sets it up");
                if let Some(rest) = line.strip_prefix(what) {
                    return rest.trim().to_owned();
                }
            }
        };
        tokio::time::timeout(PATIENCE, says).await.unwrap_or_else(|_| panic!("{what} in time"))
    }

    async fn received(&mut self) -> u32 {
        self.command("received").await;
        self.says("RECEIVED").await.parse().unwrap()
    }

    /// Its log, once it has gone: only then all of it is written.
    async fn log(mut self) -> String {
        self.process.wait().await.unwrap();
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }
}

async fn pressed(call: &mut Box<dyn CallLeg>, keys: &str) {
    for key in keys.chars() {
        assert_eq!(event(call).await, LegEvent::Keyed(Key::from_char(key).unwrap()));
    }
}

#[tokio::test]
async fn pjsua_holds_resumes_and_presses_keys_both_ways() {
    let mut here = line("").await;
    let mut pjsua = Pjsua::start(&[]);
    pjsua.command(&format!("call sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    pjsua.says("CONFIRMED").await;
    pjsua.command("info 12#").await;
    pressed(&mut call, "12#").await;
    pjsua.command("keys 45*").await;
    pressed(&mut call, "45*").await;
    pjsua.command("hold").await;
    assert_eq!(event(&mut call).await, LegEvent::Hold(Hold::Held));
    // We hear of it before it has our answer, and until then it can ask for nothing else.
    pjsua.says("HELD").await;
    pjsua.command("resume").await;
    assert_eq!(event(&mut call).await, LegEvent::Hold(Hold::Resumed));
    pjsua.says("MEDIA").await;
    let before = pjsua.received().await;
    call.play(melody(&[500; 10], 8000).into());
    hear(&mut call, 100).await;
    let after = pjsua.received().await;
    assert!(after > before + 80, "{before} packets, then {after}");
    pjsua.command("end").await;
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Caller));
}

#[tokio::test]
async fn pjsua_keeps_a_session_of_90_seconds_with_us() {
    let mut here = line("").await;
    let mut pjsua = Pjsua::start(&["timer"]);
    pjsua.command(&format!("call sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    // Who keeps it does so after half of it.
    let until = tokio::time::Instant::now() + Duration::from_secs(50);
    while tokio::time::Instant::now() < until {
        hear(&mut call, 50).await;
    }
    pjsua.command("end").await;
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Caller));
    let log = pjsua.log().await;
    let agreed = log.lines().filter(|line| line.starts_with("Session-Expires: 90;refresher=uac"));
    // The answer to the call, the request to keep it, its answer.
    assert!(agreed.count() >= 3, "{log}");
}
