//! What one ticket counts for on the board: pure, from its row and from what it counts for in the reports, so that
//! counting it twice counts it once. Kept as the places themselves, in words, and moved by difference.

use std::collections::BTreeMap;

use db::Write;
use jiff::tz::TimeZone;

use super::sums;
use crate::clock::Time;
use crate::error::Result;
use crate::house::House;
use crate::ids::TicketNumber;
use crate::ratings::RatingAnswer;
use crate::reports::{Counts, bucket_of, day_of};

db::text_enum! {
    /// What is summed, and what its place is: an hour or a day of the house's zone, counted from 1970.
    pub(super) enum Measure {
        /// Came in, by hour.
        Opened => "opened",
        /// Solved, by the hour of the solution that stands.
        Solved => "solved",
        /// First replies by day; the part is the length (see the reports).
        Reply => "reply",
        /// Solved at first contact, by day.
        AtOnce => "at_once",
        /// Promises that were kept and that were not, by the day on which they were answered.
        Kept => "kept",
        Missed => "missed",
        Good => "good",
        Bad => "bad",
        /// Came in, by day; the part is the topic.
        Topic => "topic",
        /// Not solved, by the day it came in.
        Age => "age",
        /// To be worked on now, by topic; the part is who has it.
        Held => "held",
        /// Waiting for somebody else, by topic; the part is who has it.
        Waiting => "waiting",
    }
}

db::table! {
    /// The columns of a ticket that are counted here and not in the reports.
    #[derive(Clone, Debug)]
    pub(super) struct Row {
        stage: i64,
        assignee: Option<i64>,
        merged_into: Option<TicketNumber>,
        created_at: Time,
        replied_at: Option<Time>,
        solved_at: Option<Time>,
        paused_at: Option<Time>,
        reply_due: Time,
        solve_due: Time,
    }
}

/// A place among the sums of one team: `opened:495829:0`.
pub(super) type Place = (Measure, i64, i64);

/// The team it counts for, and the places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub team: i64,
    pub places: Vec<Place>,
}

/// Hours since 1970 on the clock of that zone: an hour that comes twice is one.
pub(super) fn hour_of(at: Time, zone: &TimeZone) -> i64 {
    day_of(at, zone) * 24 + i64::from(at.timestamp().to_zoned(zone.clone()).hour())
}

fn standing_of(row: &Row, counts: &Counts, zone: &TimeZone) -> Standing {
    let mut places = vec![
        (Measure::Opened, hour_of(row.created_at, zone), 0),
        (Measure::Topic, counts.opened, counts.topic),
    ];
    let mut put = |measure, start, part| places.push((measure, start, part));
    if let Some((day, minutes)) = counts.replied {
        put(Measure::Reply, day, bucket_of(minutes));
    }
    if let Some(at) = row.replied_at.filter(|_| row.reply_due != Time::NEVER) {
        put(promise(at <= row.reply_due), day_of(at, zone), 0);
    }
    if let (Some(at), Some((day, _))) = (row.solved_at, counts.solved) {
        put(Measure::Solved, hour_of(at, zone), 0);
        if counts.at_once {
            put(Measure::AtOnce, day, 0);
        }
        // While it waits the promise stands still.
        let until = row.paused_at.map_or(at, |paused| paused.min(at));
        if row.solve_due != Time::NEVER {
            put(promise(until <= row.solve_due), day, 0);
        }
    }
    for (day, answer) in &counts.rated {
        let measure = match answer {
            RatingAnswer::Good => Measure::Good,
            RatingAnswer::Bad => Measure::Bad,
        };
        put(measure, *day, 0);
    }
    if counts.solved.is_none() {
        put(Measure::Age, counts.opened, 0);
    }
    match row.stage {
        0 => put(Measure::Held, counts.topic, row.assignee.unwrap_or(0)),
        1 => put(Measure::Waiting, counts.topic, row.assignee.unwrap_or(0)),
        _ => {}
    }
    Standing {
        team: counts.team,
        places,
    }
}

fn promise(kept: bool) -> Measure {
    if kept { Measure::Kept } else { Measure::Missed }
}

impl Standing {
    pub(super) fn as_text(&self) -> String {
        let words = self
            .places
            .iter()
            .map(|(measure, start, part)| format!("{measure}:{start}:{part}"));
        words.collect::<Vec<_>>().join(",")
    }

