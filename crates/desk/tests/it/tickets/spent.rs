//! Time spent: logged, corrected, taken away, and the sums of it with what calls and visits carry.

use desk::access::Role;
use desk::tickets::{self, HistoryKind, NewMessage, Spent};
use desk::{Context, Error, EventId, Result, TicketNumber};

use crate::common::{Small, key_of, on_both};

fn does<T: Send + 'static>(
    small: &Small,
    verb: impl FnOnce(&mut desk::Write, &Context) -> Result<T> + Send + 'static,
) -> Result<T> {
    small.write(&small.viewer_of(small.technician.viewer.person), verb)
}

fn log(small: &Small, number: TicketNumber, time: &str) -> Result<EventId> {
    let time = time.to_string();
    does(small, move |tx, cx| tickets::log_time(tx, cx, number, &time, "cabling"))
}

fn spent(small: &Small, number: TicketNumber) -> Spent {
    let cx = small.viewer_of(small.technician.viewer.person);
    small.read(&cx, move |r, cx| tickets::spent(r, cx, number)).unwrap()
}

#[test]
fn the_sums_are_of_logged_time_and_of_calls_and_visits() {
    on_both(|small| {
        let number = small.open();
        log(small, number, "1 h 30").unwrap();
        let call = NewMessage {
            body: "Talked it through.".into(),
            minutes: Some(15),
            ..NewMessage::default()
        };
        let larch = small.viewer_of(small.person("Larch", "larch@desk.example", Role::Technician));
        let (called, _) = small
            .write(&larch, move |tx, cx| tickets::log_call(tx, cx, number, &call))
            .unwrap();
        let sums: Vec<(String, i64)> = spent(small, number).people.into_iter().map(|p| (p.1, p.2)).collect();
        assert_eq!(sums, [("Bench".to_string(), 90), ("Larch".to_string(), 15)]);
        assert_eq!(spent(small, number).total, 105);
        small.undo(called.event).unwrap();
        assert_eq!(
            spent(small, number).total,
            90,
            "a call taken back takes its minutes along"
        );
    });
}

#[test]
fn time_is_corrected_and_removed_and_both_are_taken_back() {
    on_both(|small| {
        let number = small.open();
        let logged = log(small, number, "45").unwrap();
        let id = spent(small, number).entries[0].id;
        let changed = does(small, move |tx, cx| {
            tickets::change_time(tx, cx, number, id, "1:00", "cabling")
        })
        .unwrap();
        assert_eq!(spent(small, number).total, 60);
        let removed = does(small, move |tx, cx| tickets::remove_time(tx, cx, number, id)).unwrap();
        assert_eq!(spent(small, number).total, 0);
        assert_eq!(
            small.undo(changed).err(),
            Some(Error::Conflict("conflict-changed-since"))
        );
        small.undo(removed).unwrap();
        assert_eq!(spent(small, number).total, 60);
        small.undo(changed).unwrap();
        assert_eq!(spent(small, number).total, 45);
        small.undo(logged).unwrap();
        assert_eq!(spent(small, number).total, 0);
    });
}

#[test]
fn nothing_less_than_nothing_more_than_a_day_and_no_time_are_refused() {
    on_both(|small| {
        let number = small.open();
        for (time, key) in [
            ("0", "refused-time-none"),
            ("-5", "refused-time-none"),
            ("24:01", "refused-time-long"),
            ("1441", "refused-time-long"),
            ("soon", "refused-time"),
            ("", "refused-time"),
        ] {
            assert_eq!(key_of(log(small, number, time)), key, "{time:?}");
        }
        assert!(log(small, number, "24 h").is_ok(), "a whole day is taken");
        assert_eq!(spent(small, number).total, 1440);
    });
}

#[test]
fn the_history_is_read_page_by_page_newest_first_and_says_through_which_door() {
    on_both(|small| {
        let number = small.open();
        for minutes in 1..=60 {
            log(small, number, &minutes.to_string()).unwrap();
        }
        let cx = small.viewer_of(small.technician.viewer.person);
        let page = |kind, before| {
            small
                .read(&cx, move |r, cx| tickets::history_page(r, cx, number, kind, before))
                .unwrap()
        };
        let first = page(None, None);
        assert_eq!(first.lines.len(), 50);
        assert!(first.lines[0].event.id > first.lines[1].event.id);
        assert_eq!(first.lines[0].door.as_deref(), Some("page"));
        let second = page(None, first.next);
        assert_eq!(
            (second.lines.len(), second.next),
            (11, None),
            "the opening and ten more"
        );
        assert!(second.lines[0].event.id < first.lines[49].event.id);
        assert_eq!(page(Some(HistoryKind::Words), None).lines.len(), 1);
        assert_eq!(page(Some(HistoryKind::Status), None).lines.len(), 0);
        let asker = small.requester.clone();
        let seen = small.read(&asker, move |r, cx| tickets::history_page(r, cx, number, None, None));
        assert_eq!(seen.err(), Some(Error::NotFound), "never a requester");
    });
}

#[test]
fn the_picture_of_a_merge_counts_what_goes_and_refuses_what_the_merge_refuses() {
    on_both(|small| {
        let (kept, gone) = (small.open(), small.open());
        does(small, move |tx, cx| tickets::add_steps(tx, cx, gone, "one\ntwo")).unwrap();
        does(small, move |tx, cx| tickets::watch(tx, cx, gone)).unwrap();
        let cx = small.viewer_of(small.technician.viewer.person);
        let look = |from, into| small.read(&cx, move |r, cx| tickets::merge_picture(r, cx, from, into));
        let picture = look(gone, kept).unwrap();
        assert_eq!(
            (picture.goes.steps, picture.goes.watchers, picture.goes.messages),
            (2, 1, 1)
        );
        assert_eq!((picture.stays.ticket.number, picture.stays.steps), (kept, 0));
        assert_eq!(key_of(look(gone, gone)), "refused-merge-itself");
        assert_eq!(key_of(look(gone, TicketNumber(9))), "refused-no-such-ticket");
        small.does(move |tx, cx| tickets::merge(tx, cx, gone, kept)).unwrap();
        let after = small.read(&cx, move |r, cx| tickets::detail(r, cx, kept)).unwrap();
        assert_eq!(after.watchers.len(), 1, "its watchers watch the one kept");
        does(small, move |tx, cx| tickets::unwatch(tx, cx, kept)).unwrap();
        let after = small.read(&cx, move |r, cx| tickets::detail(r, cx, kept)).unwrap();
        assert!(after.watchers.is_empty(), "and can stop");
    });
}
