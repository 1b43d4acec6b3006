//! `GET /tickets/{number}/print`: the job sheet. Facts, steps with boxes, the conversation, a code that leads back, a
//! line to sign. What the requester may not read stays off the paper unless it is asked for: notes, calls, visits, the
//! solution, and what was said with others on tickets merged into this one.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use desk::tickets::{self, MessageKind, Step, Ticket};
use desk::{Context, Desk, TicketNumber};
use serde::Deserialize;

use super::again::Again;
use super::load::{Found, Loaded, load};
use super::person::{PersonView, person_view};
use super::qr::{Qr, qr};
use super::tasks;
use super::timeline::{Entry, MessageView, timeline};
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, counts, respond};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    notes: String,
}

#[derive(Template)]
#[template(path = "tickets/print.html")]
struct Page {
    shell: Shell,
    t: Ticket,
    subject: String,
    person: PersonView,
    assignee: Option<String>,
    rows: Vec<(String, String)>,
    steps: Vec<Step>,
    messages: Vec<MessageView>,
    solutions: Vec<tickets::SolutionRow>,
    notes: bool,
    /// What the code says, where the desk knows its own address.
    address: String,
    code: Option<Qr>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let lang = visit.lang();
    tickets::look(desk, &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let nothing = Again::default();
    let (found, counts) = tokio::join!(load(desk, &cx, number, &visit.at, &nothing), counts(desk, &cx));
    let loaded = match found.map_err(|e| Oops::from(e).in_language(lang))? {
        Found::Here(loaded) => loaded,
        Found::Went(root) => return Ok(Redirect::to(&format!("/tickets/{root}/print")).into_response()),
    };
    let notes = asked.notes == "yes";
    let mut loaded = *loaded;
    let mut others = Vec::new();
    if !notes {
        others = of_others(desk, &visit.staff.cx, &loaded)
            .await
            .map_err(|e| Oops::from(e).in_language(lang))?;
        loaded.detail.solutions.clear();
        loaded.tasks.steps.retain(|step| !others.contains(&step.ticket));
    }
    let base = desk.house().public_url.clone().unwrap_or_default();
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "print-title", "ticket");
    let page = page(shell.with_counts(counts?), loaded, &base, notes, &others);
    respond(&page)
}

/// The merged tickets of other requesters.
async fn of_others(desk: &Desk, cx: &Context, loaded: &Loaded) -> desk::Result<Vec<TicketNumber>> {
    let (cx, merged, asker) = (cx.clone(), loaded.detail.merged.clone(), loaded.detail.ticket.requester);
    desk.read(move |r| {
        let mut others = Vec::new();
        for number in merged {
            if tickets::find_visible(r, &cx, number)?.requester != asker {
                others.push(number);
            }
        }
        Ok(others)
    })
    .await
}

/// Is it the requester's to read?
fn is_open(message: &MessageView, others: &[TicketNumber]) -> bool {
    let said = matches!(message.kind, MessageKind::Request | MessageKind::Reply);
    said && !message.merged.is_some_and(|number| others.contains(&number))
}

fn page(shell: Shell, loaded: Loaded, base: &str, notes: bool, others: &[TicketNumber]) -> Page {
    let messages = timeline(&shell, &loaded, true).into_iter().filter_map(words_of);
    let messages = messages.filter(|m| notes || is_open(m, others)).collect();
    let person = person_view(&shell, &loaded, loaded.detail.ticket.number);
    let t = loaded.detail.ticket;
    let subject = super::show::subject_of(&shell, &t);
    let address = if base.is_empty() {
        String::new()
    } else {
        format!("{}/tickets/{}", base.trim_end_matches('/'), t.number)
    };
    let named = |list: Option<String>, none| list.unwrap_or_else(|| shell.t(none));
    let topics = &loaded.known.topics;
    let topic = topics.iter().find(|one| Some(one.id) == t.topic);
    let topic = topic.map(|one| super::choices::topic_words(&shell, topics, one));
    let team = loaded.known.teams.iter().find(|one| Some(one.id) == t.team);
    let team = team.map(|one| one.name(shell.lang).to_string());
    let mut rows = vec![
        (shell.t("print-status"), shell.t(&format!("status-{}", t.status))),
        (shell.t("field-priority"), shell.t(&format!("priority-{}", t.priority))),
        (shell.t("field-topic"), named(topic, "no-topic")),
        (shell.t("field-team"), named(team, "no-team")),
        (shell.t("print-opened"), shell.date_time(&t.created_at)),
    ];
    if loaded.tasks.spent.total > 0 {
        rows.push((
            shell.t("time-title"),
            tasks::time_words(&shell, &loaded.tasks.spent.total),
        ));
    }
    Page {
        code: qr(&address).filter(|_| !address.is_empty()),
        address,
        assignee: loaded.detail.assignee.map(|a| a.name),
        solutions: loaded.detail.solutions,
        steps: loaded.tasks.steps,
        shell: shell.titled(format!("#{} {subject}", t.number)),
        t,
        subject,
        person,
        rows,
        messages,
        notes,
    }
}

fn words_of(entry: Entry) -> Option<MessageView> {
    match entry {
        Entry::Words(message) => Some(*message),
        _ => None,
    }
}
