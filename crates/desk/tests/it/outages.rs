//! Outage mode, on both engines: opened, told, answered, over; and what everybody may see of it.

mod public;

use desk::access::{Scopes, Via};
use desk::clock::{DAY, HOUR};
use desk::forms::{self, Kind, NewField, Required};
use desk::outages::{self, AnswerAll, Answered, Detail, Effect, Hit, NewOutage, Phase, Recorded, Told};
use desk::people::{self, NewPerson};
use desk::tickets::{self, MessageKind, NewTicket, Status};
use desk::words::{Both, Lang};
use desk::{Context, Error, EventId, OutageNumber, Result, ServiceId, TicketNumber};

use crate::common::{NOW, Small, key_of, on_both, refused};
use crate::tickets::at;

pub(crate) fn hit(service: ServiceId, effect: Effect) -> Hit {
    Hit { service, effect }
}

pub(crate) fn about(services: Vec<Hit>) -> NewOutage {
    NewOutage {
        title: Both::new("Mail is down", "Le courriel est en panne"),
        words: Both::new("We look into it.", "Nous cherchons la cause."),
        services,
        ..NewOutage::default()
    }
}

impl Small {
    pub(crate) fn outage(&self, new: NewOutage) -> OutageNumber {
        self.write(&self.technician, move |tx, cx| outages::open(tx, cx, &new))
            .unwrap()
            .number
    }

    pub(crate) fn tell(
        &self,
        cx: &Context,
        number: OutageNumber,
        phase: Phase,
        en: &str,
        fr: &str,
    ) -> Result<Recorded> {
        let told = Told {
            phase,
            words: Both::new(en, fr),
        };
        self.write(cx, move |tx, cx| outages::tell(tx, cx, number, &told))
    }

    pub(crate) fn the_outage(&self, number: OutageNumber) -> Detail {
        self.read(&self.technician, move |r, cx| outages::find(r, cx, number))
            .unwrap()
    }

    fn undo_outage(&self, event: EventId) -> Result<OutageNumber> {
        self.write(&self.technician, move |tx, cx| outages::undo(tx, cx, event))
    }

    fn answer_all(&self, cx: &Context, number: OutageNumber, en: &str, fr: &str, solve: bool) -> Result<Answered> {
        let answer = AnswerAll {
            words: Both::new(en, fr),
            solve,
        };
        self.write(cx, move |tx, cx| outages::answer_all(tx, cx, number, &answer))
    }

    fn in_language(&self, language: Lang) -> TicketNumber {
        self.open_with(|new: &mut NewTicket| new.language = Some(language))
            .number
    }

    fn replies(&self, number: TicketNumber) -> Vec<String> {
        let (_, messages, _) = self
            .read(&self.desk, move |r, cx| tickets::conversation(r, cx, number))
            .unwrap();
        messages
            .into_iter()
            .filter(|message| message.kind == MessageKind::Reply)
            .map(|message| message.body.0)
            .collect()
    }
}

#[test]
fn an_outage_is_opened_from_a_cluster_of_tickets() {
    on_both(|small| {
        let topic = small.topic("Mail", None);
        let mut new = crate::services::named("Mail", "Courriel");
        new.topics = vec![topic];
        let mail = small.add_service(new).unwrap();
        let cluster: Vec<TicketNumber> = (1..4)
            .map(|hours| {
                small
                    .open_with(|new| {
                        new.topic = Some(topic);
                        new.created_at = Some(NOW.plus(-hours * HOUR));
                    })
                    .number
            })
            .collect();
        let given = cluster.clone();
        let mut draft = small
            .read(&small.technician, move |r, cx| outages::draft_of(r, cx, &given))
            .unwrap();
        assert_eq!(draft.services, [hit(mail, Effect::Disturbed)]);
        assert_eq!(draft.began_at, Some(NOW.plus(-3 * HOUR)));
        assert_eq!(draft.tickets, cluster);
        draft.title = Both::new("Mail is slow", "");
        let number = small.outage(draft);
        let found = small.the_outage(number);
        let linked: Vec<TicketNumber> = found.tickets.iter().map(|ticket| ticket.number).collect();
        assert_eq!(linked, cluster);
        assert_eq!(found.outage.phase, Phase::Investigating);
        let of = small
            .read(&small.technician, move |r, cx| outages::of_ticket(r, cx, cluster[0]))
            .unwrap();
        assert_eq!(of[0].number, number);
    });
}

