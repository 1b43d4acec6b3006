//! One deed on many tickets, and its one Undo.

use desk::access::{Scopes, Via};
use desk::tickets::{self, Channel, Deed, NewTicket, Priority, Status};
use desk::{Context, Error, EventId, TicketNumber};

use crate::common::{Small, on_both};

fn three(small: &Small) -> [TicketNumber; 3] {
    let requester = small.requester.viewer.person;
    [1, 2, 3].map(|n| {
        small
            .write(&small.desk, move |tx, cx| {
                let new = NewTicket::new(requester, Channel::Mail, &format!("Printer {n}"), "words");
                Ok(tickets::open(tx, cx, &new)?.number)
            })
            .unwrap()
    })
}

fn bulk(small: &Small, cx: &Context, numbers: &[TicketNumber], deed: Deed) -> Result<(EventId, tickets::Bulk), Error> {
    let numbers = numbers.to_vec();
    small.write(cx, move |tx, cx| tickets::bulk(tx, cx, &numbers, &deed))
}

fn of<T: Send + 'static>(small: &Small, number: TicketNumber, what: fn(&tickets::Ticket) -> T) -> T {
    let read = small.read(&small.admin, move |r, cx| tickets::find_visible(r, cx, number));
    what(&read.unwrap())
}

#[test]
fn all_of_them_change_and_one_undo_takes_all_back() {
    on_both(|small| {
        let numbers = three(small);
        let me = small.technician.viewer.person;
        let (event, done) = bulk(small, &small.technician, &numbers, Deed::Assign(me)).unwrap();
        assert_eq!((done.done.len(), done.left.len()), (3, 0));
        assert!(numbers.iter().all(|n| of(small, *n, |t| t.assignee) == Some(me)));
        let undone = small
            .write(&small.technician, move |tx, cx| tickets::undo_bulk(tx, cx, event))
            .unwrap();
        assert_eq!(undone.done, numbers);
        assert!(
            numbers
                .iter()
                .all(|n| of(small, *n, |t| (t.assignee, t.status)) == (None, Status::New))
        );
    });
}

#[test]
fn what_cannot_be_done_to_one_leaves_it_alone_and_says_why() {
    on_both(|small| {
        let numbers = three(small);
        let solved = numbers[1];
        bulk(small, &small.technician, &[solved], Deed::Solve).unwrap();
        let gone = TicketNumber(999_999);
        let asked = [numbers[0], solved, gone, numbers[0]];
        let (event, done) = bulk(small, &small.technician, &asked, Deed::Pend).unwrap();
        assert_eq!(done.done, [numbers[0]]);
        assert_eq!(
            done.left,
            [(solved, "conflict-already-solved"), (gone, "left-not-found")]
        );
        let told = small
            .read(&small.technician, move |r, cx| tickets::bulk_told(r, cx, event))
            .unwrap();
        assert_eq!((told.0, told.1.len()), (1, 2));
    });
}

#[test]
fn undo_leaves_what_somebody_changed_since() {
    on_both(|small| {
        let numbers = three(small);
        let deed = Deed::Priority(Some(Priority::Urgent));
        let (event, _) = bulk(small, &small.technician, &numbers, deed).unwrap();
        bulk(small, &small.admin, &numbers[..1], Deed::Priority(Some(Priority::Low))).unwrap();
        let undone = small
            .write(&small.technician, move |tx, cx| tickets::undo_bulk(tx, cx, event))
            .unwrap();
        assert_eq!(undone.left, [(numbers[0], "conflict-changed-since")]);
        assert_eq!(of(small, numbers[0], |t| t.priority), Priority::Low);
        assert_eq!(of(small, numbers[2], |t| t.priority), Priority::Normal);
    });
}

#[test]
fn a_tag_that_stood_before_stands_after_undo() {
    on_both(|small| {
        let numbers = three(small);
        let first = numbers[0];
        small
            .write(&small.technician, move |tx, cx| tickets::tag(tx, cx, first, "vpn"))
            .unwrap();
        let (event, done) = bulk(small, &small.technician, &numbers, Deed::Tag(" #VPN ".into())).unwrap();
        assert_eq!(done.left, [(first, "left-tagged")]);
        small
            .write(&small.technician, move |tx, cx| tickets::undo_bulk(tx, cx, event))
            .unwrap();
        let tags = |number| {
            let detail = small.read(&small.technician, move |r, cx| tickets::detail(r, cx, number));
            detail.unwrap().tags
        };
        assert_eq!(tags(first), ["vpn"]);
        assert!(tags(numbers[1]).is_empty());
        // Somebody sets it anew; the same Undo pressed once more takes nothing of his away.
        let second = numbers[1];
        small
            .write(&small.admin, move |tx, cx| tickets::tag(tx, cx, second, "vpn"))
            .unwrap();
        let again = small
            .write(&small.technician, move |tx, cx| tickets::undo_bulk(tx, cx, event))
            .unwrap();
        assert!(again.done.is_empty() && again.left.iter().all(|(_, key)| *key == "conflict-changed-since"));
        assert_eq!(tags(second), ["vpn"]);
    });
}

#[test]
fn a_wrong_deed_is_refused_whole() {
    on_both(|small| {
        let numbers = three(small);
        let nobody = bulk(
            small,
            &small.technician,
            &numbers,
            Deed::Assign(small.requester.viewer.person),
        );
        assert_eq!(
            nobody.map(|_| ()),
            Err(Error::refused("assignee", "refused-not-a-technician"))
        );
        let none = bulk(small, &small.technician, &[], Deed::Pend);
        assert_eq!(none.map(|_| ()), Err(Error::refused("tickets", "refused-none-chosen")));
        let many = vec![numbers[0]; 201];
        let many = bulk(small, &small.technician, &many, Deed::Pend);
        assert_eq!(
            many.map(|_| ()),
            Err(Error::refused_at("tickets", "refused-too-many-chosen", 200))
        );
        assert_eq!(of(small, numbers[0], |t| t.status), Status::New);
    });
}

#[test]
fn requesters_and_reading_tokens_change_nothing_and_nobody_undoes_anothers() {
    on_both(|small| {
        let numbers = three(small);
        let mut reader = small.technician.clone();
        reader.viewer.via = Via::Token(Scopes {
            read: true,
            write: false,
            admin: false,
        });
        for cx in [&small.requester, &reader] {
            assert_eq!(bulk(small, cx, &numbers, Deed::Pend).map(|_| ()), Err(Error::NotFound));
        }
        let (event, _) = bulk(small, &small.technician, &numbers, Deed::Pend).unwrap();
        let other = small.write(&small.admin, move |tx, cx| tickets::undo_bulk(tx, cx, event));
        assert_eq!(other, Err(Error::NotFound));
        assert_eq!(of(small, numbers[0], |t| t.status), Status::Pending);
    });
}
