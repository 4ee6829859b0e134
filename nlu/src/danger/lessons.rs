//! What the judge is taught of one sentence: as it is written, and as it comes when it is typed in
//! haste or misheard. English loses and exchanges letters, or one word becomes another that sounds like
//! it; of Chinese the characters go and the sounds stay.

use super::{
    features,
    sound::{self, Heard},
};

/// One form of a sentence.
pub(super) struct Form {
    /// What is written.
    pub text: String,
    /// The features of its words.
    pub features: Vec<u32>,
}

/// The forms of a folded sentence, the first as it is; `at` says which slips are made.
pub(super) fn forms(folded: &str, at: usize) -> Vec<Form> {
    let heard = sound::hear(folded);
    let mut forms = vec![Form { text: folded.to_owned(), features: features::of(&heard) }];
    if heard.chinese {
        // The meaning of what is misheard is not learned: no text stands for it.
        let mut only = |features| forms.push(Form { text: String::new(), features });
        only(features::of_sounds(&heard));
        only(features::of(&blurred(heard, at)));
        return forms;
    }
    for text in [Some(slip(folded, at)), mishear(folded, at)].into_iter().flatten() {
        let features = features::of(&sound::hear(&text));
        forms.push(Form { text, features });
    }
    forms
}

/// Every third character of a Chinese sentence unknown, but heard.
fn blurred(heard: Heard, at: usize) -> Heard {
    let blur = |(place, c): (usize, char)| if (place + at).is_multiple_of(3) { UNKNOWN } else { c };
    let written = heard.written.chars().enumerate().map(blur).collect();
    Heard { written, ..heard }
}

/// Stands for a character of which only the sound is known.
const UNKNOWN: char = '\u{FFFD}';

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