#[test]
fn nothing_is_kept_of_an_outage_with_a_ticket_one_may_not_work_on() {
    on_both(|small| {
        let hidden = small.open_for(small.team("Personnel", true));
        let technician = small.viewer_of(small.technician.viewer.person);
        let mut new = about(vec![]);
        new.tickets = vec![small.open(), hidden];
        let opened = small.write(&technician, move |tx, cx| outages::open(tx, cx, &new));
        assert_eq!(
            opened,
            Err(Error::refused_at("tickets", "refused-no-such-ticket", hidden.0))
        );
        assert_eq!(small.count("SELECT count(*) FROM outage"), 0);
        let draft = small
            .read(&technician, move |r, cx| outages::draft_of(r, cx, &[hidden]))
            .unwrap();
        assert!(draft.tickets.is_empty());
        let by_requester = small.write(&small.requester, |tx, cx| outages::open(tx, cx, &about(vec![])));
        assert_eq!(by_requester, Err(Error::NotFound));
    });
}

#[test]
fn what_is_refused_is_refused_at_its_field() {
    on_both(|small| {
        let key = |change: fn(&mut NewOutage)| {
            let mut new = about(vec![]);
            change(&mut new);
            key_of(small.write(&small.technician, move |tx, cx| outages::open(tx, cx, &new)))
        };
        assert_eq!(key(|new| new.title = Both::new(" ", "")), "refused-empty");
        assert_eq!(key(|new| new.phase = Phase::Over), "refused-choice");
        assert_eq!(key(|new| new.began_at = Some(NOW.plus(HOUR))), "refused-future");
        assert_eq!(
            key(|new| new.began_at = Some(NOW.plus(-400 * DAY))),
            "refused-too-early"
        );
        assert_eq!(
            key(|new| new.services = vec![hit(ServiceId(9), Effect::Down)]),
            "refused-no-such-service"
        );
        assert_eq!(key(|new| new.words.fr = "x".repeat(5001)), "refused-too-long");
        assert_eq!(small.count("SELECT count(*) FROM outage"), 0);
    });
}

#[test]
fn it_is_told_in_both_languages_until_it_is_over_and_each_word_can_be_taken_back() {
    on_both(|small| {
        let number = small.outage(about(vec![]));
        let again = small.tell(&small.technician, number, Phase::Investigating, " ", "");
        assert_eq!(again, Err(refused("words_en", "refused-empty")));
        small
            .tell(
                &small.technician,
                number,
                Phase::Identified,
                "A disk is full.",
                "Un disque est plein.",
            )
            .unwrap();
        let later = at(&small.technician, NOW.plus(HOUR));
        let over = small.tell(&later, number, Phase::Over, "Mail works.", "").unwrap();
        let found = small.the_outage(number);
        assert_eq!(
            (found.outage.phase, found.outage.ended_at),
            (Phase::Over, Some(NOW.plus(HOUR)))
        );
        let said: Vec<(Phase, String)> = found
            .updates
            .into_iter()
            .map(|update| (update.phase, update.words.en))
            .collect();
        assert_eq!(
            said,
            [
                (Phase::Over, "Mail works.".to_string()),
                (Phase::Identified, "A disk is full.".to_string()),
                (Phase::Investigating, "We look into it.".to_string())
            ]
        );
        small.undo_outage(over.event).unwrap();
        let found = small.the_outage(number);
        assert_eq!((found.outage.phase, found.outage.ended_at), (Phase::Identified, None));
        assert_eq!(found.updates.len(), 2);
        assert_eq!(
            small.undo_outage(over.event),
            Err(Error::Conflict("conflict-changed-since")),
            "once"
        );
    });
}

