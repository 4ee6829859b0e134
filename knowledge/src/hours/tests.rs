//! Places at moments.

use jiff::{
    civil::{DateTime, date},
    tz::TimeZone,
};
use nlu::langid;
use proptest::prelude::*;

use super::*;
use crate::{
    fact::Mouth,
    pack::{Workday, empty_pack},
};

fn shanghai() -> Pack {
    let mut pack = empty_pack();
    pack.time_zone = TimeZone::get("Asia/Shanghai").expect("the zone is bundled");
    pack.holidays = vec![Holiday {
        name: Text::Same("国庆节".into()),
        from: date(2026, 10, 1),
        to: date(2026, 10, 7),
    }];
    pack.workdays = vec![Workday { date: date(2026, 10, 10), like: Weekday::Friday }];
    pack
}

fn centre(rows: &[(&str, &[(u16, u16)])]) -> Place {
    Place {
        id: "centre".into(),
        name: Text::Same("中心".into()),
        also: vec![],
        address: None,
        telephone: None,
        way: None,
        hours: rows
            .iter()
            .map(|(days, open)| Hours {
                days: Days::parse(days).expect("days"),
                open: open.to_vec(),
            })
            .collect(),
        closed_on_holidays: true,
        closed_dates: vec![date(2026, 11, 3)],
        help: vec![],
        location: None,
    }
}

fn office() -> Place {
    centre(&[("Mon-Fri", &[(540, 690), (780, 1020)]), ("Sat", &[(540, 690)])])
}

fn check(place: &Place, now: &str, expected: &str) {
    let pack = shanghai();
    let now: DateTime = now.parse().expect("a moment");
    let now = now.to_zoned(pack.time_zone.clone()).expect("a moment there");
    let said = match place.state(&pack, &now) {
        State::Open { until } => format!("open until {}", until.strftime("%m-%d %H:%M")),
        State::ClosedNow { reason, opens } => {
            let opens = opens.map_or("?".into(), |at| at.strftime("%m-%d %H:%M").to_string());
            let reason = match reason {
                Closed::Holiday(Text::Same(name)) => name,
                other => format!("{other:?}"),
            };
            format!("{reason}, opens {opens}")
        }
        other => format!("{other:?}"),
    };
    assert_eq!(said, expected, "{now}");
}

#[test]
fn a_place_says_until_when_it_is_open_and_why_it_is_closed() {
    let office = office();
    check(&office, "2026-10-12T09:00", "open until 10-12 11:30");
    check(&office, "2026-10-12T11:30", "Lunch, opens 10-12 13:00");
    check(&office, "2026-10-12T08:59:59", "BeforeOpening, opens 10-12 09:00");
    check(&office, "2026-10-12T17:00", "AfterHours, opens 10-13 09:00");
    check(&office, "2026-10-18T10:00", "Weekend, opens 10-19 09:00");
    check(&office, "2026-10-03T10:00", "国庆节, opens 10-08 09:00");
    check(&office, "2026-09-30T18:00", "AfterHours, opens 10-08 09:00");
    check(&office, "2026-10-10T14:00", "open until 10-10 17:00");
    check(&office, "2026-11-03T10:00", "ClosedDate, opens 11-04 09:00");
}

#[test]
fn a_place_without_hours_is_unknown_and_one_without_end_is_always_open() {
    check(&centre(&[]), "2026-10-12T09:00", "Unknown");
    let mut police = centre(&[("Mon-Sun", &[(0, 1440)])]);
    check(&police, "2026-10-12T09:00", "open until 11-03 00:00");
    police.closed_on_holidays = false;
    police.closed_dates.clear();
    check(&police, "2026-10-12T09:00", "Always");
}

#[test]
fn nights_run_together_across_midnight() {
    let night = centre(&[("Mon", &[(1200, 1440)]), ("Tue", &[(0, 120), (60, 180)])]);
    check(&night, "2026-10-12T21:00", "open until 10-13 03:00");
}

