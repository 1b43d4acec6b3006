//! How it went: from the letter to the technician's page. Looking records nothing, whoever looks.

use axum::http::StatusCode;
use desk::TicketNumber;
use desk::clock::DAY;
use desk::ratings::{self, Rating};
use desk::tickets::{self, NewMessage, Solution, Status};

use super::stand::{LANGUAGES, Letter, Stand};

fn said(stand: &Stand, number: TicketNumber) -> Vec<Rating> {
    stand.as_person(stand.cedar, move |tx, cx| ratings::of_tickets(tx, cx, &[number]))
}

fn solve(stand: &Stand, number: TicketNumber) {
    stand.as_person(stand.cedar, move |tx, cx| {
        tickets::solve(tx, cx, number, &Solution::default())
    });
}

/// The two answers in a letter, as paths.
fn answers(letter: &Letter) -> [String; 2] {
    let found: Vec<String> = letter.paths().into_iter().filter(|p| p.contains("/rate/")).collect();
    assert_eq!(found.len(), 2, "{}", letter.all);
    found.try_into().unwrap()
}

fn without_answer(path: &str) -> &str {
    path.split('?').next().unwrap()
}

#[tokio::test]
async fn a_scanner_that_opens_every_link_records_nothing_and_a_press_of_the_button_does() {
    for lang in LANGUAGES {
        let stand = Stand::new();
        let number = stand.open(stand.payroll, "Scanner");
        solve(&stand, number);
        let letters = stand.post();
        assert_eq!(letters.len(), 1);
        let [good, bad] = answers(&letters[0]).map(|path| path.replacen("/en/", &format!("/{lang}/"), 1));
        let mut scanner = stand.browser();
        // Plain, and as a browser that a person drives says it.
        let as_person = [
            ("sec-fetch-site", "none"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
            ("sec-fetch-user", "?1"),
        ];
        for path in [&good, &bad] {
            assert_eq!(scanner.get(path).await.status, StatusCode::OK);
            let page = scanner.get_with(path, &as_person).await;
            assert!(page.status == StatusCode::OK && page.is_said() && page.has("id=\"tapped\""));
            assert_eq!(page.header("referrer-policy"), "no-referrer");
        }
        assert!(said(&stand, number).is_empty(), "opened, and not said");
        assert_eq!(
            scanner.forged(without_answer(&good)).await.status,
            StatusCode::FORBIDDEN
        );
        let mut browser = stand.browser();
        let page = browser.get(&bad).await;
        assert!(page.has("value=\"bad\" required checked") && !page.has("value=\"good\" required checked"));
        let place = without_answer(&bad).to_string();
        let sent = browser
            .post(
                &place,
                &[("answer", "bad"), ("words", "It <b>came</b> back.\r\nTwice.")],
            )
            .await;
        assert_eq!(sent.location(), place);
        let kept = said(&stand, number);
        assert_eq!((kept.len(), kept[0].answer.as_str()), (1, "bad"), "the control");
        let page = browser.get(&place).await;
        assert!(page.has("It &#60;b&#62;came&#60;/b&#62; back.") && page.is_said());
        assert!(page.has(if lang == "en" { "Thank you." } else { "Merci." }) && !page.has("id=\"tapped\""));

        // The other answer of the same letter changes it, once it is sent.
        let page = browser.get(&good).await;
        assert!(page.has("value=\"good\" required checked") && page.has("id=\"tapped\""));
        assert_eq!(said(&stand, number)[0].answer.as_str(), "bad");
        browser.post(&place, &[("answer", "good"), ("words", "")]).await;
        assert_eq!(said(&stand, number)[0].answer.as_str(), "good");
        assert_eq!(said(&stand, number).len(), 1);
        assert!(
            !browser.cookies.contains_key("__Host-firstline"),
            "nobody is signed in by it"
        );
    }
}

#[tokio::test]
async fn the_team_sees_what_was_said_beside_the_ticket_and_in_its_history() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let solution = Solution {
        cause: "Dust on the glass.".into(),
        ..Solution::default()
    };
    stand.as_person(stand.cedar, move |tx, cx| tickets::solve(tx, cx, number, &solution));
    let place = without_answer(&answers(&stand.post()[0])[0]).to_string();
    let desk = format!("/tickets/{number}");
    let mut cedar = stand.signed_in(stand.cedar);
    assert!(
        !cedar.get(&desk).await.has("It went well"),
        "the control: nobody has said so"
    );
    let mut browser = stand.browser();
    browser
        .post(
            &place,
            &[("answer", "good"), ("words", "<script>alert(1)</script> Thanks")],
        )
        .await;
    let page = cedar.get(&desk).await;
    assert!(
        page.has("Payroll office says: it went well") && page.has("How it went"),
        "{}",
        page.body
    );
    assert!(page.has("&#60;script&#62;alert(1)") || page.has("&lt;script&gt;alert(1)"));
    assert!(!page.has("<script>alert(1)"));
    let at = |words: &str| page.body.find(words).unwrap();
    assert!(
        at("Dust on the glass.") < at("says: it went well"),
        "in the order it happened"
    );
}

