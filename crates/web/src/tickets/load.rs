//! Everything the page of a ticket shows, read in one go. What the viewer may not see is not among it.

use std::collections::BTreeMap;

use desk::Context;
use desk::drafts::{self, Draft};
use desk::events::{self, Event};
use desk::mailboxes::{OutgoingState, ledger};
use desk::people::{self, AddressRow, Person, PhoneRow, RecentTicket};
use desk::problems::{self, Problem};
use desk::ratings::{self, Rating};
use desk::reviews::{self, Review};
use desk::tickets::{self, Detail, Planned, TakenBack};
use desk::{Desk, Error, LetterId, PersonId, Read, Result, TicketNumber, Time};

use super::again::Again;
use super::tasks::{self, Tasks};
use super::visit::At;
use crate::inbox::{self, Choices, Listed};

/// Rows of the left pane.
const ROWS: i64 = 10;
const RECENT: i64 = 6;

/// The letter of one reply: on its way, gone, or failed with the other server's words.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub message: i64,
    pub state: OutgoingState,
    pub words: String,
    pub send_at: Time,
}

#[derive(Debug)]
pub(crate) struct Loaded {
    pub detail: Detail,
    pub listed: Listed,
    /// What a bulk of the list did.
    pub bulk: Option<(i64, inbox::Told)>,
    pub person: Person,
    pub addresses: Vec<AddressRow>,
    pub phones: Vec<PhoneRow>,
    pub recent: Vec<RecentTicket>,
    /// Who and what the ticket can be given to.
    pub known: Choices,
    pub letters: Vec<Letter>,
    /// Replies that wait for their time, and those that did.
    pub planned: Vec<Planned>,
    /// Words that wait for a senior, with the name of the one whose turn it is alone and their author's.
    pub reviews: Vec<(Review, Option<String>, String)>,
    /// Letters that carry its key and wait for somebody's word, with their senders.
    pub waiting: Vec<(LetterId, String)>,
    /// How it went, in its requesters' words.
    pub ratings: Vec<Rating>,
    /// Everybody the history names.
    pub names: BTreeMap<i64, String>,
    /// What was just done, and on which ticket, when it may be offered to be undone.
    pub done: Option<Event>,
    /// What was just taken back.
    pub back: Option<TakenBack>,
    /// What the viewer was writing, here or on another device.
    pub drafts: Vec<Draft>,
    /// The steps and the time spent.
    pub tasks: Tasks,
    /// The fields of its topic.
    pub form: super::form::Loaded,
    /// The problem behind it.
    pub problem: Option<Problem>,
}

#[derive(Debug)]
pub(crate) enum Found {
    Here(Box<Loaded>),
    /// Merged: the ticket it went into.
    Went(TicketNumber),
}

pub(crate) async fn load(desk: &Desk, cx: &Context, number: TicketNumber, at: &At, again: &Again) -> Result<Found> {
    let (cx, at, typed) = (cx.clone(), at.clone(), again.fields.clone());
    desk.read(move |r| {
        let detail = tickets::detail(r, &cx, number)?;
        if detail.ticket.merged_into.is_some() {
            let root = tickets::merged_root(r, &cx, number)?;
            if root != number {
                return Ok(Found::Went(root));
            }
        }
        let asker = detail.ticket.requester;
        let mut loaded = Loaded {
            listed: at.wanted().read_or_mine(r, &cx, ROWS)?,
            bulk: inbox::told(r, &cx, at.bulk)?,
            person: people::find_visible(r, &cx, asker)?,
            addresses: people::addresses_of(r, &cx, asker)?,
            phones: people::phones_of(r, &cx, asker)?,
            recent: people::recent_tickets(r, &cx, asker, RECENT)?,
            known: inbox::choices(r, &cx)?,
            letters: letters_of(r, number)?,
            ratings: ratings::of_tickets(r, &cx, &numbers_of(&detail))?,
            names: BTreeMap::new(),
            done: None,
            back: match (at.back(), at.unplanned()) {
                (Some(id), _) => tickets::taken_back(r, &cx, number, id)?,
                (None, Some(id)) => tickets::called_off(r, &cx, number, id)?,
                (None, None) => None,
            },
            planned: tickets::planned(r, &cx, number)?,
            reviews: reviews::of_ticket(r, &cx, number)?,
            waiting: ledger::waiting_on(r, &cx, number)?,
            drafts: drafts::of_ticket(r, &cx, number)?,
            tasks: tasks::load(r, &cx, number)?,
            form: super::form::load(r, &cx, number, &detail.events, &typed)?,
            problem: problems::of_shown(r, &cx, &detail.ticket)?,
            detail,
        };
        loaded.names = known_names(&loaded);
        for id in strangers(&loaded) {
            match people::find_visible(r, &cx, id) {
                Ok(person) => drop(loaded.names.insert(id.0, person.name)),
                // The desk itself acts under no person's number.
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        loaded.done = just_done(r, &cx, &at, &loaded.detail.events)?;
        Ok(Found::Here(Box::new(loaded)))
    })
    .await
}

/// What is on its way out, by the message it carries.
fn letters_of(r: &mut Read, number: TicketNumber) -> Result<Vec<Letter>> {
    let leaving = desk::mailboxes::outbox::list_of(r, number)?;
    let letters = leaving.into_iter().filter_map(|one| {
        Some(Letter {
            message: one.message?.0,
            state: one.state,
            words: one.words,
            send_at: one.send_at,
        })
    });
    Ok(letters.collect())
}

/// The ticket and what was merged into it, as far as the viewer sees them.
fn numbers_of(detail: &Detail) -> Vec<TicketNumber> {
    let own = std::iter::once(detail.ticket.number);
    own.chain(detail.merged.iter().copied()).collect()
}

/// The address may name any event; only one of the viewer's own, on a ticket he may see, is spoken of.
fn just_done(r: &mut Read, cx: &Context, at: &At, history: &[Event]) -> Result<Option<Event>> {
    let Some(id) = at.done() else { return Ok(None) };
    let event = match history.iter().find(|e| e.id == id) {
        Some(event) => event.clone(),
        None => match events::find(r, id) {
            Ok(event) => event,
            Err(Error::NotFound) => return Ok(None),
            Err(other) => return Err(other),
        },
    };
    let seen = event.ticket.is_some_and(|n| tickets::find_visible(r, cx, n).is_ok());
    Ok(Some(event).filter(|e| seen && e.actor == Some(cx.viewer.person)))
}

fn known_names(loaded: &Loaded) -> BTreeMap<i64, String> {
    let d = &loaded.detail;
    let mut names = BTreeMap::from([(d.requester.id.0, d.requester.name.clone())]);
    names.extend(d.messages.iter().map(|m| (m.author.0, m.author_name.clone())));
    names.extend(loaded.known.technicians.iter().map(|t| (t.id.0, t.name.clone())));
    names.extend(d.assignee.iter().chain(&d.watchers).map(|p| (p.id.0, p.name.clone())));
    names
}

/// People the history names who are not at hand: technicians who have left, earlier requesters.
fn strangers(loaded: &Loaded) -> Vec<PersonId> {
    let mut missing: Vec<PersonId> = Vec::new();
    for event in &loaded.detail.events {
        let named = [event.actor]
            .into_iter()
            .flatten()
            .chain(super::lines::people_of(event));
        for id in named {
            if !loaded.names.contains_key(&id.0) && !missing.contains(&id) {
                missing.push(id);
            }
        }
    }
    missing.truncate(50);
    missing
}
