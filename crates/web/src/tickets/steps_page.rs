//! `GET /tickets/{number}/steps`: the checklist by itself, to be put in order: words, who does it, until when, up, down,
//! away. `GET /steps`: what the reader himself still has to do.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use desk::tickets::{self, MyStep, Step, Ticket};
use desk::{Context, EventId, Read, TicketNumber, events};

use super::again::Again;
use super::choices::{self, Choice};
use super::tasks;
use super::toast::{Toast, toast};
use super::visit::Visit;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::inbox;
use crate::layout::{Shell, counts, respond, respond_with};
use crate::state::State;

#[derive(Template)]
#[template(path = "tickets/steps.html")]
struct Page {
    shell: Shell,
    t: Ticket,
    subject: String,
    steps: Vec<Step>,
    technicians: Vec<desk::people::Technician>,
    again: Again,
    toast: Option<Toast>,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    render(visit, Again::default()).await
}

/// The page, or the page again with what was refused: 422, or 409 where something stands in the way.
pub(crate) async fn render(visit: Visit, again: Again) -> Outcome {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let lang = visit.lang();
    tickets::look(desk, &cx, number)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let done = visit.at.done();
    let read = desk.read(move |r| {
        let t = tickets::find_visible(r, &cx, number)?;
        let steps = tickets::steps(r, &cx, number)?;
        let event = done.and_then(|id: EventId| events::find(r, id).ok());
        let event = event.filter(|e| e.actor == Some(cx.viewer.person));
        // What was done to a step of a merged ticket is told on that one.
        let event = event.filter(|e| e.ticket.is_some_and(|n| is_here(r, &cx, n, number)));
        Ok((t, steps, inbox::choices(r, &cx)?.technicians, event))
    });
    let (read, counts) = tokio::join!(read, counts(desk, &visit.staff.cx));
    let (t, steps, technicians, event) = read.map_err(|e| Oops::from(e).in_language(lang))?;
    let status = match (&again.conflict, again.any()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "steps-title", "ticket");
    let shell = shell.with_counts(counts?).following(format!("ticket:{number}"));
    let subject = super::show::subject_of(&shell, &t);
    let page = Page {
        toast: event.and_then(|event| toast(&shell, &event)),
        shell,
        t,
        subject,
        steps,
        technicians,
        again,
    };
    respond_with(status, &page)
}

fn is_here(r: &mut Read, cx: &Context, own: TicketNumber, page: TicketNumber) -> bool {
    let seen = own == page || tickets::find_visible(r, cx, own).is_ok();
    seen && (own == page || tickets::merged_root(r, cx, own).is_ok_and(|root| root == page))
}

impl Page {
    /// Is this the step whose form came back?
    fn is_again(&self, step: &Step) -> bool {
        self.again.any() && self.again.fields.text("step") == step.id.to_string()
    }

    fn value(&self, step: &Step, field: &str, now: &str) -> String {
        let back = self.is_again(step) && self.again.fields.has(field);
        if back {
            self.again.fields.text(field).to_string()
        } else {
            now.to_string()
        }
    }

    fn why(&self, step: &Step, field: &str) -> Option<String> {
        if self.is_again(step) {
            self.again.why(&self.shell, "steps", field)
        } else {
            None
        }
    }

    fn assignees(&self, step: &Step) -> Vec<Choice> {
        let now = step.assignee.map(|id| id.to_string()).unwrap_or_default();
        choices::of_technicians(&self.technicians, &self.value(step, "assignee", &now))
    }

    fn due(&self, step: &Step) -> String {
        self.value(step, "due", step.due.as_deref().unwrap_or_default())
    }

    fn about(&self, step: &Step) -> String {
        tasks::about(&self.shell, step)
    }
}

#[derive(Template)]
#[template(path = "tickets/my_steps.html")]
struct Mine {
    shell: Shell,
    steps: Vec<MyStep>,
}

pub(crate) async fn mine(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    let cx = staff.cx.clone();
    let read = state.desk().read(move |r| tickets::my_steps(r, &cx));
    let (steps, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    let shell = Shell::desk(&state, &staff.seen, nonce, "my-steps", "steps").with_counts(counts?);
    respond(&Mine { shell, steps: steps? })
}

impl Mine {
    fn day(&self, day: &str) -> String {
        tasks::day_words(&self.shell, day)
    }
}
