//! Which side is asked for when no usual phrase says so: a linear model over words and characters,
//! learned from `examples.txt` when it is first needed (some hundredths of a second), so that its
//! examples are all there is to keep. Multinomial logistic regression by AdaGrad (Duchi et al. 2011):
//! the order of the examples is fixed, and so is what comes out.

use std::{collections::HashMap, sync::LazyLock};

use super::{Asked, meant, phrases};
use crate::{
    facet::Facet,
    layer::shares,
    meaning::Meaning,
    script::{Script, runs},
};

pub(super) const EXAMPLES: &str = include_str!("examples.txt");

/// What an example may ask for: a side, a person, the hours, or nothing of the kind.
pub(super) const CLASSES: usize = Facet::ALL.len() + 3;
/// The classes of a person, of hours, and of questions that ask for no side.
const PERSON: usize = CLASSES - 3;
const HOURS: usize = CLASSES - 2;
const NONE: usize = CLASSES - 1;
/// Passes over the examples; the share that is right on other questions stays the same from 15 on.
const PASSES: usize = 20;
/// The length of a first step.
const RATE: f32 = 1.0;
/// Neighbouring words or Chinese characters taken together, at most.
const PHRASE: usize = 3;
/// Letters of an English word taken together, so that a slip does not hide the word.
const LETTERS: usize = 4;
/// How near to the likeliest side another must come to be asked for as well.
const ALSO: f32 = 0.4;

/// The least chance at which a side is asked for, and the hours of a place: what is taken for
/// those is no longer looked up.
const LIKELY: f32 = 0.25;
const SURE: f32 = 0.8;

/// A feature's weight for each class.
pub(super) type Row = [f32; CLASSES];

/// The chance of each thing that may be asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances(Row);

impl Chances {
    /// The chance of a side, or that none is asked for.
    pub fn of(&self, facet: Option<Facet>) -> f32 {
        facet.map_or(self.0[NONE], |facet| self.of_asked(Asked::Facet(facet)))
    }

    /// The chance that a person is asked for, to talk to.
    pub fn person(&self) -> f32 {
        self.0[PERSON]
    }

    /// The chance that the hours of a place are asked for.
    pub fn hours(&self) -> f32 {
        self.0[HOURS]
    }

    pub(super) fn of_asked(&self, asked: Asked) -> f32 {
        match asked {
            Asked::Hours => self.0[HOURS],
            Asked::Facet(facet) => {
                Facet::ALL.iter().position(|f| *f == facet).map_or(0.0, |at| self.0[at])
            }
        }
    }

    /// What is asked for: the likeliest, and a second that comes near it.
    pub(super) fn asked(&self) -> Vec<Asked> {
        let mut order: Vec<usize> = (0..CLASSES).filter(|class| *class != PERSON).collect();
        order.sort_by(|a, b| self.0[*b].total_cmp(&self.0[*a]));
        if self.person() >= SURE {
            return vec![];
        }
        let likely = |class: usize| self.0[class] >= if class == HOURS { SURE } else { LIKELY };
        let near = |class: &&usize| likely(**class) && self.0[**class] >= ALSO * self.0[order[0]];
        order.iter().take(2).take_while(near).map_while(|class| meaning(*class)).collect()
    }
}

/// How likely a folded text asks for each side, by its words and, where it is known, by what it means.
pub(super) fn chances(folded: &str, meaning: Option<&Meaning>) -> Chances {
    let words = MODEL.chances(folded);
    meaning.map_or(words, |meaning| Chances(meant::joined(words.0, meaning)))
}

/// Learns now rather than at the first question.
pub(super) fn warm_up() {
    LazyLock::force(&MODEL);
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::learn(&examples(EXAMPLES)));

struct Model {
    /// The place of each feature's weights.
    places: HashMap<String, usize>,
    /// The inverse document frequency of each.
    rarity: Vec<f32>,
    weights: Vec<Row>,
    bias: Row,
}

impl Model {
    fn learn(examples: &[(Row, &str)]) -> Model {
        let texts: Vec<Vec<String>> =
            examples.iter().map(|(_, text)| features(&crate::normal::fold(text))).collect();
        let mut model =
            Model { places: HashMap::new(), rarity: vec![], weights: vec![], bias: [0.0; CLASSES] };
        for feature in texts.iter().flatten() {
            let next = model.places.len();
            let place = *model.places.entry(feature.clone()).or_insert(next);
            if place == model.rarity.len() {
                model.rarity.push(0.0);
            }
            model.rarity[place] += 1.0;
        }
        for count in &mut model.rarity {
            *count = (examples.len() as f32 / *count).ln() + 1.0;
        }
        model.weights = vec![[0.0; CLASSES]; model.rarity.len()];
        let rows: Vec<Vec<(usize, f32)>> = texts.iter().map(|text| model.row(text)).collect();
        model.descend(examples, &rows);
        model
    }

