//! What the portal shows on top of every page while something is wrong. Public: no people, no note, no ticket.

use db::{Read, Sql, args};

use super::outage::{Outage, Phase};
use super::store;
use crate::access::Viewer;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{OutageNumber, ServiceId};
use crate::services::{self, Service};
use crate::words::{Lang, Said};

#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    pub number: OutageNumber,
    pub phase: Phase,
    /// In the reader's language; else in the other, which is said with it.
    pub title: Said,
    /// The newest update that says something.
    pub words: Option<Said>,
    pub began_at: Time,
    pub told_at: Time,
    /// The names of the services it hits, of those requesters know.
    pub services: Vec<String>,
    /// How many said that it hits them too.
    pub count: i64,
    /// The viewer is one of them.
    pub mine: bool,
}

/// Banners a page has room for; the status page has them all.
const MOST: i64 = 5;

/// The open outages that requesters are told of, the newest first. Without one it costs a look at an empty index.
pub fn current(r: &mut Read, lang: Lang, viewer: Option<&Viewer>) -> Result<Vec<Banner>> {
    let mut sql = Sql::new(store::SELECT);
    sql.push("phase <> 'over' AND shown AND NOT removed ORDER BY number DESC LIMIT ")
        .bind(MOST);
    let open = store::query(r, &sql)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<OutageNumber> = open.iter().map(|outage| outage.number).collect();
    let known: Vec<Service> = services::shown(r)?.into_iter().map(|(service, _)| service).collect();
    let mut updates = store::updates(r, &numbers)?;
    let counts = store::me_toos(r, &numbers)?;
    let mut banners = Vec::new();
    for outage in open.into_iter().filter(|outage| concerns(outage, &known)) {
        let Some(title) = outage.title.said(lang) else { continue };
        let told = updates.remove(&outage.number).unwrap_or_default();
        let newest = told.iter().find(|update| !update.words.is_empty());
        banners.push(Banner {
            number: outage.number,
            phase: outage.phase,
            title,
            words: newest.and_then(|update| update.words.said(lang)),
            began_at: outage.began_at,
            told_at: told.first().map_or(outage.created_at, |update| update.at),
            services: names(&outage, &known, lang),
            count: counts.get(&outage.number).copied().unwrap_or(0),
            mine: is_mine(r, outage.number, viewer)?,
        });
    }
    Ok(banners)
}

fn names(outage: &Outage, known: &[Service], lang: Lang) -> Vec<String> {
    let hit = |service: &&Service| outage.services.iter().any(|hit| hit.service == service.id);
    let names = known.iter().filter(hit).filter_map(|service| service.name.said(lang));
    names.map(|said| said.words).collect()
}

fn is_mine(r: &mut Read, number: OutageNumber, viewer: Option<&Viewer>) -> Result<bool> {
    let Some(viewer) = viewer else { return Ok(false) };
    let found: Option<Time> = r.maybe(
        "SELECT at FROM outage_me_too WHERE outage = $1 AND person = $2",
        &args![number, viewer.person],
    )?;
    Ok(found.is_some())
}

/// Whether requesters are told of it: it is to be shown, and hits something they know, or everything.
pub(super) fn is_public(r: &mut Read, outage: &Outage) -> Result<bool> {
    let known: Vec<Service> = services::shown(r)?.into_iter().map(|(service, _)| service).collect();
    Ok(outage.shown && concerns(outage, &known))
}

/// It hits one of these services, or names none.
pub(super) fn concerns(outage: &Outage, known: &[Service]) -> bool {
    let known = |id: ServiceId| known.iter().any(|service| service.id == id);
    outage.services.is_empty() || outage.services.iter().any(|hit| known(hit.service))
}
