//! `places.toml`.

use std::collections::BTreeMap;

use super::{
    take::{Fields, date, entries, fields, string, strings},
    tree::{Node, Value},
};
use crate::{
    hours::{Days, Help, HelpKind, Hours, Place},
    pack::finding::{Notes, did_you_mean},
};

const KEYS: [&str; 9] =
    ["name", "also", "address", "telephone", "way", "hours", "closed", "help", "location"];

/// All places by ID.
pub(crate) fn places(node: &Node, notes: &mut Notes) -> BTreeMap<String, Place> {
    let mut all = BTreeMap::new();
    for (id, node) in entries(node, "", notes).iter() {
        super::id(id, node.line, notes);
        if let Some(place) = place(id, node, notes) {
            all.insert(id.to_owned(), place);
        }
    }
    all
}

fn place(id: &str, node: &Node, notes: &mut Notes) -> Option<Place> {
    let row = fields(node, &format!("{id}."), &KEYS, notes);
    row.needed("name", "name = { zh = \"…\", en = \"…\" }", notes);
    let mut place = Place {
        id: id.to_owned(),
        name: row.text("name", notes)?,
        also: row.strings("also", notes),
        address: row.text("address", notes),
        telephone: row.string("telephone", notes),
        way: row.text("way", notes),
        hours: hours(&row, notes),
        closed_on_holidays: false,
        closed_dates: Vec::new(),
        help: Vec::new(),
        location: location(&row, notes),
    };
    closed(&row, &mut place, notes);
    help(&row, &mut place, notes);
    Some(place)
}

fn hours(row: &Fields<'_>, notes: &mut Notes) -> Vec<Hours> {
    let Some(node) = row.get("hours") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        let mend = "Write hours = [ { days = \"Mon-Fri\", open = [\"09:00-17:00\"] } ].";
        notes.error(node.line, "`hours` is not a list", mend);
        return Vec::new();
    };
    let mut all = Vec::new();
    for item in items {
        let row = fields(item, &row.path("hours."), &["days", "open"], notes);
        row.needed("days", "days = \"Mon-Fri\"", notes);
        row.needed("open", "open = [\"09:00-17:00\"]", notes);
        let days = row.string("days", notes).and_then(|said| {
            let days = Days::parse(&said);
            if days.is_none() {
                let mend = "Write days such as Mon-Fri, Sat or Mon,Wed,Fri.";
                notes.error(item.line, format!("`{said}` does not name days of the week"), mend);
            }
            days
        });
        let mut open: Vec<(u16, u16)> = Vec::new();
        for said in row.strings("open", notes) {
            match span(&said) {
                Some(span) => open.push(span),
                None => notes.error(
                    item.line,
                    format!("`{said}` is not a time from and to"),
                    "Write 24-hour times with the later one last, e.g. 09:00-11:30; \
                     past midnight, give the next day a row of its own.",
                ),
            }
        }
        open.sort_unstable();
        if open.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            notes.error(item.line, "opening times overlap", "Correct the times.");
        }
        if let Some(days) = days {
            all.push(Hours { days, open });
        }
    }
    all
}

/// `09:00-11:30` as minutes since midnight.
fn span(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once(['-', '–'])?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to && to <= 1440).then_some((from, to))
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let two = |s: &str| s.len() <= 2 && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !two(hour) || minute.len() != 2 || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

fn closed(row: &Fields<'_>, place: &mut Place, notes: &mut Notes) {
    let Some(node) = row.get("closed") else { return };
    let Value::List(items) = &node.value else {
        strings(node, "closed", notes);
        return;
    };
    for item in items {
        if let Value::Text(text) = &item.value
            && text.trim() == "holidays"
        {
            place.closed_on_holidays = true;
        } else {
            place.closed_dates.extend(date(item, "closed", notes));
        }
    }
}

fn help(row: &Fields<'_>, place: &mut Place, notes: &mut Notes) {
    let Some(node) = row.get("help") else { return };
    let Value::List(items) = &node.value else {
        strings(node, "help", notes);
        return;
    };
    for item in items {
        let Some(said) = string(item, "help", notes) else { continue };
        match Help::parse(&said) {
            Some(help) => place.help.push(help),
            None => {
                let kind = said.split(':').next().unwrap_or_default().trim();
                let names = HelpKind::ALL.map(|row| row.1);
                let mend = if names.contains(&kind) {
                    "After the colon write a day: Mon, Tue, Wed, Thu, Fri, Sat or Sun.".to_owned()
                } else {
                    did_you_mean(kind, names)
                };
                notes.error(item.line, format!("`{said}` is not a known kind of help"), mend);
            }
        }
    }
}

fn location(row: &Fields<'_>, notes: &mut Notes) -> Option<(f64, f64)> {
    let node = row.get("location")?;
    if let Value::List(items) = &node.value
        && let [Node { value: Value::Bare(north), .. }, Node { value: Value::Bare(east), .. }] =
            items.as_slice()
        && let (Ok(north), Ok(east)) = (north.parse::<f64>(), east.parse::<f64>())
        && (-90.0..=90.0).contains(&north)
        && (-180.0..=180.0).contains(&east)
    {
        return Some((north, east));
    }
    notes.error(
        node.line,
        "`location` is not a latitude and a longitude",
        "Write location = [31.2301, 121.5012]: first north, then east.",
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_24_hours() {
        for (text, expected) in [
            ("09:00-11:30", Some((540, 690))),
            ("9:00-11:30", Some((540, 690))),
            ("00:00-24:00", Some((0, 1440))),
            ("22:00-02:00", None),
            ("09:00-24:01", None),
            ("09:60-10:00", None),
            ("9-10", None),
            ("+9:00-10:00", None),
            ("", None),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
    }
}
