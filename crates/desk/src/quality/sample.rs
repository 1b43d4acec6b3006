//! Drawing: as the log is followed, each ticket that was solved is held against the rules of its team. What was drawn once
//! is not drawn again, so a line that is seen twice changes nothing.

use std::collections::BTreeSet;

use db::{Write, args};
use jiff::tz::TimeZone;

use super::store;
use crate::clock::Time;
use crate::error::Result;
use crate::events::Event;
use crate::house::House;
use crate::ids::{PersonId, TeamId, TicketNumber, TopicId};
use crate::reports::{date_of, day_of};
use crate::tickets::Channel;

db::table! {
    /// A solved ticket of somebody who works here.
    struct Solved { assignee: PersonId, team: TeamId, topic: Option<TopicId>, channel: Channel, solved_at: Time }
}

/// The Monday of the week.
pub(super) fn week_of(at: Time, zone: &TimeZone) -> i64 {
    let day = day_of(at, zone);
    day - i64::from(date_of(day).weekday().to_monday_zero_offset())
}

/// No event: nobody's news until it is filled.
pub(crate) fn sample(tx: &mut Write, house: &House, lines: &[Event]) -> Result<()> {
    let rules: i64 = tx.one("SELECT count(*) FROM quality_rule WHERE ended_at IS NULL", &args![])?;
    if rules == 0 {
        return Ok(());
    }
    let touched: BTreeSet<TicketNumber> = lines.iter().filter_map(|event| event.ticket).collect();
    let now = lines.iter().map(|event| event.at).max().unwrap_or(Time(0));
    touched.into_iter().try_for_each(|ticket| draw(tx, house, ticket, now))
}

fn draw(tx: &mut Write, house: &House, ticket: TicketNumber, now: Time) -> Result<()> {
    // Of who was suspended, or left the team, nothing is drawn.
    let solved: Option<Solved> = tx.maybe(
        "SELECT t.assignee, t.team, t.topic, t.channel, t.solved_at FROM ticket t
         JOIN person p ON p.id = t.assignee AND NOT p.suspended
         JOIN membership m ON m.person = t.assignee AND m.team = t.team
         WHERE t.number = $1 AND t.stage = 2 AND t.merged_into IS NULL AND t.solved_at IS NOT NULL",
        &args![ticket],
    )?;
    let Some(solved) = solved else { return Ok(()) };
    let week = week_of(solved.solved_at, &house.zone);
    for rule in store::rules(tx, &[solved.team])? {
        let meant = rule.topic.is_none_or(|topic| Some(topic) == solved.topic)
            && rule.channel.is_none_or(|channel| channel == solved.channel)
            // What was solved before the rule was said is none of its business.
            && solved.solved_at >= rule.created_at;
        let drawn: i64 = tx.one(
            "SELECT count(*) FROM quality_review WHERE rule = $1 AND person = $2 AND week = $3",
            &args![rule.id, solved.assignee, week],
        )?;
        if meant && rule.draws(ticket, drawn) {
            store::insert(
                tx,
                (ticket, solved.assignee, solved.team),
                (Some(rule.id), None),
                (week, now),
            )?;
            return Ok(());
        }
    }
    Ok(())
}
