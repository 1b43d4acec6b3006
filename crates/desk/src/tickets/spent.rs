//! Time spent on a ticket: minutes logged by themselves, and those that calls and visits carry. The totals are of both.

use std::collections::BTreeMap;

use db::{Read, Sql, Write, args};
use serde_json::{Value, json};

use super::{show, store};
use crate::access::{self, Action, Place};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, Event, EventKind, Fact};
use crate::ids::{EventId, PersonId, TicketNumber, TimeId};

/// Of one entry: a day.
pub const MOST_MINUTES: i64 = 1440;

db::table! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct TimeRow {
        pub id: TimeId,
        pub ticket: TicketNumber,
        pub person: PersonId,
        pub person_name: String,
        pub minutes: i64,
        pub words: String,
        pub at: Time,
    }
}

/// What a ticket has cost, in minutes.
#[derive(Clone, Debug, Default)]
pub struct Spent {
    /// Logged by itself: it can be corrected and taken away. The newest first.
    pub entries: Vec<TimeRow>,
    /// Each person's minutes, the most first; calls and visits are among them.
    pub people: Vec<(PersonId, String, i64)>,
    pub total: i64,
}

/// What somebody typed, in minutes: `90`, `1:30`, `1 h 30`, `1h30`, `45 min`, `1.5 h` and `1,5 h`.
pub fn minutes_of(text: &str) -> Option<i64> {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let text = ["minutes", "minute", "mins", "min", "m"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text);
    let minutes = match text.split_once(['h', ':']) {
        Some((hours, rest)) => {
            let rest = ["ours", "our", "eures", "eure"]
                .iter()
                .find_map(|end| rest.strip_prefix(end))
                .unwrap_or(rest);
            of_hours(hours, rest)?
        }
        None => whole(text)?,
    };
    Some(if negative { -minutes } else { minutes })
}

