//! What the instruments do on one thread, and the small index.

use db::Sql;
use desk::access::Viewer;
use desk::clock::{DAY, HOUR};
use desk::views::Condition;
use desk::{PersonId, Time};
use search::{Document, Index, Lang, Query};
use testkit::START;
use worktime::Calendar;

use crate::callgrind::CONTROL;
use crate::mark::Marks;
use crate::texts;

pub(crate) const READING: &str = "a letter is read";
const FOUND_AMONG: usize = 100;
const ANALYSED: usize = 10;

pub(crate) fn count(marks: &mut Marks) {
    letters(marks);
    due_times(marks);
    conditions(marks);
    searching(marks);
}

fn letters(marks: &mut Marks) {
    let raw = texts::letter();
    marks.alone(READING, 10, |_| mail::parse(&raw));
    marks.alone(CONTROL, 10, |n| {
        (n % 10 < 3).then(|| std::hint::black_box(mail::parse(&raw)));
        mail::parse(&raw)
    });
    let html = texts::html();
    marks.alone("HTML is made safe", 10, |_| mail::html::clean(&html));
    let answer = texts::answer();
    marks.alone("a quotation is trimmed", 10, |_| mail::quote::trim(&answer));
}

fn due_times(marks: &mut Marks) {
    let calendar = Calendar::standard("America/Toronto").expect("a zone of the tz database");
    // Twenty weeks of work: over New Year and the change to summer time.
    let work = 20 * 45 * HOUR;
    marks.alone("a due time, 20 weeks of work ahead", 20, |n| {
        calendar.add(START.0 + n as i64 * HOUR, work).expect("within ten years")
    });
    let end = START.plus(140 * DAY);
    marks.alone("the working time of 20 weeks", 20, |n| {
        calendar.between(START.0 + n as i64 * HOUR, end.0)
    });
}

fn conditions(marks: &mut Marks) {
    let viewer = Viewer::desk(PersonId(1));
    let Time(day) = START;
    let text = format!(
        r#"{{"all":["active",{{"any":[{{"assignee":["me","nobody"]}},"my_teams"]}},{{"priority":["high","urgent"]}},
        {{"not":{{"tag":"Printer"}}}},{{"subject_has":"toner 50%"}},{{"created_after":{day}}}]}}"#
    );
    marks.alone("a condition becomes SQL", 500, |_| {
        let condition: Condition = serde_json::from_str(&text).expect("a condition");
        condition.check().expect("a small one");
        let mut sql = Sql::new("SELECT t.number FROM ticket t WHERE ");
        condition.write(&mut sql, &viewer, START);
        sql.text()
    });
}

fn searching(marks: &mut Marks) {
    let index = Index::in_memory().expect("an index");
    index.put((0..FOUND_AMONG).map(document)).expect("documents");
    index.commit("1").expect("a commit");
    let query = Query {
        text: "imprimante tonner serial 5CD0000".to_string(),
        kinds: vec!["ticket".to_string()],
        ..Query::default()
    };
    marks.alone("a search among 100, one word misspelt", 10, |_| {
        let found = index.find(&query).expect("an answer");
        assert!(found.total > 0, "the question is about these documents");
        found
    });
    marks.across_threads("10 documents are analysed and kept", 2, |n| {
        let first = FOUND_AMONG + n * ANALYSED;
        index.put((first..first + ANALYSED).map(document)).expect("documents");
        index.commit("2").expect("a commit");
    });
}

fn document(n: usize) -> Document {
    Document {
        kind: "ticket".to_string(),
        id: n as i64,
        lang: if n.is_multiple_of(3) { Lang::Fr } else { Lang::En },
        title: texts::title(n),
        body: texts::body(n),
        words: vec![format!("5CD{n:07X}")],
        gate: 1,
        at: START.0,
        pieces: false,
    }
}
