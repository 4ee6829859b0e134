//! The names that ears should know: they would take them for other words.

use super::Pack;
use nlu::LanguageIdentifier;

impl Pack {
    /// What pages are called, in a row: of each the shortest of its names, the shortest first, in
    /// `most` characters.
    pub fn vocabulary(&self, language: &LanguageIdentifier, most: usize) -> String {
        let words = self.articles.values().filter_map(|article| article.words.get(language));
        let mut names: Vec<&str> = words
            .filter_map(|words| {
                let names = words.also.iter().chain([&words.title]).map(String::as_str);
                names
                    .filter(|name| name.chars().count() > 1)
                    .min_by_key(|name| name.chars().count())
            })
            .collect();
        names.sort_by_key(|name| (name.chars().count(), *name));
        names.dedup();
        let (between, end) =
            if language.language.as_str() == "zh" { ("、", "。") } else { (", ", ".") };
        let mut row = String::new();
        for name in names {
            if row.chars().count() + name.chars().count() + 2 > most {
                break;
            }
            if !row.is_empty() {
                row.push_str(between);
            }
            row.push_str(name);
        }
        if row.is_empty() { row } else { row + end }
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::empty_pack;

    #[test]
    fn a_pack_of_no_pages_teaches_no_names() {
        assert_eq!(empty_pack().vocabulary(&nlu::langid!("zh"), 120), "");
    }
}
