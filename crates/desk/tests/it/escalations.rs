//! Work handed over with its packet, on both engines: assembled, handed over, taken, sent back, and taken back.

mod refused;

use desk::access::Role;
use desk::clock::DAY;
use desk::escalations::{self, Escalation, Group, Packet, Recorded, State, Tally, To, Tried, Which};
use desk::tickets::{self, Channel, NewMessage, NewTicket, Solution, Status, Ticket};
use desk::{Context, Error, EscalationId, EventId, Result, TeamId, TicketNumber};

use crate::common::{NOW, Small, on_both};

/// Two teams: the bench's own, which has the ticket, and the one of the network.
pub(crate) struct Teams<'a> {
    pub(crate) small: &'a Small,
    pub(crate) bench: TeamId,
    pub(crate) network: TeamId,
    /// A technician of the bench, and one of the network.
    pub(crate) cedar: Context,
    pub(crate) larch: Context,
    pub(crate) ticket: TicketNumber,
}

pub(crate) fn with_teams(body: impl Fn(&Teams)) {
    on_both(|small| {
        let (bench, network) = (small.team("Bench", false), small.team("Network", false));
        let cedar = small.technician.viewer.person;
        let larch = small.person("Larch", "larch@desk.example", Role::Technician);
        small.join(bench, cedar);
        small.join(network, larch);
        let mut new = NewTicket::new(
            small.requester.viewer.person,
            Channel::Phone,
            "No network in room 4",
            "Since this morning the cable does nothing.",
        );
        (new.team, new.assignee) = (Some(bench), Some(cedar));
        let ticket = small
            .write(&small.desk, move |tx, cx| tickets::open(tx, cx, &new))
            .unwrap()
            .number;
        body(&Teams {
            small,
            bench,
            network,
            cedar: small.viewer_of(cedar),
            larch: small.viewer_of(larch),
            ticket,
        });
    });
}

pub(crate) fn packet() -> Packet {
    Packet {
        symptom: "No network in room 4".into(),
        tried: vec![Tried {
            what: "Another cable".into(),
            result: "The same".into(),
        }],
        promised: "News by noon".into(),
        ..Packet::default()
    }
}

impl Teams<'_> {
    pub(crate) fn hand_over(&self, cx: &Context, to: To, packet: Packet) -> Result<Recorded> {
        let number = self.ticket;
        self.small.write(cx, move |tx, cx| {
            escalations::hand_over(tx, cx, number, Some(to), &packet)
        })
    }

    pub(crate) fn to_network(&self) -> Recorded {
        self.hand_over(&self.cedar, To::Team(self.network), packet()).unwrap()
    }

    pub(crate) fn accept(&self, cx: &Context, id: EscalationId) -> Result<Recorded> {
        self.small.write(cx, move |tx, cx| escalations::accept(tx, cx, id))
    }

    pub(crate) fn send_back(&self, cx: &Context, id: EscalationId, reason: &'static str) -> Result<Recorded> {
        self.small
            .write(cx, move |tx, cx| escalations::send_back(tx, cx, id, reason))
    }

    pub(crate) fn undo(&self, cx: &Context, event: EventId) -> Result<Escalation> {
        self.small.write(cx, move |tx, cx| escalations::undo(tx, cx, event))
    }

    pub(crate) fn find(&self, cx: &Context, id: EscalationId) -> Result<Escalation> {
        self.small.read(cx, move |r, cx| Ok(escalations::find(r, cx, id)?.0))
    }

    pub(crate) fn the_ticket(&self) -> Ticket {
        let number = self.ticket;
        self.small
            .read(&self.small.desk, move |r, cx| tickets::find_inside(r, cx, number))
            .unwrap()
    }

    fn tally(&self, cx: &Context) -> Tally {
        self.small.read(cx, escalations::tally).unwrap()
    }

    fn assembled(&self, cx: &Context) -> escalations::Assembled {
        let number = self.ticket;
        self.small
            .read(cx, move |r, cx| escalations::assemble(r, cx, number))
            .unwrap()
    }

    fn contact(&self, cx: &Context) -> Option<String> {
        let number = self.ticket;
        self.small
            .read(cx, move |r, cx| escalations::contact_of(r, cx, number))
            .unwrap()
    }

    pub(crate) fn solve(&self) {
        let number = self.ticket;
        self.small
            .write(&self.larch, move |tx, cx| {
                tickets::solve(tx, cx, number, &Solution::default())
            })
            .unwrap();
    }
}

