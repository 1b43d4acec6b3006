//! The team board as a page: what it says, for whom, and that it ranks nobody.

use axum::http::StatusCode;
use desk::clock::{DAY, HOUR};
use desk::reports;
use desk::tickets::{self, Solution};

use super::company::{Company, NOW};

async fn counted() -> Company {
    let company = Company::new();
    let late = company.open(company.payroll, "Label printer prints blank labels", |new| {
        new.created_at = Some(NOW.plus(-9 * DAY));
    });
    let cedar = company.cedar;
    company
        .as_person(cedar, move |tx, cx| tickets::take(tx, cx, late))
        .unwrap();
    for _ in 0..2 {
        company.open(company.registry, "No light", |new| {
            new.created_at = Some(NOW.plus(-HOUR));
        });
    }
    let solved = company.open(company.registry, "No sound", |_| ());
    company
        .as_person(cedar, move |tx, cx| {
            tickets::solve(tx, cx, solved, &Solution::default())
        })
        .unwrap();
    company.open(company.payroll, "Payslip", |new| new.team = Some(company.private));
    reports::catch_up(&company.desk).await.unwrap();
    company
}

#[tokio::test]
async fn the_board_has_a_sentence_five_figures_and_a_table_in_both_languages() {
    let company = counted().await;
    let page = company.get(company.admin, "/team").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("<h1>4 open, 1 late. 3 have nobody.</h1>"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"fig\"").count(), 5);
    assert!(page.has("Label printer prints blank labels") && page.has("Payroll office, with Cedar"));
    assert!(page.has("preserveAspectRatio=\"none\"") && page.has("<details class=\"quoted\">"));
    assert!(page.has("what is usual is known in 4 weeks"), "{}", page.body);
    assert!(
        page.has("1 late, 0 due soon, 0 on time, 0 waiting"),
        "the beads in words: {}",
        page.body
    );
    assert!(page.has("data-prints") && page.has("js/print.js"));
    assert!(!page.has("style=") && !page.has("[team"), "{}", page.body);
    let french = company.get(company.larch, "/team").await;
    assert!(
        french.has("<h1>1 ouverts, aucun en retard. Un billet n’a personne.</h1>"),
        "{}",
        french.body
    );
    assert!(
        !french.has("[team") && !french.has("Label printer"),
        "his own team's alone"
    );
}

#[tokio::test]
async fn people_stand_by_name_and_not_by_how_much_they_have() {
    let company = counted().await;
    let page = company.get(company.admin, "/team").await;
    let loads = page
        .body
        .split("id=\"loads\"")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    let at = |name: &str| loads.find(&format!("<span class=\"mid\">{name}</span>")).unwrap();
    assert!(at("Cedar") < at("Larch") && at("Larch") < at("Office"), "{loads}");
}

#[tokio::test]
async fn who_has_no_team_has_no_board_and_no_way_to_one() {
    let company = counted().await;
    for (who, path) in [
        (company.cedar, "/team"),
        (company.payroll, "/team"),
        (company.cedar, "/team/qa"),
        (company.larch, "/team?team=999"),
        (company.admin, "/team?team=many"),
    ] {
        assert_eq!(company.get(who, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!company.get(company.cedar, "/people").await.has("href=\"/team\""));
    let page = company.get(company.larch, "/people").await;
    assert_eq!(
        page.body.matches("href=\"/team\"").count(),
        2,
        "control: the side bar and the tabs"
    );
}

#[tokio::test]
async fn the_page_follows_the_figures_from_where_they_were_counted() {
    let company = counted().await;
    let counted = company.desk.read_now(reports::counted_to).unwrap();
    company.open(company.payroll, "Another", |_| ());
    let page = company.get(company.admin, "/team").await;
    assert!(page.has("<meta name=\"live-topics\" content=\"team\">"));
    assert!(
        page.has(&format!("<meta name=\"live-since\" content=\"{}\">", counted.as_text())),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_day_that_has_not_begun_shows_the_one_before_and_a_quiet_one_says_so() {
    let company = Company::new();
    reports::catch_up(&company.desk).await.unwrap();
    let page = company.get(company.admin, "/team").await;
    assert!(
        page.has("<h1>Nothing is open.</h1>") && page.has("A quiet day"),
        "{}",
        page.body
    );
    company.desk.clock().advance(16 * HOUR);
    let page = company.get(company.admin, "/team").await;
    assert!(
        page.has("has not opened yet: the day shown is Nov 17, 2026"),
        "{}",
        page.body
    );
}
