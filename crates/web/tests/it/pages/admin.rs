//! The administrator's pages: nobody else finds them, what is refused stands at its field, and what is done shows.

use axum::http::StatusCode;
use desk::access::{Role, Scopes};
use desk::mailboxes::{MailboxFields, boxes};
use desk::people::{self, Preferences};
use desk::sign_in;
use desk::teams;
use desk::words::Lang;

use super::company::{Answer, Company};
use super::look::check;

const PLACES: [&str; 21] = [
    "/admin/targets",
    "/admin/targets/new",
    "/admin/drafting",
    "/admin/templates",
    "/admin/templates/words?kind=solved&language=fr",
    "/admin",
    "/admin/teams",
    "/admin/teams/new",
    "/admin/topics",
    "/admin/topics/new",
    "/admin/roles",
    "/admin/organizations",
    "/admin/organizations/new",
    "/admin/calendars",
    "/admin/calendars/new",
    "/admin/calendars/1?hours=20",
    "/admin/channels",
    "/admin/channels/new",
    "/admin/tokens",
    "/admin/audit?verify=true",
    "/admin/brand",
];

const TEAM: [(&str, &str); 2] = [("name_en", "Counter"), ("name_fr", "Comptoir")];

async fn made(company: &Company, path: &str, fields: &[(&str, &str)]) -> Answer {
    let done = company.post(company.admin, path, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}: {}", done.body);
    company.get(company.admin, done.location()).await
}

fn speak(company: &Company, lang: Lang) {
    let wanted = Preferences {
        language: Some(lang),
        ..Preferences::default()
    };
    company
        .as_person(company.admin, move |tx, cx| people::set_preferences(tx, cx, &wanted))
        .unwrap();
}

