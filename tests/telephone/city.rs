//! The demo city with a telephone line, and the ears and voice of whoever calls it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bot::LanguageIdentifier;
use serde_json::Value;
use speech::{
    ears::{Asked, Ears},
    sound::narrow,
    voice::{Pace, Voice, VoiceSettings, sentences},
};
use tempfile::TempDir;
use tokio::{
    sync::{Semaphore, SemaphorePermit, oneshot},
    task::JoinHandle,
};
use wendu::{App, Clock, Settings};

use crate::{
    indexed::{demo, provide},
    support::{free_address, port_range},
};

/// A Tuesday morning in the demo city, no holiday.
pub const MORNING: &str = "2026-11-24T10:00:00+08:00";

/// The models of ears and voice that `./check` fetches. The encoder stays out, for the index that
/// tests share was made without.
pub fn models() -> PathBuf {
    let target =
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    let all = target.join("models");
    let models = Path::new(env!("CARGO_TARGET_TMPDIR")).join("telephone-models");
    fs::create_dir_all(&models).expect("made");
    for name in ["ears", "voice", "onnxruntime"] {
        assert!(all.join(name).is_dir(), "the models are missing: ./check fetches them");
        // The other tests do the same; one of them is first.
        let _ = std::os::unix::fs::symlink(all.join(name), models.join(name));
    }
    models
}

/// The address by which a provider's WebSocket is said to come, and the token that signs it.
pub const MEDIA: (&str, &str) = ("wss://city.example/media", "a token");

/// A running service with a line, all its doors open.
pub struct City {
    /// Where its SIP is, by UDP.
    pub line: SocketAddr,
    /// Where its SIP is, by TLS.
    pub tls: SocketAddr,
    pub audiosocket: SocketAddr,
    pub web: SocketAddr,
    pub data: TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    _turn: SemaphorePermit<'static>,
}

/// One city at a time: with several, ears and voice would be too slow for a conversation.
static TURN: Semaphore = Semaphore::const_new(1);

impl City {
    /// Opens it, with these settings of the line (TOML, below `[phone]`) added.
    pub async fn open(more: &str) -> City {
        let turn = TURN.acquire().await.expect("never shut");
        let data = tempfile::tempdir().expect("a folder");
        provide(data.path());
        let (line, tls, audiosocket) = (free_address(), free_address(), free_address());
        let web = free_address();
        let (first, last) = port_range(40);
        let (certificate, key) = certificate(data.path());
        let phone = format!(
            "{more}\nsip = {{ udp = \"{line}\", tls = \"{tls}\", certificate = {certificate:?}, key = {key:?} }}\n\
             audiosocket = {{ listen = \"{audiosocket}\", addresses = [\"127.0.0.1\"] }}\n\
             media_streams = {{ address = \"{}\", token = \"{}\" }}\n\
             rtp = {{ listen = \"127.0.0.1\", ports = [{first}, {last}] }}\n\
             limits = {{ caller_per_minute = 0 }}\n\
             trunks = [{{ name = \"here\", addresses = [\"127.0.0.1\"] }}]\n",
            MEDIA.0, MEDIA.1,
        );
        let mut settings = Settings {
            listen: web,
            data: data.path().into(),
            pack: demo(),
            models: Some(models()),
            phone: toml::from_str(&phone).expect("the settings of a test are right"),
            ..Settings::default()
        };
        settings.speech.voice.ahead = false;
        let morning = MORNING.parse().expect("a time");
        let app = App::build(settings, Clock::of(move || morning), Arc::new(|_| {}));
        let app = app.await.expect("the city opens");
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(app.run(async {
            let _ = stopped.await;
        }));
        City { line, tls, audiosocket, web, data, stop, running, _turn: turn }
    }

    /// Stops it; its data stays for a look.
    pub async fn stop(self) -> TempDir {
        let _ = self.stop.send(());
        self.running.await.expect("it stops in good order");
        self.data
    }
}

/// A certificate of its own, and its key.
fn certificate(folder: &Path) -> (PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("made");
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    fs::write(&certificate, made.cert.pem()).expect("written");
    fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    (certificate, key)
}

/// A question as somebody says it into a telephone, 8 kHz.
pub async fn said(text: &str, language: &LanguageIdentifier) -> Vec<i16> {
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voice");
    let voice = Voice::open(&VoiceSettings::default(), &models(), &cache);
    let mut sound = Vec::new();
    for sentence in sentences(text, language) {
        sound.extend_from_slice(&voice.say(&sentence, Pace::Usual).await.expect("it is said"));
    }
    narrow(&sound)
}

/// What somebody hears in this sound, 8 kHz.
pub async fn understood(sound: &[i16], language: &LanguageIdentifier) -> String {
    let ears = Ears::open(&Default::default(), &models()).expect("the ears open");
    let samples: Vec<f32> = sound.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
    let sound = speech::clip::resample(&samples, 8_000, 16_000).expect("it can be resampled");
    let asked = Asked { languages: vec![language.clone()], ..Asked::default() };
    ears.transcribe(sound, asked).await.expect("it is heard").text
}

/// Listens until this was heard, however slow the machine is. `more` gives what is heard in a while.
pub async fn hears(
    wanted: &str,
    language: &LanguageIdentifier,
    mut more: impl AsyncFnMut(Duration) -> Vec<i16>,
) {
    const A_WHILE: Duration = Duration::from_secs(12);
    let mut sound = Vec::new();
    let mut heard = String::new();
    for _ in 0..6 {
        sound.extend(more(A_WHILE).await);
        heard = understood(&sound, language).await;
        let figures = heard.to_lowercase().replace("one hundred and twenty", "120");
        if figures.contains(wanted) {
            return;
        }
    }
    panic!("{wanted} was not heard, but: {heard}");
}

/// What was asked of the bot, and whether a page was found.
pub async fn asked(data: &Path) -> Vec<(String, bool)> {
    let address = format!("sqlite://{}?mode=ro", data.join("wendu.db").display());
    let store = sqlx::SqlitePool::connect(&address).await.expect("it is there");
    let turns = sqlx::query_scalar::<_, String>("SELECT turn FROM turns ORDER BY number");
    let turns = turns.fetch_all(&store).await.expect("it can be read");
    let read = |turn: &String| -> Value { serde_json::from_str(turn).expect("JSON") };
    let said = |turn: Value| {
        let text = turn["event"]["said"]["text"].as_str().expect("text").to_owned();
        (text, turn["answer"]["status"] == "found")
    };
    turns.iter().map(read).map(said).collect()
}
