//! A report by mail: at seven on the clock of the wall, with what its reader may see, and to nobody else.

use desk::access::Role;
use desk::clock::{DAY, HOUR, MINUTE};
use desk::people::{self, Preferences};
use desk::reports::{self, Asked, Period, Report, Rhythm};
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Channel, NewTicket};
use desk::words::Lang;
use desk::{Error, PersonId, SubscriptionId, TeamId, Time};

use super::until_followed;
use crate::mail::desk::{MONDAY, TestDesk, each};

fn asked(desk: &TestDesk) -> Asked {
    Asked::of(Period::last(
        reports::day_of(desk.desk.now(), &desk.desk.house().zone),
        30,
    ))
}

fn subscribe(desk: &TestDesk, who: PersonId, rhythm: Rhythm) -> SubscriptionId {
    let (cx, asked) = (desk.as_person(who), asked(desk));
    desk.write(move |tx| reports::subscribe(tx, &cx, Report::Volume, &asked, rhythm))
}

fn opens(desk: &TestDesk, from: PersonId, team: Option<TeamId>) {
    let mut new = NewTicket::new(from, Channel::Mail, "No sound", "Since this morning.");
    new.team = team;
    let cx = desk.cx();
    desk.write(move |tx| tickets::open(tx, &cx, &new));
}

/// Sets the clock, reads the log and runs what is due.
fn at(desk: &TestDesk, when: Time) {
    desk.advance(when.since(desk.desk.now()));
    until_followed(desk.desk.db(), || desk.wait(reports::catch_up(&desk.desk)).unwrap());
    desk.wait(desk::jobs::run_due(&desk.desk)).unwrap();
}

fn notices(desk: &TestDesk) -> Vec<String> {
    desk.read(|r| Ok(r.query("SELECT data FROM outgoing WHERE kind = 'notice' ORDER BY id", &[])?))
}

/// Seven o'clock in Toronto on the Tuesday after `MONDAY`.
const TUESDAY_SEVEN: Time = Time(MONDAY.0 - 15 * HOUR + DAY + 12 * HOUR);

#[test]
fn the_letter_leaves_at_seven_with_the_day_before_and_comes_again() {
    each(|desk| {
        let (bench, asks) = (
            desk.person("bench@desk.example", Role::Technician),
            desk.person("asks@cedar.example", Role::Requester),
        );
        subscribe(desk, bench, Rhythm::Daily);
        opens(desk, asks, None);
        at(desk, TUESDAY_SEVEN.plus(-MINUTE));
        assert_eq!(notices(desk).len(), 0, "a minute early");
        at(desk, TUESDAY_SEVEN);
        at(desk, TUESDAY_SEVEN.plus(MINUTE));
        assert_eq!(notices(desk).len(), 1, "once, not twice");
        let left = desk.sends().pop().unwrap();
        assert_eq!(left.to, "bench@desk.example");
        let letter = left.read();
        let text = letter.text.as_deref().unwrap_or_default().to_string();
        assert!(
            text.contains("One ticket came in and none was solved in one day."),
            "{text}"
        );
        assert!(
            text.contains("/reports/volume?from=2026-11-16&to=2026-11-16&by=team"),
            "{text}"
        );
        assert!(text.contains("No team"), "{text}");
        at(desk, TUESDAY_SEVEN.plus(DAY));
        assert_eq!(notices(desk).len(), 2);
    });
}

#[test]
fn a_letter_speaks_its_readers_language_and_keeps_his_hours() {
    each(|desk| {
        let bench = desk.person("bench@desk.example", Role::Technician);
        let cx = desk.as_person(bench);
        desk.write(move |tx| {
            let wanted = Preferences {
                language: Some(Lang::Fr),
                zone: Some(Some("Europe/Paris".into())),
                ..Preferences::default()
            };
            people::set_preferences(tx, &cx, &wanted)
        });
        subscribe(desk, bench, Rhythm::Daily);
        // Seven in Paris is one in the morning in Toronto.
        at(desk, TUESDAY_SEVEN.plus(-6 * HOUR - MINUTE));
        assert_eq!(notices(desk).len(), 0);
        at(desk, TUESDAY_SEVEN.plus(-6 * HOUR));
        assert!(
            notices(desk)[0].contains("Rien dans cette période."),
            "{:?}",
            notices(desk)
        );
    });
}

