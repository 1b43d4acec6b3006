//! A service as it is kept, and what a new one must have.

use db::{Read, args};
use serde::{Deserialize, Serialize};

use super::store;
use crate::error::{Checks, Result};
use crate::ids::{PersonId, ServiceId, TeamId, TopicId};
use crate::words::Both;

/// Where more is written about it: a title and an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub title: String,
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub name: Both,
    pub about: Both,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
    pub documents: Vec<Document>,
    /// It stands on the public status page.
    pub shown: bool,
    pub retired: bool,
    /// A ticket of one of these topics is about it.
    pub topics: Vec<TopicId>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewService {
    pub name: Both,
    pub about: Both,
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
    pub documents: Vec<Document>,
    pub shown: bool,
    pub topics: Vec<TopicId>,
}

/// More than any desk supports; the list is shown whole.
pub(super) const MOST: usize = 500;
const MOST_DOCUMENTS: usize = 20;
const LONGEST_ADDRESS: usize = 1000;

impl Service {
    /// What was given, tidied, in the place of what was there.
    pub(super) fn with(&self, new: &NewService) -> Service {
        let documents = new.documents.iter().map(|document| Document {
            title: document.title.trim().to_string(),
            address: document.address.trim().to_string(),
        });
        let mut topics = new.topics.clone();
        topics.sort_unstable();
        topics.dedup();
        Service {
            id: self.id,
            name: new.name.tidied(),
            about: new.about.tidied(),
            owner: new.owner,
            team: new.team,
            documents: documents.collect(),
            shown: new.shown,
            retired: self.retired,
            topics,
        }
    }
}

/// Whether it can be kept. The place of a refused document, and the topic that another service has, are named.
pub(super) fn check(r: &mut Read, service: &Service) -> Result<()> {
    let mut checks = Checks::default();
    for (name, field) in [(&service.name.en, "name_en"), (&service.name.fr, "name_fr")] {
        checks
            .text(name, 100, field)
            .check(!name.chars().any(char::is_control), field, "refused-one-line");
    }
    checks
        .at_most(&service.about.en, 2000, "about_en")
        .at_most(&service.about.fr, 2000, "about_fr")
        .check(
            service.documents.len() <= MOST_DOCUMENTS,
            "documents",
            "refused-too-many-documents",
        );
    for (place, document) in (1..).zip(&service.documents) {
        if !is_sound(document) {
            checks.refuse("documents", "refused-document", place);
        }
    }
    answers_for(r, service, &mut checks)?;
    for topic in &service.topics {
        let known: Option<TopicId> = r.maybe("SELECT id FROM topic WHERE id = $1", &args![*topic])?;
        checks.check(known.is_some(), "topics", "refused-no-such-topic");
        let other = store::of_topic(r, *topic)?.is_some_and(|other| other != service.id);
        checks.check(!other, "topics", "refused-topic-has-service");
    }
    checks.done()
}

fn answers_for(r: &mut Read, service: &Service, checks: &mut Checks) -> Result<()> {
    if let Some(owner) = service.owner {
        let known: Option<PersonId> = r.maybe(
            "SELECT id FROM person WHERE id = $1 AND role <> 'requester' AND NOT suspended AND merged_into IS NULL",
            &args![owner],
        )?;
        checks.check(known.is_some(), "owner", "refused-no-such-person");
    }
    if let Some(team) = service.team {
        let known: Option<TeamId> = r.maybe("SELECT id FROM team WHERE id = $1", &args![team])?;
        checks.check(known.is_some(), "team", "refused-no-such-team");
    }
    Ok(())
}

/// A page of the Web, with a title that says which.
fn is_sound(document: &Document) -> bool {
    let title = &document.title;
    let web = ["https://", "http://"].iter().any(|scheme| {
        document
            .address
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    });
    let plain = |c: char| !c.is_control() && !c.is_whitespace();
    !title.is_empty()
        && title.chars().count() <= 200
        && !title.chars().any(char::is_control)
        && web
        && document.address.chars().count() <= LONGEST_ADDRESS
        && document.address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_page_of_the_web_with_a_title() {
        let document = |title: &str, address: &str| Document {
            title: title.into(),
            address: address.into(),
        };
        assert!(is_sound(&document("Manual", "https://docs.example.org/vpn")));
        for (title, address) in [
            ("", "https://docs.example.org"),
            ("Manual", "javascript:alert(1)"),
            ("Manual", "https://"),
            ("Manual", "docs.example.org"),
            ("Manual", "https://docs.example.org/a b"),
        ] {
            assert!(!is_sound(&document(title, address)), "{title} {address}");
        }
    }
}
