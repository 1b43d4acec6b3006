//! What a report says in one sentence, for its page and its letter alike. Under ten cases it gives the count and no
//! share: three of five is no sixty per cent.

use std::sync::LazyLock;

use super::figures::{Figures, Report};
use super::table::work_time;
use crate::words::{self, Arg, Catalog, Lang};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/reports.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/reports.ftl")),
    ])
});

/// Fewer are a handful, and no figure.
pub const FEW: i64 = 10;

pub(super) fn say(lang: Lang, key: &str) -> String {
    CATALOG.text(lang, key, &[])
}

pub(super) fn say_with(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}

/// The name of a report.
pub fn title(lang: Lang, report: Report) -> String {
    say(lang, &format!("report-{report}"))
}

/// What exactly it counts.
pub fn means(lang: Lang, report: Report) -> String {
    say(lang, &format!("report-{report}-means"))
}

/// So many in a hundred, or nothing when there are too few.
pub(super) fn share(part: i64, whole: i64) -> Option<i64> {
    (whole >= FEW).then(|| (part * 100 + whole / 2) / whole)
}

/// The sentence.
pub fn said(lang: Lang, figures: &Figures) -> String {
    let (t, number) = (&figures.total, |n: i64| Arg::Owned(words::number(lang, n)));
    if figures.is_empty() {
        return say(lang, "report-nothing");
    }
    let counted = |key: &str, count: i64, of: i64| {
        let mut args = vec![
            ("count", Arg::Number(count)),
            ("shown", number(count)),
            ("of", Arg::Number(of)),
            ("of_shown", number(of)),
            ("days", Arg::Number(figures.asked.period.days())),
        ];
        if let Some(percent) = share(count, of) {
            args.push(("share", Arg::Owned(words::percent(lang, percent))));
        }
        say_with(lang, key, &args)
    };
    let few = t.solved < FEW;
    let answers = t.answers();
    match figures.report {
        Report::Volume => counted("report-volume-said", t.opened, t.solved),
        Report::Backlog => counted("report-backlog-said", t.open, t.old),
        Report::Reopened if few => counted("report-reopened-few", t.reopened, t.solved),
        Report::Reopened => counted("report-reopened-said", t.reopened, t.solved),
        Report::FirstContact if few => counted("report-first-contact-few", t.at_once, t.solved),
        Report::FirstContact => counted("report-first-contact-said", t.at_once, t.solved),
        Report::Satisfaction if answers < FEW => counted("report-satisfaction-few", t.good, answers),
        Report::Satisfaction => counted("report-satisfaction-said", t.good, answers),
        Report::FirstReply => lengths(lang, figures, "report-first-reply-said", "report-first-reply-few"),
        Report::TimeToSolve => lengths(lang, figures, "report-time-to-solve-said", "report-time-to-solve-few"),
    }
}

fn lengths(lang: Lang, figures: &Figures, said: &str, few: &str) -> String {
    let times = &figures.total.times;
    let count = times.total();
    let mut args = vec![
        ("count", Arg::Number(count)),
        ("shown", Arg::Owned(words::number(lang, count))),
    ];
    match (times.within(50), times.within(90)) {
        (Some(half), Some(nine)) if count >= FEW => {
            args.push(("half", Arg::Owned(work_time(half))));
            args.push(("nine", Arg::Owned(work_time(nine))));
            say_with(lang, said, &args)
        }
        _ => say_with(lang, few, &args),
    }
}

