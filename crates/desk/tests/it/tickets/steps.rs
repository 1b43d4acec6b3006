//! Steps: added, ticked once, changed, moved, taken away, and all of it taken back; merged tickets keep theirs.

use desk::access::Role;
use desk::tickets::{self, MOST_STEPS, Step, StepEdit};
use desk::{Context, Error, EventId, Result, StepId, TicketNumber};

use super::at;
use crate::common::{NOW, Small, key_of, on_both};

fn does<T: Send + 'static>(
    small: &Small,
    verb: impl FnOnce(&mut desk::Write, &Context) -> Result<T> + Send + 'static,
) -> Result<T> {
    small.write(&small.viewer_of(small.technician.viewer.person), verb)
}

fn add(small: &Small, number: TicketNumber, text: &str) -> Result<EventId> {
    let text = text.to_string();
    does(small, move |tx, cx| tickets::add_steps(tx, cx, number, &text))
}

fn steps(small: &Small, number: TicketNumber) -> Vec<Step> {
    let cx = small.viewer_of(small.technician.viewer.person);
    small.read(&cx, move |r, cx| tickets::steps(r, cx, number)).unwrap()
}

fn words(small: &Small, number: TicketNumber) -> Vec<String> {
    steps(small, number).into_iter().map(|step| step.words).collect()
}

fn id(small: &Small, number: TicketNumber, place: usize) -> StepId {
    steps(small, number)[place].id
}

fn tick(small: &Small, number: TicketNumber, step: StepId, done: bool, key: Option<&'static str>) -> Option<EventId> {
    does(small, move |tx, cx| tickets::tick(tx, cx, number, step, done, key)).unwrap()
}

#[test]
fn a_pasted_list_becomes_a_step_a_line() {
    on_both(|small| {
        let number = small.open();
        add(small, number, "Back up").unwrap();
        let pasted = add(small, number, "- [ ] Install\n\n2. Restart\r\n* Test ").unwrap();
        assert_eq!(words(small, number), ["Back up", "Install", "Restart", "Test"]);
        small.undo(pasted).unwrap();
        assert_eq!(words(small, number), ["Back up"], "one paste is one thing to take back");
        assert_eq!(key_of(add(small, number, " \n ")), "refused-empty");
        assert_eq!(key_of(add(small, number, &"x".repeat(301))), "refused-too-long");
        let many = "one\n".repeat(MOST_STEPS);
        assert_eq!(key_of(add(small, number, &many)), "refused-too-many-steps");
        assert_eq!(words(small, number), ["Back up"], "what is refused leaves nothing");
    });
}

#[test]
fn a_tick_says_who_and_when_and_is_taken_once() {
    on_both(|small| {
        let number = small.open();
        add(small, number, "Restart").unwrap();
        let step = id(small, number, 0);
        let first = tick(small, number, step, true, Some("k1")).expect("ticked");
        let done = &steps(small, number)[0];
        assert_eq!((done.done_by_name.as_deref(), done.done_at), (Some("Bench"), Some(NOW)));
        assert_eq!(
            tick(small, number, step, true, Some("k2")),
            None,
            "it stands so already"
        );
        tick(small, number, step, false, None).expect("open again");
        assert_eq!(
            tick(small, number, step, true, Some("k1")),
            None,
            "the same tick, sent again"
        );
        assert!(steps(small, number)[0].done_at.is_none(), "a late copy ticks nothing");
        assert!(tick(small, number, step, true, Some("k3")).is_some(), "a new tick does");
        let clash = does(small, move |tx, cx| {
            tickets::tick(tx, cx, number, step, false, Some("k1"))
        });
        assert_eq!(clash.err(), Some(Error::Conflict("conflict-key-used")));
        let told = small.count_of(
            "SELECT count(*) FROM event WHERE id = $1 AND kind = 'step_ticked'",
            first.0,
        );
        assert_eq!(told, 1, "the tick is in the history");
    });
}

#[test]
fn taking_a_tick_off_and_undoing_that_brings_back_who_ticked() {
    on_both(|small| {
        let number = small.open();
        add(small, number, "Restart").unwrap();
        let step = id(small, number, 0);
        let other = small.viewer_of(small.person("Larch", "larch@desk.example", Role::Technician));
        small
            .write(&at(&other, NOW.plus(5)), move |tx, cx| {
                tickets::tick(tx, cx, number, step, true, None)
            })
            .unwrap();
        let off = tick(small, number, step, false, None).unwrap();
        small.undo(off).unwrap();
        let done = &steps(small, number)[0];
        assert_eq!(
            (done.done_by_name.as_deref(), done.done_at),
            (Some("Larch"), Some(NOW.plus(5)))
        );
        assert_eq!(
            small.undo(off).err(),
            Some(Error::Conflict("conflict-changed-since")),
            "once"
        );
    });
}

