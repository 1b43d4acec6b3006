//! The rows of what was asked and found, and of the groups.

use std::collections::{BTreeMap, BTreeSet};

use db::{Packed, Read, Sql, Write, args};

use super::cluster::{Cluster, Pair, Recent};
use super::recent_since;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{GroupId, PersonId, TicketNumber};
use crate::words::Lang;

db::text_enum! {
    pub(super) enum GroupState { Offered => "offered", Dismissed => "dismissed" }
}

/// No more tickets are recent, however many came: the newest.
const MOST_RECENT: i64 = 10_000;

db::table! {
    struct RecentRow { number: TicketNumber, requester: PersonId, created_at: Time }
}

// A range of the key, so that the engine opens no more rows than that.
const RECENT: &str = "SELECT t.number, t.requester, t.created_at FROM ticket t LEFT JOIN team p ON p.id = t.team
    WHERE t.number > $1 AND t.created_at >= $2 AND t.merged_into IS NULL AND t.confirmed AND NOT COALESCE(p.private, FALSE)
      AND NOT EXISTS (SELECT 1 FROM problem_ticket l WHERE l.ticket = t.number)
    ORDER BY t.number";

/// The recent tickets that have no problem, in the order of their numbers; not those of private teams.
pub(super) fn recent(r: &mut Read, now: Time) -> Result<Vec<Recent>> {
    let newest: Option<TicketNumber> = r.maybe("SELECT number FROM ticket ORDER BY number DESC LIMIT 1", &[])?;
    let after = newest.map_or(0, |newest| newest.0 - MOST_RECENT);
    let rows: Vec<RecentRow> = r.query(RECENT, &args![after, recent_since(now)])?;
    let recent = rows.into_iter().map(|row| Recent {
        ticket: row.number,
        requester: row.requester,
        at: row.created_at,
    });
    Ok(recent.collect())
}

/// How the database would find them, for the plan tests.
pub fn recent_plan(r: &mut Read) -> Result<String> {
    Ok(r.plan(RECENT, &args![1_i64, 0_i64])?)
}

/// Which tickets were asked already, with how much each says.
pub(super) fn asked(r: &mut Read) -> Result<BTreeMap<TicketNumber, i64>> {
    let asked: Vec<(TicketNumber, i64)> = r.query("SELECT ticket, says FROM asked_alike", &[])?;
    Ok(asked.into_iter().collect())
}

/// What a ticket says of itself: the subject, and the first words.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub ticket: TicketNumber,
    pub language: Lang,
    pub text: String,
}

/// A question is read no further than this.
const MOST_SAID: usize = 2_000;

pub(super) fn said(r: &mut Read, tickets: &[TicketNumber]) -> Result<Vec<Said>> {
    let mut all = Vec::with_capacity(tickets.len());
    for ticket in tickets.iter().copied() {
        let head: Option<(String, Lang)> =
            r.maybe("SELECT subject, language FROM ticket WHERE number = $1", &args![ticket])?;
        let Some((subject, language)) = head else { continue };
        let first: Option<Packed> = r.maybe(
            "SELECT body FROM message WHERE ticket = $1 AND state <> 'withdrawn' AND kind <> 'note' ORDER BY at, id LIMIT 1",
            &args![ticket],
        )?;
        let first: String = first.map_or_else(String::new, |body| body.chars().take(MOST_SAID).collect());
        all.push(Said {
            ticket,
            language,
            text: format!("{subject}\n{first}"),
        });
    }
    Ok(all)
}

/// That these were asked, and what they found; what is recent no longer is swept out.
pub(super) fn keep_asked(tx: &mut Write, asked: &[(TicketNumber, i64)], found: &[Pair], now: Time) -> Result<()> {
    for (ticket, says) in asked.iter().copied() {
        tx.exec(
            "INSERT INTO asked_alike (ticket, says, at) VALUES ($1, $2, $3) ON CONFLICT (ticket) DO NOTHING",
            &args![ticket, says, now],
        )?;
    }
    for pair in found {
        tx.exec(
            "INSERT INTO found_alike (ticket, other, share) VALUES ($1, $2, $3) ON CONFLICT (ticket, other) DO NOTHING",
            &args![pair.ticket, pair.other, pair.share],
        )?;
    }
    let old: Vec<TicketNumber> = tx.query(
        "SELECT ticket FROM asked_alike WHERE at < $1 ORDER BY at LIMIT 500",
        &args![recent_since(now)],
    )?;
    for ticket in old {
        tx.exec(
            "DELETE FROM found_alike WHERE ticket = $1 OR other = $1",
            &args![ticket],
        )?;
        tx.exec("DELETE FROM asked_alike WHERE ticket = $1", &args![ticket])?;
    }
    Ok(())
}

db::table! {
    struct PairRow { ticket: TicketNumber, other: TicketNumber, share: i64 }
}