    /// A place of a later version of the desk is none.
    pub(super) fn parse(team: i64, text: &str) -> Standing {
        let place = |word: &str| {
            let mut pieces = word.split(':');
            let measure = Measure::parse(pieces.next()?)?;
            Some((measure, pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?))
        };
        Standing {
            team,
            places: text.split(',').filter_map(place).collect(),
        }
    }
}

/// Counts a ticket anew; `counts` is what it counts for in the reports, nothing when it is counted with another.
pub(crate) fn count(tx: &mut Write, house: &House, number: TicketNumber, counts: Option<&Counts>) -> Result<()> {
    let before = sums::kept(tx, number)?;
    let row = sums::ticket(tx, number)?.filter(|row| row.merged_into.is_none());
    let after = row
        .zip(counts)
        .map(|(row, counts)| standing_of(&row, counts, &house.zone));
    if before == after {
        return Ok(());
    }
    let mut moved: BTreeMap<(Measure, i64, i64, i64), i64> = BTreeMap::new();
    for (standing, n) in [(&before, -1), (&after, 1)] {
        for (measure, start, part) in standing.iter().flat_map(|standing| &standing.places) {
            let team = standing.as_ref().map_or(0, |standing| standing.team);
            *moved.entry((*measure, *start, team, *part)).or_default() += n;
        }
    }
    for (place, n) in moved.into_iter().filter(|(_, n)| *n != 0) {
        sums::add(tx, place, n)?;
    }
    sums::keep(tx, number, after.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};
    use crate::tickets::Channel;

    /// 2026-11-16T14:00:00Z: Monday, 9:00 in Toronto.
    const MONDAY: Time = Time(1_794_837_600_000_000);

    fn row() -> Row {
        Row {
            stage: 0,
            assignee: Some(7),
            merged_into: None,
            created_at: MONDAY,
            replied_at: None,
            solved_at: None,
            paused_at: None,
            reply_due: MONDAY.plus(HOUR),
            solve_due: MONDAY.plus(DAY),
        }
    }

    fn counts(solved: Option<(i64, i64)>) -> Counts {
        Counts {
            team: 3,
            topic: 5,
            channel: Channel::Mail,
            opened: 20_773,
            replied: None,
            solved,
            at_once: false,
            reopened: Vec::new(),
            rated: Vec::new(),
        }
    }

    fn measures(row: &Row, counts: &Counts) -> Vec<&'static str> {
        let zone = TimeZone::get("America/Toronto").unwrap();
        let places = standing_of(row, counts, &zone).places;
        places.iter().map(|(measure, _, _)| measure.as_str()).collect()
    }

    #[test]
    fn what_is_open_has_an_age_and_is_in_somebodys_hands() {
        assert_eq!(measures(&row(), &counts(None)), ["opened", "topic", "age", "held"]);
        let waits = Row { stage: 1, ..row() };
        assert_eq!(measures(&waits, &counts(None)), ["opened", "topic", "age", "waiting"]);
    }

    #[test]
    fn a_promise_is_kept_to_the_minute_and_stands_still_while_the_ticket_waits() {
        let solved = Row {
            stage: 2,
            solved_at: Some(MONDAY.plus(DAY)),
            ..row()
        };
        let done = counts(Some((20_774, 60)));
        assert_eq!(measures(&solved, &done), ["opened", "topic", "solved", "kept"]);
        let late = Row {
            solved_at: Some(MONDAY.plus(DAY + 1)),
            ..solved
        };
        assert_eq!(measures(&late, &done)[3], "missed");
        let waited = Row {
            paused_at: Some(MONDAY.plus(HOUR)),
            ..late
        };
        assert_eq!(measures(&waited, &done)[3], "kept");
        let none = Row {
            solve_due: Time::NEVER,
            ..solved
        };
        assert_eq!(measures(&none, &done).len(), 3, "nothing was promised");
    }

    #[test]
    fn what_is_kept_is_read_as_it_was_written() {
        let zone = TimeZone::get("America/Toronto").unwrap();
        let standing = standing_of(&row(), &counts(None), &zone);
        assert_eq!(Standing::parse(3, &standing.as_text()), standing);
        assert_eq!(standing.places[0], (Measure::Opened, 20_773 * 24 + 9, 0));
        assert!(Standing::parse(3, "later:1:2,opened:x:1").places.is_empty());
    }
}
