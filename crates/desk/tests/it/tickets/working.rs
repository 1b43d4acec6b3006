//! Who has it, who waits for whom, and how it ends.

use desk::access::Role;
use desk::clock::DAY;
use desk::jobs::{self, JobKind};
use desk::tickets::{self, CLOSES_AFTER, Edit, Impact, LinkKind, Priority, Solution, Status, Urgency};
use desk::{Error, TicketNumber};

use super::at;
use crate::common::{NOW, key_of, on_both};

fn solution() -> Solution {
    Solution {
        cause: "An empty tray".into(),
        steps: "Fill it".into(),
        helped: "the manual".into(),
    }
}

#[test]
fn assign_take_and_release() {
    on_both(|small| {
        let (number, other) = (small.open(), small.admin.viewer.person);
        let t = small.does(move |tx, cx| tickets::take(tx, cx, number)).unwrap().ticket;
        assert_eq!(
            (t.assignee, t.status),
            (Some(small.technician.viewer.person), Status::Open)
        );
        assert_eq!(
            small
                .does(move |tx, cx| tickets::assign(tx, cx, number, other))
                .unwrap()
                .ticket
                .assignee,
            Some(other)
        );
        assert_eq!(
            small
                .does(move |tx, cx| tickets::release(tx, cx, number))
                .unwrap()
                .ticket
                .assignee,
            None
        );
    });
}

#[test]
fn only_technicians_who_are_there_are_assigned() {
    on_both(|small| {
        let (number, requester) = (small.open(), small.requester.viewer.person);
        let gone = small.person("Gone", "gone@desk.example", Role::Technician);
        small
            .write(&small.admin, move |tx, cx| desk::people::suspend(tx, cx, gone))
            .unwrap();
        for person in [requester, gone, desk::PersonId(7777)] {
            let tried = small.does(move |tx, cx| tickets::assign(tx, cx, number, person));
            assert_eq!(key_of(tried), "refused-not-a-technician");
        }
    });
}

#[test]
fn hold_says_for_whom_and_forgets_it_when_it_goes_on() {
    on_both(|small| {
        let number = small.open();
        let t = small
            .does(move |tx, cx| tickets::hold(tx, cx, number, " the vendor "))
            .unwrap()
            .ticket;
        assert_eq!((t.status, t.waiting_for.as_str()), (Status::OnHold, "the vendor"));
        let t = small
            .does(move |tx, cx| tickets::resume(tx, cx, number))
            .unwrap()
            .ticket;
        assert_eq!((t.status, t.waiting_for.as_str()), (Status::Open, ""));
        assert_eq!(
            key_of(small.does(move |tx, cx| tickets::hold(tx, cx, number, &"x".repeat(201)))),
            "refused-too-long"
        );
    });
}

#[test]
fn a_solved_ticket_keeps_its_solution_and_waits_for_nobody() {
    on_both(|small| {
        let number = small.open();
        let t = small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &solution()))
            .unwrap()
            .ticket;
        assert_eq!(
            (t.status, t.solved_at, t.next_due),
            (Status::Solved, Some(NOW), desk::Time::NEVER)
        );
        let detail = small
            .read(&small.technician, move |r, cx| tickets::detail(r, cx, number))
            .unwrap();
        let kept: Vec<_> = detail
            .solutions
            .iter()
            .map(|s| (&*s.cause, &*s.steps, &*s.helped))
            .collect();
        assert_eq!(kept, [("An empty tray", "Fill it", "the manual")]);
        let again = small.does(move |tx, cx| tickets::pend(tx, cx, number));
        assert_eq!(again.err(), Some(Error::Conflict("conflict-already-solved")));
    });
}

