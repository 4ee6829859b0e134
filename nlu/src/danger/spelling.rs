//! The spelling of alarming English words, mended: "brething", "amublance", "husbend". Ordinary words
//! that lie near them ("firm", "smell") stay what they are.

use std::{collections::HashSet, sync::LazyLock};

use super::examples;

/// Words that tell of danger, and those beside which danger stands.
const ALARMING: &str = "ambulance emergency police fire smoke smoking flames flame burning burns explosion exploded \
    exploding trapped extinguisher breathing breathe breath breathes unconscious unresponsive responding collapsed \
    collapsing fainted fainting bleeding blood vomiting heart attack chest stroke seizure convulsing choking choked \
    choke swallowed overdose overdosed poison poisoned poisoning drowning drowned allergic swelling swollen pregnant \
    labour pulse unmoving electrocuted shock snake dying knife weapon stabbed stabbing shooting robbed robbery robber \
    robbing mugged burglar burglars burglary thief thieves breaking stranger following followed stalking stalker \
    kidnapped kidnap hostage attacked attacking attacker assaulted assault raped threatening threatened threatens \
    husband boyfriend girlfriend partner father mother stepfather brother sister daughter hitting beating beats \
    punched punching kicked kicking slapped strangled strangling abused abusing abusive abuse violent violence \
    domestic bruises hiding locked scared afraid suicide suicidal kill killing myself overdosing pills jump jumping \
    bridge wrists hanging leak leaking leaked smell smells smelling carbon monoxide dizzy hissing alarm missing \
    disappeared vanished child children toddler grandson granddaughter alzheimers dementia wandered playground \
    someone somebody neighbour neighbor screaming outside building kitchen apartment bathroom curtains curtain window upstairs downstairs \
    anymore living worthless tonight goodbye forever";

/// Ordinary words near alarming ones, besides those that stand in the examples.
const ORDINARY: &str = "hire wire tire fine file five firm fires fare fired firing fore find fish fill film fierce \
    smote smokes smoker smoked spoke flamingo blame burnt buying boring turning bunting running trained tapped \
    wrapped tripped trap bread breed breadth broth brother breeze conscious corresponding collapse faint painted \
    painting flood bloom bloody brood heard hears heat hearth heady hear death attach attached attacks cheat chess \
    crest chests cheap check cheese chased strike stroll struck strokes stoke store story seizures choosing cooking \
    checking chalking choked choose choice chose woke smoking swelled pulses purse poisons dining dyeing drying doing \
    lying tying knives stable stabbed tabbing stubbing shouting shorting shopping shoring booting robed rubbed rubbing \
    mugs hugged bugged burger burglaries chief brief grief thieve breaks braking baking speaking freaking strangers \
    stronger allowing followed follows fellow stocking stacking talking walking staking kidnapper hostages post \
    attracted attracting attractive attackers result assaulted rapid taped rated ripped gaped race rape husbands \
    boyfriends partners farther feather fathers mothers another bother other brothers sisters daughters laughter \
    slaughter sitting fitting hiking hinting heating bearing boating betting being eating beaten bets boats beads \
    bears beasts bunched munched launched ticked picked licked nicked kickoff picking ticking clapped slipped \
    snapped strangle used amused busing abide abuses violet violin violinist bruise hiring hidden biding riding \
    looked blocked clocked lacked licked licensed scarred scare scary stared shared cared stored score afraid kilo \
    kiln bill kills kilt skill chill hill fill killed filling billing milling pulling himself itself piles polls \
    pulls pill pins bills fills wills dump jumps jumpy jumped lump bump pump bumping dumping ridge fridge bride \
    bridges wrist writs hinging ringing handing hangings lean lead leaf leap leaks lear leaked leading leaning small \
    swell spell smile smelt spells smiles swells spelling smiling carton missed mixing kissing passing messing mission \
    misting disappear chile chili child childs chilled children tot towel doorbell alarms alert alarmed dozy fizzy \
    window windows kitchens chicken bathrooms certain curtains apartments upstair outsides lives leaving loving \
    liking giving driving moving leasing lining worthwhile light tonight shock stock shook sock clock block \
    plane plans planned plant plants partly party parents parent patient patients police policy policies polices \
    polite pole poles polled shops shelter sheltered something somewhere sometime sometimes someones neighbours \
    neighbors neighbourhood neighborhood building buildings emergence emergencies ambulances goodbyes family families \
    farther stating staying studying standing starting string strong strange hospital hospitals living locked locker \
    lost last list lots loss cost lose held hell helps hero heap wage wave ware walk make play player place places \
    placed please pleased pause house housing mouse hours horse nurse course source force forced fourth forth \
    father farmer gather rather weather whether further matter mather master motor movers mover mature \
    followup sell started pregnancy selling learning contain binding lending browser parties changing \
    finding smaller frame handling frames bursary seeking explore hostname screening flowing willing \
    starring sells dropping letting shipped scaling cloning seating storing scoring ranging scored \
    explorer hosting attaching expanded consulting bloods threats fame captain coke overcome cooling \
    weapons masking widow expansion linking exploring staffing excluding loading breeding belts breach \
    snowing showing slowing knowing drawing chore tracked lacking scraping sporting stake partnered \
    hunting outsider struggling loaning breaches leased employing streaming explored exposing spared \
    overdue burgers hearty broader excluded starter painter expanding failing missions roofing locking \
    staging rubber outline skipped exclusion starred playgrounds followings whipped wrapping steaming";

