//! A reply as plain text, for channels that have nothing else (a terminal, an SMS).

use bot::Reply;

/// Everything a reply holds, in plain text: the words, their sources, numbered choices.
pub fn text(reply: &Reply) -> String {
    let mut out = reply.text.trim_end().to_owned();
    for citation in &reply.citations {
        out.push_str("\n\n");
        out.push_str(&citation.line);
        if let Some(url) = &citation.url {
            out.push('\n');
            out.push_str(url);
        }
    }
    if !reply.choices.is_empty() {
        out.push('\n');
    }
    for (place, choice) in reply.choices.iter().enumerate() {
        out.push_str(&format!("\n{}. {}", place + 1, choice.label));
    }
    out
}
