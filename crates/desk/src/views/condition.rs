//! A condition and its SQL. Columns come from this list and values are bound, so no text of a person can enter the
//! statement (S7). In JSON a condition reads `{"all":[{"status":["open"]},{"assignee":["me"]}]}`.

use db::Sql;
use serde::{Deserialize, Serialize};

use crate::access::Viewer;
use crate::clock::{DAY, HOUR, Time};
use crate::error::{Error, Result};
use crate::ids::{FieldId, OptionId, OrganizationId, PersonId, TeamId, TicketNumber, TopicId};
use crate::tickets::{Channel, Impact, Priority, Stage, Status, Urgency};
use crate::words::Lang;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Status(Vec<Status>),
    /// New, open, pending or on hold.
    Unsolved,
    /// New or open, and not put away: somebody here must act.
    Active,
    /// Pending, on hold, or put away until a moment.
    Waiting,
    /// Put away until a moment.
    Snoozed,
    Priority(Vec<Priority>),
    Impact(Vec<Impact>),
    Urgency(Vec<Urgency>),
    Channel(Vec<Channel>),
    Language(Vec<Lang>),
    Assignee(Vec<Who>),
    Team(Vec<TeamId>),
    NoTeam,
    /// A team of the viewer's.
    MyTeams,
    Topic(Vec<TopicId>),
    Requester(PersonId),
    Organization(OrganizationId),
    Tag(String),
    Number(TicketNumber),
    /// The requester spoke and nobody read it since: as the viewer sees it.
    Unread,
    /// The viewer watches it.
    Watched,
    CreatedAfter(Time),
    CreatedBefore(Time),
    UpdatedBefore(Time),
    DueBefore(Time),
    /// A promise has passed.
    Late,
    /// A promise is due before so many hours are over, or has passed.
    DueWithin {
        hours: i64,
    },
    OpenedWithin {
        days: i64,
    },
    OlderThan {
        days: i64,
    },
    /// Nothing has changed for so many days.
    QuietFor {
        days: i64,
    },
    SubjectHas(String),
    /// This was chosen in a field of its topic.
    Chosen(OptionId),
    /// Yes or no was answered there.
    Answered {
        field: FieldId,
        yes: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Me,
    Nobody,
    Person(PersonId),
}

/// Deeper nesting or more parts than this is nobody's question.
const DEEPEST: usize = 8;
const MOST: usize = 64;
/// Hours or days; beyond it time would run over.
const LONGEST: i64 = 100_000;

impl Condition {
    /// Refuses what is too deep or too wide before it reaches the database.
    pub fn check(&self) -> Result<()> {
        let mut parts = 0;
        if self.fits(0, &mut parts) {
            Ok(())
        } else {
            Err(Error::refused("condition", "refused-condition"))
        }
    }

    fn fits(&self, depth: usize, parts: &mut usize) -> bool {
        *parts += 1 + self.width();
        if depth > DEEPEST || *parts > MOST {
            return false;
        }
        match self {
            Condition::All(list) | Condition::Any(list) => list.iter().all(|c| c.fits(depth + 1, parts)),
            Condition::Not(inner) => inner.fits(depth + 1, parts),
            Condition::Tag(text) | Condition::SubjectHas(text) => text.chars().count() <= 200,
            Condition::DueWithin { hours: count }
            | Condition::OpenedWithin { days: count }
            | Condition::OlderThan { days: count }
            | Condition::QuietFor { days: count } => (0..=LONGEST).contains(count),
            _ => true,
        }
    }

    /// The words of a list beyond the first: each is a part of its own.
    fn width(&self) -> usize {
        let words = match self {
            Condition::Status(list) => list.len(),
            Condition::Priority(list) => list.len(),
            Condition::Impact(list) => list.len(),
            Condition::Urgency(list) => list.len(),
            Condition::Channel(list) => list.len(),
            Condition::Language(list) => list.len(),
            Condition::Assignee(list) => list.len(),
            Condition::Team(list) => list.len(),
            Condition::Topic(list) => list.len(),
            _ => 0,
        };
        words.saturating_sub(1)
    }

    /// Nothing that is solved or closed can be among what it finds: then it is quick to count.
    pub fn only_unsolved(&self) -> bool {
        match self {
            Condition::Unsolved | Condition::Active | Condition::Waiting | Condition::Snoozed => true,
            Condition::Status(list) => list.iter().all(|s| s.stage() != Stage::Done),
            Condition::All(list) => list.iter().any(Condition::only_unsolved),
            Condition::Any(list) => list.iter().all(Condition::only_unsolved),
            _ => false,
        }
    }

