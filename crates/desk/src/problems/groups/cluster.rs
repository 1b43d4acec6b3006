//! Which tickets belong together, and whether they came suddenly. Pure.
//!
//! Single linkage (Florek et al. 1951): the likest pairs first, each pair brings two groups together. A chain of pairs would
//! tie everything to everything in the end, so a group that is full takes in no more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::clock::{HOUR, Time};
use crate::ids::{PersonId, TicketNumber};

/// A recent ticket that may belong to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Recent {
    pub ticket: TicketNumber,
    pub requester: PersonId,
    pub at: Time,
}

/// How much of what the one says stands in the other, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub ticket: TicketNumber,
    pub other: TicketNumber,
    pub share: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The earliest first.
    pub members: Vec<Recent>,
    /// The one that is most like the others.
    pub middle: TicketNumber,
    /// When an hour began in which suddenly many came.
    pub burst_at: Option<Time>,
}

/// A group takes in no more.
const MOST_MEMBERS: usize = 60;
/// Fewer are chance.
const LEAST_MEMBERS: usize = 3;
/// One person with the same trouble three times is no problem of others.
const LEAST_REQUESTERS: usize = 2;
/// So many different people in one hour may be an outage,
const LEAST_IN_BURST: usize = 4;
/// where they are at least one in so many of a whole fortnight: over a hundred times what is usual.
const PART_IN_BURST: usize = 3;

/// The groups, the largest first.
pub(super) fn clusters(recent: &[Recent], pairs: &[Pair]) -> Vec<Cluster> {
    let known: HashMap<TicketNumber, usize> = recent.iter().enumerate().map(|(at, one)| (one.ticket, at)).collect();
    let mut ends: Vec<(i64, usize, usize)> = pairs
        .iter()
        .filter_map(|pair| Some((pair.share, *known.get(&pair.ticket)?, *known.get(&pair.other)?)))
        .filter(|(_, one, other)| one != other)
        .collect();
    // By the tickets as well, so that the same pairs always make the same groups.
    ends.sort_unstable_by_key(|(share, one, other)| (-share, *one.min(other), *one.max(other)));
    let mut groups = Groups::of(recent.len());
    for (_, one, other) in &ends {
        groups.join(*one, *other);
    }
    let mut clusters: Vec<Cluster> = groups
        .all()
        .into_iter()
        .filter_map(|members| cluster(recent, &ends, members))
        .collect();
    clusters.sort_by_key(|cluster| (std::cmp::Reverse(cluster.members.len()), cluster.middle));
    clusters
}

fn cluster(recent: &[Recent], ends: &[(i64, usize, usize)], members: Vec<usize>) -> Option<Cluster> {
    let middle = middle(ends, &members)?;
    let mut members: Vec<Recent> = members.into_iter().map(|at| recent[at]).collect();
    members.sort_unstable_by_key(|one| (one.at, one.ticket));
    is_group(&members).then(|| Cluster {
        burst_at: burst(&members),
        members,
        middle: recent[middle].ticket,
    })
}

/// Enough tickets, of enough people.
pub(super) fn is_group(members: &[Recent]) -> bool {
    members.len() >= LEAST_MEMBERS && people(members) >= LEAST_REQUESTERS
}

fn people(members: &[Recent]) -> usize {
    members.iter().map(|one| one.requester).collect::<BTreeSet<_>>().len()
}

