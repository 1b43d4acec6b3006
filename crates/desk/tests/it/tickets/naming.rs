//! Naming a colleague in a message: who is told, how, and what an undo takes back.

use desk::access::Role;
use desk::clock::{MINUTE, SECOND};
use desk::mailboxes::boxes::{self, MailboxFields};
use desk::people::{self, NewPerson, Preferences};
use desk::tickets::{self, Mention};
use desk::views::Standard;
use desk::{Context, EventId, MentionId, PersonId, TicketNumber};

use super::{at, words};
use crate::common::{NOW, Small, on_both};

fn colleague(small: &Small, name: &str) -> Context {
    let new = NewPerson::new(name, &format!("{}@desk.example", name.to_lowercase()), Role::Technician);
    let id = small
        .write(&small.admin, move |tx, cx| people::add(tx, cx, &new))
        .expect("added");
    small.viewer_of(id)
}

fn noted(small: &Small, number: TicketNumber, text: &'static str) -> EventId {
    let cx = at(&small.technician, NOW.plus(SECOND));
    small
        .write(&cx, move |tx, cx| tickets::note(tx, cx, number, &words(text)))
        .expect("noted")
        .0
        .event
}

fn mentions(small: &Small, number: TicketNumber) -> Vec<Mention> {
    small
        .read(&small.technician, move |r, cx| tickets::detail(r, cx, number))
        .expect("read")
        .mentions
}

fn watches(small: &Small, cx: &Context) -> i64 {
    small
        .read(cx, |r, cx| tickets::count(r, cx, &Standard::Watching.condition()))
        .expect("counted")
}

pub(super) fn mailbox(small: &Small) {
    small
        .write(&small.desk, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
        })
        .expect("a mailbox");
}

/// All that are due so long after the words.
fn jobs(small: &Small, minutes: i64) {
    let cx = at(&small.desk, NOW.plus(minutes * MINUTE));
    let due: Vec<i64> = small
        .db
        .read_now(|r| -> desk::Result<Vec<i64>> {
            Ok(r.query("SELECT subject FROM job WHERE kind = 'tell_named' ORDER BY id", &[])?)
        })
        .expect("read");
    for id in due {
        small
            .write(&cx, move |tx, cx| tickets::tell_when_due(tx, cx, MentionId(id)))
            .expect("told");
    }
}

fn letters(small: &Small) -> i64 {
    small.count("SELECT count(*) FROM outgoing WHERE kind = 'notice'")
}

fn looks(small: &Small, cx: &Context, number: TicketNumber, minutes: i64) {
    let cx = at(cx, NOW.plus(minutes * MINUTE));
    small
        .write(&cx, move |tx, cx| tickets::mark_read(tx, cx, number))
        .expect("looked");
}

fn unread(small: &Small, cx: &Context) -> bool {
    let query = tickets::ListQuery {
        condition: Standard::Watching.condition(),
        order: tickets::Order::Due,
        limit: 10,
        after: None,
    };
    small
        .read(cx, move |r, cx| tickets::list(r, cx, &query))
        .expect("listed")
        .rows[0]
        .unread
}

#[test]
fn whoever_is_named_watches_and_finds_the_ticket_unread() {
    on_both(|small| {
        let (larch, number) = (colleague(small, "Larch"), small.open());
        looks(small, &larch, number, 0);
        assert_eq!(watches(small, &larch), 0);
        noted(small, number, "@Larch, you know this printer.");
        let named: Vec<(PersonId, bool)> = mentions(small, number).iter().map(|m| (m.person, m.told)).collect();
        assert_eq!(named, [(larch.viewer.person, true)]);
        assert_eq!(watches(small, &larch), 1);
        assert!(unread(small, &larch));
        assert_eq!(watches(small, &small.admin), 0, "nobody else");
    });
}

#[test]
fn nobody_is_told_of_what_he_may_not_see_and_the_page_knows_it() {
    on_both(|small| {
        let larch = colleague(small, "Larch");
        let team = small.team("Personnel", true);
        small.join(team, small.technician.viewer.person);
        let number = small.open_with(|new| new.team = Some(team)).number;
        let insider = small.viewer_of(small.technician.viewer.person);
        small
            .write(&insider, move |tx, cx| {
                tickets::note(tx, cx, number, &words("@Larch must not hear of this."))
            })
            .expect("noted");
        let all = small
            .read(&insider, move |r, cx| tickets::detail(r, cx, number))
            .expect("read")
            .mentions;
        assert_eq!((all.len(), all[0].told, all[0].name.as_str()), (1, false, "Larch"));
        assert_eq!(small.count("SELECT count(*) FROM watcher"), 0);
        assert_eq!(small.count("SELECT count(*) FROM job WHERE kind = 'tell_named'"), 0);
        assert_eq!(watches(small, &larch), 0);
    });
}

