//! Wages, on both engines: brought in whole, brought back, and there for nobody but those who plan.

use desk::access::{Role, Scopes, Via, Viewer};
use desk::clock::DAY;
use desk::tickets::{self, Channel, NewTicket};
use desk::wages::{self, Compared, WageTable};
use desk::{Context, Error, EventId, PersonId, Result, TeamId, TicketNumber, WageEditionId, people};

use crate::common::{NOW, Small, key_of, on_both};

const FILE: &str = "region,low,median,high,source,date\nOntario,21,34,52,Survey,2027\nEstrie,,30,,Survey,2027\n";

fn table(small: &Small, cx: &Context) -> Result<WageTable> {
    small.read(cx, wages::table)
}

fn import(small: &Small, cx: &Context, text: &'static str, against: Option<WageEditionId>) -> Result<EventId> {
    small.write(cx, move |tx, cx| wages::import(tx, cx, text, against))
}

fn bring_back(small: &Small, cx: &Context, edition: Option<WageEditionId>) -> Result<EventId> {
    small.write(cx, move |tx, cx| wages::bring_back(tx, cx, edition))
}

fn allow(small: &Small, person: PersonId, allowed: bool) -> Result<EventId> {
    small.write(&small.admin, move |tx, cx| {
        wages::change_planner(tx, cx, person, allowed)
    })
}

#[test]
fn a_file_takes_the_place_of_the_table_and_the_one_before_comes_back() {
    on_both(|small| {
        let first = table(small, &small.admin).unwrap();
        assert_eq!((first.edition, first.wages.len()), (None, 14));
        import(small, &small.admin, FILE, None).unwrap();
        let second = table(small, &small.admin).unwrap();
        assert_eq!((second.wages.len(), second.wages[0].median), (2, 3400));
        assert_eq!(
            (second.wages[1].low, second.wages[1].region.fr.as_str()),
            (None, "Estrie")
        );
        let again = import(small, &small.admin, FILE, second.edition);
        assert_eq!(again, Err(Error::Conflict("conflict-wages-same")));
        let late = import(small, &small.admin, FILE, None);
        assert_eq!(
            late,
            Err(Error::Conflict("conflict-changed-since")),
            "somebody was faster"
        );
        bring_back(small, &small.admin, second.edition).unwrap();
        let third = table(small, &small.admin).unwrap();
        assert_eq!((third.edition, third.wages), (None, first.wages));
        let none = bring_back(small, &small.admin, None);
        assert_eq!(none, Err(Error::Conflict("conflict-wages-first")));
        for (kind, wanted) in [
            ("SELECT count(*) FROM event WHERE kind = 'wages_imported'", 1),
            ("SELECT count(*) FROM event WHERE kind = 'wages_brought_back'", 1),
        ] {
            assert_eq!(small.count(kind), wanted);
        }
    });
}

#[test]
fn a_dry_run_says_what_changes_and_keeps_nothing() {
    on_both(|small| {
        let run = |text: &'static str| {
            small
                .read(&small.admin, move |r, cx| wages::dry_run(r, cx, text))
                .unwrap()
        };
        let good = run(FILE);
        assert!(good.can_be_kept() && good.rejects.is_empty());
        let changed =
            |line: &&Compared| matches!(line, Compared::Changed(was, is) if (was.median, is.median) == (3300, 3400));
        assert_eq!(good.lines.iter().filter(changed).count(), 1);
        let removed = good.lines.iter().filter(|line| matches!(line, Compared::Removed(_)));
        assert_eq!(removed.count(), 13);
        let bad = run("region,median,source,date\nOntario,much,Survey,2027\nYukon,34,Survey,2027\n");
        assert_eq!(
            (bad.rejects.len(), bad.rejects[0].line, bad.can_be_kept()),
            (1, 2, false)
        );
        assert_eq!(table(small, &small.admin).unwrap().edition, None);
        let text = "region,median,source,date\nOntario,much,Survey,2027\nYukon,34,Survey,2027\n";
        assert_eq!(key_of(import(small, &small.admin, text, None)), "refused-wage-lines");
    });
}

