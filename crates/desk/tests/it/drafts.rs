//! Drafts: one's own, of one kind on one ticket, gone with the words they became.

use desk::access::{Role, Scopes, Via};
use desk::drafts::{self, Draft};
use desk::once::Lasts;
use desk::people::{self, NewPerson};
use desk::tickets::{self, Channel, MessageKind, NewMessage, NewTicket};
use desk::{Context, Error, Result, TicketNumber, Time};

use crate::common::{NOW, Small, on_both, refused};

fn ticket(small: &Small) -> TicketNumber {
    let requester = small.requester.viewer.person;
    small
        .write(&small.desk, move |tx, cx| {
            let new = NewTicket::new(requester, Channel::Mail, "VPN drops", "Words.");
            tickets::open(tx, cx, &new)
        })
        .unwrap()
        .number
}

fn keep(small: &Small, by: &Context, number: TicketNumber, kind: &'static str, body: &str) -> Result<Time> {
    let body = body.to_string();
    small.write(by, move |tx, cx| drafts::keep(tx, cx, number, kind, &body, ""))
}

fn kept(small: &Small, by: &Context, number: TicketNumber) -> Vec<(MessageKind, String)> {
    let drafts: Vec<Draft> = small.read(by, move |r, cx| drafts::of_ticket(r, cx, number)).unwrap();
    drafts.into_iter().map(|draft| (draft.kind, draft.body)).collect()
}

fn say(small: &Small, by: &Context, number: TicketNumber) {
    let new = NewMessage {
        body: "Said.".into(),
        ..NewMessage::default()
    };
    small
        .write(by, move |tx, cx| tickets::note(tx, cx, number, &new).map(drop))
        .unwrap();
}

#[test]
fn a_draft_is_its_writers_alone() {
    on_both(|small| {
        let (number, me) = (ticket(small), &small.technician);
        assert_eq!(keep(small, me, number, "reply", "Half"), Ok(NOW));
        keep(small, me, number, "reply", "Half a reply").unwrap();
        keep(small, me, number, "note", "For the team").unwrap();
        let mut mine = kept(small, me, number);
        mine.sort();
        let wanted = [
            (MessageKind::Reply, "Half a reply".to_string()),
            (MessageKind::Note, "For the team".to_string()),
        ];
        assert_eq!(mine, wanted);
        assert!(kept(small, &small.admin, number).is_empty());
        assert_eq!(
            small.read(&small.requester, move |r, cx| drafts::of_ticket(r, cx, number)),
            Err(Error::NotFound)
        );
        keep(small, me, number, "reply", " \n").unwrap();
        assert_eq!(kept(small, me, number).len(), 1, "without words it is gone");
    });
}

#[test]
fn it_goes_with_the_words_it_became_and_only_they() {
    on_both(|small| {
        let (number, other, me) = (ticket(small), ticket(small), &small.technician);
        for (number, kind) in [(number, "reply"), (number, "note"), (other, "note")] {
            keep(small, me, number, kind, "words").unwrap();
        }
        keep(small, &small.admin, number, "note", "his").unwrap();
        let by_program = Context {
            viewer: desk::access::Viewer {
                via: Via::Token(Scopes::ALL),
                ..me.viewer.clone()
            },
            ..me.clone()
        };
        say(small, &by_program, number);
        assert_eq!(
            kept(small, me, number).len(),
            2,
            "a program leaves what is being typed alone"
        );
        say(small, me, number);
        assert_eq!(kept(small, me, number), [(MessageKind::Reply, "words".to_string())]);
        assert_eq!(kept(small, me, other).len(), 1);
        assert_eq!(kept(small, &small.admin, number).len(), 1);
    });
}

#[test]
fn a_draft_needs_a_ticket_one_may_work_on_a_kind_and_a_bound() {
    on_both(|small| {
        let number = ticket(small);
        assert_eq!(
            keep(small, &small.requester, number, "reply", "x"),
            Err(Error::NotFound)
        );
        assert_eq!(
            keep(small, &small.technician, TicketNumber(9), "reply", "x"),
            Err(Error::NotFound)
        );
        for kind in ["request", "", "letter"] {
            assert_eq!(
                keep(small, &small.technician, number, kind, "x"),
                Err(refused("kind", "refused-choice"))
            );
        }
        let long = "é".repeat(200_001);
        assert!(matches!(
            keep(small, &small.technician, number, "reply", &long),
            Err(Error::Refused(_))
        ));
        let own = NewPerson::new("Larch", "larch@desk.example", Role::Technician);
        let id = small
            .write(&small.desk, move |tx, cx| people::add(tx, cx, &own))
            .unwrap();
        let asks = small
            .write(&small.desk, move |tx, cx| {
                tickets::open(tx, cx, &NewTicket::new(id, Channel::Portal, "Mine", "Words."))
            })
            .unwrap();
        let team = small.team("Personnel", true);
        small.exec(&format!(
            "UPDATE ticket SET team = {team} WHERE number = {}",
            asks.number
        ));
        assert_eq!(
            keep(small, &small.viewer_of(id), asks.number, "reply", "x"),
            Err(Error::NotFound),
            "one's own request with a closed team is seen, not worked on"
        );
    });
}

#[test]
fn what_is_being_written_goes_along_when_the_ticket_is_merged() {
    on_both(|small| {
        let (from, to) = (ticket(small), ticket(small));
        let me = &small.technician;
        keep(small, me, from, "reply", "On the one merged").unwrap();
        keep(small, me, from, "note", "For the team").unwrap();
        keep(small, me, to, "reply", "On the one kept").unwrap();
        small
            .write(&small.admin, move |tx, cx| tickets::merge(tx, cx, from, to).map(drop))
            .unwrap();
        assert!(kept(small, me, from).is_empty());
        let mut both = kept(small, me, to);
        both.sort();
        let wanted = [
            (MessageKind::Reply, "On the one kept\n\nOn the one merged".to_string()),
            (MessageKind::Note, "For the team".to_string()),
        ];
        assert_eq!(both, wanted);
        assert_eq!(
            keep(small, me, from, "reply", "Too late"),
            Err(Error::Conflict("conflict-merged")),
            "nobody would find it there"
        );
    });
}

#[test]
fn a_draft_that_comes_after_its_words_were_said_is_not_kept() {
    on_both(|small| {
        let (number, me) = (ticket(small), &small.technician);
        let late = |key: &'static str| small.write(me, move |tx, cx| drafts::keep(tx, cx, number, "note", "Sai", key));
        assert_eq!(late("first"), Ok(NOW));
        small
            .write(me, move |tx, cx| {
                let new = NewMessage {
                    body: "Said.".into(),
                    ..NewMessage::default()
                };
                tickets::note(tx, cx, number, &new)?;
                desk::once::keep(tx, cx, ("first", Lasts::Month), "digest", "1")
            })
            .unwrap();
        assert_eq!(late("first"), Err(Error::Conflict("conflict-said")));
        assert!(kept(small, me, number).is_empty());
        assert_eq!(late("second"), Ok(NOW), "control: the next words are a draft again");
        let other = small.write(&small.admin, move |tx, cx| {
            drafts::keep(tx, cx, number, "note", "His", "first")
        });
        assert_eq!(other, Ok(NOW), "a key is its writer's");
    });
}
