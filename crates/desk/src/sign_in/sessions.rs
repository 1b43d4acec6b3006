//! Sessions: a browser that is signed in. They end by themselves after twelve idle hours or thirty days, and at once
//! when somebody ends them or a password, a role or a standing changes.

use db::{Read, Write, args};
use serde::Serialize;

use super::secret::{Secret, hash_of, random_id};
use super::viewer::{Known, with_teams};
use crate::access::{self, Place, Role, Via, Viewer};
use crate::clock::{DAY, HOUR, MINUTE, Time};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PersonId};
use crate::people::{Keys, Theme};
use crate::words::Lang;

pub const IDLE: i64 = 12 * HOUR;
pub const ABSOLUTE: i64 = 30 * DAY;
const SEEN_EVERY: i64 = MINUTE;

db::table! {
    #[derive(Clone, Debug, Serialize)]
    pub struct SessionRow {
        pub id: i64,
        pub person: PersonId,
        pub created_at: Time,
        pub seen_at: Time,
        pub ends_at: Time,
        pub place: String,
        pub browser: String,
    }
}

/// Names a session without being able to open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionKey {
    person: PersonId,
    session: i64,
}

/// Whoever is signed in, with what pages need to know of him besides his rights.
#[derive(Clone, Debug)]
pub struct Present {
    pub viewer: Viewer,
    /// The session's number in `list_sessions`.
    pub session: i64,
    pub seen_at: Time,
    pub theme: Theme,
    pub single_keys: bool,
    pub keys: Keys,
    pub zone: Option<String>,
}

impl Present {
    /// Whether `touch` has something to write: once a minute is enough to know who is idle.
    pub fn needs_touch(&self, now: Time) -> bool {
        now.since(self.seen_at) >= SEEN_EVERY
    }

    pub fn key(&self) -> SessionKey {
        SessionKey {
            person: self.viewer.person,
            session: self.session,
        }
    }
}

db::table! {
    struct Live {
        session: i64, seen_at: Time, person: PersonId, name: String, role: Role, language: Lang,
        organization: Option<OrganizationId>, reads_colleagues: bool, theme: Theme, single_keys: bool,
        keys: String, zone: Option<String>,
    }
}

/// A new session with a new secret. `place` is the address it came from.
pub fn start(tx: &mut Write, person: PersonId, now: Time, place: &str, browser: &str) -> Result<Secret> {
    let secret = Secret::new()?;
    tx.exec(
        "INSERT INTO session (hash, id, person, created_at, seen_at, ends_at, place, browser)
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        &args![
            secret.hash(),
            random_id()?,
            person,
            now,
            now.plus(ABSOLUTE),
            plain(place),
            plain(browser)
        ],
    )?;
    Ok(secret)
}

/// Header texts as they can be kept and shown.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// `None` for a secret that opens nothing (any more), and for somebody suspended.
pub fn viewer_of_session(r: &mut Read, secret: &str, now: Time) -> Result<Option<Present>> {
    let live: Option<Live> = r.maybe(
        "SELECT s.id AS session, s.seen_at, s.person, p.name, p.role, p.language, p.organization,
           COALESCE(o.shares_requests, FALSE) AS reads_colleagues, p.theme, p.single_keys, p.keys, p.zone
         FROM session s JOIN person p ON p.id = s.person LEFT JOIN organization o ON o.id = p.organization
         WHERE s.hash = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND NOT p.suspended AND p.merged_into IS NULL",
        &args![hash_of(secret), now, now.plus(-IDLE)],
    )?;
    let Some(live) = live else { return Ok(None) };
    let known = Known {
        person: live.person,
        name: live.name,
        role: live.role,
        language: live.language,
        organization: live.organization,
        reads_colleagues: live.reads_colleagues,
    };
    Ok(Some(Present {
        viewer: with_teams(r, known, Via::Session)?,
        session: live.session,
        seen_at: live.seen_at,
        theme: live.theme,
        single_keys: live.single_keys,
        keys: Keys::of_json(&live.keys),
        zone: live.zone,
    }))
}

/// Notes that the session is in use. Call it when `needs_touch` says so.
pub fn touch(tx: &mut Write, key: &SessionKey, now: Time) -> Result<()> {
    tx.exec(
        "UPDATE session SET seen_at = $3 WHERE person = $1 AND id = $2 AND seen_at < $3",
        &args![key.person, key.session, now],
    )?;
    Ok(())
}

/// The live ones of a person, the latest used first: one's own, or anybody's for an administrator.
pub fn list_sessions(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<SessionRow>> {
    own_or_admin(cx, person)?;
    Ok(r.query(
        "SELECT id, person, created_at, seen_at, ends_at, place, browser FROM session
         WHERE person = $1 AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id",
        &args![person, cx.now, cx.now.plus(-IDLE)],
    )?)
}

/// Ends one session.
///
/// No event: where somebody is signed in is nobody else's news.
pub fn end_session(tx: &mut Write, cx: &Context, person: PersonId, session: i64) -> Result<()> {
    own_or_admin(cx, person)?;
    let gone = tx.exec(
        "DELETE FROM session WHERE person = $1 AND id = $2",
        &args![person, session],
    )?;
    if gone == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Signing out: whoever holds the secret may end it. Nothing to end is no mistake.
pub fn end_this_session(tx: &mut Write, secret: &str) -> Result<()> {
    tx.exec("DELETE FROM session WHERE hash = $1", &args![hash_of(secret)])?;
    Ok(())
}

/// Ends everything that stands for the person: sessions, API tokens, links to sign in or set a password.
/// Keyed links to single requests stay: they never showed more than that one.
pub fn end_all(tx: &mut Write, now: Time, person: PersonId) -> Result<()> {
    tx.exec("DELETE FROM session WHERE person = $1", &args![person])?;
    tx.exec(
        "UPDATE api_token SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL",
        &args![person, now],
    )?;
    tx.exec(
        "UPDATE keyed_link SET ends_at = $2
         WHERE person = $1 AND purpose IN ('sign_in', 'reset', 'setup') AND used_at IS NULL AND ends_at > $2",
        &args![person, now],
    )?;
    Ok(())
}

pub(super) fn own_or_admin(cx: &Context, person: PersonId) -> Result<()> {
    if person == cx.viewer.person && cx.viewer.via == Via::Session {
        return Ok(());
    }
    access::require(&cx.viewer, Place::Admin)
}
