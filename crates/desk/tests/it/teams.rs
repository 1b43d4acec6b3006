//! Teams and what a private one closes; topics and organizations.

use desk::access::{Role, Via};
use desk::organizations::{self, EditOrganization, NewOrganization};
use desk::teams::{self, NewTeam};
use desk::topics::{self, NewTopic};
use desk::words::Lang;
use desk::{Error, people};

use crate::common::{key_of, on_both};

#[test]
fn a_private_team_is_closed_to_all_but_its_members_and_watched_for_administrators() {
    on_both(|small| {
        let (open, closed) = (small.team("Counter", false), small.team("Personnel", true));
        let technician = small.technician.viewer.person;
        let seen = |person| {
            let v = small.viewer_of(person).viewer;
            (v.teams, v.leads, v.closed_teams, v.audited_teams)
        };
        assert_eq!(seen(technician), (vec![], vec![], vec![closed], vec![]));
        assert_eq!(seen(small.admin.viewer.person), (vec![], vec![], vec![], vec![closed]));
        assert_eq!(seen(small.requester.viewer.person), (vec![], vec![], vec![], vec![]));
        small.join(open, technician);
        small.join(closed, technician);
        small
            .write(&small.admin, move |tx, cx| {
                teams::lead(tx, cx, closed, technician, true)
            })
            .expect("leads");
        assert_eq!(seen(technician), (vec![open, closed], vec![closed], vec![], vec![]));
        small
            .write(&small.admin, move |tx, cx| teams::leave(tx, cx, closed, technician))
            .expect("left");
        assert_eq!(seen(technician), (vec![open], vec![], vec![closed], vec![]));
        assert_eq!(small.count("SELECT count(*) FROM audit WHERE action LIKE 'team-%'"), 4);
    });
}

#[test]
fn coming_back_to_the_desk_opens_no_team_again() {
    on_both(|small| {
        let (team, person) = (small.team("Personnel", true), small.technician.viewer.person);
        small.join(team, person);
        for role in [Role::Requester, Role::Technician] {
            small
                .write(&small.admin, move |tx, cx| people::change_role(tx, cx, person, role))
                .expect("changed");
        }
        assert_eq!(small.viewer_of(person).viewer.closed_teams, [team]);
    });
}

#[test]
fn only_administrators_shape_teams() {
    on_both(|small| {
        let (team, me, asks) = (
            small.team("Personnel", true),
            small.technician.viewer.person,
            small.requester.viewer.person,
        );
        let own = small.write(&small.technician, move |tx, cx| teams::join(tx, cx, team, me));
        assert_eq!(own.err(), Some(Error::NotFound));
        let new = NewTeam {
            name_en: "Mine".into(),
            name_fr: "À moi".into(),
            private: true,
        };
        let added = small.write(&small.technician, move |tx, cx| teams::add(tx, cx, &new));
        assert_eq!(added.err(), Some(Error::NotFound));
        let requester = small.write(&small.admin, move |tx, cx| teams::join(tx, cx, team, asks));
        assert_eq!(key_of(requester), "refused-not-staff");
        let not = small.read(&small.requester, teams::list);
        assert_eq!(not.map(|t| t.len()), Err(Error::NotFound));
        let half = NewTeam {
            name_en: "Counter".into(),
            name_fr: " ".into(),
            private: false,
        };
        let answer = small.write(&small.admin, move |tx, cx| teams::add(tx, cx, &half));
        assert_eq!(key_of(answer), "refused-empty");
        let found = small.write(&small.admin, |tx, cx| teams::by_name_or_add(tx, cx, "Personnel"));
        assert_eq!(found, Ok(team));
    });
}

#[test]
fn topics_have_two_levels_and_retire_together() {
    on_both(|small| {
        let add = |parent, en: &str, fr: &str| {
            let new = NewTopic {
                parent,
                name_en: en.into(),
                name_fr: fr.into(),
                team: None,
            };
            small.write(&small.admin, move |tx, cx| topics::add(tx, cx, &new))
        };
        let network = add(None, "Network", "Réseau").expect("added");
        let hardware = add(None, "Hardware", "Appareils").expect("added");
        let printers = add(Some(hardware), "Printers", "Imprimantes").expect("added");
        assert_eq!(key_of(add(Some(printers), "Toner", "Encre")), "refused-no-such-topic");
        let list = |lang, all| {
            let topics = small.db.read_now(move |r| topics::list(r, lang, all)).expect("listed");
            topics.iter().map(|t| t.id).collect::<Vec<_>>()
        };
        assert_eq!(list(Lang::En, false), [hardware, printers, network]);
        assert_eq!(list(Lang::Fr, false), [hardware, printers, network]);
        let under = NewTopic {
            parent: Some(network),
            name_en: "Hardware".into(),
            name_fr: "Appareils".into(),
            team: None,
        };
        let deep = small.write(&small.admin, move |tx, cx| topics::edit(tx, cx, hardware, &under));
        assert_eq!(key_of(deep), "refused-topic-depth");
        small
            .write(&small.admin, move |tx, cx| topics::retire(tx, cx, hardware, true))
            .expect("retired");
        assert_eq!(list(Lang::En, false), [network]);
        assert_eq!(list(Lang::En, true), [hardware, printers, network]);
    });
}

#[test]
fn an_organization_shares_requests_only_by_an_administrators_word() {
    on_both(|small| {
        let id = small.organization("Cedar", Some("cedar.example"));
        let share = |cx: &desk::Context| {
            let change = EditOrganization {
                shares_requests: Some(true),
                ..EditOrganization::default()
            };
            small.write(cx, move |tx, cx| organizations::edit(tx, cx, id, &change))
        };
        assert_eq!(key_of(share(&small.technician)), "refused-needs-admin");
        share(&small.admin).expect("shared");
        let member = small
            .write(&small.desk, |tx, cx| {
                people::recognise(tx, cx, "till@cedar.example", None)
            })
            .expect("made");
        let viewer = small
            .db
            .read_now(move |r| desk::sign_in::load_viewer(r, member, Via::Session))
            .expect("loads");
        assert!(viewer.reads_colleagues);
        assert_eq!(viewer.organization, Some(id));
        let twin = NewOrganization {
            name: "Twin".into(),
            domain: Some("@Cedar.example".into()),
            ..Default::default()
        };
        let taken = small.write(&small.technician, move |tx, cx| organizations::add(tx, cx, &twin));
        assert_eq!(key_of(taken), "refused-domain-taken");
        let page = small
            .read(&small.technician, move |r, cx| {
                organizations::people_of(r, cx, id, None)
            })
            .expect("a page");
        assert_eq!(page.people.iter().map(|p| p.id).collect::<Vec<_>>(), [member]);
    });
}
