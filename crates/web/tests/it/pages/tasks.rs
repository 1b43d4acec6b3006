//! Steps, time, the whole history, the job sheet, the picture of a merge, the counter, and a ticket that is there already.

use axum::http::StatusCode;
use desk::tickets::{self, NewMessage};

use super::company::{Answer, Company};

fn event_of(answer: &Answer) -> String {
    let location = answer.location();
    location.split("done=").nth(1).expect("an Undo is offered").to_string()
}

#[tokio::test]
async fn steps_are_added_ticked_and_taken_back_on_the_page() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let to = |verb: &str| format!("/tickets/{number}/steps{verb}");
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("Add a step") && !page.has("role=\"checkbox\""));
    let added = company
        .post(company.cedar, &to(""), &[("text", "Restart\nTest <b>it</b>")])
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(page.has(">0/2</span>") && page.has("Restart") && page.has("0 sur 2 faites"));
    assert!(!page.has("<b>it</b>"), "words of a step stay words");
    let step = page
        .body
        .split("name=\"step\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    let ticked = company
        .post(
            company.cedar,
            &to("/tick"),
            &[("step", &step), ("done", "yes"), ("key", "a1")],
        )
        .await;
    let page = company.get(company.cedar, ticked.location()).await;
    assert!(page.has("aria-checked=\"true\"") && page.has(">1/2</span>") && page.has("Step ticked on"));
    let again = company
        .post(
            company.cedar,
            &to("/tick"),
            &[("step", &step), ("done", "yes"), ("key", "a1")],
        )
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert!(
        !again.location().contains("done="),
        "nothing was done, so nothing can be undone"
    );
    let event = event_of(&ticked);
    company
        .post(company.cedar, &format!("/tickets/{number}/undo"), &[("event", &event)])
        .await;
    assert!(
        company
            .get(company.cedar, &format!("/tickets/{number}"))
            .await
            .has(">0/2</span>")
    );
    let solved = company
        .post(company.cedar, &format!("/tickets/{number}/solution"), &[("cause", "x")])
        .await;
    let page = company.get(company.cedar, solved.location()).await;
    assert!(page.has("2 steps are open."), "solving is not stopped, and says so");
}

