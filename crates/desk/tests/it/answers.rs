//! What a requester finds while he writes: what he may read, by words he may read, and nothing else.

use desk::access::Role;
use desk::finding::{self, Earlier};
use desk::organizations::{self, NewOrganization};
use desk::people::{self, EditPerson};
use desk::tickets::{self, Channel, NewMessage, NewTicket};
use desk::{Context, Desk, PersonId, TicketNumber};

use crate::mail::desk::{TestDesk, each};

fn open(d: &TestDesk, requester: PersonId, subject: &str, body: &str) -> TicketNumber {
    let (cx, new) = (d.cx(), NewTicket::new(requester, Channel::Phone, subject, body));
    d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
}

fn says(d: &TestDesk, who: PersonId, number: TicketNumber, body: &str, note: bool) {
    let (cx, body) = (d.as_person(who), body.to_string());
    d.write(move |tx| {
        let new = NewMessage {
            body,
            ..NewMessage::default()
        };
        if note {
            tickets::note(tx, &cx, number, &new).map(drop)
        } else {
            tickets::reply(tx, &cx, number, &new).map(drop)
        }
    });
}

fn found(d: &TestDesk, who: PersonId, text: &str) -> Vec<Earlier> {
    // From the rows: the log of a shared server is followed only to its horizon.
    d.wait(finding::rebuild(&d.desk, |_| {})).unwrap();
    let (desk, cx): (&Desk, Context) = (&d.desk, d.as_person(who));
    d.wait(finding::answers(desk, &cx, text, 3)).unwrap()
}

fn numbers(of: &[Earlier]) -> Vec<TicketNumber> {
    of.iter().map(|e| e.number).collect()
}

fn text(pieces: &[finding::Piece]) -> String {
    pieces.iter().map(|p| p.text.as_str()).collect()
}

#[test]
fn an_earlier_request_is_found_with_what_was_answered() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let me = d.person("cedar@requester.example", Role::Requester);
        let number = open(d, me, "The printer hums", "It hums when it prints.");
        says(d, technician, number, "Turn the tray of the printer around.", false);
        open(d, me, "A second screen", "For the counter.");
        let all = found(d, me, "my printer is humming again");
        assert_eq!(numbers(&all), [number]);
        assert!(text(&all[0].answer).contains("Turn the tray"), "{all:?}");
        assert!(all[0].subject.iter().any(|p| p.hit) && all[0].colleague.is_none());
        assert!(
            found(d, me, "my lunch was cold").is_empty(),
            "nothing to say, nothing said"
        );
        assert!(found(d, me, "  ").is_empty());
    });
}

#[test]
fn never_another_persons_request_and_never_a_word_of_the_team() {
    each(|d| {
        let technician = d.person("technician@desk.example", Role::Technician);
        let me = d.person("cedar@requester.example", Role::Requester);
        let other = d.person("spruce@requester.example", Role::Requester);
        let theirs = open(d, other, "The printer hums", "Marzipan in the printer.");
        let mine = open(d, me, "Badge", "It does not open the door.");
        says(d, technician, mine, "Marzipan in the printer, between us.", true);
        assert!(
            found(d, me, "marzipan printer").is_empty(),
            "neither theirs nor the note"
        );
        assert_eq!(
            numbers(&found(d, other, "marzipan printer")),
            [theirs],
            "the control: it is found by its own"
        );
        assert_eq!(
            numbers(&found(d, me, "badge door")),
            [mine],
            "the control: the other is found by his words"
        );
        assert!(
            found(d, technician, "marzipan printer").is_empty(),
            "on the portal he has none of his own"
        );
        let own = open(d, technician, "My badge", "It does not open the door.");
        says(d, technician, own, "A secret word.", true);
        assert_eq!(numbers(&found(d, technician, "badge door")), [own]);
        assert!(found(d, technician, "secret word").is_empty());
    });
}

#[test]
fn colleagues_requests_are_found_where_the_organization_shares_them() {
    for shares in [false, true] {
        each(|d| {
            let people = ["cedar@requester.example", "spruce@requester.example"].map(|a| d.person(a, Role::Requester));
            let outside = d.person("juniper@elsewhere.example", Role::Requester);
            let cx = d.cx();
            d.write(move |tx| {
                let new = NewOrganization {
                    name: "County".into(),
                    shares_requests: shares,
                    ..NewOrganization::default()
                };
                let id = organizations::add(tx, &cx, &new)?;
                for person in people {
                    let edit = EditPerson {
                        organization: Some(Some(id)),
                        ..EditPerson::default()
                    };
                    people::edit(tx, &cx, person, &edit)?;
                }
                Ok(())
            });
            let number = open(d, people[1], "The printer hums", "It hums when it prints.");
            let seen = found(d, people[0], "the printer hums");
            assert_eq!(numbers(&seen), if shares { vec![number] } else { vec![] });
            assert_eq!(seen.first().is_some_and(|e| e.colleague.is_some()), shares);
            assert!(found(d, outside, "the printer hums").is_empty());
            let (cx, reads) = (d.as_person(people[0]), |cx: Context| {
                d.read(move |r| tickets::colleagues_requests(r, &cx, None))
            });
            assert_eq!(reads(cx).len(), usize::from(shares));
            assert!(
                reads(d.as_person(people[1])).is_empty(),
                "one's own is not a colleague's"
            );
        });
    }
}
