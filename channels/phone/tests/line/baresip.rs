//! A real telephone: baresip without a screen, its microphone a WAV file, driven by its control port
//! (commands and events as JSON in netstrings).

use super::sound;
use super::support::{PATIENCE, free_address, port_range};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A running telephone. Dropped, it is switched off.
pub struct Baresip {
    folder: TempDir,
    process: Child,
    control: TcpStream,
    read: Vec<u8>,
    pub sip: SocketAddr,
}

/// How it calls.
pub struct Phone<'a> {
    /// `udp`, `tcp` or `tls`.
    pub transport: &'a str,
    /// As its settings name it: `PCMU/8000/1`, `G722/16000/1`, `opus/48000/2`.
    pub codec: &'a str,
    /// More parameters of its account, as `;mediaenc=srtp-mand`.
    pub account: &'a str,
    /// What its microphone hears, at 8 kHz.
    pub microphone: Vec<i16>,
}

impl Default for Phone<'_> {
    fn default() -> Self {
        Self { transport: "udp", codec: "PCMU/8000/1", account: "", microphone: vec![0; 80_000] }
    }
}

impl Phone<'_> {
    /// Switches it on.
    pub async fn start(self) -> Baresip {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display();
        let (sip, control) = (free_address(), free_address());
        let (first, last) = port_range(40);
        std::fs::create_dir(folder.path().join("heard")).unwrap();
        sound::write_wav(&folder.path().join("microphone.wav"), &self.microphone, 8000);
        let rate = self.codec.split('/').nth(1).unwrap();
        let config = format!(
            "poll_method epoll\nsip_listen {sip}\nnet_interface 127.0.0.1\nsip_verify_server no\n\
             audio_source aufile,{at}/microphone.wav\nausrc_srate 8000\nauplay_srate {rate}\n\
             ausrc_channels 1\nauplay_channels 1\nrtp_ports {first}-{last}\n\
             module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule g722.so\nmodule opus.so\n\
             module srtp.so\nmodule aufile.so\nmodule sndfile.so\nmodule_tmp uuid.so\n\
             module_tmp account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\n\
             module_app debug_cmd.so\nctrl_tcp_listen {control}\nsnd_path {at}/heard\n",
        );
        std::fs::write(folder.path().join("config"), config).unwrap();
        let account = format!(
            "<sip:caller@{sip};transport={}>;regint=0;audio_codecs={}{}\n",
            self.transport, self.codec, self.account
        );
        std::fs::write(folder.path().join("accounts"), account).unwrap();
        let process = Command::new("baresip")
            .args(["-4", "-f"])
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("baresip is not here. On Debian and Ubuntu: apt-get install baresip-core");
        let control = connect(control).await;
        Baresip { folder, process, control, read: Vec::new(), sip }
    }
}

/// It listens a moment after it was started.
async fn connect(control: SocketAddr) -> TcpStream {
    tokio::time::timeout(PATIENCE, async {
        let mut pause = tokio::time::interval(std::time::Duration::from_millis(50));
        loop {
            pause.tick().await;
            if let Ok(stream) = TcpStream::connect(control).await {
                return stream;
            }
        }
    })
    .await
    .expect("baresip starts in time")
}

impl Baresip {
    /// Gives it a command.
    pub async fn command(&mut self, command: &str, parameters: &str) -> String {
        let text = json!({ "command": command, "params": parameters }).to_string();
        let netstring = format!("{}:{text},", text.len());
        self.control.write_all(netstring.as_bytes()).await.unwrap();
        let answer = self.wait(|message| message.get("response").is_some()).await;
        assert_eq!(answer["ok"], json!(true), "{command} {parameters}: {answer}");
        answer["data"].as_str().unwrap_or_default().to_owned()
    }

    /// How many packets of ours it counted.
    pub async fn packets_received(&mut self) -> u32 {
        let state = self.command("audio_debug", "").await;
        let count = state.split("rcvd=").nth(1).expect("it counts packets");
        count.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Waits until this happens, as `CALL_ESTABLISHED`.
    pub async fn happens(&mut self, kind: &str) -> Value {
        self.wait(|message| message["type"] == kind).await
    }

    async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        tokio::time::timeout(PATIENCE, async {
            loop {
                while let Some(message) = self.message() {
                    if wanted(&message) {
                        return message;
                    }
                }
                let mut part = [0; 4096];
                let length = self.control.read(&mut part).await.unwrap();
                assert!(length > 0, "baresip went off");
                self.read.extend_from_slice(&part[..length]);
            }
        })
        .await
        .expect("baresip does so in time")
    }

    /// The next whole message that was read.
    fn message(&mut self) -> Option<Value> {
        let colon = self.read.iter().position(|byte| *byte == b':')?;
        let length: usize = std::str::from_utf8(&self.read[..colon]).unwrap().parse().unwrap();
        let text = self.read.get(colon + 1..colon + 1 + length)?.to_vec();
        self.read.get(colon + 1 + length)?;
        self.read.drain(..colon + 2 + length);
        Some(serde_json::from_slice(&text).unwrap())
    }

    /// Switches it off; what it heard, and at which rate.
    pub async fn heard(mut self) -> (Vec<i16>, u32) {
        // It writes its files to the end only when it goes by itself.
        let text = json!({ "command": "quit" }).to_string();
        let netstring = format!("{}:{text},", text.len());
        self.control.write_all(netstring.as_bytes()).await.unwrap();
        tokio::time::timeout(PATIENCE, self.process.wait()).await.expect("it goes").unwrap();
        let files = std::fs::read_dir(self.folder.path().join("heard")).unwrap();
        let mut heard: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        heard.retain(|file| file.to_str().unwrap().ends_with("-dec.wav"));
        heard.sort();
        sound::read_wav(heard.first().expect("it recorded what it heard"))
    }
}
