//! What one ticket counts for: pure, from its row and its history, so that counting it twice counts it once.
//!
//! - It came in on the day it was opened.
//! - Its first reply is the first word with the requester, written or spoken (reply, call, visit), counted on its day,
//!   with the working time since the opening.
//! - It is solved on the day of the solution that stands; a ticket that was reopened counts again when it is solved
//!   again. The time is working time since the opening, without the time it waited for the requester or for others.
//! - It is reopened on the day of each reopening that was not taken back: by its requester, by the desk, or by words of
//!   the desk that took it out of what is done.
//! - It was solved at first contact when it is solved, with at most one reply, call or visit, and was never reopened.
//! - What its requesters said of it is counted on the day they said it, and one answer a person and solving: said anew
//!   it moves to the new day.
//! - Merged into another it is counted there, and not here.

use std::collections::{BTreeMap, BTreeSet};

use db::Packed;
use jiff::tz::TimeZone;
use serde_json::Value;
use worktime::Calendar;

use super::period::{day_of, month_of};
use super::spread::bucket_of;
use crate::clock::{MINUTE, Time};
use crate::events::EventKind;
use crate::ids::TicketNumber;
use crate::ratings::RatingAnswer;
use crate::tickets::{Channel, Stage, Status};

db::text_enum! {
    /// What is counted. Another one is one more word here and in the check of `report_sum`, and its cells in
    /// `Facts::cells`.
    pub enum Measure {
        Opened => "opened",
        Solved => "solved",
        Reopened => "reopened",
        FirstContact => "first_contact",
        /// First replies, by length.
        Reply => "reply",
        /// Solutions, by length.
        Solve => "solve",
        Good => "good",
        Bad => "bad",
    }
}
db::text_enum! {
    pub enum Grain { Day => "day", Month => "month" }
}

db::table! {
    /// The columns of a ticket that are counted.
    #[derive(Clone, Debug)]
    pub(super) struct Row {
        team: Option<i64>,
        topic: Option<i64>,
        channel: Channel,
        stage: i64,
        merged_into: Option<TicketNumber>,
        created_at: Time,
        replied_at: Option<Time>,
        solved_at: Option<Time>,
        paused_at: Option<Time>,
        paused_work: i64,
    }
}
db::table! {
    /// A line of its history that matters here: a reopening, words that may be one, or that something was taken back.
    #[derive(Clone, Debug)]
    pub(super) struct Told {
        id: i64, at: Time, kind: EventKind, subject: Option<i64>, data: Option<Packed>,
    }
}

db::table! {
    /// What a requester said, and when.
    #[derive(Clone, Debug)]
    pub(super) struct Said { answer: RatingAnswer, at: Time }
}

/// All that is read of a ticket.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub row: Row,
    pub history: Vec<Told>,
    /// Replies, calls and visits that stand.
    pub contacts: i64,
    pub said: Vec<Said>,
}

/// A day and the working minutes until then.
pub(crate) type Reached = (i64, i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub team: i64,
    pub topic: i64,
    pub channel: Channel,
    pub opened: i64,
    pub replied: Option<Reached>,
    pub solved: Option<Reached>,
    pub at_once: bool,
    pub reopened: Vec<i64>,
    /// The day of each answer, and which it is.
    pub rated: Vec<(i64, RatingAnswer)>,
}

/// One place among the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub grain: Grain,
    pub measure: Measure,
    pub start: i64,
    pub team: i64,
    pub topic: i64,
    pub channel: Channel,
    pub bucket: i64,
}

/// `None` when it is counted with another.
pub(super) fn facts_of(calendar: &Calendar, zone: &TimeZone, counted: &Counted) -> Option<Facts> {
    let row = &counted.row;
    if row.merged_into.is_some() {
        return None;
    }
    let minutes = |to: Time, without: i64| (calendar.between(row.created_at.0, to.0) - without).max(0) / MINUTE;
    let replied = row.replied_at.map(|at| (day_of(at, zone), minutes(at, 0)));
    // While it waits the clock stands: from `paused_at` on nothing is counted, and what was paused before is taken off.
    let solved = row.solved_at.filter(|_| row.stage == 2).map(|at| {
        let until = row.paused_at.map_or(at, |paused| paused.min(at));
        (day_of(at, zone), minutes(until, row.paused_work))
    });
    let reopened = reopened_on(zone, &counted.history);
    let rated = counted.said.iter().map(|said| (day_of(said.at, zone), said.answer));
    Some(Facts {
        team: row.team.unwrap_or(0),
        topic: row.topic.unwrap_or(0),
        channel: row.channel,
        opened: day_of(row.created_at, zone),
        replied,
        solved,
        at_once: solved.is_some() && counted.contacts <= 1 && reopened.is_empty(),
        reopened,
        rated: rated.collect(),
    })
}

