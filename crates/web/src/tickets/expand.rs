//! `GET /tickets/{number}/expand?q=`: what may be meant while somebody writes: a canned reply after `/`, a technician
//! after `@`, a ticket after `#`. Each choice carries the text that goes in.

use askama::Template;
use axum::extract::Query;
use desk::canned::{self, Offer};
use desk::finding;
use desk::people::{self, Technician};
use desk::tickets::{self, MessageKind};
use desk::{Error, TicketNumber};
use serde::Deserialize;

use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond};

const MOST: usize = 8;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The sign and what was typed after it.
    q: String,
    /// What is being written: a reply is in the requester's language.
    by: String,
}

struct Named {
    number: TicketNumber,
    subject: String,
}

enum Offers {
    Canned(Vec<Offer>),
    People(Vec<Technician>),
    Tickets(Vec<Named>),
}

#[derive(Template)]
#[template(path = "tickets/expand.html")]
struct Page {
    shell: Shell,
    offers: Offers,
    /// Nothing was typed yet.
    blank: bool,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let lang = visit.lang();
    let offers = offers(&visit, &asked)
        .await
        .map_err(|e| Oops::from(e).in_language(lang))?;
    let shell = Shell::desk(&visit.state, &visit.staff.seen, visit.nonce, "app-name", "");
    respond(&Page {
        shell,
        offers,
        blank: asked.q.len() < 2,
    })
}

async fn offers(visit: &Visit, asked: &Asked) -> desk::Result<Offers> {
    let (desk, cx, number) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let mut signs = asked.q.chars().take(100);
    let (sign, typed) = (signs.next(), signs.collect::<String>());
    let by = MessageKind::parse(&asked.by).unwrap_or(MessageKind::Reply);
    match sign {
        Some('@') => {
            let read = desk.read(move |r| {
                tickets::find_visible(r, &cx, number)?;
                people::technicians_named(r, &cx, &typed, MOST)
            });
            Ok(Offers::People(read.await?))
        }
        Some('#') => Ok(Offers::Tickets(named(visit, &typed).await?)),
        _ => {
            let read = desk.read(move |r| canned::offer(r, &cx, number, by, &typed, MOST));
            Ok(Offers::Canned(read.await?))
        }
    }
}

/// By number, else by the words of it; before anything is typed, the requester's own.
async fn named(visit: &Visit, typed: &str) -> desk::Result<Vec<Named>> {
    let (desk, cx, here) = (visit.state.desk(), visit.staff.cx.clone(), visit.number);
    let wanted = typed.parse().ok().map(TicketNumber);
    let blank = typed.trim().is_empty();
    let mut all = desk
        .read(move |r| {
            let ticket = tickets::find_visible(r, &cx, here)?;
            let by_number = match wanted.map(|number| tickets::find_visible(r, &cx, number)) {
                Some(Ok(found)) => vec![(found.number, found.subject)],
                Some(Err(Error::NotFound)) | None => Vec::new(),
                Some(Err(other)) => return Err(other),
            };
            let recent = if blank {
                people::recent_tickets(r, &cx, ticket.requester, 8)?
            } else {
                Vec::new()
            };
            let recent = recent.into_iter().map(|one| (one.number, one.subject));
            Ok(by_number.into_iter().chain(recent).collect::<Vec<_>>())
        })
        .await?;
    if !blank {
        let found = finding::suggest(desk, &visit.staff.cx, typed, MOST).await?;
        let plain = |pieces: Vec<finding::Piece>| pieces.into_iter().map(|p| p.text).collect::<String>();
        all.extend(found.into_iter().map(|one| (one.number, plain(one.subject))));
    }
    let mut seen = vec![here];
    all.retain(|(number, _)| {
        !seen.contains(number) && {
            seen.push(*number);
            true
        }
    });
    all.truncate(MOST);
    Ok(all
        .into_iter()
        .map(|(number, subject)| Named { number, subject })
        .collect())
}