#[tokio::test]
async fn only_administrators_find_the_administration() {
    let company = Company::new();
    for path in PLACES {
        let inside = company.get(company.admin, path).await;
        assert_eq!(inside.status, StatusCode::OK, "{path}");
        for person in [company.cedar, company.payroll] {
            assert_eq!(company.get(person, path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let link = "href=\"/admin\"";
    assert!(company.get(company.admin, "/inbox/mine").await.has(link));
    assert!(
        company.get(company.admin, "/me").await.body.matches(link).count() == 2,
        "and on a phone"
    );
    assert!(!company.get(company.cedar, "/inbox/mine").await.has(link));
    let sent = company.post(company.cedar, "/admin/teams", &TEAM).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages_empty_and_filled() {
    let company = Company::new();
    for (lang, tag) in [(Lang::En, "en-CA"), (Lang::Fr, "fr-CA")] {
        speak(&company, lang);
        for path in PLACES {
            check(&company.get(company.admin, path).await, path, tag);
        }
        made(&company, "/admin/teams", &TEAM).await;
        made(
            &company,
            "/admin/topics",
            &[("name_en", "Network"), ("name_fr", "Réseau"), ("team", "1")],
        )
        .await;
        made(&company, "/admin/organizations", &[("name", "Larch mill")]).await;
        let address = format!("{lang}@desk.example");
        made(
            &company,
            "/admin/channels",
            &[("address", &address), ("language", "fr")],
        )
        .await;
        let cedar = company.cedar;
        company
            .as_person(cedar, move |tx, cx| {
                sign_in::add_token(tx, cx, cedar, "wall board", Scopes::parse("read").unwrap())
            })
            .unwrap();
        let more = [
            "/admin/teams/1",
            "/admin/topics/1",
            "/admin/organizations/1",
            "/admin/channels/1",
        ];
        for path in PLACES.iter().chain(&more) {
            check(&company.get(company.admin, path).await, path, tag);
        }
    }
}

#[tokio::test]
async fn a_desk_says_in_words_what_is_wrong_and_what_to_do() {
    let company = Company::new();
    let page = company.get(company.admin, "/admin").await;
    // A stand has no way out for letters and no address, and says so.
    assert!(page.has("<h1>2 things need you</h1>"), "{}", page.body);
    assert!(page.has("Letters cannot leave") && page.has("“relay” in firstline.toml"));
    assert!(page.has("The desk answers for no address yet") && page.has("not known to the desk"));
    company
        .as_person(company.admin, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))?;
            tx.exec(
                "INSERT INTO job (kind, subject, run_at, state, words) VALUES ('close_solved', 7, 0, 'given_up', 'the disk <failed>')",
                &[],
            )?;
            Ok(())
        })
        .unwrap();
    let page = company.get(company.admin, "/admin").await;
    assert!(!page.has("The desk answers for no address yet"));
    assert!(
        page.has("1 job was given up") && page.has("the disk &#60;failed&#62;"),
        "{}",
        page.body
    );
    let again = made(&company, "/admin/jobs/1/again", &[]).await;
    assert!(again.has("<h1>1 thing needs you</h1>") && again.has("Saved"));
}

#[tokio::test]
async fn a_team_is_made_joined_led_left_and_taken_away() {
    let company = Company::new();
    let refused = company
        .post(
            company.admin,
            "/admin/teams",
            &[("name_en", "Counter"), ("name_fr", " "), ("private", "on")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("id=\"name_fr-help\"><p class=\"field-error\">") && refused.has("href=\"#name_fr\""));
    assert!(
        refused.has("value=\"Counter\"") && refused.has(" checked"),
        "nothing typed is cleared"
    );
    let page = made(&company, "/admin/teams", &TEAM).await;
    assert!(page.has("<h1>Counter</h1>") && page.has("Nobody belongs to this team yet"));
    let person = company.cedar.to_string();
    let who = [("person", person.as_str())];
    let page = made(&company, "/admin/teams/2/join", &who).await;
    assert!(page.has("Make lead"));
    assert!(
        made(
            &company,
            "/admin/teams/2/lead",
            &[("person", &person), ("leads", "yes")]
        )
        .await
        .has("No longer lead")
    );
    let page = made(&company, "/admin/teams/2/leave", &who).await;
    assert!(page.has("Cedar no longer belongs to this team.") && page.has("action=\"/admin/teams/2/join\""));
    let nobody = company
        .post(company.admin, "/admin/teams/2/join", &[("person", "x")])
        .await;
    assert!(nobody.has("id=\"person-help\"><p class=\"field-error\">"));
    company.open(company.payroll, "Salary", |new| new.team = Some(company.private));
    let kept = company.post(company.admin, "/admin/teams/1/remove", &[]).await;
    assert_eq!(kept.status, StatusCode::CONFLICT);
    assert!(kept.has("class=\"summary\"") && kept.has("This team has tickets") && kept.has("It has 1 ticket."));
    let list = made(&company, "/admin/teams/2/remove", &[]).await;
    assert!(!list.has("href=\"/admin/teams/2\"") && list.has("Inquiries"));
}

#[tokio::test]
async fn a_topic_goes_out_of_use_with_what_is_under_it_and_comes_back() {
    let company = Company::new();
    made(
        &company,
        "/admin/topics",
        &[("name_en", "Network"), ("name_fr", "Réseau"), ("team", "1")],
    )
    .await;
    let under = [
        ("name_en", "Wi-Fi"),
        ("name_fr", "Wi-Fi"),
        ("parent", "1"),
        ("team", ""),
    ];
    let list = made(&company, "/admin/topics", &under).await;
    assert!(list.has("goes to Inquiries") && list.has("Wi-Fi"));
    let deep = company
        .post(
            company.admin,
            "/admin/topics",
            &[("name_en", "5 GHz"), ("name_fr", "5 GHz"), ("parent", "2")],
        )
        .await;
    assert!(deep.has("id=\"parent-help\"><p class=\"field-error\">") && deep.has("value=\"5 GHz\""));
    let form = company.get(company.admin, "/admin/topics/1").await;
    assert!(
        !form.has("<option value=\"1\" selected>Network"),
        "nothing stands under itself"
    );
    let list = made(&company, "/admin/topics/1/retire", &[]).await;
    assert_eq!(list.body.matches("Out of use").count(), 2);
    let alone = company.post(company.admin, "/admin/topics/2/restore", &[]).await;
    assert_eq!(alone.status, StatusCode::CONFLICT);
    assert!(alone.has("Bring that one back first."));
    assert_eq!(
        made(&company, "/admin/topics/1/restore", &[])
            .await
            .body
            .matches("Out of use")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_role_is_given_and_given_back_and_the_last_administrator_stays() {
    let company = Company::new();
    let path = format!("/admin/roles/{}", company.cedar);
    let page = made(&company, &path, &[("role", "supervisor")]).await;
    assert!(page.has("Cedar is now Supervisor."));
    assert!(
        page.has("name=\"role\" value=\"technician\""),
        "Undo gives back what he had"
    );
    let own = format!("/admin/roles/{}", company.admin);
    let last = company.post(company.admin, &own, &[("role", "technician")]).await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert!(last.has("This is the last administrator.") && last.has("id=\"role-why\""));
    assert!(last.has("aria-describedby=\"role-why\"><option value=\"requester\">Requester</option><option value=\"technician\" selected>"));
    let odd = company.post(company.admin, &path, &[("role", "king")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_organization_and_a_mailbox_are_refused_at_their_fields() {
    let company = Company::new();
    let public = [("name", "Mill"), ("domain", "gmail.com"), ("note", "by the <river>")];
    let back = company.post(company.admin, "/admin/organizations", &public).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("id=\"domain-help\"><p class=\"field-error\">") && back.has("by the &#60;river&#62;</textarea>"));
    let shared = [("name", "Mill"), ("domain", "mill.example"), ("shares_requests", "on")];
    assert!(made(&company, "/admin/organizations", &shared).await.has("Colleagues"));
    made(&company, "/admin/organizations/1", &[("name", "Mill"), ("domain", "")]).await;
    let page = company.get(company.admin, "/admin/organizations/1").await;
    assert!(
        page.has("name=\"domain\" type=\"text\" value=\"\"") && !page.has(" checked"),
        "given whole"
    );
    let plus = company
        .post(
            company.admin,
            "/admin/channels",
            &[("address", "a+b@x.example"), ("language", "en")],
        )
        .await;
    assert!(plus.has("id=\"address-help\"><p class=\"field-error\">") && plus.has("value=\"a+b@x.example\""));
    let box_fields = [("address", "help@x.example"), ("language", "fr"), ("team", "1")];
    let list = made(&company, "/admin/channels", &box_fields).await;
    assert!(list.has("help@x.example") && list.has("Inquiries") && list.has("no mail server: letters wait"));
    let taken = company.post(company.admin, "/admin/channels", &box_fields).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_token_is_revoked_after_being_told_that_it_is_for_good() {
    let company = Company::new();
    assert!(
        company
            .get(company.admin, "/admin/tokens")
            .await
            .has("No program has a token.")
    );
    let cedar = company.cedar;
    company
        .as_person(cedar, move |tx, cx| {
            sign_in::add_token(tx, cx, cedar, "wall board", Scopes::parse("read,write").unwrap())
        })
        .unwrap();
    let page = company.get(company.admin, "/admin/tokens").await;
    assert!(page.has("wall board") && page.has(">read</span>") && page.has("it cannot be brought back"));
    let page = made(&company, "/admin/tokens/1/revoke", &[]).await;
    assert!(page.has("The token is revoked.") && !page.has("wall board"));
    let twice = company.post(company.admin, "/admin/tokens/1/revoke", &[]).await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    let log = company.get(company.admin, "/admin/audit?action=token-revoked").await;
    assert!(log.has("Token revoked") && log.has(&format!("href=\"/people/{cedar}\">Cedar")));
}

#[tokio::test]
async fn the_audit_log_is_filtered_paged_and_its_seal_is_checked_when_asked() {
    let company = Company::new();
    company
        .as_person(company.admin, |tx, cx| {
            (0..60).try_for_each(|n| {
                desk::access::audit(tx, cx.now, Some(cx.viewer.person), "test it", "it", &n.to_string())
            })
        })
        .unwrap();
    let first = company.get(company.admin, "/admin/audit?action=test+it").await;
    let rows = |page: &Answer| page.body.matches("<td class=\"soft\" lang=\"en\">").count();
    assert_eq!(rows(&first), 50);
    let next = first
        .body
        .split("rel=\"next\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(rows(&company.get(company.admin, &next.replace("&#38;", "&")).await), 10);
    assert!(!first.has("The log is whole"), "nobody asked");
    let none = company.get(company.admin, "/admin/audit?to=2026-11-16").await;
    assert!(none.has("No line answers to this."));
    assert!(
        company
            .get(company.admin, "/admin/audit?from=2026-11-17&to=2026-11-17")
            .await
            .has("test it")
    );
    let odd = company.get(company.admin, "/admin/audit?from=soon").await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.has("id=\"from-help\"><p class=\"field-error\">"));
    assert!(
        company
            .get(company.admin, "/admin/audit?verify=true")
            .await
            .has("The log is whole")
    );
    company
        .as_person(company.admin, |tx, _| {
            Ok(tx.exec("UPDATE audit SET data = 'x' WHERE id = 5", &[])?)
        })
        .unwrap();
    let broken = company.get(company.admin, "/admin/audit?verify=true").await;
    assert!(broken.has("line 5 does not fit"));
}

#[tokio::test]
async fn every_action_that_is_written_down_has_words() {
    let company = Company::new();
    let person = company.payroll;
    company
        .as_person(company.admin, move |tx, cx| {
            people::change_role(tx, cx, person, Role::Technician).map(drop)
        })
        .unwrap();
    let page = company.get(company.admin, "/admin/audit").await;
    for words in ["Role given", "Team made", "Joined a team"] {
        assert!(page.has(words), "{words}");
    }
}

fn brand<'a>(accent: &'a str, dark: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", "Mill & desk"),
        ("welcome_en", "Hello <mill>."),
        ("welcome_fr", "Bonjour du moulin."),
        ("accent", accent),
        ("accent_dark", dark),
    ]
}

#[tokio::test]
async fn a_weak_accent_is_refused_by_pair_and_ratio_and_a_strong_one_dresses_desk_and_portal() {
    let company = Company::new();
    let weak = company.post(company.admin, "/admin/brand", &brand("#ffd400", "")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        weak.has("Too weak as words on the page in the light theme: 1.36 to 1"),
        "{}",
        weak.body
    );
    assert!(weak.has("id=\"accent-help\"><p class=\"field-error\">") && weak.has("Too little"));
    assert!(
        weak.has("value=\"#ffd400\"") && weak.has("Hello &#60;mill&#62;."),
        "nothing typed is cleared"
    );
    speak(&company, Lang::Fr);
    let faible = company
        .post(company.admin, "/admin/brand", &brand("#0b6e4f", "#0b6e4f"))
        .await;
    assert!(
        faible.has("thème sombre\u{a0}: 2,") && faible.has("href=\"#accent_dark\""),
        "{}",
        faible.body
    );
    speak(&company, Lang::En);
    let look = [brand("#1d4ed8", ""), vec![("then", "look")]].concat();
    let looked = company.post(company.admin, "/admin/brand", &look).await;
    assert!(looked.has("fill=\"#1d4ed8\"") && !looked.has("class=\"summary\""));
    assert!(
        !company.get(company.admin, "/admin").await.has("/brand/"),
        "a look keeps nothing"
    );
    let page = made(&company, "/admin/brand", &brand("#1d4ed8", "")).await;
    let sheet = page
        .body
        .split("href=\"/brand/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let portal = company.get(company.admin, "/en").await;
    assert!(
        portal.has(&format!("/brand/{sheet}")) && portal.has("Hello &#60;mill&#62;.") && portal.has("Mill &#38; desk")
    );
    assert!(company.get(company.admin, "/fr").await.has("Bonjour du moulin."));
    let css = company.get(company.payroll, &format!("/brand/{sheet}")).await;
    assert_eq!(
        (css.status, css.header("content-type")),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    assert!(css.header("cache-control").contains("immutable") && css.has("--spruce: light-dark(#1d4ed8, "));
    made(&company, "/admin/brand", &brand("", "")).await;
    let gone = company.get(company.payroll, &format!("/brand/{sheet}")).await;
    assert_eq!(
        gone.status,
        StatusCode::NOT_FOUND,
        "what had this name is another colour now"
    );
    assert!(!company.get(company.admin, "/en").await.has("/brand/"));
}

#[tokio::test]
async fn a_leader_taken_out_by_mistake_leads_again() {
    let company = Company::new();
    let (team, larch) = (company.private, company.larch);
    company
        .as_person(company.admin, move |tx, cx| teams::lead(tx, cx, team, larch, true))
        .unwrap();
    let (path, who) = (format!("/admin/teams/{team}"), larch.to_string());
    let fields = [("person", who.as_str()), ("leads", "yes")];
    let out = made(&company, &format!("{path}/leave"), &fields).await;
    let undo = out.body.split("id=\"toast-admin\"").nth(1).unwrap();
    assert!(undo.contains("name=\"leads\" value=\"yes\""), "the undo knows it");
    made(&company, &format!("{path}/join"), &fields).await;
    let members = company
        .as_person(company.admin, move |tx, cx| teams::members(tx, cx, team))
        .unwrap();
    assert!(members.iter().any(|m| m.person == larch && m.leads));
}
