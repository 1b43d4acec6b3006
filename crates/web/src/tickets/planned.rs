//! Replies that wait for their time: how the page shows them, and what can be done with one.

use std::collections::BTreeMap;

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use desk::reviews::{Review, State};
use desk::tickets::{self, NewFile, NewMessage, Planned, PlannedState, Status};
use desk::{Context, Error, EventId, MessageId, PlannedId, TicketNumber, Time, Write};

use super::fields::Fields;
use super::later;
use super::load::Loaded;
use super::outcome::{Done, answer};
use super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Markup, Shell, markdown};

#[derive(Clone, Debug)]
pub(crate) struct PlannedView {
    pub id: i64,
    /// Only its author sends or edits it.
    pub mine: bool,
    pub author: String,
    pub author_id: i64,
    pub send_at: Time,
    pub body: Markup,
    pub files: Vec<NewFile>,
    /// Why it did not leave.
    pub held: Option<String>,
}

/// What was written on the ticket and has not left.
#[derive(Debug)]
pub(crate) struct Unsent {
    pub planned: Vec<PlannedView>,
    /// Number, author and sentence of what waits for a senior.
    pub reviews: Vec<(i64, String, String)>,
}

impl Unsent {
    pub(crate) fn of(shell: &Shell, loaded: &Loaded) -> Unsent {
        Unsent {
            planned: planned_views(shell, &loaded.planned),
            reviews: reviews_of(shell, &loaded.reviews),
        }
    }
}

/// Those that still wait for something.
fn planned_views(shell: &Shell, all: &[Planned]) -> Vec<PlannedView> {
    let waits = |p: &&Planned| matches!(p.state, PlannedState::Waiting | PlannedState::Held);
    let view = |p: &Planned| PlannedView {
        id: p.id.0,
        mine: p.author.0 == shell.me(),
        author: p.author_name.clone(),
        author_id: p.author.0,
        send_at: p.send_at,
        body: markdown(&p.body).with_numbers(),
        files: p.files.clone(),
        held: (p.state == PlannedState::Held).then(|| shell.t(&p.reason)),
    };
    all.iter().filter(waits).map(view).collect()
}

/// Number, author and sentence of what waits for a senior; what came back is its author's to see.
fn reviews_of(shell: &Shell, all: &[(Review, Option<String>, String)]) -> Vec<(i64, String, String)> {
    let words = |review: &Review, named: &Option<String>| match (review.state, named) {
        (State::Returned, _) => shell.t("review-turn-author"),
        (_, Some(name)) => shell.t1("review-waiting-for", "name", name.as_str()),
        (_, None) => shell.t("review-waiting-team"),
    };
    let shown = |(review, ..): &&(Review, Option<String>, String)| {
        review.state == State::Waiting || review.author.0 == shell.me()
    };
    let one = |(review, named, author): &(Review, Option<String>, String)| {
        (review.id.0, author.clone(), words(review, named))
    };
    all.iter().filter(shown).map(one).collect()
}

/// The moment a reply is to leave, if one was chosen in the composer.
pub(crate) fn moment(visit: &Visit, fields: &Fields) -> desk::Result<Option<Time>> {
    if !fields.text("at").is_empty() {
        return later::chosen(visit, fields).map(Some);
    }
    // A time was typed and the big button pressed: sending at once cannot be meant.
    if fields.text("until").is_empty() {
        Ok(None)
    } else {
        Err(Error::refused("until", "refused-later-given"))
    }
}

/// A reply that leaves later, then waits for the requester as the big button would have it.
pub(crate) fn later_reply(new: NewMessage) -> NewMessage {
    NewMessage {
        then: Some(Status::Pending),
        ..new
    }
}

fn id_of(fields: &Fields) -> desk::Result<PlannedId> {
    fields.number("planned").map(PlannedId).ok_or(Error::NotFound)
}

pub(crate) async fn send(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let (id, seen) = (id_of(&fields), MessageId(fields.number("seen").unwrap_or(0)));
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let sent = visit.state.desk().write(move |tx| {
        tickets::find_visible(tx, &cx, number)?;
        let changed = tickets::send_now(tx, &cx, id?, seen)?;
        Ok(Done {
            show: changed.ticket.number,
            event: changed.event,
        })
    });
    let sent = sent.await;
    answer(visit, "status", fields, sent).await
}

pub(crate) async fn cancel(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let called_off = unplan(&visit, &fields, tickets::unplan).await;
    answer(visit, "status", fields, called_off).await
}

/// Called off, and its words stand in the composer again.
pub(crate) async fn edit(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    match unplan(&visit, &fields, tickets::unplan_to_edit).await {
        Ok(done) => {
            let id = fields.number("planned").unwrap_or(0);
            let to = format!("/tickets/{}?{}&unplanned={id}#compose", done.show, visit.at.list());
            Ok(Redirect::to(&to).into_response())
        }
        Err(refused) => answer(visit, "status", fields, Err(refused)).await,
    }
}

type Unplan = fn(&mut Write, &Context, PlannedId) -> desk::Result<(TicketNumber, EventId)>;

async fn unplan(visit: &Visit, fields: &Fields, verb: Unplan) -> desk::Result<Done> {
    let id = id_of(fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let unplanned = visit.state.desk().write(move |tx| {
        tickets::find_visible(tx, &cx, number)?;
        let (show, event) = verb(tx, &cx, id?)?;
        Ok(Done { show, event })
    });
    unplanned.await
}