#[tokio::test]
async fn a_refused_step_keeps_its_words_on_either_page() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let long = "x".repeat(301);
    let to = format!("/tickets/{number}/steps");
    let refused = company.post(company.cedar, &to, &[("text", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(&long));
    let refused = company
        .post(company.cedar, &to, &[("text", &long), ("back", "steps")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(&long) && refused.has("<h1>Steps</h1>"));
    company
        .post(company.cedar, &to, &[("text", "one"), ("back", "steps")])
        .await;
    let page = company.get(company.cedar, &to).await;
    let step = page
        .body
        .split("name=\"step\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    let fields = [
        ("step", step.as_str()),
        ("words", "better"),
        ("due", "soon"),
        ("back", "steps"),
    ];
    let refused = company.post(company.cedar, &format!("{to}/change"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("value=\"better\"") && refused.has("value=\"soon\"") && refused.has("This is not a date."));
    let me = company.cedar.to_string();
    let fields = [
        ("step", step.as_str()),
        ("words", "better"),
        ("assignee", &me),
        ("back", "steps"),
    ];
    let changed = company.post(company.cedar, &format!("{to}/change"), &fields).await;
    assert!(
        company
            .get(company.cedar, changed.location())
            .await
            .has("Step changed on")
    );
    assert!(company.get(company.cedar, "/steps").await.has("better"));
    assert!(!company.get(company.larch, "/steps").await.has("better"));
}

#[tokio::test]
async fn time_is_logged_summed_and_refused_in_words() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let to = |verb: &str| format!("/tickets/{number}/time{verb}");
    company
        .post(company.cedar, &to(""), &[("spent", "1:30"), ("words", "cabling")])
        .await;
    company.post(company.larch, &to(""), &[("spent", "1 h 30")]).await;
    let page = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(page.has("3\u{a0}h") && page.has("cabling"));
    for (time, words) in [
        ("0", "at least 1 minute"),
        ("25 h", "24 hours"),
        ("soon", "This is no time."),
    ] {
        let refused = company.post(company.cedar, &to(""), &[("spent", time)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{time}");
        assert!(
            refused.has(words) && refused.has(&format!("value=\"{time}\"")),
            "{time}"
        );
    }
}

#[tokio::test]
async fn the_history_tells_from_what_to_what_by_whom_and_through_which_door() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company
        .post(
            company.cedar,
            &format!("/tickets/{number}/assignee"),
            &[("assignee", "me")],
        )
        .await;
    company
        .post(company.cedar, &format!("/tickets/{number}/status"), &[("do", "pend")])
        .await;
    let path = format!("/tickets/{number}/history");
    let page = company.get(company.cedar, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.has("Status: from Open to Waiting for requester") && page.has("Assigned to: from nothing to Cedar"),
        "{}",
        page.body
    );
    assert!(page.has("on a page") && page.has("by the desk itself"));
    assert!(
        page.body.find("wait for the requester").unwrap() < page.body.find("opened it").unwrap(),
        "newest first"
    );
    let some = company.get(company.cedar, &format!("{path}?kind=words")).await;
    assert!(some.has("opened it") && !some.has("Status: from"));
    let french = company.get(company.larch, &path).await;
    assert!(
        french.has("État\u{a0}: de Ouvert à En attente du demandeur"),
        "{}",
        french.body
    );
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_job_sheet_holds_no_note_unless_asked_and_has_boxes() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let stranger = company.open(company.registry, "VPN is gone", |_| {});
    let note = NewMessage {
        body: "An internal word.".into(),
        ..NewMessage::default()
    };
    company
        .as_person(company.cedar, move |tx, cx| {
            tickets::note(tx, cx, number, &note)?;
            let words = |body: &str| NewMessage {
                body: body.into(),
                ..NewMessage::default()
            };
            tickets::log_call(tx, cx, number, &words("A kept call."))?;
            tickets::log_visit(tx, cx, number, &words("A kept visit."))?;
            tickets::reply(tx, cx, stranger, &words("A stranger’s letter"))?;
            tickets::merge(tx, cx, stranger, number)?;
            let solution = tickets::Solution {
                cause: "The inner cause.".into(),
                ..tickets::Solution::default()
            };
            tickets::solve(tx, cx, number, &solution)?;
            tickets::add_steps(tx, cx, number, "Restart")
        })
        .unwrap();
    let path = format!("/tickets/{number}/print");
    let sheet = company.get(company.cedar, &path).await;
    assert!(sheet.has("It does not work since this morning.") && sheet.has("☐") && sheet.has("Signature"));
    assert!(!sheet.has("An internal word."));
    for hidden in [
        "A kept call.",
        "A kept visit.",
        "A stranger’s letter",
        "The inner cause.",
    ] {
        assert!(!sheet.has(hidden), "{hidden}");
    }
    let whole = company.get(company.cedar, &format!("{path}?notes=yes")).await;
    assert!(whole.has("A kept call.") && whole.has("A kept visit.") && whole.has("The inner cause."));
    assert!(whole.has("An internal word.") && whole.has("for the team only"));
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_merge_is_seen_before_it_is_done() {
    let company = Company::new();
    let (gone, kept) = (
        company.open(company.payroll, "VPN drops", |_| {}),
        company.open(company.registry, "VPN is gone", |_| {}),
    );
    let into = kept.to_string();
    let look = company
        .post(
            company.cedar,
            &format!("/tickets/{gone}/merge"),
            &[("into", &into), ("look", "yes")],
        )
        .await;
    assert_eq!(look.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, look.location()).await;
    assert!(page.has(&format!("#{kept} remains.")) && page.has("Replies on") && page.has("1 message"));
    assert!(page.has("Payroll office reads only what was said with them"));
    let still = company.get(company.cedar, &format!("/tickets/{gone}")).await;
    assert_eq!(still.status, StatusCode::OK, "looking merges nothing");
    let refused = company
        .get(company.cedar, &format!("/tickets/{gone}/merge?into=9"))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let merged = company
        .post(company.cedar, &format!("/tickets/{gone}/merge"), &[("into", &into)])
        .await;
    assert!(merged.location().starts_with(&format!("/tickets/{kept}?")));
}

#[tokio::test]
async fn the_line_at_the_counter_is_taken_in_order() {
    let company = Company::new();
    assert!(
        company
            .get(company.cedar, "/counter")
            .await
            .has("Nobody waits at the counter.")
    );
    let refused = company
        .post(company.cedar, "/counter", &[("who", "Quay"), ("words", "")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("value=\"Quay\"") && refused.has("Write something here."));
    for (who, words) in [("Quay", "No sound"), ("Lock", "Black screen")] {
        company
            .post(company.cedar, "/counter", &[("who", who), ("words", words)])
            .await;
    }
    let page = company.get(company.larch, "/counter").await;
    assert!(page.has("2 personnes attendent au comptoir."));
    assert!(page.body.find("Quay").unwrap() < page.body.find("Lock").unwrap());
    let next = |page: &Answer| {
        page.body
            .split("name=\"id\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_string()
    };
    let first = next(&page);
    let taken = company.post(company.cedar, "/counter/take", &[("id", &first)]).await;
    let twice = company.post(company.cedar, "/counter/take", &[("id", &first)]).await;
    assert_eq!(twice.location(), taken.location(), "pressed twice it takes nobody else");
    let ticket = company.get(company.cedar, taken.location()).await;
    assert!(ticket.has("No sound") && ticket.has("Quay") && ticket.has("at the counter"));
    assert!(company.get(company.cedar, "/inbox/mine").await.has("No sound"));
    assert!(
        company
            .get(company.cedar, "/tickets/new")
            .await
            .has("1 person waits at the counter.")
    );
    let second = next(&company.get(company.larch, "/counter").await);
    company.post(company.larch, "/counter/take", &[("id", &second)]).await;
    let late = company.post(company.cedar, "/counter/take", &[("id", &second)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("Somebody else has taken this person."));
}

#[tokio::test]
async fn a_likely_duplicate_is_offered_once_and_joining_it_keeps_every_word() {
    let company = Company::new();
    let open = company.open(company.payroll, "VPN drops every hour", |_| {});
    desk::finding::catch_up(&company.desk).await.unwrap();
    let payroll = company.payroll.to_string();
    let found = company
        .post(
            company.cedar,
            "/tickets/new/alike",
            &[("person", &payroll), ("subject", "VPN drops")],
        )
        .await;
    let join = format!("name=\"join\" value=\"{open}\"");
    assert!(found.has(&join));
    let other = company
        .post(
            company.cedar,
            "/tickets/new/alike",
            &[("person", &payroll), ("subject", "No sound")],
        )
        .await;
    assert!(!other.has("name=\"join\""), "control: another matter");
    let form = [
        ("channel", None, "in_person"),
        ("person", None, payroll.as_str()),
        ("subject", None, "VPN drops"),
        ("body", None, "At home too"),
        ("cause", None, "The router"),
    ];
    let stopped = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(stopped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stopped.has(&join) && stopped.has("At home too</textarea>") && stopped.has("name=\"offered\""));
    assert!(stopped.has("value=\"in_person\" checked"));
    let mut joining = form.to_vec();
    let number = open.to_string();
    joining.push(("join", None, &number));
    let joined = company.send(company.cedar, "/tickets", &joining).await;
    assert!(joined.location().starts_with(&format!("/tickets/{open}?")));
    let page = company.get(company.cedar, joined.location()).await;
    assert!(page.has("At home too") && page.has("The router") && page.has("Visit kept on"));
    let mut lost = form.to_vec();
    lost.push(("join", None, "9"));
    let lost = company.send(company.cedar, "/tickets", &lost).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        lost.has("At home too</textarea>") && lost.has("The router</textarea>"),
        "nothing typed is lost"
    );
    let mut filed = form.to_vec();
    filed.push(("files", Some("a.txt"), "words"));
    let filed = company.send(company.cedar, "/tickets", &filed).await;
    assert!(filed.has("Choose the files again") && !stopped.has("Choose the files again"));
    let mut wrong = form.to_vec();
    wrong.extend([("offered", None, "yes"), ("team", None, "99")]);
    let wrong = company.send(company.cedar, "/tickets", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.has("name=\"offered\""),
        "what was offered once is not offered again"
    );
    let mut anyway = form.to_vec();
    anyway.push(("offered", None, "yes"));
    let opened = company.send(company.cedar, "/tickets", &anyway).await;
    assert_eq!(
        opened.status,
        StatusCode::SEE_OTHER,
        "whoever has seen it may open another"
    );
    let mut solved = form.to_vec();
    solved.push(("then", None, "solved"));
    let solved = company.send(company.cedar, "/tickets", &solved).await;
    assert_eq!(
        solved.status,
        StatusCode::SEE_OTHER,
        "what is solved at once is not stopped"
    );
}
