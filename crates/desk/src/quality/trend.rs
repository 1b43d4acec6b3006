//! Question by question, how often the answer was yes: over ninety days, and over the ninety before. Of a person for him
//! and his leads; of a team for its members and leads, and only when there is enough of it that it tells of nobody.

use db::{Read, Sql, args};

use super::review::{Answer, Question, State};
use crate::access::{self, Place};
use crate::clock::{DAY, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId};

/// Fewer reviews are no sample.
pub const LEAST: i64 = 10;
/// And fewer people are no team.
const PEOPLE: i64 = 3;
const SPAN: i64 = 90 * DAY;

/// Of so many answers that apply so many were yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub yes: i64,
    pub of: i64,
}

impl Share {
    /// In a hundred; nothing where nothing applied.
    pub fn percent(self) -> Option<i64> {
        (self.of > 0).then(|| (self.yes * 100 + self.of / 2) / self.of)
    }
}

/// Now and before, question by question; or how many reviews are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    pub reviews: i64,
    /// So many more are needed: then nothing is told.
    pub missing: i64,
    pub lines: Vec<(Question, Share, Share)>,
}

db::table! {
    struct Said { question: Question, answer: Answer, now: bool, n: i64 }
}
db::table! {
    struct Sample { reviews: i64, people: i64 }
}

/// Whose reviews.
#[derive(Clone, Copy)]
enum Whose {
    Person(PersonId),
    Team(TeamId),
}

/// For the person, and for whoever leads a team of his; not found for others.
pub fn of_person(r: &mut Read, cx: &Context, person: PersonId) -> Result<Trend> {
    access::require(&cx.viewer, Place::Desk)?;
    let teams: Vec<TeamId> = r.query("SELECT team FROM membership WHERE person = $1", &args![person])?;
    let leads = teams.iter().any(|team| cx.viewer.leads.contains(team));
    if person != cx.viewer.person && !leads {
        return Err(Error::NotFound);
    }
    trend(r, cx.now, Whose::Person(person))
}

/// For its members and leads; not found for others.
pub fn of_team(r: &mut Read, cx: &Context, team: TeamId) -> Result<Trend> {
    access::require(&cx.viewer, Place::Desk)?;
    if !cx.viewer.teams.contains(&team) && !cx.viewer.leads.contains(&team) {
        return Err(Error::NotFound);
    }
    trend(r, cx.now, Whose::Team(team))
}

fn trend(r: &mut Read, now: Time, whose: Whose) -> Result<Trend> {
    let middle = now.plus(-SPAN);
    let mut sql = Sql::new("SELECT count(*) AS reviews, count(DISTINCT person) AS people FROM quality_review WHERE ");
    narrow(&mut sql, whose, middle);
    let found: Vec<Sample> = r.query_sql(&sql)?;
    let (reviews, people) = found.first().map_or((0, 0), |sample| (sample.reviews, sample.people));
    let alone = matches!(whose, Whose::Team(_)) && people < PEOPLE;
    let missing = (LEAST - reviews).max(i64::from(alone));
    if missing > 0 {
        return Ok(Trend {
            reviews,
            missing,
            lines: Vec::new(),
        });
    }
    let mut sql = Sql::new("SELECT a.question, a.answer, done_at > ");
    sql.bind(middle);
    sql.push(" AS now, count(*) AS n FROM quality_review JOIN quality_answer a ON a.review = id WHERE ");
    narrow(&mut sql, whose, middle.plus(-SPAN));
    sql.push(" GROUP BY 1, 2, 3");
    let said: Vec<Said> = r.query_sql(&sql)?;
    let share = |question: Question, now: bool| {
        let of = |yes: bool| {
            let wanted = |one: &&Said| {
                let counts = if yes {
                    one.answer == Answer::Yes
                } else {
                    one.answer != Answer::None
                };
                one.question == question && one.now == now && counts
            };
            said.iter().filter(wanted).map(|one| one.n).sum()
        };
        Share {
            yes: of(true),
            of: of(false),
        }
    };
    let lines = Question::ALL
        .iter()
        .map(|question| (*question, share(*question, true), share(*question, false)));
    Ok(Trend {
        reviews,
        missing: 0,
        lines: lines.collect(),
    })
}

fn narrow(sql: &mut Sql, whose: Whose, since: Time) {
    match whose {
        Whose::Person(person) => sql.push("person = ").bind(person),
        Whose::Team(team) => sql.push("team = ").bind(team),
    };
    sql.push(" AND state = ").bind(State::Done);
    sql.push(" AND done_at > ").bind(since);
}
