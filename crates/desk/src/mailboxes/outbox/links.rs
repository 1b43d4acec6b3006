//! The addresses of pages that stand in letters. A link is made when its letter is written and is kept nowhere but in
//! that letter.

use db::Write;

use super::queue::OutgoingKind;
use crate::clock::Time;
use crate::error::Result;
use crate::ids::{PersonId, TicketNumber};
use crate::sign_in::{self, LinkPurpose, Secret};
use crate::words::Lang;

/// The two answers to "How did it go?", each one tap. They carry the secret of the letter's own link: whoever holds the
/// letter can open the request anyway.
pub(super) struct HowItWent {
    pub good: String,
    pub bad: String,
}

impl HowItWent {
    pub(super) fn of(public_url: &str, lang: Lang, secret: &str) -> HowItWent {
        let answer = |word: &str| format!("{public_url}/{lang}/rate/{secret}?answer={word}");
        HowItWent {
            good: answer("good"),
            bad: answer("bad"),
        }
    }
}

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

/// A secret that opens nothing.
pub(super) const SAMPLE: &str = "0000";

/// What stands in place of a link that is not made yet.
pub(super) fn sample(lang: Lang) -> String {
    path_of(lang, OutgoingKind::Reply, SAMPLE)
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
