//! What has run out, will soon, or was not looked at for a year.

use jiff::Span;
use std::path::Path;

use super::Linter;
use crate::pack::{Article, Kind};

/// Dates of a service, notice or page.
pub(super) fn article(linter: &mut Linter<'_>, article: &Article) {
    checked(linter, article);
    match article.kind {
        Kind::Service => {
            service(linter, article);
            facts(linter, article);
        }
        Kind::Notice => notice(linter, article),
        Kind::Page => {}
    }
}

fn checked(linter: &mut Linter<'_>, article: &Article) {
    let file = linter.head(article);
    let Some(checked) = article.checked else {
        if article.kind == Kind::Service {
            let mend = "Add `checked = ` and the day on which you compared it with its source.";
            linter.warn(&file, "checked", "nobody says when this was last checked", mend);
        }
        return;
    };
    let year_ago = linter.today.saturating_sub(Span::new().years(1));
    if checked < year_ago {
        let what = format!("last checked on {checked}, more than a year ago");
        linter.warn(&file, "checked", what, "Compare it with its source and renew the date.");
    } else if checked > linter.today {
        let what = format!("`checked` is {checked}, which is yet to come");
        linter.warn(&file, "checked", what, "Write the day on which you checked it.");
    }
}

fn service(linter: &mut Linter<'_>, article: &Article) {
    let file = linter.head(article);
    if article.source.is_none() {
        let mend = "Add `source = ` and the web address of the rule or page it follows.";
        linter.warn(&file, "source", "the service has no source", mend);
    }
    let Some(until) = article.valid.until else { return };
    if until < linter.today {
        let what = format!("the service ended on {until} and is not shown any more");
        linter.warn(&file, "valid", what, "Renew `valid`, or delete the service.");
    } else if linter.is_soon(until) {
        let what = format!("the service ends on {until} and is not shown afterwards");
        linter.warn(&file, "valid", what, "Renew `valid` if it goes on.");
    }
}

fn facts(linter: &mut Linter<'_>, article: &Article) {
    let file = linter.head(article);
    for (name, fact) in &article.facts {
        let key = format!("facts.{name}");
        if let Some(until) = fact.valid.until {
            if until < linter.today {
                let what = format!("the fact `{name}` ran out on {until}");
                linter.error(&file, &key, what, "Write what holds now.");
            } else if linter.is_soon(until) {
                let what = format!("the fact `{name}` runs out on {until}");
                linter.warn(&file, &key, what, "Find out what holds afterwards.");
            }
        }
        if let Some(from) = fact.valid.from.filter(|from| *from > linter.today) {
            let what = format!("the fact `{name}` does not hold before {from}");
            linter.error(&file, &key, what, "Until then write what holds now.");
        }
    }
}

fn notice(linter: &mut Linter<'_>, article: &Article) {
    if let Some(until) = article.valid.until.filter(|until| *until < linter.today) {
        let mend = "It is gone by itself; delete the file when you like.";
        for language in article.words.keys() {
            let file = super::sheet(article, language);
            linter.warn(&file, "until", format!("the notice was over on {until}"), mend);
        }
    }
}

/// Holidays that are all over.
pub(super) fn holidays(linter: &mut Linter<'_>) {
    let last = linter.pack.holidays.iter().enumerate().max_by_key(|(_, holiday)| holiday.to);
    if let Some((at, holiday)) = last
        && holiday.to < linter.today
    {
        let what = format!("the last holiday was on {}", holiday.to);
        let mend = "Add the next ones, else places count as open on them.";
        linter.error(Path::new("pack.toml"), &format!("holiday.{at}"), what, mend);
    }
}
