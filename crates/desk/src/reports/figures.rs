//! The figures of a report, from the sums alone: for any period a bounded number of statements, whatever the number of
//! tickets. Past the policy: what a viewer's closed teams have is not counted for him. There is no figure of a person.

use std::collections::BTreeMap;

use db::{Read, Sql};

use super::facts::{Grain, Measure};
use super::period::{Period, Step};
use super::spread::Spread;
use super::{backlog, names};
use crate::access::{self, Place, Viewer};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{TeamId, TopicId};
use crate::tickets::Channel;

db::text_enum! {
    pub enum Report {
        Volume => "volume",
        FirstReply => "first-reply",
        TimeToSolve => "time-to-solve",
        Backlog => "backlog",
        Reopened => "reopened",
        FirstContact => "first-contact",
        Satisfaction => "satisfaction",
    }
}
db::text_enum! {
    /// What a report is broken down by.
    pub enum By { Team => "team", Topic => "topic", Channel => "channel" }
}

/// Which tickets, and which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub period: Period,
    pub team: Option<TeamId>,
    /// With what is under it.
    pub topic: Option<TopicId>,
    pub channel: Option<Channel>,
    pub by: By,
}

impl Asked {
    pub fn of(period: Period) -> Asked {
        Asked {
            period,
            team: None,
            topic: None,
            channel: None,
            by: By::Team,
        }
    }
}

/// What was counted in one place: a step, a team, the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub opened: i64,
    pub solved: i64,
    pub reopened: i64,
    pub at_once: i64,
    /// Answers of requesters: "it went well", and "it did not".
    pub good: i64,
    pub bad: i64,
    /// Open now, and of these older than a week: backlog only.
    pub open: i64,
    pub old: i64,
    /// First replies or solutions, by length.
    pub times: Spread,
}

impl Tally {
    /// Answers of requesters, all of them.
    pub(super) fn answers(&self) -> i64 {
        self.good + self.bad
    }

    pub(super) fn join(&mut self, other: &Tally) {
        self.opened += other.opened;
        self.solved += other.solved;
        self.reopened += other.reopened;
        self.at_once += other.at_once;
        self.good += other.good;
        self.bad += other.bad;
        self.open += other.open;
        self.old += other.old;
        self.times.join(&other.times);
    }

    fn put(&mut self, cell: &Summed) {
        match cell.measure {
            Measure::Opened => self.opened += cell.n,
            Measure::Solved => self.solved += cell.n,
            Measure::Reopened => self.reopened += cell.n,
            Measure::FirstContact => self.at_once += cell.n,
            Measure::Good => self.good += cell.n,
            Measure::Bad => self.bad += cell.n,
            Measure::Reply | Measure::Solve => self.times.add(cell.bucket, cell.n),
        }
    }
}

/// A point of the chart and a row of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Days(Period, Step),
    /// Open for so many days: from, and to if there is an end.
    Age(i64, Option<i64>),
}

#[derive(Clone, Debug)]
pub struct Figures {
    pub report: Report,
    pub asked: Asked,
    pub total: Tally,
    /// As many days just before; `None` where there is no before.
    pub before: Option<Tally>,
    pub points: Vec<(Point, Tally)>,
    /// Named in the viewer's language, the most first.
    pub parts: Vec<(String, Tally)>,
}

impl Figures {
    pub fn is_empty(&self) -> bool {
        self.total == Tally::default()
    }
}

db::table! {
    struct Summed { measure: Measure, start: i64, part: String, bucket: i64, n: i64 }
}

/// The whole report.
pub fn figures(r: &mut Read, cx: &Context, report: Report, asked: &Asked) -> Result<Figures> {
    access::require(&cx.viewer, Place::Desk)?;
    let topics = admitted(r, cx, asked)?;
    if report == Report::Backlog {
        return backlog::figures(r, cx, asked, &topics);
    }
    let steps = asked.period.steps();
    let mut points: Vec<(Point, Tally)> = steps
        .iter()
        .map(|step| (Point::Days(*step, asked.period.step()), Tally::default()))
        .collect();
    let (mut total, mut parts) = (Tally::default(), BTreeMap::<String, Tally>::new());
    for cell in cells(r, &cx.viewer, report, asked, &topics, Some(asked.by))? {
        let at = steps.partition_point(|step| step.to < cell.start);
        if let Some((_, tally)) = points.get_mut(at) {
            tally.put(&cell);
        }
        total.put(&cell);
        parts.entry(cell.part.clone()).or_default().put(&cell);
    }
    let mut before = Tally::default();
    let earlier = Asked {
        period: asked.period.before(),
        ..*asked
    };
    for cell in cells(r, &cx.viewer, report, &earlier, &topics, None)? {
        before.put(&cell);
    }
    Ok(Figures {
        report,
        asked: *asked,
        total,
        before: Some(before),
        points,
        parts: names::named(r, cx, asked.by, parts)?,
    })
}

/// A team that is closed to the viewer or is none is not there; nor is a topic that is none. Answers the topic with
/// what is under it.
pub(super) fn admitted(r: &mut Read, cx: &Context, asked: &Asked) -> Result<Vec<i64>> {
    if let Some(team) = asked.team {
        let found: Option<TeamId> = r.maybe("SELECT id FROM team WHERE id = $1", &db::args![team])?;
        found
            .filter(|team| !cx.viewer.closed_teams.contains(team))
            .ok_or(Error::NotFound)?;
    }
    let Some(topic) = asked.topic else {
        return Ok(Vec::new());
    };
    let found: Vec<i64> = r.query(
        "SELECT id FROM topic WHERE id = $1 OR parent = $1 ORDER BY id",
        &db::args![topic],
    )?;
    if found.contains(&topic.0) {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}

fn measures(report: Report) -> &'static [Measure] {
    match report {
        Report::Volume => &[Measure::Opened, Measure::Solved],
        Report::FirstReply => &[Measure::Reply],
        Report::TimeToSolve => &[Measure::Solve],
        Report::Reopened => &[Measure::Reopened, Measure::Solved],
        Report::FirstContact => &[Measure::FirstContact, Measure::Solved],
        Report::Satisfaction => &[Measure::Good, Measure::Bad],
        Report::Backlog => &[],
    }
}

