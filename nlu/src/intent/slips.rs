//! Slips of the keyboard in what is said to the assistant itself: "repaet", "thnaks", "opertor".
//! Only a message that is recognised as a whole after mending is taken so; services have their own
//! tolerance, in the search.

/// The words of the pattern tables that are long enough to be told apart when misspelt. A word
/// that is one slip away from something people ask the city for ("cancel", "cancer") is left out.
const WORDS: &str = "\
    about after again agent anything appreciate back being bottom brilliant catch chat cheers choice \
    complain complaint computer confused connect continue conversation correct could delete did \
    didn't down else enough erase exactly exit explain explanation everything false fast file \
    first forget goodbye good great hear hello help helpful hold human information last latter \
    machine make meant menu message messages middle minute misunderstood moment more morning much \
    neither never mind next nobody none nothing okay operator option other pardon perfect person please previous \
    quit quiet real repeat representative return right robot second simple simpler simply slow \
    slower slowly someone something speak staff stop sure talk tell terrible thank thanks that \
    these third this times understand useless very wait want what with wrong yeah";

/// The longest message worth mending, in words.
const LONGEST: usize = 8;

/// The message with its slips mended; nothing when there are none.
pub(super) fn mended(core: &str) -> Option<String> {
    let words: Vec<&str> = core.split(' ').collect();
    if words.len() > LONGEST {
        return None;
    }
    let mended: Vec<&str> = words.iter().map(|word| near(word).unwrap_or(word)).collect();
    (mended != words).then(|| mended.join(" "))
}

/// The known word one slip away. The first letter is seldom wrong, and short words are too near to
/// each other.
fn near(word: &str) -> Option<&'static str> {
    let letters: Vec<char> = word.chars().collect();
    let known = || WORDS.split_whitespace();
    if letters.len() < 4 || !word.is_ascii() || known().any(|known| known == word) {
        return None;
    }
    known().find(|known| {
        let others: Vec<char> = known.chars().collect();
        others.len() >= 4 && others[0] == letters[0] && one_slip(&letters, &others)
    })
}

/// Whether one letter was left out, added, changed, or swapped with its neighbour.
fn one_slip(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (rest, longer) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => {
            let swapped = rest.len() >= 2
                && rest[0] == longer[1]
                && rest[1] == longer[0]
                && rest[2..] == longer[2..];
            swapped || rest.get(1..) == longer.get(1..)
        }
        1 => rest == &longer[1..],
        _ => false,
    }
}