fn reopened_on(zone: &TimeZone, history: &[Told]) -> Vec<i64> {
    let of = |kind: EventKind| history.iter().filter(move |told| told.kind == kind);
    let taken_back: BTreeSet<i64> = of(EventKind::Undone).filter_map(|told| told.subject).collect();
    // A reply that was withdrawn is named by its message, anything else that was undone by its event.
    let withdrawn: BTreeSet<i64> = of(EventKind::ReplyWithdrawn).filter_map(|told| told.subject).collect();
    let stands = |told: &&Told| {
        let reply = told.subject.filter(|_| told.kind == EventKind::Replied);
        !taken_back.contains(&told.id) && reply.is_none_or(|message| !withdrawn.contains(&message))
    };
    let reopened = history.iter().filter(|told| told.reopens());
    reopened.filter(stands).map(|told| day_of(told.at, zone)).collect()
}

impl Told {
    fn reopens(&self) -> bool {
        match self.kind {
            EventKind::Reopened => true,
            EventKind::Undone | EventKind::ReplyWithdrawn => false,
            _ => self.takes_out_of_done(),
        }
    }

    /// Words with a status: "send, then wait" on what was solved.
    fn takes_out_of_done(&self) -> bool {
        let changes = self
            .data
            .as_ref()
            .and_then(|data| serde_json::from_str::<Value>(&data.0).ok());
        let done = |status: &Value| {
            status
                .as_str()
                .and_then(Status::parse)
                .map(|s| s.stage() == Stage::Done)
        };
        changes.is_some_and(|c| done(&c["status"][0]) == Some(true) && done(&c["status"][1]) == Some(false))
    }
}

impl Facts {
    /// Every cell it counts in, by day and by month.
    fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(12);
        let mut put = |measure: Measure, day: i64, bucket: i64| {
            for (grain, start) in [(Grain::Day, day), (Grain::Month, month_of(day))] {
                cells.push(Cell {
                    grain,
                    measure,
                    start,
                    team: self.team,
                    topic: self.topic,
                    channel: self.channel,
                    bucket,
                });
            }
        };
        put(Measure::Opened, self.opened, 0);
        if let Some((day, minutes)) = self.replied {
            put(Measure::Reply, day, bucket_of(minutes));
        }
        if let Some((day, minutes)) = self.solved {
            put(Measure::Solved, day, 0);
            put(Measure::Solve, day, bucket_of(minutes));
            if self.at_once {
                put(Measure::FirstContact, day, 0);
            }
        }
        for day in &self.reopened {
            put(Measure::Reopened, *day, 0);
        }
        for (day, answer) in &self.rated {
            let measure = match answer {
                RatingAnswer::Good => Measure::Good,
                RatingAnswer::Bad => Measure::Bad,
            };
            put(measure, *day, 0);
        }
        cells
    }
}

