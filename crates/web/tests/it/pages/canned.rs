//! Canned replies on their pages and beside the composer; the preview, what is pasted, and drafts on the ticket's page.

use axum::http::StatusCode;
use desk::canned::{self, NewCanned};
use desk::{CannedId, TeamId};

use super::company::Company;

fn add(company: &Company, word: &str, en: &str, fr: &str, team: Option<TeamId>) -> CannedId {
    let new = NewCanned {
        name: format!("About {word}"),
        word: word.into(),
        text_en: en.into(),
        text_fr: fr.into(),
        team,
    };
    company
        .as_person(company.admin, move |tx, cx| canned::add(tx, cx, &new))
        .unwrap()
}

#[tokio::test]
async fn the_list_says_what_is_still_to_be_written_and_hides_what_is_closed() {
    let company = Company::new();
    let empty = company.get(company.admin, "/admin/canned").await;
    assert!(empty.has("Write the first one"));
    add(&company, "vpn", "Hello", "", None);
    add(&company, "secret", "Marzipan", "Massepain", Some(company.private));
    let page = company.get(company.cedar, "/admin/canned").await;
    assert!(page.has("French is missing") && page.has("<code>/vpn</code>"));
    assert!(
        !page.has("secret") && !page.has("Inquiries"),
        "a closed team's are not there"
    );
    assert!(
        !page.has("/admin/canned/new"),
        "nowhere to put one: no team, no supervisor"
    );
    let member = company.get(company.larch, "/admin/canned").await;
    assert!(member.has("/secret") && member.has("Le français manque") && member.has("/admin/canned/new"));
}

#[tokio::test]
async fn an_unknown_variable_is_named_and_nothing_typed_is_cleared() {
    let company = Company::new();
    let fields = [
        ("name", "Hello"),
        ("word", "two words"),
        ("team", ""),
        ("text_en", "Hello {{surname}}"),
        ("text_fr", "Bonjour {{prénom}}"),
    ];
    let page = company.post(company.admin, "/admin/canned", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("does not know {{surname}}.") && page.has("does not know {{prénom}}."));
    assert!(
        page.has("<a href=\"#word\">") && page.has("value=\"two words\"") && page.has("Bonjour {{prénom}}</textarea>")
    );
    let kept = company
        .post(
            company.admin,
            "/admin/canned",
            &[
                ("name", "Hello"),
                ("word", "/Hello"),
                ("text_en", "Hello {{requester}}"),
            ],
        )
        .await;
    assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, "/admin/canned"));
}

#[tokio::test]
async fn the_form_shows_how_it_reads_and_keeps_nothing() {
    let company = Company::new();
    let fields = [
        ("name", "Hello"),
        ("word", "hello"),
        ("text_en", "Hello **{{requester}}** <script>"),
        ("text_fr", ""),
        ("then", "look"),
    ];
    let page = company.post(company.admin, "/admin/canned", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("<p>Hello <strong>Payroll office</strong>") && page.has("Not written in French yet."));
    assert!(!page.has("<script>\n") && page.has("value=\"hello\""));
    assert!(
        company
            .get(company.admin, "/admin/canned")
            .await
            .has("Write the first one")
    );
}

#[tokio::test]
async fn retiring_is_undone_by_its_toast_and_a_reader_gets_no_form() {
    let company = Company::new();
    let id = add(&company, "vpn", "Hello", "Bonjour", None);
    let read = company.get(company.cedar, &format!("/admin/canned/{id}")).await;
    assert!(read.has("Bonjour") && !read.has("<textarea"));
    let refused = company
        .post(company.cedar, &format!("/admin/canned/{id}/retire"), &[])
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let gone = company
        .post(company.admin, &format!("/admin/canned/{id}/retire"), &[])
        .await;
    let list = company.get(company.admin, gone.location()).await;
    assert!(list.has("class=\"toast\"") && list.has(&format!("action=\"/admin/canned/{id}/restore\"")));
    assert!(!company.get(company.cedar, gone.location()).await.has("class=\"toast\""));
    company
        .post(company.admin, &format!("/admin/canned/{id}/restore"), &[])
        .await;
    assert!(!company.get(company.admin, gone.location()).await.has("class=\"toast\""));
}

#[tokio::test]
async fn what_is_typed_is_answered_with_what_goes_in() {
    let company = Company::new();
    add(&company, "vpn", "Hello \"{{requester}}\"", "Bonjour", None);
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let secret = company.open(company.payroll, "VPN of the inquiry", |t| {
        t.team = Some(company.private);
    });
    desk::finding::catch_up(&company.desk).await.unwrap();
    let ask = async |q: &str| {
        let path = format!("/tickets/{number}/expand?by=reply&q={q}");
        company.get(company.cedar, &path).await
    };
    assert!(ask("/v").await.has("data-text=\"Hello &#34;Payroll office&#34;\""));
    assert!(ask("/zzz").await.body.trim().is_empty());
    assert!(ask("%40lar").await.has("data-text=\"@Larch\""));
    for typed in [format!("%23{secret}"), "%23vpn".into(), "%23".into()] {
        assert!(
            !ask(&typed).await.has("inquiry"),
            "{typed}: a closed team's ticket is not offered"
        );
    }
    let other = company.open(company.payroll, "Scanner", |_| {});
    assert!(
        ask(&format!("%23{other}"))
            .await
            .has(&format!("data-text=\"#{other}\""))
    );
    assert!(
        ask("%23").await.has("Scanner"),
        "the requester's own before anything is typed"
    );
    let hidden = company
        .get(company.cedar, &format!("/tickets/{secret}/expand?q=/"))
        .await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_in_words_is_a_link_and_tells_nothing() {
    let company = Company::new();
    let secret = company.open(company.payroll, "Marzipan", |t| t.team = Some(company.private));
    let number = company.open(company.payroll, "VPN drops", |_| {});
    company.reply(company.cedar, number, &format!("As in #{secret} and `#{secret}`."));
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has(&format!(
        "As in <a class=\"link\" href=\"/tickets/{secret}\">#{secret}</a> and <code>#{secret}</code>."
    )));
    assert!(!page.has("Marzipan"));
}

#[tokio::test]
async fn a_draft_stands_on_its_writers_page_until_it_is_sent() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let fields = [("kind", "note"), ("body", "Half a <note>")];
    let kept = company
        .post(company.cedar, &format!("/tickets/{number}/draft"), &fields)
        .await;
    assert_eq!(kept.status, StatusCode::OK);
    let at = format!("data-draft=\"Half a &#60;note&#62;\" data-draft-at=\"{}\"", kept.body);
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has(&at), "{at}");
    assert!(
        !company
            .get(company.admin, &format!("/tickets/{number}"))
            .await
            .has("Half a")
    );
    company
        .send(
            company.cedar,
            &format!("/tickets/{number}/notes"),
            &[("body", None, "A whole note."), ("then", None, "")],
        )
        .await;
    let sent = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(!sent.has("Half a") && sent.has("data-draft=\"\" data-draft-at=\"0\""));
}
