//! One's requests: whose turn it is, what may be read, and what is not there.

use axum::http::StatusCode;
use desk::organizations::{self, NewOrganization};
use desk::people::{self, EditPerson};
use desk::tickets::{self, Status};

use super::stand::{LANGUAGES, Stand};

#[tokio::test]
async fn each_status_says_whose_turn_it_is_and_what_comes_next() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let mut browser = stand.signed_in(stand.payroll);
    let path = format!("/en/requests/{number}");
    let page = browser.get(&path).await;
    assert!(
        page.has("Received") && page.has("You hear from us by 14:24"),
        "{}",
        page.body
    );
    stand.reply(number, "We look into it.");
    assert!(browser.get(&path).await.has("Being worked on"));
    stand.as_person(stand.cedar, move |tx, cx| tickets::pend(tx, cx, number));
    let page = browser.get(&path).await;
    assert!(page.has("Your turn") && page.has("is-you"));
    stand.as_person(stand.cedar, move |tx, cx| {
        tickets::hold(tx, cx, number, "the supplier, in secret")
    });
    let page = browser.get(&path).await;
    assert!(
        page.has("Waiting for somebody else") && !page.has("supplier"),
        "what it waits for is the team's"
    );
    stand.as_person(stand.cedar, move |tx, cx| {
        tickets::solve(tx, cx, number, &tickets::Solution::default())
    });
    assert!(browser.get(&path).await.has("It closes by itself: Nov 24"));
    assert!(browser.get("/en").await.has("You have no open requests."));
    assert!(browser.get("/en/requests").await.has("Scanner"));
    assert!(browser.get(&format!("/fr/requests/{number}")).await.has("Résolue"));
}

