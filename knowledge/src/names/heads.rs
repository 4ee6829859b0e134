//! General words that end the names of several articles, "card", "permit", "卡", "证": said without
//! what tells one from another ("我的卡丢了", "I lost my card") they name nothing yet.

use std::collections::{BTreeMap, BTreeSet};

use nlu::script::{is_han, stands_alone};

/// Names of so many articles end with a general word.
const SEVERAL: usize = 3;
/// Characters before a general word that tell nothing of which thing is meant, and those behind it
/// that belong to what is said of it.
const BEFORE: &str = "的张个我你他她它妈爸办补丢这那把领换做有是要";
const BEHIND: &str = "丢掉了不坏没被找怎咋要在呢吗是能可到过快该去上吧啊呀给";
/// The same in English.
const BEFORE_WORD: [&str; 18] = [
    "my", "the", "a", "an", "her", "his", "their", "our", "your", "this", "that", "new", "lost",
    "another", "some", "any", "which", "one",
];

/// The general words of a pack, each with the articles whose names end with it.
#[derive(Debug, Default)]
pub(super) struct Heads(BTreeMap<String, BTreeSet<String>>);

impl Heads {
    /// Collects the last words of names, each with its article's ID.
    pub fn of<'a>(names: impl Iterator<Item = (String, &'a str)>) -> Heads {
        let mut heads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, article) in names {
            if let Some(head) = head(&name) {
                heads.entry(head).or_default().insert(article.to_owned());
            }
        }
        heads.retain(|_, articles| articles.len() >= SEVERAL);
        Heads(heads)
    }

    /// The articles that a general word may mean which stands in a folded text without what tells
    /// one from another.
    pub fn bare(&self, folded: &str) -> BTreeSet<&str> {
        let said = self.0.iter().filter(|(head, _)| is_bare(folded, head));
        said.flat_map(|(_, articles)| articles.iter().map(String::as_str)).collect()
    }
}

fn head(name: &str) -> Option<String> {
    let last = name.chars().next_back()?;
    if is_han(last) {
        return Some(last.to_string());
    }
    let word = name.rsplit(' ').next()?;
    word.chars().all(char::is_alphabetic).then(|| word.to_owned())
}

fn is_bare(folded: &str, head: &str) -> bool {
    let han = head.chars().all(is_han);
    folded.match_indices(head).any(|(at, _)| {
        let (before, behind) = (&folded[..at], &folded[at + head.len()..]);
        if han {
            let plain = |c: Option<char>, known: &str| {
                c.is_none_or(|c| !c.is_alphanumeric() || known.contains(c))
            };
            return plain(before.chars().next_back(), BEFORE)
                && plain(behind.chars().next(), BEHIND);
        }
        let word = before.split_whitespace().next_back();
        stands_alone(folded, at..at + head.len())
            && word.is_none_or(|word| BEFORE_WORD.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::Heads;

    fn heads() -> Heads {
        let names = [
            ("社会保障卡", "social"),
            ("敬老卡", "bus"),
            ("借书卡", "library"),
            ("library card", "library"),
            ("bus card", "bus"),
            ("lost identity card", "identity"),
            ("居住证", "permit"),
        ];
        Heads::of(names.into_iter().map(|(name, article)| (name.to_owned(), article)))
    }

    fn check(text: &str, expected: &str) {
        let heads = heads();
        let found: Vec<&str> = heads.bare(text).into_iter().collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn a_general_word_alone_may_mean_several() {
        check("我妈的卡丢了咋办", "bus library social");
        check("卡丢了", "bus library social");
        check("i lost my card", "bus identity library");
        check("card", "bus identity library");
    }

    #[test]
    fn what_tells_it_apart_settles_it() {
        check("交通卡丢了", "");
        check("我卡里没钱了", "");
        check("my bus card", "");
        check("cardboard", "");
    }

    #[test]
    fn the_end_of_one_name_is_not_general() {
        check("我的证丢了", "");
    }
}