/// Slips in words too short to be mended by distance.
const SHORT: &[(&str, &str)] = &[
    ("gass", "gas"),
    ("beeing", "being"),
    ("fir", "fire"),
    ("smel", "smell"),
    ("hart", "heart"),
    ("chid", "child"),
    ("kiil", "kill"),
    ("dieing", "dying"),
    ("kidz", "kids"),
    ("bby", "baby"),
    ("hubby", "husband"),
    ("plz", "please"),
    ("pls", "please"),
    ("hlp", "help"),
    ("gon", "gone"),
    ("litle", "little"),
    ("loosing", "losing"),
];

static ALARM: LazyLock<Vec<&str>> = LazyLock::new(|| ALARMING.split_whitespace().collect());

/// Every word that is spelt as it should be.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut known: HashSet<String> =
        ALARMING.split_whitespace().chain(ORDINARY.split_whitespace()).map(str::to_owned).collect();
    for text in examples::well_spelt().iter().filter(|text| text.is_ascii()) {
        let text = text.to_ascii_lowercase().replace('\'', "");
        known.extend(text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_owned));
    }
    known
});

/// The alarming word that a word was meant to be, or the word itself.
pub(super) fn mend(word: &str) -> &str {
    if let Some((_, meant)) = SHORT.iter().find(|(slip, _)| *slip == word) {
        return meant;
    }
    let long = word.len();
    if !(4..=16).contains(&long)
        || !word.bytes().all(|b| b.is_ascii_lowercase())
        || KNOWN.contains(word)
    {
        return word;
    }
    let near = |meant: &&&str| {
        let most = if long.min(meant.len()) >= 8 { 2 } else { 1 };
        let same_start = meant.as_bytes()[0] == word.as_bytes()[0];
        long.abs_diff(meant.len()) <= most
            && meant.len() >= 4
            && distance(word.as_bytes(), meant.as_bytes())
                <= if same_start { most } else { most - 1 }
    };
    let by_distance = |meant: &&&str| distance(word.as_bytes(), meant.as_bytes());
    ALARM.iter().filter(near).min_by_key(by_distance).copied().unwrap_or(word)
}

/// Slips between two words: letters left out, put in, changed, or two neighbours exchanged.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn alarming_words_are_mended_and_ordinary_ones_stay() {
        for (typed, meant) in [
            ("brething", "breathing"),
            ("amublance", "ambulance"),
            ("husbend", "husband"),
            ("smok", "smoke"),
            ("fier", "fire"),
            ("unconcious", "unconscious"),
            ("polise", "police"),
            ("daugther", "daughter"),
            ("firm", "firm"),
            ("spell", "spell"),
            ("policy", "policy"),
            ("sitting", "sitting"),
            ("passport", "passport"),
        ] {
            assert_eq!(mend(typed), meant);
        }
    }
}
