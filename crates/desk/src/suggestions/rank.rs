//! How what is near and what helped before are weighed against each other. Pure.
//!
//! The weights were found on real support questions (`docs/quality.md`), by hill climbing from plain BM25 (Robertson and
//! Zaragoza 2009); what each adds is said there.

use std::collections::HashMap;

use super::learnt::{How, Vote};
use crate::clock::{DAY, Time};

/// What each sign counts, for one kind of target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// Words in common, against the best of all.
    pub text: f64,
    /// What helped on the tickets most like this one; the nearest count most.
    pub votes: f64,
    /// The same, the latest counting most.
    pub fresh: f64,
    /// How near the nearest ticket is that it helped on.
    pub nearest: f64,
    /// How often it has helped in the last weeks.
    pub soon: f64,
    /// How often it has helped in the last months.
    pub long: f64,
}

pub(super) const ARTICLES: Weights = Weights {
    text: 2.0,
    votes: 0.3,
    fresh: 0.21,
    nearest: 0.3,
    soon: 0.14,
    long: 0.2,
};

pub(super) const TICKETS: Weights = Weights {
    text: 1.4,
    votes: 0.15,
    fresh: 0.42,
    nearest: 0.0,
    soon: 0.05,
    long: 0.1,
};

/// A solution is found by its words alone: what was linked to its ticket was linked for the problem.
pub(super) const SOLUTIONS: Weights = Weights {
    text: 1.0,
    votes: 0.0,
    fresh: 0.0,
    nearest: 0.0,
    soon: 0.0,
    long: 0.0,
};

/// So many of the nearest tickets that taught something vote; twice as many count for how lately.
const VOTERS: usize = 20;
/// What a near ticket says of freshness is held against this, so that it is about as large as the other signs.
const SCALE: f64 = 20.0;
/// One that somebody set aside on a ticket like this one loses so much of a vote.
const AGAINST: f64 = -0.5;
const SOON: f64 = 14.0;
const LONG: f64 = 120.0;
const FRESH: f64 = 60.0;

/// The meaning counts so much beside the words, for every kind: measured on both halves of the questions in time, twice
/// as much or half as much is hardly worse (`docs/quality.md`).
const MEANING: f64 = 2.0;

/// Words and meaning together, best first, on the scale of the words. How near a model puts things differs from model to
/// model, so the farthest of those looked at counts nothing and the nearest all; what has no point yet stands in the
/// middle of them and is neither helped nor held back.
pub(super) fn fused(words: &[(i64, f64)], means: &HashMap<i64, f64>) -> Vec<(i64, f64)> {
    if means.is_empty() {
        return words.to_vec();
    }
    let best = words.first().map_or(1.0, |n| n.1);
    let (low, high) = means.values().fold((f64::MAX, f64::MIN), |(low, high), near| {
        (low.min(*near), high.max(*near))
    });
    let range = (high - low).max(f64::MIN_POSITIVE);
    let middle = low + means.values().map(|near| near - low).sum::<f64>() / means.len().max(1) as f64;
    let mut scores: HashMap<i64, f64> = means.keys().map(|id| (*id, 0.0)).collect();
    scores.extend(words.iter().copied());
    let with = |(id, score): (i64, f64)| {
        let near = (means.get(&id).unwrap_or(&middle) - low) / range;
        (id, (score + MEANING * best * near) / (1.0 + MEANING))
    };
    let mut fused: Vec<(i64, f64)> = scores.into_iter().map(with).collect();
    fused.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    fused
}

/// An earlier ticket that taught something, with how near it is.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    pub ticket: i64,
    pub score: f64,
    pub votes: Vec<Vote>,
}

/// What is known of one target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    pub text: f64,
    pub votes: f64,
    pub fresh: f64,
    pub nearest: f64,
    pub soon: f64,
    pub long: f64,
    /// On how many of the voters it helped.
    pub like: usize,
    /// The nearest of them.
    pub voter: Option<i64>,
}

