//! A mailbox on its page: where it is fetched, what is refused, its rules, its account.

use axum::http::StatusCode;
use desk::mailboxes::{MailboxFields, boxes};

use super::company::Company;

fn mailbox(company: &Company) -> String {
    let id = company
        .as_person(company.admin, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
        })
        .unwrap();
    format!("/admin/channels/{id}")
}

const SOURCE: [(&str, &str); 9] = [
    ("protocol", "imap"),
    ("host", "mail.example.org"),
    ("port", ""),
    ("protection", "implicit"),
    ("sign_in", "password"),
    ("user_name", "help@desk.example"),
    ("secret", "two quiet rivers"),
    ("folder", "INBOX"),
    ("afterwards", "seen"),
];

fn with(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let usual = SOURCE
        .iter()
        .filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    usual.chain(changed).copied().collect()
}

#[tokio::test]
async fn a_server_is_set_and_its_password_is_never_shown_again() {
    let company = Company::new();
    let page = mailbox(&company);
    let blank = company.get(company.admin, &format!("{page}/source")).await;
    assert!(blank.has("value=\"help@desk.example\"") && blank.has("value=\"INBOX\""));
    let saved = company.post(company.admin, &format!("{page}/source"), &SOURCE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let shown = company.get(company.admin, saved.location()).await;
    assert!(shown.has("IMAP, mail.example.org:993") && shown.has("Saved"));
    let again = company.get(company.admin, &format!("{page}/source")).await;
    assert!(again.has("the one that is kept stays") && !again.has("quiet rivers"));
    let elsewhere = with(&[("host", "evil.example"), ("secret", "")]);
    let refused = company.post(company.admin, &format!("{page}/source"), &elsewhere).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Give the password again") && refused.has("value=\"evil.example\""));
    let gone = company.post(company.admin, &format!("{page}/source/remove"), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(
        company
            .get(company.admin, &page)
            .await
            .has("A mail server hands them to this desk")
    );
}

