//! A key that signs what leaves: made, shown with its record, switched on and off, removed.

use axum::http::StatusCode;
use desk::mailboxes::{MailboxFields, boxes};

use super::company::{Answer, Company};
use super::look::check;

const HERE: &str = "/admin/channels/signing";

async fn done(company: &Company, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = company.post(company.admin, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    company.get(company.admin, answer.location()).await
}

#[tokio::test]
async fn a_key_is_made_published_and_switched_on() {
    let company = Company::new();
    company
        .as_person(company.admin, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@signed.example"))
        })
        .unwrap();
    let domain = ("domain", "signed.example");
    let page = company.get(company.admin, HERE).await;
    assert!(page.has("signed.example") && page.has("Make a key"), "{}", page.body);
    let page = done(&company, HERE, &[domain]).await;
    assert!(page.has("._domainkey.signed.example") && page.has("v=DKIM1; k=rsa; p="));
    assert!(page.has("Letters are not signed") && !page.has("PRIVATE KEY"));
    assert!(page.has("The key is deleted for good") && page.has("Leave the record in the DNS for a week"));
    check(&page, HERE, "en-CA");
    let again = company.post(company.admin, HERE, &[domain]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("This domain has a key already."));
    let switch = format!("{HERE}/switch");
    assert!(
        done(&company, &switch, &[domain, ("on", "true")])
            .await
            .has("Letters are signed")
    );
    assert!(
        done(&company, &switch, &[domain, ("on", "false")])
            .await
            .has("Letters are not signed")
    );
    let page = done(&company, &format!("{HERE}/remove"), &[domain]).await;
    assert!(!page.has("_domainkey"));
    let log = company.get(company.admin, "/admin/audit").await;
    assert!(log.has("Key for signing made") && log.has("Signing switched off"));
}

#[tokio::test]
async fn a_domain_that_is_not_ours_has_no_key() {
    let company = Company::new();
    for path in ["", "/switch", "/remove"] {
        let fields = [("domain", "there.example"), ("on", "true")];
        let fields = if path == "/switch" { &fields[..] } else { &fields[..1] };
        let answer = company.post(company.admin, &format!("{HERE}{path}"), fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(company.get(company.cedar, HERE).await.status, StatusCode::NOT_FOUND);
}
