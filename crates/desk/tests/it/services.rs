//! The catalogue of services: who keeps it, what is refused, and how a service does, which nobody writes down.

use desk::changes::{self, NewChange};
use desk::outages::{self, Effect, Hit, NewOutage};
use desk::services::{self, Document, NewService, ServiceState};
use desk::words::{Both, Lang};
use desk::{Context, Error, EventId, Result, ServiceId, TopicId};

use crate::common::{Small, key_of, on_both};

pub(crate) fn named(en: &str, fr: &str) -> NewService {
    NewService {
        name: Both::new(en, fr),
        shown: true,
        ..NewService::default()
    }
}

impl Small {
    pub(crate) fn add_service(&self, new: NewService) -> Result<ServiceId> {
        self.write(&self.admin, move |tx, cx| services::add(tx, cx, &new))
    }

    pub(crate) fn service(&self, en: &str, fr: &str) -> ServiceId {
        self.add_service(named(en, fr)).unwrap()
    }

    pub(crate) fn state_of(&self, id: ServiceId) -> ServiceState {
        self.read(&self.technician, move |r, cx| services::find(r, cx, id))
            .unwrap()
            .state
    }
}

fn names(small: &Small, cx: &Context, lang: Lang, with_retired: bool) -> Vec<String> {
    let lines = small
        .read(cx, move |r, cx| services::list(r, cx, lang, with_retired))
        .unwrap();
    lines
        .into_iter()
        .map(|line| line.service.name.of(lang).to_string())
        .collect()
}

#[test]
fn the_desk_reads_the_catalogue_and_administrators_keep_it() {
    on_both(|small| {
        small.service("Mail", "Courriel");
        small.service("Wi-Fi", "Wi-Fi");
        let vpn = small.service("VPN", "Accès à distance");
        assert_eq!(
            names(small, &small.technician, Lang::En, false),
            ["Mail", "VPN", "Wi-Fi"]
        );
        assert_eq!(
            names(small, &small.technician, Lang::Fr, false),
            ["Accès à distance", "Courriel", "Wi-Fi"],
            "by their names in the reader's language"
        );
        let asked = small.read(&small.requester, |r, cx| {
            services::list(r, cx, Lang::En, false).map(drop)
        });
        assert_eq!(asked, Err(Error::NotFound));
        let change = |cx: &Context| {
            small.write(cx, move |tx, cx| {
                services::edit(tx, cx, vpn, &named("Remote access", "Accès à distance"))
            })
        };
        assert_eq!(change(&small.technician), Err(Error::NotFound));
        change(&small.admin).unwrap();
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action LIKE 'service-%'"),
            4
        );
        let events = small.count("SELECT count(*) FROM event WHERE kind = 'service_changed'");
        assert_eq!(events, 4);
    });
}

#[test]
fn what_is_refused_is_refused_at_its_field() {
    on_both(|small| {
        let refused = |change: fn(&mut NewService)| {
            let mut new = named("Mail", "Courriel");
            change(&mut new);
            key_of(small.add_service(new))
        };
        assert_eq!(refused(|new| new.name.fr.clear()), "refused-empty");
        assert_eq!(refused(|new| new.name.en = "x".repeat(101)), "refused-too-long");
        assert_eq!(
            refused(|new| new.owner = Some(desk::PersonId(999))),
            "refused-no-such-person"
        );
        assert_eq!(
            refused(|new| new.team = Some(desk::TeamId(999))),
            "refused-no-such-team"
        );
        assert_eq!(refused(|new| new.topics = vec![TopicId(999)]), "refused-no-such-topic");
        assert_eq!(
            refused(|new| {
                new.documents = vec![Document {
                    title: "Manual".into(),
                    address: "javascript:alert(1)".into(),
                }];
            }),
            "refused-document"
        );
        let requester = small.requester.viewer.person;
        let mut new = named("Mail", "Courriel");
        new.owner = Some(requester);
        assert_eq!(
            key_of(small.add_service(new)),
            "refused-no-such-person",
            "a requester answers for nothing"
        );
        assert_eq!(small.count("SELECT count(*) FROM service"), 0);
    });
}

#[test]
fn a_topic_is_about_one_service() {
    on_both(|small| {
        let topic = small.topic("Mail", None);
        let mut mail = named("Mail", "Courriel");
        mail.topics = vec![topic, topic];
        let id = small.add_service(mail).unwrap();
        let mut other = named("Calendar", "Agenda");
        other.topics = vec![topic];
        assert_eq!(key_of(small.add_service(other)), "refused-topic-has-service");
        let line = small
            .read(&small.technician, move |r, cx| services::find(r, cx, id))
            .unwrap();
        assert_eq!(line.service.topics, [topic]);
    });
}

#[test]
fn what_is_retired_comes_back_and_an_edit_is_taken_back() {
    on_both(|small| {
        let id = small.service("Mail", "Courriel");
        let retired: EventId = small
            .write(&small.admin, move |tx, cx| services::retire(tx, cx, id))
            .unwrap();
        assert!(names(small, &small.technician, Lang::En, false).is_empty());
        assert_eq!(names(small, &small.technician, Lang::En, true), ["Mail"]);
        let undo = |event| small.write(&small.admin, move |tx, cx| services::undo(tx, cx, event));
        undo(retired).unwrap();
        assert_eq!(names(small, &small.technician, Lang::En, false), ["Mail"]);
        let edited = small
            .write(&small.admin, move |tx, cx| {
                services::edit(tx, cx, id, &named("E-mail", "Courriel"))
            })
            .unwrap();
        small
            .write(&small.admin, move |tx, cx| {
                services::edit(tx, cx, id, &named("Post", "Courriel"))
            })
            .unwrap();
        assert_eq!(undo(edited), Err(Error::Conflict("conflict-changed-since")));
        assert_eq!(names(small, &small.technician, Lang::En, false), ["Post"]);
        let by_technician = small.write(&small.technician, move |tx, cx| services::undo(tx, cx, retired));
        assert_eq!(by_technician, Err(Error::NotFound));
    });
}

#[test]
fn how_a_service_does_follows_from_outages_and_changes() {
    on_both(|small| {
        let (mail, vpn) = (small.service("Mail", "Courriel"), small.service("VPN", "RPV"));
        assert_eq!(small.state_of(mail), ServiceState::Running);
        let change = small
            .write(&small.technician, move |tx, cx| {
                let new = NewChange {
                    title: "Certificates".into(),
                    services: vec![mail],
                    ..NewChange::default()
                };
                let number = changes::open(tx, cx, &new)?.number;
                changes::start(tx, cx, number)
            })
            .unwrap();
        assert_eq!(small.state_of(mail), ServiceState::Maintenance);
        let outage = small
            .write(&small.technician, move |tx, cx| {
                let new = NewOutage {
                    title: Both::new("Mail is down", ""),
                    services: vec![Hit {
                        service: mail,
                        effect: Effect::Down,
                    }],
                    ..NewOutage::default()
                };
                outages::open(tx, cx, &new)
            })
            .unwrap();
        assert_eq!(small.state_of(mail), ServiceState::Down);
        assert_eq!(small.state_of(vpn), ServiceState::Running, "the other one runs");
        small
            .write(&small.technician, move |tx, cx| outages::undo(tx, cx, outage.event))
            .unwrap();
        assert_eq!(small.state_of(mail), ServiceState::Maintenance);
        small
            .write(&small.technician, move |tx, cx| changes::undo(tx, cx, change.event))
            .unwrap();
        assert_eq!(small.state_of(mail), ServiceState::Running);
    });
}
