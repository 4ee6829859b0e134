//! The learned judge: multinomial logistic regression over [`features`], taught from the examples
//! when the program starts. Nothing learned is stored, so that what it knows can be read in the
//! examples; the order of teaching is fixed, so that every start learns the same.

use std::sync::LazyLock;

use super::{
    Kind, examples,
    features::{self, SIZE},
    sound::{self, Heard},
};

/// The kinds, and "safe" as the last class.
const CLASSES: usize = Kind::ALL.len() + 1;
const SAFE: usize = CLASSES - 1;
/// Rounds through all examples.
const ROUNDS: usize = 6;
/// Step size of AdaGrad (Duchi, Hazan and Singer 2011).
const STEP: f32 = 0.35;
/// Pull towards nought at each step.
const PULL: f32 = 2e-4;
/// What speaks for "safe" before anything is known: most of what is said is.
const PRIOR: f32 = 3.0;
/// Log odds beyond which nothing is surer.
const SUREST: f32 = 10.0;

/// What the model says of a text.
pub(super) struct Judgement {
    /// Log odds of danger against none.
    pub danger: f32,
    /// The share of each kind, adding up to 1.
    pub kinds: [f32; Kind::ALL.len()],
}

static MODEL: LazyLock<Model> = LazyLock::new(Model::learn);

struct Model {
    weights: Vec<[f32; CLASSES]>,
}

struct Lesson {
    features: Vec<u32>,
    class: usize,
}

/// What the model says of a heard text.
pub(super) fn judge(heard: &Heard) -> Judgement {
    let chances = MODEL.chances(&features::of(heard));
    let danger: f32 = chances[..SAFE].iter().sum();
    let odds = (danger.max(1e-9) / chances[SAFE].max(1e-9)).ln();
    let kinds = std::array::from_fn(|kind| chances[kind] / danger.max(1e-9));
    Judgement { danger: odds.clamp(-SUREST, SUREST), kinds }
}

impl Model {
    fn learn() -> Model {
        let lessons = lessons();
        let mut model = Model { weights: vec![[0.0; CLASSES]; SIZE] };
        let mut walked = vec![[1e-6f32; CLASSES]; SIZE];
        // A stride that shares no factor with the number of lessons mixes the kinds.
        let stride = stride(lessons.len());
        for round in 0..ROUNDS {
            let mut at = round;
            for _ in 0..lessons.len() {
                at = (at + stride) % lessons.len();
                model.step(&lessons[at], &mut walked);
            }
        }
        model
    }

    fn step(&mut self, lesson: &Lesson, walked: &mut [[f32; CLASSES]]) {
        let chances = self.chances(&lesson.features);
        let scale = scale(&lesson.features);
        for feature in &lesson.features {
            let weights = &mut self.weights[*feature as usize];
            let walked = &mut walked[*feature as usize];
            for class in 0..CLASSES {
                let wanted = if class == lesson.class { 1.0 } else { 0.0 };
                let slope = (chances[class] - wanted) * scale + PULL * weights[class];
                walked[class] += slope * slope;
                weights[class] -= STEP * slope / walked[class].sqrt();
            }
        }
    }

    /// The share of each class (softmax), adding up to 1.
    fn chances(&self, features: &[u32]) -> [f32; CLASSES] {
        let mut sums = [0.0f32; CLASSES];
        for feature in features {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[*feature as usize]) {
                *sum += weight;
            }
        }
        let scale = scale(features);
        sums[SAFE] += PRIOR / scale;
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let raised = sums.map(|sum| ((sum - top) * scale).exp());
        let whole: f32 = raised.iter().sum();
        raised.map(|each| each / whole)
    }
}

/// Features are weighed so that a text's own length (Euclid's) is 1, whatever its length in words.
fn scale(features: &[u32]) -> f32 {
    1.0 / (features.len().max(1) as f32).sqrt()
}

/// Every example as it is written, and as it sounds or is misspelt.
fn lessons() -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (at, (kind, text)) in examples::all().into_iter().enumerate() {
        let class = kind.map_or(SAFE, |kind| kind as usize);
        let folded = crate::normal::fold(&text);
        let heard = sound::hear(&folded);
        lessons.push(Lesson { features: features::of(&heard), class });
        if heard.chinese {
            lessons.push(Lesson { features: features::of_sounds(&heard), class });
        } else {
            let slipped = sound::hear(&slip(&folded, at));
            lessons.push(Lesson { features: features::of(&slipped), class });
            if let Some(misheard) = mishear(&folded, at) {
                lessons.push(Lesson { features: features::of(&sound::hear(&misheard)), class });
            }
        }
    }
    lessons
}

