//! Letters of the sample: composed, kept, read and filed as if they had come through the door, and the desk's own
//! letters of that week put down as sent.

use anyhow::{Context as _, Result, bail};
use desk::access::Viewer;
use desk::jobs::{self, JobKind};
use desk::mailboxes::intake::{self, Way};
use desk::mailboxes::outbox::{self, Prepared};
use desk::mailboxes::{LetterState, ledger};
use desk::{Desk, LetterId, PersonId, TicketNumber, clock};
use mail::{Address, AutoSubmitted, Outgoing};

/// Who writes to which of our addresses, and what.
#[derive(Debug)]
pub(super) struct Letter {
    pub(crate) from: String,
    pub(crate) name: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) automatic: bool,
    pub(crate) picture: Option<(String, &'static [u8])>,
}

/// Takes the letter in and answers the ticket it was filed on; none for an automatic one.
pub(super) async fn take_in(desk: &Desk, letter: &Letter) -> Result<Option<TicketNumber>> {
    let now = desk.now();
    let raw = compose(letter, now.0)?;
    let (from, to) = (letter.from.clone(), vec![letter.to.clone()]);
    let id = desk
        .write(move |tx| intake::keep(tx, now, Way::Smtp, None, &from, &to, &raw))
        .await?;
    let job = desk
        .write(move |tx| jobs::claim(tx, JobKind::ReadLetter, now, 1))
        .await?
        .pop();
    let state = intake::read(desk, id, job).await?;
    let ticket = filed_on(desk, id).await?;
    if !letter.automatic && (state != LetterState::Filed || ticket.is_none()) {
        bail!("the letter \"{}\" was not filed: {state}", letter.subject);
    }
    Ok(ticket)
}

async fn filed_on(desk: &Desk, id: LetterId) -> Result<Option<TicketNumber>> {
    let cx = desk.context(Viewer::desk(PersonId(0)), None);
    Ok(desk.read(move |r| ledger::find(r, &cx, id)).await?.ticket)
}

fn compose(letter: &Letter, at: i64) -> Result<Vec<u8>> {
    let (_, domain) = letter.from.split_once('@').context("an address has a domain")?;
    let picture = letter
        .picture
        .iter()
        .map(|(name, bytes)| (name.clone(), "image/png".to_string(), bytes.to_vec()));
    let composed = mail::compose(&Outgoing {
        // One letter a microsecond of the sample's clock.
        message_id: format!("sample.{at}@{domain}"),
        from: Address {
            name: Some(letter.name.clone()),
            address: letter.from.clone(),
        },
        to: vec![Address {
            name: None,
            address: letter.to.clone(),
        }],
        subject: letter.subject.clone(),
        date: at,
        text: letter.text.trim().to_string(),
        auto_submitted: letter.automatic.then_some(AutoSubmitted::Replied),
        attachments: picture.collect(),
        ..Outgoing::default()
    });
    Ok(composed?)
}

/// What the desk wrote in the past has arrived in the past: nothing of it leaves when the demo starts.
pub(super) async fn put_down_as_sent(desk: &Desk) -> Result<()> {
    let (now, house) = (desk.now().plus(10 * clock::SECOND), desk.house());
    let sent = desk.write(move |tx| {
        for job in outbox::claim_due(tx, now, 100)? {
            if let Prepared::Ready(_) = outbox::prepare(tx, &house, now, &job)? {
                outbox::sent(tx, &job, now, "250 2.0.0 taken (sample)")?;
            }
        }
        Ok(())
    });
    Ok(sent.await?)
}
