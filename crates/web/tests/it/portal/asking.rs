//! The form: what is refused, what comes back, and that nobody learns from it which addresses are known.

use axum::http::StatusCode;
use desk::people;

use super::stand::Stand;

const GOOD: [(&str, Option<&str>, &str); 4] = [
    ("subject", None, "Printer"),
    ("body", None, "No paper"),
    ("name", None, "Someone"),
    ("address", None, "new@county.example"),
];

fn with<'a>(field: &'a str, text: &'a str) -> Vec<(&'a str, Option<&'a str>, &'a str)> {
    GOOD.iter()
        .map(|part| if part.0 == field { (field, None, text) } else { *part })
        .collect()
}

#[tokio::test]
async fn a_refused_form_comes_back_whole() {
    let stand = Stand::new();
    for (lang, words) in [("en", "Write something here."), ("fr", "crivez quelque chose ici.")] {
        for (field, bad) in [
            ("subject", " "),
            ("body", "\r\n"),
            ("name", ""),
            ("address", "not an address"),
        ] {
            let mut parts = with(field, bad);
            parts.push(("files", Some("a.txt"), "x"));
            let back = stand.browser().send(&format!("/{lang}/ask"), &parts).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                back.has("class=\"summary\"") && back.has(&format!("<a href=\"#{field}\">")),
                "{field}"
            );
            assert!(
                back.has(&format!("id=\"{field}-wrong\"")) && back.has("aria-invalid=\"true\""),
                "{field}"
            );
            assert!(back.has("<a href=\"#files\">"), "the files must be chosen again");
            assert!(
                back.is_said() && (field == "address" || back.has(words)),
                "{lang} {field}"
            );
            let kept = GOOD.iter().filter(|part| part.0 != field).all(|part| back.has(part.2));
            assert!(kept, "{field}: the other fields stay");
        }
    }
    assert!(stand.tickets().is_empty() && stand.post().is_empty());
    // The control: the same form with nothing wrong.
    assert_eq!(stand.browser().send("/en/ask", &GOOD).await.location(), "/en/asked");
    assert_eq!((stand.tickets().len(), stand.post().len()), (1, 1));
}

#[tokio::test]
async fn files_too_large_or_too_many_are_refused_by_name() {
    let stand = Stand::new();
    let mut browser = stand.signed_in(stand.payroll);
    let large = "x".repeat(25 * 1024 * 1024 + 1);
    let mut parts = GOOD.to_vec();
    parts.push(("files", Some("large.bin"), &large));
    let back = browser.send("/en/ask", &parts).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("id=\"files-wrong\"") && back.has("25 MiB") && back.has("No paper"));

    let mut parts = GOOD.to_vec();
    parts.extend((0..11).map(|_| ("files", Some("a.txt"), "x")));
    let back = browser.send("/en/ask", &parts).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("id=\"files-wrong\"") && back.has("10 fit"));
    assert!(stand.tickets().is_empty());

    parts.pop();
    assert!(
        browser
            .send("/en/ask", &parts)
            .await
            .location()
            .starts_with("/en/requests/")
    );
    assert_eq!(stand.detail(stand.tickets()[0].number).files.len(), 10);
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_answer() {
    let stand = Stand::new();
    let mut seen = Vec::new();
    for address in [
        "payroll@county.example",
        "cedar@desk.example",
        "nobody@elsewhere.example",
    ] {
        let mut browser = stand.browser();
        let answer = browser.send("/en/ask", &with("address", address)).await;
        let to = answer.location().to_string();
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        seen.push((answer.status, headers, to.clone(), browser.get(&to).await.body));
    }
    assert!(seen.iter().all(|each| *each == seen[0]), "{seen:?}");
    let to: Vec<String> = stand.post().into_iter().map(|l| l.to).collect();
    assert_eq!(
        to,
        [
            "payroll@county.example",
            "cedar@desk.example",
            "nobody@elsewhere.example"
        ]
    );
    // What a stranger calls somebody changes nothing of him.
    let payroll = stand.payroll;
    let person = stand.as_person(payroll, move |tx, cx| people::find_visible(tx, cx, payroll));
    assert_eq!(person.name, "Payroll office");
    assert!(stand.tickets().iter().all(|t| !t.confirmed));
}

#[tokio::test]
async fn too_many_forms_for_one_address_wait_and_keep_their_words() {
    let stand = Stand::new();
    for _ in 0..5 {
        assert_eq!(stand.browser().send("/en/ask", &GOOD).await.location(), "/en/asked");
    }
    let waits = stand.browser().send("/en/ask", &GOOD).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.has("No paper") && waits.has("value=\"Printer\"") && !waits.header("retry-after").is_empty());
    assert_eq!(stand.tickets().len(), 5);
    assert_eq!(stand.post().len(), 1, "one confirmation an hour for one address");
    // Another address from the same network is not held up by it.
    assert_eq!(
        stand
            .browser()
            .send("/en/ask", &with("address", "b@county.example"))
            .await
            .location(),
        "/en/asked"
    );
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken() {
    let stand = Stand::new();
    assert_eq!(
        stand.signed_in(stand.payroll).forged("/en/ask").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(stand.tickets().is_empty());
}

#[tokio::test]
async fn whoever_is_signed_in_asks_for_himself() {
    let stand = Stand::new();
    let mut browser = stand.signed_in(stand.payroll);
    let page = browser.get("/fr/ask?q=Mon+%C3%A9cran").await;
    assert!(
        page.has("value=\"Mon écran\"") && !page.has("name=\"address\""),
        "he is known"
    );
    // Another address typed into the form anyway changes nothing.
    let to = browser
        .send("/fr/ask", &with("address", "registry@county.example"))
        .await
        .location()
        .to_string();
    assert_eq!(to, "/fr/requests/1001");
    let ticket = stand.ticket(desk::TicketNumber(1001));
    assert_eq!((ticket.requester, ticket.confirmed), (stand.payroll, true));
    assert_eq!(ticket.channel, desk::tickets::Channel::Portal);
    assert_eq!(stand.post()[0].to, "payroll@county.example");
    assert!(browser.get(&to).await.has("No paper"));
}

#[tokio::test]
async fn a_network_that_sends_too_many_forms_waits_and_keeps_its_words() {
    let stand = Stand::new();
    let mut last = None;
    for n in 0..21 {
        last = Some(
            stand
                .browser()
                .send("/fr/ask", &with("address", &format!("n{n}@county.example")))
                .await,
        );
    }
    let waits = last.unwrap();
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.has("No paper") && waits.has("value=\"n20@county.example\"") && waits.is_said());
    assert_eq!(stand.tickets().len(), 20);
    assert!(
        stand
            .signed_in(stand.payroll)
            .send("/fr/ask", &GOOD)
            .await
            .location()
            .starts_with("/fr/requests/")
    );
}
