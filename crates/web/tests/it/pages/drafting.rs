//! Drafts on the pages: nothing of them while they are off, the whole way once they are on, and what a server says wrong.

#[path = "../../../../desk/tests/it/drafting/server.rs"]
mod server;

use axum::http::StatusCode;
use desk::tickets::{self, Solution};
use desk::{TicketNumber, finding};

use self::server::{Says, Server};
use super::company::Company;

const KEY: &str = "sk-two-quiet-rivers";
const STEPS: &str = "Put the corrected driver on the laptop and restart it.";

/// A ticket that was solved, and a new one like it.
async fn two(company: &Company) -> (i64, i64) {
    let old = company.open(company.payroll, "VPN tunnel drops when the laptop sleeps", |new| {
        new.body = "The tunnel drops every few minutes, code 0x800704C9.".into();
    });
    let solution = Solution {
        steps: STEPS.into(),
        ..Solution::default()
    };
    let solve = move |tx: &mut desk::Write, cx: &desk::Context| tickets::solve(tx, cx, old, &solution).map(drop);
    company.as_person(company.cedar, solve).unwrap();
    let new = company.open(company.registry, "VPN tunnel drops", |new| {
        new.body = "Since the update the tunnel drops every few minutes (0x800704c9).".into();
    });
    finding::catch_up(&company.desk).await.unwrap();
    (old.0, new.0)
}

