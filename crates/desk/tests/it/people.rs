//! Who people are: recognised by mail, added by hand, found while typing, merged and parted, kept out and let in.

use std::thread;

use desk::access::Role;
use desk::people::{self, EditPerson, ListPeople, NewPerson, Preferences, Theme};
use desk::tickets::{self, Channel, NewTicket};
use desk::{Error, PersonId, organizations, sign_in};

use crate::common::{NOW, Small, key_of, on_both, refused};

fn recognise(small: &Small, address: &'static str, name: Option<&'static str>) -> PersonId {
    small
        .write(&small.desk, move |tx, cx| people::recognise(tx, cx, address, name))
        .expect("recognised")
}

fn name_of(small: &Small, id: PersonId) -> String {
    small
        .read(&small.admin, move |r, cx| people::find_visible(r, cx, id))
        .expect("found")
        .name
}

#[test]
fn an_address_is_one_person_however_it_is_written() {
    on_both(|small| {
        let first = recognise(small, "Counter@Larch.Example ", None);
        assert_eq!(recognise(small, "counter@larch.example", None), first);
        assert_ne!(recognise(small, "counter2@larch.example", None), first);
        let odd = small.write(&small.desk, |tx, cx| people::recognise(tx, cx, "a@b\r\nBcc: c@d", None));
        assert_eq!(odd, Err(refused("address", "refused-address")));
    });
}

#[test]
fn a_header_names_only_the_nameless() {
    on_both(|small| {
        let id = recognise(small, "counter@larch.example", None);
        assert_eq!(name_of(small, id), "counter@larch.example");
        recognise(small, "counter@larch.example", Some("\"Parts\r\n counter\""));
        assert_eq!(name_of(small, id), "Parts counter");
        recognise(small, "counter@larch.example", Some("Somebody else"));
        assert_eq!(name_of(small, id), "Parts counter");
    });
}

#[test]
fn a_domain_brings_newcomers_to_their_organization_unless_it_is_everybodys() {
    on_both(|small| {
        let cedar = small.organization("Cedar", Some("cedar.example"));
        let new = organizations::NewOrganization {
            name: "Everybody".into(),
            domain: Some("gmail.com".into()),
            ..Default::default()
        };
        let public = small.write(&small.admin, move |tx, cx| organizations::add(tx, cx, &new));
        assert_eq!(public, Err(refused("domain", "refused-public-domain")));
        let of = |address: &'static str| {
            let id = recognise(small, address, None);
            small
                .read(&small.admin, move |r, cx| people::find_visible(r, cx, id))
                .expect("found")
                .organization
        };
        assert_eq!(of("payroll@cedar.example"), Some(cedar));
        assert_eq!(of("payroll@gmail.com"), None);
        assert_eq!(of("payroll@elsewhere.example"), None);
    });
}

#[test]
fn two_letters_of_one_newcomer_make_one_person() {
    on_both(|small| {
        let ids: Vec<PersonId> = thread::scope(|scope| {
            let hands: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| recognise(small, "new@larch.example", None)))
                .collect();
            hands.into_iter().map(|h| h.join().expect("no panic")).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        let rows: i64 = small.count("SELECT count(*) FROM person WHERE name = 'new@larch.example'");
        assert_eq!(rows, 1);
    });
}

#[test]
fn every_field_that_is_wrong_is_named_at_once() {
    on_both(|small| {
        let mut new = NewPerson::new(" ", "technician@desk.example", Role::Admin);
        new.phones = vec!["call me".into()];
        let answer = small.write(&small.technician, move |tx, cx| people::add(tx, cx, &new));
        let Err(Error::Refused(all)) = answer else {
            panic!("refused, not {answer:?}")
        };
        let mut said: Vec<_> = all.iter().map(|r| (r.field, r.key)).collect();
        said.sort_unstable();
        assert_eq!(
            said,
            [
                ("address", "refused-address-taken"),
                ("name", "refused-empty"),
                ("phones", "refused-phone"),
                ("role", "refused-needs-admin"),
            ]
        );
    });
}

#[test]
fn somebody_at_the_counter_needs_no_address() {
    on_both(|small| {
        let new = NewPerson {
            name: "Walk-in".into(),
            phones: vec!["418 555-0134".into()],
            ..NewPerson::default()
        };
        let id = small
            .write(&small.technician, move |tx, cx| people::add(tx, cx, &new))
            .expect("added");
        let phones = small
            .read(&small.technician, move |r, cx| people::phones_of(r, cx, id))
            .expect("read");
        assert_eq!(phones[0].digits, "4185550134");
        let staff = NewPerson {
            name: "Nobody".into(),
            role: Role::Technician,
            ..NewPerson::default()
        };
        let answer = small.write(&small.admin, move |tx, cx| people::add(tx, cx, &staff));
        assert_eq!(answer, Err(refused("address", "refused-empty")));
    });
}

