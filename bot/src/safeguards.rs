//! Safeguards: what comes before any answer. In danger the right number and what to do first; in
//! despair a kind word; an insult is not returned; and advice that only a professional may give is
//! left to one. Which it is, `nlu` tells; how it is said, the phrasebook; whom to call, the pack.

use knowledge::{
    fact::{Mouth, Tongue, spell_telephone},
    pack::Article,
};
use nlu::{
    Intent,
    advice::{self, Advice},
    danger::{self, Certainty, Kind},
    feeling::{self, Feeling},
};

use crate::{
    answer::{Answer, Safeguard},
    conversation::{Conversation, Outcome},
    handoff::{Handoff, Reason},
    mind::Context,
    reply::{Choice, Reply},
    telling,
    turn::Heard,
};

/// Danger first: the number before anything else, and a person is told. Asked again, or cried
/// again, the number is said again.
pub(crate) fn danger(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let understanding = heard.understanding;
    let now = heard_danger(heard).filter(|danger| danger.certainty == Certainty::Sure);
    let kind = match (now, conversation.danger) {
        (_, Some(kind)) if danger::only_cries(&understanding.folded) => kind,
        (Some(danger), _) => danger.kind,
        (None, Some(kind)) if danger::asks_again(&understanding.folded) => kind,
        (None, _) => return None,
    };
    let first = conversation.danger != Some(kind);
    conversation.danger = Some(kind);
    Some(Outcome {
        answer: Some(Answer::Safeguard { reason: Safeguard::Danger { kind } }),
        reply: in_danger(heard.context, kind),
        handoff: first.then(|| Handoff {
            reason: Reason::Danger,
            language: conversation.language.clone(),
            services: conversation.services.clone(),
            unanswered: conversation.unanswered,
        }),
        change: None,
        why: vec![],
    })
}

/// An insult or despair with nothing asked is answered kindly, with a person offered.
pub(crate) fn feeling(_: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let context = heard.context;
    match heard.understanding.feeling? {
        Feeling::Insult => {
            let reply = context.reply("insult", &[("telephone", &context.pack.telephone)]);
            Some(Outcome::answered(Answer::Safeguard { reason: Safeguard::Insult }, reply))
        }
        Feeling::Despair => {
            feeling::only_despairs(&heard.understanding.folded).then(|| despair(context))
        }
    }
}

/// A kind word, the mental-health line, and a person.
fn despair(context: &Context<'_>) -> Outcome {
    let mut reply = kind_word(context);
    reply.add_line(&context.say("despair-person", &[("telephone", &context.pack.telephone)]));
    Outcome::answered(Answer::Safeguard { reason: Safeguard::Despair }, reply)
}

fn kind_word(context: &Context<'_>) -> Reply {
    told(context, |mouth| {
        let mind = spelt(context, &context.pack.danger.mind, mouth);
        context.say("despair", &[("mind", &mind)])
    })
}

/// What only a professional may say is left to one: the service that the pack names, else the
/// telephone.
pub(crate) fn advice(_: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let kind = advice::of(&heard.understanding.folded)?;
    let context = heard.context;
    let phrase = match kind {
        Advice::Medical => "advice-medical",
        Advice::Legal => "advice-legal",
        Advice::Money => "advice-money",
    };
    let mut reply = told(context, |mouth| {
        let [police, ambulance, telephone] =
            [&context.pack.danger.police, &context.pack.danger.ambulance, &context.pack.telephone]
                .map(|number| spelt(context, number, mouth));
        let args = [("police", &*police), ("ambulance", &*ambulance), ("telephone", &*telephone)];
        context.say(phrase, &args)
    });
    if let Some(article) = place_of_advice(context, kind) {
        let title = context.pack.words(article, &context.language).map(|(_, words)| &words.title);
        if let Some(title) = title {
            reply.add_line(&context.say("advice-service", &[("title", title)]));
            reply.suggestions.push(Choice { label: title.clone(), say: title.clone() });
        }
        let place = article.places.first().and_then(|id| context.pack.places.get(id));
        reply.place = place.map(|place| telling::place_card(context, place));
    }
    Some(Outcome::answered(Answer::Safeguard { reason: Safeguard::Advice { kind } }, reply))
}

