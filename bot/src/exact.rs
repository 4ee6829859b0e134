//! Exact facts: every number of an answer stands in what the answer cites. Checked for every
//! reply, when it is made: should the check ever fail, the published passage is told as it stands,
//! and the turn says so.

use std::collections::BTreeSet;

use knowledge::{fact::Mouth, hours::Place, pack::Article, passage::Passage, render};

use crate::{
    answer::Answer, conversation::Outcome, mind::Context, opening, reply::Reply, turn::Heard,
};

/// Says in `why` that the check failed.
pub(crate) const FAILED: &str = "not in the source:";

/// The outcome, with only such numbers in its answer as its sources have.
pub(crate) fn checked(mut outcome: Outcome, heard: &Heard<'_>) -> Outcome {
    if !matches!(outcome.answer, Some(Answer::Found(_))) {
        return outcome;
    }
    let published = published(&outcome.reply, heard);
    let strange = strange(&outcome.reply, &published);
    if !strange.is_empty() {
        outcome.why.push(format!("{FAILED} {}; told as published", strange.join(", ")));
        let text = verbatim(&outcome, heard);
        outcome.reply.spoken.clone_from(&text);
        outcome.reply.text = text;
    }
    outcome
}

/// What is published of what was told, word for word.
fn verbatim(outcome: &Outcome, heard: &Heard<'_>) -> String {
    let context = heard.context;
    let Some(Answer::Found(found)) = &outcome.answer else { return String::new() };
    if let Some(place) = context.pack.places.get(&found.article) {
        return place.hours_lines(context.pack, &context.language, Mouth::Page).join("\n");
    }
    let Some(article) = context.pack.articles.get(&found.article) else { return String::new() };
    let page = context.mind.library().page(article, &context.language, context.now.date());
    let told = |passage: &&&Passage| match passage.facet {
        Some(facet) => found.facets.iter().any(|name| name == facet.name()),
        None => found.facets.is_empty(),
    };
    let told: Vec<&str> = page.iter().filter(told).map(|passage| passage.text.trim()).collect();
    told.join("\n\n")
}

/// The numbers of a reply that its sources do not have.
fn strange(reply: &Reply, published: &str) -> Vec<String> {
    let known = numbers(published);
    let said = numbers(&reply.text).into_iter().chain(numbers(&reply.spoken));
    said.filter(|number| !known.contains(number)).map(str::to_owned).collect()
}

/// All that the cited articles and places say, as a page and as a voice would.
fn published(reply: &Reply, heard: &Heard<'_>) -> String {
    let context = heard.context;
    let mut all = String::new();
    for citation in &reply.citations {
        if let Some(article) = context.pack.articles.get(&citation.article) {
            of_article(context, article, &mut all);
        } else if let Some(place) = context.pack.places.get(&citation.article) {
            of_place(heard, place, &mut all);
        }
    }
    for long in context.pack.abbreviations.values() {
        all.push('\n');
        all.push_str(context.pack.say(long, &context.language));
    }
    all
}

fn of_article(context: &Context<'_>, article: &Article, all: &mut String) {
    let Some((language, words)) = context.pack.words(article, &context.language) else { return };
    for passage in context.mind.library().page(article, language, context.now.date()) {
        for part in
            [&passage.title, passage.heading.as_ref().unwrap_or(&passage.title), &passage.text]
        {
            all.push('\n');
            all.push_str(part);
        }
    }
    for section in &words.sections {
        all.push('\n');
        all.push_str(&render::section(context.pack, article, language, section, Mouth::Speech));
    }
}

fn of_place(heard: &Heard<'_>, place: &Place, all: &mut String) {
    let context = heard.context;
    let text = |text: &knowledge::pack::Text| context.pack.say(text, &context.language).to_owned();
    let mut lines = vec![context.place_name(place).to_owned(), context.pack.telephone.clone()];
    for mouth in [Mouth::Page, Mouth::Speech] {
        lines.extend(place.hours_lines(context.pack, &context.language, mouth));
        lines.extend(place.help_lines(&context.language, mouth));
    }
    lines.extend([&place.address, &place.way].into_iter().flatten().map(text));
    lines.extend(place.telephone.clone());
    lines.extend(opening::calendar(heard, place));
    for line in lines {
        all.push('\n');
        all.push_str(&line);
    }
}

/// The numbers of a text in digits, with the points and commas within them.
fn numbers(text: &str) -> BTreeSet<&str> {
    let point = |c: char| matches!(c, '.' | ',');
    text.split(|c: char| !c.is_ascii_digit() && !point(c))
        .map(|run| run.trim_matches(point))
        .filter(|run| !run.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use nlu::langid;

    use super::*;

    #[test]
    fn a_number_that_is_not_published_is_noticed() {
        let published = "The fee is 1,200.50 yuan within 15 days. Telephone 021-5550-0100.";
        for (said, strange_ones) in [
            ("It costs 1,200.50 yuan.", vec![]),
            ("15 days; 021-5550-0100.", vec![]),
            ("It costs 1,200 yuan.", vec!["1,200"]),
            ("Within 5 days, call 5550.", vec!["5"]),
        ] {
            let reply = Reply::of(langid!("en"), said);
            let mut strange = strange(&reply, published);
            strange.dedup();
            assert_eq!(strange, strange_ones, "{said}");
        }
    }
}
