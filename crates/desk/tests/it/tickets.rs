//! Every verb of a ticket, on both engines: one fact a test, on one small desk.

mod audit;
mod bulk;
mod lists;
mod log;
mod meanwhile;
mod merging;
mod naming;
mod opening;
mod planned;
mod plans;
mod promises;
mod snoozing;
mod spent;
mod splitting;
mod steps;
mod talking;
mod together;
mod undoing;
mod working;

use desk::events::{self, Event};
use desk::tickets::{self, Changed, Channel, NewMessage, NewTicket, Opened, Ticket};
use desk::{Context, EventId, PersonId, Result, TeamId, TicketNumber, Time};

use crate::common::Small;

/// The same person at another hour.
pub(crate) fn at(cx: &Context, now: Time) -> Context {
    Context { now, ..cx.clone() }
}

impl Small {
    pub(crate) fn open_with(&self, change: impl FnOnce(&mut NewTicket)) -> Opened {
        let mut new = NewTicket::new(
            self.requester.viewer.person,
            Channel::Phone,
            "No printing",
            "The tray is empty.",
        );
        change(&mut new);
        self.write(&self.technician, move |tx, cx| tickets::open(tx, cx, &new))
            .expect("opened")
    }

    pub(crate) fn open(&self) -> TicketNumber {
        self.open_with(|_| ()).number
    }

    /// Opened by the desk for a team, whoever may see it.
    pub(crate) fn open_for(&self, team: TeamId) -> TicketNumber {
        let mut new = NewTicket::new(self.requester.viewer.person, Channel::Phone, "Payslip", "It is wrong.");
        new.team = Some(team);
        self.write(&self.desk, move |tx, cx| tickets::open(tx, cx, &new))
            .expect("opened")
            .number
    }

    pub(crate) fn ticket(&self, number: TicketNumber) -> Ticket {
        self.read(&self.desk, move |r, cx| tickets::find_visible(r, cx, number))
            .expect("the desk sees it")
    }

    /// One verb of the technician at NOW, with the teams he has now.
    pub(crate) fn does(
        &self,
        verb: impl FnOnce(&mut desk::Write, &Context) -> Result<Changed> + Send + 'static,
    ) -> Result<Changed> {
        self.write(&self.viewer_of(self.technician.viewer.person), verb)
    }

    pub(crate) fn undo(&self, event: EventId) -> Result<TicketNumber> {
        self.write(&self.viewer_of(self.technician.viewer.person), move |tx, cx| {
            tickets::undo(tx, cx, event)
        })
    }

    pub(crate) fn history(&self, number: TicketNumber) -> Vec<Event> {
        self.db.read_now(move |r| events::history(r, &[number])).expect("read")
    }

    pub(crate) fn events(&self) -> i64 {
        self.count("SELECT count(*) FROM event")
    }

    pub(crate) fn person(&self, name: &str, address: &str, role: desk::access::Role) -> PersonId {
        let new = desk::people::NewPerson::new(name, address, role);
        self.write(&self.desk, move |tx, cx| desk::people::add(tx, cx, &new))
            .expect("added")
    }

    pub(crate) fn says(
        &self,
        cx: &Context,
        number: TicketNumber,
        body: &str,
    ) -> Result<(TicketNumber, desk::MessageId)> {
        let answer = tickets::Answer {
            author: cx.viewer.person,
            channel: Channel::Portal,
            body: body.to_string(),
            quoted: String::new(),
            html: None,
            files: Vec::new(),
            letter: None,
            subject: String::new(),
        };
        self.write(cx, move |tx, cx| tickets::receive(tx, cx, number, &answer))
    }
}

pub(crate) fn words(body: &str) -> NewMessage {
    NewMessage {
        body: body.to_string(),
        ..NewMessage::default()
    }
}
