//! Approval by another person, and how a change ends.

use desk::access::Role;
use desk::changes::{self, NewChange, Outcome, Risk, State};
use desk::clock::HOUR;
use desk::{Context, Error, ServiceId};

use super::{risky, titled};
use crate::common::{NOW, Small, key_of, on_both, refused};
use crate::tickets::at;

#[test]
fn a_change_of_some_risk_waits_for_another_person() {
    on_both(|small| {
        let number = small.change(&small.technician, risky(Risk::Medium));
        let approval = Error::Conflict("conflict-change-approval");
        assert_eq!(small.start(number), Err(approval.clone()));
        assert_eq!(small.finish(number, Outcome::Done, ""), Err(approval.clone()));
        small.ask(number).unwrap();
        assert_eq!(small.start(number), Err(approval));
        let oneself = small.approve(&small.technician, number);
        assert_eq!(oneself, Err(Error::Conflict("conflict-own-change")));
        let colleague = small.colleague("Larch", Role::Technician);
        small.approve(&colleague, number).unwrap();
        let change = small.the_change(number);
        assert_eq!(change.decided_by, Some(colleague.viewer.person));
        assert_eq!(change.decision, "Go on.");
        small.start(number).unwrap();
        small.finish(number, Outcome::Done, "").unwrap();
        assert!(!small.the_change(number).lacks_approval(Some(Risk::Medium)));
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action = 'change-approve'"),
            1
        );
    });
}

#[test]
fn a_small_change_and_a_house_without_the_rule_wait_for_nobody() {
    on_both(|small| {
        let small_one = small.change(&small.technician, titled("Cable"));
        small.start(small_one).unwrap();
        let number = small.change(&small.technician, risky(Risk::High));
        let house = desk::house::House {
            approval_from: None,
            ..(*small.desk.house).clone()
        };
        let cx = Context {
            house: std::sync::Arc::new(house),
            ..small.technician.clone()
        };
        small.write(&cx, move |tx, cx| changes::start(tx, cx, number)).unwrap();
    });
}

#[test]
fn the_rule_is_the_administrators_and_is_read_with_the_house() {
    on_both(|small| {
        let set =
            |cx: &Context, word: &'static str| small.write(cx, move |tx, cx| changes::change_approval(tx, cx, word));
        let read = || small.db.write_now(desk::house::House::load).unwrap().approval_from;
        assert_eq!(read(), Some(Risk::Medium));
        assert_eq!(set(&small.technician, "never"), Err(Error::NotFound));
        assert_eq!(key_of(set(&small.admin, "sometimes")), "refused-choice");
        set(&small.admin, "high").unwrap();
        assert_eq!(read(), Some(Risk::High));
        set(&small.admin, "never").unwrap();
        assert_eq!(read(), None);
    });
}

#[test]
fn high_risk_is_decided_by_a_supervisor_or_by_who_answers_for_the_service() {
    on_both(|small| {
        let (colleague, owner) = (
            small.colleague("Larch", Role::Technician),
            small.colleague("Alder", Role::Technician),
        );
        let supervisor = small.colleague("Spruce", Role::Supervisor);
        let mut new = crate::services::named("Mail", "Courriel");
        new.owner = Some(owner.viewer.person);
        let mail: ServiceId = small.add_service(new).unwrap();
        let plan = || NewChange {
            services: vec![mail],
            ..risky(Risk::High)
        };
        let asked = || {
            let number = small.change(&small.technician, plan());
            small.ask(number).unwrap();
            number
        };
        let number = asked();
        assert_eq!(
            small.approve(&colleague, number),
            Err(Error::Conflict("conflict-change-senior"))
        );
        let offered = |cx: &Context| {
            small
                .read(cx, move |r, cx| {
                    let change = changes::find(r, cx, number)?;
                    changes::may_decide_on(r, cx, &change)
                })
                .unwrap()
        };
        assert!(!offered(&colleague) && !offered(&small.technician));
        assert!(offered(&supervisor) && offered(&owner));
        let waiting = || small.read(&colleague, changes::waiting_for_approval).unwrap();
        assert_eq!(waiting(), 1);
        small.approve(&owner, number).unwrap();
        assert_eq!(waiting(), 0);
        small.approve(&supervisor, asked()).unwrap();
    });
}

#[test]
fn the_way_back_and_the_time_are_said_before_anybody_is_asked() {
    on_both(|small| {
        let mut new = risky(Risk::Medium);
        new.back_out = " ".into();
        new.begins_at = None;
        new.ends_at = None;
        let number = small.change(&small.technician, new);
        let Err(Error::Refused(all)) = small.ask(number) else {
            panic!("it was asked without a way back");
        };
        let keys: Vec<_> = all.iter().map(|one| (one.field, one.key)).collect();
        assert_eq!(
            keys,
            [("back_out", "refused-back-out"), ("begins_at", "refused-moment")]
        );
    });
}

