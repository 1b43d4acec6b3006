//! Groups of similar recent tickets are found in the background and offered.

use desk::clock::{DAY, HOUR, MINUTE};
use desk::problems::{self, Group};
use desk::words::{Both, Lang};
use desk::{Error, TicketNumber, outages};

use super::{Bench, tunnel};
use crate::mail::desk::each;

/// Tickets of many matters, so that words are told apart by how rare they are.
fn others(bench: &Bench<'_>) {
    let parts = ["ba", "ke", "li", "mo", "nu", "pra", "sto", "vel"];
    for n in 0..40 {
        let word = |k: usize| format!("{}{}{}", parts[n % 8], parts[n / 8], parts[k]);
        bench.ticket_with(&format!("other{n}"), Lang::En, |new| {
            new.subject = format!("{} {}", word(0), word(1));
            new.body = format!("{} {} {} {}", word(2), word(3), word(4), word(5))
                .as_str()
                .into();
        });
    }
}

fn similar(bench: &Bench<'_>, name: &str) -> TicketNumber {
    bench.ticket_with(name, Lang::En, |new| {
        new.subject = "Outlook asks for the password".into();
        new.body = format!("{name} here: Outlook keeps asking for the password, error 0x8004010F.")
            .as_str()
            .into();
    })
}

fn look(bench: &Bench<'_>) -> Vec<Group> {
    bench.index();
    bench.d.wait(problems::look_now(&bench.d.desk)).unwrap();
    bench.asks(problems::groups)
}

fn numbers(group: &Group) -> Vec<TicketNumber> {
    group.tickets.iter().map(|one| one.number).collect()
}

#[test]
fn three_similar_tickets_of_two_people_are_offered_with_what_they_have_in_common() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        let two = [similar(&bench, "cedar"), similar(&bench, "maple")];
        assert!(look(&bench).is_empty(), "two are chance");
        let third = similar(&bench, "cedar");
        let found = look(&bench);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(numbers(&found[0]), [two[0], two[1], third]);
        assert_eq!((found[0].requesters, found[0].burst_at), (2, None));
        let words = found[0].words.join(" ").to_lowercase();
        assert!(words.contains("outlook") && words.contains("0x8004010f"), "{words}");
        assert_eq!(look(&bench), found, "another look changes nothing");
        assert_eq!(d.count("SELECT count(*) FROM event WHERE kind = 'groups_found'"), 1);
    });
}

#[test]
fn what_is_dismissed_is_not_offered_again_as_it_grows() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for name in ["cedar", "maple", "birch"] {
            similar(&bench, name);
        }
        let id = look(&bench)[0].id;
        bench.does(move |tx, cx| problems::dismiss_group(tx, cx, id)).unwrap();
        assert!(bench.asks(problems::groups).is_empty());
        for name in ["oak", "pine", "ash", "elm"] {
            similar(&bench, name);
        }
        assert!(look(&bench).is_empty());
        bench
            .does(move |tx, cx| problems::offer_group_again(tx, cx, id))
            .unwrap();
        let back = look(&bench);
        assert_eq!((back.len(), back[0].id, back[0].tickets.len()), (1, id, 7));
        let twice = bench.does(move |tx, cx| problems::offer_group_again(tx, cx, id));
        assert_eq!(twice, Err(Error::Conflict("conflict-cannot-undo")));
        let none = bench.does(|tx, cx| problems::offer_group_again(tx, cx, desk::GroupId(999)));
        assert_eq!(none, Err(Error::NotFound));
    });
}

#[test]
fn a_group_becomes_a_problem_with_all_its_tickets() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for name in ["cedar", "maple", "birch"] {
            similar(&bench, name);
        }
        let id = look(&bench)[0].id;
        let number = bench
            .does(move |tx, cx| problems::open_group(tx, cx, id, &tunnel()))
            .unwrap()
            .problem
            .number;
        assert_eq!(bench.counts(number), (3, 0, 3));
        assert!(look(&bench).is_empty(), "they have their problem");
        let again = bench.does(move |tx, cx| problems::open_group(tx, cx, id, &tunnel()));
        assert_eq!(again.err(), Some(Error::NotFound));
        for name in ["oak", "pine"] {
            similar(&bench, name);
        }
        assert!(look(&bench).is_empty(), "two more are no group of their own");
    });
}

