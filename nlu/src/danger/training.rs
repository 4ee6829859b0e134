//! Teaching the learned judges: from the examples, and from those messages written for measuring
//! that may be learned from. What judges tell of a message who never heard it, nor one much like it,
//! says how the judges are joined and where the thresholds lie; that is `wendu train danger`'s affair.

use super::{
    Kind, Signs, features,
    layer::{CLASSES, Layer, NONE, of_features},
    learned::Layers,
    lessons, signs, sound,
    weights::{NUMBERS, numbers},
};
use crate::{
    layer::{Input, Lesson, Teaching, of_meaning, only},
    meaning::{self, Encoder, Meaning},
};

/// Where a sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From the examples.
    Example,
    /// From the messages by which danger is measured.
    Measured,
}

/// A sentence to be learned.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its kind; nothing if it is harmless.
    pub kind: Option<Kind>,
    /// What is said.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
}

/// A sentence made ready, in the forms in which it is learned; the first is as it is.
pub struct Prepared {
    row: Row,
    part: usize,
    forms: Vec<Form>,
}

struct Form {
    words: Vec<Input>,
    meaning: Option<Meaning>,
    signs: Option<Signs>,
}

/// What is told of a sentence by judges who were not taught it.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// What is said.
    pub text: String,
    /// Its kind; nothing if it is harmless.
    pub kind: Option<Kind>,
    /// Where it comes from.
    pub source: Source,
    /// What is weighed of it by words alone, and what with its meaning.
    pub numbers: [[f32; NUMBERS]; 2],
    /// The kind found by words alone, and with its meaning.
    pub kinds: [Kind; 2],
}

/// Parts that the sentences are dealt into; each is judged by what the others teach.
pub const PARTS: usize = 5;
/// Examples that stand together and are dealt together: they are often one sentence, filled
/// differently.
const BLOCK: usize = 15;
/// Likeness of meaning from which a sentence is not taught while a measured message is judged.
const ALIKE: f32 = 0.8;
/// How much more a measured message counts than an example.
const MEASURED: f32 = 2.0;

// On sentences left out, half or thrice as much of each gave the same within a hundredth.
const WORDS: Teaching = Teaching { inputs: features::SIZE, rounds: 8, step: 0.35, pull: 2e-4 };
const MEANING: Teaching = Teaching { inputs: meaning::NUMBERS, rounds: 12, step: 0.25, pull: 1e-4 };

/// Makes sentences ready; without the sentence encoder only their words are learned.
pub fn prepare(rows: Vec<Row>, encoder: Option<&Encoder>) -> Vec<Prepared> {
    let ready = |(at, row): (usize, Row)| {
        let folded = crate::normal::fold(&row.text);
        let form = |(place, form): (usize, lessons::Form)| Form {
            words: of_features(&form.features),
            meaning: encoder.filter(|_| !form.text.is_empty()).map(|one| one.encode(&form.text)),
            signs: (place == 0).then(|| signs::count(&sound::hear(&folded))),
        };
        let forms = lessons::forms(&folded, at).into_iter().enumerate().map(form).collect();
        let part = match row.source {
            Source::Example => at / BLOCK % PARTS,
            Source::Measured => at % PARTS,
        };
        Prepared { row, part, forms }
    };
    rows.into_iter().enumerate().map(ready).collect()
}

/// Learns from all of them.
pub fn learn(rows: &[Prepared]) -> Layers {
    layers(&rows.iter().collect::<Vec<_>>())
}

/// Every sentence judged by what those of other parts teach; nothing without the sentence encoder.
pub fn left_out(rows: &[Prepared]) -> Vec<LeftOut> {
    let mut out = Vec::new();
    for part in 0..PARTS {
        let (judged, others): (Vec<&Prepared>, Vec<&Prepared>) =
            rows.iter().partition(|row| row.part == part);
        let measured: Vec<&Meaning> = judged
            .iter()
            .filter(|row| row.row.source == Source::Measured)
            .filter_map(|row| row.forms[0].meaning.as_ref())
            .collect();
        let unlike = |row: &&Prepared| {
            let meaning = row.forms[0].meaning.as_ref();
            row.row.source == Source::Measured
                || meaning.is_none_or(|one| measured.iter().all(|m| m.likeness(one) < ALIKE))
        };
        let layers = layers(&others.into_iter().filter(unlike).collect::<Vec<_>>());
        out.extend(judged.into_iter().filter_map(|row| judge(row, &layers)));
    }
    out
}

fn judge(row: &Prepared, layers: &Layers) -> Option<LeftOut> {
    let form = row.forms.first()?;
    let signs = form.signs.as_ref()?;
    let words = layers.words.judge(&form.words);
    let meaning = layers.meaning.judge(&of_meaning(form.meaning.as_ref()?.as_slice()));
    Some(LeftOut {
        text: row.row.text.clone(),
        kind: row.row.kind,
        source: row.row.source,
        numbers: [
            numbers(signs, words.danger, None),
            numbers(signs, words.danger, Some(meaning.danger)),
        ],
        kinds: [signs.kind(&[words]), signs.kind(&[words, meaning])],
    })
}

fn layers(rows: &[&Prepared]) -> Layers {
    let class = |row: &Prepared| row.row.kind.map_or(NONE, |kind| kind as usize);
    let counts = |row: &Prepared| match row.row.source {
        Source::Example => 1.0,
        Source::Measured => MEASURED,
    };
    let forms = || rows.iter().flat_map(|row| row.forms.iter().map(move |form| (row, form)));
    let words: Vec<Lesson<'_, CLASSES>> = forms()
        .map(|(row, form)| Lesson {
            inputs: &form.words,
            wanted: only(class(row)),
            counts: counts(row),
        })
        .collect();
    let meanings: Vec<(&Prepared, Vec<Input>)> = forms()
        .filter_map(|(row, form)| Some((*row, of_meaning(form.meaning.as_ref()?.as_slice()))))
        .collect();
    let meaning: Vec<Lesson<'_, CLASSES>> = meanings
        .iter()
        .map(|(row, inputs)| Lesson { inputs, wanted: only(class(row)), counts: counts(row) })
        .collect();
    Layers { words: Layer::learn(&words, WORDS), meaning: Layer::learn(&meaning, MEANING) }
}
