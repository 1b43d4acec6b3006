//! Titles looked up and given, job descriptions on paper, and wages that stand on one page alone.

use axum::http::StatusCode;
use desk::access::Role;
use desk::people::{self, NewPerson};
use desk::teams::{self, NewTeam};
use desk::topics::{self, NewTopic};
use desk::{PersonId, TeamId, wages};

use super::company::Company;

fn supervisor(company: &Company) -> PersonId {
    let new = NewPerson::new("Birch", "birch@desk.example", Role::Supervisor);
    company
        .as_person(company.admin, move |tx, cx| people::add(tx, cx, &new))
        .unwrap()
}

fn team(company: &Company) -> TeamId {
    company
        .as_person(company.admin, |tx, cx| {
            let new = NewTeam {
                name_en: "Service desk".into(),
                name_fr: "Soutien".into(),
                private: false,
            };
            let team = teams::add(tx, cx, &new)?;
            let topic = NewTopic {
                parent: None,
                name_en: "Printers".into(),
                name_fr: "Imprimantes".into(),
                team: Some(team),
            };
            topics::add(tx, cx, &topic)?;
            Ok(team)
        })
        .unwrap()
}

fn event_of(location: &str) -> &str {
    location.rsplit_once('=').unwrap().1
}

#[tokio::test]
async fn a_title_is_looked_up_in_both_languages_and_leads_to_its_group() {
    let company = Company::new();
    let first = company.get(company.cedar, "/titles").await;
    assert!(first.has("22221 User support technicians") && first.has("Before 2021: 2281."));
    let found = company.get(company.cedar, "/titles?q=hlep+desk+tecnician").await;
    assert!(found.has("Help desk technician") && found.has("href=\"/titles/22221\""));
    let french = company.get(company.larch, "/titles?q=technicienne+depannage").await;
    assert!(french.has("Technicien/technicienne de bureau de dépannage"));
    assert!(french.has("Licence du gouvernement ouvert"));
    let none = company.get(company.cedar, "/titles?q=xylophonist").await;
    assert!(none.has("No title has all of these words: xylophonist."));
    let group = company.get(company.cedar, "/titles/22221").await;
    assert!(group.has("problems and solutions log") && group.has("Open Government Licence"));
    assert!(group.has("href=\"/titles/22220\"") && group.has("href=\"/titles/21222\"") && group.has("2282"));
    let other = company.get(company.larch, "/titles/00010").await;
    assert!(other.has("Membres des corps législatifs"));
    for path in ["/titles/99999", "/titles/2222", "/titles/x"] {
        assert_eq!(
            company.get(company.cedar, path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let paths = company.get(company.cedar, "/titles/paths").await;
    assert!(paths.has("Systems analysis") && paths.has("20012 Computer and information systems managers"));
}

#[tokio::test]
async fn a_supervisor_gives_a_title_that_stands_on_the_page_of_the_person_until_it_is_undone() {
    let company = Company::new();
    let (birch, page) = (supervisor(&company), format!("/people/{}", company.cedar));
    let offered = company.get(birch, &page).await;
    let find = format!("/titles?person={}", company.cedar);
    assert!(offered.has(&find));
    assert!(
        !company.get(company.cedar, &page).await.has(&find),
        "a technician gives none"
    );
    let hits = company.get(birch, &format!("{find}&q=help+desk+technician")).await;
    assert!(hits.has("A title for Cedar") && hits.has("name=\"words\" value=\"Help desk technician\""));
    let person = company.cedar.to_string();
    let fields = [
        ("person", person.as_str()),
        ("code", "22221"),
        ("words", "Help desk technician"),
    ];
    let alien = company.post(company.larch, "/titles/give", &fields).await;
    assert_eq!(alien.status, StatusCode::NOT_FOUND);
    let given = company.post(birch, "/titles/give", &fields).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let shown = company.get(company.cedar, &page).await;
    assert!(shown.has("lang=\"en-CA\">Help desk technician</a>"));
    let toast = company.get(birch, given.location()).await;
    assert!(toast.has("action=\"/titles/undo\""));
    let undone = company
        .post(birch, "/titles/undo", &[("event", event_of(given.location()))])
        .await;
    assert_eq!(undone.location(), page);
    assert!(!company.get(company.cedar, &page).await.has("Help desk technician"));
    let wizard = [
        ("person", person.as_str()),
        ("code", "22221"),
        ("words", "Wizard"),
        ("q", "help"),
    ];
    let refused = company.post(birch, "/titles/give", &wizard).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("This title is not in the directory.") && refused.has("value=\"help\""));
}

#[tokio::test]
async fn the_description_of_a_team_is_printed_in_either_language_with_its_own_words() {
    let company = Company::new();
    let (birch, team) = (supervisor(&company), team(&company));
    let path = format!("/titles/22221/description?team={team}");
    let page = company.get(company.cedar, &path).await;
    assert!(page.has("<header class=\"lead\" lang=\"en-CA\">") && page.has("Printers") && page.has("Main duties"));
    assert!(!page.has("name=\"words_en\""), "a technician reads it");
    let number = team.to_string();
    let fields = [
        ("team", number.as_str()),
        ("words_en", "We answer *fast*."),
        ("words_fr", ""),
    ];
    let alien = company.post(company.cedar, "/titles/22221/description", &fields).await;
    assert_eq!(alien.status, StatusCode::NOT_FOUND);
    let written = company.post(birch, "/titles/22221/description", &fields).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let french = company.get(company.cedar, &format!("{path}&lang=fr")).await;
    assert!(
        french.has("<header class=\"lead\" lang=\"fr-CA\">")
            && french.has("Imprimantes")
            && french.has("Fonctions principales")
    );
    assert!(
        french.has("lang=\"en-CA\"><p>We answer <em>fast</em>.</p>"),
        "the words there are, marked"
    );
    let undone = company
        .post(birch, "/titles/undo", &[("event", event_of(written.location()))])
        .await;
    assert_eq!(undone.location(), path);
    assert!(!company.get(company.cedar, &path).await.has("We answer"));
    let long = "x".repeat(4001);
    let refused = company
        .post(
            birch,
            "/titles/22221/description",
            &[("team", number.as_str()), ("words_fr", &long)],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(&long) && refused.has("href=\"#words_fr\""));
    let nowhere = company.get(company.cedar, "/titles/22221/description?team=999").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wages_are_not_there_for_those_who_do_not_plan_and_beside_nobodys_work() {
    let company = Company::new();
    let (birch, team) = (supervisor(&company), team(&company));
    let seen = |who| company.get(who, "/wages");
    for who in [company.cedar, birch] {
        assert_eq!(seen(who).await.status, StatusCode::NOT_FOUND);
        assert_eq!(company.get(who, "/wages/table.csv").await.status, StatusCode::NOT_FOUND);
    }
    assert!(!company.get(birch, "/titles").await.has("/wages"));
    company
        .as_person(company.admin, move |tx, cx| wages::change_planner(tx, cx, birch, true))
        .unwrap();
    let page = seen(birch).await;
    assert!(
        page.status == StatusCode::OK && page.has("$31.47"),
        "the control: here they are"
    );
    assert!(
        !page.has("/wages/import") && !page.has("/wages/planners"),
        "he changes nothing"
    );
    assert!(company.get(birch, "/titles").await.has("href=\"/wages\""));
    assert_eq!(company.get(birch, "/wages/import").await.status, StatusCode::NOT_FOUND);
    let person = company.cedar.to_string();
    let title = [("person", person.as_str()), ("code", "22221"), ("words", "")];
    company.post(birch, "/titles/give", &title).await;
    for path in [
        format!("/people/{}", company.cedar),
        format!("/admin/teams/{team}"),
        "/admin/teams".into(),
        "/people".into(),
        "/titles".into(),
        "/titles/22221".into(),
        format!("/titles?person={}", company.cedar),
        format!("/titles/22221/description?team={team}"),
        "/titles/paths".into(),
        "/reports/volume".into(),
    ] {
        for who in [company.admin, birch] {
            let page = company.get(who, &path).await;
            assert!(!page.has("31.47") && !page.has("31,47") && !page.has("$2"), "{path}");
        }
    }
}

#[tokio::test]
async fn what_a_ticket_an_outage_and_cover_cost_is_worked_out_in_the_readers_form() {
    let company = Company::new();
    let asked = "/wages?region=Quebec&spent=30&people=40&lasted=1:30&heads=2&hours=37,5";
    let page = company.get(company.admin, asked).await;
    assert_eq!(page.status, StatusCode::OK);
    for amount in ["$15.39", "$1,846.20", "$2,307.75", "$120,003.00"] {
        assert!(page.has(amount), "{amount}");
    }
    assert!(page.has("Figures: Firstline, NOC/CNP 22221, 2026-11-24."));
    let larch = company.larch;
    company
        .as_person(company.admin, move |tx, cx| {
            people::change_role(tx, cx, larch, Role::Supervisor)?;
            wages::change_planner(tx, cx, larch, true)
        })
        .unwrap();
    let french = company.get(larch, asked).await;
    assert!(french.has("1\u{a0}846,20\u{a0}$") && french.has("31,47\u{a0}$") && french.has("Québec"));
    let odd = company
        .get(
            company.admin,
            "/wages?region=Nowhere&spent=soon&heads=0&hours=8&outage=99",
        )
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.has("There is no such outage.") && odd.has("href=\"#spent\"") && odd.has("value=\"soon\""));
}

const HEAD: &str = "region,low,median,high,source,date\n";

#[tokio::test]
async fn a_table_is_tried_kept_and_taken_back() {
    let company = Company::new();
    let good = format!("{HEAD}Ontario,21,34,52,=cmd(),2027\n");
    let tried = company
        .send(
            company.admin,
            "/wages/import",
            &[("file", Some("wages.csv"), &good), ("csv", None, "")],
        )
        .await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
    assert!(tried.has("value=\"keep\"") && tried.has("$20.00 / $33.00") && tried.has("$21.00 / $34.00"));
    assert!(
        company.get(company.admin, "/wages").await.has("$31.47"),
        "nothing is kept yet"
    );
    let keep = [
        ("csv", None, good.as_str()),
        ("against", None, ""),
        ("then", None, "keep"),
    ];
    let kept = company.send(company.admin, "/wages/import", &keep).await;
    assert_eq!(kept.location(), "/wages?imported=yes");
    let page = company.get(company.admin, kept.location()).await;
    assert!(page.has("$34.00") && !page.has("$31.47") && page.has("class=\"toast\""));
    let file = company.get(company.admin, "/wages/table.csv").await;
    assert!(file.has(",'=cmd(),") && file.header("content-type").starts_with("text/csv"));
    let again = company.send(company.admin, "/wages/import", &keep).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "the table is another by now");
    let back = company.post(company.admin, "/wages/before", &[("edition", "1")]).await;
    assert_eq!(back.location(), "/wages");
    assert!(company.get(company.admin, "/wages").await.has("$31.47"));
    let first = company.post(company.admin, "/wages/before", &[]).await;
    assert!(first.status == StatusCode::CONFLICT && first.has("There is none before it."));
}

#[tokio::test]
async fn a_bad_file_is_refused_line_by_line_in_plain_words() {
    let company = Company::new();
    let bad = format!("{HEAD}Ontario,21,much,52,Survey,2027\n,1,2,3,Survey,2027\nYukon,20,34,44,Survey,soon\n");
    let keep = [
        ("csv", None, bad.as_str()),
        ("against", None, ""),
        ("then", None, "keep"),
    ];
    let page = company.send(company.admin, "/wages/import", &keep).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Line 2:",
        "this is no amount: “much”",
        "Line 3:",
        "this cell is empty: region",
        "Line 4:",
        "“soon”",
    ] {
        assert!(page.has(words), "{words}");
    }
    assert!(
        !page.has("value=\"keep\"") && page.has("Ontario,21,much,52"),
        "what was pasted comes back"
    );
    assert!(company.get(company.admin, "/wages").await.has("$31.47"));
    let empty = company.send(company.admin, "/wages/import", &[("csv", None, "")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Choose at least one file."));
    let head = company
        .send(company.admin, "/wages/import", &[("csv", None, "a,b\n1,2\n")])
        .await;
    assert!(head.has("a column is missing: region"));
    let large = format!("{HEAD}{}", "x".repeat(300 * 1024));
    let large = company
        .send(company.admin, "/wages/import", &[("csv", None, &large)])
        .await;
    assert!(large.status == StatusCode::UNPROCESSABLE_ENTITY && large.has("at most 256 kB"));
}

#[tokio::test]
async fn an_administrator_says_which_supervisors_plan() {
    let company = Company::new();
    assert!(
        company
            .get(company.admin, "/wages")
            .await
            .has("There is no supervisor yet.")
    );
    let birch = supervisor(&company);
    let person = birch.to_string();
    let allow = |allowed| [("person", person.as_str()), ("allowed", allowed)];
    assert_eq!(
        company.post(birch, "/wages/planners", &allow("yes")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company
            .post(company.admin, "/wages/planners", &allow("yes"))
            .await
            .location(),
        "/wages"
    );
    assert_eq!(company.get(birch, "/wages").await.status, StatusCode::OK);
    assert!(company.get(company.admin, "/wages").await.has("Plans with wages"));
    company.post(company.admin, "/wages/planners", &allow("no")).await;
    assert_eq!(company.get(birch, "/wages").await.status, StatusCode::NOT_FOUND);
    let cedar = company.cedar.to_string();
    let refused = company
        .post(
            company.admin,
            "/wages/planners",
            &[("person", &cedar), ("allowed", "yes")],
        )
        .await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.has("Only a supervisor can be allowed."));
    let audit = company.get(company.admin, "/admin/audit").await;
    assert!(audit.has("Planning with wages allowed") && audit.has("Planning with wages ended"));
}
