//! How an answer is told: the passage's own wording, only the side asked for, its source, the
//! place that does it, and what one might ask next.

use knowledge::{
    fact::Mouth,
    hours::Place,
    library::Query,
    pack::{Article, Kind, Section},
    passage::Passage,
    render,
};
use nlu::{Facet, LanguageIdentifier, tokens};

use crate::{
    mind::Context,
    opening,
    reply::{Choice, Citation, PlaceCard, Reply, Ruby},
    weighing,
};

/// The sides offered next, most wanted first.
const NEXT: [Facet; 5] = [Facet::Bring, Facet::How, Facet::Cost, Facet::Where, Facet::WithoutPhone];
/// How many things are suggested.
const SUGGESTED: usize = 3;
/// Letters of a free page that are shown; the rest is at its source.
const SHOWN: usize = 900;

/// Tells an article, or these sides of it, and which sides were told; nothing if it says nothing
/// about any of them.
pub(crate) fn article(
    context: &Context<'_>,
    article: &Article,
    facets: &[Facet],
    question: &str,
) -> Option<(Reply, Vec<Facet>)> {
    let (language, _) = context.pack.words(article, &context.language)?;
    let page = context.mind.library().page(article, language, context.now.date());
    let shown = if facets.is_empty() || article.kind != Kind::Service {
        unasked(context, article, &page, question)
    } else {
        page.iter().filter(|p| p.facet.is_some_and(|f| facets.contains(&f))).copied().collect()
    };
    let reply = passages(context, article, &shown)?;
    Some((reply, shown.iter().filter_map(|passage| passage.facet).collect()))
}

/// Tells these passages of an article; nothing if there are none.
pub(crate) fn passages(
    context: &Context<'_>,
    article: &Article,
    shown: &[&Passage],
) -> Option<Reply> {
    let (language, words) = context.pack.words(article, &context.language)?;
    if shown.is_empty() {
        return None;
    }
    let with_headings = shown.len() > 1;
    let mut reply = Reply::of(language.clone(), String::new());
    reply.language = context.language.clone();
    reply.text = told(context, shown, with_headings);
    reply.text.push_str(&abbreviations(context, &reply.text));
    reply.spoken = spoken(context, article, language, &words.sections, shown);
    if *language != context.language {
        let name = language_name(context, language);
        let only = context.say("only-in-language", &[("language", &name)]);
        reply.text = format!("{only}\n\n{}", reply.text);
        reply.spoken = format!("{only} {}", reply.spoken);
    }
    reply.citations = vec![citation(context, article, language)];
    reply.suggestions = next(context, article, shown);
    reply.place = place_that_helps(context, article, shown);
    Some(reply)
}

/// No side was asked for by its usual words: the passage that fits the question. Where the question
/// is the service's name and little else, what it is and how it goes in short.
fn unasked<'a>(
    context: &Context<'_>,
    article: &Article,
    page: &[&'a Passage],
    question: &str,
) -> Vec<&'a Passage> {
    let best = best_passage(context, article, page, question);
    if article.kind == Kind::Service && best.is_none_or(|best| best.facet.is_none()) {
        let opening = page.iter().find(|p| p.heading.is_none());
        let simple = page.iter().find(|p| p.facet == Some(Facet::Simple));
        return opening.into_iter().chain(simple).copied().collect();
    }
    best.or(page.first().copied()).into_iter().collect()
}

/// The passage of a page that a question fits best, if the question says more than its names.
fn best_passage<'a>(
    context: &Context<'_>,
    article: &Article,
    page: &[&'a Passage],
    question: &str,
) -> Option<&'a Passage> {
    let content = tokens::content(question);
    let beyond = weighing::beyond_names(context, article, &content);
    let beyond = beyond.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let query = Query {
        text: if article.kind == Kind::Service { &beyond } else { question },
        others: &[],
        beside: "",
        via: nlu::Via::Typed,
        language: &context.language,
        today: context.now.date(),
        limit: 1,
        within: Some(&article.id),
    };
    let hits = context.mind.library().search(&query);
    match hits.first() {
        Some(hit) => page.iter().find(|passage| std::ptr::eq(**passage, hit.passage)).copied(),
        None => likest_passage(context, page, question),
    }
}