#[test]
fn the_packet_begins_with_what_the_ticket_says() {
    with_teams(|teams| {
        let number = teams.ticket;
        teams
            .small
            .write(&teams.cedar, move |tx, cx| {
                let note = NewMessage {
                    body: "Another port: the same.".into(),
                    ..NewMessage::default()
                };
                tickets::note(tx, cx, number, &note)?;
                tickets::add_steps(tx, cx, number, "Restart the switch\nAsk the porter")?;
                let step = tickets::steps(tx, cx, number)?[0].id;
                tickets::tick(tx, cx, number, step, true, None).map(drop)
            })
            .unwrap();
        let assembled = teams.assembled(&teams.cedar);
        assert!(!assembled.kept);
        let packet = assembled.packet;
        assert!(packet.symptom.starts_with("No network in room 4\n\nSince this morning"));
        let tried: Vec<&str> = packet.tried.iter().map(|row| row.what.as_str()).collect();
        assert_eq!(tried, ["Restart the switch", "Another port: the same."]);
        assert!(packet.solve_due.is_some() && packet.promised.is_empty());
    });
}

#[test]
fn what_is_begun_is_kept_for_every_colleague_and_goes_when_it_is_handed_over() {
    with_teams(|teams| {
        let (number, begun) = (teams.ticket, packet());
        teams
            .small
            .write(&teams.cedar, move |tx, cx| {
                let half = Packet {
                    promised: String::new(),
                    ..begun
                };
                escalations::keep(tx, cx, number, &half)
            })
            .unwrap();
        let again = teams.assembled(&teams.larch);
        assert!(again.kept);
        assert_eq!(again.packet.tried[0].what, "Another cable");
        teams.to_network();
        assert_eq!(teams.small.count("SELECT count(*) FROM escalation_draft"), 0);
    });
}

#[test]
fn the_team_has_it_at_once_and_whoever_takes_it_has_the_work() {
    with_teams(|teams| {
        let sent = teams.to_network();
        let ticket = teams.the_ticket();
        assert_eq!((ticket.team, ticket.assignee), (Some(teams.network), None));
        let waiting = Tally {
            waiting: 1,
            ..Tally::default()
        };
        assert_eq!(teams.tally(&teams.larch), waiting);
        assert_eq!(teams.tally(&teams.cedar).sent, 1);
        assert_eq!(teams.contact(&teams.small.requester).as_deref(), Some("Bench"));
        teams.accept(&teams.larch, sent.id).unwrap();
        let ticket = teams.the_ticket();
        assert_eq!(ticket.assignee, Some(teams.larch.viewer.person));
        assert_eq!(ticket.status, Status::Open);
        let taken = teams.find(&teams.cedar, sent.id).unwrap();
        assert_eq!(taken.state, State::Accepted);
        assert_eq!(taken.contact, Some(teams.cedar.viewer.person));
        assert_eq!(teams.tally(&teams.larch), Tally::default());
        assert_eq!(
            teams.contact(&teams.small.requester).as_deref(),
            Some("Bench"),
            "the requester keeps one contact"
        );
        teams.solve();
        assert_eq!(teams.contact(&teams.small.requester), None, "nobody is asked any more");
        assert_eq!(teams.tally(&teams.cedar), Tally::default());
    });
}