#[test]
fn it_is_refused_with_words_and_comes_back_as_another_plan() {
    on_both(|small| {
        let number = small.change(&small.technician, risky(Risk::Medium));
        small.ask(number).unwrap();
        let colleague = small.colleague("Larch", Role::Technician);
        let refuse =
            |words: &'static str| small.write(&colleague, move |tx, cx| changes::refuse(tx, cx, number, words));
        assert_eq!(refuse(" "), Err(refused("decision", "refused-empty")));
        refuse("Not on a payday.").unwrap();
        assert_eq!(small.the_change(number).state, State::Refused);
        assert_eq!(small.start(number), Err(Error::Conflict("conflict-change-approval")));
        let mut other = risky(Risk::Medium);
        other.begins_at = Some(NOW.plus(30 * HOUR));
        other.ends_at = None;
        small
            .write(&small.technician, move |tx, cx| changes::edit(tx, cx, number, &other))
            .unwrap();
        let change = small.the_change(number);
        assert_eq!((change.state, change.decided_by), (State::Draft, None));
        small.ask(number).unwrap();
    });
}

#[test]
fn approval_is_for_the_plan_as_it_was_and_no_undo_brings_it_back_to_another() {
    on_both(|small| {
        let number = small.change(&small.technician, risky(Risk::Medium));
        small.ask(number).unwrap();
        let colleague = small.colleague("Larch", Role::Technician);
        small.approve(&colleague, number).unwrap();
        let edit = |change: fn(&mut NewChange)| {
            let mut new = risky(Risk::Medium);
            change(&mut new);
            small
                .write(&small.technician, move |tx, cx| changes::edit(tx, cx, number, &new))
                .unwrap()
        };
        edit(|new| new.notice.en = "Short interruptions.".into());
        assert_eq!(
            small.the_change(number).state,
            State::Approved,
            "what requesters are told is no part of the plan"
        );
        let first = edit(|new| new.title = "Other rules".into());
        assert_eq!(small.the_change(number).state, State::Draft);
        edit(|new| {
            new.title = "Other rules".into();
            new.words = "And the gateway.".into();
        });
        let since = Err(Error::Conflict("conflict-changed-since"));
        assert_eq!(small.undo_change(first.event), since);
        assert_eq!(small.start(number), Err(Error::Conflict("conflict-change-approval")));
        let second = small.change(&small.technician, risky(Risk::Medium));
        small.ask(second).unwrap();
        small.approve(&colleague, second).unwrap();
        let mut new = risky(Risk::Medium);
        new.title = "Other rules".into();
        let edited = small
            .write(&small.technician, move |tx, cx| changes::edit(tx, cx, second, &new))
            .unwrap();
        small.undo_change(edited.event).unwrap();
        assert_eq!(
            small.the_change(second).state,
            State::Approved,
            "taken back at once, it is the approved plan again"
        );
    });
}

#[test]
fn what_did_not_go_as_planned_is_said_in_words() {
    on_both(|small| {
        let number = small.change(&small.technician, titled("Switch"));
        small.start(number).unwrap();
        assert_eq!(
            small.finish(number, Outcome::Failed, " "),
            Err(refused("result", "refused-empty"))
        );
        small.finish(number, Outcome::Failed, "It does not boot.").unwrap();
        small
            .finish(number, Outcome::BackedOut, "The old one is back.")
            .unwrap();
        let change = small.the_change(number);
        assert_eq!(change.state, State::BackedOut);
        assert_eq!(change.result, "The old one is back.");
        assert_eq!(
            small.finish(number, Outcome::BackedOut, "Again."),
            Err(Error::Conflict("conflict-change-state"))
        );
        assert_eq!(small.start(number), Err(Error::Conflict("conflict-change-state")));
    });
}

#[test]
fn it_has_the_times_it_really_had_and_each_step_is_taken_back() {
    on_both(|small| {
        let number = small.change(&small.technician, titled("Switch"));
        let started = small.start(number).unwrap();
        let later = at(&small.technician, NOW.plus(2 * HOUR));
        let finished = small
            .write(&later, move |tx, cx| {
                let how = changes::Finish {
                    outcome: Outcome::Done,
                    result: String::new(),
                    at: Some(NOW.plus(HOUR)),
                };
                changes::finish(tx, cx, number, &how)
            })
            .unwrap();
        let change = small.the_change(number);
        assert_eq!((change.started_at, change.ended_at), (Some(NOW), Some(NOW.plus(HOUR))));
        small.undo_change(finished.event).unwrap();
        assert_eq!(small.the_change(number).state, State::InProgress);
        small.undo_change(started.event).unwrap();
        let change = small.the_change(number);
        assert_eq!((change.state, change.started_at), (State::Draft, None));
        assert_eq!(
            small.undo_change(finished.event),
            Err(Error::Conflict("conflict-changed-since"))
        );
    });
}

#[test]
fn an_edit_is_taken_back_unless_the_same_was_changed_since() {
    on_both(|small: &Small| {
        let number = small.change(&small.technician, titled("Switch"));
        let edit = |new: NewChange| {
            small
                .write(&small.technician, move |tx, cx| changes::edit(tx, cx, number, &new))
                .unwrap()
        };
        let first = edit(titled("Core switch"));
        edit(NewChange {
            site: "Warehouse".into(),
            ..titled("Core switch")
        });
        small.undo_change(first.event).unwrap();
        let change = small.the_change(number);
        assert_eq!((change.title.as_str(), change.site.as_str()), ("Switch", "Warehouse"));
        edit(titled("Edge switch"));
        assert_eq!(
            small.undo_change(first.event),
            Err(Error::Conflict("conflict-changed-since"))
        );
    });
}