/// What the neighbours say, nearest first, for each target they name.
pub(super) fn voices(neighbours: &[Neighbour], now: Time) -> HashMap<i64, Signs> {
    let mut signs: HashMap<i64, Signs> = HashMap::new();
    let top = neighbours.first().map_or(1.0, |n| n.score.max(f64::MIN_POSITIVE));
    for (place, neighbour) in neighbours.iter().take(2 * VOTERS).enumerate() {
        let near = neighbour.score / top;
        for vote in &neighbour.votes {
            let says = match vote.how {
                How::Dismissed => AGAINST,
                How::Linked | How::Used => 1.0,
            };
            let sign = signs.entry(vote.target).or_default();
            if place < VOTERS {
                sign.votes += says * near * near;
                sign.like += usize::from(says > 0.0);
                sign.voter = sign.voter.or((says > 0.0).then_some(neighbour.ticket));
            }
            sign.fresh += says * neighbour.score * faded(vote.at, now, FRESH) / SCALE;
            if says > 0.0 {
                sign.nearest = sign.nearest.max(neighbour.score / SCALE);
            }
        }
    }
    signs
}

/// How often it has helped, what is long ago counting less.
pub(super) fn often(times: &[Time], now: Time) -> (f64, f64) {
    let sum = |days: f64| times.iter().map(|at| faded(*at, now, days)).sum::<f64>().ln_1p();
    (sum(SOON), sum(LONG))
}

fn faded(at: Time, now: Time, days: f64) -> f64 {
    let age = now.since(at).max(0) as f64 / DAY as f64;
    (-age / days).exp()
}

impl Signs {
    pub(super) fn weighed(&self, by: &Weights) -> f64 {
        by.text * self.text
            + by.votes * self.votes
            + by.fresh * self.fresh
            + by.nearest * self.nearest
            + by.soon * self.soon
            + by.long * self.long
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_000 * DAY);

    fn vote(target: i64, how: How, days_ago: i64) -> Vote {
        Vote {
            target,
            how,
            at: NOW.plus(-days_ago * DAY),
        }
    }

    #[test]
    fn the_nearest_and_the_latest_count_most() {
        let near = Neighbour {
            ticket: 1,
            score: 20.0,
            votes: vec![vote(1, How::Linked, 90)],
        };
        let far = Neighbour {
            ticket: 2,
            score: 5.0,
            votes: vec![vote(2, How::Linked, 90), vote(3, How::Linked, 1)],
        };
        let said = voices(&[near, far], NOW);
        assert!(said[&1].votes > said[&2].votes && said[&1].nearest > said[&2].nearest);
        assert!(said[&3].fresh > said[&2].fresh);
        assert_eq!((said[&1].voter, said[&3].voter), (Some(1), Some(2)));
    }

    #[test]
    fn what_was_set_aside_there_loses() {
        let near = Neighbour {
            ticket: 1,
            score: 20.0,
            votes: vec![vote(1, How::Dismissed, 3)],
        };
        let said = voices(&[near], NOW);
        assert!(said[&1].weighed(&ARTICLES) < 0.0);
    }

    #[test]
    fn words_and_meaning_add_up_and_what_has_no_point_stands_in_the_middle() {
        let words = [(1, 10.0), (2, 9.0), (3, 2.0)];
        let means = HashMap::from([(1, 0.2), (2, 0.8), (4, 0.6)]);
        let ids: Vec<i64> = fused(&words, &means).iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, [2, 4, 3, 1]);
        // Another model may put all of them nearer to each other.
        let close = means.iter().map(|(id, near)| (*id, 0.9 + near / 10.0)).collect();
        assert_eq!(
            ids,
            fused(&words, &close).iter().map(|(id, _)| *id).collect::<Vec<i64>>()
        );
        assert_eq!(fused(&words[..1], &HashMap::from([(1, 0.5)])).len(), 1);
    }

    #[test]
    fn what_stopped_helping_is_forgotten() {
        let (soon, long) = often(&[NOW.plus(-400 * DAY)], NOW);
        let (soon_now, long_now) = often(&[NOW.plus(-DAY)], NOW);
        assert!(soon < 0.001 && long < 0.05, "{soon} {long}");
        assert!(soon_now > 0.6 && long_now > 0.6);
    }
}
