//! One transcription: encode, find the language, say what is likeliest, think again where that may
//! help, and doubt what was never said.

use super::doubt::{self, Doubt};
use super::model::Model;
use super::prompt::prompt;
use super::saying::{Said, Saying, failed, log_sum};
use super::vocabulary::{Allowed, Token};
use super::{Asked, Expecting, Transcript, Unheard, digits, sureness, window};
use crate::{LanguageIdentifier, langid};
use std::sync::atomic::{AtomicBool, Ordering};
use whisper_rs::WhisperState;

/// How much likelier the language is that was named first.
const FIRST: f32 = 3.0;

/// A language this likely is not asked about again.
const CERTAIN: f32 = 0.85;

/// Words this sure, as the mean logarithm of a probability, are not thought about again.
const SURE: f32 = -0.3;

/// How much less likely digits may be than other words where digits were asked for.
const DIGITS_LESS: f32 = 0.8;

/// Whether the asker has gone; looked at between any two steps.
pub struct Gone<'a>(pub &'a AtomicBool);

impl Gone<'_> {
    /// Fails once nobody wants the transcript. Nobody sees that error.
    pub fn check(&self) -> Result<(), Unheard> {
        if self.0.load(Ordering::Relaxed) { Err(Unheard::Failed) } else { Ok(()) }
    }
}

/// What a transcription is made with, beside a state.
pub struct Means<'a> {
    pub model: &'a Model,
    /// Processor threads.
    pub threads: usize,
    pub gone: Gone<'a>,
}

/// Hears a sound of any length.
pub fn hear(
    means: &Means,
    state: &mut WhisperState,
    sound: &[f32],
    asked: &Asked,
) -> Result<Transcript, Unheard> {
    let mut whole: Option<Transcript> = None;
    for part in window::parts(sound) {
        let heard = Hearing { means, state, asked, part, voice_end: 0, remembered: None }.hear()?;
        whole = Some(match whole {
            None => heard,
            Some(before) => before.and(heard),
        });
    }
    whole.ok_or(Unheard::Failed)
}

impl Means<'_> {
    fn encode(
        &self,
        state: &mut WhisperState,
        sound: &[f32],
        positions: usize,
    ) -> Result<(), Unheard> {
        self.model.encode(state, sound, positions, self.threads).map_err(failed)
    }

    /// What may come after these tokens, if nobody has gone.
    pub fn decode<'a>(
        &self,
        state: &'a mut WhisperState,
        tokens: &[Token],
        past: usize,
    ) -> Result<&'a [f32], Unheard> {
        self.gone.check()?;
        self.model.decode(state, tokens, past, self.threads).map_err(failed)
    }
}

/// One part of half a minute at most.
struct Hearing<'a> {
    means: &'a Means<'a>,
    state: &'a mut WhisperState,
    asked: &'a Asked,
    part: &'a [f32],
    /// Where the last voice ends, in samples.
    voice_end: usize,
    /// The language in which words were said last: the state remembers them.
    remembered: Option<LanguageIdentifier>,
}

/// What was said in one of the languages.
struct Heard {
    language: LanguageIdentifier,
    said: Said,
    text: String,
    /// Whether something was said again and again.
    loops: bool,
}

