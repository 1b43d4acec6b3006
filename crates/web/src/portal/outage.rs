//! The banner of the portal while something is wrong, and "me too".

use axum::extract::{Path, State as Extract};
use desk::outages::{self, Banner};
use desk::words::Said;
use desk::{OutageNumber, Read, Time};

use super::visitor::{Member, Visitor};
use crate::http::Outcome;
use crate::state::State;

/// A banner as it is shown.
pub(super) struct Shown {
    pub(super) number: OutageNumber,
    pub(super) phase_key: String,
    pub(super) title: Said,
    pub(super) words: Option<Said>,
    /// Something of it is not there in the reader's language yet.
    pub(super) other_language: bool,
    pub(super) services: String,
    pub(super) began_at: Time,
    pub(super) count: i64,
    pub(super) mine: bool,
}

pub(super) fn banners(r: &mut Read, visitor: &Visitor) -> desk::Result<Vec<Shown>> {
    let viewer = visitor.seen.as_ref().map(|seen| &seen.viewer);
    let open = outages::current(r, visitor.lang, viewer)?;
    Ok(open.into_iter().map(|banner| shown(visitor, banner)).collect())
}

fn shown(visitor: &Visitor, banner: Banner) -> Shown {
    let other = |said: &Said| said.lang != visitor.lang;
    Shown {
        number: banner.number,
        phase_key: format!("outage-phase-{}", banner.phase),
        other_language: other(&banner.title) || banner.words.as_ref().is_some_and(other),
        title: banner.title,
        words: banner.words,
        services: banner.services.join(", "),
        began_at: banner.began_at,
        count: banner.count,
        mine: banner.mine,
    }
}

pub(super) async fn me_too(Extract(state): Extract<State>, member: Member, Path(number): Path<i64>) -> Outcome {
    let cx = member.cx.clone();
    let done = state
        .desk()
        .write(move |tx| outages::me_too(tx, &cx, OutageNumber(number)))
        .await;
    done.map_err(|e| member.visitor.oops(e))?;
    Ok(member.visitor.to(""))
}

pub(super) async fn not_me(Extract(state): Extract<State>, member: Member, Path(number): Path<i64>) -> Outcome {
    let cx = member.cx.clone();
    let done = state
        .desk()
        .write(move |tx| outages::take_back(tx, &cx, OutageNumber(number)))
        .await;
    done.map_err(|e| member.visitor.oops(e))?;
    Ok(member.visitor.to(""))
}
