//! The model at work, on a thread of its own. ONNX Runtime sets up a processor's matrix registers
//! (AMX) for the thread that it computes on, and so does whisper.cpp, once a thread: on a thread that
//! both have used the ears hear nonsense.

use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;
use std::path::PathBuf;
use std::sync::Weak;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// What the model is given for a sentence.
pub(super) struct Input {
    pub(super) tokens: Vec<i64>,
    pub(super) style: Vec<f32>,
    pub(super) speed: f32,
    /// Gone when nobody waits for it any more.
    pub(super) wanted: Weak<()>,
}

type Output = Result<Vec<f32>, String>;

/// A loaded model. Its thread ends with it.
pub(super) struct Model {
    jobs: Sender<(Input, SyncSender<Output>)>,
}

impl Model {
    /// Loads it. The thread is as polite as the one that asks.
    pub(super) fn open(
        environment: Environment,
        file: PathBuf,
        threads: usize,
    ) -> Result<Self, String> {
        let (jobs, todo) = channel();
        let (opened, answer) = sync_channel(1);
        let work = move || match session(&environment, &file, threads) {
            Ok(session) => {
                let _ = opened.send(Ok(()));
                compute(session, &todo);
            }
            Err(error) => {
                let _ = opened.send(Err(error.to_string()));
            }
        };
        let thread = std::thread::Builder::new().name("kokoro".to_owned());
        thread.spawn(work).map_err(|error| error.to_string())?;
        answer.recv().map_err(|error| error.to_string())??;
        Ok(Self { jobs })
    }

    /// The samples for a sentence. Waits for those before it.
    pub(super) fn run(&self, input: Input) -> Output {
        let (back, answer) = sync_channel(1);
        self.jobs.send((input, back)).map_err(|error| error.to_string())?;
        answer.recv().map_err(|error| error.to_string())?
    }
}

fn session(environment: &Environment, file: &PathBuf, threads: usize) -> ort::Result<Session> {
    Session::builder(environment)?
        .with_intra_threads(threads.max(1))?
        .with_intra_op_spinning(false)?
        .commit_from_file(file)
}

/// Until nobody can ask any more.
fn compute(mut session: Session, todo: &Receiver<(Input, SyncSender<Output>)>) {
    while let Ok((input, back)) = todo.recv() {
        let made = match input.wanted.strong_count() {
            0 => Err("nobody waits for it any more".to_owned()),
            _ => sound(&mut session, input).map_err(|error| error.to_string()),
        };
        let _ = back.send(made);
    }
}

fn sound(session: &mut Session, input: Input) -> ort::Result<Vec<f32>> {
    let inputs = ort::inputs![
        "tokens" => Tensor::from_array(([1_usize, input.tokens.len()], input.tokens))?,
        "style" => Tensor::from_array(([1_usize, input.style.len()], input.style))?,
        "speed" => Tensor::from_array(([1_usize], vec![input.speed]))?,
    ];
    let outputs = session.run(inputs)?;
    let (_, sound) = outputs[0].try_extract_tensor::<f32>()?;
    Ok(sound.to_vec())
}
