//! `wendu train across`: learns by which weights the chance of an article is estimated that says
//! nothing in the asker's language. A pack that is whole in both languages teaches it: two copies
//! are made in which every other article keeps one language only, first these, then those, and the
//! golden questions are asked of both. Those held back are never asked. Run it with the sentence
//! encoder and without: each way has its own weights.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context;
use bot::{
    LanguageIdentifier, Mind,
    weighing::{Bounds, Candidate, Verdict, Weights, judge},
};

use super::weighing::{Weighed, learned, tell, weighed};
use crate::{
    app::open_library,
    commands::{
        Shared,
        eval::golden::{Half, questions},
        progress, runtime, say,
    },
    models::Models,
};

/// Parts into which the articles are cut: each is judged by weights learned without its questions.
const FOLDS: usize = 10;
/// The folders of a pack in which articles lie.
const FOLDERS: [&str; 3] = ["services", "notices", "articles"];

/// Learns and tells.
pub(super) fn run(shared: &Shared) -> anyhow::Result<ExitCode> {
    let settings = shared.settings()?;
    let scratch = tempfile::tempdir().context("no temporary folder can be made")?;
    let models = Models::at(&settings.models());
    let mut all = Vec::new();
    let mut with = "without";
    for round in 0..2 {
        let pack = scratch.path().join(format!("pack-{round}"));
        copy(&settings.pack, &pack)?;
        halve(&pack, round)?;
        // One shelf for both: what the first copy's sentences mean is not found out twice.
        let shelf = scratch.path().join("shelf");
        let opening = open_library(pack, shelf, models.clone(), progress::bar());
        let mind = Mind::new(runtime()?.block_on(opening)?.into());
        if mind.library().encoder().is_some() {
            with = "with";
        }
        all.extend(weighed(&mind, questions(&settings.pack, Half::Tune)?));
    }
    say::line(&format!("{} questions, {with} the sentence encoder", all.len()));
    tell(&learned(all.iter(), |candidate| candidate.across));
    judged(&unseen(&all));
    Ok(ExitCode::SUCCESS)
}

/// Takes one language from every article of a pack: the first from these, the second from those.
/// How people ask in that language goes with it.
fn halve(pack: &Path, round: usize) -> anyhow::Result<()> {
    let path = pack.join("intents.toml");
    let mut intents: toml::Table = match fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).context("intents.toml is broken")?,
        Err(_) => toml::Table::new(),
    };
    for folder in FOLDERS {
        let mut sheets: Vec<(String, LanguageIdentifier)> = names(&pack.join(folder))?
            .iter()
            .filter_map(|name| {
                let (id, language) = name.strip_suffix(".md")?.rsplit_once('.')?;
                Some((id.to_owned(), language.parse().ok()?))
            })
            .collect();
        sheets.sort();
        let whole = sheets.chunk_by(|a, b| a.0 == b.0).filter(|both| both.len() == 2);
        for (place, both) in whole.enumerate() {
            let (id, language) = &both[(place + round) % 2];
            fs::remove_file(pack.join(folder).join(format!("{id}.{language}.md")))?;
            if let Some(examples) = intents.get_mut(id).and_then(toml::Value::as_table_mut) {
                examples.remove(&language.to_string());
            }
        }
    }
    if !intents.is_empty() {
        fs::write(path, toml::to_string(&intents)?)?;
    }
    Ok(())
}

/// Every question weighed by what those about other articles teach.
fn unseen(all: &[Weighed]) -> Vec<Weighed> {
    let mut services: Vec<&[String]> = all.iter().map(|w| &*w.question.service).collect();
    services.sort();
    services.dedup();
    let mut outsiders = 0;
    let folds: Vec<usize> = all
        .iter()
        .map(|weighed| match services.binary_search(&&*weighed.question.service) {
            Ok(place) if !weighed.question.outside => place % FOLDS,
            _ => {
                outsiders += 1;
                outsiders % FOLDS
            }
        })
        .collect();
    let mut unseen = Vec::new();
    for fold in 0..FOLDS {
        let others = all.iter().zip(&folds).filter(|(_, own)| **own != fold);
        let weights = learned(others.map(|(weighed, _)| weighed), |candidate| candidate.across);
        let own = all.iter().zip(&folds).filter(|(_, own)| **own == fold);
        unseen.extend(own.map(|(weighed, _)| by(weighed, &weights)));
    }
    unseen
}

/// A question with its articles of the other language weighed anew.
fn by(weighed: &Weighed, weights: &Weights) -> Weighed {
    let anew = |each: &Candidate| if each.across { each.by(weights) } else { each.clone() };
    let mut candidates: Vec<Candidate> = weighed.candidates.iter().map(anew).collect();
    candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    Weighed { question: weighed.question.clone(), candidates }
}

/// Says what came of questions that the weights had not seen.
fn judged(unseen: &[Weighed]) {
    let across = |weighed: &Weighed, article: &str| {
        weighed.candidates.iter().any(|each| each.across && each.article == article)
    };
    let share = |what: &str, of: &[&Weighed], holds: &dyn Fn(&Weighed) -> bool| {
        let holds = of.iter().filter(|weighed| holds(weighed)).count();
        let share = holds as f64 / of.len().max(1) as f64;
        say::line(&format!("{what:<56} {share:.3} of {}", of.len()));
    };
    let verdict = |w: &Weighed| judge(&w.candidates, Bounds::of(w.question.via()));
    let told_right =
        |w: &Weighed| matches!(verdict(w), Verdict::This(id) if w.question.service.contains(&id));
    let offered = |w: &Weighed| {
        told_right(w)
            || matches!(verdict(w), Verdict::OneOf(ids) if ids.iter().any(|id| w.question.service.contains(id)))
    };
    let told_across = |w: &Weighed| matches!(verdict(w), Verdict::This(id) if across(w, &id));
    let (outside, inside): (Vec<_>, Vec<_>) = unseen.iter().partition(|w| w.question.outside);
    let (there, here): (Vec<_>, Vec<_>) =
        inside.into_iter().partition(|w| w.question.service.iter().any(|id| across(w, id)));
    share("only in the other language, among candidates: told", &there, &told_right);
    share("… told or offered", &there, &offered);
    share("in the asker's language, or not found: told", &here, &told_right);
    share("… one of the other language told", &here, &told_across);
    share("outside: one of the other language told", &outside, &told_across);
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for name in names(from)? {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("{} cannot be copied", from.display()))?;
        }
    }
    Ok(())
}

/// What lies in a folder, in order; nothing where there is none.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(vec![]);
    }
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut names: Vec<String> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}
