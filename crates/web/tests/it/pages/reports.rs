//! The pages of the reports: a sentence, a chart with its table, days that are refused in place, CSV, and letters.

use axum::http::StatusCode;
use desk::clock::DAY;
use desk::reports;
use desk::teams::{self, NewTeam};
use desk::tickets::{self, Solution};

use super::company::{Company, NOW};

async fn counted() -> Company {
    let company = Company::new();
    for ago in [0, 1, 1, 3, 40] {
        company.open(company.payroll, "No sound", |new| {
            new.created_at = Some(NOW.plus(-ago * DAY));
        });
    }
    let solved = company.open(company.registry, "No light", |_| ());
    company
        .as_person(company.cedar, move |tx, cx| {
            tickets::solve(tx, cx, solved, &Solution::default())
        })
        .unwrap();
    company.open(company.payroll, "Payslip", |new| new.team = Some(company.private));
    reports::catch_up(&company.desk).await.unwrap();
    company
}

const NAMES: [&str; 7] = [
    "satisfaction",
    "volume",
    "first-reply",
    "time-to-solve",
    "backlog",
    "reopened",
    "first-contact",
];

#[tokio::test]
async fn every_report_has_a_sentence_a_page_and_a_file_in_both_languages() {
    let company = counted().await;
    for who in [company.cedar, company.larch] {
        let index = company.get(who, "/reports").await;
        for name in NAMES {
            assert!(index.has(&format!("href=\"/reports/{name}\"")), "{name}");
            let page = company.get(who, &format!("/reports/{name}")).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            assert!(!page.has("[report"), "{name}: {}", page.body);
            let csv = company.get(who, &format!("/reports/{name}.csv")).await;
            assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
            assert!(
                csv.header("content-disposition").contains(&format!("{name}.csv")),
                "{name}"
            );
            assert!(csv.body.starts_with('\u{feff}') && csv.body.contains("\r\n"), "{name}");
        }
    }
    assert_eq!(
        company.get(company.cedar, "/reports/people").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        company.get(company.payroll, "/reports").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_page_says_counts_and_draws_the_same() {
    let company = counted().await;
    let page = company.get(company.cedar, "/reports/volume").await;
    assert!(
        page.has("5 tickets came in and one was solved in 30 days."),
        "{}",
        page.body
    );
    assert!(page.has("<title id=\"chart-title\">Volume</title>") && page.has("<desc id=\"chart-desc\">"));
    assert!(page.has("preserveAspectRatio=\"none\"") && page.has("<details class=\"quoted\">"));
    assert!(!page.has("style="), "looks are classes");
    let french = company.get(company.larch, "/reports/volume").await;
    assert!(
        french.has("En 30 jours, 6 billets sont arrivés et un seul a été résolu."),
        "Larch is in the private team: {}",
        french.body
    );
}

#[tokio::test]
async fn what_is_open_is_a_bar_for_each_age() {
    let company = counted().await;
    let page = company.get(company.cedar, "/reports/backlog").await;
    assert!(
        page.has("5 tickets are open; one is older than a week."),
        "{}",
        page.body
    );
    assert!(page.has("class=\"plot is-bars\"") && page.has("<rect class=\"is-late\""));
    assert!(!page.has("id=\"from\""), "what is open is open now");
}

#[tokio::test]
async fn nothing_in_a_period_says_so() {
    let company = counted().await;
    let page = company
        .get(company.cedar, "/reports/volume?from=2020-01-01&to=2020-01-31")
        .await;
    assert!(page.has("Nothing in this period.") && page.has("class=\"card empty\""));
    assert!(!page.has("<svg class=\"chart\""));
}

#[tokio::test]
async fn a_day_that_is_none_is_refused_where_it_was_typed() {
    let company = counted().await;
    let page = company
        .get(company.cedar, "/reports/volume?from=yesterday&to=2026-11-17&by=channel")
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("value=\"yesterday\"") && page.has("id=\"from-help\"><p class=\"field-error\">"));
    assert!(page.has("<a href=\"#from\">") && page.has("value=\"channel\" selected"));
    let late = company
        .get(company.cedar, "/reports/volume?from=2026-11-17&to=2026-11-01")
        .await;
    assert!(late.has("This day comes before the first one."));
}

#[tokio::test]
async fn a_team_that_is_closed_is_not_offered_and_not_there() {
    let company = counted().await;
    let (private, path) = (company.private, "/reports/volume");
    let offered = format!("<option value=\"{private}\"");
    assert!(!company.get(company.cedar, path).await.has(&offered));
    assert!(
        company.get(company.larch, path).await.has(&offered),
        "the control: a member is offered it"
    );
    let asked = format!("{path}?team={private}");
    assert_eq!(company.get(company.cedar, &asked).await.status, StatusCode::NOT_FOUND);
    assert_eq!(company.get(company.larch, &asked).await.status, StatusCode::OK);
    let file = format!("/reports/volume.csv?team={private}");
    assert_eq!(company.get(company.cedar, &file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_team_named_like_a_formula_stays_words_in_the_file() {
    let company = Company::new();
    let team = company
        .as_person(company.admin, |tx, cx| {
            let new = NewTeam {
                name_en: "=1+1".into(),
                name_fr: "=1+1".into(),
                private: false,
            };
            teams::add(tx, cx, &new)
        })
        .unwrap();
    company.open(company.payroll, "No sound", |new| new.team = Some(team));
    reports::catch_up(&company.desk).await.unwrap();
    let csv = company.get(company.cedar, "/reports/volume.csv").await;
    assert!(csv.has("\r\n'=1+1,1,0\r\n"), "{}", csv.body);
}

#[tokio::test]
async fn a_report_by_mail_is_asked_for_and_ended_on_its_page() {
    let company = counted().await;
    let asked = company
        .post(
            company.cedar,
            "/reports/volume/subscriptions",
            &[("rhythm", "weekly"), ("by", "channel"), ("channel", "mail")],
        )
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert!(
        asked.location().contains("channel=mail&by=channel#mailed"),
        "{}",
        asked.location()
    );
    let path = asked.location().trim_end_matches("#mailed").to_string();
    let page = company.get(company.cedar, &path).await;
    assert!(page.has("Next letter Nov 23, 2026, 07:00"), "{}", page.body);
    let start = page
        .body
        .find("/reports/subscriptions/")
        .expect("a button that ends it");
    let end = page.body[start..].find('"').unwrap() + start;
    let button = page.body[start..end].to_string();
    assert!(
        !company.get(company.larch, &path).await.has("/reports/subscriptions/"),
        "it is Cedar's own"
    );
    let theirs = company.post(company.larch, &button, &[]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let ended = company.post(company.cedar, &button, &[("back", "by=channel")]).await;
    assert_eq!(
        ended.location(),
        "/reports/volume?by=channel&ended=weekly.channel...mail#mailed"
    );
    let after = company
        .get(company.cedar, ended.location().trim_end_matches("#mailed"))
        .await;
    assert!(!after.has("Next letter") && after.has("toast-letter"), "{}", after.body);
    let back = company
        .post(
            company.cedar,
            "/reports/volume/subscriptions",
            &[("rhythm", "weekly"), ("by", "channel"), ("channel", "mail")],
        )
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "what the toast sends");
    assert!(company.get(company.cedar, &path).await.has("Next letter"));
    let not_ours = company
        .get(company.cedar, "/reports/volume?ended=weekly.team.%3Cb%3E..")
        .await;
    assert!(!not_ours.has("toast-letter"));
}

#[tokio::test]
async fn reports_stand_in_the_side_bar_and_on_a_phone_with_ones_own_settings() {
    let company = Company::new();
    let page = company.get(company.cedar, "/reports").await;
    assert!(page.has("<a href=\"/reports\" aria-current=\"page\">"));
    assert!(
        company
            .get(company.cedar, "/me")
            .await
            .has("<a class=\"btn\" href=\"/reports\">")
    );
}
