//! A layer of weights: classes from weighted inputs, by multinomial logistic regression, learned by
//! AdaGrad (Duchi, Hazan and Singer 2011). The order of teaching is fixed, so that the same lessons
//! always teach the same. What inputs and classes stand for is the affair of those who have a layer.

/// An input: its number and how strong it is.
pub(crate) type Input = (u32, f32);

/// One weight an input and class; the last row is the constant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layer<const CLASSES: usize> {
    pub weights: Vec<[f32; CLASSES]>,
}

/// How a layer is taught.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Teaching {
    /// How many inputs there are.
    pub inputs: usize,
    /// Rounds through all lessons.
    pub rounds: usize,
    /// Step size.
    pub step: f32,
    /// Pull towards nought at each step.
    pub pull: f32,
}

/// A lesson: inputs, the share of each class in what they are, how much it counts.
pub(crate) struct Lesson<'a, const CLASSES: usize> {
    pub inputs: &'a [Input],
    pub wanted: [f32; CLASSES],
    pub counts: f32,
}

/// All of one class.
pub(crate) fn only<const CLASSES: usize>(class: usize) -> [f32; CLASSES] {
    std::array::from_fn(|each| if each == class { 1.0 } else { 0.0 })
}

/// The numbers of a meaning as inputs.
pub(crate) fn of_meaning(numbers: &[f32]) -> Vec<Input> {
    (0..).zip(numbers.iter().copied()).collect()
}

impl<const CLASSES: usize> Layer<CLASSES> {
    /// Learns.
    pub fn learn(lessons: &[Lesson<'_, CLASSES>], teaching: Teaching) -> Layer<CLASSES> {
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

    fn step(
        &mut self,
        lesson: &Lesson<'_, CLASSES>,
        teaching: Teaching,
        walked: &mut [[f32; CLASSES]],
    ) {
        let chances = self.chances(lesson.inputs);
        let errors: [f32; CLASSES] =
            std::array::from_fn(|class| (chances[class] - lesson.wanted[class]) * lesson.counts);
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

    /// The share of each class (softmax), adding up to 1.
    pub fn chances(&self, inputs: &[Input]) -> [f32; CLASSES] {
        let mut sums = [0.0f32; CLASSES];
        for (at, strength) in inputs.iter().copied().chain([self.constant()]) {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[at as usize]) {
                *sum += weight * strength;
            }
        }
        shares(sums)
    }

    /// Writes it: a scale, the constants, then the weights in eight bits.
    pub fn write(&self, out: &mut Vec<u8>) {
        let Some((constants, weights)) = self.weights.split_last() else { return };
        let largest = weights.iter().flatten().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
        let scale = largest / f32::from(i8::MAX);
        out.extend([scale].iter().chain(constants).flat_map(|number| number.to_le_bytes()));
        let small = |weight: &f32| ((weight / scale).round() as i8).to_le_bytes();
        out.extend(weights.iter().flatten().flat_map(small));
    }

    /// Reads what `write` wrote of a layer of so many inputs, and moves on behind it; none if it is
    /// not that.
    pub fn read(rest: &mut &[u8], inputs: usize) -> Option<Layer<CLASSES>> {
        let scale = number(rest)?;
        let mut constants = [0.0; CLASSES];
        for constant in &mut constants {
            *constant = number(rest)?;
        }
        let (weights, after) = rest.split_at_checked(inputs * CLASSES)?;
        *rest = after;
        let row = |row: &[u8; CLASSES]| row.map(|byte| f32::from(byte as i8) * scale);
        let weights = weights.as_chunks().0.iter().map(row).chain([constants]).collect();
        Some(Layer { weights })
    }
}

/// What adds up to 1 in the proportions of exponentials (softmax).
pub(crate) fn shares<const CLASSES: usize>(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let raised = sums.map(|sum| (sum - top).exp());
    let whole: f32 = raised.iter().sum();
    raised.map(|each| each / whole)
}

/// The next number of a file, if it is one.
pub(crate) fn number(rest: &mut &[u8]) -> Option<f32> {
    Some(f32::from_le_bytes(take(rest)?)).filter(|number| number.is_finite())
}

/// The next bytes of a file.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}

fn stride(count: usize) -> usize {
    let shares = |a: usize| (2..=a).any(|d| a.is_multiple_of(d) && count.is_multiple_of(d));
    (count * 3 / 8..).find(|stride| *stride > 0 && !shares(*stride)).unwrap_or(1)
}
