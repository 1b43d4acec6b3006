//! What requesters see while something is wrong: the banner, "me too", and the public status page.

use axum::http::StatusCode;
use desk::OutageNumber;
use desk::outages::{self, Effect, Hit, NewOutage, Phase, Told};
use desk::services::{self, NewService};
use desk::words::Both;

use super::stand::{LANGUAGES, Stand};

fn outage(stand: &Stand, title: Both) -> OutageNumber {
    let cedar = stand.cedar;
    let mail = stand.write(move |tx, cx| {
        let mail = NewService {
            name: Both::new("Mail", "Courriel"),
            shown: true,
            ..NewService::default()
        };
        services::add(tx, cx, &mail)
    });
    stand.as_person(cedar, move |tx, cx| {
        let new = NewOutage {
            title,
            words: Both::new("We look <into> it.", ""),
            note: "Secret: the pager.".into(),
            services: vec![Hit {
                service: mail,
                effect: Effect::Down,
            }],
            ..NewOutage::default()
        };
        Ok(outages::open(tx, cx, &new)?.number)
    })
}

#[tokio::test]
async fn the_banner_stands_on_the_portal_and_says_what_is_not_translated() {
    let stand = Stand::new();
    let before = stand.browser().get("/fr").await;
    assert!(!before.has("me-too") && !before.has("panne"));
    let number = outage(&stand, Both::new("Mail is down", "Courriel en panne"));
    for place in ["", "/ask"] {
        let page = stand.browser().get(&format!("/fr{place}")).await;
        assert!(page.has("Courriel en panne") && page.is_said(), "{place}");
        assert!(page.has("<p lang=\"en-CA\">We look &#60;into&#62; it.</p>"));
        assert!(page.has("Pas encore traduit.") && !page.has("Secret") && !page.has("Cedar"));
        assert!(
            page.has("/fr/sign-in") && !page.has("me-too"),
            "nobody is counted unnamed"
        );
    }
    let english = stand.browser().get("/en").await;
    assert!(english.has("Mail is down") && !english.has("Not yet translated"));
    let mut browser = stand.signed_in(stand.payroll);
    let path = format!("/en/outages/{number}");
    assert!(browser.get("/en").await.has(&format!("{path}/me-too")));
    let pressed = browser.post(&format!("{path}/me-too"), &[]).await;
    assert_eq!(pressed.location(), "/en");
    let page = browser.get("/en").await;
    assert!(page.has("You are counted.") && page.has("1 person says") && page.has(&format!("{path}/not-me")));
    let other = stand.signed_in(stand.registry).get("/en").await;
    assert!(other.has("1 person says") && other.has(&format!("{path}/me-too")));
    browser.post(&format!("{path}/not-me"), &[]).await;
    assert!(browser.get("/en").await.has("nobody else yet"));
}

#[tokio::test]
async fn the_status_page_is_the_same_for_everybody_and_may_be_kept_for_a_moment() {
    let stand = Stand::new();
    let well = stand.browser().get("/en/status").await;
    assert!(well.has("Everything is working") && well.has("No outage."));
    let number = outage(&stand, Both::new("Mail is down", ""));
    for lang in LANGUAGES {
        let path = format!("/{lang}/status");
        let page = stand.browser().get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("cache-control").starts_with("public, max-age=30"));
        assert!(!page.headers.contains_key("set-cookie"));
        assert!(page.has("Mail is down") && page.has("We look &#60;into&#62; it.") && page.is_said());
        assert!(!page.has("Secret") && !page.has("Cedar") && !page.has("Everything is working"));
        let signed_in = stand.signed_in(stand.payroll).get(&path).await;
        assert_eq!(signed_in.body, page.body, "a kept page is nobody's own");
    }
    let french = stand.browser().get("/fr/status").await;
    assert!(french.has("Pas encore traduit.") && french.has("<h3 lang=\"en-CA\">Mail is down</h3>"));
    assert!(french.has("hreflang=\"en\" href=\"/en/status\""));
    stand.as_person(stand.cedar, move |tx, cx| {
        let told = Told {
            phase: Phase::Over,
            words: Both::new("Mail works.", "Le courriel fonctionne."),
        };
        outages::tell(tx, cx, number, &told)
    });
    let after = stand.browser().get("/fr/status").await;
    assert!(after.has("Le courriel fonctionne.") && after.has("Terminée") && after.has("Tout fonctionne"));
    assert!(!stand.browser().get("/fr").await.has("Mail is down"));
}
