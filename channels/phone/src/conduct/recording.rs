//! A call's recording, where the operator has set it up and the caller was told: the caller left, we
//! right.

use crate::leg::Rate;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// A recording under way. It is whole when it is dropped.
pub(super) struct Recording {
    file: WavWriter<BufWriter<File>>,
    is_broken: bool,
}

impl Recording {
    /// Begins one, named after the call. Where it cannot be kept, the call goes on without, and the
    /// caller is not told that there is one.
    pub(super) fn begin(folder: &Path, call: &str, rate: Rate) -> Option<Self> {
        let spec = WavSpec {
            channels: 2,
            sample_rate: rate.hz(),
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let begun = std::fs::create_dir_all(folder)
            .map_err(hound::Error::from)
            .and_then(|()| WavWriter::create(folder.join(format!("{call}.wav")), spec));
        match begun {
            Ok(file) => Some(Self { file, is_broken: false }),
            Err(error) => {
                tracing::error!(%error, "a call cannot be recorded: look at `phone.recordings`");
                None
            }
        }
    }

    /// Takes 20 ms of both sides.
    pub(super) fn take(&mut self, caller: &[i16], ours: Option<&[i16]>) {
        if self.is_broken {
            return;
        }
        for (at, heard) in caller.iter().enumerate() {
            let said = ours.and_then(|ours| ours.get(at)).copied().unwrap_or(0);
            let written =
                self.file.write_sample(*heard).and_then(|()| self.file.write_sample(said));
            if let Err(error) = written {
                tracing::error!(%error, "a recording broke off");
                self.is_broken = true;
                return;
            }
        }
    }
}