#[test]
fn an_update_is_not_taken_back_from_under_a_newer_one() {
    on_both(|small| {
        let number = small.outage(about(vec![]));
        let first = small
            .tell(&small.technician, number, Phase::Identified, "A disk.", "")
            .unwrap();
        small
            .tell(&small.technician, number, Phase::Identified, "Two disks.", "")
            .unwrap();
        assert_eq!(
            small.undo_outage(first.event),
            Err(Error::Conflict("conflict-changed-since"))
        );
        assert_eq!(small.the_outage(number).updates.len(), 3);
    });
}

#[test]
fn one_opened_by_mistake_leaves_every_page() {
    on_both(|small| {
        let new = about(vec![]);
        let opened = small
            .write(&small.technician, move |tx, cx| outages::open(tx, cx, &new))
            .unwrap();
        small.undo_outage(opened.event).unwrap();
        let number = opened.number;
        let gone = small.read(&small.technician, move |r, cx| outages::find(r, cx, number).map(drop));
        assert_eq!(gone, Err(Error::NotFound));
        let open = small
            .read(&small.technician, |r, cx| outages::list(r, cx, true, None))
            .unwrap();
        assert!(open.lines.is_empty());
        let other = small.outage(about(vec![]));
        let edited = small
            .write(&small.technician, move |tx, cx| {
                let mut new = about(vec![]);
                new.title.en = "Mail is slow".into();
                outages::edit(tx, cx, other, &new)
            })
            .unwrap();
        assert_eq!(small.the_outage(other).outage.title.en, "Mail is slow");
        small.undo_outage(edited.event).unwrap();
        assert_eq!(small.the_outage(other).outage.title.en, "Mail is down");
    });
}

#[test]
fn one_answer_goes_to_all_in_their_languages_and_what_it_does_not_fit_is_said() {
    on_both(|small| {
        let (english, french) = (small.in_language(Lang::En), small.in_language(Lang::Fr));
        let solved = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, solved, &tickets::Solution::default()))
            .unwrap();
        let hidden = small.open_for(small.team("Personnel", true));
        let mut new = about(vec![]);
        new.tickets = vec![english, french, solved, hidden];
        let number = small
            .write(&small.admin, move |tx, cx| outages::open(tx, cx, &new))
            .unwrap()
            .number;
        let technician = small.viewer_of(small.technician.viewer.person);
        let one = small.answer_all(&technician, number, "It is the mail server.", "", false);
        assert_eq!(one, Err(refused("words_fr", "refused-answer-language")));
        assert!(small.replies(english).is_empty(), "refused whole");
        let answered = small
            .answer_all(
                &technician,
                number,
                "It is the mail server.",
                "C’est le serveur.",
                false,
            )
            .unwrap();
        assert_eq!(answered.done, [english, french]);
        assert_eq!(
            answered.left,
            [(solved, "conflict-already-solved"), (hidden, "left-not-found")]
        );
        assert_eq!(small.replies(english), ["It is the mail server."]);
        assert_eq!(small.replies(french), ["C’est le serveur."]);
        assert_eq!(small.ticket(english).status, Status::Open);
        let event = answered.event;
        let (count, left) = small
            .read(&technician, move |r, cx| outages::answered(r, cx, event))
            .unwrap();
        assert_eq!((count, left.len()), (2, 2));
        let of_another = small.read(&small.admin, move |r, cx| outages::answered(r, cx, event));
        assert_eq!(of_another, Err(Error::NotFound));
    });
}

#[test]
fn the_all_clear_solves_them_and_undo_takes_it_back_everywhere() {
    on_both(|small| {
        let (english, french) = (small.in_language(Lang::En), small.in_language(Lang::Fr));
        let mut new = about(vec![]);
        new.tickets = vec![english, french];
        let number = small.outage(new);
        let answered = small
            .answer_all(
                &small.technician,
                number,
                "Mail works.",
                "Le courriel fonctionne.",
                true,
            )
            .unwrap();
        assert_eq!(small.ticket(english).status, Status::Solved);
        assert_eq!(small.ticket(french).status, Status::Solved);
        small.undo_outage(answered.event).unwrap();
        assert_ne!(small.ticket(english).status, Status::Solved);
        assert!(small.replies(english).is_empty() && small.replies(french).is_empty());
        assert_eq!(
            small.undo_outage(answered.event),
            Err(Error::Conflict("conflict-already-sent")),
            "there is nothing left to take back"
        );
    });
}

