//! Merging and unmerging: nothing moves, nothing is lost, and nobody reads what was another's.

use desk::access::Role;
use desk::tickets::{self, Status};
use desk::{Context, Error, TicketNumber};

use super::words;
use crate::common::{Small, key_of, on_both};

fn merge(small: &Small, number: TicketNumber, into: TicketNumber) -> desk::Result<tickets::Changed> {
    small.does(move |tx, cx| tickets::merge(tx, cx, number, into))
}

fn read(small: &Small, cx: &Context, number: TicketNumber) -> desk::Result<Vec<String>> {
    let seen = small.read(cx, move |r, cx| tickets::conversation(r, cx, number));
    seen.map(|(_, messages, _)| messages.into_iter().map(|m| m.body.0).collect())
}

#[test]
fn the_kept_ticket_shows_both_and_unmerging_brings_all_back() {
    on_both(|small| {
        let (a, b) = (
            small.open_with(|t| t.body = "first".into()).number,
            small.open_with(|t| t.body = "second".into()).number,
        );
        small.does(move |tx, cx| tickets::pend(tx, cx, b)).unwrap();
        let before = small.ticket(b);
        merge(small, b, a).unwrap();
        assert_eq!(
            (small.ticket(b).status, small.ticket(b).merged_into),
            (Status::Closed, Some(a))
        );
        assert_eq!(read(small, &small.technician, a).unwrap(), ["first", "second"]);
        assert_eq!(
            small.read(&small.technician, move |r, cx| tickets::merged_root(r, cx, b)),
            Ok(a)
        );
        small.does(move |tx, cx| tickets::unmerge(tx, cx, b)).unwrap();
        let after = small.ticket(b);
        assert_eq!(
            tickets::Ticket {
                updated_at: before.updated_at,
                ..after
            },
            before,
            "the status and the pause too"
        );
        assert_eq!(read(small, &small.technician, a).unwrap(), ["first"]);
    });
}

#[test]
fn neither_into_itself_nor_in_a_circle_nor_twice() {
    on_both(|small| {
        let (a, b, c) = (small.open(), small.open(), small.open());
        assert_eq!(key_of(merge(small, a, a)), "refused-merge-itself");
        assert_eq!(key_of(merge(small, a, TicketNumber(9))), "refused-no-such-ticket");
        merge(small, a, b).unwrap();
        assert_eq!(key_of(merge(small, b, a)), "refused-merge-itself");
        assert_eq!(key_of(merge(small, c, a)), "refused-already-merged");
        assert_eq!(merge(small, a, c).err(), Some(Error::Conflict("conflict-merged")));
        merge(small, b, c).unwrap();
        assert_eq!(
            small.read(&small.technician, move |r, cx| tickets::merged_root(r, cx, a)),
            Ok(c),
            "a chain"
        );
        assert_eq!(read(small, &small.technician, c).unwrap().len(), 3);
        assert_eq!(
            merge(small, c, a).err().map(|e| matches!(e, Error::Refused(_))),
            Some(true),
            "no circle"
        );
        let not = small.does(move |tx, cx| tickets::unmerge(tx, cx, c));
        assert_eq!(not.err(), Some(Error::Conflict("conflict-not-merged")));
    });
}

#[test]
fn requesters_of_merged_tickets_never_read_each_other() {
    on_both(|small| {
        let till = small.viewer_of(small.person("Till", "till@larch.example", Role::Requester));
        let other = till.viewer.person;
        let mine = small.open_with(|t| t.body = "payroll's words".into()).number;
        let theirs = small
            .open_with(|t| (t.requester, t.body) = (other, "the till's words".into()))
            .number;
        merge(small, theirs, mine).unwrap();
        small
            .does(move |tx, cx| Ok(tickets::reply(tx, cx, mine, &words("to payroll"))?.0))
            .unwrap();
        assert_eq!(
            read(small, &small.requester, mine).unwrap(),
            ["payroll's words", "to payroll"]
        );
        assert_eq!(read(small, &till, theirs).unwrap(), ["the till's words"]);
        assert_eq!(read(small, &small.requester, theirs), Err(Error::NotFound));
        assert_eq!(read(small, &till, mine), Err(Error::NotFound));
        assert_eq!(
            read(small, &small.technician, mine).unwrap().len(),
            3,
            "control: the desk reads all"
        );
    });
}

#[test]
fn an_answer_on_the_merged_ticket_wakes_the_one_that_shows_it() {
    on_both(|small| {
        let (a, b) = (small.open(), small.open());
        merge(small, b, a).unwrap();
        small.does(move |tx, cx| tickets::pend(tx, cx, a)).unwrap();
        small.says(&small.requester, b, "still").unwrap();
        assert_eq!(
            (small.ticket(a).status, small.ticket(b).status),
            (Status::Open, Status::Closed)
        );
        assert_eq!(
            read(small, &small.technician, a).unwrap().last().map(String::as_str),
            Some("still")
        );
    });
}

#[test]
fn merging_shows_nobody_the_words_of_a_private_team() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        let (open, hidden) = (small.open(), small.open_for(team));
        let technician = small.viewer_of(small.technician.viewer.person);
        let outside = merge(small, hidden, open);
        assert_eq!(
            outside.err(),
            Some(Error::NotFound),
            "nobody merges what he may not see"
        );
        assert_eq!(key_of(merge(small, open, hidden)), "refused-no-such-ticket");
        small
            .write(&small.admin, move |tx, cx| tickets::merge(tx, cx, hidden, open))
            .unwrap();
        assert_eq!(read(small, &technician, open).unwrap(), ["The tray is empty."]);
        let detail = small
            .read(&technician, move |r, cx| tickets::detail(r, cx, open))
            .unwrap();
        assert_eq!((detail.merged, detail.messages.len()), (vec![], 1));
        assert_eq!(read(small, &small.admin, open).unwrap().len(), 2, "control");
        let indexed = small
            .db
            .read_now(move |r| tickets::for_index(r, open))
            .unwrap()
            .unwrap();
        assert!(
            !indexed.body.contains("It is wrong."),
            "the index shows no more than the page"
        );
    });
}
