//! Which facet a heading names, in the words of docs/PACK.md.

use nlu::Facet;

const HEADINGS: [(Facet, &str, &str); 9] = [
    (Facet::Who, "谁可以办", "Who can apply"),
    (Facet::Bring, "要带什么", "What to bring"),
    (Facet::Cost, "多少钱", "What it costs"),
    (Facet::Time, "多久办好", "How long it takes"),
    (Facet::How, "怎么办", "How to apply"),
    (Facet::Where, "在哪里办", "Where to go"),
    (Facet::Law, "依据", "Rules"),
    (Facet::WithoutPhone, "没有手机怎么办", "Without a phone"),
    (Facet::Simple, "简单说", "In short"),
];

/// The facet that a heading names; case, spaces and marks at its end do not matter.
pub fn facet(heading: &str) -> Option<Facet> {
    let heading = heading.trim().trim_end_matches(['?', '？', ':', '：', '.', '。']).trim();
    HEADINGS
        .into_iter()
        .find(|(_, chinese, english)| heading == *chinese || heading.eq_ignore_ascii_case(english))
        .map(|row| row.0)
}

/// A facet's heading, in Chinese or else in English.
pub fn heading(facet: Facet, language: &nlu::LanguageIdentifier) -> &'static str {
    let row = HEADINGS.into_iter().find(|row| row.0 == facet).unwrap_or(HEADINGS[0]);
    if crate::fact::Tongue::of(language) == crate::fact::Tongue::Chinese { row.1 } else { row.2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_found_by_its_heading() {
        for (expected, chinese, english) in HEADINGS {
            assert_eq!(facet(chinese), Some(expected));
            assert_eq!(facet(&format!(" {} ", english.to_uppercase())), Some(expected));
        }
        assert_eq!(facet("怎么办？"), Some(Facet::How));
        assert_eq!(facet("Opening hours"), None);
    }
}
