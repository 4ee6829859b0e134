//! Multinomial logistic regression: the kinds of danger and "none" from weighted inputs, learned by
//! AdaGrad (Duchi, Hazan and Singer 2011). The order of teaching is fixed, so that the same lessons
//! always teach the same.

use super::Kind;

/// The kinds, and "none" as the last class.
pub(super) const CLASSES: usize = Kind::ALL.len() + 1;
/// The last class.
pub(super) const NONE: usize = CLASSES - 1;
/// Log odds beyond which nothing is surer.
const SUREST: f32 = 10.0;

/// An input: its number and how strong it is.
pub(super) type Input = (u32, f32);

/// What a layer says of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judgement {
    /// Log odds of danger against none.
    pub danger: f32,
    /// The share of each kind, adding up to 1.
    pub kinds: [f32; Kind::ALL.len()],
}

/// One weight an input and class; the last row is the constant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layer {
    pub weights: Vec<[f32; CLASSES]>,
}

/// How a layer is taught.
#[derive(Debug, Clone, Copy)]
pub struct Teaching {
    /// How many inputs there are.
    pub inputs: usize,
    /// Rounds through all lessons.
    pub rounds: usize,
    /// Step size.
    pub step: f32,
    /// Pull towards nought at each step.
    pub pull: f32,
}

/// A lesson: inputs, the class they are of, how much it counts.
pub(super) struct Lesson<'a> {
    pub inputs: &'a [Input],
    pub class: usize,
    pub counts: f32,
}

impl Layer {
    /// Learns.
    pub fn learn(lessons: &[Lesson<'_>], teaching: Teaching) -> Layer {
        let mut layer = Layer { weights: vec![[0.0; CLASSES]; teaching.inputs + 1] };
        let mut walked = vec![[1e-6f32; CLASSES]; teaching.inputs + 1];
        // A stride that shares no factor with the number of lessons mixes the kinds.
        let stride = stride(lessons.len());
        for round in 0..teaching.rounds {
            let mut at = round;
            for _ in 0..lessons.len() {
                at = (at + stride) % lessons.len();
                layer.step(&lessons[at], teaching, &mut walked);
            }
        }
        layer
    }

    fn step(&mut self, lesson: &Lesson<'_>, teaching: Teaching, walked: &mut [[f32; CLASSES]]) {
        let mut errors = self.chances(lesson.inputs);
        errors[lesson.class] -= 1.0;
        let errors = errors.map(|error| error * lesson.counts);
        for (at, strength) in lesson.inputs.iter().copied().chain([self.constant()]) {
            let (weights, walked) = (&mut self.weights[at as usize], &mut walked[at as usize]);
            for class in 0..CLASSES {
                let slope = errors[class] * strength + teaching.pull * weights[class];
                walked[class] += slope * slope;
                weights[class] -= teaching.step * slope / walked[class].sqrt();
            }
        }
    }

    fn constant(&self) -> Input {
        (self.weights.len() as u32 - 1, 1.0)
    }

    /// What the layer says of inputs.
    pub fn judge(&self, inputs: &[Input]) -> Judgement {
        let chances = self.chances(inputs);
        let danger: f32 = chances[..NONE].iter().sum();
        let odds = (danger.max(1e-9) / chances[NONE].max(1e-9)).ln();
        let kinds = std::array::from_fn(|kind| chances[kind] / danger.max(1e-9));
        Judgement { danger: odds.clamp(-SUREST, SUREST), kinds }
    }

    /// The share of each class (softmax), adding up to 1.
    fn chances(&self, inputs: &[Input]) -> [f32; CLASSES] {
        let mut sums = [0.0f32; CLASSES];
        for (at, strength) in inputs.iter().copied().chain([self.constant()]) {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[at as usize]) {
                *sum += weight * strength;
            }
        }
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let raised = sums.map(|sum| (sum - top).exp());
        let whole: f32 = raised.iter().sum();
        raised.map(|each| each / whole)
    }
}

/// Features weighed so that a text's own length (Euclid's) is 1, whatever its length in words.
pub fn of_features(features: &[u32]) -> Vec<Input> {
    let strength = 1.0 / (features.len().max(1) as f32).sqrt();
    features.iter().map(|feature| (*feature, strength)).collect()
}

/// The numbers of a meaning.
pub(super) fn of_meaning(numbers: &[f32]) -> Vec<Input> {
    (0..).zip(numbers.iter().copied()).collect()
}

fn stride(count: usize) -> usize {
    let shares = |a: usize| (2..=a).any(|d| a.is_multiple_of(d) && count.is_multiple_of(d));
    (count * 3 / 8..).find(|stride| *stride > 0 && !shares(*stride)).unwrap_or(1)
}