/// Digits and nothing else, short enough to be counted with.
fn whole(text: &str) -> Option<i64> {
    let fits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

fn of_hours(hours: &str, minutes: &str) -> Option<i64> {
    if minutes.is_empty()
        && let Some((hours, part)) = hours.split_once(['.', ','])
    {
        let tenths = whole(part).filter(|_| part.len() <= 2)?;
        let hundredths = if part.len() == 1 { tenths * 10 } else { tenths };
        return Some(whole(hours)? * 60 + hundredths * 60 / 100);
    }
    let minutes = if minutes.is_empty() {
        0
    } else {
        whole(minutes).filter(|m| *m < 60)?
    };
    Some(whole(hours)? * 60 + minutes)
}

fn check(minutes: i64, words: &str) -> Result<()> {
    Checks::default()
        .check(minutes > 0, "spent", "refused-time-none")
        .check(minutes <= MOST_MINUTES, "spent", "refused-time-long")
        .at_most(words, 200, "spent-words")
        .done()
}

/// The minutes as the forms send them, or the refusal of what is no time.
fn read(text: &str) -> Result<i64> {
    minutes_of(text).ok_or(Error::refused("spent", "refused-time"))
}

pub fn log_time(tx: &mut Write, cx: &Context, number: TicketNumber, time: &str, words: &str) -> Result<EventId> {
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    let (minutes, words) = (read(time)?, words.trim());
    check(minutes, words)?;
    if ticket.merged_into.is_some() {
        return Err(Error::Conflict("conflict-merged"));
    }
    let id = tx.insert(
        "INSERT INTO time_entry (ticket, person, minutes, words, at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        &args![number, cx.viewer.person, minutes, words, cx.now],
    )?;
    let fact = Fact::new(EventKind::TimeLogged).on(number, ticket.team).about(id);
    events::record(tx, cx, fact.with(Some(json!({ "minutes": minutes }).to_string())))
}

pub fn change_time(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    id: TimeId,
    time: &str,
    words: &str,
) -> Result<EventId> {
    let was = entry(tx, cx, number, id, false)?;
    let (minutes, words) = (read(time)?, words.trim());
    check(minutes, words)?;
    put(tx, cx, &was, minutes, words)
}

/// What happens to an entry is told on its own ticket, to the team of that one: its words are shown to nobody else.
fn told(tx: &mut Write, cx: &Context, kind: EventKind, entry: &TimeRow) -> Result<Fact> {
    let own = store::load(tx, entry.ticket)?.admit(&cx.viewer, Action::Work)?;
    Ok(Fact::new(kind).on(own.number, own.team).about(entry.id.0))
}

fn put(tx: &mut Write, cx: &Context, was: &TimeRow, minutes: i64, words: &str) -> Result<EventId> {
    tx.exec(
        "UPDATE time_entry SET minutes = $2, words = $3 WHERE id = $1",
        &args![was.id, minutes, words],
    )?;
    let data = json!({ "minutes": [was.minutes, minutes], "words": [was.words, words] }).to_string();
    let fact = told(tx, cx, EventKind::TimeChanged, was)?;
    events::record(tx, cx, fact.with(Some(data)))
}

pub fn remove_time(tx: &mut Write, cx: &Context, number: TicketNumber, id: TimeId) -> Result<EventId> {
    let was = entry(tx, cx, number, id, false)?;
    tx.exec("UPDATE time_entry SET gone_at = $2 WHERE id = $1", &args![id, cx.now])?;
    let fact = told(tx, cx, EventKind::TimeRemoved, &was)?;
    events::record(tx, cx, fact.with(Some(json!({ "minutes": was.minutes }).to_string())))
}

fn have_back(tx: &mut Write, cx: &Context, number: TicketNumber, id: TimeId) -> Result<EventId> {
    let was = entry(tx, cx, number, id, true)?;
    tx.exec("UPDATE time_entry SET gone_at = NULL WHERE id = $1", &args![id])?;
    let fact = told(tx, cx, EventKind::TimeLogged, &was)?;
    events::record(tx, cx, fact.with(Some(json!({ "minutes": was.minutes }).to_string())))
}

/// An entry of this page, held by its ticket: of the ticket, or of one merged into it that the viewer may see.
fn entry(tx: &mut Write, cx: &Context, number: TicketNumber, id: TimeId, gone: bool) -> Result<TimeRow> {
    store::load(tx, number)?.admit(&cx.viewer, Action::Work)?;
    store::hold(tx, number)?;
    let none = || Error::refused("spent", "refused-no-such-time");
    let row: Option<TimeRow> = tx.maybe(
        "SELECT e.id, e.ticket, e.person, p.name AS person_name, e.minutes, e.words, e.at
         FROM time_entry e JOIN person p ON p.id = e.person WHERE e.id = $1 AND (e.gone_at IS NOT NULL) = $2",
        &args![id, gone],
    )?;
    let row = row.ok_or_else(none)?;
    let here = show::seen_with_merged(tx, cx, number)?.contains(&row.ticket);
    if here { Ok(row) } else { Err(none()) }
}

pub(super) fn undo(tx: &mut Write, cx: &Context, number: TicketNumber, event: &Event) -> Result<()> {
    let since = |e| match e {
        Error::Refused(_) => Error::Conflict("conflict-changed-since"),
        other => other,
    };
    let id = event
        .subject
        .map(TimeId)
        .ok_or(Error::Conflict("conflict-cannot-undo"))?;
    match event.kind {
        EventKind::TimeLogged => remove_time(tx, cx, number, id).map(drop).map_err(since),
        EventKind::TimeRemoved => have_back(tx, cx, number, id).map(drop).map_err(since),
        _ => {
            let data: Value = serde_json::from_str(event.changes()).map_err(Error::fault)?;
            let now = entry(tx, cx, number, id, false).map_err(since)?;
            let stands = data["minutes"][1].as_i64() == Some(now.minutes)
                && data["words"][1].as_str() == Some(now.words.as_str());
            let (Some(minutes), Some(words), true) = (data["minutes"][0].as_i64(), data["words"][0].as_str(), stands)
            else {
                return Err(Error::Conflict("conflict-changed-since"));
            };
            put(tx, cx, &now, minutes, words).map(drop)
        }
    }
}

/// The time spent on a ticket and on what was merged into it, as far as the viewer sees them.
pub fn spent(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Spent> {
    access::require(&cx.viewer, Place::Desk)?;
    show::find_inside(r, cx, number)?;
    let numbers = show::seen_with_merged(r, cx, number)?;
    let mut sql = Sql::new(
        "SELECT e.id, e.ticket, e.person, p.name AS person_name, e.minutes, e.words, e.at
         FROM time_entry e JOIN person p ON p.id = e.person WHERE e.gone_at IS NULL AND e.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(") ORDER BY e.at DESC, e.id DESC");
    let entries: Vec<TimeRow> = r.query_sql(&sql)?;
    let mut sql = Sql::new(
        "SELECT m.author, p.name, m.minutes FROM message m JOIN person p ON p.id = m.author
         WHERE m.minutes IS NOT NULL AND m.minutes > 0 AND m.state <> 'withdrawn' AND m.ticket IN (",
    );
    sql.bind_list(numbers.iter().copied());
    sql.push(")");
    let said: Vec<(PersonId, String, i64)> = r.query_sql(&sql)?;
    let logged = entries.iter().map(|e| (e.person, e.person_name.clone(), e.minutes));
    let mut sums: BTreeMap<i64, (String, i64)> = BTreeMap::new();
    for (person, name, minutes) in logged.chain(said) {
        sums.entry(person.0).or_insert((name, 0)).1 += minutes;
    }
    let mut people: Vec<_> = sums
        .into_iter()
        .map(|(id, (name, sum))| (PersonId(id), name, sum))
        .collect();
    people.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    Ok(Spent {
        total: people.iter().map(|(_, _, minutes)| minutes).sum(),
        entries,
        people,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, minutes) in [
            ("90", Some(90)),
            ("1:30", Some(90)),
            ("1 h 30", Some(90)),
            ("1\u{a0}h\u{a0}30", Some(90)),
            ("1h30", Some(90)),
            ("1 h 30 min", Some(90)),
            ("1H", Some(60)),
            ("45 min", Some(45)),
            ("45m", Some(45)),
            ("1.5 h", Some(90)),
            ("1,25 h", Some(75)),
            ("2 heures", Some(120)),
            ("2 hours", Some(120)),
            ("0", Some(0)),
            ("-5", Some(-5)),
            ("1:75", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
            ("h", None),
            ("99999999999", None),
        ] {
            assert_eq!(minutes_of(text), minutes, "{text:?}");
        }
    }
}