#[test]
fn reopened_by_the_technician_and_by_the_requester_and_by_nobody_else() {
    on_both(|small| {
        let number = small.open();
        let not_solved = small.write(&small.requester, move |tx, cx| tickets::reopen(tx, cx, number));
        assert_eq!(not_solved.err(), Some(Error::Conflict("conflict-not-solved")));
        for who in [&small.technician, &small.requester] {
            small
                .does(move |tx, cx| tickets::solve(tx, cx, number, &solution()))
                .unwrap();
            let t = small
                .write(who, move |tx, cx| tickets::reopen(tx, cx, number))
                .unwrap()
                .ticket;
            assert_eq!((t.status, t.solved_at), (Status::Open, None));
        }
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &solution()))
            .unwrap();
        let stranger = small.viewer_of(small.person("Till", "till@larch.example", Role::Requester));
        let tried = small.write(&stranger, move |tx, cx| tickets::reopen(tx, cx, number));
        assert_eq!(tried.err(), Some(Error::NotFound));
        small.does(move |tx, cx| tickets::close(tx, cx, number)).unwrap();
        let closed = small.write(&small.requester, move |tx, cx| tickets::reopen(tx, cx, number));
        assert_eq!(
            closed.err(),
            Some(Error::Conflict("conflict-not-solved")),
            "after closing an answer opens another"
        );
        small
            .does(move |tx, cx| tickets::reopen(tx, cx, number))
            .expect("the technician may");
    });
}

#[test]
fn it_closes_after_seven_quiet_days_and_not_before() {
    on_both(|small| {
        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &solution()))
            .unwrap();
        let due = |now: desk::Time| {
            small
                .db
                .write_now(move |tx| jobs::claim(tx, JobKind::CloseSolved, now, 10))
                .unwrap()
                .len()
        };
        assert_eq!(due(NOW.plus(CLOSES_AFTER - 1)), 0);
        assert_eq!(due(NOW.plus(CLOSES_AFTER)), 1, "the job waits for it");
        let run = |now| {
            small
                .write(&at(&small.desk, now), move |tx, cx| {
                    tickets::close_when_quiet(tx, cx, number)
                })
                .unwrap();
        };
        run(NOW.plus(7 * DAY - 1));
        assert_eq!(small.ticket(number).status, Status::Solved);
        run(NOW.plus(7 * DAY));
        assert_eq!(
            (small.ticket(number).status, small.ticket(number).closed_at),
            (Status::Closed, Some(NOW.plus(7 * DAY)))
        );
        let events = small.events();
        run(NOW.plus(8 * DAY));
        assert_eq!(small.events(), events, "twice is once");
    });
}

#[test]
fn a_ticket_reopened_meanwhile_does_not_close() {
    on_both(|small| {
        let number = small.open();
        small
            .does(move |tx, cx| tickets::solve(tx, cx, number, &solution()))
            .unwrap();
        small.says(&at(&small.requester, NOW.plus(DAY)), number, "No.").unwrap();
        let later = at(&small.technician, NOW.plus(2 * DAY));
        small
            .write(&later, move |tx, cx| tickets::solve(tx, cx, number, &solution()))
            .unwrap();
        let run = |now| {
            small
                .write(&at(&small.desk, now), move |tx, cx| {
                    tickets::close_when_quiet(tx, cx, number)
                })
                .unwrap();
        };
        run(NOW.plus(7 * DAY));
        assert_eq!(small.ticket(number).status, Status::Solved, "quiet for five days only");
        run(NOW.plus(9 * DAY));
        assert_eq!(small.ticket(number).status, Status::Closed);
    });
}

