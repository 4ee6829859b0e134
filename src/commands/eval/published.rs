//! Published passages, indexed for measuring and training: real index, real signals, with any
//! passages out of sight.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use knowledge::{
    index::{Entry, Index},
    support::{MEANT, SIGNALS},
};
use nlu::{Encoder, Meaning, normal::fold};
use serde::{Deserialize, de::DeserializeOwned};
use tempfile::TempDir;

/// One passage, or a document to be cut.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    /// Its ID.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its title, if it has one.
    #[serde(default)]
    pub title: Option<String>,
}

/// Characters of a passage, and from one passage's start to the next, where documents are cut.
const WINDOW: (usize, usize) = (200, 150);

/// Documents whole, or cut into overlapping passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Each document is a passage.
    Whole,
    /// Passages of 200 characters, one each 150.
    Windows,
}

/// Passages ready to be asked.
pub struct Published {
    index: Index,
    /// The document of each passage.
    documents: Vec<String>,
    meanings: Vec<Meaning>,
    _folder: TempDir,
}

impl Published {
    /// Indexes documents; with an encoder, knows what each passage means.
    pub fn of(
        documents: &[Document],
        cut: Cut,
        encoder: Option<&Encoder>,
    ) -> anyhow::Result<Published> {
        if documents.is_empty() {
            bail!("there are no passages; look at the file named with --passages");
        }
        let (mut entries, mut pages, mut ids, mut meanings) = (vec![], vec![], vec![], vec![]);
        for (article, document) in documents.iter().enumerate() {
            let title = title(document, cut);
            let pieces = match cut {
                Cut::Whole => vec![document.text.clone()],
                Cut::Windows => windows(&document.text),
            };
            for piece in pieces {
                meanings.extend(encoder.map(|encoder| encoder.encode(&piece)));
                entries.push(Entry { text: format!("{title}\n{piece}"), article });
                ids.push(document.id.clone());
            }
            pages.push(format!("{title}\n{}", document.text));
        }
        let folder = tempfile::tempdir().context("no temporary folder can be made")?;
        Index::build(folder.path(), &entries, &pages, &|_| ())?;
        let parents = entries.iter().map(|entry| entry.article).collect();
        let index = Index::open(folder.path(), parents)?;
        Ok(Published { index, documents: ids, meanings, _folder: folder })
    }

    /// The passages of these documents.
    pub fn passages_of(&self, documents: &[String]) -> Vec<usize> {
        let of = |passage: &usize| documents.contains(&self.documents[*passage]);
        (0..self.documents.len()).filter(of).collect()
    }

    /// What a text finds, with some passages out of sight.
    pub fn signals(&self, text: &str, without: &[usize]) -> [f32; SIGNALS] {
        self.index.support(&fold(text), &|passage| !without.contains(&passage)).signals
    }

    /// What a text finds by words, and what its meaning adds.
    pub fn view(&self, text: &str, encoder: Option<&Encoder>) -> bot::sureness::View {
        let support = self.index.support(&fold(text), &|_| true);
        let meant: Option<[f32; MEANT]> = encoder.map(|encoder| {
            let meaning = encoder.encode(text);
            let likeness: Vec<f32> =
                self.meanings.iter().map(|passage| passage.likeness(&meaning)).collect();
            self.index.meant(&support, &likeness)
        });
        (support.signals, meant)
    }
}

/// A document without a title begins with it, where documents are cut.
fn title(document: &Document, cut: Cut) -> String {
    match (document.title.as_deref().unwrap_or_default(), cut) {
        ("", Cut::Windows) => {
            let first = document.text.split_whitespace().next().unwrap_or_default();
            first.chars().take(40).collect()
        }
        (title, _) => title.to_owned(),
    }
}

fn windows(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (size, step) = WINDOW;
    let last = letters.len().saturating_sub(size - step).max(1);
    let window = |start: usize| letters[start..letters.len().min(start + size)].iter().collect();
    (0..last).step_by(step).map(window).collect()
}

/// The sentence encoder of a models folder, if it is installed.
pub fn encoder(models: &Path) -> anyhow::Result<Option<Encoder>> {
    let home = models.join("meaning");
    if !home.is_dir() {
        return Ok(None);
    }
    let bytes = |name: &str| {
        let file = home.join(name);
        fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
    };
    Ok(Some(Encoder::load(&bytes("weights.npz")?, &bytes("sp.model")?)?))
}

/// Reads JSON Lines.
pub fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(number, line): (usize, &str)| {
        serde_json::from_str(line)
            .with_context(|| format!("{}:{} is no such row", path.display(), number + 1))
    };
    lines.map(row).collect()
}

/// The chance that one of `yes` ranks above one of `no`: the area under the ROC curve. Equals
/// count half.
pub fn auroc(yes: &[f32], no: &[f32]) -> f64 {
    let mut all: Vec<(f32, bool)> =
        yes.iter().map(|x| (*x, true)).chain(no.iter().map(|x| (*x, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let (mut ups, mut downs) = (0.0, 0.0);
        same.iter().for_each(|(_, yes)| if *yes { ups += 1.0 } else { downs += 1.0 });
        wins += ups * (below + downs / 2.0);
        below += downs;
    }
    wins / (yes.len() as f64 * no.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::auroc;

    #[test]
    fn the_area_counts_pairs_in_order() {
        assert_eq!(auroc(&[0.9, 0.8], &[0.1, 0.2]), 1.0);
        assert_eq!(auroc(&[0.5], &[0.5]), 0.5);
        assert_eq!(auroc(&[0.3, 0.9], &[0.5, 0.1]), 0.75);
    }
}
