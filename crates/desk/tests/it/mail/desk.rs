//! A whole desk with one mailbox, a clock that is set, and a post office that is this test.

use std::sync::Arc;

use db::{Db, args};
use desk::access::{Role, Via, Viewer};
use desk::clock::SECOND;
use desk::house;
use desk::jobs::{self, JobKind};
use desk::mailboxes::ledger::{self, Entry};
use desk::mailboxes::outbox::{self, Prepared};
use desk::mailboxes::{LetterState, MailboxFields, Way, boxes, intake};
use desk::tickets::{self, Channel, NewMessage, NewTicket, Ticket};
use desk::*;

/// 2026-11-16T15:00:00Z, a Monday.
pub(crate) const MONDAY: Time = Time(1_794_841_200_000_000);
pub(crate) const SUPPORT: &str = "support@desk.example";

pub(crate) struct TestDesk {
    pub(crate) desk: Desk,
    pub(crate) engine: &'static str,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// A letter that left, as the other side gets it.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) raw: Vec<u8>,
}

impl Left {
    pub(crate) fn read(&self) -> mail::Letter {
        mail::parse(&self.raw)
    }
    pub(crate) fn reply_to(&self) -> String {
        self.read().reply_to[0].address.clone()
    }
}

/// Runs a test on every engine there is.
pub(crate) fn each(body: impl Fn(&TestDesk)) {
    for stand in testpg::stands() {
        eprintln!("on {}:", stand.engine);
        body(&TestDesk::on(stand.db.clone(), stand.engine, SUPPORT));
    }
}

impl TestDesk {
    pub(crate) fn on(db: Db, engine: &'static str, mailbox: &str) -> TestDesk {
        TestDesk::trusting(db, engine, mailbox, Trust::default())
    }

