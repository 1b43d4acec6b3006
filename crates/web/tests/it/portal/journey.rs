//! From the first word of a stranger to the request that was solved, came back and was solved again.

use axum::http::StatusCode;
use desk::events::EventKind;
use desk::tickets::{CLOSES_AFTER, NewMessage, Status, reply};
use desk::{PersonId, TicketNumber};

use super::stand::{LANGUAGES, Stand};

const SECRET_NOTE: &str = "The requester's laptop was reported lost in spring.";

fn solved_by(stand: &Stand, number: TicketNumber) -> Vec<Option<PersonId>> {
    let events = stand.detail(number).events;
    events
        .iter()
        .filter(|e| e.kind == EventKind::Solved)
        .map(|e| e.actor)
        .collect()
}

fn question(address: &str) -> Vec<(&str, Option<&str>, &str)> {
    vec![
        ("subject", None, "VPN drops <b>every</b> minute"),
        ("body", None, "Since this morning.\n\nIt says 0x80070005."),
        ("name", None, "Front counter"),
        ("address", None, address),
        ("files", Some("log.txt"), "line one"),
    ]
}

#[tokio::test]
async fn a_stranger_asks_confirms_answers_and_is_helped() {
    for lang in LANGUAGES {
        let stand = Stand::new();
        let mut browser = stand.browser();
        let asked = browser
            .send(&format!("/{lang}/ask"), &question("counter@county.example"))
            .await;
        assert_eq!(asked.location(), format!("/{lang}/asked"));
        let number = TicketNumber(1001);
        assert!(!stand.ticket(number).confirmed);

        // One letter, with no word of whoever filled in the form.
        let letters = stand.post();
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert_eq!(letters[0].to, "counter@county.example");
        for word in ["VPN", "0x80070005", "Since this morning", "Front counter"] {
            assert!(!letters[0].all.contains(word), "{word} stands in the confirmation");
        }
        let confirm = letters[0].path();
        assert!(confirm.starts_with(&format!("/{lang}/confirm/")), "{confirm}");

        // A mail scanner opens the link as often as it likes.
        for _ in 0..3 {
            assert_eq!(browser.get(&confirm).await.status, StatusCode::OK);
        }
        assert!(!stand.ticket(number).confirmed);
        assert_eq!(browser.forged(&confirm).await.status, StatusCode::FORBIDDEN);
        assert!(!stand.ticket(number).confirmed);
        let keyed = browser.post(&confirm, &[]).await.location().to_string();
        assert!(stand.ticket(number).confirmed);
        let page = browser.get(&keyed).await;
        assert!(
            page.has("VPN drops &#60;b&#62;every&#60;/b&#62; minute"),
            "{}",
            page.body
        );
        assert!(page.has("0x80070005") && page.has("log.txt") && page.is_said());

        helped(&stand, lang, number, &keyed).await;
    }
}

async fn helped(stand: &Stand, lang: &str, number: TicketNumber, keyed: &str) {
    let mut browser = stand.browser();
    stand.note(number, SECRET_NOTE);
    let wait = NewMessage {
        body: "Try **this**".into(),
        then: Some(Status::Pending),
        ..NewMessage::default()
    };
    stand.as_person(stand.cedar, move |tx, cx| reply(tx, cx, number, &wait));
    let letters = stand.post();
    assert_eq!(letters.len(), 1);
    let from_letter = letters[0].path();
    assert!(
        from_letter.starts_with(&format!("/{lang}/k/")) && from_letter != keyed,
        "{from_letter}"
    );
    assert!(!letters[0].all.contains(SECRET_NOTE));

    let page = browser.get(&from_letter).await;
    assert!(
        page.has("<strong>this</strong>") && !page.has("reported lost"),
        "{}",
        page.body
    );
    assert!(page.has("is-you"), "it is the requester's turn");
    let answer = [
        ("body", None, "It still drops."),
        ("files", Some("more.txt"), "line two"),
    ];
    assert_eq!(
        browser.send(&format!("{from_letter}/answer"), &answer).await.location(),
        from_letter
    );
    assert_eq!(stand.ticket(number).status, Status::Open);
    let page = browser.get(&from_letter).await;
    assert!(page.has("It still drops.") && page.has("more.txt"));
    let file = page
        .body
        .rsplit("href=\"")
        .filter_map(|p| p.split('"').next())
        .find(|p| p.contains("/files/"))
        .unwrap();
    assert_eq!(browser.get(file).await.body, "line two");

    assert_eq!(
        browser.post(&format!("{from_letter}/works"), &[]).await.location(),
        from_letter
    );
    let solved = stand.ticket(number);
    assert_eq!(
        (solved.status, solved.solved_at),
        (Status::Solved, Some(stand.desk.now()))
    );
    assert!(
        stand.detail(number).solutions.is_empty(),
        "nobody's solution was made up"
    );
    assert_eq!(
        solved_by(stand, number),
        [Some(solved.requester)],
        "the log says who said so"
    );
    assert_eq!(
        (
            stand.closings_within(CLOSES_AFTER - 1),
            stand.closings_within(CLOSES_AFTER)
        ),
        (0, 1)
    );
    let again = browser.post(&format!("{from_letter}/works"), &[]).await;
    assert_eq!(again.location(), from_letter, "said twice");
    assert_eq!(solved_by(stand, number).len(), 1);

    let page = browser.get(&from_letter).await;
    assert!(page.has("/reopen") && !page.has("/works") && !page.has("reported lost") && page.is_said());
    assert_eq!(
        browser.post(&format!("{from_letter}/reopen"), &[]).await.location(),
        from_letter
    );
    assert_eq!(stand.ticket(number).status, Status::Open);
    assert!(browser.get(&from_letter).await.has("/works"));
    assert!(
        !browser.cookies.contains_key("__Host-firstline"),
        "a link to a request signs nobody in"
    );
}

#[tokio::test]
async fn an_answer_after_closing_opens_a_linked_request_and_leads_there() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "Scanner");
    stand.reply(number, "Clean the glass.");
    let keyed = stand.post()[0].path();
    stand.as_person(stand.cedar, move |tx, cx| desk::tickets::close(tx, cx, number));
    let mut browser = stand.browser();
    assert!(browser.get(&keyed).await.has("Your answer opens a new one"));
    let to = browser
        .send(&format!("{keyed}/answer"), &[("body", None, "It is back.")])
        .await
        .location()
        .to_string();
    assert_ne!(to, keyed);
    let page = browser.get(&to).await;
    assert!(page.has("It is back.") && page.has("#1002"));
    assert_eq!(stand.ticket(number).status, Status::Closed);
}