pub(super) fn pairs(r: &mut Read) -> Result<Vec<Pair>> {
    let rows: Vec<PairRow> = r.query("SELECT ticket, other, share FROM found_alike", &[])?;
    let pairs = rows.into_iter().map(|row| Pair {
        ticket: row.ticket,
        other: row.other,
        share: row.share,
    });
    Ok(pairs.collect())
}

/// A group as it stands.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub state: GroupState,
    pub members: BTreeSet<TicketNumber>,
    pub burst_at: Option<Time>,
}

db::table! {
    struct KeptRow { id: GroupId, state: GroupState, burst_at: Option<Time>, ticket: Option<TicketNumber> }
}

pub(super) fn kept(r: &mut Read) -> Result<BTreeMap<GroupId, Kept>> {
    let rows: Vec<KeptRow> = r.query(
        "SELECT g.id, g.state, g.burst_at, m.ticket FROM ticket_group g
         LEFT JOIN ticket_group_member m ON m.ticket_group = g.id ORDER BY g.id, m.ticket",
        &[],
    )?;
    let mut kept: BTreeMap<GroupId, Kept> = BTreeMap::new();
    for row in rows {
        let group = kept.entry(row.id).or_insert_with(|| Kept {
            state: row.state,
            members: BTreeSet::new(),
            burst_at: row.burst_at,
        });
        group.members.extend(row.ticket);
    }
    Ok(kept)
}

pub(super) fn add(tx: &mut Write, cluster: &Cluster, words: &[String]) -> Result<GroupId> {
    let (first, last) = span(cluster);
    let id = GroupId(tx.insert(
        "INSERT INTO ticket_group (state, words, burst_at, first_at, last_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        &args![GroupState::Offered, words.join("\n"), cluster.burst_at, first, last],
    )?);
    put_members(tx, id, cluster)?;
    Ok(id)
}

pub(super) fn change(tx: &mut Write, id: GroupId, cluster: &Cluster, words: &[String]) -> Result<()> {
    let (first, last) = span(cluster);
    let changed = tx.exec(
        "UPDATE ticket_group SET words = $2, burst_at = $3, first_at = $4, last_at = $5 WHERE id = $1",
        &args![id, words.join("\n"), cluster.burst_at, first, last],
    )?;
    // Somebody has made a problem of it meanwhile.
    if changed == 0 {
        return Ok(());
    }
    tx.exec("DELETE FROM ticket_group_member WHERE ticket_group = $1", &args![id])?;
    put_members(tx, id, cluster)
}

/// What was dismissed grows without being offered again.
pub(super) fn take_in(tx: &mut Write, id: GroupId, cluster: &Cluster) -> Result<()> {
    tx.exec(
        "UPDATE ticket_group SET last_at = $2 WHERE id = $1",
        &args![id, span(cluster).1],
    )?;
    put_members(tx, id, cluster)
}

fn span(cluster: &Cluster) -> (Time, Time) {
    let at = |one: Option<&Recent>| one.map_or(Time(0), |one| one.at);
    (at(cluster.members.first()), at(cluster.members.last()))
}

fn put_members(tx: &mut Write, id: GroupId, cluster: &Cluster) -> Result<()> {
    for member in &cluster.members {
        tx.exec(
            "INSERT INTO ticket_group_member (ticket, ticket_group) VALUES ($1, $2)
             ON CONFLICT (ticket) DO UPDATE SET ticket_group = excluded.ticket_group",
            &args![member.ticket, id],
        )?;
    }
    Ok(())
}

pub(super) fn remove(tx: &mut Write, id: GroupId) -> Result<()> {
    tx.exec("DELETE FROM ticket_group_member WHERE ticket_group = $1", &args![id])?;
    tx.exec("DELETE FROM ticket_group WHERE id = $1", &args![id])?;
    Ok(())
}

/// Its state, if there is such a group.
pub(super) fn state_of(r: &mut Read, id: GroupId) -> Result<GroupState> {
    Ok(r.one("SELECT state FROM ticket_group WHERE id = $1", &args![id])?)
}

/// Turns a group's state, if it is in the other one.
pub(super) fn turn(tx: &mut Write, id: GroupId, from: GroupState, to: GroupState) -> Result<bool> {
    let turned = tx.exec(
        "UPDATE ticket_group SET state = $3 WHERE id = $1 AND state = $2",
        &args![id, from, to],
    )?;
    Ok(turned == 1)
}

db::table! {
    pub(super) struct OfferedRow {
        id: GroupId, words: String, burst_at: Option<Time>, first_at: Time, last_at: Time,
    }
}

pub(super) fn offered(r: &mut Read, only: Option<GroupId>) -> Result<Vec<OfferedRow>> {
    let mut sql = Sql::new("SELECT id, words, burst_at, first_at, last_at FROM ticket_group WHERE state = ");
    sql.bind(GroupState::Offered);
    if let Some(id) = only {
        sql.push(" AND id = ").bind(id);
    }
    sql.push(" ORDER BY last_at DESC, id DESC LIMIT 200");
    Ok(r.query_sql(&sql)?)
}
