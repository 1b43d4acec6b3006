//! The board of one moment, from the sums and a few short lists: the same work at a thousand tickets and at a million.

use std::collections::BTreeMap;

use db::Read;

use super::cover::{self, CoverLine};
use super::day::{Day, Usual, WEEKS, usual};
use super::needs::{self, Need};
use super::people::{self, Load};
use super::scope::Scope;
use super::standing::{Measure, hour_of};
use super::sums::{self, Sum};
use super::trend::{self, Part, Trend};
use crate::context::Context;
use crate::error::Result;
use crate::events::Cursor;
use crate::ids::TeamId;
use crate::reports;
use crate::tickets;
use crate::topics;
use crate::views::{Condition, Who};

/// Lines of what is asked most.
const ASKED: usize = 6;
/// Days of what is asked most, and as many before them.
const WEEK: i64 = 7;

#[derive(Clone, Debug)]
pub struct Figures {
    pub open: Trend<i64>,
    /// The middle length in working minutes, and of how many.
    pub first_reply: Trend<(Option<i64>, i64)>,
    pub at_once: Trend<Part>,
    pub kept: Trend<Part>,
    pub satisfaction: Trend<Part>,
}

/// Open for so many days, from and to if there is an end; and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged {
    pub from: i64,
    pub to: Option<i64>,
    pub n: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub topic: String,
    pub n: i64,
    /// In the week before.
    pub before: i64,
}

#[derive(Clone, Debug)]
pub struct Board {
    pub day: Day,
    /// All tickets have been counted once.
    pub ready: bool,
    /// How far the log was counted when this was read.
    pub counted: Cursor,
    /// Late, due within the hour, and without anybody; counted no further than a list counts.
    pub late: i64,
    pub soon: i64,
    pub nobody: i64,
    pub figures: Figures,
    /// By hour of the day, 0 to 23; of what is still to come nothing.
    pub opened: Vec<i64>,
    pub solved: Vec<i64>,
    /// What usually comes in, by hour; empty when too little is known.
    pub usual: Vec<Usual>,
    /// Days of that name that had anything.
    pub weeks: usize,
    pub needs: Vec<Need>,
    pub loads: Vec<Load>,
    pub ages: Vec<Aged>,
    pub cover: Vec<CoverLine>,
    pub asked: Vec<Asked>,
}

/// Of one team, or of all the viewer may see. Not found for whoever has no such board.
pub fn board(r: &mut Read, cx: &Context, team: Option<TeamId>) -> Result<Board> {
    let scope = Scope::of(r, cx, team)?;
    let house = &cx.house;
    let day = Day::at(cx.now, &house.zone, &house.calendar);
    let now = hour_of(cx.now, &house.zone);
    let recent = |r: &mut Read, measure| sums::of(r, &scope, measure, (day.day - 8) * 24, now);
    let (opened, solved) = (recent(r, Measure::Opened)?, recent(r, Measure::Solved)?);
    let ages = sums::all(r, &scope, Measure::Age)?;
    let open = ages.iter().map(|sum| sum.n).sum();
    let figures = Figures {
        open: trend::open(day, open, &opened, &solved),
        first_reply: trend::first_reply(r, &scope, day.day)?,
        at_once: trend::at_once(r, &scope, day.day, &solved)?,
        kept: trend::kept(r, &scope, day.day)?,
        satisfaction: trend::satisfaction(r, &scope, day.day)?,
    };
    let (held, waiting) = (
        sums::all(r, &scope, Measure::Held)?,
        sums::all(r, &scope, Measure::Waiting)?,
    );
    let loads = people::loads(r, cx, &scope, &held, &waiting)?;
    let (usual, weeks) = usual_day(r, &scope, day)?;
    let by_topic = topics_of_weeks(r, &scope, day.day)?;
    let order: Vec<(i64, i64)> = by_topic.iter().map(|(topic, n, _)| (*topic, *n)).collect();
    let late = count(r, cx, &scope, needs::late())?;
    let within = Condition::All(vec![Condition::Active, Condition::DueWithin { hours: 1 }]);
    let within = count(r, cx, &scope, within)?;
    let nobody = Condition::All(vec![Condition::Assignee(vec![Who::Nobody]), Condition::Active]);
    Ok(Board {
        day,
        ready: reports::ready(r)?,
        counted: reports::counted_to(r)?,
        late,
        soon: (within - late).max(0),
        nobody: count(r, cx, &scope, nobody)?,
        figures,
        opened: by_hour(&opened, day),
        solved: by_hour(&solved, day),
        usual,
        weeks,
        needs: needs::needs(r, cx, &scope)?,
        ages: aged(&ages, day.day),
        cover: cover::cover(r, cx, &scope, &loads, (&held, &order))?,
        asked: named(r, cx, by_topic)?,
        loads,
    })
}

