//! API tokens: a program that acts for a person, within scopes that never reach above his role.

use db::{Read, Write, args};
use serde_json::json;

use super::secret::{Secret, hash_of};
use super::viewer::{Known, with_teams};
use crate::access::{self, Place, Role, Scopes, Via, Viewer};
use crate::clock::{MINUTE, Time};
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{OrganizationId, PersonId, TokenId};
use crate::people;
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub struct ApiToken {
        pub id: TokenId,
        pub person: PersonId,
        pub name: String,
        pub scopes: String,
        pub created_at: Time,
        pub seen_at: Option<Time>,
    }
}

/// Makes a token, and shows it this once. For oneself from a session; for others by an administrator.
pub fn add_token(tx: &mut Write, cx: &Context, person: PersonId, name: &str, scopes: Scopes) -> Result<Secret> {
    super::sessions::own_or_admin(cx, person)?;
    let role: Option<Role> = tx.maybe(
        "SELECT role FROM person WHERE id = $1 AND NOT suspended AND merged_into IS NULL",
        &args![person],
    )?;
    let role = role.ok_or(Error::NotFound)?;
    let mut checks = Checks::default();
    checks
        .text(name, 100, "name")
        .check(!name.chars().any(char::is_control), "name", "refused-characters");
    checks.check(!scopes.admin || role == Role::Admin, "scopes", "refused-scope");
    checks.check(scopes.read || scopes.write || scopes.admin, "scopes", "refused-empty");
    checks.done()?;
    let secret = Secret::with_prefix("fl_")?;
    tx.exec(
        "INSERT INTO api_token (hash, person, name, scopes, created_at) VALUES ($1, $2, $3, $4, $5)",
        &args![secret.hash(), person, name.trim(), scopes.as_text(), cx.now],
    )?;
    people::audit(
        tx,
        cx,
        "token",
        person,
        &format!("{} ({})", name.trim(), scopes.as_text()),
    )?;
    changed(tx, cx, person, "token")?;
    Ok(secret)
}

db::table! {
    struct Bearer {
        id: TokenId,
        scopes: String,
        seen_at: Option<Time>,
        person: PersonId,
        name: String,
        role: Role,
        language: Lang,
        organization: Option<OrganizationId>,
        reads_colleagues: bool,
    }
}

/// A token that opened the door, and when it was last noted that it did.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub id: TokenId,
    seen_at: Option<Time>,
}

impl Shown {
    pub fn needs_touch(&self, now: Time) -> bool {
        self.seen_at.is_none_or(|seen| now.since(seen) >= MINUTE)
    }
}

/// `None` for a token that was revoked or never was, and for somebody suspended.
pub fn viewer_of_token(r: &mut Read, secret: &str) -> Result<Option<(Viewer, Shown)>> {
    let found: Option<Bearer> = r.maybe(
        "SELECT k.id, k.scopes, k.seen_at, p.id AS person, p.name, p.role, p.language, p.organization,
           COALESCE(o.shares_requests, FALSE) AS reads_colleagues
         FROM api_token k JOIN person p ON p.id = k.person LEFT JOIN organization o ON o.id = p.organization
         WHERE k.hash = $1 AND k.revoked_at IS NULL AND NOT p.suspended AND p.merged_into IS NULL",
        &args![hash_of(secret)],
    )?;
    let Some(bearer) = found else { return Ok(None) };
    let scopes = Scopes::parse(&bearer.scopes).ok_or(Error::fault("a token has scopes nobody knows"))?;
    let shown = Shown {
        id: bearer.id,
        seen_at: bearer.seen_at,
    };
    let known = Known {
        person: bearer.person,
        name: bearer.name,
        role: bearer.role,
        language: bearer.language,
        organization: bearer.organization,
        reads_colleagues: bearer.reads_colleagues,
    };
    Ok(Some((with_teams(r, known, Via::Token(scopes))?, shown)))
}

/// Notes that the token is in use. Call it when `needs_touch` says so.
pub fn touch_token(tx: &mut Write, token: TokenId, now: Time) -> Result<()> {
    tx.exec("UPDATE api_token SET seen_at = $2 WHERE id = $1", &args![token, now])?;
    Ok(())
}

/// Those in force, newest first: one's own, or anybody's for an administrator.
pub fn list_tokens(r: &mut Read, cx: &Context, person: PersonId) -> Result<Vec<ApiToken>> {
    super::sessions::own_or_admin(cx, person)?;
    Ok(r.query(
        "SELECT id, person, name, scopes, created_at, seen_at FROM api_token
         WHERE person = $1 AND revoked_at IS NULL ORDER BY id DESC",
        &args![person],
    )?)
}

db::table! {
    /// A token and whose rights it carries.
    #[derive(Clone, Debug)]
    pub struct OwnedToken {
        pub id: TokenId,
        pub person: PersonId,
        pub owner: String,
        pub name: String,
        pub scopes: String,
        pub created_at: Time,
        pub seen_at: Option<Time>,
    }
}

/// Everybody's tokens that still open the door, the newest first, from before `before` on.
pub fn list_all_tokens(r: &mut Read, cx: &Context, before: Option<TokenId>, limit: i64) -> Result<Vec<OwnedToken>> {
    access::require(&cx.viewer, Place::Admin)?;
    let before = before.map_or(i64::MAX, |id| id.0);
    Ok(r.query(
        "SELECT k.id, k.person, p.name AS owner, k.name, k.scopes, k.created_at, k.seen_at
         FROM api_token k JOIN person p ON p.id = k.person
         WHERE k.revoked_at IS NULL AND k.id < $1 ORDER BY k.id DESC LIMIT $2",
        &args![before, limit.clamp(1, 200)],
    )?)
}

pub fn revoke_token(tx: &mut Write, cx: &Context, token: TokenId) -> Result<()> {
    let person: PersonId = tx.one(
        "SELECT person FROM api_token WHERE id = $1 AND revoked_at IS NULL",
        &args![token],
    )?;
    if access::require(&cx.viewer, Place::Admin).is_err() {
        super::sessions::own_or_admin(cx, person)?;
    }
    tx.exec(
        "UPDATE api_token SET revoked_at = $2 WHERE id = $1",
        &args![token, cx.now],
    )?;
    people::audit(tx, cx, "token-revoked", person, &format!("token {token}"))?;
    changed(tx, cx, person, "token-revoked")
}

fn changed(tx: &mut Write, cx: &Context, person: PersonId, verb: &str) -> Result<()> {
    let data = json!({ "verb": verb }).to_string();
    events::record(
        tx,
        cx,
        Fact::new(EventKind::PersonChanged).about(person.0).with(Some(data)),
    )?;
    Ok(())
}