#[test]
fn what_is_refused_on_one_ticket_leaves_nothing_of_itself_there() {
    on_both(|small| {
        let topic = small.topic("Mail", None);
        small
            .write(&small.admin, move |tx, cx| {
                let field = NewField::new(Kind::Short, "Server", "Serveur").required(Required::Solving);
                forms::add(tx, cx, topic, &field)
            })
            .unwrap();
        let (whole, lacking) = (small.open(), small.open_with(|new| new.topic = Some(topic)).number);
        let mut new = about(vec![]);
        new.tickets = vec![whole, lacking];
        let number = small.outage(new);
        let answered = small
            .answer_all(&small.technician, number, "Mail works.", "", true)
            .unwrap();
        assert_eq!(answered.done, [whole]);
        assert_eq!(answered.left, [(lacking, "left-fields")]);
        assert!(small.replies(lacking).is_empty());
        assert_eq!(
            small.count_of("SELECT count(*) FROM message WHERE ticket = $1", lacking.0),
            1,
            "only what its requester said"
        );
    });
}

#[test]
fn an_answer_to_nobody_is_refused() {
    on_both(|small| {
        let number = small.outage(about(vec![]));
        let answer = small.answer_all(&small.technician, number, "x", "x", false);
        assert_eq!(key_of(answer), "refused-no-linked");
        let ticket = small.open();
        let linked = small
            .write(&small.technician, move |tx, cx| outages::link(tx, cx, number, ticket))
            .unwrap();
        assert_eq!(small.the_outage(number).tickets.len(), 1);
        small.undo_outage(linked.event).unwrap();
        assert!(small.the_outage(number).tickets.is_empty());
    });
}

#[test]
fn me_too_counts_once_a_person_opens_no_ticket_and_is_taken_back() {
    on_both(|small| {
        let number = small.outage(about(vec![]));
        let add = |name: &str, address: &str| {
            let new = NewPerson::new(name, address, desk::access::Role::Requester);
            let id = small
                .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
                .unwrap();
            small.viewer_of(id)
        };
        let other = add("Stores", "stores@cedar.example");
        let me_too = |cx: &Context| small.write(cx, move |tx, cx| outages::me_too(tx, cx, number).map(drop));
        me_too(&small.requester).unwrap();
        me_too(&small.requester).unwrap();
        me_too(&other).unwrap();
        assert_eq!(small.the_outage(number).me_too, 2);
        assert_eq!(small.count("SELECT count(*) FROM ticket"), 0);
        small
            .write(&other, move |tx, cx| outages::take_back(tx, cx, number))
            .unwrap();
        assert_eq!(small.the_outage(number).me_too, 1);
        let mut by_link = small.requester.clone();
        by_link.viewer.via = Via::TicketLink(TicketNumber(1001));
        assert_eq!(me_too(&by_link), Err(Error::NotFound));
        let mut reading = other.clone();
        reading.viewer.via = Via::Token(Scopes::parse("read").unwrap());
        assert_eq!(me_too(&reading), Err(Error::NotFound));
        small
            .tell(&small.technician, number, Phase::Over, "Done.", "Fait.")
            .unwrap();
        assert_eq!(me_too(&other), Err(Error::NotFound), "it is over");
    });
}

#[test]
fn me_too_is_not_there_for_what_requesters_are_not_told_of() {
    on_both(|small| {
        let mut hidden = crate::services::named("Backup", "Sauvegarde");
        hidden.shown = false;
        let backup = small.add_service(hidden).unwrap();
        let mut unshown = about(vec![]);
        unshown.shown = false;
        for new in [unshown, about(vec![hit(backup, Effect::Down)])] {
            let number = small.outage(new);
            let me_too = small.write(&small.requester, move |tx, cx| outages::me_too(tx, cx, number));
            assert_eq!(me_too, Err(Error::NotFound));
        }
    });
}
