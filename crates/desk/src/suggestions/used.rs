//! What a technician does with a suggestion: its fix goes into what he writes and its source is linked, or it is set
//! aside. Both teach the ranking at once, and both can be taken back.

use db::{Read, Write};
use serde_json::{Value, json};

use super::learnt::{self, How, Lesson};
use super::round::helps;
use super::target::{Target, TargetKind};
use crate::access::{self, Action, Audience};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{ArticleId, EventId, ProblemNumber, TicketNumber};
use crate::knowledge;
use crate::problems::{self, Problem};
use crate::tickets::{self, LinkKind, Ticket};
use crate::words::Lang;

/// Words of a fix go into the composer as far as this.
const MOST: usize = 4_000;
/// Of that, kept free for an address.
const ADDRESS: usize = 400;

/// What was done with a suggestion, as its event keeps it.
#[derive(Clone, Copy, Debug)]
struct Deed {
    target: Target,
    /// It was linked by this deed, and not before.
    linked: bool,
    /// What was known of it there before.
    was: Option<How>,
}

/// Its fix helps here: the source comes onto the ticket, and tickets like it will hear of it.
pub fn use_on(tx: &mut Write, cx: &Context, number: TicketNumber, target: Target) -> Result<EventId> {
    let ticket = tickets::find_inside(tx, cx, number)?;
    if !may_use(cx, &ticket) {
        return Err(Error::NotFound);
    }
    seen(tx, cx, target)?;
    // What was known before the link below teaches.
    let was = learnt::of(tx, number, target)?;
    let mut linked = false;
    // A problem is held before its tickets, so it comes first.
    if target.kind == TargetKind::KnownError {
        linked = link_problem(tx, cx, number, ProblemNumber(target.id))?;
    }
    let ticket = tickets::held(tx, cx, number)?;
    match target.kind {
        TargetKind::Ticket | TargetKind::Solution => {
            let other = TicketNumber(target.id);
            linked = tickets::links(tx, cx, number)?.iter().all(|link| link.number != other);
            if linked {
                tickets::link(tx, cx, number, other, LinkKind::Related)?;
            }
        }
        TargetKind::Article => {
            knowledge::used(tx, cx, ArticleId(target.id), number, knowledge::How::Inserted)?;
            linked = match tx.attempt(|tx| knowledge::link_ticket(tx, cx, ArticleId(target.id), number)) {
                Ok(_) => true,
                Err(Error::Conflict(_)) => false,
                Err(other) => return Err(other),
            };
        }
        TargetKind::KnownError => {}
    }
    let deed = Deed { target, linked, was };
    told(tx, cx, &ticket, deed, (How::Used, EventKind::SuggestionUsed))
}

/// Links the problem behind a known error, unless it is linked already; a ticket has one problem at most.
fn link_problem(tx: &mut Write, cx: &Context, number: TicketNumber, problem: ProblemNumber) -> Result<bool> {
    match problems::of_ticket(tx, cx, number)? {
        Some(behind) if behind.number == problem => Ok(false),
        Some(_) => Err(Error::Conflict("conflict-other-problem")),
        None => problems::link(tx, cx, problem, &[number]).map(|_| true),
    }
}

/// It does not fit here: it is not shown again on this ticket, and less on tickets like it.
pub fn dismiss(tx: &mut Write, cx: &Context, number: TicketNumber, target: Target) -> Result<EventId> {
    let ticket = tickets::held(tx, cx, number)?;
    seen(tx, cx, target)?;
    let deed = Deed {
        target,
        linked: false,
        was: learnt::of(tx, number, target)?,
    };
    told(tx, cx, &ticket, deed, (How::Dismissed, EventKind::SuggestionDismissed))
}

fn told(tx: &mut Write, cx: &Context, ticket: &Ticket, deed: Deed, (how, kind): (How, EventKind)) -> Result<EventId> {
    let target = deed.target;
    let lesson = Lesson {
        ticket: ticket.number,
        target,
        how,
    };
    learnt::teach(tx, cx, lesson)?;
    let was = deed.was.map(How::as_str);
    let data = json!({ "kind": target.kind.as_str(), "linked": deed.linked, "was": was }).to_string();
    let fact = Fact::new(kind).on(ticket.number, ticket.team).about(target.id);
    events::record(tx, cx, fact.with(Some(data)))
}