async fn set(company: &Company, server: &Server, on: &str) {
    let address = server.address();
    let fields = [("on", on), ("address", &address), ("model", "small"), ("key", KEY)];
    let kept = company.post(company.admin, "/admin/drafting", &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
}

#[tokio::test]
async fn nothing_of_it_shows_until_it_is_switched_on() {
    let (company, server) = (Company::reaching_here(), Server::saying(Says::Words("Restart it [1].")));
    let (old, new) = two(&company).await;
    let pages = [format!("/tickets/{new}"), format!("/tickets/{new}/likely")];
    let (cedar, number) = (company.cedar, TicketNumber(new));
    let assigned = company.as_person(cedar, move |tx, cx| tickets::assign(tx, cx, number, cedar));
    assert!(assigned.is_ok(), "there is something to summarize");
    let summary = format!("/tickets/{new}/summary");
    let shown = async |words: &str| {
        let mut shown = false;
        for page in &pages {
            shown |= company.get(company.cedar, page).await.has(words);
        }
        shown
    };
    assert!(!shown("/drafted").await && !shown(&summary).await);
    let sources = format!("ticket-{old}");
    for (path, fields) in [("drafted", vec![("sources", sources.as_str())]), ("summary", vec![])] {
        let off = company
            .post(company.cedar, &format!("/tickets/{new}/{path}"), &fields)
            .await;
        assert!(
            off.status == StatusCode::CONFLICT && off.has("Drafts are switched off"),
            "{}",
            off.body
        );
    }
    set(&company, &server, "no").await;
    assert!(!shown("/drafted").await && !shown(&summary).await);
    assert_eq!(server.connections(), 0);
    set(&company, &server, "yes").await;
    assert!(shown(&summary).await, "control");
    assert!(shown("/drafted").await, "control");
    assert!(
        shown(&format!("value=\"ticket-{old} \"")).await,
        "with the sources that are shown"
    );
}

#[tokio::test]
async fn a_draft_comes_with_its_sources_and_waits_for_a_press() {
    let (company, server) = (Company::reaching_here(), Server::saying(Says::Nothing));
    let (old, new) = two(&company).await;
    set(&company, &server, "yes").await;
    server.says(Says::Words(
        "Hello, restart it [1]. <img src=x onerror=alert(1)> https://evil.example/ [4]",
    ));
    let sources = format!("ticket-{old} marzipan ticket-987654");
    let path = format!("/tickets/{new}/drafted");
    let drafted = company.post(company.cedar, &path, &[("sources", &sources)]).await;
    assert_eq!(drafted.status, StatusCode::OK);
    assert!(
        drafted.has(&format!("<turbo-frame id=\"drafted-{new}\">")),
        "{}",
        drafted.body
    );
    assert!(drafted.has("Use these words") && drafted.has(&format!("#{old} VPN tunnel drops when the laptop sleeps")));
    assert!(drafted.has("data-lend=\"Hello, restart it. ‹img"), "{}", drafted.body);
    assert!(drafted.has("One citation named no source") && drafted.has("One link stood in no source"));
    assert!(!drafted.has("<img") && !drafted.has("evil.example"));
    let asked = server.asked().remove(0);
    assert!(asked.contains(STEPS) && !asked.contains("Registry"), "{asked}");
    let ticket = company.get(company.cedar, &format!("/tickets/{new}")).await;
    assert!(!ticket.has("Hello, restart it"), "nowhere but in the answer");
    server.says(Says::Words("Restart it."));
    let french = company.post(company.larch, &path, &[("sources", &sources)]).await;
    assert!(
        french.has("Utiliser ces mots") && french.has("Rien n’est cité"),
        "{}",
        french.body
    );
    let gone = company
        .post(company.cedar, &path, &[("sources", "ticket-987654")])
        .await;
    assert!(gone.status == StatusCode::UNPROCESSABLE_ENTITY && gone.has("Open the ticket again"));
}

#[tokio::test]
async fn what_goes_wrong_is_told_with_its_cause_and_what_to_do() {
    let (company, server) = (Company::reaching_here(), Server::saying(Says::Nothing));
    let (old, new) = two(&company).await;
    set(&company, &server, "yes").await;
    let echo = format!(r#"{{"error":{{"message":"Wrong key <b>{KEY}</b>"}}}}"#);
    server.says(Says::Body("401 No", echo));
    let sources = format!("ticket-{old}");
    let path = format!("/tickets/{new}/drafted");
    let wrong = company.post(company.cedar, &path, &[("sources", &sources)]).await;
    assert!(
        wrong.has("does not let the desk in") && wrong.has("gives the key again"),
        "{}",
        wrong.body
    );
    assert!(
        wrong.has("401 Wrong key &#60;b&#62;***&#60;/b&#62;") && !wrong.has("quiet"),
        "{}",
        wrong.body
    );
    let french = company.post(company.larch, &path, &[("sources", &sources)]).await;
    assert!(french.has("ne laisse pas entrer le centre"));
}

#[tokio::test]
async fn a_summary_leads_to_the_messages() {
    let (company, server) = (
        Company::reaching_here(),
        Server::saying(Says::Words("The tunnel drops [1].")),
    );
    let (_, new) = two(&company).await;
    set(&company, &server, "yes").await;
    let summary = company
        .post(company.cedar, &format!("/tickets/{new}/summary"), &[])
        .await;
    assert!(
        summary.has("The tunnel drops [1].") && summary.has("Registry, "),
        "{}",
        summary.body
    );
    assert!(summary.has(&format!("/tickets/{new}?all=true#m")) && !summary.has("Use these words"));
}

#[tokio::test]
async fn an_administrator_tries_it_and_the_key_never_comes_back() {
    let (company, server) = (Company::reaching_here(), Server::saying(Says::Words("I am ready.")));
    let blank = company.get(company.admin, "/admin/drafting").await;
    assert!(blank.has("Off: no server is asked") && !blank.has("/admin/drafting/try"));
    let wrong = [
        ("on", "yes"),
        ("address", "models.example.org"),
        ("model", ""),
        ("key", KEY),
    ];
    let refused = company.post(company.admin, "/admin/drafting", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Enter the name of the model") && !refused.has(KEY));
    set(&company, &server, "yes").await;
    let tried = company.post(company.admin, "/admin/drafting/try", &[]).await;
    assert!(tried.has("I am ready.") && tried.has("It answers"), "{}", tried.body);
    server.says(Says::Body("404 No", r#"{"error":"no model small"}"#.into()));
    let tried = company.post(company.admin, "/admin/drafting/try", &[]).await;
    assert!(
        tried.has("no model small") && tried.has("corrects the model"),
        "{}",
        tried.body
    );
    for path in ["/admin/drafting", "/admin/audit", "/admin"] {
        let page = company.get(company.admin, path).await;
        assert!(page.status == StatusCode::OK && !page.has(KEY), "{path}");
    }
    let audit = company.get(company.admin, "/admin/audit").await;
    assert!(
        audit.has("Drafts set") && audit.has("Server for drafts tried"),
        "{}",
        audit.body
    );
    assert!(server.asked()[0].contains(KEY), "control: it is used");
}
