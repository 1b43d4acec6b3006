//! One's own settings: in one's own frame, and with everything still in a form that was refused.

use axum::http::StatusCode;

use super::company::Company;

#[tokio::test]
async fn a_requester_has_his_settings_on_the_portal() {
    let company = Company::new();
    let his = company.get(company.payroll, "/me").await;
    assert_eq!(his.status, StatusCode::OK);
    assert!(his.has("class=\"portal\"") && his.has("action=\"/me/preferences\"") && his.has("action=\"/me/password\""));
    for desk in ["class=\"side\"", "/inbox/", "<script", "action=\"/me/tokens\""] {
        assert!(!his.has(desk), "{desk}");
    }
    assert!(
        company.get(company.payroll, "/en").await.has("href=\"/me\""),
        "a way there"
    );
    let hers = company.get(company.cedar, "/me").await;
    assert!(
        hers.has("class=\"side\"") && hers.has("action=\"/me/tokens\""),
        "the control"
    );
}

#[tokio::test]
async fn refused_preferences_come_back_as_they_were_typed() {
    let company = Company::new();
    for person in [company.cedar, company.payroll] {
        let fields = [("language", "fr"), ("theme", "dark"), ("zone", "America/Nowhere")];
        let back = company.post(person, "/me/preferences", &fields).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.has("value=\"fr\" lang=\"fr\" selected") && back.has("value=\"dark\" selected"));
        assert!(back.has("value=\"America/Nowhere\"") && back.has("<a href=\"#zone\">"));
        assert!(!back.has("name=\"single_keys\" value=\"on\" checked"));
    }
    let now = company.get(company.cedar, "/me").await;
    assert!(now.has("value=\"en\" lang=\"en\" selected"), "nothing was kept");
}

#[tokio::test]
async fn a_token_without_scopes_says_so_and_keeps_its_name() {
    let company = Company::new();
    let back = company
        .post(company.cedar, "/me/tokens", &[("name", "The backup script")])
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("value=\"The backup script\"") && back.has("<a href=\"#token-scopes\">"));
    assert!(back.has("<div id=\"scopes-help\"><p class=\"field-error\">"));
    assert!(back.has("name=\"read\" value=\"on\" aria-describedby=\"scopes-help\" aria-invalid=\"true\">"));
    let nameless = company
        .post(company.cedar, "/me/tokens", &[("name", ""), ("write", "on")])
        .await;
    assert!(nameless.has("<a href=\"#token-name\">") && nameless.has("name=\"write\" value=\"on\" checked"));
}
