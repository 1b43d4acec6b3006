//! How the engines run each list, on 20,000 tickets: along an index, without sorting, without reading every row.

use db::{Dialect, args};
use desk::tickets::{self, ListQuery, Order};
use desk::views::Standard;
use desk::{OrganizationId, PersonId, Result, events, finding};

use crate::common::{NOW, Small, on_both};

const MANY: i64 = 20_000;

fn fill(small: &Small) {
    let (me, asks) = (small.technician.viewer.person, small.requester.viewer.person);
    let many: Vec<PersonId> = (0..40)
        .map(|n| {
            small.person(
                &format!("Site {n}"),
                &format!("site{n}@cedar.example"),
                desk::access::Role::Requester,
            )
        })
        .collect();
    small
        .db
        .write_now(move |tx| -> Result<()> {
            for n in 0..MANY {
                let done = n % 10 != 0;
                let status = if done {
                    "closed"
                } else {
                    ["new", "open", "pending"][usize::try_from(n / 10 % 3).unwrap()]
                };
                let stage = if done { 2_i64 } else { i64::from(status == "pending") };
                let assignee = (n % 3 == 0).then_some(me);
                let requester = if n % 50 == 0 {
                    asks
                } else {
                    many[usize::try_from(n % 40).unwrap()]
                };
                let due = if stage == 0 {
                    NOW.plus(n * 1_000_000)
                } else {
                    desk::Time::NEVER
                };
                tx.exec(
                    "INSERT INTO ticket (subject, status, stage, impact, urgency, priority, channel, language, assignee,
                       requester, created_at, updated_at, reply_due, solve_due, next_due)
                     VALUES ($1, $2, $3, 'one', 'low', 'low', 'mail', 'en', $4, $5, $6, $6, $7, $7, $7)",
                    &args![format!("Ticket {n}"), status, stage, assignee, requester, NOW, due],
                )?;
            }
            Ok(())
        })
        .unwrap();
    small.exec("ANALYZE");
}

/// On SQLite: no sorting, and `ticket` is searched by an index. On PostgreSQL: an index and no sequential scan of it.
fn walks_an_index(dialect: Dialect, plan: &str) -> bool {
    match dialect {
        Dialect::Sqlite => {
            !plan.contains("TEMP B-TREE") && !plan.lines().any(|l| l.contains("SCAN t") && !l.contains("USING"))
        }
        Dialect::Postgres => plan.contains("Index") && !plan.contains("Seq Scan on ticket"),
    }
}

/// Sorted, but of all tickets only those the index names.
fn finds_by_index(dialect: Dialect, plan: &str) -> bool {
    match dialect {
        Dialect::Sqlite => plan.contains("SEARCH t USING"),
        Dialect::Postgres => walks_an_index(dialect, plan),
    }
}

#[test]
fn every_list_runs_along_an_index() {
    on_both(|small| {
        fill(small);
        let dialect = small.db.dialect();
        for view in [
            Standard::Mine,
            Standard::Unassigned,
            Standard::Waiting,
            Standard::Everyone,
        ] {
            for (order, after) in [
                (Order::Due, None),
                (Order::Due, Some("0.5.1001")),
                (Order::Newest, None),
            ] {
                let after = after.map(str::to_string);
                let query = ListQuery {
                    condition: view.condition(),
                    order,
                    limit: 50,
                    after,
                };
                let plan = small
                    .read(&small.technician, move |r, cx| tickets::plan(r, cx, &query))
                    .unwrap();
                let rows = small.count("SELECT count(*) FROM ticket WHERE stage < 2");
                assert_eq!(rows, MANY / 10);
                // Newest first, the open rows of a view may be sorted; but only they are read, found by an index.
                let few = order == Order::Newest && finds_by_index(dialect, &plan);
                assert!(walks_an_index(dialect, &plan) || few, "{view} {order}:\n{plan}");
            }
        }
        let own = "SELECT t.number FROM ticket t WHERE t.merged_into IS NULL AND t.requester = $1 ORDER BY t.number DESC LIMIT 50";
        let me = small.requester.viewer.person;
        let plan = small
            .db
            .read_now(move |r| -> Result<String> { Ok(r.plan(own, &args![me])?) })
            .unwrap();
        assert!(walks_an_index(dialect, &plan), "own requests:\n{plan}");
    });
}

#[test]
fn a_follower_begins_where_it_stopped_and_not_at_the_beginning() {
    on_both(|small| {
        if small.db.dialect() == Dialect::Postgres {
            // Its planner reads a log this short whole, whatever the question.
            return;
        }
        let plan = small.db.read_now(events::follow_plan).unwrap();
        assert!(
            plan.contains("rowid>?")
                && plan.contains("tx=? AND id>?")
                && plan.contains("tx>? AND tx<?")
                && !plan.contains("SCAN"),
            "{plan}"
        );
        let whole = "SELECT id FROM event WHERE (tx, id) > ($1, $2) AND tx < $3 ORDER BY tx, id LIMIT $4";
        let pairs = small
            .db
            .read_now(move |r| -> Result<String> { Ok(r.plan(whole, &args![0, 0, 9, 1])?) })
            .unwrap();
        assert!(!pairs.contains("id>?"), "asked as pairs it would not: {pairs}");
    });
}

#[test]
fn the_check_sees_a_list_without_an_index() {
    on_both(|small| {
        fill(small);
        let bad = "SELECT t.number FROM ticket t WHERE t.subject <> 'x' ORDER BY t.subject LIMIT 50";
        let plan = small
            .db
            .read_now(move |r| -> Result<String> { Ok(r.plan(bad, &[])?) })
            .unwrap();
        assert!(!walks_an_index(small.db.dialect(), &plan), "{plan}");
    });
}

#[test]
fn open_tickets_like_a_new_one_are_looked_for_along_their_own_indexes() {
    on_both(|small| {
        small.exec("INSERT INTO organization (name, created_at) VALUES ('Cedar', 0)");
        fill(small);
        small.exec("UPDATE ticket SET organization = (SELECT MIN(id) FROM organization) WHERE number % 20 = 1");
        small.exec("ANALYZE");
        let asks = small.requester.viewer.person;
        let organization = small.count("SELECT MIN(id) FROM organization");
        let plans = small
            .db
            .read_now(move |r| finding::alike_plans(r, asks, OrganizationId(organization)))
            .unwrap();
        for (plan, index) in plans.iter().zip(["ticket_open_requester", "ticket_open_organization"]) {
            assert!(
                plan.contains(index) && walks_an_index(small.db.dialect(), plan),
                "{plan}"
            );
        }
    });
}
