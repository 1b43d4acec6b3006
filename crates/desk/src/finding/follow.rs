//! The index as a follower of the log. Its cursor is kept inside the index, in the same commit as the words, so the two
//! never disagree; a new or damaged index is built anew from the rows.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use db::{Read, args};
use search::{Document, Index, Lang as IndexLang};

use super::{PERSON, SOLUTION, TICKET, articles, known_errors};
use crate::clock::Time;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{self, Cursor, EventKind};
use crate::ids::{ArticleId, PersonId, TicketNumber};
use crate::knowledge;
use crate::tickets::{self, Rebuilt};
use crate::words::Lang;

/// Documents a step of rebuilding; small enough to keep memory flat.
const STEP: i64 = 500;
/// Lines of the log a commit of the index covers at most.
const LINES: i64 = 1000;

/// Follows until `stop` resolves. New text is found within about a second.
pub async fn run(desk: Desk, stop: impl Future<Output = ()> + Send) {
    let mut stop = pin!(stop);
    let mut news = desk.db().subscribe();
    loop {
        if let Err(e) = catch_up(&desk).await {
            tracing::error!(error = %e, "the search index could not follow the log; it tries again");
        }
        let wait = async {
            // A burst of changes is one commit of the index.
            let _ = tokio::time::timeout(Duration::from_secs(5), news.changed()).await;
            tokio::time::sleep(Duration::from_millis(400)).await;
        };
        tokio::select! {
            () = &mut stop => break,
            () = wait => {}
        }
    }
}

/// Reads the log to its end and commits the index. What happens meanwhile is the next turn's: a busy desk would else
/// commit without pause, a few lines at a time.
pub async fn catch_up(desk: &Desk) -> Result<()> {
    let kept = if desk.index().needs_rebuild() {
        None
    } else {
        desk.index().cursor().and_then(|c| Cursor::parse(&c))
    };
    let Some(mut cursor) = kept else {
        return rebuild(desk, |_| {}).await;
    };
    loop {
        let lines = desk.read(move |r| events::since(r, cursor, LINES)).await?;
        let Some(last) = lines.last() else { return Ok(()) };
        let more = lines.len() as i64 == LINES;
        cursor = Cursor::of(last);
        let touched: BTreeSet<TicketNumber> = lines.iter().filter_map(|e| e.ticket).collect();
        let people: BTreeSet<PersonId> = lines
            .iter()
            .filter(|e| e.kind == EventKind::PersonChanged)
            .filter_map(|e| e.subject.map(PersonId))
            .collect();
        put_tickets(desk, touched.into_iter().collect()).await?;
        for person in &people {
            put_tickets_of(desk, *person).await?;
        }
        put_people(desk, people.into_iter().collect()).await?;
        articles::follow(desk, &lines).await?;
        known_errors::follow(desk, &lines).await?;
        commit(desk, cursor)?;
        if !more {
            return Ok(());
        }
    }
}

