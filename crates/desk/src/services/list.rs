//! The catalogue, for the desk: each service with how it is doing now.

use db::Read;

use super::service::Service;
use super::standing::{ServiceState, state_of};
use super::store;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::ServiceId;
use crate::words::{Lang, fold};
use crate::{changes, outages};

#[derive(Clone, Debug)]
pub struct Line {
    pub service: Service,
    pub state: ServiceState,
}

/// By name in that language.
pub fn list(r: &mut Read, cx: &Context, lang: Lang, with_retired: bool) -> Result<Vec<Line>> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut lines = standing(r)?;
    lines.retain(|line| with_retired || !line.service.retired);
    lines.sort_by_key(|line| fold(line.service.name.of(lang)));
    Ok(lines)
}

pub fn find(r: &mut Read, cx: &Context, id: ServiceId) -> Result<Line> {
    access::require(&cx.viewer, Place::Desk)?;
    let mut lines = standing(r)?.into_iter();
    lines.find(|line| line.service.id == id).ok_or(Error::NotFound)
}

fn standing(r: &mut Read) -> Result<Vec<Line>> {
    let hit = outages::effects_now(r)?;
    let worked_on = changes::under_way(r)?;
    let line = |service: Service| {
        let effects = hit
            .iter()
            .filter(|(id, _)| *id == service.id)
            .map(|(_, effect)| *effect);
        Line {
            state: state_of(effects, worked_on.contains(&service.id)),
            service,
        }
    };
    Ok(store::all(r)?.into_iter().map(line).collect())
}

/// Those of these that are there and in use, or were on it before.
pub(crate) fn known(r: &mut Read, wanted: &[ServiceId], before: &[ServiceId]) -> Result<bool> {
    let all = store::all(r)?;
    let offered = |id: &ServiceId| {
        let there = all.iter().find(|service| service.id == *id);
        there.is_some_and(|service| !service.retired || before.contains(id))
    };
    Ok(wanted.iter().all(offered))
}
