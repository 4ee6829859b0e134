//! Links in Markdown that point to files of this project lead somewhere, and pictures have words for
//! those who cannot see them.

use super::tree::{Tree, folder};

/// Dead links and wordless pictures of one page. Addresses on the web are not followed.
pub fn dead(path: &str, text: &str, tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // Every second piece between back-quotes is code.
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("");
        if prose.contains("![](") {
            findings.push(format!(
                "{path}:{}: a picture without words. Say between the brackets what it shows.",
                number + 1
            ));
        }
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains(':') {
                continue;
            }
            let Some(target) = resolve(folder(path), file) else {
                findings.push(format!("{path}:{}: {link} leaves the project.", number + 1));
                continue;
            };
            if !tree.has(target.trim_end_matches('/')) {
                findings.push(format!(
                    "{path}:{}: the link to {link} is dead. Mend it, or take it out.",
                    number + 1
                ));
            }
        }
    }
    findings
}

/// A relative link as a path from the top; `None` when it leads out of the project.
fn resolve(folder: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        dead("docs/A.md", text, &Tree::made_of(&["README.md", "docs/A.md", "docs/images/a.png"]))
    }

    #[test]
    fn living_links_pass() {
        let text = "[a](../README.md#x) [b](https://a.example/b) [c](#here) `[d](no.md)` ![a page](images/a.png) [e](images/)\n```\n[f](no.md)\n```\n";
        assert_eq!(findings(text), Vec::<String>::new());
    }

    #[test]
    fn dead_links_and_wordless_pictures_are_found() {
        assert!(
            findings("a\n[b](no.md)\n")[0].starts_with("docs/A.md:2: the link to no.md is dead")
        );
        assert!(findings("[b](../../x)\n")[0].contains("leaves the project"));
        assert!(findings("![](images/a.png)\n")[0].contains("without words"));
    }
}
