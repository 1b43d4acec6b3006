//! What a mail provider granted us: the secret of our application there and the token that renews the others. Sealed as
//! one text beside the source.

use db::{Write, args};
use serde::{Deserialize, Serialize};

use super::record::{SignIn, Source, purpose, secret_of};
use super::state;
use crate::access::{self, Place};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::MailboxId;
use crate::mailboxes::sending;
use crate::vault::Vault;

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grant {
    /// Of our application; a public one has none.
    pub secret: String,
    pub refresh_token: String,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Grant(***)")
    }
}

impl Grant {
    pub fn of(vault: &Vault, source: &Source) -> Result<Grant> {
        let text = secret_of(vault, source)?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    pub(super) fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::fault)
    }
}

/// Our application with the provider of this source.
pub fn application(source: &Source, grant: &Grant) -> Option<mail::oauth::Client> {
    let provider = match source.sign_in {
        SignIn::Password => return None,
        SignIn::Google => mail::oauth::Provider::Google,
        SignIn::Microsoft => mail::oauth::Provider::Microsoft {
            tenant: match source.tenant.as_str() {
                "" => "common".to_string(),
                tenant => tenant.to_string(),
            },
        },
    };
    Some(mail::oauth::Client {
        provider,
        id: source.client.clone(),
        secret: Some(grant.secret.clone()).filter(|secret| !secret.is_empty()),
    })
}

/// An administrator connected the mailbox: the provider gave this token.
pub fn connected(tx: &mut Write, cx: &Context, vault: &Vault, mailbox: MailboxId, refresh_token: &str) -> Result<()> {
    access::require(&cx.viewer, Place::Admin)?;
    renewed(tx, vault, mailbox, refresh_token)?;
    tx.exec(
        "UPDATE source SET changed_at = $2, failing_since = NULL, fault = NULL, words = '' WHERE mailbox = $1",
        &args![mailbox, cx.now],
    )?;
    sending::connected(tx, mailbox, cx.now)?;
    let id = mailbox.to_string();
    access::audit(tx, cx.now, Some(cx.viewer.person), "mailbox connected", &id, "")?;
    events::record(tx, cx, Fact::new(EventKind::SettingChanged))?;
    Ok(())
}

/// The provider gave a new token in place of the old one.
/// No event: it changes nothing that anybody sees.
pub(in crate::mailboxes) fn renewed(
    tx: &mut Write,
    vault: &Vault,
    mailbox: MailboxId,
    refresh_token: &str,
) -> Result<()> {
    state::hold(tx, mailbox)?;
    let source = state::of(tx, mailbox)?.ok_or(Error::NotFound)?;
    let grant = Grant {
        refresh_token: refresh_token.to_string(),
        ..Grant::of(vault, &source)?
    };
    let sealed = vault.seal(tx, &purpose(mailbox), &grant.text()?)?;
    tx.exec(
        "UPDATE source SET secret = $2 WHERE mailbox = $1",
        &args![mailbox, sealed.as_slice()],
    )?;
    Ok(())
}
