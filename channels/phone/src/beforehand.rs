//! What is known before anybody calls: the city as callers are told of it, and the sentences that it
//! will say. Their sound is made beforehand, and again when the pack has other words.

use crate::call::{City, book, known_beforehand};
use door::Lobby;
use nlu::langid;
use speech::voice::{Sentence, Voice, sentences};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether there are other words.
const LOOK: Duration = Duration::from_secs(60);

/// The city in its languages, the first first.
pub(crate) fn city(lobby: &dyn Lobby) -> Vec<City> {
    let first = lobby.welcome(&langid!("zh"));
    let city =
        |language| City { welcome: lobby.welcome(language), shelves: lobby.directory(language) };
    if first.languages.is_empty() {
        return vec![city(&first.language)];
    }
    first.languages.iter().map(city).collect()
}

/// Every sentence that the city's calls begin with and come back to, and every published answer;
/// those that most callers hear come first, and none comes twice.
#[must_use]
pub fn sentences_beforehand(lobby: &dyn Lobby) -> Vec<Sentence> {
    let mut texts = known_beforehand(&book(), &city(lobby));
    texts.extend(lobby.aloud());
    let mut known = HashSet::new();
    let cut = texts.iter().flat_map(|(language, text)| sentences(text, language));
    cut.filter(|sentence| known.insert(sentence.clone())).collect()
}

/// Makes their sound while calls are taken, and gives way to these.
pub(crate) async fn warm(lobby: Arc<dyn Lobby>, voice: Voice, stop: CancellationToken) {
    let mut known = HashSet::new();
    loop {
        let mut new = sentences_beforehand(&*lobby);
        new.retain(|sentence| known.insert(sentence.clone()));
        if !new.is_empty() {
            voice.warm(new, &stop, log).await;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// A line for every tenth of the work.
fn log(done: usize, all: usize) {
    if done * 10 / all != (done - 1) * 10 / all {
        tracing::info!(done, all, "making the sound of what will be said on calls");
    }
}
