//! `/tickets/{number}/escalate`: the packet, filled in with what the ticket already tells. What is missing is asked for when
//! it is handed over; until then it is kept as it is.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::access::Role;
use desk::escalations::{self, Assembled, Group, MOST_TRIED, Packet, State, To, Tried};
use desk::{Context, FileId, PersonId, Read, TicketNumber, people, teams, tickets};
use serde::Deserialize;

use super::names::group_name;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

/// Empty rows below those that say something.
const SPARE: usize = 3;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// It was just kept for later.
    kept: bool,
}

#[derive(Template)]
#[template(path = "escalations/form.html")]
struct Page {
    shell: Shell,
    back: Back,
    number: TicketNumber,
    assembled: Assembled,
    /// `team:3` and its name.
    teams: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    supervisors: Vec<(String, String)>,
    rows: Vec<Row>,
    kept: bool,
}

/// The names of a row's fields, and its number as it is read.
struct Row {
    number: i64,
    what: String,
    result: String,
}

fn read_form(typed: &Typed) -> Packet {
    let text = |name: &str| typed.text(name).to_string();
    let tried = (1..=MOST_TRIED).map(|at| Tried {
        what: text(&format!("what{at}")),
        result: text(&format!("result{at}")),
    });
    Packet {
        symptom: text("symptom"),
        steps: text("steps"),
        expected: text("expected"),
        seen: text("seen"),
        how_often: text("how_often"),
        tried: tried.collect(),
        nothing_because: text("nothing_because"),
        files: typed.numbers("files").into_iter().map(FileId).collect(),
        links: typed.text("links").lines().map(str::to_string).collect(),
        promised: text("promised"),
        wished: text("wished"),
        ..Packet::default()
    }
}

fn typed_of(packet: &Packet) -> Typed {
    let mut typed = Typed::default();
    for (name, text) in [
        ("symptom", &packet.symptom),
        ("steps", &packet.steps),
        ("expected", &packet.expected),
        ("seen", &packet.seen),
        ("how_often", &packet.how_often),
        ("nothing_because", &packet.nothing_because),
        ("promised", &packet.promised),
        ("wished", &packet.wished),
    ] {
        typed.put(name, text.as_str());
    }
    for (at, row) in (1..).zip(&packet.tried) {
        typed.put(&format!("what{at}"), row.what.as_str());
        typed.put(&format!("result{at}"), row.result.as_str());
    }
    for file in &packet.files {
        typed.put("files", file.to_string());
    }
    typed.put("links", packet.links.join("\n"));
    typed
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, TicketNumber(number), asked.kept, None).await
}

pub(crate) async fn send(visit: Visit, Path(number): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, number) = (Typed::from(all), TicketNumber(number));
    let packet = read_form(&typed);
    if typed.has("then", "keep") {
        let kept = visit
            .write(move |tx, cx| escalations::keep(tx, cx, number, &packet))
            .await;
        return match kept {
            Ok(()) => Ok(to(&format!("/tickets/{number}/escalate?kept=true"))),
            Err(error) => page(&visit, number, false, Some(visit.back(typed, error)?)).await,
        };
    }
    let whom = To::parse(typed.text("to"));
    let handed = visit.write(move |tx, cx| {
        let recorded = escalations::hand_over(tx, cx, number, whom, &packet)?;
        Ok((recorded, escalations::find(tx, cx, recorded.id).is_ok()))
    });
    match handed.await {
        Ok((recorded, true)) => Ok(to(&format!("/escalations/{}?done={}", recorded.id, recorded.event))),
        // It went to a private team he does not belong to.
        Ok((recorded, false)) => Ok(to(&format!("/escalations?which=sent&gone={}", recorded.id))),
        Err(error) => page(&visit, number, false, Some(visit.back(typed, error)?)).await,
    }
}