/// What the sums must change by when a ticket counted as `before` now counts as `after`.
pub(super) fn difference(before: Option<&Facts>, after: Option<&Facts>) -> BTreeMap<Cell, i64> {
    let mut by: BTreeMap<Cell, i64> = BTreeMap::new();
    for (facts, n) in [(before, -1), (after, 1)] {
        for cell in facts.map(Facts::cells).unwrap_or_default() {
            *by.entry(cell).or_default() += n;
        }
    }
    by.retain(|_, n| *n != 0);
    by
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};

    /// 2026-11-16T14:00:00Z: Monday, 9:00 in Toronto.
    const MONDAY: Time = Time(1_794_837_600_000_000);

    fn row() -> Row {
        Row {
            team: Some(3),
            topic: None,
            channel: Channel::Mail,
            stage: 0,
            merged_into: None,
            created_at: MONDAY,
            replied_at: None,
            solved_at: None,
            paused_at: None,
            paused_work: 0,
        }
    }

    fn facts(row: &Row, history: &[Told], contacts: i64) -> Option<Facts> {
        let calendar = Calendar::standard("America/Toronto").unwrap();
        facts_of(&calendar, calendar.zone(), &counted(row, history, contacts, &[]))
    }

    fn counted(row: &Row, history: &[Told], contacts: i64, said: &[Said]) -> Counted {
        Counted {
            row: row.clone(),
            history: history.to_vec(),
            contacts,
            said: said.to_vec(),
        }
    }

    fn told(id: i64, kind: EventKind, subject: Option<i64>) -> Told {
        Told {
            id,
            at: MONDAY.plus(DAY),
            kind,
            subject,
            data: None,
        }
    }

    fn said(id: i64, message: i64, changes: &str) -> Told {
        Told {
            data: Some(Packed(changes.to_string())),
            ..told(id, EventKind::Replied, Some(message))
        }
    }

    #[test]
    fn the_night_is_no_working_time_and_waiting_is_not_ours() {
        let solved = Row {
            stage: 2,
            replied_at: Some(MONDAY.plus(20 * MINUTE)),
            solved_at: Some(MONDAY.plus(DAY)),
            paused_at: Some(MONDAY.plus(DAY)),
            paused_work: 2 * HOUR,
            ..row()
        };
        let found = facts(&solved, &[], 1).unwrap();
        assert_eq!(found.replied, Some((found.opened, 20)));
        assert_eq!(
            found.solved,
            Some((found.opened + 1, 9 * 60 - 120)),
            "a working day of nine hours, less two"
        );
        let waited = Row {
            paused_at: Some(MONDAY.plus(HOUR)),
            paused_work: 0,
            ..solved
        };
        assert_eq!(
            facts(&waited, &[], 1).unwrap().solved,
            Some((found.opened + 1, 60)),
            "solved while it waited"
        );
    }

    #[test]
    fn first_contact_is_one_contact_at_most_and_never_reopened() {
        let solved = Row {
            stage: 2,
            solved_at: Some(MONDAY.plus(HOUR)),
            ..row()
        };
        let reopened = [told(7, EventKind::Reopened, None)];
        let taken_back = [told(7, EventKind::Reopened, None), told(8, EventKind::Undone, Some(7))];
        for (history, contacts, at_once) in [
            (&[][..], 0, true),
            (&[][..], 1, true),
            (&[][..], 2, false),
            (&reopened[..], 1, false),
            (&taken_back[..], 1, true),
        ] {
            assert_eq!(
                facts(&solved, history, contacts).unwrap().at_once,
                at_once,
                "{history:?} {contacts}"
            );
        }
        assert!(!facts(&row(), &[], 0).unwrap().at_once, "an open ticket is not solved");
    }

    #[test]
    fn words_that_take_a_solved_ticket_out_of_what_is_done_reopen_it() {
        let out = r#"{"status":["solved","pending"],"solved_at":[1,null]}"#;
        let solve = r#"{"status":["open","solved"]}"#;
        let close = r#"{"status":["solved","closed"]}"#;
        let counted = |history: &[Told]| facts(&row(), history, 1).unwrap().reopened.len();
        assert_eq!(counted(&[said(7, 70, out)]), 1);
        assert_eq!(counted(&[said(7, 70, solve), said(8, 80, close), said(9, 90, "{}")]), 0);
        let withdrawn = [said(7, 70, out), told(8, EventKind::ReplyWithdrawn, Some(70))];
        assert_eq!(counted(&withdrawn), 0);
        let another = [said(7, 70, out), told(8, EventKind::ReplyWithdrawn, Some(71))];
        assert_eq!(counted(&another), 1, "control: another reply was withdrawn");
    }

    #[test]
    fn what_was_said_is_counted_on_its_day() {
        let calendar = Calendar::standard("America/Toronto").unwrap();
        let said = [(RatingAnswer::Good, 0), (RatingAnswer::Bad, DAY)].map(|(answer, after)| Said {
            answer,
            at: MONDAY.plus(after),
        });
        let found = facts_of(&calendar, calendar.zone(), &counted(&row(), &[], 0, &said)).unwrap();
        let day = found.opened;
        assert_eq!(found.rated, [(day, RatingAnswer::Good), (day + 1, RatingAnswer::Bad)]);
        let cells = found.cells();
        let days = |measure| {
            let of = cells.iter().filter(|c| c.measure == measure && c.grain == Grain::Day);
            of.map(|c| c.start).collect::<Vec<_>>()
        };
        assert_eq!((days(Measure::Good), days(Measure::Bad)), (vec![day], vec![day + 1]));
    }

    #[test]
    fn a_merged_ticket_counts_for_nothing() {
        let merged = Row {
            merged_into: Some(TicketNumber(1002)),
            ..row()
        };
        assert_eq!(facts(&merged, &[], 0), None);
    }

    #[test]
    fn the_same_facts_change_nothing_and_another_team_moves_them() {
        let here = facts(&row(), &[], 0).unwrap();
        let there = Facts {
            team: 4,
            ..here.clone()
        };
        assert!(difference(Some(&here), Some(&here)).is_empty());
        let moved = difference(Some(&here), Some(&there));
        assert_eq!(
            moved.values().copied().collect::<Vec<_>>(),
            [-1, 1, -1, 1],
            "a day and a month"
        );
        assert_eq!(difference(Some(&here), None).len(), 2);
    }
}