#[test]
fn a_step_is_changed_moved_and_removed_and_each_is_taken_back() {
    on_both(|small| {
        let number = small.open();
        let me = small.technician.viewer.person;
        add(small, number, "one\ntwo\nthree").unwrap();
        let two = id(small, number, 1);
        let edit = StepEdit {
            words: " second ".into(),
            assignee: Some(me),
            due: Some("2026-11-20".into()),
        };
        let changed = does(small, move |tx, cx| tickets::change_step(tx, cx, number, two, &edit)).unwrap();
        let step = &steps(small, number)[1];
        assert_eq!(
            (step.words.as_str(), step.assignee, step.due.as_deref()),
            ("second", Some(me), Some("2026-11-20"))
        );
        let mine = small.viewer_of(me);
        let found = small.read(&mine, tickets::my_steps).unwrap();
        assert_eq!(found.iter().map(|s| s.id).collect::<Vec<_>>(), [two]);
        let moved = does(small, move |tx, cx| tickets::move_step(tx, cx, number, two, true)).unwrap();
        assert_eq!(words(small, number), ["second", "one", "three"]);
        let end = does(small, move |tx, cx| tickets::move_step(tx, cx, number, two, true));
        assert_eq!(end.err(), Some(Error::Conflict("conflict-step-end")));
        let removed = does(small, move |tx, cx| tickets::remove_step(tx, cx, number, two)).unwrap();
        assert_eq!(words(small, number), ["one", "three"]);
        assert!(small.read(&mine, tickets::my_steps).unwrap().is_empty());
        assert_eq!(small.undo(moved).err(), Some(Error::Conflict("conflict-changed-since")));
        small.undo(removed).unwrap();
        small.undo(moved).unwrap();
        small.undo(changed).unwrap();
        assert_eq!(words(small, number), ["one", "two", "three"]);
        assert_eq!(steps(small, number)[1].assignee, None);
    });
}

#[test]
fn a_step_with_a_wrong_day_or_nobody_to_do_it_is_refused() {
    on_both(|small| {
        let number = small.open();
        add(small, number, "one").unwrap();
        let step = id(small, number, 0);
        let asker = small.requester.viewer.person;
        let change = |edit: StepEdit| does(small, move |tx, cx| tickets::change_step(tx, cx, number, step, &edit));
        let edit = StepEdit {
            words: "one".into(),
            ..StepEdit::default()
        };
        for day in ["soon", "2026-02-30", "0001-01-01", "20261120"] {
            let wrong = StepEdit {
                due: Some(day.into()),
                ..edit.clone()
            };
            assert_eq!(key_of(change(wrong)), "refused-day", "{day}");
        }
        let nobody = StepEdit {
            assignee: Some(asker),
            ..edit.clone()
        };
        assert_eq!(key_of(change(nobody)), "refused-not-a-technician");
        assert!(change(edit).is_ok(), "the same without them is taken");
    });
}

#[test]
fn steps_of_another_ticket_and_of_a_private_one_are_not_there() {
    on_both(|small| {
        let (a, b) = (small.open(), small.open());
        add(small, a, "one").unwrap();
        let step = id(small, a, 0);
        let wrong = does(small, move |tx, cx| tickets::tick(tx, cx, b, step, true, None));
        assert_eq!(key_of(wrong), "refused-no-such-step");
        let team = small.team("Inquiries", true);
        let private = small.open_for(team);
        small
            .write(&small.desk, move |tx, cx| tickets::add_steps(tx, cx, private, "secret"))
            .unwrap();
        let cx = small.viewer_of(small.technician.viewer.person);
        assert_eq!(
            small.read(&cx, move |r, cx| tickets::steps(r, cx, private)).err(),
            Some(Error::NotFound)
        );
        assert_eq!(add(small, private, "mine").err(), Some(Error::NotFound));
        let own = small.requester.clone();
        assert_eq!(
            small.read(&own, move |r, cx| tickets::steps(r, cx, a)).err(),
            Some(Error::NotFound),
            "a requester sees no steps, not even of his own"
        );
    });
}

#[test]
fn the_steps_of_a_merged_ticket_are_ticked_on_the_one_kept_and_go_back_with_it() {
    on_both(|small| {
        let (kept, gone) = (small.open(), small.open());
        add(small, kept, "kept").unwrap();
        add(small, gone, "gone").unwrap();
        small.does(move |tx, cx| tickets::merge(tx, cx, gone, kept)).unwrap();
        assert_eq!(words(small, kept), ["kept", "gone"]);
        let step = id(small, kept, 1);
        tick(small, kept, step, true, None).expect("ticked where it is shown");
        tick(small, gone, step, false, None).expect("and by the old number");
        tick(small, gone, step, true, None).expect("as often as somebody likes");
        small.does(move |tx, cx| tickets::unmerge(tx, cx, gone)).unwrap();
        assert_eq!(words(small, kept), ["kept"]);
        assert!(steps(small, gone)[0].done_at.is_some(), "with its tick");
    });
}