    /// The same with others whose word counts; the key of its secrets is the test's.
    pub(crate) fn trusting(db: Db, engine: &'static str, mailbox: &str, trust: Trust) -> TestDesk {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts {
            db,
            files: files::Store::open(&folder.path().join("files")).unwrap(),
            index: search::Index::in_memory().unwrap(),
            clock: Clock::set_to(MONDAY),
        };
        let trust = Trust {
            vault: Vault::with_key(&[7; 32]),
            ..trust
        };
        let desk = Desk::open_with(parts, trust).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let it = TestDesk {
            desk,
            engine,
            runtime,
            _folder: folder,
        };
        it.write(|tx| house::put(tx, "public-url", "https://desk.example"));
        it.wait(it.desk.reload_house()).unwrap();
        it.mailbox(&MailboxFields {
            authserv_id: Some("mx.desk.example".into()),
            ..MailboxFields::new(mailbox)
        });
        it
    }

    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        body: impl FnOnce(&mut db::Write) -> Result<T> + Send + 'static,
    ) -> T {
        self.desk.write_now(body).unwrap()
    }

    pub(crate) fn read<T: Send + 'static>(&self, body: impl FnOnce(&mut db::Read) -> Result<T> + Send + 'static) -> T {
        self.desk.read_now(body).unwrap()
    }

    /// The desk itself.
    pub(crate) fn cx(&self) -> Context {
        self.desk.context(Viewer::desk(PersonId(0)), None)
    }

    pub(crate) fn as_person(&self, person: PersonId) -> Context {
        let viewer = self.read(move |r| sign_in::load_viewer(r, person, Via::Session));
        self.desk.context(viewer, None)
    }

    pub(crate) fn mailbox(&self, fields: &MailboxFields) -> MailboxId {
        let (cx, fields) = (self.cx(), fields.clone());
        self.write(move |tx| boxes::add(tx, &cx, &fields))
    }

    pub(crate) fn advance(&self, microseconds: i64) {
        self.desk.clock().advance(microseconds);
    }

    pub(crate) fn person(&self, address: &str, role: Role) -> PersonId {
        let (cx, address) = (self.cx(), address.to_string());
        self.write(move |tx| {
            let person = people::recognise(tx, &cx, &address, None)?;
            tx.exec("UPDATE person SET role = $2 WHERE id = $1", &args![person, role])?;
            Ok(person)
        })
    }

    /// The letter comes in over SMTP and is read.
    pub(crate) fn receive(&self, from: &str, to: &[&str], raw: &[u8]) -> Entry {
        self.receive_by(Way::Smtp, from, to, raw)
    }

    pub(crate) fn receive_by(&self, way: Way, from: &str, to: &[&str], raw: &[u8]) -> Entry {
        let (now, from, raw) = (self.desk.now(), from.to_string(), raw.to_vec());
        let to: Vec<String> = to.iter().map(ToString::to_string).collect();
        let id = self.write(move |tx| {
            let mailbox = boxes::find_by_recipient(tx, &to[0])?.map(|m| m.id);
            intake::keep(tx, now, way, mailbox, &from, &to, &raw)
        });
        self.read_kept();
        self.entry(id)
    }

    /// A person's letter with these header lines.
    pub(crate) fn writes(&self, from: &str, to: &str, head: &str, body: &str) -> Entry {
        self.receive(from, &[to], letter(from, to, head, body).as_bytes())
    }

    /// Does all reading that is due.
    pub(crate) fn read_kept(&self) {
        loop {
            let now = self.desk.now();
            let due = self.write(move |tx| jobs::claim(tx, JobKind::ReadLetter, now, 100));
            if due.is_empty() {
                return;
            }
            for job in due {
                let id = LetterId(job.subject);
                self.wait(intake::read(&self.desk, id, Some(job))).unwrap();
            }
        }
    }

    /// Sends all that is due, into the hands of the test.
    pub(crate) fn sends(&self) -> Vec<Left> {
        self.advance(10 * SECOND);
        let (now, house) = (self.desk.now(), self.desk.house());
        let mut left = Vec::new();
        for job in self.write(move |tx| outbox::claim_due(tx, now, 10_000)) {
            let (rules, claimed) = (Arc::clone(&house), job.clone());
            if let Prepared::Ready(draft) = self.write(move |tx| outbox::prepare(tx, &rules, now, &claimed)) {
                let (from, to) = (draft.from.clone(), draft.to.clone());
                let cx = self.cx();
                match draft.compose(self.desk.files()) {
                    Ok(raw) => left.push(Left { from, to, raw }),
                    // An address that no letter can be sent to: told on its ticket, as the runner does.
                    Err(e) => {
                        let words = e.to_string();
                        self.write(move |tx| outbox::failed_for_good(tx, &cx, OutgoingId(job.subject), &words));
                        continue;
                    }
                }
                self.write(move |tx| outbox::sent(tx, &job, now, "250 ok"));
            }
        }
        left
    }

    pub(crate) fn entry(&self, id: LetterId) -> Entry {
        let cx = self.cx();
        self.read(move |r| ledger::find(r, &cx, id))
    }

    pub(crate) fn ticket(&self, number: TicketNumber) -> Ticket {
        let cx = self.cx();
        self.read(move |r| tickets::find_visible(r, &cx, number))
    }

    pub(crate) fn count(&self, sql: &'static str) -> i64 {
        self.read(move |r| Ok(r.one(sql, &[])?))
    }

    /// Until whoever follows the log is told of all of it: another test on the same server may hold it back.
    pub(crate) fn until_told(&self) {
        while self.read(|r| {
            let (seen, all) = (events::newest(r)?, r.one::<i64>("SELECT count(*) FROM event", &[])?);
            let told: i64 = r.one(
                "SELECT count(*) FROM event WHERE tx < $1 OR (tx = $1 AND id <= $2)",
                &args![seen.tx, seen.event],
            )?;
            Ok(told < all)
        }) {
            std::thread::yield_now();
        }
    }

    /// A ticket from a letter of this person, without the acknowledgement it caused.
    pub(crate) fn ticket_by_mail(&self, from: &str) -> TicketNumber {
        let entry = self.writes(from, SUPPORT, "Subject: Printer", "My printer does not work.");
        assert_eq!(entry.state, LetterState::Filed, "{entry:?}");
        self.sends();
        entry.ticket.unwrap()
    }

    pub(crate) fn ticket_by_phone(&self, requester: PersonId, team: Option<TeamId>) -> TicketNumber {
        let cx = self.cx();
        self.write(move |tx| {
            let new = NewTicket {
                team,
                ..NewTicket::new(requester, Channel::Phone, "Printer", "It is broken")
            };
            Ok(tickets::open(tx, &cx, &new)?.number)
        })
    }

    pub(crate) fn replies(&self, technician: PersonId, ticket: TicketNumber, body: &str) -> MessageId {
        let (cx, body) = (self.as_person(technician), body.to_string());
        self.write(move |tx| {
            let new = NewMessage {
                body,
                ..NewMessage::default()
            };
            Ok(tickets::reply(tx, &cx, ticket, &new)?.1)
        })
    }

    /// The letter that carries a technician's reply, as the requester gets it.
    pub(crate) fn reply_letter(&self, technician: PersonId, ticket: TicketNumber) -> Left {
        self.replies(technician, ticket, "Please restart it.");
        self.sends().pop().expect("a reply leaves")
    }
}

pub(crate) fn letter(from: &str, to: &str, head: &str, body: &str) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = match head.contains("Message-ID:") {
        true => String::new(),
        false => format!(
            "Message-ID: <q{}@elsewhere.example>\r\n",
            NEXT.fetch_add(1, Ordering::Relaxed)
        ),
    };
    format!("From: {from}\r\nTo: {to}\r\n{id}{head}\r\n\r\n{body}\r\n")
}