/// An English sentence with a letter left out or two exchanged in every second longer word.
fn slip(text: &str, at: usize) -> String {
    let words = text.split(' ').enumerate().map(|(place, word)| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() >= 4 && (place + at).is_multiple_of(2) {
            let middle = 1 + (place * 7 + at) % (letters.len() - 2);
            if (place + at).is_multiple_of(4) {
                letters.remove(middle);
            } else {
                letters.swap(middle, middle + 1);
            }
        }
        letters.into_iter().collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What ears and the machines that listen make of words that matter here.
const MISHEARD: &[(&str, &[&str])] = &[
    ("fire", &["fly a", "far", "via", "buyer", "for a", "hire", "flyer"]),
    ("smoke", &["smack", "small k", "spoke"]),
    ("flames", &["claims", "planes"]),
    ("burning", &["bunning", "turning", "learning", "boning"]),
    ("knife", &["nice", "life", "night", "naive"]),
    ("gun", &["gone", "come", "gum"]),
    ("robbed", &["rubbed", "rob", "robed"]),
    ("following", &["falling", "swallowing", "fooling"]),
    ("stabbed", &["stopped", "step"]),
    ("police", &["please", "polish", "pull ease"]),
    ("kill", &["grill", "keel", "call", "kiln", "chill"]),
    ("hitting", &["heating", "hidding", "getting"]),
    ("hit", &["heat", "hid"]),
    ("hits", &["heats", "hids"]),
    ("beating", &["bidding", "beeping", "meeting", "eating"]),
    ("beats", &["bits", "beads"]),
    ("husband", &["has been", "hus bend", "has band"]),
    ("daddy", &["daily", "teddy"]),
    ("breathing", &["breeding", "reading", "briefing"]),
    ("breathe", &["breed", "brief", "breath"]),
    ("bleeding", &["breeding", "bleating", "pleading", "leading"]),
    ("blood", &["blot", "flood", "bled"]),
    ("heart attack", &["hard attack", "art attack", "hot tack"]),
    ("stroke", &["stroll", "strok", "struck"]),
    ("chest", &["jest", "test", "chessed"]),
    ("unconscious", &["on conscious", "an conscious", "uncontious"]),
    ("choking", &["joking", "chocking", "soaking"]),
    ("collapsed", &["co lapsed", "collapse", "clapped"]),
    ("fainted", &["painted", "feinted"]),
    ("seizure", &["caesar", "see sure", "season"]),
    ("ambulance", &["am balance", "and balance", "ambience"]),
    ("drowning", &["droning", "crowning"]),
    ("overdose", &["over dose", "overdoes"]),
    ("dying", &["dyeing", "tying", "dining"]),
    ("die", &["dye", "dive", "tie", "buy"]),
    ("suicide", &["sue aside", "sewer side", "suit side"]),
    ("myself", &["my shelf", "my self", "may self"]),
    ("jump", &["junk", "chump"]),
    ("pills", &["peels", "bills", "pels"]),
    ("gas", &["guess", "gus", "gars", "glass"]),
    ("leak", &["leek", "lick", "league"]),
    ("monoxide", &["mono oxide", "monarch side", "an oxide"]),
    ("smell", &["smile", "small", "smells"]),
    ("missing", &["mixing", "kissing", "missin"]),
    ("daughter", &["dotter", "water", "doctor"]),
    ("son", &["sun", "sung"]),
    ("baby", &["bay bee", "maybe", "babe he"]),
    ("child", &["chilled", "tiled"]),
    ("lost", &["last", "lust"]),
    ("kidnapped", &["kid napped", "kitten apped"]),
    ("our", &["hour", "are"]),
    ("breaking in", &["baking in", "breaking him", "braking in"]),
    ("wake up", &["walk up", "make up"]),
    ("help", &["health", "hell"]),
];

/// An English sentence with one word misheard; nothing if it holds none of them.
fn mishear(text: &str, at: usize) -> Option<String> {
    let text = format!(" {text} ");
    let found = |(meant, _): &&(&str, &[&str])| text.contains(&format!(" {meant} "));
    let (meant, as_heard) =
        MISHEARD.iter().filter(found).nth(at % 2).or(MISHEARD.iter().find(found))?;
    Some(text.replace(&format!(" {meant} "), &format!(" {} ", as_heard[at / 2 % as_heard.len()])))
}

fn stride(count: usize) -> usize {
    let shares = |a: usize| (2..=a).any(|d| a.is_multiple_of(d) && count.is_multiple_of(d));
    (count * 3 / 8..).find(|stride| *stride > 0 && !shares(*stride)).unwrap_or(1)
}