#[test]
fn a_letter_goes_to_whoever_has_not_looked_and_only_one() {
    on_both(|small| {
        mailbox(small);
        let (larch, number) = (colleague(small, "Larch"), small.open());
        noted(small, number, "@Larch, you know this printer.");
        noted(small, number, "And @Larch has the key.");
        jobs(small, 2);
        jobs(small, 3);
        assert_eq!(letters(small), 1);
        let text: String = small
            .db
            .read_now(|r| -> desk::Result<String> {
                Ok(r.one("SELECT data FROM outgoing WHERE kind = 'notice'", &[])?)
            })
            .expect("read");
        assert!(
            text.contains("Bench named you") && !text.contains("printer\""),
            "{text}"
        );
        assert!(
            !text.contains("has the key"),
            "the words of a note never leave the desk"
        );
        looks(small, &larch, number, 4);
        let cx = at(&small.technician, NOW.plus(5 * MINUTE));
        small
            .write(&cx, move |tx, cx| tickets::note(tx, cx, number, &words("@Larch?")))
            .expect("noted");
        jobs(small, 8);
        assert_eq!(letters(small), 2, "named again after he looked");
    });
}

#[test]
fn no_letter_goes_to_whoever_has_looked_does_not_want_it_or_may_not_see_it_any_more() {
    on_both(|small| {
        mailbox(small);
        let (larch, alder) = (colleague(small, "Larch"), colleague(small, "Alder"));
        let (elm, number) = (colleague(small, "Elm"), small.open());
        let unwanted = Preferences {
            letter_when_named: Some(false),
            ..Preferences::default()
        };
        small
            .write(&alder, move |tx, cx| people::set_preferences(tx, cx, &unwanted))
            .expect("set");
        noted(small, number, "@Larch @Alder @Elm");
        looks(small, &larch, number, 1);
        let elm = elm.viewer.person;
        small
            .write(&small.admin, move |tx, cx| people::suspend(tx, cx, elm))
            .expect("suspended");
        jobs(small, 2);
        assert_eq!(letters(small), 0);
    });
}

#[test]
fn words_that_are_taken_back_name_nobody() {
    on_both(|small| {
        mailbox(small);
        let (larch, alder) = (colleague(small, "Larch"), colleague(small, "Alder"));
        let number = small.open();
        small
            .write(&alder, move |tx, cx| tickets::watch(tx, cx, number))
            .expect("watches");
        let event = noted(small, number, "@Larch @Alder");
        small
            .write(&small.technician, move |tx, cx| tickets::undo(tx, cx, event))
            .expect("undone");
        assert_eq!(
            (watches(small, &larch), watches(small, &alder)),
            (0, 1),
            "his own watching stays"
        );
        jobs(small, 2);
        assert_eq!(letters(small), 0);
    });
}

#[test]
fn what_was_merged_is_watched_where_it_went() {
    on_both(|small| {
        let larch = colleague(small, "Larch");
        let (first, second, third) = (small.open(), small.open(), small.open());
        noted(small, first, "@Larch");
        for (from, into) in [(first, second), (second, third)] {
            small
                .does(move |tx, cx| tickets::merge(tx, cx, from, into))
                .expect("merged");
        }
        assert_eq!(watches(small, &larch), 1);
    });
}

#[test]
fn naming_one_changes_nothing_for_another() {
    on_both(|small| {
        mailbox(small);
        let (larch, alder) = (colleague(small, "Larch"), colleague(small, "Alder"));
        let number = small.open();
        let to = larch.viewer.person;
        small
            .does(move |tx, cx| tickets::assign(tx, cx, number, to))
            .expect("assigned");
        small
            .write(&larch, move |tx, cx| tickets::watch(tx, cx, number))
            .expect("watches");
        noted(small, number, "@Larch, you have it.");
        looks(small, &larch, number, 1);
        let later = at(&small.technician, NOW.plus(MINUTE + SECOND));
        small
            .write(&later, move |tx, cx| {
                tickets::note(tx, cx, number, &words("@Alder too."))
            })
            .expect("noted");
        assert!(!unread(small, &larch), "he has read everything");
        looks(small, &alder, number, 2);
        jobs(small, 4);
        assert_eq!(letters(small), 0, "both have looked");
        let again = at(&small.technician, NOW.plus(5 * MINUTE));
        small
            .write(&again, move |tx, cx| {
                tickets::note(tx, cx, number, &words("@Larch again."))
            })
            .expect("noted");
        small
            .does(move |tx, cx| tickets::snooze(tx, cx, number, NOW.plus(6 * MINUTE)))
            .expect("put away");
        let woken = at(&small.desk, NOW.plus(6 * MINUTE));
        small
            .write(&woken, move |tx, cx| tickets::wake_when_due(tx, cx, number))
            .expect("back");
        jobs(small, 8);
        assert_eq!(letters(small), 1, "this time he has not");
    });
}