#[test]
fn a_place_that_opens_only_in_months_says_so() {
    let mut rare = centre(&[("Mon", &[(540, 600)])]);
    let monday = date(2026, 10, 19);
    rare.closed_dates =
        (0..6).filter_map(|w| monday.checked_add(Span::new().weeks(w)).ok()).collect();
    check(&rare, "2026-10-12T11:00", "AfterHours, opens ?");
}

#[test]
fn hours_are_written_and_said() {
    let pack = shanghai();
    let lines = |language, mouth| office().hours_lines(&pack, &language, mouth);
    assert_eq!(
        lines(langid!("zh"), Mouth::Page),
        ["周一至周五 9:00–11:30，13:00–17:00", "周六 9:00–11:30", "法定节假日休息"]
    );
    assert_eq!(
        lines(langid!("en"), Mouth::Message),
        [
            "Monday to Friday 9:00 to 11:30, 13:00 to 17:00",
            "Saturday 9:00 to 11:30",
            "Closed on public holidays"
        ]
    );
    assert_eq!(
        lines(langid!("zh"), Mouth::Speech)[0],
        "周一至周五，上午九点到十一点半，下午一点到五点"
    );
    assert_eq!(
        lines(langid!("en"), Mouth::Speech)[1],
        "Saturday, nine to eleven thirty in the morning"
    );
}

#[test]
fn help_is_written_and_said() {
    let mut place = office();
    place.help = ["step-free", "sign-language:Wed"].iter().filter_map(|h| Help::parse(h)).collect();
    assert_eq!(place.help_lines(&langid!("zh"), Mouth::Page), ["无台阶通道", "手语服务（周三）"]);
    assert_eq!(
        place.help_lines(&langid!("en"), Mouth::Speech),
        ["Step-free entrance", "Sign language on Wednesday"]
    );
}

#[test]
fn time_is_counted_in_hours_of_work() {
    let pack = shanghai();
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let place = centre(&[("Mon-Fri", &[(540, 690), (780, 1020)])]);
    let worked = |from: &str, to: &str| place.open_between(&pack, at(from), at(to)).as_mins();
    // 2026-11-20 is a Friday.
    assert_eq!(worked("2026-11-20T10:00+08", "2026-11-20T10:20+08"), 20);
    assert_eq!(worked("2026-11-20T11:20+08", "2026-11-20T13:10+08"), 20, "lunch is not counted");
    assert_eq!(worked("2026-11-20T16:50+08", "2026-11-23T09:05+08"), 15, "nor the weekend");
    assert_eq!(worked("2026-11-21T10:00+08", "2026-11-22T10:00+08"), 0);
    assert_eq!(worked("2026-11-20T10:20+08", "2026-11-20T10:00+08"), 0, "nor a clock set back");
}

proptest! {
    #[test]
    fn what_is_said_about_openings_is_true(
        rows in prop::collection::vec((0_u8..7, 0_u16..1440, 1_u16..1441), 0..6),
        closed in any::<bool>(),
        zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]),
        second in 1_774_000_000_i64..1_810_000_000,
    ) {
        let mut pack = shanghai();
        pack.time_zone = TimeZone::get(zone).expect("the zone is bundled");
        let mut place = centre(&[]);
        place.closed_on_holidays = closed;
        place.hours = rows
            .iter()
            .map(|(day, from, to)| Hours {
                days: Days::default().with(Days::WEEK[usize::from(*day)]),
                open: vec![(*from, *to)],
            })
            .collect();
        let now = jiff::Timestamp::from_second(second).expect("a second").to_zoned(TimeZone::UTC);
        let just_before = |at: &Zoned| at.checked_sub(Span::new().nanoseconds(1)).expect("a moment");
        let is_open = |at: &Zoned| matches!(place.state(&pack, at), State::Open { .. } | State::Always);
        match place.state(&pack, &now) {
            State::Open { until } => {
                prop_assert!(until > now);
                prop_assert!(is_open(&just_before(&until)));
                prop_assert!(!is_open(&until));
            }
            State::ClosedNow { opens: Some(opens), .. } => {
                prop_assert!(opens > now);
                prop_assert!(is_open(&opens));
                prop_assert!(!is_open(&just_before(&opens)));
            }
            State::ClosedNow { opens: None, .. } | State::Unknown | State::Always => {}
        }
    }
}
