//! Any JSON is a condition of a view or is refused; a condition that passes the check is answered by the database, and
//! nothing a person wrote stands in the statement.

use db::Sql;
use desk::access::Viewer;
use desk::views::Condition;
use desk::{Clock, Desk, Error, Parts, PersonId, Time, files, tickets};
use proptest::prelude::*;

use crate::{run, texts};

/// 2026-11-16T15:00:00Z, a Monday.
const MONDAY: Time = Time(1_794_841_200_000_000);

/// Every text a person could write here begins so.
const WRITTEN: &str = "qzq";

const SAMPLES: &[&str] = &[
    r#"{"all":[{"status":["open","new"]},{"assignee":["me","nobody",{"person":7}]},"unsolved"]}"#,
    r#"{"any":[{"tag":"qzq ' OR 1=1 --"},{"subject_has":"qzq%_!\\"},{"not":{"team":[1,2]}},"no_team","my_teams"]}"#,
    r#"{"all":[{"priority":["high"]},{"impact":["group"]},{"urgency":["low"]},{"channel":["mail"]},{"language":["fr"]}]}"#,
    r#"{"not":{"any":[{"created_after":1794841200000000},{"created_before":0},{"updated_before":-1},{"due_before":9}]}}"#,
    r#"{"all":[{"requester":1},{"organization":2},{"number":1042},{"topic":[3]},"unread","active","waiting",{"any":[]}]}"#,
    r#"{"any":["late",{"due_within":{"hours":4}},{"opened_within":{"days":0}},{"not":{"quiet_for":{"days":-3}}},{"older_than":{"days":100000}}]}"#,
];

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"all\":[",
    "{\"not\":",
    "\"status\":[]",
    "\"tag\":\"qzq\"",
    "\"unsolved\"",
    "null",
    "-1",
    "9223372036854775807",
    "1e400",
    "{\"any\":[",
    "]}",
    "\\u0000",
    "qzq",
    "'",
    "\"me\"",
    "\"unread\"",
    "{\"assignee\":[\"me\"]},",
];

fn desk(folder: &tempfile::TempDir, stand: &testpg::Stand) -> Desk {
    let parts = Parts {
        db: stand.db.clone(),
        files: files::Store::open(&folder.path().join("files")).unwrap(),
        index: search::Index::in_memory().unwrap(),
        clock: Clock::set_to(MONDAY),
    };
    Desk::open(parts).unwrap()
}

#[test]
fn any_json_is_a_condition_or_refused() {
    let stand = testpg::sqlite(db::SqliteOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder, &stand);
    for sample in SAMPLES {
        let read = serde_json::from_str::<Condition>(sample);
        assert!(read.is_ok(), "a sample is a condition: {sample}: {read:?}");
    }
    run("conditions", &texts(SAMPLES, WORDS), |json| {
        let Ok(condition) = serde_json::from_str::<Condition>(&json) else {
            return Ok(());
        };
        let written = serde_json::to_string(&condition).unwrap();
        let again = serde_json::from_str::<Condition>(&written);
        prop_assert_eq!(&again.unwrap(), &condition);
        let cx = desk.context(Viewer::desk(PersonId(0)), None);
        let mut sql = Sql::new("");
        condition.write(&mut sql, &cx.viewer, cx.now);
        prop_assert!(!sql.text().contains(WRITTEN), "{}", sql.text());
        let fits = condition.check().is_ok();
        match desk.read_now(move |r| tickets::count(r, &cx, &condition)) {
            Ok(found) => prop_assert!(fits && found == 0),
            // No text is kept or looked for with a zero byte in it.
            Err(Error::Refused(_)) => prop_assert!(!fits || written.contains("\\u0000")),
            Err(fault) => return Err(TestCaseError::fail(format!("{fault:?}"))),
        }
        Ok(())
    });
}
