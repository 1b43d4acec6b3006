//! Before a ticket is opened: is there one already? Open tickets of the same person, or of his organization, whose
//! subject says much the same.

use std::collections::BTreeSet;

use db::{Read, args};
use search::{Order, Query};

use super::TICKET;
use crate::access::{self, Action, Place};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PersonId, TicketNumber};
use crate::tickets::{self, Stage, Ticket};

/// Among so many of the newest open ones of each kind.
const NEWEST: i64 = 200;
const LOOKED_AT: usize = 20;

/// An open ticket that may be the same matter.
#[derive(Clone, Debug)]
pub struct Alike {
    pub ticket: Ticket,
    pub requester_name: String,
}

pub async fn alike(desk: &Desk, cx: &Context, requester: PersonId, subject: &str, most: usize) -> Result<Vec<Alike>> {
    access::require(&cx.viewer, Place::Desk)?;
    let typed: String = subject.chars().take(250).collect();
    if words_of(&typed).is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.read(move |r| open_numbers(r, requester)).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let (asked, index) = (typed.clone(), desk.clone());
    let found = tokio::task::spawn_blocking(move || {
        index.index().find(&Query {
            text: asked,
            kinds: vec![TICKET.to_string()],
            only: Some(open.into_iter().collect()),
            limit: LOOKED_AT,
            order: Order::Relevance,
            prefix: true,
            ..Query::default()
        })
    });
    let found = found.await.map_err(Error::fault)?.map_err(Error::fault)?;
    let cx = cx.clone();
    desk.read(move |r| {
        let mut shown = Vec::new();
        for hit in &found.hits {
            let ticket = match tickets::find_visible(r, &cx, TicketNumber(hit.id)) {
                Ok(ticket) => ticket,
                Err(Error::NotFound) => continue,
                Err(other) => return Err(other),
            };
            let mine = access::may(&cx.viewer, Action::Work, &ticket);
            let still = ticket.status.stage() != Stage::Done && ticket.merged_into.is_none();
            if still && mine && shown.len() < most && say_the_same(&typed, &ticket.subject) {
                let requester_name = r.one("SELECT name FROM person WHERE id = $1", &args![ticket.requester])?;
                shown.push(Alike { ticket, requester_name });
            }
        }
        Ok(shown)
    })
    .await
}

const OF_PERSON: &str = "SELECT number FROM ticket
    WHERE requester = $1 AND stage <> 2 AND merged_into IS NULL ORDER BY number DESC LIMIT $2";
const OF_ORGANIZATION: &str = "SELECT number FROM ticket
    WHERE organization = $1 AND stage <> 2 AND merged_into IS NULL ORDER BY number DESC LIMIT $2";

/// How the engine finds the open tickets of a person, and of an organization.
pub fn alike_plans(r: &mut Read, person: PersonId, organization: OrganizationId) -> Result<[String; 2]> {
    Ok([
        r.plan(OF_PERSON, &args![person, NEWEST])?,
        r.plan(OF_ORGANIZATION, &args![organization, NEWEST])?,
    ])
}

/// What is open of this person, and of the others of his organization.
fn open_numbers(r: &mut Read, requester: PersonId) -> Result<BTreeSet<i64>> {
    let mut open: Vec<i64> = r.query(OF_PERSON, &args![requester, NEWEST])?;
    let organization: Option<Option<OrganizationId>> =
        r.maybe("SELECT organization FROM person WHERE id = $1", &args![requester])?;
    if let Some(organization) = organization.flatten() {
        open.extend(r.query::<i64>(OF_ORGANIZATION, &args![organization, NEWEST])?);
    }
    Ok(open.into_iter().collect())
}

/// Words that say nothing of the matter.
const EMPTY: [&str; 24] = [
    "the", "not", "and", "for", "with", "does", "has", "have", "since", "any", "are", "was", "les", "des", "une",
    "pas", "est", "sur", "dans", "pour", "avec", "depuis", "plus", "aux",
];

/// The beginnings of the words that carry a subject: five letters, so that endings do not matter.
fn words_of(subject: &str) -> BTreeSet<String> {
    let lower = subject.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() > 2 && !EMPTY.contains(word))
        .map(|word| word.chars().take(5).collect())
        .collect()
}

/// At least half of the words of the shorter one stand in the other.
fn say_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (words_of(one), words_of(other));
    let shared = one.intersection(&other).count();
    shared > 0 && shared * 2 >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_alike_when_half_of_the_shorter_is_shared() {
        for (one, other, alike) in [
            ("No sound", "No sound since the update", true),
            ("Printer jams", "The printers jam again", true),
            ("Imprimante bloquée", "L’imprimante du 2e est bloquée", true),
            ("VPN drops", "VPN drops every hour", true),
            ("VPN drops", "No sound", false),
            ("The screen and the mouse", "The door and the lamp", false),
            ("", "", false),
        ] {
            assert_eq!(say_the_same(one, other), alike, "{one} / {other}");
        }
    }
}
