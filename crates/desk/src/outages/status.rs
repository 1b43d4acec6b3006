//! The public status page: the services requesters know and how they do, what is wrong, what is planned, and the past
//! 90 days. Nobody is named here, and no word of it was written for the desk alone.

use std::collections::BTreeMap;

use db::{Read, Sql};
use jiff::civil::Date;

use super::banner::concerns;
use super::outage::{Effect, Outage, Phase};
use super::store::{self, Update};
use super::uptime::{Spell, begins, uptime};
use crate::changes::{self, Change, State};
use crate::clock::{DAY, Time};
use crate::error::Result;
use crate::house::House;
use crate::ids::{OutageNumber, ServiceId};
use crate::services::{self, Service, ServiceState, state_of};
use crate::words::Both;

#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    pub as_of: Time,
    pub services: Vec<ServiceStatus>,
    pub open: Vec<PublicOutage>,
    pub planned: Vec<PublicChange>,
    /// What was over in the past 90 days, the newest first.
    pub past: Vec<PublicOutage>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ServiceStatus {
    pub id: ServiceId,
    pub name: Both,
    pub about: Both,
    pub state: ServiceState,
    /// Of this time (at most 90 days) it was down so long, and disturbed so long, in microseconds.
    pub counted: i64,
    pub down: i64,
    pub disturbed: i64,
    pub days: Vec<(Date, ServiceState)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublicOutage {
    pub number: OutageNumber,
    pub title: Both,
    pub phase: Phase,
    pub began_at: Time,
    pub ended_at: Option<Time>,
    /// Those requesters know.
    pub services: Vec<(Both, Effect)>,
    /// The newest first.
    pub updates: Vec<PublicUpdate>,
    pub me_too: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublicUpdate {
    pub phase: Phase,
    pub words: Both,
    pub at: Time,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PublicChange {
    pub words: Both,
    pub services: Vec<Both>,
    pub begins_at: Time,
    pub ends_at: Option<Time>,
    pub under_way: bool,
}

/// More outages in 90 days than anybody reads.
const MOST: i64 = 300;
/// How far ahead planned changes are told.
const AHEAD: i64 = 30 * DAY;

pub fn status(r: &mut Read, house: &House, now: Time) -> Result<Status> {
    let known = services::shown(r)?;
    let names: Vec<Service> = known.iter().map(|(service, _)| service.clone()).collect();
    let outages = near(r, begins(now, &house.zone))?;
    let announced: Vec<Change> = changes::announced(r, now.plus(AHEAD))?
        .into_iter()
        .filter(|change| change.is_settled(house.approval_from))
        .collect();
    let services = known
        .iter()
        .map(|(service, since)| standing(service, *since, &outages, &announced, house, now))
        .collect();
    let told = public(r, outages, &names)?;
    let (past, open) = told.into_iter().partition(|outage| outage.phase == Phase::Over);
    Ok(Status {
        as_of: now,
        services,
        open,
        planned: announced.iter().map(|change| planned(change, &names)).collect(),
        past,
    })
}

/// Those that are shown, and are open or were after that moment; the newest first.
fn near(r: &mut Read, from: Time) -> Result<Vec<Outage>> {
    let mut sql = Sql::new(store::SELECT);
    sql.push("shown AND NOT removed AND (ended_at IS NULL OR ended_at >= ")
        .bind(from)
        .push(") ORDER BY began_at DESC, number DESC LIMIT ")
        .bind(MOST);
    store::query(r, &sql)
}

fn standing(
    service: &Service,
    since: Time,
    outages: &[Outage],
    announced: &[Change],
    house: &House,
    now: Time,
) -> ServiceStatus {
    let spells: Vec<Spell> = outages
        .iter()
        .filter_map(|outage| spell(outage, service.id, now))
        .collect();
    let open = outages.iter().filter(|outage| outage.phase != Phase::Over);
    let effects = open.filter_map(|outage| effect_on(outage, service.id));
    let maintained = announced
        .iter()
        .any(|change| change.state == State::InProgress && change.services.contains(&service.id));
    let up = uptime(&spells, since, now, &house.zone);
    ServiceStatus {
        id: service.id,
        name: service.name.clone(),
        about: service.about.clone(),
        state: state_of(effects, maintained),
        counted: up.counted,
        down: up.down,
        disturbed: up.disturbed,
        days: up.days,
    }
}

fn effect_on(outage: &Outage, service: ServiceId) -> Option<Effect> {
    let hit = outage.services.iter().find(|hit| hit.service == service)?;
    Some(hit.effect)
}

fn spell(outage: &Outage, service: ServiceId, now: Time) -> Option<Spell> {
    Some(Spell {
        from: outage.began_at,
        to: outage.ended_at.unwrap_or(now),
        effect: effect_on(outage, service)?,
    })
}

fn public(r: &mut Read, outages: Vec<Outage>, known: &[Service]) -> Result<Vec<PublicOutage>> {
    let numbers: Vec<OutageNumber> = outages.iter().map(|outage| outage.number).collect();
    let mut updates = store::updates(r, &numbers)?;
    let counts = store::me_toos(r, &numbers)?;
    let told = outages.into_iter().filter(|outage| concerns(outage, known));
    Ok(told
        .map(|outage| {
            let said = updates.remove(&outage.number).unwrap_or_default();
            told_of(outage, said, &counts, known)
        })
        .collect())
}

fn told_of(outage: Outage, said: Vec<Update>, counts: &BTreeMap<OutageNumber, i64>, known: &[Service]) -> PublicOutage {
    let named = outage.services.iter().filter_map(|hit| {
        let service = known.iter().find(|service| service.id == hit.service)?;
        Some((service.name.clone(), hit.effect))
    });
    let update = |update: Update| PublicUpdate {
        phase: update.phase,
        words: update.words,
        at: update.at,
    };
    PublicOutage {
        number: outage.number,
        services: named.collect(),
        phase: outage.phase,
        began_at: outage.began_at,
        ended_at: outage.ended_at,
        updates: said.into_iter().map(update).collect(),
        me_too: counts.get(&outage.number).copied().unwrap_or(0),
        title: outage.title,
    }
}

fn planned(change: &Change, known: &[Service]) -> PublicChange {
    let touched = known.iter().filter(|service| change.services.contains(&service.id));
    PublicChange {
        words: change.notice.clone(),
        services: touched.map(|service| service.name.clone()).collect(),
        begins_at: change.from_at(),
        ends_at: change.ends_at,
        under_way: change.state == State::InProgress,
    }
}
