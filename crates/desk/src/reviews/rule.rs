//! Whose words wait, of what kind, and who reads them. Pure.

use crate::ids::{PersonId, ReviewRuleId, TopicId};
use crate::people::{Level, works_alone_to};

db::text_enum! {
    pub enum What { Reply => "reply", Solution => "solution", Article => "article" }
}

db::table! {
    /// Of everybody up to `level`, or of `person`: one of the two is there. Without a topic it holds everywhere; without a
    /// reviewer the seniors of the ticket's team read.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Rule {
        pub id: ReviewRuleId,
        pub level: Option<Level>,
        pub person: Option<PersonId>,
        pub what: What,
        pub topic: Option<TopicId>,
        pub reviewer: Option<PersonId>,
    }
}

/// A rule to be made, as it is kept.
#[derive(Clone, Debug)]
pub struct NewRule {
    pub level: Option<Level>,
    pub person: Option<PersonId>,
    pub what: What,
    pub topic: Option<TopicId>,
    pub reviewer: Option<PersonId>,
}

/// Whether somebody is meant by the "who" of a rule.
pub(super) fn means(rule: (Option<Level>, Option<PersonId>), person: PersonId, level: Option<Level>) -> bool {
    match rule {
        (Some(to), None) => !works_alone_to(level, to),
        (_, named) => named == Some(person),
    }
}

/// The rule that holds words of this person, if one does: of several the one that says most, a person before a level and
/// a topic before all. `topics` is the topic with the one above it.
pub(super) fn holding<'r>(
    rules: &'r [Rule],
    (person, level): (PersonId, Option<Level>),
    what: What,
    topics: &[TopicId],
) -> Option<&'r Rule> {
    let about = |rule: &Rule| rule.topic.is_none_or(|topic| topics.contains(&topic));
    let holds = |rule: &&Rule| rule.what == what && about(rule) && means((rule.level, rule.person), person, level);
    rules
        .iter()
        .filter(holds)
        .min_by_key(|rule| (rule.person.is_none(), rule.topic.is_none(), rule.level, rule.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: i64, level: Option<Level>, person: Option<i64>, topic: Option<i64>) -> Rule {
        Rule {
            id: ReviewRuleId(id),
            level,
            person: person.map(PersonId),
            what: What::Reply,
            topic: topic.map(TopicId),
            reviewer: None,
        }
    }

    #[test]
    fn the_rule_that_says_most_holds() {
        let rules = [
            rule(1, Some(Level::Intermediate), None, None),
            rule(2, Some(Level::Basic), None, None),
            rule(3, Some(Level::Basic), None, Some(7)),
            rule(4, None, Some(9), None),
        ];
        let of = |person, level, topics: &[TopicId]| {
            holding(&rules, (PersonId(person), level), What::Reply, topics).map(|rule| rule.id.0)
        };
        assert_eq!(of(1, Some(Level::Basic), &[]), Some(2));
        assert_eq!(of(1, Some(Level::Basic), &[TopicId(8), TopicId(7)]), Some(3));
        assert_eq!(of(1, Some(Level::Intermediate), &[TopicId(7)]), Some(1));
        assert_eq!(of(1, Some(Level::Advanced), &[TopicId(7)]), None);
        assert_eq!(of(1, None, &[TopicId(7)]), None, "nobody has said: he works alone");
        assert_eq!(of(9, None, &[]), Some(4), "named, whatever his level");
        let solution = holding(&rules, (PersonId(9), None), What::Solution, &[]);
        assert_eq!(solution, None, "a rule for replies holds no solution");
    }
}
