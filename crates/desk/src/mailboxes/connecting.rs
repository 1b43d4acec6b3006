//! Connecting a mailbox of Microsoft 365 or Google: an administrator is sent to the provider's page, says yes there, and
//! comes back with a code for which the provider gives tokens (RFC 6749, section 4.1, with PKCE, RFC 7636). What he takes
//! along is sealed: nobody else can come back with it, and not to another mailbox.

use db::Read;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fetching;
use super::sending;
use super::sources::{self, Grant, Protocol, Source, application};
use crate::access::{self, Place};
use crate::clock::{MINUTE, Time};
use crate::context::Context;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ids::{MailboxId, PersonId};
use crate::vault::Vault;

const STATE: &str = "mailbox-connecting";
/// As long as a person needs to sign in there.
const LASTS: i64 = 30 * MINUTE;

#[derive(Serialize, Deserialize)]
struct State {
    mailbox: MailboxId,
    person: PersonId,
    verifier: String,
    until: Time,
}

/// Where the provider sends the administrator back to.
pub fn back_to(cx: &Context) -> Result<String> {
    let url = cx
        .house
        .public_url
        .as_deref()
        .ok_or(Error::Conflict("conflict-no-public-url"))?;
    Ok(format!("{url}/admin/channels/connected"))
}

/// The page of the provider where he says yes.
pub fn consent(r: &mut Read, cx: &Context, vault: &Vault, source: &Source) -> Result<String> {
    access::require(&cx.viewer, Place::Admin)?;
    let grant = Grant::of(vault, source)?;
    let application = application(source, &grant).ok_or(Error::Conflict("conflict-no-provider"))?;
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(Error::fault)?;
    let verifier = data_encoding::BASE64URL_NOPAD.encode(&random);
    let hash = Sha256::digest(verifier.as_bytes()).into();
    let state = State {
        mailbox: source.mailbox,
        person: cx.viewer.person,
        verifier,
        until: cx.now.plus(LASTS),
    };
    let text = serde_json::to_string(&state).map_err(Error::fault)?;
    let sealed = data_encoding::BASE64URL_NOPAD.encode(&vault.seal_passing(STATE, &text)?);
    let mut uses = match source.protocol {
        Protocol::Imap => vec![mail::oauth::Use::Imap],
        Protocol::Pop3 => vec![mail::oauth::Use::Pop3],
    };
    if sending::uses_grant(r, source.mailbox)? {
        uses.push(mail::oauth::Use::Send);
    }
    Ok(application.consent_url(&uses, &back_to(cx)?, &sealed, hash, &source.user_name))
}

/// He is back: the code becomes a token, which is kept. Answers which mailbox is connected now.
pub async fn finish(desk: &Desk, cx: &Context, state: &str, code: &str) -> Result<MailboxId> {
    access::require(&cx.viewer, Place::Admin)?;
    let vault = desk.vault().clone();
    let state = opened(&vault, cx, state)?;
    let mailbox = state.mailbox;
    let source = desk
        .read(move |r| sources::of(r, mailbox))
        .await?
        .ok_or(Error::NotFound)?;
    let grant = Grant::of(&vault, &source)?;
    let application = application(&source, &grant).ok_or(Error::Conflict("conflict-no-provider"))?;
    let request = application.exchange(code, &back_to(cx)?, &state.verifier);
    let token = fetching::token_for(desk, &request).await?;
    let cx = cx.clone();
    desk.write(move |tx| sources::connected(tx, &cx, &vault, mailbox, &token))
        .await?;
    Ok(mailbox)
}

fn opened(vault: &Vault, cx: &Context, state: &str) -> Result<State> {
    let stale = || Error::Conflict("conflict-connecting-stale");
    let sealed = data_encoding::BASE64URL_NOPAD
        .decode(state.as_bytes())
        .map_err(|_| stale())?;
    let text = vault.open_sealed(STATE, &sealed).map_err(|_| stale())?;
    let state: State = serde_json::from_str(&text).map_err(|_| stale())?;
    if state.person != cx.viewer.person || state.until < cx.now {
        return Err(stale());
    }
    Ok(state)
}