#[tokio::test]
async fn others_requests_and_nonsense_are_not_there() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    for lang in LANGUAGES {
        let path = format!("/{lang}/requests/{number}");
        assert_eq!(
            stand.signed_in(stand.payroll).get(&path).await.status,
            StatusCode::OK,
            "the control"
        );
        let there = stand.signed_in(stand.registry).get(&path).await;
        let nowhere = stand
            .signed_in(stand.registry)
            .get(&format!("/{lang}/requests/999999"))
            .await;
        let nonsense = stand
            .signed_in(stand.registry)
            .get(&format!("/{lang}/requests/x"))
            .await;
        assert_eq!(there.status, StatusCode::NOT_FOUND);
        assert!(there.body == nowhere.body && there.body == nonsense.body && there.is_said());
        for act in ["works", "reopen"] {
            let answer = stand
                .signed_in(stand.registry)
                .post(&format!("{path}/{act}"), &[])
                .await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        let said = stand
            .signed_in(stand.registry)
            .send(&format!("{path}/answer"), &[("body", None, "x")])
            .await;
        assert_eq!(said.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stand.browser().get("/de").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stand.browser().get("/de/ask").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stand.ticket(number).status, Status::New);
    assert_eq!(stand.detail(number).messages.len(), 1);
}

#[tokio::test]
async fn a_technician_sees_no_notes_here_and_only_his_own() {
    let stand = Stand::new();
    let (own, other) = (
        stand.open(stand.cedar, "My own screen"),
        stand.open(stand.payroll, "Scanner"),
    );
    stand.note(own, "Between us.");
    let mut browser = stand.signed_in(stand.cedar);
    let page = browser.get(&format!("/en/requests/{own}")).await;
    assert!(page.has("My own screen") && !page.has("Between us."));
    assert!(
        browser.get(&format!("/tickets/{own}")).await.has("Between us."),
        "the control: it stands on the desk"
    );
    assert_eq!(
        browser.get(&format!("/en/requests/{other}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.post(&format!("/en/requests/{other}/works"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.post(&format!("/en/requests/{own}/works"), &[]).await.location(),
        format!("/en/requests/{own}")
    );
    assert_eq!(stand.ticket(own).status, Status::Solved);
}

#[tokio::test]
async fn a_colleague_reads_and_does_not_answer() {
    let stand = Stand::new();
    let (payroll, registry) = (stand.payroll, stand.registry);
    stand.write(move |tx, cx| {
        let new = NewOrganization {
            name: "County".into(),
            domain: None,
            shares_requests: true,
            note: String::new(),
        };
        let id = organizations::add(tx, cx, &new)?;
        for person in [payroll, registry] {
            people::edit(
                tx,
                cx,
                person,
                &EditPerson {
                    organization: Some(Some(id)),
                    ..EditPerson::default()
                },
            )?;
        }
        Ok(())
    });
    let number = stand.open(payroll, "Scanner");
    stand.note(number, "Between us.");
    let mut browser = stand.signed_in(registry);
    assert!(!browser.get("/en/requests").await.has("Scanner"), "one's own first");
    assert!(browser.get("/en/requests?of=organization").await.has("Scanner"));
    let path = format!("/en/requests/{number}");
    let page = browser.get(&path).await;
    assert!(page.has("It does not work since this morning.") && page.has("a colleague’s request"));
    assert!(!page.has("<textarea") && !page.has("Between us."));
    assert_eq!(
        browser
            .send(&format!("{path}/answer"), &[("body", None, "Me too")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.post(&format!("{path}/works"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    let asked = stand
        .detail(number)
        .messages
        .into_iter()
        .filter(|m| m.kind == tickets::MessageKind::Request);
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn an_empty_answer_comes_back() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let mut browser = stand.signed_in(stand.payroll);
    let path = format!("/fr/requests/{number}");
    let back = browser.send(&format!("{path}/answer"), &[("body", None, "  ")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#body\">") && back.is_said());
    let long = "x".repeat(200_001);
    let parts = [("body", None, long.as_str()), ("files", Some("a.txt"), "x")];
    let back = browser.send(&format!("{path}/answer"), &parts).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#body\">") && back.has("<a href=\"#files\">"));
    assert!(
        back.has(&format!("hreflang=\"en\" href=\"/en/requests/{number}\"")),
        "the switch leads to the page"
    );
    assert_eq!(
        browser
            .send(&format!("{path}/answer"), &[("body", None, "Encore")])
            .await
            .location(),
        path
    );
}

fn said_by_requester(stand: &Stand, number: desk::TicketNumber) -> Vec<String> {
    let said = stand.detail(number).messages;
    let asked = said.into_iter().filter(|m| m.kind == tickets::MessageKind::Request);
    asked.skip(1).map(|m| m.body.0).collect()
}

#[tokio::test]
async fn what_was_typed_goes_with_the_button_that_was_pressed() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let mut browser = stand.signed_in(stand.payroll);
    let path = format!("/en/requests/{number}");
    let page = browser.get(&path).await;
    assert!(page.has(&format!("formaction=\"{path}/works\"")) && !page.has("form=\"works\""));
    let works = browser
        .send(&format!("{path}/works"), &[("body", None, "A new cable did it.")])
        .await;
    assert_eq!(works.location(), path);
    assert_eq!(stand.ticket(number).status, Status::Solved);
    assert_eq!(said_by_requester(&stand, number), ["A new cable did it."]);
    assert!(browser.get(&path).await.has(&format!("formaction=\"{path}/reopen\"")));
    let parts = [("body", None, "It is back."), ("files", Some("photo.txt"), "x")];
    browser.send(&format!("{path}/reopen"), &parts).await;
    assert_eq!(stand.ticket(number).status, Status::Open);
    assert_eq!(said_by_requester(&stand, number)[1], "It is back.");
    assert!(browser.get(&path).await.has("photo.txt"));
    // Nothing typed: the button alone, and no empty answer.
    browser
        .send(
            &format!("{path}/works"),
            &[("body", None, "  "), ("files", Some(""), "")],
        )
        .await;
    assert_eq!(stand.ticket(number).status, Status::Solved);
    browser.send(&format!("{path}/reopen"), &[("body", None, "")]).await;
    assert_eq!(stand.ticket(number).status, Status::Open);
    assert_eq!(said_by_requester(&stand, number).len(), 2);
}

#[tokio::test]
async fn a_file_is_an_answer() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let mut browser = stand.signed_in(stand.payroll);
    let path = format!("/en/requests/{number}");
    let parts = [("body", None, " "), ("files", Some("photo.txt"), "x")];
    let said = browser.send(&format!("{path}/answer"), &parts).await;
    assert_eq!(said.location(), path);
    assert!(browser.get(&path).await.has("photo.txt"));
    assert_eq!(
        said_by_requester(&stand, number),
        [""],
        "no word is put into anybody's mouth"
    );
}

#[tokio::test]
async fn an_old_request_that_is_open_stands_before_newer_ones_that_are_done() {
    let stand = Stand::new();
    for at in 0..6 {
        stand.open(stand.payroll, &format!("Scanner {at}."));
    }
    for _ in 0..51 {
        let number = stand.open(stand.payroll, "Printer");
        stand.as_person(stand.payroll, move |tx, cx| tickets::works_now(tx, cx, number));
    }
    let mut browser = stand.signed_in(stand.payroll);
    let home = browser.get("/en").await;
    assert!(home.has("Scanner 5.") && home.has("Scanner 1.") && !home.has("Printer"));
    assert!(!home.has("Scanner 0.") && home.has("href=\"/en/requests?of=open\""));
    let open = browser.get("/en/requests?of=open").await;
    assert!(open.has("Scanner 0.") && !open.has("Printer") && open.is_said());
    let all = browser.get("/en/requests").await;
    assert!(
        all.has("Printer") && !all.has("Scanner"),
        "the control: fifty newer ones are done"
    );
}

#[tokio::test]
async fn the_switch_of_language_keeps_what_was_asked() {
    let stand = Stand::new();
    let ask = stand.browser().get("/en/ask?q=my+VPN%20drops").await;
    assert!(ask.has("href=\"/fr/ask?q=my+VPN%20drops\""), "{}", ask.body);
    let list = stand.signed_in(stand.payroll).get("/fr/requests?of=open").await;
    assert!(list.has("href=\"/en/requests?of=open\""));
}
