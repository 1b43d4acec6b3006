//! What is not handed over, what is not answered, and who never sees any of it.

use desk::access::Role;
use desk::escalations::{self, Group, Packet, To, Which};
use desk::tickets::{self, Edit};
use desk::{Error, EscalationId};

use super::{packet, with_teams};
use crate::common::{key_of, refused};

#[test]
fn it_goes_to_nobodys_team_to_ones_own_and_to_no_team_that_is_none() {
    with_teams(|teams| {
        let empty = teams.small.team("Empty", false);
        let to = |team| key_of(teams.hand_over(&teams.cedar, To::Team(team), packet()));
        assert_eq!(to(teams.bench), "refused-own-team");
        assert_eq!(to(empty), "refused-empty-team");
        assert_eq!(to(desk::TeamId(999_999)), "refused-no-such-team");
        let left = teams.small.person("Alder", "alder@desk.example", Role::Technician);
        teams.small.join(empty, left);
        teams
            .small
            .exec("UPDATE person SET suspended = TRUE WHERE name = 'Alder'");
        assert_eq!(to(empty), "refused-empty-team", "nobody who is there");
        teams.to_network();
    });
}

#[test]
fn a_supervisor_is_one_and_another_and_may_see_the_ticket() {
    with_teams(|teams| {
        let to = |person| key_of(teams.hand_over(&teams.cedar, To::Supervisor(person), packet()));
        assert_eq!(to(teams.larch.viewer.person), "refused-not-a-supervisor");
        let spruce = teams.small.person("Spruce", "spruce@desk.example", Role::Supervisor);
        teams
            .small
            .exec("UPDATE team SET private = TRUE WHERE name_en = 'Bench'");
        assert_eq!(to(spruce), "refused-not-a-supervisor", "he is kept out of the team");
        teams.small.join(teams.bench, spruce);
        teams.hand_over(&teams.cedar, To::Supervisor(spruce), packet()).unwrap();
    });
}

#[test]
fn a_second_one_waits_until_the_first_is_answered() {
    with_teams(|teams| {
        let first = teams.to_network();
        let second = teams.hand_over(&teams.cedar, To::Group(Group::Testing), packet());
        assert_eq!(second.unwrap_err(), Error::Conflict("conflict-escalation-open"));
        teams.accept(&teams.larch, first.id).unwrap();
        let on = teams
            .hand_over(&teams.larch, To::Group(Group::Testing), packet())
            .unwrap();
        assert_ne!(on.id, first.id);
        let contact = teams.find(&teams.larch, on.id).unwrap().contact;
        assert_eq!(contact, Some(teams.cedar.viewer.person), "however far it goes");
        let late = teams.send_back(&teams.larch, first.id, "Not ours");
        assert_eq!(late.unwrap_err(), Error::Conflict("conflict-escalation-answered"));
    });
}

#[test]
fn what_is_done_is_not_handed_over_and_not_answered() {
    with_teams(|teams| {
        let sent = teams.to_network();
        teams.solve();
        let answered = teams.accept(&teams.larch, sent.id);
        assert_eq!(answered.unwrap_err(), Error::Conflict("conflict-already-solved"));
        let again = teams.hand_over(&teams.cedar, To::Group(Group::Testing), packet());
        assert_eq!(again.unwrap_err(), Error::Conflict("conflict-already-solved"));
    });
}

#[test]
fn every_missing_part_is_named_at_once_and_nothing_is_kept() {
    with_teams(|teams| {
        let number = teams.ticket;
        let bare = teams.small.write(&teams.cedar, move |tx, cx| {
            escalations::hand_over(tx, cx, number, None, &Packet::default())
        });
        let Err(Error::Refused(all)) = bare else {
            panic!("it was taken");
        };
        let fields: Vec<&str> = all.iter().map(|one| one.field).collect();
        assert_eq!(fields, ["symptom", "tried", "promised", "to"]);
        assert_eq!(teams.small.count("SELECT count(*) FROM escalation"), 0);
    });
}

#[test]
fn it_comes_back_with_a_reason_and_from_whoever_has_it() {
    with_teams(|teams| {
        let sent = teams.to_network();
        let without = teams.send_back(&teams.larch, sent.id, "  ");
        assert_eq!(without, Err(refused("reason", "refused-empty")));
        let own = teams.send_back(&teams.cedar, sent.id, "Changed my mind");
        assert_eq!(own.unwrap_err(), Error::Conflict("conflict-escalation-not-yours"));
        teams.send_back(&teams.larch, sent.id, "Which port?").unwrap();
        let twice = teams.accept(&teams.larch, sent.id);
        assert_eq!(twice.unwrap_err(), Error::Conflict("conflict-escalation-answered"));
    });
}

#[test]
fn requesters_and_those_kept_out_of_the_team_find_nothing() {
    with_teams(|teams| {
        let sent = teams.to_network();
        assert!(teams.find(&teams.cedar, sent.id).is_ok(), "the control");
        assert_eq!(teams.find(&teams.small.requester, sent.id), Err(Error::NotFound));
        let number = teams.ticket;
        let of = teams.small.read(&teams.small.requester, move |r, cx| {
            escalations::of_ticket(r, cx, number)
        });
        assert_eq!(of, Err(Error::NotFound));
        let mine = teams.small.write(&teams.small.requester, move |tx, cx| {
            escalations::accept(tx, cx, sent.id)
        });
        assert_eq!(mine.unwrap_err(), Error::NotFound);
        teams
            .small
            .exec("UPDATE team SET private = TRUE WHERE name_en = 'Network'");
        let outside = teams.small.viewer_of(teams.cedar.viewer.person);
        assert_eq!(teams.find(&outside, sent.id), Err(Error::NotFound));
        let sent_out = teams
            .small
            .read(&outside, |r, cx| escalations::list(r, cx, Which::Sent))
            .unwrap();
        assert!(sent_out.is_empty());
        assert!(
            teams
                .small
                .read(&outside, escalations::counted)
                .unwrap()
                .teams
                .is_empty()
        );
        assert_eq!(teams.undo(&outside, sent.event).unwrap_err(), Error::NotFound);
        let contact = teams
            .small
            .read(&teams.small.requester, move |r, cx| {
                escalations::contact_of(r, cx, number)
            })
            .unwrap();
        assert_eq!(contact, None, "nobody is named who cannot see it");
    });
}

#[test]
fn a_receiver_who_loses_sight_of_the_ticket_loses_the_packet_with_it() {
    with_teams(|teams| {
        let sent = teams.to_network();
        let closed = teams.small.team("Inquiries", true);
        let number = teams.ticket;
        teams
            .small
            .write(&teams.small.desk, move |tx, cx| {
                let moved = Edit {
                    team: Some(Some(closed)),
                    ..Edit::default()
                };
                tickets::edit(tx, cx, number, &moved)
            })
            .unwrap();
        let larch = teams.small.viewer_of(teams.larch.viewer.person);
        assert_eq!(teams.find(&larch, sent.id), Err(Error::NotFound));
        assert_eq!(teams.accept(&larch, sent.id).unwrap_err(), Error::NotFound);
        let waiting = teams.small.read(&larch, escalations::tally).unwrap();
        assert_eq!(waiting.waiting, 0);
        let nothing = teams.find(&larch, EscalationId(999_999));
        assert_eq!(nothing, Err(Error::NotFound), "the same as what was never there");
    });
}
