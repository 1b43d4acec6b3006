//! `GET /tickets/{number}/likely`: the part of a ticket's page that says what is likely to solve it, and why. It comes
//! after the page, so that no page waits for it. Using one puts its words into the composer (`compose.js`), links the
//! source and teaches the ranking; setting one aside teaches it too; both have an Undo.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::response::IntoResponse;
use desk::Error;
use desk::suggestions::{self, Reason, Suggestion, Target, TargetKind};
use desk::tickets;

use super::fields::Fields;
use super::outcome::{Done, answer};
use super::reasons::{self, called};
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond};

/// Three can be looked at; more are a list.
const MOST: usize = 3;

#[derive(Template)]
#[template(path = "tickets/likely.html")]
struct Page {
    shell: Shell,
    number: i64,
    list: String,
    cards: Vec<Suggestion>,
    may: bool,
    /// What is looked for in the log by hand when nothing is likely; empty when it could not be looked at all.
    subject: String,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    let lang = visit.lang();
    let found = match found(&visit).await {
        // The ticket is worked on without them: its page is whole all the same.
        Err(fault @ (Error::Fault(_) | Error::Busy)) => {
            tracing::error!(%fault, "likely solutions could not be found");
            Found::default()
        }
        found => found.map_err(|e| Oops::from(e).in_language(lang))?,
    };
    let list = visit.at.list();
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "app-name", "");
    respond(&Page {
        shell,
        number: visit.number.0,
        list,
        cards: found.cards,
        may: found.may,
        subject: found.subject,
    })
}

/// The best of them, and whether the viewer may do something with them.
#[derive(Default)]
struct Found {
    cards: Vec<Suggestion>,
    may: bool,
    subject: String,
}

async fn found(visit: &Visit) -> desk::Result<Found> {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let cards = suggestions::likely(desk, &cx, number, MOST).await?;
    let found = desk.read(move |r| {
        let ticket = tickets::find_inside(r, &cx, number)?;
        let may = suggestions::may_use(&cx, &ticket);
        Ok(Found {
            cards,
            may,
            subject: ticket.subject,
        })
    });
    found.await
}

/// `GET /tickets/{number}/likely/words?kind=&id=`: what goes into the composer, in the language of the requester. It is
/// asked for when it is used, so that no page carries whole articles.
pub(crate) async fn words(visit: Visit, Query(all): Query<BTreeMap<String, String>>) -> Outcome {
    let lang = visit.lang();
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let target = target(&Fields::from(all));
    let words = visit.state.desk().read(move |r| {
        let ticket = tickets::find_inside(r, &cx, number)?;
        let words = target.map(|target| suggestions::words_for(r, &cx, ticket.language, target));
        Ok(words.transpose()?.unwrap_or_default())
    });
    let words = words.await.map_err(|e| Oops::from(e).in_language(lang))?;
    Ok(words.into_response())
}

pub(crate) async fn use_on(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let target = target(&fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let used = visit.state.desk().write(move |tx| {
        let event = suggestions::use_on(tx, &cx, number, target.ok_or(Error::refused("kind", "refused-choice"))?)?;
        Ok(Done { show: number, event })
    });
    let used = used.await;
    answer(visit, "likely", fields, used).await
}

pub(crate) async fn dismiss(visit: Visit, Form(all): Form<BTreeMap<String, String>>) -> Outcome {
    let fields = Fields::from(all);
    let target = target(&fields);
    let (cx, number) = (visit.staff.cx.clone(), visit.number);
    let aside = visit.state.desk().write(move |tx| {
        let event = suggestions::dismiss(tx, &cx, number, target.ok_or(Error::refused("kind", "refused-choice"))?)?;
        Ok(Done { show: number, event })
    });
    let aside = aside.await;
    answer(visit, "likely", fields, aside).await
}

fn target(fields: &Fields) -> Option<Target> {
    let kind = TargetKind::parse(fields.text("kind"))?;
    Some(Target {
        kind,
        id: fields.number("id")?,
    })
}

impl Page {
    fn kind(&self, card: &Suggestion) -> String {
        let key = format!("likely-{}", card.target.kind);
        self.shell.t1(&key, "number", called(card.target))
    }

    fn address(&self, card: &Suggestion) -> String {
        reasons::address(card.target)
    }

    /// What stands at the right of the kind: that it is mended, or how well it works.
    fn worth(&self, card: &Suggestion) -> String {
        let worth = card.reasons.iter().find(|reason| is_worth(reason));
        worth.map_or(String::new(), |reason| reasons::told(self.shell.lang, reason).0)
    }

    /// The other reasons in words; the words themselves are marked.
    fn why<'a>(&self, card: &'a Suggestion) -> Vec<(String, &'a [String])> {
        let others = card.reasons.iter().filter(|reason| !is_worth(reason));
        others.map(|reason| reasons::told(self.shell.lang, reason)).collect()
    }

    /// In another language than the page.
    fn other_language(&self, card: &Suggestion) -> Option<&'static str> {
        (card.lang != self.shell.lang).then(|| card.lang.as_str())
    }
}

fn is_worth(reason: &Reason) -> bool {
    matches!(reason, Reason::Mended | Reason::Solved { .. })
}