/// The member whose likeness to the others adds up to most.
fn middle(ends: &[(i64, usize, usize)], members: &[usize]) -> Option<usize> {
    let inside: BTreeSet<usize> = members.iter().copied().collect();
    let mut sums: BTreeMap<usize, i64> = members.iter().map(|at| (*at, 0)).collect();
    for (share, one, other) in ends
        .iter()
        .filter(|(_, one, other)| inside.contains(one) && inside.contains(other))
    {
        for end in [one, other] {
            *sums.entry(*end).or_default() += share;
        }
    }
    sums.into_iter()
        .max_by_key(|(at, sum)| (*sum, std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

/// The fullest hour, if it is full of different people and holds much of the whole group.
pub(super) fn burst(members: &[Recent]) -> Option<Time> {
    let mut fullest: Option<(usize, usize, Time)> = None;
    for (first, one) in members.iter().enumerate() {
        let within = members[first..]
            .iter()
            .take_while(|other| other.at.since(one.at) <= HOUR)
            .count();
        let hour = &members[first..first + within];
        let found = (people(hour), within, one.at);
        if fullest.is_none_or(|(most, _, _)| found.0 > most) {
            fullest = Some(found);
        }
    }
    let (people, within, at) = fullest?;
    (people >= LEAST_IN_BURST && within * PART_IN_BURST >= members.len()).then_some(at)
}

/// Which belong to which: each points to another of its group, the last one to itself.
struct Groups {
    next: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    fn of(count: usize) -> Groups {
        Groups {
            next: (0..count).collect(),
            size: vec![1; count],
        }
    }

    fn head(&mut self, mut at: usize) -> usize {
        while self.next[at] != at {
            self.next[at] = self.next[self.next[at]];
            at = self.next[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.head(one), self.head(other));
        let size = self.size[one] + self.size[other];
        if one != other && size <= MOST_MEMBERS {
            self.next[other] = one;
            self.size[one] = size;
        }
    }

    fn all(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.next.len() {
            let head = self.head(at);
            groups.entry(head).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, MINUTE};

    fn recent(ticket: i64, requester: i64, minutes: i64) -> Recent {
        Recent {
            ticket: TicketNumber(ticket),
            requester: PersonId(requester),
            at: Time(100 * DAY + minutes * MINUTE),
        }
    }

    fn pair(ticket: i64, other: i64, share: i64) -> Pair {
        Pair {
            ticket: TicketNumber(ticket),
            other: TicketNumber(other),
            share,
        }
    }

    fn numbers(cluster: &Cluster) -> Vec<i64> {
        cluster.members.iter().map(|one| one.ticket.0).collect()
    }

    #[test]
    fn a_chain_of_pairs_is_one_group_and_its_middle_has_the_most() {
        let all = [recent(1, 1, 0), recent(2, 2, 1), recent(3, 3, 2), recent(4, 4, 3)];
        let found = clusters(&all, &[pair(2, 1, 500), pair(3, 2, 600)]);
        assert_eq!(found.len(), 1);
        assert_eq!((numbers(&found[0]), found[0].middle), (vec![1, 2, 3], TicketNumber(2)));
    }

    #[test]
    fn two_are_chance_and_one_person_is_no_group() {
        let two = [recent(1, 1, 0), recent(2, 2, 1)];
        assert!(clusters(&two, &[pair(1, 2, 900)]).is_empty());
        let of = |people: [i64; 3]| {
            let all = [
                recent(1, people[0], 0),
                recent(2, people[1], 1),
                recent(3, people[2], 2),
            ];
            clusters(&all, &[pair(1, 2, 900), pair(2, 3, 900)]).len()
        };
        assert_eq!((of([7, 7, 7]), of([7, 7, 8])), (0, 1));
    }

    #[test]
    fn a_full_group_takes_in_no_more_and_the_likest_are_in_it() {
        let all: Vec<Recent> = (0..100).map(|n| recent(n, n, n)).collect();
        let pairs: Vec<Pair> = (1..100).map(|n| pair(n, n - 1, 1000 - n)).collect();
        let found = clusters(&all, &pairs);
        assert_eq!(found.iter().map(|c| c.members.len()).collect::<Vec<_>>(), [60, 40]);
        assert_eq!(numbers(&found[0]), (0..60).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_not_recent_any_more_ties_nothing() {
        let all = [recent(1, 1, 0), recent(3, 3, 2)];
        assert!(clusters(&all, &[pair(1, 2, 900), pair(2, 3, 900)]).is_empty());
    }

    #[test]
    fn four_people_in_an_hour_who_are_a_third_of_all_are_sudden() {
        let spread = |n: i64| (0..n).map(|i| recent(100 + i, 100 + i, -(i + 1) * 1000));
        let hour = |n: i64| (0..n).map(|i| recent(i, i, i * 10));
        let sudden = |before: i64, now: i64| {
            let mut all: Vec<Recent> = spread(before).chain(hour(now)).collect();
            all.sort_by_key(|one| one.at);
            burst(&all)
        };
        let began = Some(recent(0, 0, 0).at);
        assert_eq!(sudden(0, 4), began);
        assert_eq!(sudden(8, 4), began);
        assert_eq!(sudden(9, 4), None, "they come all the time");
        assert_eq!(sudden(0, 3), None, "three may be chance");
        let one_person: Vec<Recent> = (0..6).map(|i| recent(i, 1, i)).collect();
        assert_eq!(burst(&one_person), None);
        let slow: Vec<Recent> = (0..6).map(|i| recent(i, i, i * 25)).collect();
        assert_eq!(burst(&slow), None, "three in any hour");
    }
}
