//! What the board says: the sentence on top, and what each figure is compared with. Pure.

use desk::board::{Board, Part, Shown};
use desk::reports::{FEW, work_time};
use desk::words::{Arg, Lang, clock_time, full_day, number, percent};

use super::plot::spark;
use crate::words::text;

/// One of the five figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub label: String,
    pub value: String,
    /// What stands small behind it: a unit, or of how many.
    pub unit: String,
    pub spark: Option<(String, String, String)>,
    pub soon: bool,
    pub said: String,
}

fn counted(lang: Lang, key: &str, count: i64) -> String {
    text(
        lang,
        key,
        &[
            ("count", Arg::Number(count)),
            ("shown", Arg::Owned(number(lang, count))),
        ],
    )
}

/// What is open and late, and what nobody has.
pub(super) fn sentence(lang: Lang, board: &Board) -> String {
    let open = board.figures.open.now;
    let calm = board.late == 0 && board.nobody == 0;
    let args = [
        ("open", Arg::Number(open)),
        ("shown", Arg::Owned(number(lang, open))),
        ("late", Arg::Number(board.late)),
        ("late_shown", Arg::Owned(number(lang, board.late))),
        ("nobody", Arg::Number(board.nobody)),
        ("nobody_shown", Arg::Owned(number(lang, board.nobody))),
    ];
    let key = match (calm, board.late, board.nobody) {
        (true, _, _) => "team-said-calm",
        (_, 0, _) => "team-said-nobody",
        (_, _, 0) => "team-said-late",
        _ => "team-said-both",
    };
    text(lang, key, &args)
}

/// The day, the hour, and who is here; and why it is not today, or how quiet it is.
pub(super) fn lead(lang: Lang, board: &Board, now: desk::Time, zone: &jiff::tz::TimeZone) -> String {
    let day = full_day(lang, desk::reports::date_of(board.day.day));
    let here = board.loads.iter().filter(|load| load.here).count();
    let args = [
        ("day", Arg::Owned(day)),
        ("time", Arg::Owned(clock_time(lang, now, zone))),
        ("here", Arg::Number(i64::try_from(here).unwrap_or(0))),
        ("of", Arg::Number(i64::try_from(board.loads.len()).unwrap_or(0))),
    ];
    let quiet = board.opened.iter().chain(&board.solved).all(|n| *n == 0);
    let key = match board.day.shown {
        Shown::BeforeOpening => "team-lead-before",
        Shown::Closed => "team-lead-closed",
        Shown::Today if quiet => "team-lead-quiet",
        Shown::Today => "team-lead-today",
    };
    text(lang, key, &args)
}

pub(super) fn figures(lang: Lang, board: &Board) -> Vec<Figure> {
    let figures = &board.figures;
    let satisfied = figures.satisfaction.now.of;
    vec![
        open(lang, board),
        first_reply(lang, board),
        Figure {
            said: counted(lang, "team-at-once-said", figures.at_once.now.of),
            ..share(lang, "team-at-once", figures.at_once.now, &figures.at_once.days)
        },
        Figure {
            soon: board.late > 0,
            said: text(
                lang,
                "team-kept-said",
                &[("late", Arg::Number(board.late)), ("soon", Arg::Number(board.soon))],
            ),
            ..share(lang, "team-kept", figures.kept.now, &figures.kept.days)
        },
        Figure {
            said: counted(lang, "team-satisfaction-said", satisfied),
            ..share(
                lang,
                "team-satisfaction",
                figures.satisfaction.now,
                &figures.satisfaction.days,
            )
        },
    ]
}

/// Against the same hour a week ago.
fn open(lang: Lang, board: &Board) -> Figure {
    let open = &board.figures.open;
    let before = open.days.first().copied().flatten().unwrap_or(open.now);
    let key = match open.now - before {
        0 => "team-open-same",
        1.. => "team-open-more",
        _ => "team-open-fewer",
    };
    Figure {
        label: text(lang, "team-open", &[]),
        value: number(lang, open.now),
        unit: String::new(),
        spark: spark(&open.days),
        soon: false,
        said: counted(lang, key, (open.now - before).abs()),
    }
}

/// Against the middle of the days before.
fn first_reply(lang: Lang, board: &Board) -> Figure {
    let trend = &board.figures.first_reply;
    let (minutes, count) = trend.now;
    let mut days: Vec<i64> = trend.days.iter().rev().skip(1).flatten().copied().collect();
    days.sort_unstable();
    let before = days.get(days.len() / 2);
    let said = match (count, before) {
        (0, _) => text(lang, "team-reply-none", &[]),
        (_, None) => counted(lang, "team-reply-said", count),
        (_, Some(before)) => text(lang, "team-reply-before", &[("time", Arg::Owned(work_time(*before)))]),
    };
    Figure {
        label: text(lang, "team-reply", &[]),
        value: minutes.map_or_else(|| "\u{2013}".to_string(), work_time),
        unit: String::new(),
        spark: spark(&trend.days),
        soon: false,
        said,
    }
}

/// Few cases are a count and no share.
fn share(lang: Lang, key: &str, now: Part, days: &[Option<i64>]) -> Figure {
    let (value, unit) = match now.percent() {
        None => ("\u{2013}".to_string(), String::new()),
        Some(found) if now.of >= FEW => (percent(lang, found), String::new()),
        Some(_) => (
            number(lang, now.part),
            text(lang, "team-of", &[("of", Arg::Number(now.of))]),
        ),
    };
    Figure {
        label: text(lang, key, &[]),
        value,
        unit,
        spark: spark(days),
        soon: false,
        said: String::new(),
    }
}
