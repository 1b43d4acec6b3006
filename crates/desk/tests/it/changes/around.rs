//! What changed before it broke, and what broke after it changed.

use desk::changes::{self, After, Before, NewChange, Touch};
use desk::clock::{HOUR, MINUTE};
use desk::outages::{self, NewOutage};
use desk::tickets::NewTicket;
use desk::words::Both;
use desk::{ChangeNumber, Context, Error, TicketNumber, Time};

use super::titled;
use crate::common::{NOW, Small, on_both};

fn before(small: &Small, number: TicketNumber) -> Vec<Before> {
    small
        .read(&small.technician, move |r, cx| changes::before(r, cx, number))
        .unwrap()
}

fn after(small: &Small, cx: &Context, number: ChangeNumber) -> Vec<After> {
    small.read(cx, move |r, cx| changes::after(r, cx, number)).unwrap()
}

fn told(found: &[Before]) -> Vec<(ChangeNumber, i64, Vec<Touch>)> {
    found
        .iter()
        .map(|one| (one.change.number, one.hours, one.touches.clone()))
        .collect()
}

fn opened_at(small: &Small, at: Time, change: impl FnOnce(&mut NewTicket)) -> TicketNumber {
    small
        .open_with(|new| {
            new.created_at = Some(at);
            change(new);
        })
        .number
}

#[test]
fn changes_of_the_last_two_days_that_touch_its_service_are_found_the_nearest_first() {
    on_both(|small| {
        let above = small.topic("Network", None);
        let topic = small.topic("VPN", Some(above));
        let mut new = crate::services::named("VPN", "RPV");
        new.topics = vec![above];
        let vpn = small.add_service(new).unwrap();
        let other = small.service("Mail", "Courriel");
        let of = |title: &str, service| NewChange {
            services: vec![service],
            ..titled(title)
        };
        let near = small.logged(of("Certificates", vpn), NOW.plus(-2 * HOUR)).number;
        let far = small.logged(of("Gateway", vpn), NOW.plus(-48 * HOUR)).number;
        small.logged(of("Too long ago", vpn), NOW.plus(-48 * HOUR - 2 * MINUTE));
        small.logged(of("Another service", other), NOW.plus(-HOUR));
        small.logged(of("Too late", vpn), NOW);
        let ticket = opened_at(small, NOW.plus(-MINUTE), |new| new.topic = Some(topic));
        let found = before(small, ticket);
        assert_eq!(
            told(&found),
            [(near, 1, vec![Touch::Service]), (far, 47, vec![Touch::Service])]
        );
        let without = opened_at(small, NOW.plus(-MINUTE), |_| ());
        assert!(
            before(small, without).is_empty(),
            "what touches nothing of it is not shown"
        );
    });
}

#[test]
fn site_device_and_person_are_looked_at_too() {
    on_both(|small| {
        small.exec("UPDATE person SET site = 'Atelier Été ' WHERE name = 'Payroll office'");
        let of_site = NewChange {
            site: "atelier ete".into(),
            ..titled("Access point")
        };
        let site = small.logged(of_site, NOW.plus(-3 * HOUR)).number;
        let of_device = NewChange {
            devices: vec!["LT-04".into()],
            ..titled("Updated driver")
        };
        let device = small.logged(of_device, NOW.plus(-2 * HOUR)).number;
        let not_this = NewChange {
            devices: vec!["LT-0".into()],
            ..titled("Another driver")
        };
        small.logged(not_this, NOW.plus(-2 * HOUR));
        let earlier = small.open();
        let person = small.logged(titled("New profile"), NOW.plus(-HOUR)).number;
        small
            .write(&small.technician, move |tx, cx| changes::link(tx, cx, person, earlier))
            .unwrap();
        let ticket = opened_at(small, NOW, |new| new.body = "lt-04 shows nothing since.".into());
        assert_eq!(
            told(&before(small, ticket)),
            [
                (person, 1, vec![Touch::Person]),
                (device, 2, vec![Touch::Device]),
                (site, 3, vec![Touch::Site])
            ]
        );
    });
}

#[test]
fn a_change_under_way_is_the_nearest_and_a_plan_or_one_taken_back_is_none() {
    on_both(|small| {
        small.exec("UPDATE person SET site = 'Warehouse'");
        let of_site = |title: &str| NewChange {
            site: "Warehouse".into(),
            ..titled(title)
        };
        let running = small.change(&small.technician, of_site("Cabling"));
        small.start(running).unwrap();
        small.change(&small.technician, of_site("Only planned"));
        let back = small.logged(of_site("Taken back"), NOW.plus(-HOUR));
        small.undo_change(back.event).unwrap();
        let done = small.logged(of_site("Switch"), NOW.plus(-HOUR)).number;
        let ticket = opened_at(small, NOW.plus(MINUTE), |_| ());
        assert_eq!(
            told(&before(small, ticket)),
            [(running, 0, vec![Touch::Site]), (done, 1, vec![Touch::Site])]
        );
    });
}