#[test]
fn a_requester_sees_himself_and_no_note_about_him() {
    on_both(|small| {
        let (me, other) = (small.requester.viewer.person, small.technician.viewer.person);
        let note = EditPerson {
            note: Some("Speaks slowly.".into()),
            ..EditPerson::default()
        };
        small
            .write(&small.technician, move |tx, cx| people::edit(tx, cx, me, &note))
            .expect("noted");
        let seen = small
            .read(&small.requester, move |r, cx| people::find_visible(r, cx, me))
            .expect("himself");
        assert_eq!(seen.note, "");
        let staff = small
            .read(&small.technician, move |r, cx| people::find_visible(r, cx, me))
            .expect("staff see all");
        assert_eq!(staff.note, "Speaks slowly.");
        let not = small.read(&small.requester, move |r, cx| people::find_visible(r, cx, other));
        assert_eq!(not.map(|p| p.id), Err(Error::NotFound));
        let none = small.read(&small.requester, |r, cx| people::search(r, cx, "tech", 5));
        assert_eq!(none.map(|p| p.len()), Err(Error::NotFound));
        let none = small.read(&small.requester, |r, cx| people::list(r, cx, &ListPeople::default()));
        assert_eq!(none.map(|p| p.people.len()), Err(Error::NotFound));
    });
}

#[test]
fn one_administrator_always_remains() {
    on_both(|small| {
        let (admin, technician) = (small.admin.viewer.person, small.technician.viewer.person);
        let last = small.write(&small.admin, move |tx, cx| {
            people::change_role(tx, cx, admin, Role::Technician)
        });
        assert_eq!(last.err(), Some(Error::Conflict("conflict-last-admin")));
        let not_his = small.write(&small.technician, move |tx, cx| {
            people::change_role(tx, cx, technician, Role::Admin)
        });
        assert_eq!(not_his.err(), Some(Error::NotFound));
        small
            .write(&small.admin, move |tx, cx| {
                people::change_role(tx, cx, technician, Role::Admin)
            })
            .expect("granted");
        small
            .write(&small.admin, move |tx, cx| {
                people::change_role(tx, cx, admin, Role::Technician)
            })
            .expect("one remains");
        let audited = small.count("SELECT count(*) FROM audit WHERE action = 'role' AND actor IS NOT NULL");
        assert_eq!(audited, 2);
        let broken = small.db.read_now(desk::access::verify_audit).expect("read");
        assert_eq!(broken, None);
    });
}

#[test]
fn two_administrators_cannot_demote_each_other_at_once() {
    on_both(|small| {
        let (one, two) = (small.admin.viewer.person, small.technician.viewer.person);
        small
            .write(&small.admin, move |tx, cx| {
                people::change_role(tx, cx, two, Role::Admin)
            })
            .expect("granted");
        let other = small.viewer_of(two);
        thread::scope(|scope| {
            let first = scope.spawn(|| {
                small.write(&small.admin, move |tx, cx| {
                    people::change_role(tx, cx, two, Role::Requester)
                })
            });
            let second = scope.spawn(|| small.write(&other, move |tx, cx| people::suspend(tx, cx, one)));
            let ended = [
                first.join().expect("no panic").is_ok(),
                second.join().expect("no panic").is_ok(),
            ];
            assert_eq!(ended.iter().filter(|ok| **ok).count(), 1, "{ended:?}");
        });
        let left = small.count("SELECT count(*) FROM person WHERE role = 'admin' AND NOT suspended");
        assert_eq!(left, 1);
    });
}

#[test]
fn who_is_suspended_is_out_at_once_and_comes_back_without_his_sessions() {
    on_both(|small| {
        let id = small.requester.viewer.person;
        let secret = small.session(id);
        assert!(small.opens(&secret));
        small
            .write(&small.technician, move |tx, cx| people::suspend(tx, cx, id))
            .expect("suspended");
        assert!(!small.opens(&secret));
        small
            .write(&small.technician, move |tx, cx| people::unsuspend(tx, cx, id))
            .expect("back");
        assert!(!small.opens(&secret));
        assert!(small.opens(&small.session(id)));
        let me = small.technician.viewer.person;
        let oneself = small.write(&small.technician, move |tx, cx| people::suspend(tx, cx, me));
        assert_eq!(oneself.err(), Some(Error::Conflict("conflict-yourself")));
        let admin = small.admin.viewer.person;
        let above = small.write(&small.technician, move |tx, cx| people::suspend(tx, cx, admin));
        assert_eq!(above.err(), Some(Error::Conflict("conflict-needs-admin")));
    });
}

