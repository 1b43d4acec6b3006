//! Two verbs at the same moment: PostgreSQL runs them side by side, and the second decides on what the first has left.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use db::{Dialect, Write, args};
use desk::clock::HOUR;
use desk::organizations::{self, EditOrganization};
use desk::people::{self, EditPerson};
use desk::tickets::{self, Edit, Impact, Status, Urgency};
use desk::{Context, Error, Result, TicketNumber};

use super::words;
use crate::common::{NOW, Small, on_both};

/// Until another transaction waits for something that this one holds; SQLite lets nobody in to wait.
fn until_somebody_waits(tx: &mut Write) -> Result<()> {
    let begun = Instant::now();
    while tx.dialect() == Dialect::Postgres {
        let waiting: i64 = tx.one(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))",
            &[],
        )?;
        if waiting > 0 {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "the second never waited for the first"
        );
    }
    Ok(())
}

/// The first has done its work and not yet committed it when the second begins.
fn at_once<A: Send + 'static, B: Send + 'static>(
    small: &Small,
    first: impl FnOnce(&mut Write, &Context) -> Result<A> + Send + 'static,
    second: impl FnOnce(&mut Write, &Context) -> Result<B> + Send + 'static,
) -> (Result<A>, Result<B>) {
    let (begun, begin) = mpsc::channel();
    let (db, cx) = (small.db.clone(), small.technician.clone());
    let one = thread::spawn(move || {
        db.write_now(move |tx| -> Result<A> {
            let done = first(tx, &cx)?;
            begun.send(()).unwrap();
            until_somebody_waits(tx)?;
            Ok(done)
        })
    });
    begin.recv().unwrap();
    let two = small.write(&small.technician, second);
    (one.join().unwrap(), two)
}