/// The sums of a period. A long one is made of whole months and the days at its edges.
fn cells(
    r: &mut Read,
    viewer: &Viewer,
    report: Report,
    asked: &Asked,
    topics: &[i64],
    by: Option<By>,
) -> Result<Vec<Summed>> {
    let mut found = Vec::new();
    for (grain, piece) in pieces(asked.period) {
        for measure in measures(report) {
            let mut sql = chosen(by);
            sql.append(range(*measure, grain, piece));
            narrow(&mut sql, viewer, asked, topics);
            sql.push(grouped(by));
            found.extend(r.query_sql::<Summed>(&sql)?);
        }
    }
    Ok(found)
}

fn pieces(period: Period) -> Vec<(Grain, Period)> {
    let months = (period.step() == Step::Month).then(|| period.whole_months()).flatten();
    let Some(months) = months else {
        return vec![(Grain::Day, period)];
    };
    let head = Period {
        from: period.from,
        to: months.from - 1,
    };
    let tail = Period {
        from: months.to + 1,
        to: period.to,
    };
    [(Grain::Day, head), (Grain::Month, months), (Grain::Day, tail)]
        .into_iter()
        .filter(|(_, piece)| piece.from <= piece.to)
        .collect()
}

/// By day and part; or of the whole piece, which costs a third.
fn chosen(by: Option<By>) -> Sql {
    Sql::new(match by {
        Some(By::Team) => "SELECT measure, start, CAST(team AS TEXT) AS part, bucket, CAST(SUM(n) AS BIGINT) AS n",
        Some(By::Topic) => "SELECT measure, start, CAST(topic AS TEXT) AS part, bucket, CAST(SUM(n) AS BIGINT) AS n",
        Some(By::Channel) => "SELECT measure, start, channel AS part, bucket, CAST(SUM(n) AS BIGINT) AS n",
        None => "SELECT measure, CAST(0 AS BIGINT) AS start, '' AS part, bucket, CAST(SUM(n) AS BIGINT) AS n",
    })
}

fn range(measure: Measure, grain: Grain, piece: Period) -> Sql {
    let mut sql = Sql::new(" FROM report_sum WHERE grain = ");
    sql.bind(grain);
    sql.push(" AND measure = ").bind(measure);
    sql.push(" AND start >= ").bind(piece.from);
    sql.push(" AND start <= ").bind(piece.to);
    sql
}

fn grouped(by: Option<By>) -> &'static str {
    match by {
        Some(By::Team) => " GROUP BY measure, start, team, bucket",
        Some(By::Topic) => " GROUP BY measure, start, topic, bucket",
        Some(By::Channel) => " GROUP BY measure, start, channel, bucket",
        None => " GROUP BY measure, bucket",
    }
}

/// The filters that were asked for, and the one that was not: teams closed to the viewer are left out.
pub(super) fn narrow(sql: &mut Sql, viewer: &Viewer, asked: &Asked, topics: &[i64]) {
    if let Some(team) = asked.team {
        sql.push(" AND team = ").bind(team);
    }
    if !topics.is_empty() {
        sql.push(" AND topic IN (").bind_list(topics.iter().copied()).push(")");
    }
    if let Some(channel) = asked.channel {
        sql.push(" AND channel = ").bind(channel);
    }
    if !viewer.closed_teams.is_empty() {
        sql.push(" AND team NOT IN (");
        sql.bind_list(viewer.closed_teams.iter().copied());
        sql.push(")");
    }
}

/// How the database would run what a report asks, for the plan tests.
pub fn plan(r: &mut Read, cx: &Context, report: Report, asked: &Asked) -> Result<String> {
    let topics = admitted(r, cx, asked)?;
    if report == Report::Backlog {
        let sql = backlog::statement(&cx.viewer, asked, &topics);
        return Ok(r.plan(&sql.text(), sql.args())?);
    }
    let mut all = String::new();
    for by in [Some(asked.by), None] {
        for (grain, piece) in pieces(asked.period) {
            for measure in measures(report) {
                let mut sql = chosen(by);
                sql.append(range(*measure, grain, piece));
                narrow(&mut sql, &cx.viewer, asked, &topics);
                sql.push(grouped(by));
                all += &r.plan(&sql.text(), sql.args())?;
                all += "\n";
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::period::parse_day;

    #[test]
    fn a_long_period_is_months_between_days() {
        let period = |from: &str, to: &str| Period {
            from: parse_day(from).unwrap(),
            to: parse_day(to).unwrap(),
        };
        let found = pieces(period("2025-11-20", "2026-11-17"));
        let wanted = [
            (Grain::Day, period("2025-11-20", "2025-11-30")),
            (Grain::Month, period("2025-12-01", "2026-10-31")),
            (Grain::Day, period("2026-11-01", "2026-11-17")),
        ];
        assert_eq!(found, wanted);
        let short = period("2026-10-01", "2026-11-17");
        assert_eq!(pieces(short), [(Grain::Day, short)]);
        let whole = period("2026-01-01", "2026-12-31");
        assert_eq!(pieces(whole), [(Grain::Month, whole)]);
    }
}
