//! The library: an immutable search snapshot of a pack, swapped whole when the pack changes.
//! `Library::search` is a pure function of the snapshot and the query.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;
use nlu::{Encoder, LanguageIdentifier, Meaning, Via, classifier::Guess, tokens};

pub use crate::guessing::OUTSIDE;
use crate::{
    alike::Said,
    guessing::Guesser,
    index::{Asked, Entry, FIELDS, Field, Index, Part},
    names::Names,
    pack::{Article, Pack},
    passage::Passage,
    sentences::{Likenesses, Sentences},
    support::Support,
    synonyms::Synonyms,
};

/// So many times more passages are scored than are wanted, since near-equal ones fall out.
const SPARE: usize = 3;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The words, folded.
    pub text: &'a str,
    /// What else the words may have been, folded: further guesses of the ears, likeliest first.
    pub others: &'a [String],
    /// What is known beside the question, folded: the asker's situation.
    pub beside: &'a str,
    /// How the words came: spoken ones are also looked for by their sound.
    pub via: Via,
    /// The reader's language: a page that has it is shown in it.
    pub language: &'a LanguageIdentifier,
    /// The day on which it is asked; nothing expired is found.
    pub today: Date,
    /// How many passages at most.
    pub limit: usize,
    /// The only article whose passages are wanted.
    pub within: Option<&'a str>,
}

/// A passage found.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// The passage.
    pub passage: &'a Passage,
    /// Its fused score, comparable within one search only.
    pub score: f32,
    /// What each of [`crate::index::Field::ALL`] gave, 0..=1.
    pub fields: [f32; FIELDS],
}

/// How much of a question stands on a page, in sums of inverse document frequencies: rare words
/// count more, and words that no page has count most.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    /// Of all content words of the question.
    pub asked: f32,
    /// Of those that occur on the page.
    pub there: f32,
}

impl Evidence {
    /// The share that occurs, 0..=1.
    pub fn share(self) -> f32 {
        if self.asked > 0.0 { self.there / self.asked } else { 0.0 }
    }
}

/// The snapshot.
pub struct Library {
    pack: Pack,
    passages: Vec<Passage>,
    index: Index,
    guesser: Guesser,
    names: Names,
    synonyms: Synonyms,
    /// The row of each article's page in each language.
    pages: HashMap<(String, LanguageIdentifier), usize>,
    fingerprint: String,
    encoder: Option<Arc<Encoder>>,
    sentences: Option<Sentences>,
}

impl Library {
    /// Puts a snapshot together; `pages` and `index` must be of these passages.
    pub(crate) fn new(
        pack: Pack,
        passages: Vec<Passage>,
        pages: Pages,
        (index, guesser): (Index, Guesser),
        fingerprint: String,
    ) -> Library {
        Library {
            names: Names::of(&pack),
            synonyms: Synonyms::of(&pack),
            pages: pages.rows,
            pack,
            passages,
            index,
            guesser,
            fingerprint,
            encoder: None,
            sentences: None,
        }
    }

    /// Adds what its sentences mean.
    pub(crate) fn with(self, encoder: Arc<Encoder>, sentences: Option<Sentences>) -> Library {
        Library { encoder: Some(encoder), sentences, ..self }
    }

    /// The pack it was made from.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// All passages, in the pack's order.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The names it knows.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The state of the pack's files that this was made from, as hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The encoder that its sentences were encoded by; none without the model: then words alone
    /// count.
    pub fn encoder(&self) -> Option<&Arc<Encoder>> {
        self.encoder.as_ref()
    }

    /// How alike a meaning is to each passage and each article's names, shown or not; none without
    /// the model, and for a pack of more sentences than are encoded (200,000).
    pub fn likenesses(&self, meaning: &Meaning) -> Option<Likenesses> {
        Some(self.sentences.as_ref()?.likenesses(meaning, self.passages.len()))
    }

    /// Where a passage of this library stands among [`Library::passages`].
    pub fn place_of(&self, passage: &Passage) -> Option<usize> {
        let start = self.passages.partition_point(|other| other.article < passage.article);
        let found = self.passages[start..].iter().position(|other| std::ptr::eq(other, passage));
        found.map(|place| start + place)
    }

    /// How near a meaning comes to an article: to the likest of its names and sentences.
    pub fn likeness(&self, likenesses: &Likenesses, article: &str) -> f32 {
        let start = self.passages.partition_point(|passage| *passage.article < *article);
        let own = self.passages[start..].iter().take_while(|passage| passage.article == article);
        let numbers = (start..).zip(own).map(|(number, _)| number);
        numbers.map(|number| likenesses.passage(number)).fold(likenesses.name(article), f32::max)
    }

