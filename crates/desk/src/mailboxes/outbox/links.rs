//! The addresses of pages that stand in letters. A link is made when its letter is written and is kept nowhere but in
//! that letter.

use db::Write;

use super::queue::OutgoingKind;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};
use crate::sign_in::{self, LinkPurpose, Secret};
use crate::words::Lang;

/// Where the portal takes the secret of a link: `/en/k/…` opens one request, `/en/confirm/…` confirms an address,
/// `/en/sign-in/…` signs in.
pub fn path_of(lang: Lang, kind: OutgoingKind, secret: &str) -> String {
    let place = match kind {
        OutgoingKind::Confirm => "confirm",
        OutgoingKind::SignIn => "sign-in",
        _ => "k",
    };
    format!("/{lang}/{place}/{secret}")
}

pub(super) fn make(
    tx: &mut Write,
    now: Time,
    kind: OutgoingKind,
    person: PersonId,
    ticket: Option<TicketNumber>,
) -> Result<Secret> {
    let purpose = match kind {
        OutgoingKind::Confirm => LinkPurpose::Confirm,
        OutgoingKind::SignIn => LinkPurpose::SignIn,
        _ => LinkPurpose::Ticket,
    };
    sign_in::make_link(tx, purpose, Some(person), ticket, now)
}