async fn page(visit: &Visit, number: TicketNumber, kept: bool, back: Option<Back>) -> Outcome {
    tickets::look(visit.state.desk(), &visit.staff.cx, number)
        .await
        .map_err(|e| visit.oops(e))?;
    let read = visit.read(move |r, cx| Ok((escalations::assemble(r, cx, number)?, receivers(r, cx)?)));
    let (assembled, receivers) = read.await?;
    if let (Some(latest), None) = (&assembled.latest, &back)
        && latest.state == State::Waiting
    {
        return Ok(to(&format!("/escalations/{}", latest.id)));
    }
    let shell = visit.shell("escalate-title", "escalations").await?;
    let back = back.unwrap_or_else(|| Back {
        typed: Some(first_typed(&shell, &assembled)),
        ..Back::default()
    });
    let page = Page {
        teams: receivers
            .teams
            .into_iter()
            .filter(|(id, _)| assembled.ticket.team.map(To::Team) != Some(*id))
            .map(|(to, name)| (to.written(), name))
            .collect(),
        supervisors: receivers
            .supervisors
            .into_iter()
            .map(|(id, name)| (To::Supervisor(id).written(), name))
            .collect(),
        groups: Group::ALL
            .iter()
            .map(|group| (To::Group(*group).written(), group_name(&shell, *group)))
            .collect(),
        rows: rows(&back),
        shell,
        number,
        assembled,
        back,
        kept,
    };
    respond_with(page.back.status(), &page)
}

struct Receivers {
    teams: Vec<(To, String)>,
    supervisors: Vec<(PersonId, String)>,
}

fn receivers(r: &mut Read, cx: &Context) -> desk::Result<Receivers> {
    let all = teams::list(r, cx)?;
    let others = all.into_iter().filter(|team| !cx.viewer.teams.contains(&team.id));
    let above = people::technicians(r)?
        .into_iter()
        .filter(|person| person.role >= Role::Supervisor && person.id != cx.viewer.person);
    Ok(Receivers {
        teams: others
            .map(|team| (To::Team(team.id), team.name(cx.viewer.language).to_string()))
            .collect(),
        supervisors: above.map(|person| (person.id, person.name)).collect(),
    })
}

/// What stands there when nobody has typed: a promise begins with what the desk owes by its clocks.
fn first_typed(shell: &Shell, assembled: &Assembled) -> Typed {
    let mut packet = assembled.packet.clone();
    if packet.promised.trim().is_empty() {
        let reply = packet.reply_due.filter(|_| assembled.ticket.replied_at.is_none());
        let owed = [
            ("escalate-owed-reply", reply),
            ("escalate-owed-solve", packet.solve_due),
        ];
        let owed = owed
            .iter()
            .filter_map(|(key, due)| due.map(|due| shell.t1(key, "when", shell.date_time(&due))));
        packet.promised = owed.collect::<Vec<_>>().join("\n");
    }
    let mut typed = typed_of(&packet);
    if let Some(whom) = assembled.latest.as_ref().and_then(|latest| latest.to()) {
        typed.put("to", whom.written());
    }
    typed
}

fn rows(back: &Back) -> Vec<Row> {
    let name = |part: &str, at: usize| format!("{part}{at}");
    let said = |at: &usize| !back.value(&name("what", *at)).is_empty() || !back.value(&name("result", *at)).is_empty();
    let last = (1..=MOST_TRIED).rev().find(said).unwrap_or(0);
    let row = |at: usize| Row {
        number: i64::try_from(at).unwrap_or(0),
        what: name("what", at),
        result: name("result", at),
    };
    (1..=(last + SPARE).min(MOST_TRIED)).map(row).collect()
}

impl Page {
    fn receivers(&self) -> [(String, &[(String, String)]); 3] {
        let words = |key: &str| self.shell.t(key);
        [
            (words("escalate-teams"), &self.teams),
            (words("escalate-groups"), &self.groups),
            (words("escalate-supervisors"), &self.supervisors),
        ]
    }

    fn is_again(&self) -> bool {
        let latest = self.assembled.latest.as_ref();
        latest.is_some_and(|latest| latest.state == State::Returned)
    }
}
