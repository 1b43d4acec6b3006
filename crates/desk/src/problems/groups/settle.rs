//! Bringing the groups up to date with what a look found: each cluster is a group that stands already, a new one, or part
//! of one that was dismissed.

use std::collections::{BTreeMap, BTreeSet};

use db::Write;

use super::cluster::{Cluster, burst, is_group};
use super::look::LOOKED;
use super::store::{self, GroupState, Kept};
use super::words::common;
use crate::access::Viewer;
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{GroupId, PersonId, TicketNumber};

/// What becomes of a cluster.
enum Move {
    Add,
    Change(GroupId),
    /// It was dismissed, and stays so.
    TakeIn(GroupId),
}

pub(super) async fn settle(desk: &Desk, clusters: Vec<Cluster>) -> Result<()> {
    let kept = desk.read(store::kept).await?;
    let (moves, gone) = moves(clusters, kept);
    if moves.is_empty() && gone.is_empty() {
        return Ok(());
    }
    let mut worded = Vec::new();
    for (cluster, to) in moves {
        let words = words_of(desk, &cluster).await?;
        worded.push((cluster, to, words));
    }
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    desk.write(move |tx| put(tx, &cx, &worded, &gone)).await
}

async fn words_of(desk: &Desk, cluster: &Cluster) -> Result<Vec<String>> {
    let (middle, numbers) = (
        cluster.middle,
        cluster.members.iter().map(|one| one.ticket).collect::<Vec<_>>(),
    );
    let said = desk.read(move |r| store::said(r, &numbers)).await?;
    let asking = desk.clone();
    let words = tokio::task::spawn_blocking(move || {
        let of = said.iter().find(|one| one.ticket == middle);
        of.map_or_else(Vec::new, |of| common(asking.index(), of, &said))
    });
    words.await.map_err(Error::fault)
}

/// Which clusters are groups that stand already, which are new, and which groups are gone. What has not changed is left.
fn moves(clusters: Vec<Cluster>, kept: BTreeMap<GroupId, Kept>) -> (Vec<(Cluster, Move)>, Vec<GroupId>) {
    let mut free = kept;
    let mut moves = Vec::new();
    for mut cluster in clusters {
        let members: BTreeSet<TicketNumber> = cluster.members.iter().map(|one| one.ticket).collect();
        match same_as(&members, &free) {
            Some((id, GroupState::Dismissed)) => {
                if !members.is_subset(&free[&id].members) {
                    moves.push((cluster, Move::TakeIn(id)));
                }
            }
            Some((id, GroupState::Offered)) => {
                let was = free.remove(&id);
                let same = was.is_some_and(|was| was.members == members && was.burst_at == cluster.burst_at);
                if !same {
                    moves.push((cluster, Move::Change(id)));
                }
            }
            None => {
                let dismissed = |ticket: &TicketNumber| {
                    let mut groups = free.values().filter(|group| group.state == GroupState::Dismissed);
                    groups.any(|group| group.members.contains(ticket))
                };
                cluster.members.retain(|one| !dismissed(&one.ticket));
                if is_group(&cluster.members) {
                    moves.push((of_the_rest(cluster), Move::Add));
                }
            }
        }
    }
    let gone = free
        .into_iter()
        .filter(|(_, group)| group.state == GroupState::Offered)
        .map(|(id, _)| id);
    (moves, gone.collect())
}

/// Some of its tickets are of a group that was dismissed: it is what the others make.
fn of_the_rest(mut cluster: Cluster) -> Cluster {
    cluster.burst_at = burst(&cluster.members);
    if !cluster.members.iter().any(|one| one.ticket == cluster.middle)
        && let Some(first) = cluster.members.first()
    {
        cluster.middle = first.ticket;
    }
    cluster
}

/// The group it shares most with, if that is at least half of the smaller of the two.
fn same_as(members: &BTreeSet<TicketNumber>, groups: &BTreeMap<GroupId, Kept>) -> Option<(GroupId, GroupState)> {
    let shared = |group: &Kept| group.members.intersection(members).count();
    let (id, group) = groups
        .iter()
        .max_by_key(|(id, group)| (shared(group), std::cmp::Reverse(**id)))?;
    let smaller = members.len().min(group.members.len());
    (shared(group) > 0 && shared(group) * 2 >= smaller).then_some((*id, group.state))
}

/// One that is new, or in which suddenly many came, is told.
fn put(tx: &mut Write, cx: &Context, moves: &[(Cluster, Move, Vec<String>)], gone: &[GroupId]) -> Result<()> {
    tx.hold_name(LOOKED)?;
    for id in gone {
        store::remove(tx, *id)?;
    }
    for (cluster, to, words) in moves {
        match to {
            Move::Add => {
                let id = store::add(tx, cluster, words)?;
                events::record(tx, cx, Fact::new(EventKind::GroupsFound).about(id.0))?;
            }
            Move::Change(id) => {
                store::change(tx, *id, cluster, words)?;
                events::record(tx, cx, Fact::new(EventKind::GroupsFound).about(id.0))?;
            }
            Move::TakeIn(id) => store::take_in(tx, *id, cluster)?,
        }
    }
    Ok(())
}
