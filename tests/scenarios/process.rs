//! The real program as a process of its own, for what only a process can show: signals, exit
//! statuses, sudden death.

use std::{
    io::{BufRead, BufReader, Read},
    mem,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    thread::{self, JoinHandle},
};

use crate::indexed::{demo, provide};

/// A running `wendu serve`; killed when dropped.
pub struct Process {
    pub url: String,
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it logs is read all the time: a pipe that nobody empties would stop it.
    log: JoinHandle<String>,
}

/// `wendu` with the demo city and a data folder.
pub fn wendu(data: &Path) -> Command {
    provide(data);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wendu"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("WENDU_DATA", data)
        .env("WENDU_PACK", demo())
        .env("WENDU_LISTEN", "127.0.0.1:0")
        .env("WENDU_WEB__CONVERSATION_RATE__PER_MINUTE", "0")
        .env("WENDU_WEB__ADDRESS_RATE__PER_MINUTE", "0");
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

impl Process {
    /// Starts it and waits until it listens.
    pub fn start(mut command: Command) -> Process {
        let mut child = command
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut err = child.stderr.take().expect("piped");
        let log = thread::spawn(move || {
            let mut log = String::new();
            err.read_to_string(&mut log).expect("UTF-8");
            log
        });
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let Some((_, address)) = line.trim().split_once("http://") else {
            panic!("it does not listen: {line}{}", log.join().expect("its log"));
        };
        let url = format!("http://{}", address.trim_end_matches('/'));
        Process { url, child, out, log }
    }

    /// Sudden death: SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Asks it to stop: SIGTERM.
    pub fn terminate(&self) {
        let process = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &process]).status().expect("kill(1)");
        assert!(status.success());
    }

    /// Waits until it is gone; its status and what it logged.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let _ = self.out.read_to_string(&mut String::new());
        let status = self.child.wait().expect("gone");
        let log = mem::replace(&mut self.log, thread::spawn(String::new));
        (status, log.join().expect("its log"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