fn count(r: &mut Read, cx: &Context, scope: &Scope, what: Condition) -> Result<i64> {
    tickets::count(r, cx, &scope.condition(what))
}

/// The hours of the day so far.
fn by_hour(sums: &[Sum], day: Day) -> Vec<i64> {
    let hours = (0..=day.hour).map(|hour| day.day * 24 + hour);
    hours.map(|hour| sums::total(sums, hour, hour)).collect()
}

/// Hour by hour over the past days of the same name; of one that had nothing at all nothing is learnt.
fn usual_day(r: &mut Read, scope: &Scope, day: Day) -> Result<(Vec<Usual>, usize)> {
    let mut known: Vec<Vec<i64>> = Vec::new();
    for week in 1..=WEEKS {
        let from = (day.day - week * 7) * 24;
        let sums = sums::of(r, scope, Measure::Opened, from, from + 23)?;
        if !sums.is_empty() {
            known.push((from..from + 24).map(|hour| sums::total(&sums, hour, hour)).collect());
        }
    }
    let hours = (0..24).map(|hour| usual(known.iter().map(|day| day[hour]).collect()));
    Ok((hours.collect::<Option<Vec<_>>>().unwrap_or_default(), known.len()))
}

/// Days of age, from and to.
const AGES: [(i64, Option<i64>); 5] = [(0, Some(0)), (1, Some(2)), (3, Some(7)), (8, Some(30)), (31, None)];

fn aged(sums: &[Sum], day: i64) -> Vec<Aged> {
    let class = |(from, to): (i64, Option<i64>)| {
        let oldest = to.map_or(i64::MIN, |to| day - to);
        // What came in after the day that is shown is of that day too.
        let newest = if from == 0 { i64::MAX } else { day - from };
        let n = sums::total(sums, oldest, newest);
        Aged { from, to, n }
    };
    AGES.into_iter().map(class).collect()
}

/// Topic, tickets of the week up to that day, and of the week before; the most first.
fn topics_of_weeks(r: &mut Read, scope: &Scope, day: i64) -> Result<Vec<(i64, i64, i64)>> {
    let mut by: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for sum in sums::of(r, scope, Measure::Topic, day - 2 * WEEK + 1, day)? {
        let entry = by.entry(sum.part).or_default();
        if sum.start > day - WEEK {
            entry.0 += sum.n;
        } else {
            entry.1 += sum.n;
        }
    }
    let mut found: Vec<(i64, i64, i64)> = by.into_iter().map(|(topic, (n, before))| (topic, n, before)).collect();
    found.sort_by_key(|(topic, n, _)| (std::cmp::Reverse(*n), *topic));
    Ok(found)
}

/// Of no topic nothing can be said.
fn named(r: &mut Read, cx: &Context, by: Vec<(i64, i64, i64)>) -> Result<Vec<Asked>> {
    let lang = cx.viewer.language;
    let known = topics::list(r, lang, true)?;
    let named = by
        .into_iter()
        .filter(|(_, n, _)| *n > 0)
        .filter_map(|(topic, n, before)| {
            let topic = known.iter().find(|one| one.id.0 == topic)?.name(lang).to_string();
            Some(Asked { topic, n, before })
        });
    Ok(named.take(ASKED).collect())
}
