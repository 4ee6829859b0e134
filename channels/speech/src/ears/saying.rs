//! The likeliest words for an encoded sound: one token after the other, each the likeliest, with the
//! times at which they were said; and a second thought where two tokens were nearly as likely.
//!
//! The times are asked for although nobody reads them. With a short window the model often says
//! everything again and again; but it knows when the sound ended, and there it is stopped.

use super::Unheard;
use super::hearing::Means;
use super::vocabulary::{Allowed, Token};
use whisper_rs::{WhisperError, WhisperState};

/// Nobody says more tokens in a second: seven Chinese characters are ten.
const TOKENS_A_SECOND: usize = 12;

/// Tokens that the shortest sound may take, times among them.
const TOKENS_LEAST: usize = 8;

/// A time so close to the end of the last voice, in positions of 20 ms, is the end.
const LAST: usize = 15;

/// What was said.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Text and times, as the model said them.
    path: Vec<Token>,
    /// The places of the path where a word was chosen.
    choices: Vec<Choice>,
    /// The logarithm of every choice's probability, ends and times too.
    sure: Vec<f32>,
}

/// One word's choice.
#[derive(Debug, Clone, Copy)]
struct Choice {
    at: usize,
    sure: f32,
    second: Token,
    second_sure: f32,
}

impl Said {
    /// The text tokens.
    pub fn tokens(&self) -> Vec<Token> {
        self.choices.iter().map(|choice| self.path[choice.at]).collect()
    }

    /// The mean logarithm of a choice's probability; how sure the model is of the whole.
    pub fn mean(&self) -> f32 {
        if self.sure.is_empty() {
            return f32::NEG_INFINITY;
        }
        self.sure.iter().sum::<f32>() / self.sure.len() as f32
    }
}

/// Says what one sound holds.
pub struct Saying<'a> {
    pub means: &'a Means<'a>,
    pub state: &'a mut WhisperState,
    /// Where the last voice ends, in positions of 20 ms.
    pub length: usize,
    /// What stands before: prompt, language, task.
    pub opening: Vec<Token>,
    pub allowed: Allowed,
}

impl Saying<'_> {
    /// The likeliest words.
    pub fn say(&mut self) -> Result<Said, Unheard> {
        let mut said = Said::default();
        let opening = self.opening.clone();
        self.go_on(&mut said, &opening, 0)?;
        Ok(said)
    }

    /// Other ways to say it, from the places where the second likeliest word was nearly as likely; at
    /// most `most`. To be asked right after `said` was said.
    pub fn otherwise(&mut self, said: &Said, most: usize) -> Result<Vec<Said>, Unheard> {
        /// How unlikely a second word may be.
        const NEARLY: f32 = -2.3;
        let mut near: Vec<usize> =
            (0..said.choices.len()).filter(|at| said.choices[*at].second_sure > NEARLY).collect();
        let margin = |at: usize| said.choices[at].sure - said.choices[at].second_sure;
        near.sort_by(|a, b| margin(*a).total_cmp(&margin(*b)));
        near.truncate(most);
        // From the last: what the state remembers of earlier places then stays true.
        near.sort_by(|a, b| b.cmp(a));
        near.into_iter().map(|at| self.branch(said, at)).collect()
    }

    fn branch(&mut self, said: &Said, at: usize) -> Result<Said, Unheard> {
        let choice = said.choices[at];
        let mut other = Said {
            path: said.path[..choice.at].to_vec(),
            choices: said.choices[..at].to_vec(),
            // Times between words count too, so this is a little long, never short.
            sure: said.sure[..at.min(said.sure.len())].to_vec(),
        };
        other.choose(choice.second, choice.second_sure, (0, f32::NEG_INFINITY));
        let past = self.opening.len() + choice.at;
        self.go_on(&mut other, &[choice.second], past)?;
        Ok(other)
    }

    /// Says on until the end: `next` was not read yet after the first `past` tokens.
    fn go_on(&mut self, said: &mut Said, next: &[Token], past: usize) -> Result<(), Unheard> {
        let vocabulary = &self.means.model.vocabulary;
        let most = (self.length * TOKENS_A_SECOND / 50 + TOKENS_LEAST)
            .min(self.means.model.room().saturating_sub(self.opening.len() + 8));
        let (mut next, mut past) = (next.to_vec(), past);
        loop {
            let scores = self.means.decode(self.state, &next, past)?;
            past += next.len();
            let first = said.choices.is_empty();
            let mut scores = scores.to_vec();
            vocabulary.strike(&mut scores, first);
            let all = log_sum(&scores);
            vocabulary.allow(&mut scores, self.allowed);
            let (words, times) = vocabulary.split(&scores);
            let (token, score, second) = best(words);
            // All times together against the likeliest word, as OpenAI's decoding has it.
            let time = log_sum(times);
            if !first && time > score {
                let at = best(times).0;
                said.sure.push(time - all);
                if said.path.len() >= most || at as usize + LAST >= self.length {
                    return Ok(());
                }
                // One time ends a stretch of speech, the next begins another.
                next = vec![vocabulary.times + at; 2];
                said.path.extend(&next);
                continue;
            }
            if token == vocabulary.end || said.path.len() >= most {
                said.sure.push(score - all);
                return Ok(());
            }
            said.choose(token, score - all, (second.0, second.1 - all));
            next = vec![token];
        }
    }
}

impl Said {
    fn choose(&mut self, token: Token, sure: f32, (second, second_sure): (Token, f32)) {
        self.choices.push(Choice { at: self.path.len(), sure, second, second_sure });
        self.path.push(token);
        self.sure.push(sure);
    }
}

/// The error is the same for everybody outside; nobody could do anything about its number.
pub fn failed(_: WhisperError) -> Unheard {
    Unheard::Failed
}

/// The likeliest token, its score, and the second likeliest.
fn best(scores: &[f32]) -> (Token, f32, (Token, f32)) {
    let mut first = (0, f32::NEG_INFINITY);
    let mut second = first;
    for (token, score) in (0..).zip(scores.iter().copied()) {
        if score > first.1 {
            second = first;
            first = (token, score);
        } else if score > second.1 {
            second = (token, score);
        }
    }
    (first.0, first.1, second)
}

/// The logarithm of the sum of exponentials.
pub fn log_sum(scores: &[f32]) -> f32 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln()
}
