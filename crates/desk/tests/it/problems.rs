//! Problems and known errors, on both engines: one fact a test.

mod groups;
mod known;
mod linking;
mod private;
mod steps;
mod telling;
mod verbs;

use desk::access::Role;
use desk::events::Cursor;
use desk::problems::{self, NewProblem, NewTelling, Problem, Solved};
use desk::tickets::{self, Channel, NewTicket, Ticket};
use desk::words::Lang;
use desk::{Context, EventId, PersonId, ProblemNumber, Result, TeamId, TicketNumber, finding};

use crate::mail::desk::TestDesk;

/// A desk with a technician, and requesters who read one language each.
struct Bench<'a> {
    d: &'a TestDesk,
    technician: PersonId,
}

impl<'a> Bench<'a> {
    fn new(d: &'a TestDesk) -> Bench<'a> {
        Bench {
            d,
            technician: d.person("technician@desk.example", Role::Technician),
        }
    }

    fn cx(&self) -> Context {
        self.d.as_person(self.technician)
    }

    fn requester(&self, name: &str, lang: Lang) -> PersonId {
        let person = self.d.person(&format!("{name}@requester.example"), Role::Requester);
        self.d.write(move |tx| {
            tx.exec(
                "UPDATE person SET language = $2 WHERE id = $1",
                &db::args![person, lang],
            )?;
            Ok(())
        });
        person
    }

    fn ticket_with(&self, name: &str, lang: Lang, change: impl FnOnce(&mut NewTicket)) -> TicketNumber {
        let mut new = NewTicket::new(
            self.requester(name, lang),
            Channel::Phone,
            "The tunnel drops",
            "The tunnel drops every few minutes since the update.",
        );
        new.language = Some(lang);
        change(&mut new);
        let cx = self.d.cx();
        self.d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
    }

    fn ticket(&self, name: &str, lang: Lang) -> TicketNumber {
        self.ticket_with(name, lang, |_| ())
    }

    fn tickets(&self, count: usize, lang: Lang) -> Vec<TicketNumber> {
        (0..count).map(|n| self.ticket(&format!("{lang}{n}"), lang)).collect()
    }

    /// One verb of the technician.
    fn does<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&mut db::Write, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cx = self.cx();
        self.d.desk.write_now(move |tx| verb(tx, &cx))
    }

    /// One question of the technician.
    fn asks<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut db::Read, &Context) -> Result<T> + Send + 'static,
    ) -> T {
        let cx = self.cx();
        self.d.read(move |r| question(r, &cx))
    }

    fn opens(&self, tickets: &[TicketNumber]) -> ProblemNumber {
        let tickets = tickets.to_vec();
        let opened = self.does(move |tx, cx| problems::open(tx, cx, &tunnel(), &tickets));
        opened.unwrap().problem.number
    }

    fn find(&self, number: ProblemNumber) -> Problem {
        self.asks(move |r, cx| problems::find(r, cx, number))
    }

    fn solves(&self, number: ProblemNumber, telling: &NewTelling) -> Result<Solved> {
        let telling = telling.clone();
        self.does(move |tx, cx| problems::solve(tx, cx, number, &telling))
    }

    fn undoes(&self, event: EventId) -> Result<ProblemNumber> {
        self.does(move |tx, cx| problems::undo(tx, cx, event))
    }

    fn counts(&self, number: ProblemNumber) -> (i64, i64, i64) {
        counts_of(self.d, &self.cx(), number)
    }

    fn row(&self, number: TicketNumber) -> Ticket {
        self.d.ticket(number)
    }

    fn team(&self, name: &str, private: bool) -> TeamId {
        let name = name.to_string();
        self.d.write(move |tx| {
            Ok(tx.one(
                "INSERT INTO team (name_en, name_fr, private, created_at) VALUES ($1, $1, $2, 0) RETURNING id",
                &db::args![name, private],
            )?)
        })
    }

    /// Until the index has read the log to its end: on PostgreSQL a transaction of anybody else keeps it waiting.
    fn index(&self) {
        loop {
            self.d.wait(finding::catch_up(&self.d.desk)).unwrap();
            let last = "SELECT tx, id AS event FROM event ORDER BY tx DESC, id DESC LIMIT 1";
            let (tx, event) = self.d.read(move |r| Ok(r.one(last, &[])?));
            if self.d.desk.index().cursor() == Some(Cursor { tx, event }.as_text()) {
                return;
            }
            std::thread::yield_now();
        }
    }
}

/// Tickets, fixed ones, requesters.
fn counts_of(d: &TestDesk, cx: &Context, number: ProblemNumber) -> (i64, i64, i64) {
    let cx = cx.clone();
    let counts = d.read(move |r| problems::counts(r, &cx, &[number]));
    counts
        .get(&number)
        .map_or((0, 0, 0), |c| (c.tickets, c.fixed, c.requesters))
}

fn tunnel() -> NewProblem {
    NewProblem {
        title_en: "The tunnel drops after the update".into(),
        title_fr: "Le RPV tombe après la mise à jour".into(),
        symptom_en: "The tunnel drops every few minutes.".into(),
        symptom_fr: "Le RPV tombe toutes les quelques minutes.".into(),
        cause_en: "The new driver of the wireless card.".into(),
        workaround_en: "Use the cable.".into(),
        fix_en: "Install driver 22.40.".into(),
        fix_fr: "Installez le pilote 22.40.".into(),
        ..NewProblem::default()
    }
}

fn both() -> NewTelling {
    NewTelling {
        reply_en: "Install driver 22.40; the tunnel then stays up.".into(),
        reply_fr: "Installez le pilote 22.40; le RPV tient ensuite.".into(),
        either: false,
    }
}