/// Takes the deed of an event back: what was learnt from it is forgotten, and a link it made is cut; unless somebody has
/// said something else of it since.
///
/// No event: the undo it is a part of has its own.
pub(crate) fn undo(tx: &mut Write, cx: &Context, event: &Event) -> Result<()> {
    let (number, deed) = deed_of(event).ok_or(Error::Conflict("conflict-cannot-undo"))?;
    let used = event.kind == EventKind::SuggestionUsed;
    let meant = if used { How::Used } else { How::Dismissed };
    let stands = learnt::of(tx, number, deed.target)?;
    if stands.is_some_and(|stands| stands != meant) {
        return Err(Error::Conflict("conflict-changed-since"));
    }
    if used {
        cut(tx, cx, number, deed)?;
    }
    tickets::held(tx, cx, number)?;
    if used && deed.target.kind == TargetKind::Article {
        knowledge::not_used(tx, ArticleId(deed.target.id), number, event.at)?;
    }
    learnt::forget(tx, number, deed.target)?;
    match deed.was {
        Some(how) if stands.is_some() => learnt::teach(
            tx,
            cx,
            Lesson {
                ticket: number,
                target: deed.target,
                how,
            },
        ),
        _ => Ok(()),
    }
}

fn cut(tx: &mut Write, cx: &Context, number: TicketNumber, deed: Deed) -> Result<()> {
    if !deed.linked {
        return Ok(());
    }
    let cut = tx.attempt(|tx| match deed.target.kind {
        TargetKind::Article => knowledge::unlink_ticket(tx, cx, ArticleId(deed.target.id), number),
        TargetKind::KnownError => match problems::of_ticket(tx, cx, number)? {
            Some(behind) if behind.number.0 == deed.target.id => problems::unlink(tx, cx, number),
            _ => Err(Error::NotFound),
        },
        TargetKind::Ticket | TargetKind::Solution => tickets::unlink(tx, cx, number, TicketNumber(deed.target.id)),
    });
    match cut {
        // Somebody has cut the link meanwhile.
        Ok(_) | Err(Error::Conflict(_) | Error::Refused(_) | Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The ticket and what was used or set aside on it.
pub fn of_event(event: &Event) -> Option<(TicketNumber, Target)> {
    deed_of(event).map(|(number, deed)| (number, deed.target))
}

fn deed_of(event: &Event) -> Option<(TicketNumber, Deed)> {
    let data: Value = serde_json::from_str(event.changes()).ok()?;
    let kind = TargetKind::parse(data.get("kind")?.as_str()?)?;
    let target = Target {
        kind,
        id: event.subject?,
    };
    let deed = Deed {
        target,
        linked: data.get("linked").and_then(Value::as_bool).unwrap_or(true),
        was: data.get("was").and_then(Value::as_str).and_then(How::parse),
    };
    Some((event.ticket?, deed))
}

/// What the viewer may not see is not there.
fn seen(r: &mut Read, cx: &Context, target: Target) -> Result<()> {
    match target.kind {
        TargetKind::Ticket | TargetKind::Solution => tickets::find_inside(r, cx, TicketNumber(target.id)).map(drop),
        TargetKind::Article => knowledge::read(r, Some(&cx.viewer), ArticleId(target.id)).map(drop),
        TargetKind::KnownError => known_error(r, cx, target.id).map(drop),
    }
}

fn known_error(r: &mut Read, cx: &Context, id: i64) -> Result<Problem> {
    let problem = problems::find(r, cx, ProblemNumber(id))?;
    if problem.is_matched() {
        Ok(problem)
    } else {
        Err(Error::NotFound)
    }
}

/// What goes into the text that is being written, in the requester's language where there is one.
pub fn words_for(r: &mut Read, cx: &Context, reads: Lang, target: Target) -> Result<String> {
    seen(r, cx, target)?;
    let words = match target.kind {
        TargetKind::Article => article(r, cx, ArticleId(target.id), reads)?,
        TargetKind::KnownError => helps(&known_error(r, cx, target.id)?, reads).to_string(),
        TargetKind::Ticket | TargetKind::Solution => tickets::fix(r, cx, TicketNumber(target.id))?,
    };
    let end = words.floor_char_boundary(MOST);
    Ok(words[..end].trim().to_string())
}

/// Its passages, and where a requester finds the whole of it.
fn article(r: &mut Read, cx: &Context, id: ArticleId, reads: Lang) -> Result<String> {
    let (article, text) = knowledge::read(r, Some(&cx.viewer), id)?;
    let lang = if text.speaks(reads) { reads } else { reads.other() };
    let mut words = text.body(lang);
    if article.audience == Audience::Public
        && let Some(url) = &cx.house.public_url
    {
        words.truncate(words.floor_char_boundary(MOST - ADDRESS));
        words.push_str("\n\n");
        words.push_str(&knowledge::public_address(url, lang, id, text.titled(lang)));
    }
    Ok(words)
}

/// Whether the viewer may work on the ticket: only then are suggestions offered with something to do.
pub fn may_use(cx: &Context, ticket: &Ticket) -> bool {
    access::may(&cx.viewer, Action::Work, ticket)
}
