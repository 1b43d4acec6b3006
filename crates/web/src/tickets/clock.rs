//! The promise of a ticket in words: until when, what is left of the working time, how much of it is used, and why the
//! clock stands still when it does. Pure: the ticket, the calendar and the hour in, words out.

use desk::sla::Target;
use desk::tickets::{Stage, Status, Ticket};
use desk::words::{Arg, duration};
use desk::{Context, Time};

use crate::inbox::Chip;
use crate::layout::Shell;

#[derive(Clone, Debug)]
pub(crate) struct ClockView {
    /// "Solve by 13:12", "Paused".
    pub label: String,
    /// "2 h 48 left", "12 min late".
    pub big: String,
    /// The moment `big` counts to, while working time runs as the clock on the wall does.
    pub due: Option<Time>,
    /// Of the working time, used: 0 to 100; `None` when no promise runs.
    pub used: Option<i64>,
    /// `is-soon`, `is-late` or nothing.
    pub class: &'static str,
    /// Why it stands still, or what it counts.
    pub why: String,
    /// What became of the first reply.
    pub first: Option<Chip>,
}

pub(crate) fn clock_view(shell: &Shell, cx: &Context, ticket: &Ticket) -> ClockView {
    let first = first_reply(shell, cx, ticket);
    match ticket.status.stage() {
        Stage::Active => running(shell, cx, ticket, first),
        Stage::Waiting => paused(shell, ticket, first),
        Stage::Done => done(shell, ticket, first),
    }
}

fn running(shell: &Shell, cx: &Context, ticket: &Ticket, first: Option<Chip>) -> ClockView {
    let rule = cx.house.promises.by_id(ticket.policy);
    let (target, due, key) = next_of(ticket);
    let work = rule.targets(ticket.priority).of(target).unwrap_or(0);
    if due == Time::NEVER {
        let label = shell.t("clock-no-promise");
        return ClockView {
            label,
            big: String::new(),
            due: None,
            used: None,
            class: "",
            why: String::new(),
            first,
        };
    }
    let calendar = &rule.calendar;
    let late = due < shell.now;
    let left = calendar.between(shell.now.0, due.0).max(0);
    let used = (work.saturating_sub(left)).saturating_mul(100) / work.max(1);
    let big = if late {
        shell.t1("clock-late", "time", duration(shell.lang, due.since(shell.now)))
    } else {
        shell.t1("clock-left", "time", duration(shell.lang, left))
    };
    let soon = left.saturating_mul(4) < work;
    let class = if late {
        "is-late"
    } else if soon {
        "is-soon"
    } else {
        ""
    };
    // Lateness runs by the clock on the wall: that is how long somebody has been waiting.
    let why = if late || calendar.is_open(shell.now.0) {
        String::new()
    } else {
        shell.t("clock-closed-now")
    };
    ClockView {
        label: shell.t1(key, "time", shell.when(&due)),
        big,
        due: Some(due).filter(|_| late || left == due.since(shell.now)),
        used: Some(used.clamp(0, 100)),
        class,
        why,
        first,
    }
}

/// The promise that falls due next, when, and the words for it.
fn next_of(ticket: &Ticket) -> (Target, Time, &'static str) {
    let all = [
        (Target::Answer, ticket.answer_due, "clock-answer-by"),
        (Target::Reply, ticket.reply_due, "clock-reply-by"),
        (Target::Solve, ticket.solve_due, "clock-solve-by"),
    ];
    let runs = |target: Target| target != Target::Reply || ticket.replied_at.is_none();
    let open = all.into_iter().filter(|(target, _, _)| runs(*target));
    open.min_by_key(|(_, due, _)| *due)
        .unwrap_or((Target::Solve, Time::NEVER, "clock-solve-by"))
}

fn paused(shell: &Shell, ticket: &Ticket, first: Option<Chip>) -> ClockView {
    let since = ticket.paused_at.map(|at| shell.when(&at)).unwrap_or_default();
    let why = match (ticket.status, ticket.waiting_for.as_str()) {
        (Status::Pending, _) => shell.t1("clock-waits-requester", "since", since),
        (_, "") => shell.t1("clock-waits-others", "since", since),
        (_, whom) => shell.t2("clock-waits-for", "whom", whom, "since", since),
    };
    ClockView {
        label: shell.t("clock-paused-label"),
        big: shell.t("clock-paused"),
        due: None,
        used: None,
        class: "",
        why,
        first,
    }
}

fn done(shell: &Shell, ticket: &Ticket, first: Option<Chip>) -> ClockView {
    let at = ticket.solved_at.or(ticket.closed_at).unwrap_or(ticket.updated_at);
    let label = shell.t1("clock-solved-at", "time", shell.date_time(&at));
    let kept = at <= ticket.solve_due || ticket.solve_due == Time::NEVER;
    let big = shell.t(&format!("status-{}", ticket.status));
    let why = shell.t(if kept { "clock-kept" } else { "clock-missed" });
    ClockView {
        label,
        big,
        due: None,
        used: None,
        class: if kept { "" } else { "is-late" },
        why,
        first,
    }
}

fn first_reply(shell: &Shell, cx: &Context, ticket: &Ticket) -> Option<Chip> {
    let at = ticket.replied_at?;
    let rule = cx.house.promises.by_id(ticket.policy);
    let took = rule.calendar.between(ticket.created_at.0, at.0).max(0);
    let words = crate::words::text(
        shell.lang,
        "clock-first-reply",
        &[("time", Arg::Owned(duration(shell.lang, took)))],
    );
    // Nothing promised is nothing missed.
    let class = if at <= ticket.reply_due { "is-ok" } else { "is-late" };
    Some(Chip {
        class,
        timed: false,
        words,
        due: None,
    })
}