fn open(small: &Small, requester: PersonId, team: Option<desk::TeamId>) -> desk::TicketNumber {
    let mut new = NewTicket::new(requester, Channel::Phone, "Printer", "It hums.");
    new.team = team;
    small
        .write(&small.desk, move |tx, cx| tickets::open(tx, cx, &new))
        .expect("opened")
        .number
}

fn requester_of(small: &Small, ticket: desk::TicketNumber) -> i64 {
    small.count_of("SELECT requester FROM ticket WHERE number = $1", ticket.0)
}

#[test]
fn merged_people_are_one_until_they_are_parted() {
    on_both(|small| {
        let old = recognise(small, "old@cedar.example", Some("Payroll office"));
        let new = recognise(small, "new@cedar.example", Some("Payroll"));
        let (his, kept) = (open(small, old, None), open(small, new, None));
        let session = small.session(old);
        small
            .write(&small.technician, move |tx, cx| people::merge(tx, cx, old, new))
            .expect("merged");
        assert_eq!((requester_of(small, his), requester_of(small, kept)), (new.0, new.0));
        assert_eq!(recognise(small, "old@cedar.example", None), new);
        assert!(!small.opens(&session));
        let found = small
            .read(&small.technician, |r, cx| people::search(r, cx, "old cedar", 5))
            .expect("searched");
        assert_eq!(found.iter().map(|p| p.id).collect::<Vec<_>>(), [new]);
        let later = open(small, new, None);
        small
            .write(&small.technician, move |tx, cx| people::unmerge(tx, cx, old))
            .expect("parted");
        assert_eq!(requester_of(small, his), old.0);
        assert_eq!((requester_of(small, kept), requester_of(small, later)), (new.0, new.0));
        assert_eq!(recognise(small, "old@cedar.example", None), old);
        let person = small
            .read(&small.technician, move |r, cx| people::find_visible(r, cx, old))
            .expect("found");
        assert_eq!(person.address.as_deref(), Some("old@cedar.example"));
        assert_eq!(person.merged_into, None);
        let again = small.write(&small.technician, move |tx, cx| people::unmerge(tx, cx, old));
        assert_eq!(again.err(), Some(Error::Conflict("conflict-not-merged")));
    });
}

#[test]
fn nobody_becomes_another_by_merging_or_by_an_address() {
    on_both(|small| {
        let stranger = recognise(small, "stranger@elsewhere.example", None);
        let (admin, technician) = (small.admin.viewer.person, small.technician.viewer.person);
        let into = |kept| small.write(&small.technician, move |tx, cx| people::merge(tx, cx, stranger, kept));
        assert_eq!(into(admin).err(), Some(Error::Conflict("conflict-needs-admin")));
        assert_eq!(key_of(into(technician)), "refused-needs-admin");
        let away = small.write(&small.admin, move |tx, cx| people::merge(tx, cx, technician, stranger));
        assert_eq!(away.err(), Some(Error::Conflict("conflict-merge-staff")));
        let itself = small.write(&small.admin, move |tx, cx| people::merge(tx, cx, stranger, stranger));
        assert_eq!(key_of(itself), "refused-merge-itself");

        let asks = recognise(small, "asks@cedar.example", None);
        let readdress = move |cx: &desk::Context| {
            let addresses = Some(vec!["mine@elsewhere.example".to_string()]);
            let change = EditPerson {
                addresses,
                ..EditPerson::default()
            };
            small.write(cx, move |tx, cx| people::edit(tx, cx, asks, &change))
        };
        let team = small.team("Personnel", true);
        open(small, asks, Some(team));
        // A technician outside the private team could otherwise sign in as its requester.
        let outside = small.viewer_of(technician);
        assert_eq!(key_of(readdress(&outside)), "refused-needs-admin");
        small.join(team, technician);
        readdress(&small.viewer_of(technician)).expect("its member may");
    });
}

#[test]
fn the_first_address_is_the_main_one() {
    on_both(|small| {
        let id = recognise(small, "first@cedar.example", None);
        recognise(small, "taken@cedar.example", None);
        let put = |list: &[&str]| {
            let addresses = Some(list.iter().map(ToString::to_string).collect());
            let change = EditPerson {
                addresses,
                ..EditPerson::default()
            };
            small.write(&small.technician, move |tx, cx| people::edit(tx, cx, id, &change))
        };
        put(&["Second@cedar.example", "first@cedar.example"]).expect("put");
        let rows = small
            .read(&small.technician, move |r, cx| people::addresses_of(r, cx, id))
            .expect("read");
        let rows: Vec<_> = rows.iter().map(|a| (a.address.as_str(), a.main)).collect();
        assert_eq!(rows, [("second@cedar.example", true), ("first@cedar.example", false)]);
        assert_eq!(key_of(put(&["taken@cedar.example"])), "refused-address-taken");
        assert_eq!(key_of(put(&["nonsense"])), "refused-address");
    });
}

