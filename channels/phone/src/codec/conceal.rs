//! Filling in for lost sound where the codec cannot: the last pitch period is repeated and fades
//! out, and what arrives next is blended in. After the method of ITU-T G.711 Appendix I, simpler:
//! the period is searched at half the rate, and the last one is repeated rather than the last three.

use crate::leg::Rate;

/// Pitch periods that voices have, in milliseconds (66 to 400 Hz).
const SHORTEST_MS: f32 = 2.5;
const LONGEST_MS: f32 = 15.0;

/// After this long the made-up sound is silent.
const FADED_MS: usize = 60;

/// How long real and made-up sound are blended.
const BLEND_MS: usize = 5;

pub(crate) struct Concealer {
    per_ms: usize,
    /// The last sound, twice the longest period and a little, oldest first.
    past: Vec<i16>,
    /// The loss that lasts, if one does.
    bridge: Option<Bridge>,
}

struct Bridge {
    period: Vec<i16>,
    /// Samples made up so far.
    made: usize,
}

impl Concealer {
    pub(crate) fn new(rate: Rate) -> Self {
        let per_ms = rate.hz() as usize / 1000;
        Self { per_ms, past: vec![0; per_ms * 40], bridge: None }
    }

    /// Sound arrived. Its beginning is blended with what was made up before.
    pub(crate) fn arrived(&mut self, sound: &mut [i16]) {
        if let Some(mut bridge) = self.bridge.take() {
            let blend = (self.per_ms * BLEND_MS).min(sound.len());
            for (n, sample) in sound[..blend].iter_mut().enumerate() {
                let real = n as f32 / blend as f32;
                let made = f32::from(bridge.next(self.per_ms));
                *sample = (f32::from(*sample) * real + made * (1.0 - real)) as i16;
            }
        }
        self.remember(sound);
    }

    /// Fills `out` with what may have been said.
    pub(crate) fn conceal(&mut self, out: &mut [i16]) {
        let period = self.bridge.is_none().then(|| self.period());
        let bridge = self
            .bridge
            .get_or_insert_with(|| Bridge { period: period.unwrap_or_default(), made: 0 });
        out.iter_mut().for_each(|sample| *sample = bridge.next(self.per_ms));
    }

    fn remember(&mut self, sound: &[i16]) {
        let kept = self.past.len();
        self.past.extend_from_slice(sound);
        self.past.drain(..self.past.len() - kept);
    }

    /// The last pitch period: the lag by which the past most resembles itself.
    fn period(&self) -> Vec<i16> {
        let shortest = (self.per_ms as f32 * SHORTEST_MS) as usize;
        let longest = (self.per_ms as f32 * LONGEST_MS) as usize;
        let window = self.per_ms * 20;
        let end = &self.past[self.past.len() - window..];
        let likeness = |lag: usize| {
            let before = &self.past[self.past.len() - window - lag..];
            let (mut product, mut energy) = (0.0f32, 1.0f32);
            for (a, b) in end.iter().zip(before).step_by(2) {
                product += f32::from(*a) * f32::from(*b);
                energy += f32::from(*b) * f32::from(*b);
            }
            product / energy.sqrt()
        };
        let lag = (shortest..=longest)
            .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
            .unwrap_or(shortest);
        self.past[self.past.len() - lag..].to_vec()
    }
}

impl Bridge {
    fn next(&mut self, per_ms: usize) -> i16 {
        let faded = FADED_MS * per_ms;
        let whole = 10 * per_ms;
        let loud = if self.made < whole {
            1.0
        } else {
            1.0 - (self.made - whole) as f32 / (faded - whole) as f32
        };
        let sample = self.period.get(self.made % self.period.len().max(1)).copied().unwrap_or(0);
        self.made += 1;
        (f32::from(sample) * loud.max(0.0)) as i16
    }
}
