//! What the requester and the desk said to each other on a ticket, as far as it may leave: no notes, no calls, no visits,
//! nothing that waits or was taken back, nothing of a private team.

use db::Read;

use crate::access::{self, Action};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{MessageId, TicketNumber};
use crate::knowledge::Known;
use crate::people;
use crate::teams;
use crate::tickets::{self, MessageKind, MessageRow, MessageState, Ticket};

/// Characters of one message, and of all.
const MOST_OF_ONE: usize = 4_000;
const MOST: usize = 12_000;

#[derive(Clone, Debug)]
pub(super) struct Talk {
    pub ticket: Ticket,
    pub said: Vec<Line>,
    pub known: Known,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub id: MessageId,
    pub by_requester: bool,
    pub author: String,
    pub at: Time,
    pub words: String,
}

/// For those who work on the ticket. Nobody's private ticket leaves the desk.
pub(super) fn read(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<Talk> {
    access::require(&cx.viewer, access::Place::Desk)?;
    let ticket = tickets::find_inside(r, cx, number)?;
    if !access::may(&cx.viewer, Action::Work, &ticket) {
        return Err(Error::NotFound);
    }
    if is_private(r, cx, &ticket)? {
        return Err(Error::Conflict("conflict-drafting-private"));
    }
    let (ticket, messages, _) = tickets::conversation(r, cx, number)?;
    let mut names = vec![people::find_visible(r, cx, ticket.requester)?.name];
    names.extend(messages.iter().map(|m| m.author_name.clone()));
    names.extend(people::technicians(r)?.into_iter().map(|t| t.name));
    names.sort();
    names.dedup();
    let mut open = Vec::new();
    for message in messages.into_iter().filter(is_between_them) {
        if message.ticket == number || !is_private_number(r, cx, message.ticket)? {
            open.push(line(message));
        }
    }
    Ok(Talk {
        known: Known {
            names,
            tickets: vec![number.0],
        },
        said: fitting(open),
        ticket,
    })
}

fn is_between_them(message: &MessageRow) -> bool {
    let between = matches!(message.kind, MessageKind::Request | MessageKind::Reply);
    between && message.state == MessageState::Sent
}

fn line(message: MessageRow) -> Line {
    Line {
        id: message.id,
        by_requester: message.kind == MessageKind::Request,
        author: message.author_name,
        at: message.at,
        words: message.body.0,
    }
}

fn is_private_number(r: &mut Read, cx: &Context, number: TicketNumber) -> Result<bool> {
    let ticket = tickets::find_inside(r, cx, number)?;
    is_private(r, cx, &ticket)
}

pub(super) fn is_private(r: &mut Read, cx: &Context, ticket: &Ticket) -> Result<bool> {
    let team = ticket.team.map(|team| teams::find(r, cx, team)).transpose()?;
    Ok(team.is_some_and(|team| team.private))
}

/// What was asked, and then as many of the latest words as there is room for.
fn fitting(all: Vec<Line>) -> Vec<Line> {
    let mut room = MOST;
    let mut kept = Vec::new();
    let mut lines = all.into_iter().map(cut);
    kept.extend(lines.next());
    room -= kept.iter().map(|line| line.words.chars().count()).sum::<usize>();
    let mut latest: Vec<Line> = Vec::new();
    for line in lines.rev() {
        let long = line.words.chars().count();
        if long > room {
            break;
        }
        room -= long;
        latest.push(line);
    }
    kept.extend(latest.into_iter().rev());
    kept
}

fn cut(mut line: Line) -> Line {
    line.words = line.words.trim().chars().take(MOST_OF_ONE).collect();
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_and_the_latest_words_fit() {
        let line = |id: i64, long: usize| Line {
            id: MessageId(id),
            by_requester: true,
            author: String::new(),
            at: Time(id),
            words: "é".repeat(long),
        };
        let ids = |all: Vec<Line>| all.iter().map(|l| l.id.0).collect::<Vec<_>>();
        assert_eq!(ids(fitting(vec![])), [0; 0]);
        assert_eq!(ids(fitting(vec![line(1, 10), line(2, 10), line(3, 10)])), [1, 2, 3]);
        let long: Vec<Line> = (1..=9).map(|id| line(id, 9_000)).collect();
        let kept = fitting(long);
        assert!(kept.iter().all(|l| l.words.chars().count() == MOST_OF_ONE));
        assert_eq!(ids(kept), [1, 8, 9]);
    }
}
