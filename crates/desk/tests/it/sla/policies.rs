//! Who keeps the policies, what is refused, and their order.

use desk::clock::HOUR;
use desk::sla::{self, NewPolicy};
use desk::{Context, Error, PolicyId, Result};

use super::always;
use crate::common::{Small, key_of, on_both};

fn add(small: &Small, cx: &Context, new: NewPolicy) -> Result<PolicyId> {
    small.write(cx, move |tx, cx| sla::add(tx, cx, &new))
}

#[test]
fn administrators_keep_the_policies_and_nobody_else_finds_them() {
    on_both(|small| {
        let id = add(small, &small.admin, always(HOUR, 2 * HOUR)).unwrap();
        for cx in [&small.technician, &small.requester] {
            assert_eq!(add(small, cx, always(HOUR, 2 * HOUR)), Err(Error::NotFound));
            assert_eq!(
                small.write(cx, move |tx, cx| sla::retire(tx, cx, id)),
                Err(Error::NotFound)
            );
            let seen = small.read(cx, |r, cx| sla::list(r, cx).map(drop));
            assert_eq!(seen, Err(Error::NotFound));
            let asked = always(HOUR, 2 * HOUR);
            let previewed = small.read(cx, move |r, cx| sla::preview_of(r, cx, None, &asked).map(drop));
            assert_eq!(previewed, Err(Error::NotFound));
        }
        assert_eq!(
            small.count("SELECT count(*) FROM audit WHERE action LIKE 'policy-%'"),
            1
        );
    });
}

#[test]
fn the_ledger_is_for_the_desk() {
    on_both(|small| {
        let number = small.open();
        let asked = small.read(&small.requester, move |r, cx| sla::ledger(r, cx, number).map(drop));
        assert_eq!(asked, Err(Error::NotFound));
        let team = small.team("Closed", true);
        let private = small.open_for(team);
        let outside = small.viewer_of(small.technician.viewer.person);
        let asked = small.read(&outside, move |r, cx| sla::ledger(r, cx, private).map(drop));
        assert_eq!(asked, Err(Error::NotFound));
    });
}

#[test]
fn a_promise_that_cannot_be_kept_is_refused() {
    on_both(|small| {
        let none = add(small, &small.admin, always(0, 2 * HOUR));
        assert_eq!(key_of(none), "refused-target");
        let late = add(small, &small.admin, always(3 * HOUR, 2 * HOUR));
        assert_eq!(key_of(late), "refused-reply-after-solve");
        assert_eq!(small.count("SELECT count(*) FROM policy"), 0);
    });
}

#[test]
fn the_order_is_changed_one_place_at_a_time() {
    on_both(|small| {
        let ids: Vec<PolicyId> = (0..3).map(|_| small.policy(always(HOUR, 2 * HOUR))).collect();
        let order = || -> Vec<PolicyId> {
            let all = small.read(&small.admin, sla::list).unwrap();
            all.iter().filter(|one| !one.retired).map(|one| one.id).collect()
        };
        let moved = |id: PolicyId, up: bool| {
            small
                .write(&small.admin, move |tx, cx| sla::move_policy(tx, cx, id, up))
                .unwrap();
        };
        moved(ids[2], true);
        assert_eq!(order(), [ids[0], ids[2], ids[1]]);
        moved(ids[0], true);
        assert_eq!(order(), [ids[0], ids[2], ids[1]], "the first stays the first");
        let retired = ids[2];
        small
            .write(&small.admin, move |tx, cx| sla::retire(tx, cx, retired))
            .unwrap();
        moved(ids[0], false);
        assert_eq!(order(), [ids[1], ids[0]], "past the one that is out of use");
        small
            .write(&small.admin, move |tx, cx| sla::restore(tx, cx, retired))
            .unwrap();
        assert_eq!(order().len(), 3);
    });
}

#[test]
fn a_retired_policy_gives_its_tickets_back() {
    on_both(|small| {
        let number = small.open();
        let own = small.ticket(number).solve_due;
        let id = small.policy(always(HOUR, 2 * HOUR));
        small.recompute();
        assert_eq!(small.ticket(number).policy, Some(id));
        small
            .write(&small.admin, move |tx, cx| sla::retire(tx, cx, id))
            .unwrap();
        small.recompute();
        let t = small.ticket(number);
        assert_eq!((t.policy, t.solve_due), (None, own));
    });
}