#[test]
fn an_undo_pressed_twice_does_not_do_it_again() {
    on_both(|small| {
        let number = small.open();
        add(small, number, "one\ntwo").unwrap();
        let two = id(small, number, 1);
        let moved = does(small, move |tx, cx| tickets::move_step(tx, cx, number, two, true)).unwrap();
        small.undo(moved).unwrap();
        assert_eq!(words(small, number), ["one", "two"]);
        let since = Some(Error::Conflict("conflict-changed-since"));
        assert_eq!(small.undo(moved).err(), since);
        assert_eq!(words(small, number), ["one", "two"]);
        let removed = does(small, move |tx, cx| tickets::remove_step(tx, cx, number, two)).unwrap();
        add(small, number, &"more\n".repeat(MOST_STEPS - 1)).unwrap();
        assert_eq!(key_of(small.undo(removed)), "refused-too-many-steps");
        let one = id(small, number, 0);
        does(small, move |tx, cx| tickets::remove_step(tx, cx, number, one)).unwrap();
        small.undo(removed).unwrap();
        assert_eq!(small.undo(removed).err(), since, "it is not gone any more");
        assert_eq!(words(small, number).len(), MOST_STEPS);
    });
}

#[test]
fn what_happens_to_the_steps_and_time_of_a_private_ticket_is_told_to_its_team_alone() {
    on_both(|small| {
        let kept = small.open();
        let team = small.team("Inquiries", true);
        let private = small.open_for(team);
        let hand = small.viewer_of(small.admin.viewer.person);
        let inside = |verb: Verb| small.write(&hand, verb).unwrap();
        inside(Box::new(move |tx, cx| {
            tickets::add_steps(tx, cx, private, "secret one\nsecret two")
        }));
        inside(Box::new(move |tx, cx| {
            tickets::log_time(tx, cx, private, "10", "secret time")
        }));
        small
            .write(&hand, move |tx, cx| tickets::merge(tx, cx, private, kept).map(drop))
            .unwrap();
        let (steps, spent) = small
            .read(&hand, move |r, cx| {
                Ok((tickets::steps(r, cx, kept)?, tickets::spent(r, cx, kept)?))
            })
            .unwrap();
        let (one, two, entry) = (steps[0].id, steps[1].id, spent.entries[0].id);
        let renamed = StepEdit {
            words: "secret name".into(),
            ..StepEdit::default()
        };
        let ticked = small
            .write(&hand, move |tx, cx| tickets::tick(tx, cx, kept, one, true, None))
            .unwrap()
            .unwrap();
        inside(Box::new(move |tx, cx| {
            tickets::change_step(tx, cx, kept, one, &renamed)
        }));
        inside(Box::new(move |tx, cx| tickets::move_step(tx, cx, kept, two, true)));
        inside(Box::new(move |tx, cx| tickets::remove_step(tx, cx, kept, two)));
        inside(Box::new(move |tx, cx| {
            tickets::change_time(tx, cx, kept, entry, "15", "secret again")
        }));
        let history = |cx: &Context| {
            let page = small
                .read(cx, move |r, cx| tickets::history_page(r, cx, kept, None, None))
                .unwrap();
            let told = page.lines.iter().filter(|line| line.event.changes().contains("secret"));
            told.count()
        };
        assert!(history(&hand) >= 6, "control: whoever may see it reads it");
        assert_eq!(history(&small.viewer_of(small.technician.viewer.person)), 0);
        small.write(&hand, move |tx, cx| tickets::undo(tx, cx, ticked)).unwrap();
        let after = small.read(&hand, move |r, cx| tickets::steps(r, cx, kept)).unwrap();
        assert!(after[0].done_at.is_none(), "taken back by the number it was told on");
    });
}

type Verb = Box<dyn FnOnce(&mut desk::Write, &Context) -> Result<EventId> + Send>;

#[test]
fn steps_of_done_tickets_do_not_crowd_out_those_still_to_do() {
    on_both(|small| {
        let me = small.technician.viewer.person;
        let (done, kept, gone) = (small.open(), small.open(), small.open());
        add(small, gone, "still to do").unwrap();
        small.does(move |tx, cx| tickets::merge(tx, cx, gone, kept)).unwrap();
        small
            .db
            .write_now(move |tx| -> Result<()> {
                tx.exec("UPDATE step SET assignee = $1", &db::args![me])?;
                for n in 0..201_i64 {
                    tx.exec(
                        "INSERT INTO step (ticket, position, words, assignee, due, created_at)
                         VALUES ($1, $2, 'old', $3, '2026-01-01', $4)",
                        &db::args![done, n, me, NOW],
                    )?;
                }
                tx.exec(
                    "UPDATE ticket SET stage = 2, status = 'closed' WHERE number = $1",
                    &db::args![done],
                )?;
                Ok(())
            })
            .unwrap();
        let mine = small.viewer_of(me);
        let found = small.read(&mine, tickets::my_steps).unwrap();
        let found: Vec<_> = found.iter().map(|step| (step.ticket, step.words.as_str())).collect();
        assert_eq!(found, [(kept, "still to do")]);
    });
}
