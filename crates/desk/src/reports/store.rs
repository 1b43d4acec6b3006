//! SQL of the roll-ups. Private to this room.

use db::{Read, Write, args};

use super::facts::{Cell, Facts, Reached, Row, Said, Told};
use crate::error::Result;
use crate::ids::TicketNumber;
use crate::ratings::RatingAnswer;
use crate::tickets::Channel;

db::table! {
    struct Kept {
        team: i64,
        topic: i64,
        channel: Channel,
        opened: i64,
        replied: Option<i64>,
        reply_minutes: Option<i64>,
        solved: Option<i64>,
        solve_minutes: Option<i64>,
        at_once: bool,
        reopened: String,
        rated: String,
    }
}

/// What the ticket counted for when it was last looked at.
pub(super) fn kept(r: &mut Read, ticket: TicketNumber) -> Result<Option<Facts>> {
    let row: Option<Kept> = r.maybe(
        "SELECT team, topic, channel, opened, replied, reply_minutes, solved, solve_minutes, at_once, reopened, rated
         FROM report_ticket WHERE ticket = $1",
        &args![ticket],
    )?;
    Ok(row.map(|k| Facts {
        team: k.team,
        topic: k.topic,
        channel: k.channel,
        opened: k.opened,
        replied: k.replied.zip(k.reply_minutes),
        solved: k.solved.zip(k.solve_minutes),
        at_once: k.at_once,
        reopened: k.reopened.split(',').filter_map(|day| day.parse().ok()).collect(),
        rated: k.rated.split(',').filter_map(answer).collect(),
    }))
}

fn mark(answer: RatingAnswer) -> char {
    match answer {
        RatingAnswer::Good => '+',
        RatingAnswer::Bad => '-',
    }
}

/// `20774+`: the day, and what was said.
fn answer(kept: &str) -> Option<(i64, RatingAnswer)> {
    let found = RatingAnswer::ALL.iter().find(|answer| kept.ends_with(mark(**answer)))?;
    let day = kept.strip_suffix(mark(*found))?.parse().ok()?;
    Some((day, *found))
}

pub(super) fn keep(tx: &mut Write, ticket: TicketNumber, facts: Option<&Facts>) -> Result<()> {
    let Some(f) = facts else {
        tx.exec("DELETE FROM report_ticket WHERE ticket = $1", &args![ticket])?;
        return Ok(());
    };
    let parted = |reached: Option<Reached>| (reached.map(|r| r.0), reached.map(|r| r.1));
    let ((replied, reply), (solved, solve)) = (parted(f.replied), parted(f.solved));
    let days: Vec<String> = f.reopened.iter().map(ToString::to_string).collect();
    let rated: Vec<String> = f
        .rated
        .iter()
        .map(|(day, answer)| format!("{day}{}", mark(*answer)))
        .collect();
    tx.exec(
        "INSERT INTO report_ticket (ticket, team, topic, channel, opened, replied, reply_minutes, solved, solve_minutes,
           at_once, reopened, rated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (ticket) DO UPDATE SET team = excluded.team, topic = excluded.topic, channel = excluded.channel,
           opened = excluded.opened, replied = excluded.replied, reply_minutes = excluded.reply_minutes,
           solved = excluded.solved, solve_minutes = excluded.solve_minutes, at_once = excluded.at_once,
           reopened = excluded.reopened, rated = excluded.rated",
        &args![
            ticket,
            f.team,
            f.topic,
            f.channel,
            f.opened,
            replied,
            reply,
            solved,
            solve,
            f.at_once,
            days.join(","),
            rated.join(",")
        ],
    )?;
    Ok(())
}

/// Adds to a sum, or takes from it; a sum of nothing has no row.
pub(super) fn add(tx: &mut Write, cell: Cell, n: i64) -> Result<()> {
    let key = args![
        cell.grain,
        cell.measure,
        cell.start,
        cell.team,
        cell.topic,
        cell.channel,
        cell.bucket
    ];
    let mut with_n = key.to_vec();
    with_n.push(n.into());
    tx.exec(
        "INSERT INTO report_sum (grain, measure, start, team, topic, channel, bucket, n)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (grain, measure, start, team, topic, channel, bucket) DO UPDATE SET n = report_sum.n + excluded.n",
        &with_n,
    )?;
    if n < 0 {
        tx.exec(
            "DELETE FROM report_sum WHERE grain = $1 AND measure = $2 AND start = $3 AND team = $4 AND topic = $5
               AND channel = $6 AND bucket = $7 AND n = 0",
            &key,
        )?;
    }
    Ok(())
}

pub(super) fn ticket(r: &mut Read, number: TicketNumber) -> Result<Option<Row>> {
    Ok(r.maybe(
        "SELECT team, topic, channel, stage, merged_into, created_at, replied_at, solved_at, paused_at, paused_work
         FROM ticket WHERE number = $1",
        &args![number],
    )?)
}

pub(super) fn history(r: &mut Read, number: TicketNumber) -> Result<Vec<Told>> {
    Ok(r.query(
        "SELECT id, at, kind, subject, data FROM event WHERE ticket = $1
           AND kind IN ('reopened', 'undone', 'reply_withdrawn', 'replied', 'noted', 'called', 'visited') ORDER BY id",
        &args![number],
    )?)
}

/// What was said of it and of what was merged into it, in the order of the answers.
pub(super) fn said(r: &mut Read, number: TicketNumber) -> Result<Vec<Said>> {
    Ok(r.query(
        "SELECT answer, at FROM rating
         WHERE ticket = $1 OR ticket IN (SELECT number FROM ticket WHERE merged_into = $1) ORDER BY at, id",
        &args![number],
    )?)
}

/// Replies, calls and visits that stand; what was said in a chat is one, however many lines it has.
pub(super) fn contacts(r: &mut Read, number: TicketNumber) -> Result<i64> {
    Ok(r.one(
        "SELECT count(CASE WHEN channel <> 'chat' THEN 1 END) + COALESCE(max(CASE WHEN channel = 'chat' THEN 1 END), 0)
         FROM message WHERE ticket = $1 AND kind IN ('reply', 'call', 'visit') AND state <> 'withdrawn'",
        &args![number],
    )?)
}

pub(super) fn clear(tx: &mut Write) -> Result<()> {
    tx.exec("DELETE FROM report_sum", &[])?;
    tx.exec("DELETE FROM report_ticket", &[])?;
    Ok(())
}
