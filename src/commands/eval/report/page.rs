//! The page: plain HTML with plots as SVG, readable without script, by keyboard, by screen reader,
//! in the dark and on paper. Each plot says the same as the table beside it.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::Measured;

const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #111; --paper: #fff; --bar: #005a8c; --line: #767676 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --paper: #111; --bar: #8cc8ff; --line: #9a9a9a } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 0 auto; padding: 1rem }
table { border-collapse: collapse }
th, td { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); text-align: start }
td { font-variant-numeric: tabular-nums; text-align: end }
code, pre { overflow-wrap: anywhere; white-space: pre-wrap }
svg { display: block; width: 100%; max-width: 36rem; height: auto; margin: .8rem 0 }
svg text { fill: currentColor; font: 12px system-ui, sans-serif }
svg rect.bar { fill: var(--bar) } svg rect.whole { fill: none; stroke: var(--line) }
@media (forced-colors: active) { svg rect.bar { fill: CanvasText } }
summary { padding: .6rem 0; cursor: pointer }";

/// The whole page.
pub(super) fn page(measured: &[Measured], when: &str) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>How well Wendu understands</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n\
         <header>\n<h1>How well Wendu understands</h1>\n<p>Wendu {}, {}.</p>\n</header>\n\
         <nav aria-label=\"Evaluations\">\n<ul>\n",
        env!("CARGO_PKG_VERSION"),
        escape(when),
    );
    for (number, one) in measured.iter().enumerate() {
        let title = escape(&one.planned.title);
        let _ = writeln!(out, "<li><a href=\"#e{number}\">{title}</a></li>");
    }
    out.push_str("</ul>\n</nav>\n<main>\n");
    for (number, one) in measured.iter().enumerate() {
        section(&mut out, number, one);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, number: usize, one: &Measured) {
    let title = escape(&one.planned.title);
    let command = escape(&one.planned.arguments.join(" "));
    let _ = writeln!(out, "<section aria-labelledby=\"e{number}\">");
    let _ = writeln!(out, "<h2 id=\"e{number}\">{title}</h2>\n<p><code>wendu {command}</code></p>");
    match &one.figures {
        Ok(figures) => {
            plot(out, &one.planned.title, figures);
            table(out, &one.planned.title, figures);
        }
        Err(why) => {
            let _ =
                writeln!(out, "<p>No figures. The command said:</p>\n<pre>{}</pre>", escape(why));
        }
    }
    if !one.misses.trim().is_empty() {
        let misses = escape(one.misses.trim());
        let _ = writeln!(
            out,
            "<details>\n<summary>What came out wrong</summary>\n<pre>{misses}</pre>\n</details>"
        );
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, title: &str, figures: &Map<String, Value>) {
    let _ = writeln!(out, "<table>\n<caption>{}: figures</caption>", escape(title));
    for (name, value) in figures {
        let value = value.as_f64().map_or_else(|| value.to_string(), |value| shown(name, value));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            escape(name),
            escape(&value)
        );
    }
    out.push_str("</table>\n");
}

/// Bars of all figures that are shares.
fn plot(out: &mut String, title: &str, figures: &Map<String, Value>) {
    const ROW: usize = 24;
    let shares: Vec<(&String, f64)> = figures
        .iter()
        .filter(|(name, _)| is_share(name))
        .filter_map(|(name, value)| Some((name, value.as_f64()?)))
        .filter(|(_, value)| (0.0..=1.0).contains(value))
        .collect();
    if shares.is_empty() {
        return;
    }
    let said: Vec<_> =
        shares.iter().map(|(name, value)| format!("{name} {}", shown(name, *value))).collect();
    let _ = writeln!(
        out,
        "<svg role=\"img\" viewBox=\"0 0 560 {}\" aria-label=\"{}: {}\">",
        shares.len() * ROW + 4,
        escape(title),
        escape(&said.join(", "))
    );
    for (row, (name, value)) in shares.iter().enumerate() {
        let top = row * ROW;
        let _ = writeln!(
            out,
            "<text x=\"190\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect class=\"whole\" x=\"200\" y=\"{}\" width=\"300\" height=\"16\"/>\
             <rect class=\"bar\" x=\"200\" y=\"{}\" width=\"{:.1}\" height=\"16\"/>\
             <text x=\"508\" y=\"{}\">{}</text>",
            top + 16,
            escape(name),
            top + 4,
            top + 4,
            value * 300.0,
            top + 16,
            shown(name, *value),
        );
    }
    out.push_str("</svg>\n");
}

/// Counts and times are no shares, however small.
fn is_share(name: &str) -> bool {
    !(name == "n" || name == "passages" || name.contains("ms"))
}

fn shown(name: &str, value: f64) -> String {
    if is_share(name) {
        format!("{value:.3}")
    } else if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// Text made safe to stand in HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::plan::Planned, Measured, page};

    #[test]
    fn every_evaluation_is_told_as_plot_and_table_and_nothing_of_it_is_markup() {
        let figures = json!({ "n": 12, "recall@1": 0.625, "p50_ms": 0.5 });
        let planned = Planned {
            title: "Rules & <b>more</b>".to_owned(),
            arguments: vec!["eval".to_owned()],
            misses: true,
        };
        let good = Measured {
            planned: planned.clone(),
            figures: Ok(figures.as_object().expect("an object").clone()),
            misses: "Wrong: 5 < 6".to_owned(),
        };
        let bad =
            Measured { planned, figures: Err("no such file".to_owned()), misses: String::new() };
        let page = page(&[good, bad], "today");
        assert!(page.contains("Rules &amp; &lt;b&gt;more"), "{page}");
        assert!(page.contains("width=\"187.5\"") && page.contains(">0.625<"), "{page}");
        assert_eq!(page.matches("class=\"bar\"").count(), 1, "counts and times have no bar");
        assert!(page.contains("Wrong: 5 &lt; 6") && page.contains("no such file"));
    }
}
