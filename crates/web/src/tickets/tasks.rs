//! The steps and the time of a ticket on its page: what is shown of them, and how the history tells of them.

use desk::clock::MINUTE;
use desk::events::{Event, EventKind};
use desk::tickets::{self, Spent, Step};
use desk::words::{Arg, day_of, duration};
use desk::{Context, Read, Result, TicketNumber};

use super::lines::{Teller, changes_of};
use super::toast::{Toast, toast};
use crate::layout::Shell;

#[derive(Clone, Debug, Default)]
pub(crate) struct Tasks {
    pub steps: Vec<Step>,
    pub spent: Spent,
}

pub(crate) fn load(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Tasks> {
    Ok(Tasks {
        steps: tickets::steps(r, cx, number)?,
        spent: tickets::spent(r, cx, number)?,
    })
}

impl Tasks {
    pub(crate) fn done(&self) -> i64 {
        count(self.steps.iter().filter(|step| step.done_at.is_some()))
    }

    pub(crate) fn open(&self) -> i64 {
        count(self.steps.iter().filter(|step| step.done_at.is_none()))
    }
}

fn count<'a>(steps: impl Iterator<Item = &'a Step>) -> i64 {
    i64::try_from(steps.count()).unwrap_or(i64::MAX)
}

/// `1 h 30 min`, as durations are written everywhere.
pub(crate) fn time_words(shell: &Shell, minutes: &i64) -> String {
    duration(shell.lang, minutes.saturating_mul(MINUTE))
}

/// The day a step is due, as dates are written.
pub(crate) fn day_words(shell: &Shell, day: &str) -> String {
    day.parse()
        .map_or_else(|_| day.to_string(), |date| day_of(shell.lang, date))
}

/// Who ticked it and when; else who does it and until when.
pub(crate) fn about(shell: &Shell, step: &Step) -> String {
    if let (Some(name), Some(at)) = (&step.done_by_name, &step.done_at) {
        return shell.t2("step-ticked-by", "name", name.as_str(), "at", shell.when(at));
    }
    match (&step.assignee_name, &step.due) {
        (Some(name), Some(day)) => shell.t2("step-who-until", "name", name.as_str(), "day", day_words(shell, day)),
        (Some(name), None) => name.clone(),
        (None, Some(day)) => shell.t1("step-until", "day", day_words(shell, day)),
        (None, None) => String::new(),
    }
}

/// Not ticked though its day is over.
pub(crate) fn is_late(shell: &Shell, step: &Step) -> bool {
    let today = shell.now.timestamp().to_zoned(shell.zone.clone()).date().to_string();
    step.done_at.is_none() && step.due.as_ref().is_some_and(|due| *due < today)
}

/// What was just done. Whoever solves a ticket with open steps is told so.
pub(crate) fn toast_with_steps(shell: &Shell, event: &Event, tasks: &Tasks) -> Option<Toast> {
    let mut said = toast(shell, event)?;
    if event.kind == EventKind::Solved && tasks.open() > 0 {
        let number = format!("#{}", said.number);
        said.words = shell.t2("toast-solved-steps", "number", number, "count", tasks.open());
    }
    Some(said)
}

/// The sentence of an event about a step or about time.
pub(crate) fn line(teller: &Teller<'_>, event: &Event) -> Option<(&'static str, String)> {
    let data = changes_of(event);
    let words = || {
        let words = data.get("words").and_then(|words| words.as_str()).unwrap_or_default();
        ("words", Arg::Owned(words.to_string()))
    };
    let steps = data.get("steps").and_then(|steps| steps.as_array()).map_or(1, Vec::len);
    let several = i64::try_from(steps).unwrap_or(i64::MAX);
    let step = |key| Some(("list-checks", teller.told(event, key, &[words()])));
    let all = |key| {
        Some((
            "list-checks",
            teller.told(event, key, &[words(), ("count", Arg::Number(several))]),
        ))
    };
    let minutes = data.get("minutes");
    let time = |key| {
        let minutes = minutes
            .and_then(|m| m.as_i64().or_else(|| m.get(1)?.as_i64()))
            .unwrap_or(0);
        let time = Arg::Owned(teller.time(minutes));
        Some(("timer", teller.told(event, key, &[("time", time)])))
    };
    match event.kind {
        EventKind::StepAdded => all("line-step-added"),
        EventKind::StepRemoved => all("line-step-removed"),
        EventKind::StepChanged => step("line-step-changed"),
        EventKind::StepTicked => step("line-step-ticked"),
        EventKind::StepUnticked => step("line-step-unticked"),
        EventKind::StepMoved => step("line-step-moved"),
        EventKind::TimeLogged => time("line-time-logged"),
        EventKind::TimeChanged => time("line-time-changed"),
        EventKind::TimeRemoved => time("line-time-removed"),
        _ => None,
    }
}

impl Teller<'_> {
    fn time(&self, minutes: i64) -> String {
        duration(self.lang(), minutes.saturating_mul(MINUTE))
    }
}