    fn descend(&mut self, examples: &[(Row, &str)], rows: &[Vec<(usize, f32)>]) {
        let mut seen = vec![[1e-6_f32; CLASSES]; self.weights.len()];
        let mut seen_bias = [1e-6_f32; CLASSES];
        for pass in 0..PASSES {
            for at in 0..rows.len() {
                // Examples of a class stand together; a stride that shares no factor mixes them.
                let at = (at * 619 + pass * 37) % rows.len();
                let (chances, wanted) = (self.of(&rows[at]).0, examples[at].0);
                let error: Row = std::array::from_fn(|class| chances[class] - wanted[class]);
                for class in 0..CLASSES {
                    for (place, value) in &rows[at] {
                        let slope = error[class] * value;
                        let seen = &mut seen[*place][class];
                        *seen += slope * slope;
                        self.weights[*place][class] -= RATE * slope / seen.sqrt().max(0.1);
                    }
                    seen_bias[class] += error[class] * error[class];
                    self.bias[class] -= 0.1 * error[class] / seen_bias[class].sqrt().max(0.1);
                }
            }
        }
    }

    fn chances(&self, folded: &str) -> Chances {
        self.of(&self.row(&features(folded)))
    }

    /// The features known, each with its weight in this text; together of length one.
    fn row(&self, features: &[String]) -> Vec<(usize, f32)> {
        let mut row: Vec<(usize, f32)> = features
            .iter()
            .filter_map(|feature| self.places.get(feature))
            .map(|place| (*place, self.rarity[*place]))
            .collect();
        let length = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(1e-6);
        row.iter_mut().for_each(|(_, value)| *value /= length);
        row
    }

    fn of(&self, row: &[(usize, f32)]) -> Chances {
        let mut sums = self.bias;
        for (place, value) in row {
            for (sum, weight) in sums.iter_mut().zip(self.weights[*place]) {
                *sum += weight * value;
            }
        }
        Chances(shares(sums))
    }
}

/// What a class stands for.
fn meaning(class: usize) -> Option<Asked> {
    match class {
        HOURS => Some(Asked::Hours),
        class => Facet::ALL.get(class).map(|facet| Asked::Facet(*facet)),
    }
}

/// Each example with what it asks for: 1 for one class, shared where it asks for two.
pub(super) fn examples(text: &str) -> Vec<(Row, &str)> {
    let mut wanted = [0.0; CLASSES];
    let mut examples = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(names) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let classes: Vec<usize> = names.split(' ').map(class).collect();
            wanted = [0.0; CLASSES];
            classes.iter().for_each(|class| wanted[*class] = 1.0 / classes.len() as f32);
        } else if !line.starts_with('#') {
            examples.push((wanted, line));
        }
    }
    examples
}

/// The class of a name.
fn class(name: &str) -> usize {
    match name {
        "person" => PERSON,
        "hours" => HOURS,
        name => Facet::ALL.iter().position(|facet| facet.name() == name).unwrap_or(NONE),
    }
}

/// Words and Chinese characters, up to three together; letters of English words; the usual phrases.
/// Each once.
fn features(folded: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut all: Vec<String> = Vec::new();
    for (script, run) in runs(folded) {
        match script {
            Script::Han => pieces.extend(run.chars().map(String::from)),
            Script::Word => {
                let word = run.replace('\'', "");
                let letters: Vec<char> = format!("<{word}>").chars().collect();
                all.extend(letters.windows(LETTERS).map(|part| part.iter().collect::<String>()));
                pieces.push(word);
            }
        }
    }
    for size in 1..=PHRASE {
        all.extend(pieces.windows(size).map(|part| format!(" {}", part.join(" "))));
    }
    all.extend(phrases(folded).into_iter().map(|asked| format!("* {asked:?}")));
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CLASSES, EXAMPLES, chances, examples, meaning};

    #[test]
    fn every_class_has_examples_in_both_scripts() {
        let han = |text: &str| text.chars().any(crate::script::is_han);
        for class in 0..CLASSES {
            let of: Vec<_> =
                examples(EXAMPLES).into_iter().filter(|(row, _)| row[class] == 1.0).collect();
            let chinese = of.iter().filter(|(_, text)| han(text)).count();
            assert!(chinese >= 10 && of.len() - chinese >= 10, "{:?}", meaning(class));
        }
    }

    #[test]
    fn no_example_stands_under_two_sides() {
        let mut all: Vec<_> = examples(EXAMPLES).into_iter().map(|(_, text)| text).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    proptest! {
        #[test]
        fn any_text_has_chances(text in "\\PC{0,80}") {
            let sum: f32 = chances(&crate::normal::fold(&text), None).0.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-3);
        }
    }
}
