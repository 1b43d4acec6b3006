//! While one asks: what was answered before, and the requests of colleagues.

use axum::http::StatusCode;
use desk::finding;
use desk::organizations::{self, NewOrganization};
use desk::people::{self, EditPerson};

use super::stand::{LANGUAGES, Stand};

async fn index(stand: &Stand) {
    finding::catch_up(&stand.desk).await.unwrap();
}

#[tokio::test]
async fn ones_own_earlier_request_appears_and_nobody_elses() {
    let stand = Stand::new();
    let number = stand.open(stand.payroll, "The scanner <hums>");
    stand.reply(number, "Clean the glass of the scanner.");
    stand.note(number, "Marzipan in the tray.");
    index(&stand).await;
    for lang in LANGUAGES {
        let path = format!("/{lang}/ask/answers?q=my%20scanner%20hums%20again");
        let page = stand.signed_in(stand.payroll).get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.has(&format!("href=\"/{lang}/requests/{number}\"")),
            "{}",
            page.body
        );
        assert!(page.has("Clean the glass") && page.has("<mark>scanner</mark>") && page.has("&#60;"));
        assert!(page.is_said() && !page.has("<html"));
        for (browser, who) in [
            (stand.signed_in(stand.registry), "another"),
            (stand.browser(), "a stranger"),
        ] {
            let mut browser = browser;
            let page = browser.get(&path).await;
            assert!(
                page.status == StatusCode::OK && page.body.trim().is_empty(),
                "{who}: {}",
                page.body
            );
        }
        let by_note = format!("/{lang}/ask/answers?q=marzipan%20tray");
        assert!(
            stand
                .signed_in(stand.payroll)
                .get(&by_note)
                .await
                .body
                .trim()
                .is_empty(),
            "a note is no answer"
        );
        let nothing = format!("/{lang}/ask/answers");
        assert!(
            stand
                .signed_in(stand.payroll)
                .get(&nothing)
                .await
                .body
                .trim()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn whoever_is_signed_in_has_a_place_for_answers_and_a_stranger_no_script() {
    let stand = Stand::new();
    let page = stand.signed_in(stand.payroll).get("/en/ask").await;
    assert!(page.has("aria-live=\"polite\"") && page.has("/js/portal.js\""));
    let page = stand.browser().get("/en/ask").await;
    assert!(!page.has("aria-live") && !page.has("<script"));
}

#[tokio::test]
async fn the_list_of_colleagues_has_theirs_with_who_asked_and_not_ones_own() {
    let stand = Stand::new();
    let (payroll, registry) = (stand.payroll, stand.registry);
    let (theirs, mine) = (stand.open(payroll, "Scanner"), stand.open(registry, "My badge"));
    let list = "/en/requests?of=organization";
    let before = stand.signed_in(registry).get(list).await;
    assert!(
        !before.has("Scanner") && before.has("My badge"),
        "the control: nothing is shared"
    );
    assert!(!before.has("My colleagues’"));
    stand.write(move |tx, cx| {
        let new = NewOrganization {
            name: "County".into(),
            shares_requests: true,
            ..NewOrganization::default()
        };
        let id = organizations::add(tx, cx, &new)?;
        for person in [payroll, registry] {
            let edit = EditPerson {
                organization: Some(Some(id)),
                ..EditPerson::default()
            };
            people::edit(tx, cx, person, &edit)?;
        }
        Ok(())
    });
    let (theirs, mine) = (theirs.0.max(stand.open(payroll, "Second scanner").0), mine);
    let page = stand.signed_in(registry).get(list).await;
    assert!(
        page.has("Second scanner") && page.has("Payroll office") && !page.has("My badge"),
        "{mine}"
    );
    assert!(page.has("My colleagues’") && page.is_said());
    let page = stand.signed_in(registry).get(&format!("/en/requests/{theirs}")).await;
    assert!(page.has("Asked by Payroll office") && page.has("/en/requests?of=organization"));
    assert!(!page.has("<textarea") && !page.has("How did it go?"));
    let own = stand.signed_in(payroll).get(list).await;
    assert!(own.has("Your colleagues have asked nothing yet.") || !own.has("Second scanner"));
}