#[tokio::test]
async fn what_cannot_be_taken_comes_back_as_it_was_typed() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    solve(&stand, number);
    let place = without_answer(&answers(&stand.post()[0])[0]).to_string();
    let mut browser = stand.browser();
    let back = browser
        .post(&place, &[("answer", "splendid"), ("words", "Kept words")])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#how\">") && back.has("Kept words") && back.is_said());
    let long = "x".repeat(2_001);
    let back = browser.post(&place, &[("answer", "good"), ("words", &long)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#words\">") && back.has(&long) && back.has("value=\"good\" required checked"));
    assert!(said(&stand, number).is_empty());
    let request = format!("/fr/requests/{number}");
    let back = stand
        .signed_in(stand.payroll)
        .post(&format!("{request}/rate"), &[("answer", ""), ("words", "Gardé")])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#how\">") && back.has("Gardé") && back.is_said());
}

#[tokio::test]
async fn a_link_that_is_over_says_so_and_one_that_never_was_says_nothing() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    solve(&stand, number);
    let [good, _] = answers(&stand.post()[0]);
    let place = without_answer(&good).to_string();
    let mut browser = stand.browser();
    stand.as_person(stand.payroll, move |tx, cx| tickets::reopen(tx, cx, number));
    let page = browser.get(&good).await;
    assert!(page.has("This request is open again") && !page.has("<form class=\"card form answer\""));
    assert_eq!(browser.post(&place, &[("answer", "good")]).await.location(), place);
    assert!(said(&stand, number).is_empty());
    solve(&stand, number);
    stand.desk.clock().advance(31 * DAY);
    let page = browser.get(&good).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.has("The time to say how it went is over") && page.has("href=\"/en\"") && page.is_said());
    browser.post(&place, &[("answer", "good")]).await;
    assert!(said(&stand, number).is_empty());
    let request = stand
        .signed_in(stand.payroll)
        .get(&format!("/en/requests/{number}"))
        .await;
    assert!(
        !request.has("How did it go?"),
        "nor is it asked on the request any more"
    );
    let nowhere = browser.get("/en/rate/nosuchsecret?answer=good").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    stand.desk.clock().advance(60 * DAY);
    assert_eq!(
        browser.get(&good).await.status,
        StatusCode::NOT_FOUND,
        "the link to the request is over too"
    );
}

#[tokio::test]
async fn the_page_of_a_solved_request_asks_its_requester() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    let path = format!("/en/requests/{number}");
    let mut browser = stand.signed_in(stand.payroll);
    assert!(
        !browser.get(&path).await.has("How did it go?"),
        "the control: it is not solved"
    );
    stand.as_person(stand.payroll, move |tx, cx| tickets::works_now(tx, cx, number));
    let page = browser.get(&path).await;
    assert!(page.has("How did it go?") && page.has(&format!("action=\"{path}/rate\"")));
    let sent = browser
        .post(&format!("{path}/rate"), &[("answer", "good"), ("words", "Quick")])
        .await;
    assert_eq!(sent.location(), path);
    assert!(browser.get(&path).await.has("You said: it went well."));
    assert_eq!(said(&stand, number).len(), 1);
    let other = stand
        .signed_in(stand.registry)
        .post(&format!("{path}/rate"), &[("answer", "bad")])
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert_eq!(said(&stand, number)[0].answer.as_str(), "good");
}

#[tokio::test]
async fn a_reply_that_solves_carries_the_answers_and_its_link_asks_too() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    stand.as_person(stand.cedar, move |tx, cx| {
        let new = NewMessage {
            body: "Clean the glass.".into(),
            then: Some(Status::Solved),
            ..NewMessage::default()
        };
        tickets::reply(tx, cx, number, &new)
    });
    let letters = stand.post();
    assert_eq!(letters.len(), 1);
    let [good, _] = answers(&letters[0]);
    let keyed = letters[0].path();
    assert!(keyed.contains("/k/"), "the request itself stands first");
    let mut browser = stand.browser();
    let page = browser.get(&keyed).await;
    assert!(
        page.has(&format!("action=\"{}\"", without_answer(&good))),
        "{}",
        page.body
    );
    browser.post(without_answer(&good), &[("answer", "good")]).await;
    assert!(browser.get(&keyed).await.has("You said: it went well."));
}
