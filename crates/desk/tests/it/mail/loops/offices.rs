//! The two kinds of desks that live through the week: ours, and one that answers whatever comes.

use std::cell::RefCell;

use desk::clock::SECOND;
use desk::tickets;
use desk::{PersonId, TicketNumber};

use super::week::Office;
use crate::mail::desk::{Left, TestDesk, letter};

impl Office for &TestDesk {
    fn takes(&self, left: &Left) {
        self.receive(&left.from, &[&left.to], &left.raw);
    }

    fn sends(&self) -> Vec<(Left, bool)> {
        let marked = |l: Left| {
            let automatic = l.read().auto_submitted.is_some_and(|v| v != "no");
            (l, automatic)
        };
        TestDesk::sends(self).into_iter().map(marked).collect()
    }

    /// The newest of today's tickets are answered, and the first, which is the other desk's; on the fourth day the oldest
    /// of the others are closed, whoever still answers them.
    fn answers(&self, day: usize) -> usize {
        let technician: PersonId = self.read(|r| {
            Ok(r.one(
                "SELECT id FROM person WHERE role = 'technician' ORDER BY id LIMIT 1",
                &[],
            )?)
        });
        let answered: Vec<TicketNumber> = self.read(|r| {
            Ok(r.query(
                "SELECT number FROM ticket WHERE number > (SELECT max(number) FROM ticket) - 12
                   OR number = (SELECT min(number) FROM ticket)",
                &[],
            )?)
        });
        for number in &answered {
            self.replies(technician, *number, &format!("We look at it on day {day}."));
        }
        if day == 3 {
            let oldest: Vec<TicketNumber> =
                self.read(|r| Ok(r.query("SELECT number FROM ticket ORDER BY number LIMIT 12 OFFSET 1", &[])?));
            for number in oldest {
                let cx = self.as_person(technician);
                self.write(move |tx| tickets::close(tx, &cx, number));
            }
        }
        answered.len()
    }

    fn tickets(&self) -> i64 {
        self.count("SELECT count(*) FROM ticket")
    }

    fn waits(&self) -> i64 {
        self.count("SELECT count(*) FROM outgoing WHERE state = 'waiting'")
    }

    fn pass(&self, microseconds: i64) {
        // Sending takes ten seconds of our clock.
        self.advance(microseconds - 10 * SECOND);
    }
}

/// Answers everything by itself, at once, to whoever is named, as a rule in a mail program does.
pub(super) struct Naive {
    address: &'static str,
    queue: RefCell<Vec<Left>>,
    taken: RefCell<i64>,
}

impl Naive {
    pub(super) fn at(address: &'static str) -> Naive {
        Naive {
            address,
            queue: RefCell::default(),
            taken: RefCell::default(),
        }
    }
}

impl Office for Naive {
    fn takes(&self, left: &Left) {
        *self.taken.borrow_mut() += 1;
        let Some(from) = left.read().from else { return };
        let head = format!("Subject: We have your request {}", self.taken.borrow());
        self.queue.borrow_mut().push(Left {
            from: self.address.into(),
            to: from.address.clone(),
            raw: letter(self.address, &from.address, &head, "Thank you.").into_bytes(),
        });
    }

    fn sends(&self) -> Vec<(Left, bool)> {
        self.queue.take().into_iter().map(|l| (l, true)).collect()
    }

    fn answers(&self, _day: usize) -> usize {
        0
    }

    fn tickets(&self) -> i64 {
        *self.taken.borrow()
    }

    fn waits(&self) -> i64 {
        i64::try_from(self.queue.borrow().len()).unwrap_or(i64::MAX)
    }

    fn pass(&self, _microseconds: i64) {}
}