#[test]
fn seven_stays_seven_on_the_day_the_clocks_change() {
    each(|desk| {
        // Saturday, 13 March 2027, 10:00; the clocks go forward on Sunday.
        let saturday = Time(1_804_950_000_000_000);
        desk.advance(saturday.since(desk.desk.now()));
        let bench = desk.person("bench@desk.example", Role::Technician);
        subscribe(desk, bench, Rhythm::Daily);
        let sunday_seven = saturday.plus(20 * HOUR);
        at(desk, sunday_seven.plus(-MINUTE));
        assert_eq!(notices(desk).len(), 0);
        at(desk, sunday_seven);
        assert_eq!(notices(desk).len(), 1, "twenty hours later, not twenty-one");
        at(desk, sunday_seven.plus(DAY));
        assert_eq!(notices(desk).len(), 2);
    });
}

#[test]
fn who_lost_the_right_or_is_suspended_gets_nothing() {
    each(|desk| {
        let (gone, lowered) = (
            desk.person("gone@desk.example", Role::Technician),
            desk.person("lowered@desk.example", Role::Technician),
        );
        let stays = desk.person("stays@desk.example", Role::Technician);
        for who in [gone, lowered, stays] {
            subscribe(desk, who, Rhythm::Daily);
        }
        desk.write(move |tx| {
            tx.exec("UPDATE person SET suspended = TRUE WHERE id = $1", &db::args![gone])?;
            tx.exec(
                "UPDATE person SET role = 'requester' WHERE id = $1",
                &db::args![lowered],
            )?;
            Ok(())
        });
        at(desk, TUESDAY_SEVEN);
        let to: Vec<String> = desk.read(|r| Ok(r.query("SELECT recipient FROM outgoing WHERE kind = 'notice'", &[])?));
        assert_eq!(to, ["stays@desk.example"]);
    });
}

#[test]
fn a_letter_counts_what_its_reader_may_see_that_morning() {
    each(|desk| {
        let (bench, asks) = (
            desk.person("bench@desk.example", Role::Technician),
            desk.person("asks@cedar.example", Role::Requester),
        );
        let cx = desk.cx();
        let private = desk.write(move |tx| {
            let new = NewTeam {
                name_en: "Payroll".into(),
                name_fr: "Paie".into(),
                private: true,
            };
            teams::add(tx, &cx, &new)
        });
        subscribe(desk, bench, Rhythm::Daily);
        opens(desk, asks, Some(private));
        at(desk, TUESDAY_SEVEN);
        assert!(
            notices(desk)[0].contains("Nothing in this period."),
            "{:?}",
            notices(desk)
        );
    });
}

#[test]
fn a_subscription_is_ones_own_and_ends_at_once() {
    each(|desk| {
        let (bench, other) = (
            desk.person("bench@desk.example", Role::Technician),
            desk.person("other@desk.example", Role::Technician),
        );
        let id = subscribe(desk, bench, Rhythm::Daily);
        assert_eq!(subscribe(desk, bench, Rhythm::Daily), id, "asking twice is asking once");
        let cx = desk.as_person(other);
        let theirs = desk.desk.write_now(move |tx| reports::unsubscribe(tx, &cx, id));
        assert_eq!(theirs.unwrap_err(), Error::NotFound);
        let cx = desk.as_person(bench);
        desk.write(move |tx| reports::unsubscribe(tx, &cx, id));
        at(desk, TUESDAY_SEVEN);
        assert_eq!(notices(desk).len(), 0);
        let asks = desk.person("asks@cedar.example", Role::Requester);
        let (cx, asked) = (desk.as_person(asks), asked(desk));
        let refused = desk
            .desk
            .write_now(move |tx| reports::subscribe(tx, &cx, Report::Volume, &asked, Rhythm::Daily));
        assert_eq!(refused.unwrap_err(), Error::NotFound);
    });
}

#[test]
fn twenty_letters_are_enough() {
    each(|desk| {
        let bench = desk.person("bench@desk.example", Role::Technician);
        let mut answers = Vec::new();
        for report in Report::ALL {
            for rhythm in Rhythm::ALL {
                for channel in [None, Some(Channel::Mail)] {
                    let (cx, asked) = (desk.as_person(bench), Asked { channel, ..asked(desk) });
                    answers.push(
                        desk.desk
                            .write_now(move |tx| reports::subscribe(tx, &cx, *report, &asked, *rhythm)),
                    );
                }
            }
        }
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 20);
        let wanted = Error::refused_at("rhythm", "refused-too-many-letters", 20);
        assert_eq!(answers.pop().unwrap().unwrap_err(), wanted);
    });
}
