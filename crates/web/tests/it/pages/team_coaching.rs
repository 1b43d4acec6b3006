//! Coaching as a page: for two, with what was typed kept when it is refused, and with a way back.

use axum::http::StatusCode;
use desk::access::Role;
use desk::people::{self, NewPerson};
use desk::teams;

use super::company::Company;

#[tokio::test]
async fn two_see_goals_and_notes_and_others_see_nothing() {
    let company = Company::new();
    let (private, larch) = (company.private, company.larch);
    let lead = company
        .as_person(company.admin, move |tx, cx| {
            let lead = people::add(
                tx,
                cx,
                &NewPerson::new("Tamarack", "tamarack@desk.example", Role::Supervisor),
            )?;
            teams::join(tx, cx, private, lead)?;
            teams::lead(tx, cx, private, lead, true)?;
            Ok(lead)
        })
        .unwrap();
    let path = format!("/team/people/{larch}");
    assert!(company.get(lead, "/team/qa").await.has(&format!("href=\"{path}\"")));
    let added = company
        .post(lead, &format!("{path}/goals"), &[("goal", "Printing alone")])
        .await;
    assert_eq!(added.location(), path);
    company
        .post(lead, &format!("{path}/notes"), &[("note", "Well explained.")])
        .await;
    let own = company.get(larch, &path).await;
    assert!(own.has("Printing alone") && own.has("Well explained."));
    assert!(!own.has("[coaching"), "{}", own.body);
    assert!(!own.has("/team/notes/1/edit"), "its author alone changes it");
    company
        .post(larch, &format!("{path}/notes"), &[("note", "Merci"), ("answers", "1")])
        .await;
    let page = company.get(lead, &path).await;
    assert!(page.has("Merci") && page.has("/team/notes/1/edit"), "{}", page.body);
    let long = "x".repeat(4001);
    let refused = company.post(lead, &format!("{path}/notes"), &[("note", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has(&long), "what was typed stays");
    company
        .post(lead, "/team/notes/1/edit", &[("note", "Very well explained.")])
        .await;
    let removed = company.post(lead, "/team/notes/1", &[("deed", "remove")]).await;
    let toast = company.get(lead, removed.location()).await;
    assert!(toast.has("data-controller=\"undo\"") && !toast.has("Very well explained."));
    company.post(lead, "/team/notes/1", &[("deed", "restore")]).await;
    assert!(company.get(larch, &path).await.has("Very well explained."));
    for who in [company.admin, company.cedar, company.payroll] {
        assert_eq!(company.get(who, &path).await.status, StatusCode::NOT_FOUND);
        let forced = company.post(who, &format!("{path}/notes"), &[("note", "x")]).await;
        assert_eq!(forced.status, StatusCode::NOT_FOUND);
    }
}
