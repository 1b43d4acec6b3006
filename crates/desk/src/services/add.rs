//! A new service.

use db::Write;

use super::service::{MOST, NewService, Service, check};
use super::{changed, store};
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::ServiceId;
use crate::words::Both;

pub fn add(tx: &mut Write, cx: &Context, new: &NewService) -> Result<ServiceId> {
    access::require(&cx.viewer, Place::Admin)?;
    tx.hold_name("services")?;
    if store::all(tx)?.len() >= MOST {
        let most = i64::try_from(MOST).map_err(Error::fault)?;
        return Err(Error::refused_at("name_en", "refused-too-many-services", most));
    }
    let mut service = nothing().with(new);
    check(tx, &service)?;
    service.id = store::insert(tx, &service, cx.now)?;
    changed(tx, cx, "service-add", None, &service)?;
    Ok(service.id)
}

fn nothing() -> Service {
    Service {
        id: ServiceId(0),
        name: Both::default(),
        about: Both::default(),
        owner: None,
        team: None,
        documents: Vec::new(),
        shown: false,
        retired: false,
        topics: Vec::new(),
    }
}