/// What is said beside an answer: the numbers, when it may be danger; a kind word, in despair. And
/// while somebody was in danger a moment ago, what cannot be answered leads back to the number.
pub(crate) fn beside(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    mut outcome: Outcome,
) -> Outcome {
    if let Some(Answer::Safeguard { reason: Safeguard::Danger { .. } }) = outcome.answer {
        return outcome;
    }
    let context = heard.context;
    let found = matches!(outcome.answer, Some(Answer::Found(_)));
    let lost = matches!(
        outcome.answer,
        Some(Answer::NotFound { .. } | Answer::Clarify { .. } | Answer::Refused { .. })
    );
    if let (Some(kind), true) = (conversation.danger, lost) {
        let answer = Answer::Safeguard { reason: Safeguard::Danger { kind } };
        return Outcome::answered(answer, numbers(context, "danger-again", kind));
    }
    if found {
        conversation.danger = None;
    }
    if let Some(danger) = heard_danger(heard) {
        if !found {
            conversation.danger.get_or_insert(danger.kind);
        }
        before(&mut outcome.reply, &numbers(context, "danger-perhaps", danger.kind));
    } else if heard.understanding.feeling == Some(Feeling::Despair)
        && heard.understanding.intent != Intent::Person
        && !matches!(outcome.answer, Some(Answer::Safeguard { .. }))
    {
        if !found {
            return despair(context);
        }
        before(&mut outcome.reply, &kind_word(context));
    }
    outcome
}

/// The surest danger in what was said, or in what else the ears may have heard.
fn heard_danger(heard: &Heard<'_>) -> Option<danger::Danger> {
    let others = heard.message.others.iter().filter_map(|other| {
        let end = other.floor_char_boundary(crate::turn::LONGEST);
        danger::danger(&nlu::normal::fold(&other[..end]), &|folded| heard.context.meaning(folded))
    });
    let all = heard.understanding.danger.into_iter().chain(others);
    all.reduce(|best, next| if next.certainty > best.certainty { next } else { best })
}

fn place_of_advice<'a>(context: &Context<'a>, kind: Advice) -> Option<&'a Article> {
    context.pack.advice.get(&kind).and_then(|id| context.pack.articles.get(id))
}

/// The number, what to do first, and that the assistant cannot call for them.
fn in_danger(context: &Context<'_>, kind: Kind) -> Reply {
    let phrase = match kind {
        Kind::Fire => "danger-fire",
        Kind::Crime => "danger-crime",
        Kind::ViolenceAtHome => "danger-violence-at-home",
        Kind::Medical => "danger-medical",
        Kind::SelfHarm => "danger-self-harm",
        Kind::Gas => "danger-gas",
        Kind::MissingChild => "danger-missing-child",
    };
    let mut reply = numbers(context, phrase, kind);
    reply.add_line(&context.say("danger-told", &[]));
    reply
}

/// A phrase with the numbers in it, and before it, for gas, the gas company's if the pack has one.
fn numbers(context: &Context<'_>, phrase: &str, kind: Kind) -> Reply {
    let numbers = &context.pack.danger;
    told(context, |mouth| {
        let number = |number: &str| spelt(context, number, mouth);
        let args = [
            ("first", number(numbers.first(kind))),
            ("police", number(&numbers.police)),
            ("police-text", number(&numbers.police_text)),
            ("fire", number(&numbers.fire)),
            ("ambulance", number(&numbers.ambulance)),
            ("women", number(&numbers.women)),
            ("mind", number(&numbers.mind)),
        ];
        let args: Vec<(&str, &str)> =
            args.iter().map(|(name, number)| (*name, &**number)).collect();
        let mut said = context.say(phrase, &args);
        if let (Kind::Gas, "danger-gas", Some(gas)) = (kind, phrase, &numbers.gas) {
            said.push('\n');
            said.push_str(&context.say("danger-gas-company", &[("gas", &number(gas))]));
        }
        said
    })
}

/// Puts words before a reply, for the eye and for the ear.
fn before(reply: &mut Reply, words: &Reply) {
    reply.text = format!("{}\n{}", words.text, reply.text);
    reply.spoken = format!("{}\n{}", words.spoken, reply.spoken);
}

/// A reply that says numbers as they are written to the eye, and digit by digit to the ear.
fn told(context: &Context<'_>, say: impl Fn(Mouth) -> String) -> Reply {
    let mut reply = Reply::of(context.language.clone(), say(Mouth::Page));
    reply.spoken = say(Mouth::Speech);
    reply
}

fn spelt(context: &Context<'_>, number: &str, mouth: Mouth) -> String {
    match mouth {
        Mouth::Speech => spell_telephone(number, Tongue::of(&context.language)),
        _ => number.to_owned(),
    }
}
