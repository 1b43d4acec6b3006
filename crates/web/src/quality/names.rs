//! The names on the pages of reviews: people, tickets as far as the reader may see them, teams, topics.

use std::collections::BTreeMap;

use desk::quality::Review;
use desk::words::Lang;
use desk::{Context, Error, PersonId, Read, TeamId, TicketNumber, TopicId, teams};

use crate::layout::Shell;

#[derive(Debug, Default)]
pub(super) struct Names {
    people: BTreeMap<PersonId, String>,
    subjects: BTreeMap<TicketNumber, String>,
    pub teams: Vec<(TeamId, String)>,
    pub topics: Vec<(i64, String)>,
}

impl Names {
    pub(super) fn of<'a>(
        r: &mut Read,
        cx: &Context,
        lang: Lang,
        reviews: impl Iterator<Item = &'a Review>,
    ) -> desk::Result<Names> {
        let mut names = Names {
            teams: teams::list(r, cx)?
                .into_iter()
                .map(|team| (team.id, team.name(lang).to_string()))
                .collect(),
            topics: desk::reports::topic_names(r, lang)?,
            ..Names::default()
        };
        for review in reviews {
            for person in [Some(review.person), review.reviewer].into_iter().flatten() {
                if let std::collections::btree_map::Entry::Vacant(place) = names.people.entry(person) {
                    place.insert(desk::people::find_visible(r, cx, person)?.name);
                }
            }
            // What moved to a team that is closed to the reader has no name for him.
            match desk::tickets::find_visible(r, cx, review.ticket) {
                Ok(ticket) => drop(names.subjects.insert(review.ticket, ticket.subject)),
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(names)
    }

    pub(super) fn person(&self, person: &PersonId) -> &str {
        self.people.get(person).map_or("", String::as_str)
    }

    pub(super) fn reviewer(&self, review: &Review) -> &str {
        review.reviewer.as_ref().map_or("", |person| self.person(person))
    }

    pub(super) fn subject(&self, shell: &Shell, ticket: &TicketNumber) -> String {
        let found = self.subjects.get(ticket).cloned();
        found.unwrap_or_else(|| shell.t("quality-closed-ticket"))
    }

    /// Whether the reader may open it.
    pub(super) fn sees(&self, ticket: &TicketNumber) -> bool {
        self.subjects.contains_key(ticket)
    }

    pub(super) fn team(&self, team: &TeamId) -> &str {
        self.teams
            .iter()
            .find(|(id, _)| id == team)
            .map_or("", |(_, name)| name.as_str())
    }

    pub(super) fn topic(&self, topic: TopicId) -> &str {
        self.topics
            .iter()
            .find(|(id, _)| *id == topic.0)
            .map_or("", |(_, name)| name.as_str())
    }
}