#[test]
fn a_ticket_of_an_outage_is_about_the_services_it_hits() {
    on_both(|small| {
        let mail = small.service("Mail", "Courriel");
        let change = small
            .logged(
                NewChange {
                    services: vec![mail],
                    ..titled("Filters")
                },
                NOW.plus(-HOUR),
            )
            .number;
        let ticket = opened_at(small, NOW, |_| ());
        assert!(before(small, ticket).is_empty());
        small
            .write(&small.technician, move |tx, cx| {
                let new = NewOutage {
                    title: Both::new("Mail is slow", ""),
                    services: vec![outages::Hit {
                        service: mail,
                        effect: outages::Effect::Disturbed,
                    }],
                    tickets: vec![ticket],
                    ..NewOutage::default()
                };
                outages::open(tx, cx, &new)
            })
            .unwrap();
        assert_eq!(told(&before(small, ticket)), [(change, 1, vec![Touch::Service])]);
        let found = after(small, &small.technician, change);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].number, found[0].hours), (ticket, 1));
    });
}

#[test]
fn tickets_of_the_two_days_after_a_change_are_found_but_those_one_may_not_read() {
    on_both(|small| {
        small.exec("UPDATE person SET site = 'Warehouse' WHERE name = 'Payroll office'");
        let new = NewChange {
            site: "warehouse".into(),
            devices: vec!["PRN-2".into()],
            ..titled("Print server")
        };
        let change = small.logged(new, NOW).number;
        let by_device = opened_at(small, NOW.plus(HOUR), |new| {
            new.subject = "PRN-2 prints nothing".into();
        });
        let by_site = opened_at(small, NOW.plus(48 * HOUR), |_| ());
        opened_at(small, NOW.plus(48 * HOUR + MINUTE), |_| ());
        opened_at(small, NOW.plus(-MINUTE), |_| ());
        let closed = small.team("Personnel", true);
        let hidden = small.open_for(closed);
        let found = after(small, &small.viewer_of(small.technician.viewer.person), change);
        let seen: Vec<(TicketNumber, i64, Vec<Touch>)> = found
            .iter()
            .map(|one| (one.number, one.hours, one.touches.clone()))
            .collect();
        assert_eq!(
            seen,
            [
                (by_device, 1, vec![Touch::Device, Touch::Site]),
                (by_site, 48, vec![Touch::Site])
            ]
        );
        let all = after(small, &small.desk, change);
        assert!(
            all.iter().any(|one| one.number == hidden),
            "the desk itself would find it: the policy hides it"
        );
    });
}

#[test]
fn only_who_may_read_the_ticket_is_told_what_was_before_it() {
    on_both(|small| {
        let number = small.open_for(small.team("Personnel", true));
        let ask = |cx: &Context| small.read(cx, move |r, cx| changes::before(r, cx, number).map(drop));
        let technician = small.viewer_of(small.technician.viewer.person);
        assert_eq!(ask(&technician), Err(Error::NotFound));
        assert_eq!(ask(&small.requester), Err(Error::NotFound), "not its requester either");
        assert_eq!(ask(&small.desk), Ok(()));
    });
}

#[test]
fn links_are_seen_from_both_sides_and_taken_back() {
    on_both(|small| {
        let number = small.change(&small.technician, titled("Switch"));
        let ticket = small.open();
        let linked = small
            .write(&small.technician, move |tx, cx| changes::link(tx, cx, number, ticket))
            .unwrap();
        let both = |cx: &Context| {
            small
                .read(cx, move |r, cx| {
                    let tickets: Vec<TicketNumber> =
                        changes::links(r, cx, number)?.into_iter().map(|t| t.number).collect();
                    let of: Vec<ChangeNumber> = changes::of_ticket(r, cx, ticket)?
                        .into_iter()
                        .map(|change| change.number)
                        .collect();
                    Ok((tickets, of))
                })
                .unwrap()
        };
        assert_eq!(both(&small.technician), (vec![ticket], vec![number]));
        small.undo_change(linked.event).unwrap();
        assert_eq!(both(&small.technician), (vec![], vec![]));
        let hidden = small.open_for(small.team("Personnel", true));
        let technician = small.viewer_of(small.technician.viewer.person);
        let refused = small.write(&technician, move |tx, cx| changes::link(tx, cx, number, hidden));
        assert_eq!(refused, Err(Error::refused("ticket", "refused-no-such-ticket")));
        small
            .write(&small.desk, move |tx, cx| changes::link(tx, cx, number, hidden))
            .unwrap();
        let seen = small
            .read(&technician, move |r, cx| changes::links(r, cx, number))
            .unwrap();
        assert!(seen.is_empty(), "a ticket of a closed team is not named");
    });
}