#[test]
fn links_are_seen_from_both_sides_and_only_by_those_who_may() {
    on_both(|small| {
        let private = small.team("Personnel", true);
        let (a, b, hidden) = (small.open(), small.open(), small.open_for(private));
        small
            .write(&small.technician, move |tx, cx| {
                tickets::link(tx, cx, a, b, LinkKind::Cause)
            })
            .unwrap();
        small
            .write(&small.admin, move |tx, cx| {
                tickets::link(tx, cx, a, hidden, LinkKind::Related)
            })
            .unwrap();
        let technician = small.viewer_of(small.technician.viewer.person);
        let of = |cx: &desk::Context, n| {
            let links = small.read(cx, move |r, cx| tickets::links(r, cx, n)).unwrap();
            links.iter().map(|l| l.number).collect::<Vec<_>>()
        };
        assert_eq!(of(&technician, a), [b]);
        assert_eq!(of(&technician, b), [a]);
        assert_eq!(of(&small.admin, a), [b, hidden], "control");
        for other in [hidden, TicketNumber(9), a] {
            let tried = small.write(&technician, move |tx, cx| {
                tickets::link(tx, cx, a, other, LinkKind::Related)
            });
            assert_eq!(key_of(tried), "refused-no-such-ticket");
        }
        small
            .write(&technician, move |tx, cx| tickets::unlink(tx, cx, b, a))
            .unwrap();
        assert_eq!(of(&technician, a), []);
    });
}

#[test]
fn watching_gives_no_right() {
    on_both(|small| {
        let team = small.team("Personnel", true);
        let (number, me) = (small.open_for(team), small.technician.viewer.person);
        let tried = small.write(&small.viewer_of(me), move |tx, cx| tickets::watch(tx, cx, number));
        assert_eq!(tried.err(), Some(Error::NotFound));
        small.join(team, me);
        let member = small.viewer_of(me);
        small
            .write(&member, move |tx, cx| tickets::watch(tx, cx, number))
            .unwrap();
        small
            .write(&small.admin, move |tx, cx| desk::teams::leave(tx, cx, team, me))
            .unwrap();
        let gone = small.viewer_of(me);
        assert_eq!(small.count("SELECT count(*) FROM watcher"), 1, "he still watches");
        assert_eq!(
            small
                .read(&gone, move |r, cx| tickets::find_visible(r, cx, number))
                .err(),
            Some(Error::NotFound)
        );
    });
}

#[test]
fn tags_are_lower_case_words() {
    on_both(|small| {
        let number = small.open();
        for text in ["#Printer", " printer ", "50%"] {
            small
                .write(&small.technician, move |tx, cx| tickets::tag(tx, cx, number, text))
                .unwrap();
        }
        let tags = |small: &crate::common::Small| {
            small
                .read(&small.technician, move |r, cx| Ok(tickets::detail(r, cx, number)?.tags))
                .unwrap()
        };
        assert_eq!(tags(small), ["50%", "printer"]);
        small
            .write(&small.technician, move |tx, cx| {
                tickets::untag(tx, cx, number, "PRINTER")
            })
            .unwrap();
        assert_eq!(tags(small), ["50%"]);
        for text in ["", "#", "a,b", "a\nb", &"x".repeat(41)] {
            let text = text.to_string();
            let tried = small.write(&small.technician, move |tx, cx| tickets::tag(tx, cx, number, &text));
            assert_eq!(key_of(tried), "refused-tag");
        }
    });
}

#[test]
fn an_edit_touches_what_it_names_and_the_table_follows() {
    on_both(|small| {
        let number = small.open();
        let edited = |edit: Edit| {
            small
                .does(move |tx, cx| tickets::edit(tx, cx, number, &edit))
                .unwrap()
                .ticket
        };
        let t = edited(Edit {
            impact: Some(Impact::All),
            urgency: Some(Urgency::High),
            ..Edit::default()
        });
        assert_eq!(
            (t.priority, t.priority_set, t.subject.as_str()),
            (Priority::Urgent, false, "No printing")
        );
        let t = edited(Edit {
            priority: Some(Some(Priority::Low)),
            ..Edit::default()
        });
        assert_eq!((t.priority, t.priority_set), (Priority::Low, true));
        let t = edited(Edit {
            priority: Some(None),
            ..Edit::default()
        });
        assert_eq!((t.priority, t.priority_set), (Priority::Urgent, false));
        let wrong = Edit {
            team: Some(Some(desk::TeamId(77))),
            ..Edit::default()
        };
        assert_eq!(
            key_of(small.does(move |tx, cx| tickets::edit(tx, cx, number, &wrong))),
            "refused-no-such-team"
        );
    });
}
