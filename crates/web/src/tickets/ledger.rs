//! `GET /tickets/{number}/clock`: the ledger of the ticket's clock, in words.

use askama::Template;
use desk::sla::{self, Ledger, Line, LineKind, Reason, Target};
use desk::tickets::{self, Ticket};
use desk::words::{Arg, Lang, date_time, duration};
use desk::{Context, Time};

use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, counts, respond};
use crate::words;

#[derive(Template)]
#[template(path = "tickets/ledger.html")]
struct Page {
    shell: Shell,
    t: Ticket,
    policy: String,
    targets: Vec<(String, String, String)>,
    lines: Vec<(Time, &'static str, String)>,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let lang = visit.lang();
    let oops = |e| Oops::from(e).in_language(lang);
    tickets::look(desk, &cx, number).await.map_err(oops)?;
    let read = desk.read(move |r| Ok((tickets::find_visible(r, &cx, number)?, sla::ledger(r, &cx, number)?)));
    let (t, ledger) = read.await.map_err(oops)?;
    let counts = counts(desk, &visit.staff.cx).await.map_err(oops)?;
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "clock-ledger", "ticket");
    let shell = shell.with_counts(counts);
    let cx = &visit.staff.cx;
    let page = Page {
        policy: policy_words(lang, &ledger),
        targets: targets(lang, cx, &ledger),
        lines: ledger
            .lines
            .iter()
            .map(|line| (line.at, icon(line.kind), sentence(lang, cx, line)))
            .collect(),
        shell,
        t,
    };
    respond(&page)
}

pub(crate) fn policy_words(lang: Lang, ledger: &Ledger) -> String {
    match &ledger.policy {
        Some(name) => words::text(lang, "clock-policy", &[("name", name.of(lang).into())]),
        None => words::text(lang, "clock-policy-house", &[]),
    }
}

/// Each target: its name, how long, and when it is due.
fn targets(lang: Lang, cx: &Context, ledger: &Ledger) -> Vec<(String, String, String)> {
    let name = |target: Target| words::text(lang, &format!("target-{target}"), &[]);
    let each = ledger.targets.iter();
    each.map(|(target, work, due)| (name(*target), duration(lang, *work), moment(lang, cx, *due)))
        .collect()
}

fn icon(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Started | LineKind::Asked => "play",
        LineKind::Paused => "hourglass",
        LineKind::Moved => "history",
        LineKind::Warned | LineKind::Step => "triangle-alert",
        LineKind::Breached | LineKind::Missed => "x",
        LineKind::Kept => "check",
    }
}

fn moment(lang: Lang, cx: &Context, at: Time) -> String {
    if at == Time::NEVER {
        return words::text(lang, "clock-never", &[]);
    }
    date_time(lang, at, &cx.house.zone)
}

/// A line of the ledger as a sentence, by the clock of the house: pages and API say the same.
pub(crate) fn sentence(lang: Lang, cx: &Context, line: &Line) -> String {
    let at = |time: Option<Time>| Arg::Owned(time.map_or(String::new(), |time| moment(lang, cx, time)));
    let args = [
        ("at", at(Some(line.at))),
        ("until", at(line.until)),
        ("due", at(line.due)),
        ("was", at(line.was)),
        (
            "target",
            Arg::Owned(line.target.map_or(String::new(), |target| target.to_string())),
        ),
        ("words", Arg::Owned(line.words.clone())),
    ];
    words::text(lang, &key_of(line), &args)
}

fn key_of(line: &Line) -> String {
    match line.kind {
        LineKind::Started if line.was != Some(line.at) => "ledger-started-later".into(),
        LineKind::Paused => pause_key(line),
        LineKind::Moved => format!("ledger-moved-{}", line.words),
        LineKind::Step => line
            .deed
            .map_or("ledger-step".into(), |deed| format!("ledger-step-{deed}")),
        other => format!("ledger-{other}"),
    }
}

fn pause_key(line: &Line) -> String {
    let reason = match line.reason {
        Some(Reason::Before) if line.until == Some(line.at) => return "ledger-paused-earlier".into(),
        Some(Reason::OnHold) if !line.words.is_empty() => "for",
        Some(Reason::OnHold) => "on-hold",
        Some(Reason::Pending) => "pending",
        Some(Reason::Before) => "before",
        Some(Reason::Done) | None => "done",
    };
    let form = if line.until.is_some() { "paused" } else { "pauses" };
    format!("ledger-{form}-{reason}")
}