#[test]
fn people_are_found_while_typing() {
    on_both(|small| {
        let cedar = small.organization("Les Cèdres du Nord", None);
        let new = NewPerson {
            organization: Some(cedar),
            phones: vec!["+1 (418) 555-0134".into()],
            ..NewPerson::new("Élise L'Heureux", "elise.compta@courrier.example", Role::Requester)
        };
        let id = small
            .write(&small.technician, move |tx, cx| people::add(tx, cx, &new))
            .expect("added");
        let other = recognise(small, "elsie@elsewhere.example", Some("Elsie Larch"));
        let found = |text: &'static str| {
            let found = small
                .read(&small.technician, move |r, cx| people::search(r, cx, text, 8))
                .expect("searched");
            found.iter().map(|p| p.id).collect::<Vec<_>>()
        };
        for text in [
            "elise",
            "ÉLI",
            "heureux eli",
            "lheur",
            "compta",
            "elise.compta@cour",
            "cedres elise",
            "nord",
            "555-0134",
            "418 555",
            "0134",
            "+1 418 555 0134",
        ] {
            let wanted: &[PersonId] = if text == "heureux eli" { &[] } else { &[id] };
            assert_eq!(found(text), wanted, "{text}");
        }
        assert_eq!(found("els"), [other]);
        for text in ["", "  ", "lise", "elise larch", "zz", "' OR 1=1 --", "%", "0135"] {
            assert!(found(text).is_empty(), "{text}");
        }
    });
}

#[test]
fn the_list_of_people_goes_on_where_it_stopped() {
    on_both(|small| {
        for address in ["b@x.example", "a@x.example", "d@x.example", "c@x.example"] {
            recognise(small, address, Some("Same name"));
        }
        let mut seen: Vec<PersonId> = Vec::new();
        let mut after = None;
        loop {
            let wanted = ListPeople {
                role: Some(Role::Requester),
                after: after.clone(),
                limit: 2,
                ..Default::default()
            };
            let page = small
                .read(&small.technician, move |r, cx| people::list(r, cx, &wanted))
                .expect("a page");
            seen.extend(page.people.iter().map(|p| p.id));
            after = page.next;
            if after.is_none() {
                break;
            }
            let text = after.as_ref().expect("is some").as_text();
            after = people::PageCursor::parse(&text);
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        let all = small.count("SELECT count(*) FROM person WHERE role = 'requester'");
        assert_eq!(
            (seen.len(), once.len()),
            (usize::try_from(all).expect("small"), seen.len())
        );
    });
}

#[test]
fn preferences_are_ones_own() {
    on_both(|small| {
        let wanted = Preferences {
            theme: Some(Theme::Dark),
            single_keys: Some(false),
            zone: Some(Some("America/St_Johns".into())),
            ..Preferences::default()
        };
        small
            .write(&small.requester, move |tx, cx| people::set_preferences(tx, cx, &wanted))
            .expect("set");
        let me = small.requester.viewer.person;
        let secret = small.session(me).to_string();
        let present = small
            .db
            .read_now(move |r| sign_in::viewer_of_session(r, &secret, NOW))
            .expect("read")
            .expect("in");
        assert_eq!((present.theme, present.single_keys), (Theme::Dark, false));
        assert_eq!(present.zone.as_deref(), Some("America/St_Johns"));
        let odd = Preferences {
            zone: Some(Some("Mars/Base".into())),
            ..Preferences::default()
        };
        let answer = small.write(&small.requester, move |tx, cx| people::set_preferences(tx, cx, &odd));
        assert_eq!(key_of(answer), "refused-zone");
    });
}

#[test]
fn the_panel_of_a_person_leaves_closed_teams_out() {
    on_both(|small| {
        let asks = small.requester.viewer.person;
        let team = small.team("Personnel", true);
        let (plain, closed) = (open(small, asks, None), open(small, asks, Some(team)));
        let seen = |cx: &desk::Context| {
            let rows = small
                .read(cx, move |r, cx| people::recent_tickets(r, cx, asks, 10))
                .expect("read");
            rows.iter().map(|t| t.number).collect::<Vec<_>>()
        };
        assert_eq!(seen(&small.viewer_of(small.technician.viewer.person)), [plain]);
        assert_eq!(seen(&small.viewer_of(small.admin.viewer.person)), [closed, plain]);
        assert_eq!(seen(&small.requester), [closed, plain]);
        let other = small.technician.viewer.person;
        let not = small.read(&small.requester, move |r, cx| people::recent_tickets(r, cx, other, 10));
        assert_eq!(not.map(|t| t.len()), Err(Error::NotFound));
    });
}