/// The passage that comes nearest to what a question means, where no word of it stands on a page of
/// another language; nothing without the sentence encoder.
fn likest_passage<'a>(
    context: &Context<'_>,
    page: &[&'a Passage],
    question: &str,
) -> Option<&'a Passage> {
    if page.iter().all(|passage| passage.language == context.language) {
        return None;
    }
    let library = context.mind.library();
    let likenesses = context.likenesses(question)?;
    let like = |passage: &&Passage| {
        library.place_of(passage).map_or(-1.0, |place| likenesses.passage(place))
    };
    page.iter().copied().max_by(|a, b| like(a).total_cmp(&like(b)))
}

fn told(context: &Context<'_>, shown: &[&Passage], with_headings: bool) -> String {
    let parts = shown.iter().map(|passage| {
        let text = shortened(context, passage.text.trim());
        match &passage.heading {
            Some(heading) if with_headings => format!("{heading}\n{text}"),
            _ => text,
        }
    });
    let text = parts.collect::<Vec<_>>().join("\n\n");
    lead(context, shown, "lead").map_or(text.clone(), |lead| format!("{lead}\n{text}"))
}

/// What a bare list is a list of; other text says so itself.
fn lead(context: &Context<'_>, shown: &[&Passage], phrase: &str) -> Option<String> {
    let [only] = shown else { return None };
    let list = only.text.starts_with("• ") || only.text.starts_with("1. ");
    let heading = only.heading.as_ref().filter(|_| list)?;
    Some(context.say(phrase, &[("title", &only.title), ("heading", heading)]))
}

/// A long text up to the end of a sentence, saying that there is more.
fn shortened(context: &Context<'_>, text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(SHOWN) else { return text.to_owned() };
    let end = text[..cut].rfind(['。', '！', '？', '\n', '；']).or_else(|| text[..cut].rfind(". "));
    let end = end.map_or(cut, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    format!("{}\n{}", text[..end].trim_end(), context.say("shortened", &[]))
}

fn spoken(
    context: &Context<'_>,
    article: &Article,
    language: &LanguageIdentifier,
    sections: &[Section],
    shown: &[&Passage],
) -> String {
    let parts = shown.iter().filter_map(|passage| {
        if article.kind == Kind::Page {
            return Some(passage.text.clone());
        }
        let section = sections.get(passage.section)?;
        Some(
            render::section(context.pack, article, language, section, Mouth::Speech)
                .trim()
                .to_owned(),
        )
    });
    lead(context, shown, "lead-spoken").into_iter().chain(parts).collect::<Vec<_>>().join(" ")
}

/// What abbreviations in a text stand for, a line each.
fn abbreviations(context: &Context<'_>, text: &str) -> String {
    let mut lines = String::new();
    for (short, long) in &context.pack.abbreviations {
        let long = context.pack.say(long, &context.language);
        let there = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == short);
        if there && !text.contains(long) {
            let line = context.say("abbreviation", &[("short", short), ("long", long)]);
            lines.push_str(if lines.is_empty() { "\n\n" } else { "\n" });
            lines.push_str(&line);
        }
    }
    lines
}

/// Where an article comes from and when it was checked.
fn citation(context: &Context<'_>, article: &Article, language: &LanguageIdentifier) -> Citation {
    let title = context.pack.words(article, language).map_or("", |(_, words)| &*words.title);
    let department = article.department.as_ref().and_then(|id| context.pack.departments.get(id));
    let mut line = match department {
        Some(department) => {
            let name = context.pack.say(&department.name, &context.language);
            context.say("source-department", &[("title", title), ("department", name)])
        }
        None => context.say("source", &[("title", title)]),
    };
    if *language != context.language {
        let name = language_name(context, language);
        line = context.say("source-language", &[("source", &line), ("language", &name)]);
    }
    if let Some(checked) = article.checked {
        line =
            context.say("source-checked", &[("source", &line), ("date", &context.date(checked))]);
    }
    Citation {
        article: article.id.clone(),
        line,
        title: title.to_owned(),
        url: article.source.clone(),
        checked: article.checked,
        language: language.clone(),
    }
}

fn language_name(context: &Context<'_>, language: &LanguageIdentifier) -> String {
    match language.language.as_str() {
        "zh" => context.say("language-zh", &[]),
        "en" => context.say("language-en", &[]),
        other => other.to_owned(),
    }
}

/// A place's own entry as the source of its hours.
pub(crate) fn place_citation(context: &Context<'_>, place: &Place) -> Citation {
    let title = context.place_name(place);
    Citation {
        article: place.id.clone(),
        line: context.say("source", &[("title", title)]),
        title: title.to_owned(),
        url: context.pack.source.clone(),
        checked: None,
        language: context.language.clone(),
    }
}

