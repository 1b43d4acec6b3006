//! What changed before it broke, and what broke after it changed: a change and a ticket that lie close in time, and
//! touch the same service, site, device or person.

use std::collections::BTreeSet;

use db::{Read, Sql, args};

use super::change::Change;
use super::store;
use crate::access::{self, Action, Place, TicketFacts};
use crate::clock::{DAY, HOUR, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{ChangeNumber, OrganizationId, PersonId, ServiceId, TeamId, TicketNumber, TopicId};
use crate::tickets::{self, Status, Ticket};
use crate::words::fold;
use crate::{outages, services};

/// How far apart they may lie.
pub const WINDOW: i64 = 48 * HOUR;

/// What has gone on for longer is no change but how things are; without a bound an old ticket would have the whole log
/// before it read.
const LONGEST: i64 = 60 * DAY;

db::text_enum! {
    /// What the two have in common.
    pub enum Touch { Service => "service", Device => "device", Site => "site", Person => "person" }
}

/// A change before a ticket.
#[derive(Clone, Debug)]
pub struct Before {
    pub change: Change,
    /// Whole hours between the end of the change and the ticket; none while it was still being made.
    pub hours: i64,
    pub touches: Vec<Touch>,
}

/// A ticket after a change.
#[derive(Clone, Debug)]
pub struct After {
    pub number: TicketNumber,
    pub subject: String,
    pub status: Status,
    pub opened_at: Time,
    /// Whole hours between the beginning of the change and the ticket.
    pub hours: i64,
    pub touches: Vec<Touch>,
}

/// More than anybody would read.
const MOST: i64 = 500;
const SHOWN: usize = 50;

/// What was changed in the 48 hours before the ticket was opened, the nearest first.
pub fn before(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Vec<Before>> {
    access::require(&cx.viewer, Place::Desk)?;
    let ticket = tickets::find_inside(r, cx, number)?;
    let opened = ticket.created_at;
    let mut sql = Sql::new(store::SELECT);
    sql.push("NOT removed AND started_at <= ")
        .bind(opened)
        .push(" AND started_at >= ")
        .bind(opened.plus(-LONGEST))
        .push(" AND (ended_at IS NULL OR ended_at >= ")
        .bind(opened.plus(-WINDOW))
        .push(") ORDER BY started_at DESC LIMIT ")
        .bind(MOST);
    let near = store::query(r, &sql)?;
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let side = Side::of(r, cx, &ticket, &near)?;
    let mut found: Vec<Before> = near
        .into_iter()
        .filter_map(|change| side.touched_by(change, opened))
        .collect();
    found.sort_by_key(|one| (one.hours, std::cmp::Reverse(one.change.from_at())));
    found.truncate(SHOWN);
    Ok(found)
}

/// What a ticket has in common with changes.
struct Side {
    services: Vec<ServiceId>,
    site: String,
    words: String,
    /// Changes that belong to other tickets of the same person.
    of_person: BTreeSet<ChangeNumber>,
}

impl Side {
    fn of(r: &mut Read, cx: &Context, ticket: &Ticket, near: &[Change]) -> Result<Side> {
        let mut touched = outages::services_of_ticket(r, ticket.number)?;
        if let Some(topic) = ticket.topic {
            touched.extend(services::about(r, topic)?);
        }
        let site: Option<String> = r.maybe("SELECT site FROM person WHERE id = $1", &args![ticket.requester])?;
        let named = near.iter().any(|change| !change.devices.is_empty());
        let words = if named {
            format!("{}\n{}", ticket.subject, tickets::words_said(r, ticket.number)?)
        } else {
            String::new()
        };
        Ok(Side {
            services: touched,
            site: place(&site.unwrap_or_default()),
            words: spaced(&words),
            of_person: of_person(r, cx, ticket, near)?,
        })
    }

    fn touched_by(&self, change: Change, opened: Time) -> Option<Before> {
        let touches = [
            (
                Touch::Service,
                change.services.iter().any(|service| self.services.contains(service)),
            ),
            (Touch::Device, names_one(&self.words, &change.devices)),
            (Touch::Site, !self.site.is_empty() && self.site == place(&change.site)),
            (Touch::Person, self.of_person.contains(&change.number)),
        ];
        let touches: Vec<Touch> = held(touches);
        let ended = change.ended_at.unwrap_or(opened).min(opened);
        (!touches.is_empty()).then(|| Before {
            hours: opened.since(ended) / HOUR,
            touches,
            change,
        })
    }
}

fn held<const N: usize>(touches: [(Touch, bool); N]) -> Vec<Touch> {
    touches
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(touch, _)| touch)
        .collect()
}

/// The changes among these that are linked with another ticket of the same requester that the viewer may read.
fn of_person(r: &mut Read, cx: &Context, ticket: &Ticket, near: &[Change]) -> Result<BTreeSet<ChangeNumber>> {
    let mut sql = Sql::new(
        "SELECT l.change, l.ticket FROM change_ticket l JOIN ticket t ON t.number = l.ticket WHERE t.requester = ",
    );
    sql.bind(ticket.requester).push(" AND l.ticket <> ").bind(ticket.number);
    sql.push(" AND l.change IN (")
        .bind_list(near.iter().map(|change| change.number))
        .push(") ORDER BY l.change LIMIT 200");
    let mut found = BTreeSet::new();
    for (change, other) in r.query_sql::<(ChangeNumber, TicketNumber)>(&sql)? {
        match tickets::find_inside(r, cx, other) {
            Ok(_) => drop(found.insert(change)),
            Err(Error::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// A site as it is compared.
fn place(site: &str) -> String {
    fold(site.trim())
}

/// Words between single spaces, so that a name is found whole: `LT-04`, not the beginning of `LT-040`.
fn spaced(text: &str) -> String {
    let part_of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut words = String::from(" ");
    for word in fold(text).split(|c| !part_of_a_name(c)).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
    words
}

fn names_one(words: &str, devices: &[String]) -> bool {
    let named = |device: &String| {
        let name = spaced(device);
        name.len() > 1 && words.contains(&name)
    };
    devices.iter().any(named)
}

db::table! {
    struct Opened {
        number: TicketNumber,
        subject: String,
        status: Status,
        topic: Option<TopicId>,
        team: Option<TeamId>,
        requester: PersonId,
        organization: Option<OrganizationId>,
        site: String,
        created_at: Time,
    }
}

impl TicketFacts for Opened {
    fn number(&self) -> TicketNumber {
        self.number
    }
    fn requester(&self) -> PersonId {
        self.requester
    }
    fn organization(&self) -> Option<OrganizationId> {
        self.organization
    }
    fn team(&self) -> Option<TeamId> {
        self.team
    }
}

/// What was opened from the beginning of the change until 48 hours after its end, the nearest first. Nothing, while it
/// is only planned.
pub fn after(r: &mut Read, cx: &Context, number: ChangeNumber) -> Result<Vec<After>> {
    access::require(&cx.viewer, Place::Desk)?;
    let change = store::load(r, number)?;
    let Some(started) = change.started_at else {
        return Ok(Vec::new());
    };
    let until = change.ended_at.unwrap_or(cx.now).plus(WINDOW);
    let opened: Vec<Opened> = r.query(
        "SELECT t.number, t.subject, t.status, t.topic, t.team, t.requester, t.organization, p.site, t.created_at
         FROM ticket t JOIN person p ON p.id = t.requester
         WHERE t.created_at >= $1 AND t.created_at <= $2 AND t.merged_into IS NULL ORDER BY t.created_at LIMIT 2000",
        &args![started, until],
    )?;
    let topics = services::topics_of(r, &change.services)?;
    let hit = outages::tickets_of_services(r, &change.services)?;
    let site = place(&change.site);
    let touched = |one: Opened| {
        let about = one.topic.is_some_and(|topic| topics.contains(&topic)) || hit.contains(&one.number);
        let touches = held([
            (Touch::Service, about),
            (Touch::Device, names_one(&spaced(&one.subject), &change.devices)),
            (Touch::Site, !site.is_empty() && site == place(&one.site)),
        ]);
        let seen = access::may(&cx.viewer, Action::Inside, &one);
        (seen && !touches.is_empty()).then(|| After {
            number: one.number,
            hours: one.created_at.since(started) / HOUR,
            subject: one.subject,
            status: one.status,
            opened_at: one.created_at,
            touches,
        })
    };
    Ok(opened.into_iter().filter_map(touched).take(SHOWN).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_found_by_its_whole_name() {
        let words = spaced("The printer of lt-04, since this morning");
        assert!(names_one(&words, &["LT-04".into()]));
        assert!(!names_one(&words, &["LT-0".into()]));
        assert!(!names_one(&words, &["LT-040".into()]));
        assert!(
            !names_one(&words, &["—".into()]),
            "a name without a letter names nothing"
        );
        assert!(names_one(
            &spaced("Imprimante du 3e étage en panne"),
            &["imprimante du 3e etage".into()]
        ));
    }
}