    /// The articles that say nothing in a language, likest to a meaning first: what a question in
    /// that language shares no word with. Each with its likeness.
    pub fn in_other_languages(
        &self,
        likenesses: &Likenesses,
        language: &LanguageIdentifier,
        today: Date,
        limit: usize,
    ) -> Vec<(&Article, f32)> {
        let articles = self.pack.articles.values();
        let mut others: Vec<(&Article, f32)> = articles
            .filter(|article| {
                !article.words.contains_key(language) && article.valid.holds_on(today)
            })
            .map(|article| (article, self.likeness(likenesses, &article.id)))
            .collect();
        // Stable: of two equal ones the first in the pack stays first.
        others.sort_by(|a, b| b.1.total_cmp(&a.1));
        others.truncate(limit);
        others
    }

    /// The passages whose sentences are likest to a meaning, likest first, of those that may be
    /// shown on a day; in one language, or in all. Nothing without the model.
    pub fn likest(
        &self,
        meaning: &Meaning,
        language: Option<&LanguageIdentifier>,
        today: Date,
        limit: usize,
    ) -> Vec<(&Passage, f32)> {
        let Some(likenesses) = self.likenesses(meaning) else { return vec![] };
        let passages = self.passages.iter().enumerate();
        let mut likest: Vec<(&Passage, f32)> = passages
            .filter(|(_, passage)| {
                language.is_none_or(|language| passage.language == *language)
                    && passage.valid.holds_on(today)
            })
            .map(|(number, passage)| (passage, likenesses.passage(number)))
            .collect();
        // Stable: of two equal ones the first in the pack stays first.
        likest.sort_by(|a, b| b.1.total_cmp(&a.1));
        likest.truncate(limit);
        likest
    }

    /// An article that may be shown on a day.
    pub fn article(&self, id: &str, today: Date) -> Option<&Article> {
        self.pack.articles.get(id).filter(|article| article.valid.holds_on(today))
    }