/// How it was in the days before, when that can be said.
pub fn compared(lang: Lang, figures: &Figures) -> Option<String> {
    let (now, before) = (&figures.total, figures.before.as_ref()?);
    let days = ("days", Arg::Number(figures.asked.period.days()));
    let with = |key: &str, name: &'static str, value: String| {
        Some(say_with(lang, key, &[(name, Arg::Owned(value)), days.clone()]))
    };
    match figures.report {
        Report::Volume => {
            if before.opened < FEW || now.opened < FEW {
                let args = [("count", Arg::Number(before.opened)), days.clone()];
                return Some(say_with(lang, "report-volume-before", &args));
            }
            let percent = share((now.opened - before.opened).abs(), before.opened)?;
            let key = match (percent, now.opened > before.opened) {
                (0, _) => "report-volume-same",
                (_, true) => "report-volume-more",
                (_, false) => "report-volume-fewer",
            };
            with(key, "share", words::percent(lang, percent))
        }
        Report::FirstReply | Report::TimeToSolve if before.times.total() >= FEW => {
            with("report-half-before", "half", work_time(before.times.within(50)?))
        }
        Report::Reopened => with(
            "report-share-before",
            "share",
            of_before(lang, before.reopened, before.solved)?,
        ),
        Report::FirstContact => with(
            "report-share-before",
            "share",
            of_before(lang, before.at_once, before.solved)?,
        ),
        Report::Satisfaction => with(
            "report-share-before",
            "share",
            of_before(lang, before.good, before.answers())?,
        ),
        _ => None,
    }
}

fn of_before(lang: Lang, part: i64, whole: i64) -> Option<String> {
    share(part, whole).map(|percent| words::percent(lang, percent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::figures::{Asked, Tally};
    use crate::reports::period::Period;
    use crate::tickets::Channel;

    fn figures(report: Report, total: Tally, before: Option<Tally>) -> Figures {
        Figures {
            report,
            asked: Asked::of(Period::last(20_000, 30)),
            total,
            before,
            points: Vec::new(),
            parts: Vec::new(),
        }
    }

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        let mut keys: Vec<String> = Channel::ALL.iter().map(|c| format!("report-channel-{c}")).collect();
        for report in Report::ALL {
            keys.extend([format!("report-{report}"), format!("report-{report}-means")]);
        }
        for (key, lang) in keys.iter().flat_map(|key| [(key, Lang::En), (key, Lang::Fr)]) {
            assert!(CATALOG.has(lang, key), "{key} in {lang:?}");
        }
    }

    #[test]
    fn under_ten_cases_there_is_no_share() {
        let tally = |solved, at_once| Tally {
            solved,
            at_once,
            ..Tally::default()
        };
        let few = said(Lang::En, &figures(Report::FirstContact, tally(9, 6), None));
        let enough = said(Lang::En, &figures(Report::FirstContact, tally(10, 6), None));
        assert!(!few.contains('%') && few.contains('9'), "{few}");
        assert!(enough.contains("60%"), "{enough}");
        let french = said(Lang::Fr, &figures(Report::FirstContact, tally(10, 6), None));
        assert!(french.contains("60\u{a0}%"), "{french}");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        for report in Report::ALL {
            let said = said(Lang::En, &figures(*report, Tally::default(), None));
            assert_eq!(said, "Nothing in this period.");
        }
    }

    #[test]
    fn no_sentence_has_a_hole() {
        for n in [1, 2, 9, 10, 1200] {
            let mut total = Tally {
                opened: n,
                solved: n,
                reopened: n,
                at_once: n,
                good: n,
                bad: n,
                open: n,
                old: n,
                ..Tally::default()
            };
            total.times.add(4, n);
            for (report, lang) in Report::ALL.iter().flat_map(|r| [(*r, Lang::En), (*r, Lang::Fr)]) {
                let figures = figures(report, total.clone(), Some(total.clone()));
                for words in [Some(said(lang, &figures)), compared(lang, &figures)]
                    .into_iter()
                    .flatten()
                {
                    assert!(!words.contains(['[', '{', '$']), "{report} {lang:?} {n}: {words}");
                }
            }
        }
    }

    #[test]
    fn many_are_written_as_canada_writes_them() {
        let total = Tally {
            opened: 12_345,
            solved: 1,
            ..Tally::default()
        };
        let of = |lang| said(lang, &figures(Report::Volume, total.clone(), None));
        assert_eq!(of(Lang::En), "12,345 tickets came in and one was solved in 30 days.");
        assert_eq!(
            of(Lang::Fr),
            "En 30 jours, 12\u{a0}345 billets sont arrivés et un seul a été résolu."
        );
    }
}