impl Hearing<'_> {
    fn hear(mut self) -> Result<Transcript, Unheard> {
        let languages = spoken(&self.asked.languages);
        let Some(voice) = doubt::voice(self.part) else {
            return Ok(Transcript::nothing(&languages));
        };
        self.voice_end = voice.end;
        self.means.gone.check()?;
        let positions = window::positions(self.part.len());
        self.means.encode(self.state, self.part, positions)?;
        let (silence, weights) = self.listen_for(&languages)?;
        let mut heard = self.likeliest(&languages, &weights)?;
        if heard.loops && positions < window::WIDE {
            self.means.encode(self.state, self.part, window::WIDE)?;
            heard = self.say(&heard.language, Allowed::Words)?;
        }
        match doubt::doubt(&heard.text, heard.said.mean(), silence) {
            Doubt::None => self.finish(heard),
            Doubt::Never => Ok(Transcript::nothing(&languages)),
        }
    }

    /// How likely nobody speaks, and how likely each language is.
    fn listen_for(&mut self, languages: &[LanguageIdentifier]) -> Result<(f32, Vec<f32>), Unheard> {
        let vocabulary = &self.means.model.vocabulary;
        let scores = self.means.decode(self.state, &[vocabulary.start], 0)?;
        let of = |token: Token| {
            usize::try_from(token).ok().and_then(|at| scores.get(at)).copied().unwrap_or(f32::MIN)
        };
        let weights: Vec<f32> = languages
            .iter()
            .enumerate()
            .map(|(at, language)| {
                let token = vocabulary.language(language.language.as_str());
                token.map_or(f32::MIN, of) + if at == 0 { FIRST.ln() } else { 0.0 }
            })
            .collect();
        let sum = log_sum(&weights);
        let silence = (of(vocabulary.silence) - log_sum(scores)).exp();
        Ok((silence, weights.iter().map(|weight| (weight - sum).exp()).collect()))
    }

    /// What was said in the likeliest language; in the two likeliest, where the sound leaves it open.
    fn likeliest(
        &mut self,
        languages: &[LanguageIdentifier],
        weights: &[f32],
    ) -> Result<Heard, Unheard> {
        let mut order: Vec<usize> = (0..languages.len()).collect();
        order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        let first = self.say(&languages[order[0]], Allowed::Words)?;
        let Some(second) = order.get(1).filter(|_| weights[order[0]] < CERTAIN) else {
            return Ok(first);
        };
        let other = self.say(&languages[*second], Allowed::Words)?;
        let likely = |heard: &Heard, at: usize| heard.said.mean() + 0.5 * weights[at].ln();
        Ok(if likely(&other, *second) > likely(&first, order[0]) { other } else { first })
    }

    /// What was said, if it was said in this language.
    fn say(&mut self, language: &LanguageIdentifier, allowed: Allowed) -> Result<Heard, Unheard> {
        let vocabulary = &self.means.model.vocabulary;
        let mut saying = self.saying(language, allowed);
        let said = saying.say()?;
        self.remembered = (allowed == Allowed::Words).then(|| language.clone());
        let text = vocabulary.text(&said.tokens());
        let loops = doubt::loops(&text);
        Ok(Heard { language: language.clone(), text: tidy(&text, language), loops, said })
    }

    fn saying<'b>(&'b mut self, language: &LanguageIdentifier, allowed: Allowed) -> Saying<'b> {
        Saying {
            means: self.means,
            opening: self.opening(language),
            state: self.state,
            length: self.voice_end / window::POSITION,
            allowed,
        }
    }

    /// What stands before the transcript: the prompt, the language, what is wanted, the time 0.
    fn opening(&self, language: &LanguageIdentifier) -> Vec<Token> {
        let vocabulary = &self.means.model.vocabulary;
        let mut opening = Vec::new();
        let prompt = prompt(self.asked, language);
        if !prompt.is_empty() {
            opening.push(vocabulary.before);
            opening.extend(self.means.model.tokens(&prompt));
        }
        opening.push(vocabulary.start);
        opening.extend(vocabulary.language(language.language.as_str()));
        opening.extend([vocabulary.transcribe, vocabulary.times]);
        opening
    }

    /// Reads digits where they were asked for, and thinks again where the model was not sure.
    fn finish(&mut self, heard: Heard) -> Result<Transcript, Unheard> {
        if self.asked.expecting == Expecting::Digits
            && let Some(read) = self.digits(&heard)?
        {
            return Ok(read);
        }
        let mut others = Vec::new();
        if heard.said.mean() < SURE {
            if self.remembered.as_ref() != Some(&heard.language) {
                self.say(&heard.language, Allowed::Words)?;
            }
            let mut saying = self.saying(&heard.language, Allowed::Words);
            for other in saying.otherwise(&heard.said, 2)? {
                let text =
                    tidy(&self.means.model.vocabulary.text(&other.tokens()), &heard.language);
                if text != heard.text && !text.is_empty() && !others.contains(&text) {
                    others.push(text);
                }
            }
        }
        let confidence = sureness::confidence(heard.said.mean());
        Ok(Transcript { text: heard.text, language: heard.language, confidence, others })
    }

    /// The digits, if digits were said: as the model wrote them, or written by force if that fits the
    /// sound nearly as well as other words.
    fn digits(&mut self, heard: &Heard) -> Result<Option<Transcript>, Unheard> {
        let forced = self.say(&heard.language, Allowed::Digits)?;
        let free = digits::read(&heard.text);
        let by_force = digits::read(&forced.text);
        let by_force = by_force.filter(|_| !forced.loops);
        let enough = forced.said.mean() >= heard.said.mean() - DIGITS_LESS;
        let (said, text, other) = match (free, by_force) {
            (Some(free), Some(by_force)) if by_force != free => {
                if forced.said.mean() > heard.said.mean() {
                    (&forced.said, by_force, Some(free))
                } else {
                    (&heard.said, free, Some(by_force))
                }
            }
            (Some(free), _) => (&heard.said, free, None),
            (None, Some(by_force)) if enough => (&forced.said, by_force, Some(heard.text.clone())),
            _ => return Ok(None),
        };
        Ok(Some(Transcript {
            confidence: sureness::confidence(said.mean()),
            text,
            language: heard.language.clone(),
            others: other.into_iter().collect(),
        }))
    }
}

impl Transcript {
    /// Nobody said anything.
    fn nothing(languages: &[LanguageIdentifier]) -> Transcript {
        Transcript {
            text: String::new(),
            language: languages.first().cloned().unwrap_or_default(),
            confidence: 0.0,
            others: Vec::new(),
        }
    }

    /// Two in a row as one, as sure as the less sure of them.
    fn and(self, after: Transcript) -> Transcript {
        if self.text.is_empty() {
            return after;
        }
        if after.text.is_empty() {
            return self;
        }
        let between = if self.text.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
        Transcript {
            text: format!("{}{between}{}", self.text, after.text),
            confidence: self.confidence.min(after.confidence),
            others: Vec::new(),
            language: self.language,
        }
    }
}

/// The languages asked for, or those that Wendu speaks.
fn spoken(asked: &[LanguageIdentifier]) -> Vec<LanguageIdentifier> {
    if asked.is_empty() { vec![langid!("zh"), langid!("en")] } else { asked.to_vec() }
}

/// A text as it leaves the ears.
fn tidy(text: &str, language: &LanguageIdentifier) -> String {
    let text = doubt::without_loops(text.trim());
    if language.language.as_str() == "zh" { nlu::normal::simplified(&text) } else { text }
}
