//! One ticket becomes two: what goes, what stays, and what takes it back.

use desk::clock::HOUR;
use desk::events::EventKind;
use desk::tickets::{self, MessageKind, Split, Status};
use desk::{Error, MessageId, PersonId, TicketNumber};

use super::{at, words};
use crate::common::{NOW, Small, on_both};

/// A ticket with a first word, a reply, and a second word about something else an hour later.
fn two_matters(small: &Small) -> (TicketNumber, MessageId) {
    let number = small.open();
    small
        .does(move |tx, cx| Ok(tickets::reply(tx, cx, number, &words("It is mended."))?.0))
        .unwrap();
    let later = at(&small.requester, NOW.plus(HOUR));
    let (_, second) = small.says(&later, number, "And the mouse squeaks.").unwrap();
    (number, second)
}

fn split(
    small: &Small,
    number: TicketNumber,
    messages: &[MessageId],
    requester: Option<PersonId>,
) -> Result<(TicketNumber, desk::EventId), Error> {
    let asked = Split {
        messages: messages.to_vec(),
        subject: "A mouse squeaks".into(),
        requester,
    };
    let me = small.viewer_of(small.technician.viewer.person);
    small.write(&me, move |tx, cx| tickets::split(tx, cx, number, &asked))
}

fn said(small: &Small, number: TicketNumber) -> Vec<MessageId> {
    let detail = small
        .read(&small.admin, move |r, cx| tickets::detail(r, cx, number))
        .unwrap();
    let own = detail.messages.iter().filter(|m| m.ticket == number);
    own.map(|m| m.id).collect()
}

#[test]
fn the_chosen_words_go_and_the_promise_counts_from_when_they_were_said() {
    on_both(|small| {
        let (number, second) = two_matters(small);
        let (new, _) = split(small, number, &[second], None).unwrap();
        assert_eq!(said(small, new), [second]);
        assert_eq!(said(small, number).len(), 2);
        let (old, off) = (small.ticket(number), small.ticket(new));
        assert_eq!(
            (off.requester, off.assignee, off.team),
            (old.requester, old.assignee, old.team)
        );
        assert_eq!((off.created_at, off.replied_at), (NOW.plus(HOUR), None));
        assert_eq!((off.status, off.subject.as_str()), (Status::Open, "A mouse squeaks"));
    });
}

#[test]
fn both_tell_of_it_and_are_linked() {
    on_both(|small| {
        let (number, second) = two_matters(small);
        let (new, _) = split(small, number, &[second], None).unwrap();
        for (one, other) in [(number, new), (new, number)] {
            let last = small.history(one).pop().unwrap();
            assert_eq!((last.kind, last.subject), (EventKind::Split, Some(other.0)));
            let links = small
                .read(&small.admin, move |r, cx| tickets::links(r, cx, one))
                .unwrap();
            assert_eq!(links.iter().map(|l| l.number).collect::<Vec<_>>(), [other]);
        }
    });
}

#[test]
fn its_requester_is_who_said_it_or_who_is_named() {
    on_both(|small| {
        let other = small.person("Registry", "registry@cedar.example", desk::access::Role::Requester);
        let (number, second) = two_matters(small);
        let (new, _) = split(small, number, &[second], Some(other)).unwrap();
        assert_eq!(small.ticket(new).requester, other);
        let nobody = split(small, number, &said(small, number)[..1], Some(PersonId(999_999)));
        assert_eq!(
            nobody.unwrap_err(),
            Error::refused("requester", "refused-no-such-person")
        );
    });
}

#[test]
fn something_goes_something_stays_and_nothing_is_taken_from_elsewhere() {
    on_both(|small| {
        let (number, _) = two_matters(small);
        let all = said(small, number);
        let (elsewhere, _) = two_matters(small);
        let theirs = said(small, elsewhere);
        for (messages, key) in [
            (Vec::new(), "refused-no-message"),
            (all, "refused-every-message"),
            (theirs, "refused-message-gone"),
        ] {
            let refused = split(small, number, &messages, None);
            assert_eq!(refused.unwrap_err(), Error::refused("messages", key));
        }
        assert_eq!(small.count("SELECT count(*) FROM split"), 0);
    });
}

#[test]
fn a_reply_that_went_along_is_the_first_reply_of_the_new_one() {
    on_both(|small| {
        let (number, second) = two_matters(small);
        let reply = said(small, number)[1];
        let (new, _) = split(small, number, &[reply, second], None).unwrap();
        assert_eq!(small.ticket(new).replied_at, Some(NOW));
        assert_eq!(small.ticket(new).requester, small.requester.viewer.person);
        let detail = small
            .read(&small.admin, move |r, cx| tickets::detail(r, cx, new))
            .unwrap();
        assert_eq!(detail.messages[0].kind, MessageKind::Reply);
    });
}

#[test]
fn undo_puts_them_back_from_either_side() {
    on_both(|small| {
        let (number, second) = two_matters(small);
        let before = said(small, number);
        let (new, event) = split(small, number, &[second], None).unwrap();
        assert_eq!(small.undo(event).unwrap(), number);
        assert_eq!(said(small, number), before);
        let gone = small.ticket(new);
        assert_eq!((gone.merged_into, gone.status), (Some(number), Status::Closed));
        assert_eq!(small.count("SELECT count(*) FROM link"), 0);
        assert!(small.undo(event).is_err(), "only once");
        let (new, _) = split(small, number, &[second], None).unwrap();
        let told = small.history(new).pop().unwrap();
        small.undo(told.id).unwrap();
        assert_eq!(said(small, number), before);
    });
}

#[test]
fn what_happened_on_the_new_one_since_is_not_undone() {
    on_both(|small| {
        let (number, second) = two_matters(small);
        let (new, event) = split(small, number, &[second], None).unwrap();
        small
            .does(move |tx, cx| Ok(tickets::note(tx, cx, new, &words("Oil it."))?.0))
            .unwrap();
        assert_eq!(
            small.undo(event).unwrap_err(),
            Error::Conflict("conflict-changed-since")
        );
        assert_eq!(said(small, new).len(), 2);
    });
}

#[test]
fn nobody_splits_what_he_may_not_work_on() {
    on_both(|small| {
        let team = small.team("Inquiries", true);
        let number = small.open_for(team);
        assert_eq!(
            split(small, number, &[MessageId(1)], None).unwrap_err(),
            Error::NotFound
        );
        let (own, second) = two_matters(small);
        let asked = Split {
            messages: vec![second],
            subject: "Mine".into(),
            requester: None,
        };
        let by_requester = small.write(&small.requester, move |tx, cx| tickets::split(tx, cx, own, &asked));
        assert_eq!(by_requester.unwrap_err(), Error::NotFound);
    });
}
