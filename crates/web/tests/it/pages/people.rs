//! The forms of a person: what is refused stands at its field, and a merge can be undone where it was made.

use axum::http::StatusCode;
use desk::access::Role;
use desk::people::{self, NewPerson};

use super::company::Company;

#[tokio::test]
async fn a_merge_is_undone_by_the_toast_and_by_the_page() {
    let company = Company::new();
    let (gone, kept) = (company.payroll, company.registry);
    let merged = company
        .post(
            company.cedar,
            &format!("/people/{gone}/merge"),
            &[("into", "registry@cedar.example")],
        )
        .await;
    assert_eq!(
        (merged.status, merged.location()),
        (StatusCode::SEE_OTHER, format!("/people/{kept}?merged={gone}").as_str())
    );
    let undo = format!("action=\"/people/{gone}/unmerge\"");
    let page = company.get(company.cedar, merged.location()).await;
    assert!(page.has("class=\"toast\"") && page.body.matches(&undo).count() == 2);
    let later = company.get(company.cedar, &format!("/people/{kept}")).await;
    assert!(!later.has("class=\"toast\"") && later.has(&undo), "later too");
    let back = company
        .post(company.cedar, &format!("/people/{gone}/unmerge"), &[])
        .await;
    assert_eq!(back.location(), format!("/people/{gone}"));
    assert!(
        company
            .get(company.cedar, back.location())
            .await
            .has("payroll@cedar.example")
    );
    assert!(!company.get(company.cedar, &format!("/people/{kept}")).await.has(&undo));
}

#[tokio::test]
async fn every_refusal_of_a_person_stands_at_its_field() {
    let company = Company::new();
    let fields = [("name", "Front counter"), ("address", ""), ("phone", "x")];
    let wrong = "id=\"phone-help\"><p class=\"field-error\">";
    let new = company.post(company.cedar, "/people", &fields).await;
    assert_eq!(new.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(new.has(wrong) && new.has("<a href=\"#phone\">") && new.has("value=\"Front counter\""));
    let path = format!("/people/{}", company.payroll);
    let changed = company.post(company.cedar, &path, &fields).await;
    assert!(changed.has(wrong) && changed.has("value=\"x\""));
    let into = [("into", "nobody@nowhere.example")];
    let merge = company.post(company.cedar, &format!("{path}/merge"), &into).await;
    assert_eq!(merge.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(merge.has("value=\"nobody@nowhere.example\"") && merge.has("<a href=\"#into\">"));
}

#[tokio::test]
async fn a_role_that_cannot_be_given_says_why_on_the_page() {
    let company = Company::new();
    let nameless = company
        .as_person(company.admin, |tx, cx| {
            people::add(tx, cx, &NewPerson::new("Front counter", "", Role::Requester))
        })
        .unwrap();
    let asked = [("role", "technician")];
    let back = company
        .post(company.admin, &format!("/people/{nameless}/role"), &asked)
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("Staff sign in by their mail address.") && back.has("id=\"role-help\"><p class=\"field-error\">"));
    assert!(
        back.has("value=\"technician\" selected"),
        "what was chosen stays chosen"
    );
    let last = company
        .post(
            company.admin,
            &format!("/people/{}/role", company.admin),
            &[("role", "technician")],
        )
        .await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert!(last.has("This is the last administrator.") && last.has("class=\"summary\""));
}

#[tokio::test]
async fn a_callers_number_that_is_none_leads_to_its_field() {
    let company = Company::new();
    let form = [
        ("channel", None, "phone"),
        ("name", None, "Front counter"),
        ("contact", None, "x"),
        ("subject", None, "No sound"),
    ];
    let back = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("<a href=\"#address\">") && !back.has("#phones"));
    assert!(back.has("aria-describedby=\"address-wrong\"") && back.has("id=\"address-wrong\""));
}
