//! An outage from the first cluster to the all-clear, on the pages of the desk.

use axum::http::StatusCode;
use desk::tickets;
use desk::words::Lang;

use super::changes::service;
use super::company::Company;

#[tokio::test]
async fn from_a_cluster_to_the_all_clear() {
    let company = Company::new();
    let mail = service(&company, "Mail", "Courriel");
    let english = company.open(company.payroll, "No mail", |new| new.language = Some(Lang::En));
    let french = company.open(company.registry, "Pas de courriel", |new| new.language = Some(Lang::Fr));
    let form = company
        .get(company.cedar, &format!("/outages/new?tickets={english},{french}"))
        .await;
    assert!(form.has(&format!("value=\"{english}, {french}\"")));
    let body = format!(
        "title_en=Mail+is+down&title_fr=Courriel+en+panne&words_en=We+look.&words_fr=On+cherche.\
         &services={mail}:down&tickets={english},{french}&shown=yes&began_at="
    );
    let opened = company.post_form(company.cedar, "/outages", &body).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let catalogue = company.get(company.larch, "/services").await;
    assert!(catalogue.has("Courriel en panne") && catalogue.has("En panne"));
    let page = company.get(company.cedar, "/outages/1").await;
    assert!(page.has("Mail is down") && page.has(&format!("#{english}")) && page.has(&format!("#{french}")));
    let deed = |words_fr: &'static str, word: &'static str| {
        let company = &company;
        async move {
            let fields = [
                ("deed", word),
                ("words_en", "Mail works."),
                ("words_fr", words_fr),
                ("phase", "over"),
            ];
            company.post(company.cedar, "/outages/1/deed", &fields).await
        }
    };
    let half = deed("", "clear").await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.has("reads this language") && half.has("Mail works.</textarea>"));
    let page = company.get(company.cedar, "/outages/1").await;
    assert!(page.has("We are looking for the cause"), "nothing of it was told");
    let clear = deed("Le courriel fonctionne.", "clear").await;
    let page = company.get(company.cedar, clear.location()).await;
    assert!(page.has("2 tickets answered.") && page.has("Over"));
    let said = company.get(company.cedar, &format!("/tickets/{french}")).await;
    assert!(said.has("Le courriel fonctionne.") && !said.has("Mail works."));
    let past = company.get(company.larch, "/outages").await;
    assert!(past.has("Courriel en panne"));
    let event = clear.location().split("answered=").nth(1).unwrap().to_string();
    company.post(company.cedar, "/outages/undo", &[("event", &event)]).await;
    let back = company
        .as_person(company.cedar, move |tx, cx| {
            Ok(tickets::find_visible(tx, cx, english)?.status)
        })
        .unwrap();
    assert_ne!(back, tickets::Status::Solved);
}

#[tokio::test]
async fn what_is_refused_comes_back_and_an_edit_is_taken_back() {
    let company = Company::new();
    let page = company
        .post(company.cedar, "/outages", &[("title_en", ""), ("note", "Pager")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("href=\"#title_en\"") && page.has("Pager</textarea>"));
    let opened = company
        .post(
            company.cedar,
            "/outages",
            &[("title_en", "Mail is down"), ("shown", "yes")],
        )
        .await;
    assert!(opened.location().starts_with("/outages/1?done="));
    let page = company.get(company.cedar, "/outages/1").await;
    assert!(page.has("French is missing"));
    let edited = company
        .post(
            company.cedar,
            "/outages/1/edit",
            &[("title_en", "Mail is slow"), ("shown", "yes")],
        )
        .await;
    assert!(company.get(company.cedar, "/outages/1").await.has("Mail is slow"));
    let event = edited.location().split("done=").nth(1).unwrap().to_string();
    company.post(company.cedar, "/outages/undo", &[("event", &event)]).await;
    assert!(company.get(company.cedar, "/outages/1").await.has("Mail is down"));
}