    /// Appends the condition to a statement over `ticket t` (and `read_mark m` of the viewer).
    pub fn write(&self, sql: &mut Sql, viewer: &Viewer, now: Time) {
        match self {
            Condition::All(list) => group(sql, (viewer, now), list, " AND ", "TRUE"),
            Condition::Any(list) => group(sql, (viewer, now), list, " OR ", "FALSE"),
            // Where a field is empty the inner is neither true nor false, and "not" of that must still find it.
            Condition::Not(inner) => {
                sql.push("NOT COALESCE(");
                inner.write(sql, viewer, now);
                sql.push(", FALSE)");
            }
            // Ranges, not lists: one walk along the index in due order.
            Condition::Unsolved => holds(sql, "t.stage < 2"),
            Condition::Active => holds(sql, "t.stage = 0"),
            Condition::Waiting => holds(sql, "t.stage = 1"),
            Condition::Snoozed => holds(sql, "(t.stage = 1 AND t.snoozed_until IS NOT NULL)"),
            Condition::Status(list) => one_of(sql, "t.status", list),
            Condition::Priority(list) => one_of(sql, "t.priority", list),
            Condition::Impact(list) => one_of(sql, "t.impact", list),
            Condition::Urgency(list) => one_of(sql, "t.urgency", list),
            Condition::Channel(list) => one_of(sql, "t.channel", list),
            Condition::Language(list) => one_of(sql, "t.language", list),
            Condition::Team(list) => one_of(sql, "t.team", list),
            Condition::MyTeams => one_of(sql, "t.team", &viewer.teams),
            Condition::Topic(list) => one_of(sql, "t.topic", list),
            Condition::NoTeam => holds(sql, "t.team IS NULL"),
            Condition::Assignee(list) => assignees(sql, viewer, list),
            Condition::Requester(id) => compare(sql, "t.requester = ", *id),
            Condition::Organization(id) => compare(sql, "t.organization = ", *id),
            Condition::Number(number) => compare(sql, "t.number = ", *number),
            Condition::CreatedAfter(at) => compare(sql, "t.created_at >= ", *at),
            Condition::CreatedBefore(at) => compare(sql, "t.created_at < ", *at),
            Condition::UpdatedBefore(at) => compare(sql, "t.updated_at < ", *at),
            Condition::DueBefore(at) => compare(sql, "t.next_due < ", *at),
            Condition::Late => compare(sql, "t.next_due < ", now),
            Condition::DueWithin { hours } => compare(sql, "t.next_due < ", now.plus(hours.saturating_mul(HOUR))),
            Condition::OpenedWithin { days } => compare(sql, "t.created_at >= ", before(now, *days)),
            Condition::OlderThan { days } => compare(sql, "t.created_at < ", before(now, *days)),
            Condition::QuietFor { days } => compare(sql, "t.updated_at < ", before(now, *days)),
            Condition::Unread => holds(sql, "t.requester_spoke_at > COALESCE(m.at, 0)"),
            Condition::Watched => {
                // What was merged is watched where it went.
                sql.push("t.number IN (WITH RECURSIVE w (number) AS (SELECT ticket FROM watcher WHERE person = ");
                sql.bind(viewer.person);
                sql.push(
                    " UNION SELECT g.merged_into FROM w JOIN ticket g ON g.number = w.number \
                     WHERE g.merged_into IS NOT NULL) SELECT number FROM w)",
                );
            }
            Condition::Tag(word) => {
                sql.push("t.number IN (SELECT ticket FROM tag WHERE word = ");
                sql.bind(word.trim().to_lowercase());
                sql.push(")");
            }
            Condition::Chosen(option) => chosen(sql, *option),
            Condition::Answered { field, yes } => answered(sql, *field, *yes),
            Condition::SubjectHas(text) => {
                sql.push("LOWER(t.subject) LIKE ");
                sql.bind(like(text));
                sql.push(" ESCAPE '!'");
            }
        }
    }
}

fn holds(sql: &mut Sql, text: &'static str) {
    sql.push(text);
}

fn chosen(sql: &mut Sql, option: OptionId) {
    sql.push("t.number IN (SELECT ticket FROM field_value WHERE option = ");
    sql.bind(option);
    sql.push(")");
}

fn answered(sql: &mut Sql, field: FieldId, yes: bool) {
    sql.push("t.number IN (SELECT ticket FROM field_value WHERE field = ");
    sql.bind(field);
    sql.push(" AND yes = ");
    sql.bind(yes);
    sql.push(")");
}

fn before(now: Time, days: i64) -> Time {
    now.plus(days.saturating_mul(DAY).saturating_neg())
}

fn group(
    sql: &mut Sql,
    (viewer, now): (&Viewer, Time),
    list: &[Condition],
    between: &'static str,
    empty: &'static str,
) {
    if list.is_empty() {
        sql.push(empty);
        return;
    }
    sql.push("(");
    for (at, condition) in list.iter().enumerate() {
        if at > 0 {
            sql.push(between);
        }
        condition.write(sql, viewer, now);
    }
    sql.push(")");
}

fn one_of<V: Copy + Into<db::Value<'static>>>(sql: &mut Sql, column: &'static str, list: &[V]) {
    match list {
        [] => {
            sql.push("FALSE");
        }
        [only] => {
            sql.push(column);
            sql.push(" = ");
            sql.bind(*only);
        }
        many => {
            sql.push(column);
            sql.push(" IN (");
            sql.bind_list(many.iter().copied());
            sql.push(")");
        }
    }
}

fn compare(sql: &mut Sql, left: &'static str, value: impl Into<db::Value<'static>>) {
    sql.push(left);
    sql.bind(value);
}

fn assignees(sql: &mut Sql, viewer: &Viewer, list: &[Who]) {
    if list.is_empty() {
        sql.push("FALSE");
        return;
    }
    sql.push("(");
    for (at, who) in list.iter().enumerate() {
        if at > 0 {
            sql.push(" OR ");
        }
        match who {
            Who::Me => compare(sql, "t.assignee = ", viewer.person),
            Who::Person(id) => compare(sql, "t.assignee = ", *id),
            Who::Nobody => {
                sql.push("t.assignee IS NULL");
            }
        }
    }
    sql.push(")");
}

/// A LIKE pattern in which the person's own `%`, `_` and `!` stand for themselves.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