#[test]
fn what_comes_back_stands_where_it_was_and_goes_again_as_the_next_round() {
    with_teams(|teams| {
        let sent = teams.to_network();
        teams.accept(&teams.larch, sent.id).unwrap();
        teams.send_back(&teams.larch, sent.id, " Which port? ").unwrap();
        let ticket = teams.the_ticket();
        assert_eq!(
            (ticket.team, ticket.assignee),
            (Some(teams.bench), Some(teams.cedar.viewer.person))
        );
        assert_eq!(teams.tally(&teams.cedar).returned, 1);
        assert_eq!(teams.contact(&teams.small.requester), None);
        let again = teams.assembled(&teams.cedar);
        assert_eq!(again.packet.symptom, "No network in room 4");
        let mut fuller = again.packet;
        fuller.tried.push(Tried {
            what: "Port 12".into(),
            result: "Dark".into(),
        });
        let second = teams.hand_over(&teams.cedar, To::Team(teams.network), fuller).unwrap();
        assert_eq!(second.id, sent.id, "one history");
        let rounds = teams
            .small
            .read(&teams.larch, move |r, cx| escalations::rounds(r, cx, sent.id))
            .unwrap();
        let reasons: Vec<&str> = rounds.iter().map(|round| round.reason.as_str()).collect();
        assert_eq!(reasons, ["Which port?", ""]);
        let differ = escalations::differences(&rounds[0].packet, &rounds[1].packet, |id| id.to_string());
        assert_eq!(differ.len(), 1);
        assert!(differ[0].is.ends_with("Port 12 → Dark"));
    });
}

#[test]
fn handing_over_is_taken_back_and_nothing_written_is_lost() {
    with_teams(|teams| {
        let before = teams.the_ticket();
        let sent = teams.to_network();
        teams.undo(&teams.cedar, sent.event).unwrap();
        let ticket = teams.the_ticket();
        assert_eq!((ticket.team, ticket.assignee), (before.team, before.assignee));
        assert_eq!(teams.find(&teams.cedar, sent.id), Err(Error::NotFound));
        let again = teams.assembled(&teams.cedar);
        assert!(again.kept);
        assert_eq!(again.packet.tried, packet().tried);
        let twice = teams.undo(&teams.cedar, sent.event);
        assert_eq!(twice.unwrap_err(), Error::Conflict("conflict-changed-since"));
    });
}

#[test]
fn an_answer_is_taken_back_and_only_the_last_one() {
    with_teams(|teams| {
        let sent = teams.to_network();
        let taken = teams.accept(&teams.larch, sent.id).unwrap();
        let early = teams.undo(&teams.cedar, sent.event);
        assert_eq!(early.unwrap_err(), Error::Conflict("conflict-changed-since"));
        teams.undo(&teams.larch, taken.event).unwrap();
        assert_eq!(teams.find(&teams.larch, sent.id).unwrap().state, State::Waiting);
        assert_eq!(teams.the_ticket().assignee, None);
        teams.accept(&teams.larch, sent.id).unwrap();
        let back = teams.send_back(&teams.larch, sent.id, "Not ours").unwrap();
        teams.undo(&teams.larch, back.event).unwrap();
        let now = teams.find(&teams.larch, sent.id).unwrap();
        assert_eq!(now.state, State::Accepted);
        assert_eq!(teams.the_ticket().assignee, Some(teams.larch.viewer.person));
        let reasons = teams
            .small
            .count("SELECT count(*) FROM escalation_round WHERE reason <> ''");
        assert_eq!(reasons, 0);
    });
}

#[test]
fn a_second_round_taken_back_leaves_the_first_as_it_was_answered() {
    with_teams(|teams| {
        let sent = teams.to_network();
        teams.send_back(&teams.larch, sent.id, "Which port?").unwrap();
        let second = teams
            .hand_over(&teams.cedar, To::Group(Group::Security), packet())
            .unwrap();
        assert_eq!(teams.the_ticket().status, Status::OnHold);
        teams.undo(&teams.cedar, second.event).unwrap();
        let now = teams.find(&teams.cedar, sent.id).unwrap();
        assert_eq!((now.state, now.round), (State::Returned, 1));
        assert_eq!(now.to(), Some(To::Team(teams.network)));
        assert_ne!(teams.the_ticket().status, Status::OnHold);
    });
}