    /// What may be shown of one article on a day, in a language or in the nearest other one, in
    /// page order.
    pub fn page<'a>(
        &'a self,
        article: &Article,
        language: &LanguageIdentifier,
        today: Date,
    ) -> Vec<&'a Passage> {
        let Some((language, _)) = self.pack.words(article, language) else { return vec![] };
        // Passages stand in the pack's order, which is the order of article IDs.
        let start = self.passages.partition_point(|passage| passage.article < article.id);
        self.passages[start..]
            .iter()
            .take_while(|passage| passage.article == article.id)
            .filter(|passage| passage.language == *language && passage.valid.holds_on(today))
            .collect()
    }

    /// The passages that match best, best first; of near-equal ones only the best. A page that
    /// exists in the reader's language is found in that language only.
    pub fn search<'a>(&'a self, query: &Query<'_>) -> Vec<Hit<'a>> {
        let expand = |text: &str| self.synonyms.expand(text);
        let others: Vec<String> = query.others.iter().map(|other| expand(other)).collect();
        let asked = Asked {
            text: &expand(query.text),
            others: &others,
            beside: query.beside,
            earlier: "",
            via: query.via,
        };
        let visible = |number: usize| {
            let passage = &self.passages[number];
            query.within.is_none_or(|article| passage.article == article)
                && passage.valid.holds_on(query.today)
                && (passage.language == *query.language
                    || !self.speaks(&passage.article, query.language))
        };
        let parts = self.index.search(&asked, query.limit * SPARE, &visible);
        let mut found: Vec<(Hit<'a>, Said<'a>)> = Vec::new();
        for part in parts {
            let hit = self.hit(part);
            let said = hit.passage.said();
            if !found.iter().any(|(_, better)| better.is_near(&said)) {
                found.push((hit, said));
            }
            if found.len() == query.limit {
                break;
            }
        }
        found.into_iter().map(|(hit, _)| hit).collect()
    }

    /// Whether two articles say near-equal things under near-equal titles to a reader of a
    /// language, so that nobody needs to choose between them.
    pub fn is_same(&self, one: &Article, other: &Article, language: &LanguageIdentifier) -> bool {
        let words = |article| self.pack.words(article, language);
        let (Some((own, a)), Some((_, b))) = (words(one), words(other)) else { return false };
        if !Said::of(&a.title, None, "").is_near(&Said::of(&b.title, None, "")) {
            return false;
        }
        let page = |article: &Article| {
            let start = self.passages.partition_point(|passage| passage.article < article.id);
            let parts = self.passages[start..].iter().take_while(|p| p.article == article.id);
            let texts = parts.filter(|passage| passage.language == *own).map(|p| &*p.text);
            texts.collect::<Vec<_>>().join("\n")
        };
        Said::of("", None, &page(one)).is_near(&Said::of("", None, &page(other)))
    }

    /// Which articles a text is likely about, learned from how people ask (`intents.toml`) and from
    /// the pack's own names: every article's ID with its chance, best first, and the chance that it
    /// is about none of them, all summing to 1. Independent of what the pages say, so it is a
    /// second opinion beside [`Library::search`]. Articles that may not be shown today are among
    /// them: ask [`Library::article`] before one is told.
    ///
    /// `outside` holds as if half of all texts were outsiders; `is_outside` is the border at which
    /// 95 % of the texts that are about an article are kept. Give `meaning` where there is an
    /// encoder; without it the guess goes by the words alone. One of the labels is [`OUTSIDE`].
    pub fn guess(&self, text: &str, meaning: Option<&Meaning>) -> Guess<'_> {
        self.guesser.guess(text, meaning)
    }

    /// How much of what a folded text is about stands on an article's page.
    pub fn evidence(&self, article: &str, language: &LanguageIdentifier, text: &str) -> Evidence {
        let Some(row) = self.pages.get(&(article.to_owned(), language.clone())) else {
            return Evidence::default();
        };
        let content = tokens::content(text);
        // Chinese words may be cut differently in a question and on a page; pairs are not.
        let han = content.iter().filter(|word| word.chars().any(nlu::script::is_han)).cloned();
        let pairs = tokens::pairs(&han.collect::<Vec<_>>().join(" "));
        let words = self.weigh(content, Field::Words, *row);
        let pairs = self.weigh(pairs, Field::Pairs, *row);
        if pairs.share() > words.share() { pairs } else { words }
    }

    /// How well what may be shown bears out a question: what it found, as signals.
    pub fn support(&self, text: &str, language: &LanguageIdentifier, today: Date) -> Support {
        self.index.support(text, &|number| {
            let passage = &self.passages[number];
            passage.valid.holds_on(today)
                && (passage.language == *language || !self.speaks(&passage.article, language))
        })
    }

    fn weigh(&self, tokens: Vec<String>, field: Field, row: usize) -> Evidence {
        let mut evidence = Evidence::default();
        for token in tokens {
            let (weight, mut found) = self.index.occurs(field, &token, row);
            if !found && field == Field::Words {
                let there = |phrase: &Vec<String>| {
                    !phrase.is_empty()
                        && phrase.iter().all(|t| self.index.occurs(Field::Words, t, row).1)
                };
                found = self.synonyms.others(&token).iter().any(there);
            }
            evidence.asked += weight;
            evidence.there += if found { weight } else { 0.0 };
        }
        evidence
    }

    fn speaks(&self, article: &str, language: &LanguageIdentifier) -> bool {
        self.pack.articles.get(article).is_some_and(|article| article.words.contains_key(language))
    }

    fn hit(&self, part: Part) -> Hit<'_> {
        Hit { passage: &self.passages[part.passage], score: part.score, fields: part.fields }
    }
}

/// Each article's page in each language: the parents of the passages.
pub(crate) struct Pages {
    /// The row of each page.
    pub rows: HashMap<(String, LanguageIdentifier), usize>,
    /// The text of each row, names included.
    pub texts: Vec<String>,
    /// The passages with their rows.
    pub entries: Vec<Entry>,
}

impl Pages {
    /// Gathers passages into pages.
    pub fn of(pack: &Pack, passages: &[Passage]) -> Pages {
        let mut pages = Pages { rows: HashMap::new(), texts: vec![], entries: vec![] };
        for passage in passages {
            let key = (passage.article.clone(), passage.language.clone());
            let row = *pages.rows.entry(key).or_insert_with(|| {
                pages.texts.push(names(pack, &passage.article));
                pages.texts.len() - 1
            });
            let text = passage.searched();
            pages.texts[row].push('\n');
            pages.texts[row].push_str(&text);
            pages.entries.push(Entry { text, article: row });
        }
        pages
    }
}

/// All names of an article, in all languages: a Chinese question may name it in English.
fn names(pack: &Pack, article: &str) -> String {
    let words = pack.articles.get(article).into_iter().flat_map(|article| article.words.values());
    let names = words.flat_map(|words| [&words.title].into_iter().chain(&words.also));
    names.map(String::as_str).collect::<Vec<_>>().join("\n")
}
