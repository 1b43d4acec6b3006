//! Policies on their pages: kept by administrators, looked at before they are saved, refused by field; and the ledger of
//! a ticket's clock in words.

use axum::http::StatusCode;
use desk::TicketNumber;
use desk::clock::HOUR;
use desk::tickets;

use super::company::{Company, NOW};
use super::look::check;

const POLICY: [(&str, &str); 7] = [
    ("name_en", "Around the clock"),
    ("name_fr", "Jour et nuit"),
    ("hours", "always"),
    ("reply", "1:00"),
    ("solve", "4:30"),
    ("step_when_1", "120 %"),
    ("step_target_1", "solve"),
];

fn with<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let deed = ("step_deed_1", "raise_priority");
    POLICY
        .iter()
        .copied()
        .chain([deed])
        .chain(more.iter().copied())
        .collect()
}

fn ticket(company: &Company) -> TicketNumber {
    company.open(company.payroll, "No printing", |_| {})
}

#[tokio::test]
async fn a_policy_is_looked_at_then_saved_and_taken_out_of_use_with_undo() {
    let company = Company::new();
    let number = ticket(&company);
    let looked = company
        .post(company.admin, "/admin/targets", &with(&[("preview", "yes")]))
        .await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.body);
    assert!(looked.has("1 of 1 open tickets moves"), "{}", looked.body);
    assert!(looked.has(&format!("#{number}, first reply: from")));
    assert!(
        looked.has("value=\"4:30\"") && looked.has("value=\"120 %\""),
        "what was typed stays"
    );
    assert!(
        !company
            .get(company.admin, "/admin/targets")
            .await
            .has("/admin/targets/1\"")
    );
    let saved = company.post(company.admin, "/admin/targets", &with(&[])).await;
    assert_eq!(saved.location(), "/admin/targets?saved=true");
    let list = company.get(company.admin, saved.location()).await;
    assert!(
        list.has("Around the clock</a>") && list.has("First reply within"),
        "{}",
        list.body
    );
    check(&list, "/admin/targets", "en-CA");
    let one = company.get(company.admin, "/admin/targets/1").await;
    assert!(one.has("value=\"1:00\"") && one.has("<option value=\"always\" selected>"));
    check(&one, "/admin/targets/1", "en-CA");
    let gone = company.post(company.admin, "/admin/targets/1/retire", &[]).await;
    let list = company.get(company.admin, gone.location()).await;
    assert!(list.has("Out of use") && list.has("action=\"/admin/targets/1/restore\""));
    company.post(company.admin, "/admin/targets/1/restore", &[]).await;
    assert!(!company.get(company.admin, "/admin/targets").await.has("Out of use"));
    // A ticket opened on the page of now has the policy at once.
    let next = ticket(&company);
    let due = company.desk.read_now(move |r| -> desk::Result<i64> {
        Ok(r.one("SELECT solve_due FROM ticket WHERE number = $1", &db::args![next])?)
    });
    assert_eq!(due.unwrap(), NOW.plus(4 * HOUR + HOUR / 2).0);
}

#[tokio::test]
async fn what_can_never_be_kept_is_refused_at_its_field() {
    let company = Company::new();
    for (field, value, words) in [
        ("reply", "5:00", "A reply cannot be due after the solution."),
        ("reply", "0:00", "Promise at least a minute"),
        ("reply", "soon", "Write hours and minutes, such as 4:30."),
        ("hours", "77", "Choose a calendar of the list."),
        ("warning", "2:00", "Write 1 % to 99 %"),
        ("requesters", "nobody@nowhere.example", "There is no such person"),
    ] {
        let mut fields = with(&[]);
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let page = company.post(company.admin, "/admin/targets", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.has(&format!("href=\"#{field}\"")), "{field}: {}", page.body);
        assert!(page.has("value=\"Jour et nuit\""), "{field}");
        if field != "requesters" {
            assert!(page.has(words), "{field}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn the_ledger_says_in_words_why_the_clock_stands_where_it_does() {
    let company = Company::new();
    let number = ticket(&company);
    let path = format!("/tickets/{number}/clock");
    company
        .as_person(company.cedar, move |tx, cx| tickets::hold(tx, cx, number, "parts"))
        .unwrap();
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has(&format!("href=\"{path}\"")), "one click from the clock");
    let page = company.get(company.cedar, &path).await;
    assert!(
        page.has("The clock started") && page.has("because it waits for parts."),
        "{}",
        page.body
    );
    assert!(page.has("Promised by the house"));
    check(&page, &path, "en-CA");
    let french = company.get(company.larch, &path).await;
    assert!(
        french.has("Le compteur est parti") && french.has("en attente\u{a0}: parts."),
        "{}",
        french.body
    );
    check(&french, &path, "fr-CA");
    assert_eq!(company.get(company.payroll, &path).await.status, StatusCode::NOT_FOUND);
}