#[test]
fn wages_are_there_for_administrators_and_those_they_allow_and_for_nobody_else() {
    on_both(|small| {
        let larch = small.colleague("Larch", Role::Supervisor);
        let person = larch.viewer.person;
        for cx in [&small.requester, &small.technician, &larch] {
            assert_eq!(table(small, cx).err(), Some(Error::NotFound));
            assert_eq!(small.read(cx, wages::median_work), Err(Error::NotFound));
        }
        allow(small, person, true).unwrap();
        assert!(table(small, &larch).is_ok());
        assert_eq!(
            import(small, &larch, FILE, None),
            Err(Error::NotFound),
            "he plans, and changes nothing"
        );
        assert_eq!(bring_back(small, &larch, None), Err(Error::NotFound));
        assert_eq!(small.read(&larch, wages::planners), Err(Error::NotFound));
        let writes_only = Context {
            viewer: Viewer {
                via: Via::Token(Scopes::parse("write").unwrap()),
                ..small.admin.viewer.clone()
            },
            ..small.admin.clone()
        };
        assert_eq!(table(small, &writes_only).err(), Some(Error::NotFound));
        allow(small, person, false).unwrap();
        assert_eq!(table(small, &larch).err(), Some(Error::NotFound));
        assert_eq!(
            key_of(allow(small, small.technician.viewer.person, true)),
            "refused-not-supervisor"
        );
        assert_eq!(key_of(allow(small, PersonId(999_999), true)), "refused-not-supervisor");
    });
}

#[test]
fn whoever_supervises_no_longer_does_not_plan_either_even_when_he_comes_back() {
    on_both(|small| {
        let larch = small.colleague("Larch", Role::Supervisor).viewer.person;
        allow(small, larch, true).unwrap();
        let role = |role| {
            small
                .write(&small.admin, move |tx, cx| people::change_role(tx, cx, larch, role))
                .unwrap();
            table(small, &small.viewer_of(larch)).is_ok()
        };
        assert!(!role(Role::Technician));
        assert!(!role(Role::Supervisor));
        let listed = small.read(&small.admin, wages::planners).unwrap();
        assert_eq!(listed.iter().map(|one| one.allowed).collect::<Vec<_>>(), [false]);
    });
}

fn ticket(small: &Small, team: Option<TeamId>, minutes: &'static [&'static str]) -> TicketNumber {
    let mut new = NewTicket::new(
        small.requester.viewer.person,
        Channel::Mail,
        "Printer",
        "It does not print.",
    );
    new.team = team;
    let admin = small.admin.viewer.person;
    let all = small.viewer_of(admin);
    small
        .write(&all, move |tx, cx| {
            let number = tickets::open(tx, cx, &new)?.number;
            for time in minutes {
                tickets::log_time(tx, cx, number, time, "")?;
            }
            Ok(number)
        })
        .unwrap()
}

#[test]
fn the_median_is_of_tickets_the_viewer_sees_and_of_the_last_90_days() {
    on_both(|small| {
        let larch = small.colleague("Larch", Role::Supervisor).viewer.person;
        allow(small, larch, true).unwrap();
        let median = |cx: &Context| {
            small
                .read(cx, wages::median_work)
                .unwrap()
                .map(|found| (found.minutes, found.tickets))
        };
        assert_eq!(median(&small.admin), None);
        ticket(small, None, &["10", "5"]);
        ticket(small, None, &["30"]);
        ticket(small, Some(small.team("Inquiries", true)), &["100"]);
        assert_eq!(median(&small.viewer_of(small.admin.viewer.person)), Some((30, 3)));
        assert_eq!(median(&small.viewer_of(larch)), Some((23, 2)));
        let later = Context {
            now: NOW.plus(91 * DAY),
            ..small.admin.clone()
        };
        assert_eq!(median(&later), None);
    });
}