/// What a question was taken to be, and how to put it right.
pub(crate) fn understood(context: &Context<'_>, article: &Article, facets: &[Facet]) -> String {
    let title = context.pack.words(article, &context.language).map_or("", |(_, w)| &*w.title);
    let ask = |facet: &Facet| context.say(&format!("ask-{}", facet.name()), &[("title", title)]);
    let asked: Vec<_> = facets.iter().map(ask).collect();
    let asked = if asked.is_empty() { title.to_owned() } else { asked.join(" ") };
    context.say("understood", &[("question", &asked)])
}

/// Sides of the same service that were not shown, then notices and services near it.
fn next(context: &Context<'_>, article: &Article, shown: &[&Passage]) -> Vec<Choice> {
    let title = |article: &Article| {
        context.pack.words(article, &context.language).map(|(_, words)| words.title.clone())
    };
    let Some(own) = title(article) else { return vec![] };
    let today = context.now.date();
    let mut next = notices(context, |notice| notice.related.contains(&article.id));
    let page = context.mind.library().page(article, &context.language, today);
    for facet in NEXT {
        let there = page.iter().any(|passage| passage.facet == Some(facet));
        let told = shown.iter().any(|passage| passage.facet == Some(facet));
        if there && !told && next.len() < SUGGESTED {
            let say = context.say(&format!("ask-{}", facet.name()), &[("title", &own)]);
            next.push(Choice {
                label: context.say(&format!("heading-{}", facet.name()), &[]),
                say,
            });
        }
    }
    let related = article.related.iter().filter_map(|id| context.mind.library().article(id, today));
    next.extend(
        related.filter_map(title).take(1).map(|title| Choice { label: title.clone(), say: title }),
    );
    next
}

/// The notice of today that is about something, to be asked for.
pub(crate) fn notices(context: &Context<'_>, about: impl Fn(&Article) -> bool) -> Vec<Choice> {
    let today = context.now.date();
    let mut notices = context.pack.articles.values().filter(|notice| {
        notice.kind == Kind::Notice && notice.valid.holds_on(today) && about(notice)
    });
    let words = notices.next().and_then(|notice| context.pack.words(notice, &context.language));
    let choice = |title: &String| Choice {
        label: context.say("notice-suggestion", &[("title", title)]),
        say: title.clone(),
    };
    words.map(|(_, words)| choice(&words.title)).into_iter().collect()
}

/// The first place that does it, when one will have to go there.
fn place_that_helps(
    context: &Context<'_>,
    article: &Article,
    shown: &[&Passage],
) -> Option<PlaceCard> {
    let helps = shown.iter().any(|passage| {
        matches!(
            passage.facet,
            None | Some(Facet::Where | Facet::How | Facet::Bring | Facet::WithoutPhone)
        )
    });
    let place = context.pack.places.get(article.places.first()?)?;
    (helps && article.kind == Kind::Service).then(|| place_card(context, place))
}

/// Who answers questions about an article.
pub(crate) fn telephone(context: &Context<'_>, article: &Article) -> String {
    let department = article.department.as_ref().and_then(|id| context.pack.departments.get(id));
    let own = article.telephone.as_ref().or_else(|| department.and_then(|d| d.telephone.as_ref()));
    own.unwrap_or(&context.pack.telephone).clone()
}

/// A place, ready to be shown.
pub(crate) fn place_card(context: &Context<'_>, place: &Place) -> PlaceCard {
    let text = |text: &Option<knowledge::pack::Text>| {
        text.as_ref().map(|text| context.pack.say(text, &context.language).to_owned())
    };
    PlaceCard {
        id: place.id.clone(),
        name: with_readings(context, context.place_name(place)),
        address: text(&place.address).unwrap_or_default(),
        telephone: place.telephone.clone(),
        hours: place.hours_lines(context.pack, &context.language, Mouth::Page),
        now: opening::state_line(context, place, &context.say("place-itself", &[])),
        way: text(&place.way),
        help: place.help_lines(&context.language, Mouth::Page),
    }
}

/// A name in parts, rare characters with their readings.
fn with_readings(context: &Context<'_>, name: &str) -> Vec<Ruby> {
    let mut parts: Vec<Ruby> = Vec::new();
    for c in name.chars() {
        let reading = context.pack.readings.get(&c).cloned();
        match (parts.last_mut(), &reading) {
            (Some(last), None) if last.reading.is_none() => last.text.push(c),
            _ => parts.push(Ruby { text: c.to_string(), reading }),
        }
    }
    parts
}