/// Builds the index from the rows, from nothing. `progress` hears how many documents are in.
pub async fn rebuild(desk: &Desk, mut progress: impl FnMut(usize)) -> Result<()> {
    // The end of the log is taken first: what happens meanwhile is followed afterwards.
    let cursor = desk.read(events::newest).await?;
    desk.index().clear().map_err(Error::fault)?;
    let mut done = 0;
    let mut after = TicketNumber(0);
    loop {
        let numbers = desk.read(move |r| tickets::numbers_after(r, after, STEP)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        done += numbers.len();
        put_tickets(desk, numbers).await?;
        progress(done);
    }
    let mut after = PersonId(0);
    loop {
        let people: Vec<PersonId> = desk
            .read(move |r| {
                Ok(r.query(
                    "SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT $2",
                    &args![after, STEP],
                )?)
            })
            .await?;
        let Some(last) = people.last() else { break };
        after = *last;
        done += people.len();
        put_people(desk, people).await?;
        progress(done);
    }
    let mut after = ArticleId(0);
    loop {
        let articles = desk.read(move |r| knowledge::numbers_after(r, after, STEP)).await?;
        let Some(last) = articles.last() else { break };
        after = *last;
        done += articles.len();
        articles::put(desk, articles).await?;
        progress(done);
    }
    known_errors::put_all(desk).await?;
    commit(desk, cursor)
}

fn commit(desk: &Desk, cursor: Cursor) -> Result<()> {
    desk.index().commit(&cursor.as_text()).map_err(Error::fault)
}

async fn put_tickets(desk: &Desk, numbers: Vec<TicketNumber>) -> Result<()> {
    let found: Vec<(TicketNumber, Option<Rebuilt>)> = desk
        .read(move |r| {
            numbers
                .into_iter()
                .map(|n| Ok((n, tickets::for_index(r, n)?)))
                .collect()
        })
        .await?;
    for (number, ticket) in found {
        match ticket {
            Some(ticket) => put_ticket(desk.index(), ticket).map_err(Error::fault)?,
            None => {
                desk.index().remove(TICKET, number.0).map_err(Error::fault)?;
                desk.index().remove(SOLUTION, number.0).map_err(Error::fault)?;
            }
        }
    }
    Ok(())
}

/// A ticket is found by its requester's name and addresses, so it follows them.
async fn put_tickets_of(desk: &Desk, person: PersonId) -> Result<()> {
    let mut after = TicketNumber(0);
    loop {
        let numbers: Vec<TicketNumber> = desk
            .read(move |r| {
                Ok(r.query(
                    "SELECT number FROM ticket WHERE requester = $1 AND number > $2 ORDER BY number LIMIT $3",
                    &args![person, after, STEP],
                )?)
            })
            .await?;
        let Some(last) = numbers.last() else { return Ok(()) };
        after = *last;
        put_tickets(desk, numbers).await?;
    }
}

/// The ticket, and how it was solved as a text of its own: a solution is looked for by the problem it solves, and what was
/// said before it would hide it.
fn put_ticket(index: &Index, t: Rebuilt) -> search::Result<()> {
    let lang = match t.language {
        Lang::En => IndexLang::En,
        Lang::Fr => IndexLang::Fr,
    };
    let of = Document {
        id: t.number.0,
        lang,
        gate: t.team,
        at: t.at.0,
        ..Document::default()
    };
    if t.solution.is_empty() {
        index.remove(SOLUTION, t.number.0)?;
    } else {
        index.put([Document {
            kind: SOLUTION.to_string(),
            body: t.solution,
            ..of.clone()
        }])?;
    }
    index.put([Document {
        kind: TICKET.to_string(),
        title: t.subject,
        body: t.body,
        words: t.words,
        ..of
    }])
}

db::table! {
    struct Named { id: PersonId, name: String, job: String, site: String, updated_at: Time, merged_into: Option<PersonId> }
}

async fn put_people(desk: &Desk, people: Vec<PersonId>) -> Result<()> {
    let found: Vec<(PersonId, Option<Document>)> = desk
        .read(move |r| people.into_iter().map(|id| Ok((id, person_document(r, id)?))).collect())
        .await?;
    for (id, document) in found {
        match document {
            Some(document) => desk.index().put([document]).map_err(Error::fault)?,
            None => desk.index().remove(PERSON, id.0).map_err(Error::fault)?,
        }
    }
    Ok(())
}

fn person_document(r: &mut Read, id: PersonId) -> Result<Option<Document>> {
    let row: Option<Named> = r.maybe(
        "SELECT id, name, job, site, updated_at, merged_into FROM person WHERE id = $1",
        &args![id],
    )?;
    let Some(person) = row.filter(|p| p.merged_into.is_none()) else {
        return Ok(None);
    };
    let mut words: Vec<String> = r.query("SELECT address FROM address WHERE person = $1", &args![id])?;
    words.extend(r.query::<String>("SELECT number FROM phone WHERE person = $1", &args![id])?);
    Ok(Some(Document {
        kind: PERSON.to_string(),
        id: id.0,
        lang: IndexLang::Unknown,
        title: person.name,
        body: format!("{} {}", person.job, person.site),
        words,
        pieces: false,
        gate: 0,
        at: person.updated_at.0,
    }))
}