#[tokio::test]
async fn what_cannot_work_is_refused_in_words_and_nothing_typed_is_lost() {
    let company = Company::new();
    let page = format!("{}/source", mailbox(&company));
    for (changed, words) in [
        (("host", "https://mail.example.org"), "name of the mail server only"),
        (("port", "99999"), "A port is a number"),
        (("protection", "none"), "the password would travel in the clear"),
        (("afterwards", "move"), "Say which folder"),
        (("secret", ""), "Enter the password"),
        (("sign_in", "google"), "Enter the client ID"),
        (("renew_by", "soon"), "year, month and day"),
    ] {
        let refused = company.post(company.admin, &page, &with(&[changed])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{changed:?}");
        assert!(refused.has(words), "{changed:?}: {words}");
        assert!(refused.has("value=\"help@desk.example\""), "{changed:?}");
        assert!(!refused.has("quiet rivers"), "{changed:?} shows the password");
    }
}

#[tokio::test]
async fn rules_and_quiet_hours_are_kept_and_refused_where_they_stand() {
    let company = Company::new();
    let page = mailbox(&company);
    let nothing = [("field", "subject"), ("holds", "newsletter")];
    let refused = company.post(company.admin, &format!("{page}/rules"), &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Say what the rule does") && refused.has("#rule_team") && refused.has("value=\"newsletter\""));
    let record = [("field", "subject"), ("holds", "newsletter"), ("only_record", "on")];
    let added = company.post(company.admin, &format!("{page}/rules"), &record).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let shown = company.get(company.admin, &page).await;
    assert!(shown.has("newsletter") && shown.has("Only record it: no ticket"));
    assert!(shown.has("Nothing was handed over yet"));
    let hours = company
        .post(company.admin, &format!("{page}/quiet"), &[("hours", "soon")])
        .await;
    assert_eq!(hours.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hours.has("value=\"soon\""), "what was typed stays");
    let kept = company
        .post(company.admin, &format!("{page}/quiet"), &[("hours", "12")])
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert!(company.get(company.admin, &page).await.has("value=\"12\""));
}

#[tokio::test]
async fn a_mailbox_of_a_provider_is_sent_there_and_says_what_to_register() {
    let company = Company::new();
    company
        .as_person(company.admin, |tx, _| {
            desk::house::put(tx, "public-url", "https://desk.example")
        })
        .unwrap();
    company.desk.reload_house().await.unwrap();
    let page = mailbox(&company);
    let microsoft = with(&[("sign_in", "microsoft"), ("client", "our-application")]);
    company.post(company.admin, &format!("{page}/source"), &microsoft).await;
    assert!(
        company
            .get(company.admin, &format!("{page}/source"))
            .await
            .has("/admin/channels/connected")
    );
    let there = company.get(company.admin, &format!("{page}/connect")).await;
    assert_eq!(there.status, StatusCode::SEE_OTHER);
    let address = there.location();
    assert!(
        address.starts_with("https://login.microsoftonline.com/common/"),
        "{address}"
    );
    assert!(
        address.contains("client_id=our-application") && !address.contains("quiet"),
        "{address}"
    );
    let back = company
        .get(company.admin, "/admin/channels/connected?code=c&state=s")
        .await;
    assert!(back.has("Finish connecting") && back.has("value=\"c\""));
    let denied = company
        .get(company.admin, "/admin/channels/connected?error=access_denied")
        .await;
    assert!(
        denied.has("said no, or may not say yes") && denied.has("access_denied") && denied.has("Nothing was changed")
    );
    let silent = company.get(company.admin, "/admin/channels/connected").await;
    assert!(silent.has("Begin on the page of the mailbox"));
    let stale = company
        .post(
            company.admin,
            "/admin/channels/connected",
            &[("code", "c"), ("state", "s")],
        )
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.has("Begin again on the page of the mailbox"));
}

const SENDING: [(&str, &str); 6] = [
    ("host", "smtp.example.org"),
    ("port", ""),
    ("protection", "starttls"),
    ("sign_in", "password"),
    ("user_name", "help@desk.example"),
    ("secret", "two quiet rivers"),
];

#[tokio::test]
async fn a_mailbox_gets_a_way_out_of_its_own_and_loses_it_again() {
    let company = Company::new();
    let page = mailbox(&company);
    assert!(company.get(company.admin, &page).await.has(&format!("{page}/sending")));
    let there = format!("{page}/sending");
    let blank = company.get(company.admin, &there).await;
    assert!(blank.has("value=\"help@desk.example\"") && blank.has("leave as all others of this desk do"));
    let saved = company.post(company.admin, &there, &SENDING).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let again = company.get(company.admin, &there).await;
    assert!(again.has("value=\"587\"") && again.has("the one that is kept stays") && !again.has("quiet rivers"));
    for (changed, words) in [
        (("host", "evil.example"), "Give the password again"),
        (("protection", "none"), "the password would travel in the clear"),
        (("sign_in", "connected"), "nothing to sign in with"),
    ] {
        let fields: Vec<_> = SENDING
            .iter()
            .map(|(name, value)| match *name {
                name if name == changed.0 => changed,
                "secret" => ("secret", ""),
                name => (name, *value),
            })
            .collect();
        let refused = company.post(company.admin, &there, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{changed:?}");
        assert!(refused.has(words) && refused.has(changed.1), "{changed:?}: {words}");
    }
    let gone = company.post(company.admin, &format!("{there}/remove"), &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(
        company
            .get(company.admin, &there)
            .await
            .has("leave as all others of this desk do")
    );
}

#[tokio::test]
async fn a_desk_whose_mailbox_has_its_own_way_out_is_not_called_mute() {
    let company = Company::new();
    let there = format!("{}/sending", mailbox(&company));
    for (own, deed) in [(false, ""), (true, there.as_str()), (false, &format!("{there}/remove"))] {
        if !deed.is_empty() {
            let fields = if own { &SENDING[..] } else { &[] };
            assert_eq!(
                company.post(company.admin, deed, fields).await.status,
                StatusCode::SEE_OTHER
            );
        }
        let state = company.get(company.admin, "/admin").await;
        assert_eq!(state.has("Letters cannot leave"), !own, "{deed}");
        let channels = company.get(company.admin, "/admin/channels").await;
        assert_eq!(channels.has("no mail server: letters wait"), !own, "{deed}");
        assert_eq!(
            channels.has("letters leave only from mailboxes with a way out of their own"),
            own
        );
    }
}

#[tokio::test]
async fn a_rule_is_changed_turned_removed_and_put_back() {
    let company = Company::new();
    let page = mailbox(&company);
    assert!(company.get(company.admin, &page).await.has("No rule yet"));
    for holds in ["newsletter", "invoice"] {
        let rule = [("field", "subject"), ("holds", holds), ("only_record", "on")];
        company.post(company.admin, &format!("{page}/rules"), &rule).await;
    }
    let own = format!("{page}/rules/1");
    let shown = company.get(company.admin, &own).await;
    assert!(shown.has("value=\"newsletter\"") && shown.has("checked"));
    let nothing = [("field", "sender"), ("holds", "bulletin")];
    let refused = company.post(company.admin, &own, &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Say what the rule does") && refused.has("value=\"bulletin\""));
    let changed = [("field", "sender"), ("holds", "bulletin"), ("priority", "low")];
    let saved = company.post(company.admin, &own, &changed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    company.post(company.admin, &format!("{page}/rules/2/up"), &[]).await;
    let order = |text: &str| Some((text.find("invoice")?, text.find("bulletin")?));
    let shown = company.get(company.admin, &page).await;
    let (invoice, bulletin) = order(&shown.body).unwrap();
    assert!(invoice < bulletin, "the second is asked first now");
    let gone = company
        .post(company.admin, &format!("{page}/rules/2/remove"), &[])
        .await;
    let event = gone
        .location()
        .split("gone=")
        .nth(1)
        .unwrap()
        .trim_end_matches("#rules")
        .to_string();
    let said = company.get(company.admin, gone.location()).await;
    assert!(said.has("The rule was removed.") && !said.has("invoice"));
    let restore = format!("{page}/rules/restore");
    company.post(company.admin, &restore, &[("event", &event)]).await;
    let shown = company.get(company.admin, &page).await;
    let (invoice, bulletin) = order(&shown.body).unwrap();
    assert!(invoice < bulletin, "in its place");
    let twice = company.post(company.admin, &restore, &[("event", &event)]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}