#[test]
fn a_group_outside_is_waited_for_and_its_answer_written_down() {
    with_teams(|teams| {
        let sent = teams
            .hand_over(&teams.cedar, To::Group(Group::Network), packet())
            .unwrap();
        let ticket = teams.the_ticket();
        assert_eq!(
            (ticket.status, ticket.waiting_for.as_str()),
            (Status::OnHold, "Network technicians")
        );
        assert_eq!(ticket.assignee, Some(teams.cedar.viewer.person));
        teams.accept(&teams.cedar, sent.id).unwrap();
        assert_eq!(teams.the_ticket().status, Status::OnHold, "they work on it");
        teams
            .send_back(&teams.cedar, sent.id, "They want the MAC address")
            .unwrap();
        let ticket = teams.the_ticket();
        assert_eq!((ticket.status, ticket.waiting_for.as_str()), (Status::Open, ""));
    });
}

#[test]
fn a_supervisor_has_it_when_he_accepts() {
    with_teams(|teams| {
        let spruce = teams.small.person("Spruce", "spruce@desk.example", Role::Supervisor);
        let spruce = teams.small.viewer_of(spruce);
        let to = To::Supervisor(spruce.viewer.person);
        let sent = teams.hand_over(&teams.cedar, to, packet()).unwrap();
        assert_eq!(teams.the_ticket().assignee, Some(teams.cedar.viewer.person));
        assert_eq!(teams.tally(&spruce).waiting, 1);
        let other = teams.accept(&teams.larch, sent.id);
        assert_eq!(other.unwrap_err(), Error::Conflict("conflict-escalation-not-yours"));
        let taken = teams.accept(&spruce, sent.id).unwrap();
        let ticket = teams.the_ticket();
        assert_eq!(
            (ticket.team, ticket.assignee),
            (Some(teams.bench), Some(spruce.viewer.person))
        );
        teams.undo(&spruce, taken.event).unwrap();
        teams.send_back(&spruce, sent.id, "Decide it yourself").unwrap();
        assert_eq!(teams.the_ticket().assignee, Some(teams.cedar.viewer.person));
    });
}

#[test]
fn handing_over_and_coming_back_is_counted_by_team_and_topic_only() {
    with_teams(|teams| {
        let sent = teams.to_network();
        teams.send_back(&teams.larch, sent.id, "Which port?").unwrap();
        teams.to_network();
        let counted = teams.small.read(&teams.cedar, escalations::counted).unwrap();
        let (team, sums) = counted.teams[0];
        assert_eq!(team, teams.network);
        assert_eq!(
            (sums.sent_30, sums.returned_30, sums.sent_90, sums.returned_90),
            (2, 1, 2, 1)
        );
        let later = Context {
            now: NOW.plus(40 * DAY),
            ..teams.cedar.clone()
        };
        let sums = teams.small.read(&later, escalations::counted).unwrap().teams[0].1;
        assert_eq!((sums.sent_30, sums.returned_30, sums.sent_90), (0, 0, 2));
        let long = Context {
            now: NOW.plus(91 * DAY),
            ..teams.cedar.clone()
        };
        assert!(teams.small.read(&long, escalations::counted).unwrap().teams.is_empty());
    });
}

#[test]
fn the_longest_wait_comes_first() {
    with_teams(|teams| {
        let first = teams.to_network();
        let other = NewTicket::new(teams.small.requester.viewer.person, Channel::Phone, "No sound", "None.");
        let (network, cedar) = (teams.network, teams.cedar.clone());
        let second = teams
            .small
            .write(
                &Context {
                    now: NOW.plus(DAY),
                    ..cedar
                },
                move |tx, cx| {
                    let number = tickets::open(tx, cx, &other)?.number;
                    escalations::hand_over(tx, cx, number, Some(To::Team(network)), &packet())
                },
            )
            .unwrap();
        let lines = teams
            .small
            .read(&teams.larch, |r, cx| escalations::list(r, cx, Which::Waiting))
            .unwrap();
        let ids: Vec<EscalationId> = lines.iter().map(|line| line.escalation.id).collect();
        assert_eq!(ids, [first.id, second.id]);
        assert_eq!(lines[1].subject, "No sound");
    });
}