#[test]
fn four_people_within_an_hour_may_be_an_outage() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        d.advance(DAY);
        let began = d.desk.now();
        for name in ["cedar", "maple", "birch", "oak"] {
            similar(&bench, name);
            d.advance(10 * MINUTE);
        }
        let found = look(&bench);
        assert_eq!(found[0].burst_at, Some(began));
        assert_eq!(numbers(&found[0]).len(), 4);
    });
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for name in ["cedar", "maple", "birch", "oak"] {
            similar(&bench, name);
            d.advance(HOUR);
        }
        let found = look(&bench);
        assert_eq!(
            (found.len(), found[0].burst_at),
            (1, None),
            "control: the same in four hours"
        );
    });
}

#[test]
fn tickets_that_an_outage_explains_are_not_offered_until_it_is_taken_back() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for name in ["cedar", "maple", "birch", "oak"] {
            similar(&bench, name);
        }
        let found = look(&bench);
        let new = outages::NewOutage {
            title: Both::new("No mail", "Pas de courriel"),
            tickets: numbers(&found[0]),
            ..outages::NewOutage::default()
        };
        let opened = bench.does(move |tx, cx| outages::open(tx, cx, &new)).unwrap();
        assert_eq!(bench.asks(problems::groups), []);
        assert_eq!(look(&bench), [], "nor when they are looked at again");
        bench
            .does(move |tx, cx| outages::undo(tx, cx, opened.event).map(drop))
            .unwrap();
        assert_eq!(look(&bench).len(), 1);
    });
}

#[test]
fn tickets_of_a_private_team_are_in_no_group_and_hide_one_they_came_into() {
    each(|d| {
        let bench = Bench::new(d);
        let team = bench.team("Personnel", true);
        others(&bench);
        let (one, two) = (similar(&bench, "cedar"), similar(&bench, "maple"));
        let hidden = similar(&bench, "birch");
        let give = |to: Option<desk::TeamId>| {
            d.write(move |tx| {
                tx.exec("UPDATE ticket SET team = $2 WHERE number = $1", &db::args![hidden, to])?;
                Ok(())
            });
        };
        give(Some(team));
        assert!(look(&bench).is_empty());
        give(None);
        assert_eq!(numbers(&look(&bench)[0]), [one, two, hidden], "control");
        give(Some(team));
        assert!(bench.asks(problems::groups).is_empty(), "before the next look too");
    });
}

#[test]
fn recent_tickets_are_found_by_the_key_alone() {
    each(|d| {
        if d.desk.on_sqlite() {
            let plan = d.read(problems::recent_plan);
            assert!(plan.contains("SEARCH t USING INTEGER PRIMARY KEY"), "{plan}");
        }
    });
}

#[test]
fn what_is_older_than_a_fortnight_is_forgotten() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        similar(&bench, "cedar");
        similar(&bench, "maple");
        look(&bench);
        d.advance(15 * DAY);
        similar(&bench, "birch");
        assert!(look(&bench).is_empty());
        assert_eq!(d.count("SELECT count(*) FROM asked_alike"), 1, "the rows go too");
    });
}

#[test]
fn the_job_looks_when_something_has_happened_and_not_twice_in_a_minute() {
    each(|d| {
        let bench = Bench::new(d);
        others(&bench);
        for name in ["cedar", "maple", "birch"] {
            similar(&bench, name);
        }
        bench.index();
        d.until_told();
        let groups = || bench.asks(problems::groups).len();
        let jobs = || d.wait(problems::look_for_groups(&d.desk)).unwrap();
        jobs();
        assert_eq!(groups(), 1);
        for ticket in bench.asks(problems::groups)[0].tickets.clone() {
            let number = ticket.number;
            d.write(move |tx| {
                tx.exec(
                    "UPDATE ticket SET confirmed = FALSE WHERE number = $1",
                    &db::args![number],
                )?;
                Ok(())
            });
        }
        jobs();
        assert_eq!(groups(), 1, "a minute has not passed");
        d.advance(MINUTE);
        d.until_told();
        jobs();
        assert_eq!(groups(), 0, "the log has moved: by the finding itself");
    });
}
