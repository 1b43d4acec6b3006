//! The six areas, the three levels, and the rule that makes a level of answers. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

db::text_enum! {
    /// The areas in which the trade is measured.
    pub enum Area {
        Business => "business",
        Design => "design",
        Development => "development",
        Testing => "testing",
        Security => "security",
        Support => "support",
    }
}

db::text_enum! {
    /// What a person says of one statement.
    pub enum Answer { NotYet => "not_yet", WithHelp => "with_help", Alone => "alone", Shows => "shows" }
}

/// 1 basic, 2 intermediate, 3 advanced; 0 stands for "not yet basic".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(i64);

impl Level {
    pub const ALL: [Level; 4] = [Level(0), Level(1), Level(2), Level(3)];

    pub fn new(number: i64) -> Option<Level> {
        (0..=3).contains(&number).then_some(Level(number))
    }

    pub fn parse(text: &str) -> Option<Level> {
        text.parse().ok().and_then(Level::new)
    }

    pub fn number(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Level> for db::Value<'_> {
    fn from(level: Level) -> Self {
        db::Value::Int(level.0)
    }
}

impl db::Col for Level {
    fn read(value: db::Value) -> Option<Self> {
        i64::read(value).and_then(Level::new)
    }
}

/// A level for each area that has one.
pub type Levels = BTreeMap<Area, Level>;

/// Statements of each level of each area.
pub const EACH: i64 = 4;
/// How many of them must be done alone.
const ENOUGH: usize = 3;

/// Something one does or does not do yet; its words are the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    pub area: Area,
    /// 1 to 3.
    pub level: i64,
    /// 1 to `EACH`.
    pub place: i64,
}

impl Statement {
    /// Those of an area, level after level.
    pub fn of(area: Area) -> impl Iterator<Item = Statement> {
        (1..=3).flat_map(move |level| (1..=EACH).map(move |place| Statement { area, level, place }))
    }

    pub fn all() -> impl Iterator<Item = Statement> {
        Area::ALL.iter().flat_map(|area| Statement::of(*area))
    }

    pub fn parse(name: &str) -> Option<Statement> {
        Statement::all().find(|statement| statement.to_string() == name)
    }
}

/// `support-1-3`: as it is kept.
impl std::fmt::Display for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.area, self.level, self.place)
    }
}

pub type Answers = BTreeMap<Statement, Answer>;

/// A level is reached by whoever does at least three of its four things alone (or shows others), and none of them not at
/// all; it counts when those below it are reached.
pub fn level_of(area: Area, answers: &Answers) -> Level {
    let reached = (1..=3).take_while(|level| {
        let of_level = Statement::of(area).filter(|statement| statement.level == *level);
        let said: Vec<Answer> = of_level
            .filter_map(|statement| answers.get(&statement).copied())
            .collect();
        let alone = said.iter().filter(|answer| **answer >= Answer::Alone).count();
        let whole = said.len() == usize::try_from(EACH).unwrap_or(usize::MAX);
        whole && alone >= ENOUGH && !said.contains(&Answer::NotYet)
    });
    Level(i64::try_from(reached.count()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(said: &[[Answer; 4]]) -> i64 {
        let answers = Statement::of(Area::Support)
            .zip(said.iter().flatten().copied())
            .collect();
        level_of(Area::Support, &answers).number()
    }

    #[test]
    fn a_level_is_three_of_four_alone_and_nothing_not_at_all() {
        use Answer::{Alone, NotYet, Shows, WithHelp};
        let reached = [Alone, Shows, Alone, WithHelp];
        let weak = [Alone, Alone, WithHelp, WithHelp];
        let hole = [Shows, Shows, Shows, NotYet];
        assert_eq!(level(&[]), 0);
        assert_eq!(level(&[reached]), 1);
        assert_eq!(level(&[weak]), 0);
        assert_eq!(level(&[hole]), 0);
        assert_eq!(level(&[reached, reached, weak]), 2);
        assert_eq!(level(&[reached, reached, reached]), 3);
        assert_eq!(
            level(&[reached, weak, reached]),
            1,
            "what is above a gap does not count"
        );
        assert_eq!(level(&[weak, reached, reached]), 0);
    }

    #[test]
    fn answers_of_another_area_do_not_count() {
        let elsewhere = Statement::of(Area::Testing)
            .map(|statement| (statement, Answer::Shows))
            .collect();
        assert_eq!(level_of(Area::Support, &elsewhere).number(), 0);
        assert_eq!(level_of(Area::Testing, &elsewhere).number(), 3);
    }

    #[test]
    fn every_statement_is_read_by_its_name() {
        assert_eq!(Statement::all().count(), 72);
        for statement in Statement::all() {
            assert_eq!(Statement::parse(&statement.to_string()), Some(statement));
        }
        assert_eq!(Statement::parse("support-4-1"), None);
        assert_eq!(Level::parse("4"), None);
        assert_eq!(Level::parse("-1"), None);
    }
}
