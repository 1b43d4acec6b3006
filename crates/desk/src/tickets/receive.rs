//! The requester speaks again: by mail, on the portal, through the keyed link. A waiting ticket goes on, a solved one
//! is reopened, and a closed one gets a follow-up that is linked to it.

use db::{Write, args};

use super::change::{Changed, change_admitted};
use super::open::{NewTicket, open};
use super::ticket::{Channel, Status, Ticket};
use super::write::{self, MessageFormat, MessageKind, NewFile, Words};
use super::{link, store};
use crate::access::{Action, Via, Viewer};
use crate::clock::Time;
use crate::context::Context;
use crate::error::Result;
use crate::events::EventKind;
use crate::ids::{LetterId, MessageId, PersonId, TicketNumber};

#[derive(Clone, Debug)]
pub struct Answer {
    pub author: PersonId,
    pub channel: Channel,
    pub body: String,
    pub quoted: String,
    pub html: Option<String>,
    pub files: Vec<NewFile>,
    pub letter: Option<LetterId>,
    /// The subject of a follow-up, should the ticket be closed.
    pub subject: String,
}

/// Files the answer. The number is that of the ticket it ended on: another one when the old one was closed.
pub fn receive(
    tx: &mut Write,
    cx: &Context,
    number: TicketNumber,
    answer: &Answer,
) -> Result<(TicketNumber, MessageId)> {
    if cx.viewer.via != Via::Desk {
        write::check_words(&answer.body, &answer.files).done()?;
    }
    let root = store::hold_root(tx, number)?;
    let ticket = store::load(tx, number)?.admit(&cx.viewer, Action::Answer)?;
    let at_root = if root == number {
        ticket.clone()
    } else {
        store::raw(tx, root)?
    };
    if at_root.status == Status::Closed {
        return follow_up(tx, cx, &ticket, answer);
    }
    let message = add(tx, ticket.number, answer, cx.now)?;
    go_on(tx, cx, &at_root, message)?;
    Ok((number, message))
}

pub(super) fn add(tx: &mut Write, number: TicketNumber, answer: &Answer, at: Time) -> Result<MessageId> {
    let words = Words {
        kind: MessageKind::Request,
        channel: answer.channel,
        author: answer.author,
        format: MessageFormat::Text,
        body: db::packed(&answer.body),
        quoted: &answer.quoted,
        html: answer.html.as_deref(),
        minutes: None,
        letter: answer.letter,
        at,
    };
    write::add(tx, number, words, &answer.files)
}

/// The ticket that shows the message is somebody's turn again.
fn go_on(tx: &mut Write, cx: &Context, ticket: &Ticket, message: MessageId) -> Result<Changed> {
    let kind = if ticket.status == Status::Solved {
        EventKind::Reopened
    } else {
        EventKind::RequesterWrote
    };
    change_admitted(tx, cx, ticket, kind, |_, ticket| {
        ticket.requester_spoke_at = Some(cx.now);
        ticket.snoozed_until = None;
        if ticket.status != Status::New && ticket.status != Status::Open {
            ticket.become_status(Status::Open, cx.now, &cx.house);
        }
        Ok(Some(message.0))
    })
}

fn follow_up(tx: &mut Write, cx: &Context, old: &Ticket, answer: &Answer) -> Result<(TicketNumber, MessageId)> {
    let subject = if answer.subject.trim().is_empty() {
        &old.subject
    } else {
        &answer.subject
    };
    let mut new = NewTicket::new(answer.author, answer.channel, subject, answer.body.as_str());
    new.quoted.clone_from(&answer.quoted);
    new.html.clone_from(&answer.html);
    new.files.clone_from(&answer.files);
    new.letter = answer.letter;
    new.language = Some(old.language);
    new.team = old.team;
    new.topic = old.topic;
    new.acknowledge = true;
    // The keyed link opens one ticket only, so the follow-up is opened by the desk in the author's name.
    let desk = Context {
        viewer: Viewer::desk(answer.author),
        ..cx.clone()
    };
    let opened = open(tx, &desk, &new)?;
    link::link(tx, &desk, opened.number, old.number, link::LinkKind::FollowUp)?;
    Ok((opened.number, opened.message))
}

/// Whether this person takes part in the ticket: its requester, or somebody who has written on it before, under this
/// record or one that was merged into it.
pub fn takes_part(tx: &mut Write, number: TicketNumber, person: PersonId) -> Result<bool> {
    let found: Option<i64> = tx.maybe(
        "WITH RECURSIVE part (id) AS (
           SELECT requester FROM ticket WHERE number = $1
           UNION SELECT author FROM message WHERE ticket = $1
           UNION SELECT p.merged_into FROM part JOIN person p ON p.id = part.id WHERE p.merged_into IS NOT NULL)
         SELECT 1 AS one FROM part WHERE id = $2 LIMIT 1",
        &args![number, person],
    )?;
    Ok(found.is_some())
}