fn assigned(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<()> {
    tickets::take(tx, cx, number).map(drop)
}

/// What a verb would do that decides before it holds the row: it writes back what it has read.
fn careless(tx: &mut Write, number: TicketNumber) -> Result<()> {
    let assignee: Option<i64> = tx.one("SELECT assignee FROM ticket WHERE number = $1", &args![number])?;
    tx.exec(
        "UPDATE ticket SET assignee = $2, waiting_for = 'a toner' WHERE number = $1",
        &args![number, assignee],
    )?;
    Ok(())
}

#[test]
fn of_two_changes_at_once_neither_is_lost() {
    on_both(|small| {
        let (number, technician) = (small.open(), small.technician.viewer.person);
        let (one, two) = at_once(
            small,
            move |tx, cx| assigned(tx, cx, number),
            move |tx, cx| tickets::hold(tx, cx, number, "a toner").map(drop),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        let after = small.ticket(number);
        assert_eq!(
            (after.assignee, after.waiting_for.as_str()),
            (Some(technician), "a toner")
        );

        let number = small.open();
        let (one, two) = at_once(
            small,
            move |tx, cx| assigned(tx, cx, number),
            move |tx, _| careless(tx, number),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        let kept = small.ticket(number).assignee.is_some();
        let side_by_side = small
            .read(&small.desk, |r, _| Ok(r.dialect() == Dialect::Postgres))
            .unwrap();
        assert_eq!(
            kept, !side_by_side,
            "control: without holding the row the assignment is lost"
        );
    });
}

#[test]
fn a_requesters_word_is_not_lost_beside_a_technicians() {
    on_both(|small| {
        let (number, requester) = (small.open(), small.requester.clone());
        small.does(move |tx, cx| tickets::pend(tx, cx, number)).unwrap();
        let answer = tickets::Answer {
            author: requester.viewer.person,
            channel: tickets::Channel::Portal,
            body: "It is the upper tray.".into(),
            quoted: String::new(),
            html: None,
            files: Vec::new(),
            letter: None,
            subject: String::new(),
        };
        let (one, two) = at_once(
            small,
            move |tx, cx| assigned(tx, cx, number),
            move |tx, _| tickets::receive(tx, &requester, number, &answer).map(drop),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        let after = small.ticket(number);
        assert_eq!(after.assignee, Some(small.technician.viewer.person));
        assert_eq!(after.status, Status::Open);
    });
}

#[test]
fn it_works_now_and_the_other_verbs_that_admit_by_themselves_wait_too() {
    on_both(|small| {
        let technician = small.technician.viewer.person;
        let number = small.open();
        let requester = small.requester.clone();
        let (_, two) = at_once(
            small,
            move |tx, cx| assigned(tx, cx, number),
            move |tx, _| tickets::works_now(tx, &requester, number).map(drop),
        );
        assert_eq!(
            (two, small.ticket(number).assignee),
            (Ok(()), Some(technician)),
            "it works now"
        );

        let requester = small.requester.clone();
        let (_, two) = at_once(
            small,
            move |tx, cx| tickets::reopen(tx, cx, number).map(drop),
            move |tx, _| tickets::reopen(tx, &requester, number).map(drop),
        );
        assert_eq!(
            two,
            Err(Error::Conflict("conflict-not-solved")),
            "it is no longer solved"
        );

        let number = small.open_with(|new| new.confirmed = false).number;
        let desk = small.desk.clone();
        let (_, two) = at_once(
            small,
            move |tx, cx| assigned(tx, cx, number),
            move |tx, _| tickets::confirm(tx, &desk, number),
        );
        let after = small.ticket(number);
        assert_eq!((two, after.assignee, after.confirmed), (Ok(()), Some(technician), true));

        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &tickets::Solution::default()))
            .unwrap();
        let later = super::at(&small.desk, NOW.plus(8 * 24 * HOUR));
        let (_, two) = at_once(
            small,
            move |tx, cx| tickets::reopen(tx, cx, number).map(drop),
            move |tx, _| tickets::close_when_quiet(tx, &later, number),
        );
        assert_eq!(
            (two, small.ticket(number).status),
            (Ok(()), Status::Open),
            "reopened in time"
        );
    });
}

#[test]
fn two_merges_that_cross_leave_one_ticket_and_no_circle() {
    on_both(|small| {
        let (a, b) = (small.open(), small.open());
        let (one, two) = at_once(
            small,
            move |tx, cx| tickets::merge(tx, cx, a, b).map(drop),
            move |tx, cx| tickets::merge(tx, cx, b, a).map(drop),
        );
        assert_eq!(one, Ok(()));
        assert!(matches!(two, Err(Error::Refused(_))), "{two:?}");
        assert_eq!(
            (small.ticket(a).merged_into, small.ticket(b).merged_into),
            (Some(b), None)
        );

        // The word that comes while its ticket is merged away ends on the one that shows it.
        let (c, requester) = (small.open(), small.requester.clone());
        small.does(move |tx, cx| tickets::pend(tx, cx, b)).unwrap();
        let answer = tickets::Answer {
            author: requester.viewer.person,
            channel: tickets::Channel::Portal,
            body: "Still empty.".into(),
            quoted: String::new(),
            html: None,
            files: Vec::new(),
            letter: None,
            subject: String::new(),
        };
        let (one, two) = at_once(
            small,
            move |tx, cx| tickets::merge(tx, cx, c, b).map(drop),
            move |tx, _| tickets::receive(tx, &requester, c, &answer).map(drop),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        assert_eq!(
            (small.ticket(b).status, small.ticket(c).merged_into),
            (Status::Open, Some(b))
        );
    });
}

#[test]
fn the_records_of_people_and_organizations_are_held_too() {
    on_both(|small| {
        let person = small.requester.viewer.person;
        let organization = small.organization("Cedar", None);
        let (name, note) = (
            EditPerson {
                name: Some("Payroll counter".into()),
                ..EditPerson::default()
            },
            EditPerson {
                note: Some("Second floor".into()),
                ..EditPerson::default()
            },
        );
        let (one, two) = at_once(
            small,
            move |tx, cx| people::edit(tx, cx, person, &name).map(drop),
            move |tx, cx| people::edit(tx, cx, person, &note).map(drop),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        let after = small
            .read(&small.admin, move |r, cx| people::find_visible(r, cx, person))
            .unwrap();
        assert_eq!(
            (after.name.as_str(), after.note.as_str()),
            ("Payroll counter", "Second floor")
        );

        let (name, note) = (
            EditOrganization {
                name: Some("Larch".into()),
                ..EditOrganization::default()
            },
            EditOrganization {
                note: Some("Moved".into()),
                ..EditOrganization::default()
            },
        );
        let (one, two) = at_once(
            small,
            move |tx, cx| organizations::edit(tx, cx, organization, &name).map(drop),
            move |tx, cx| organizations::edit(tx, cx, organization, &note).map(drop),
        );
        assert_eq!((one, two), (Ok(()), Ok(())));
        let after = small
            .read(&small.admin, move |r, cx| organizations::find(r, cx, organization))
            .unwrap();
        assert_eq!((after.name.as_str(), after.note.as_str()), ("Larch", "Moved"));
    });
}

type Verb = Box<dyn FnOnce(&mut Write, &Context) -> Result<()> + Send>;

/// Eight verbs that each change something else.
fn eight(number: TicketNumber) -> Vec<Verb> {
    let edits = [
        Edit {
            subject: Some("No ink".into()),
            ..Edit::default()
        },
        Edit {
            impact: Some(Impact::Group),
            ..Edit::default()
        },
        Edit {
            urgency: Some(Urgency::High),
            ..Edit::default()
        },
        Edit {
            language: Some(desk::words::Lang::Fr),
            ..Edit::default()
        },
    ];
    let mut verbs: Vec<Verb> = edits
        .into_iter()
        .map(|edit| -> Verb { Box::new(move |tx, cx| tickets::edit(tx, cx, number, &edit).map(drop)) })
        .collect();
    verbs.push(Box::new(move |tx, cx| assigned(tx, cx, number)));
    verbs.push(Box::new(move |tx, cx| {
        tickets::tag(tx, cx, number, "printer").map(drop)
    }));
    verbs.push(Box::new(move |tx, cx| {
        tickets::reply(tx, cx, number, &words("Which tray?")).map(drop)
    }));
    verbs.push(Box::new(move |tx, cx| {
        tickets::note(tx, cx, number, &words("The old one.")).map(drop)
    }));
    verbs
}

#[test]
fn of_many_changes_at_once_none_is_lost() {
    on_both(|small| {
        for _ in 0..10 {
            let number = small.open();
            let at_work: Vec<_> = eight(number)
                .into_iter()
                .map(|verb| {
                    let (db, cx) = (small.db.clone(), small.technician.clone());
                    thread::spawn(move || db.write_now(move |tx| verb(tx, &cx)))
                })
                .collect();
            for one in at_work {
                assert_eq!(one.join().unwrap(), Ok(()));
            }
            let after = small.ticket(number);
            assert_eq!(after.subject, "No ink");
            assert_eq!((after.impact, after.urgency), (Impact::Group, Urgency::High));
            assert_eq!(after.language, desk::words::Lang::Fr);
            assert_eq!(after.assignee, Some(small.technician.viewer.person));
            assert!(after.replied_at.is_some());
            let of = |sql| small.count_of(sql, number.0);
            assert_eq!(of("SELECT count(*) FROM tag WHERE ticket = $1"), 1);
            assert_eq!(of("SELECT count(*) FROM message WHERE ticket = $1"), 3);
            assert_eq!(of("SELECT count(*) FROM event WHERE ticket = $1"), 9);
        }
    });
}
