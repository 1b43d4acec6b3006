//! Asking the index, and showing only what the viewer may see.

use db::{Read, args};
use search::{Hit, Marks, Order, Piece, Query};

use super::{PERSON, TICKET};
use crate::access::{self, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TicketNumber};
use crate::tickets::{self, Status};

#[derive(Clone, Debug)]
pub struct FoundTicket {
    pub number: TicketNumber,
    pub subject: Vec<Piece>,
    pub snippet: Vec<Piece>,
    pub status: Status,
    pub requester: String,
    pub updated_at: Time,
    pub score: f32,
}

#[derive(Clone, Debug)]
pub struct FoundPerson {
    pub id: PersonId,
    pub name: Vec<Piece>,
    pub address: Option<String>,
    pub score: f32,
}

#[derive(Clone, Debug, Default)]
pub struct Found {
    pub tickets: Vec<FoundTicket>,
    pub ticket_total: usize,
    pub people: Vec<FoundPerson>,
    pub people_total: usize,
    /// What was searched for instead, when the words as typed are not known.
    pub corrected: Option<String>,
}

/// Which kinds to look for, and how many of each.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub tickets: usize,
    pub people: usize,
    pub offset: usize,
}

pub async fn find(desk: &Desk, cx: &Context, text: &str, wanted: Wanted) -> Result<Found> {
    access::require(&cx.viewer, Place::Desk)?;
    if text.trim().is_empty() {
        return Ok(Found::default());
    }
    let (index_desk, question, closed) = (
        desk.clone(),
        text.to_string(),
        cx.viewer.closed_teams.iter().map(|t| t.0).collect::<Vec<_>>(),
    );
    // Ranking is work for a processor, not for the threads that answer requests.
    let (tickets, people) = tokio::task::spawn_blocking(move || {
        let ask = |kind: &str, limit: usize| {
            index_desk.index().find(&Query {
                text: question.clone(),
                kinds: vec![kind.to_string()],
                closed_gates: closed.clone(),
                limit,
                offset: wanted.offset,
                order: Order::Relevance,
                ..Query::default()
            })
        };
        Ok::<_, search::SearchError>((ask(TICKET, wanted.tickets)?, ask(PERSON, wanted.people)?))
    })
    .await
    .map_err(Error::fault)?
    .map_err(Error::fault)?;
    let cx = cx.clone();
    desk.read(move |r| {
        Ok(Found {
            tickets: shown_tickets(r, &cx, &tickets.hits, &tickets.marks)?,
            ticket_total: tickets.total,
            people: shown_people(r, &people.hits, &people.marks)?,
            people_total: people.total,
            corrected: tickets.corrected,
        })
    })
    .await
}

/// Tickets while their words are still typed: the last one is a beginning.
pub async fn suggest(desk: &Desk, cx: &Context, text: &str, most: usize) -> Result<Vec<FoundTicket>> {
    access::require(&cx.viewer, Place::Desk)?;
    let (index_desk, question) = (
        desk.clone(),
        Query {
            text: text.to_string(),
            kinds: vec![TICKET.to_string()],
            closed_gates: cx.viewer.closed_teams.iter().map(|t| t.0).collect(),
            limit: most,
            prefix: true,
            order: Order::Relevance,
            ..Query::default()
        },
    );
    let found = tokio::task::spawn_blocking(move || index_desk.index().find(&question));
    let found = found.await.map_err(Error::fault)?.map_err(Error::fault)?;
    let cx = cx.clone();
    desk.read(move |r| shown_tickets(r, &cx, &found.hits, &found.marks))
        .await
}

/// The index may lag a moment behind a team that was just made private: every hit passes the policy once more.
fn shown_tickets(r: &mut Read, cx: &Context, hits: &[Hit], marks: &Marks) -> Result<Vec<FoundTicket>> {
    let mut shown = Vec::new();
    for hit in hits {
        let number = TicketNumber(hit.id);
        let ticket = match tickets::find_inside(r, cx, number) {
            Ok(ticket) => ticket,
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        };
        let text = tickets::words_said(r, number)?;
        shown.push(FoundTicket {
            number,
            subject: marks.highlight(&ticket.subject),
            snippet: marks.snippet(&text, 220),
            status: ticket.status,
            requester: r.one("SELECT name FROM person WHERE id = $1", &args![ticket.requester])?,
            updated_at: ticket.updated_at,
            score: hit.score,
        });
    }
    Ok(shown)
}

fn shown_people(r: &mut Read, hits: &[Hit], marks: &Marks) -> Result<Vec<FoundPerson>> {
    let mut shown = Vec::new();
    for hit in hits {
        let id = PersonId(hit.id);
        let name: Option<String> = r.maybe(
            "SELECT name FROM person WHERE id = $1 AND merged_into IS NULL",
            &args![id],
        )?;
        let Some(name) = name else { continue };
        let address = r.maybe(
            "SELECT address FROM address WHERE person = $1 ORDER BY main DESC LIMIT 1",
            &args![id],
        )?;
        shown.push(FoundPerson {
            id,
            name: marks.highlight(&name),
            address,
            score: hit.score,
        });
    }
    Ok(shown)
}
