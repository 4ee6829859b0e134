//! `wendu train weighing`: learns from a pack's golden questions, but never from those held back, by
//! which weights an article's chance is estimated, and says by which bounds it is told. Run it with
//! the sentence encoder and without: each way has its own weights.

use std::process::ExitCode;

use bot::{
    Message, Mind, Via,
    weighing::{Bounds, Candidate, NAMES, Verdict, Weights, judge, weigh},
};

use nlu::{normal::fold, place_names::elsewhere};

use super::regression::{Row, learn};
use crate::commands::{
    Shared,
    eval::golden::{Half, Question, questions},
    now, say,
};

/// Strength of the pull towards nought (L2).
const PULL: f64 = 1.0;
/// Parts into which the questions are cut: each is judged by weights that were learned without it.
const FOLDS: usize = 10;
/// The share of questions with an answer here that may be refused: what `told` is chosen by.
const REFUSED: f64 = 0.03;

/// A question and what is weighed for it.
pub(super) struct Weighed {
    pub question: Question,
    pub candidates: Vec<Candidate>,
}

/// Learns and tells.
pub(super) fn run(shared: &Shared) -> anyhow::Result<ExitCode> {
    let mind = shared.mind()?;
    let all = weighed(&mind, questions(&shared.settings()?.pack, Half::Tune)?);
    let (weights, bias) = learned(all.iter(), |candidate| !candidate.across);
    let with = if mind.library().encoder().is_some() { "with" } else { "without" };
    say::line(&format!("{} questions, {with} the sentence encoder", all.len()));
    tell(&(weights, bias));
    let unseen = unseen(&all);
    for via in [Via::Typed, Via::Spoken] {
        let of = |weighed: &&Weighed| weighed.question.via() == via || weighed.question.outside;
        bounds(via, &unseen.iter().filter(of).collect::<Vec<_>>());
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what was learned.
pub(super) fn tell((weights, bias): &Weights) {
    for (name, weight) in NAMES.iter().zip(weights).chain([(&"bias", bias)]) {
        say::line(&format!("{name:<10} {weight:>8.3}"));
    }
}

/// Weighs golden questions, each as the first of a conversation.
pub(super) fn weighed(mind: &Mind, asked: Vec<Question>) -> Vec<Weighed> {
    // What names another city is refused before anything is weighed.
    let pack = mind.library().pack();
    let folded = |names: &[String]| names.iter().map(|name| fold(name)).collect::<Vec<_>>();
    let (here, more) = (folded(&pack.names), folded(&pack.elsewhere));
    let other_city = |q: &Question| elsewhere(&fold(q.ask.as_ref()), &here, &more).is_some();
    let asked = asked.into_iter().filter(|q| !q.person && q.hours.is_none());
    let asked = asked.filter(|q| !(q.outside && other_city(q)));
    asked
        .map(|question| {
            let message = Message::new(question.ask.as_ref(), question.via());
            let candidates = weigh(mind, &message, &question.lang, now());
            Weighed { question, candidates }
        })
        .collect()
}

/// The weights that these candidates of questions teach.
pub(super) fn learned<'a>(
    all: impl Iterator<Item = &'a Weighed>,
    taught_by: impl Fn(&Candidate) -> bool,
) -> Weights {
    let row = |weighed: &Weighed, candidate: &Candidate| Row {
        signals: candidate.signals.to_vec(),
        yes: weighed.question.service.contains(&candidate.article),
        counts: 1.0,
    };
    let taught_by = &taught_by;
    let rows: Vec<Row> = all
        .flat_map(|weighed| {
            let candidates = weighed.candidates.iter().filter(|candidate| taught_by(candidate));
            candidates.map(move |candidate| row(weighed, candidate))
        })
        .collect();
    let learned = learn(&rows.iter().collect::<Vec<_>>(), PULL);
    let weight = |at: usize| learned.weights.get(at).map_or(0.0, |weight| *weight as f32);
    (std::array::from_fn(weight), learned.bias as f32)
}

/// Every question weighed by what the others teach: all but its tenth.
fn unseen(all: &[Weighed]) -> Vec<Weighed> {
    let mut unseen = Vec::new();
    for fold in 0..FOLDS {
        let others = all.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
        let weights = learned(others.map(|(_, weighed)| weighed), |_| true);
        for weighed in all.iter().skip(fold).step_by(FOLDS) {
            let mut candidates: Vec<Candidate> =
                weighed.candidates.iter().map(|each| each.by(&weights)).collect();
            candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
            unseen.push(Weighed { question: weighed.question.clone(), candidates });
        }
    }
    unseen
}

/// Says which bounds are best on questions that the weights had not seen, and how good they are.
fn bounds(via: Via, unseen: &[&Weighed]) {
    let steps = |from: u8, to: u8| (from..=to).map(|step| f32::from(step) * 0.05);
    let inside: Vec<_> = unseen.iter().filter(|w| !w.question.outside).collect();
    let refused = |told: f32| {
        let small = |w: &&&&Weighed| w.candidates.first().is_none_or(|best| best.chance < told);
        inside.iter().filter(small).count() as f64 / inside.len().max(1) as f64
    };
    let told = steps(1, 10).take_while(|told| refused(*told) <= REFUSED).last().unwrap_or(0.05);
    let right = |bounds: Bounds| {
        unseen.iter().filter(|weighed| weighed.is_right(bounds)).count() as f64
            / unseen.len().max(1) as f64
    };
    let mut best = (0.0, Bounds { told, offered: told, near: 1.0 });
    for near in steps(6, 19) {
        let bounds = Bounds { told, offered: told / 2.0, near };
        if right(bounds) > best.0 {
            best = (right(bounds), bounds);
        }
    }
    say::line(&format!(
        "{via:?}: {:?}; of {} unseen questions right {:.3}, insiders refused {:.3}",
        best.1,
        unseen.len(),
        best.0,
        refused(told),
    ));
}

impl Weighed {
    fn is_right(&self, bounds: Bounds) -> bool {
        let question = &self.question;
        match judge(&self.candidates, bounds) {
            Verdict::This(article) => question.service.contains(&article),
            Verdict::OneOf(articles) => {
                question.ambiguous && articles.iter().any(|a| question.service.contains(a))
            }
            Verdict::TooLittle | Verdict::None => question.outside,
        }
    }
}
