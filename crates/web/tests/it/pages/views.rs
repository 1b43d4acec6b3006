//! Filtered lists, saved views, many tickets at once, and keys: as the pages show and take them.

use axum::http::StatusCode;
use desk::clock::DAY;
use desk::tickets::{self, Priority};

use super::company::Company;

/// A view of Cedar's: what is urgent and not solved.
async fn urgent_view(company: &Company) -> String {
    let form = "name=On+fire&team=&match=all&field0=standing&is0=is&value0=standing%3Aunsolved\
                &field1=priority&is1=is&value1=priority%3Aurgent";
    let saved = company.post_form(company.cedar, "/inbox/views", form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    saved.location().to_string()
}

fn two(company: &Company) {
    company.open(company.payroll, "The server room is hot", |new| {
        new.priority = Some(Priority::Urgent);
    });
    company.open(company.registry, "A mouse squeaks", |_| {});
}

#[tokio::test]
async fn a_filter_in_the_address_narrows_the_list_and_says_so() {
    let company = Company::new();
    two(&company);
    let page = company
        .get(company.cedar, "/inbox/everyone?priority=urgent,high&status=new")
        .await;
    assert!(page.has("The server room is hot") && !page.has("A mouse squeaks"));
    assert!(
        page.has("Priority is High or Urgent") || page.has("Priority is Urgent or High"),
        "{}",
        page.body
    );
    assert!(page.has("href=\"/tickets/") && page.has("?view=everyone&#38;status=new&#38;priority=urgent%2Chigh\""));
    let none = company.get(company.cedar, "/inbox/everyone?subject=giraffe").await;
    assert!(none.has("Nothing fits this filter.") && none.has("href=\"/inbox/everyone\">Clear the filter"));
    let odd = company.get(company.cedar, "/inbox/everyone?status=burning").await;
    assert_eq!(
        odd.status,
        StatusCode::NOT_FOUND,
        "a filter nobody knows shows nothing, not everything"
    );
}

#[tokio::test]
async fn the_list_beside_a_ticket_stays_filtered() {
    let company = Company::new();
    two(&company);
    let hot = company.get(company.cedar, "/inbox/everyone?priority=urgent").await;
    let row = hot.body.split("class=\"tk is-new\" href=\"").nth(1).unwrap();
    let link = row.split('"').next().unwrap().replace("&#38;", "&");
    let ticket = company.get(company.cedar, &link).await;
    assert_eq!(ticket.status, StatusCode::OK);
    assert!(ticket.has("The server room is hot") && !ticket.has("A mouse squeaks"));
}

#[tokio::test]
async fn a_view_is_saved_shown_counted_and_taken_away_with_an_undo() {
    let company = Company::new();
    two(&company);
    let address = urgent_view(&company).await;
    let page = company.get(company.cedar, &address).await;
    assert!(
        page.has("<h1 class=\"cut\">On fire <span class=\"faint num\">1</span></h1>"),
        "{}",
        page.body
    );
    assert!(page.has("The server room is hot") && !page.has("A mouse squeaks"));
    let other = company.get(company.larch, &address).await;
    assert_eq!(
        other.status,
        StatusCode::NOT_FOUND,
        "a private view is not there for others"
    );
    let id = address.trim_start_matches("/inbox/");
    let gone = company
        .post_form(company.cedar, &format!("/inbox/views/{id}/remove"), "")
        .await;
    let after = company.get(company.cedar, gone.location()).await;
    assert!(after.has("The view is gone.") && after.has(&format!("action=\"/inbox/views/{id}/restore\"")));
    assert_eq!(company.get(company.cedar, &address).await.status, StatusCode::NOT_FOUND);
    company
        .post_form(company.cedar, &format!("/inbox/views/{id}/restore"), "")
        .await;
    assert_eq!(company.get(company.cedar, &address).await.status, StatusCode::OK);
}

#[tokio::test]
async fn while_a_view_is_written_the_form_says_what_it_finds() {
    let company = Company::new();
    two(&company);
    let asked = "match=all&field0=priority&is0=is&value0=priority%3Aurgent&field1=quiet_for&is1=is&text1=";
    let draft = company.post_form(company.cedar, "/inbox/views/draft", asked).await;
    assert!(draft.has("It finds one ticket now.") && draft.has("Priority is Urgent"));
    assert!(
        !draft.has("field-error"),
        "a row that is not finished is no fault while one writes"
    );
    let refused = company
        .post_form(company.cedar, "/inbox/views", &format!("name=&{asked}"))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("href=\"#name\"") && refused.has("href=\"#field1\"") && refused.has("id=\"wrong1\""));
    assert!(
        refused.has("value=\"priority:urgent\" checked"),
        "what was chosen stays chosen"
    );
    let french = company.post_form(company.larch, "/inbox/views/draft", asked).await;
    assert!(french.has("Elle trouve un billet en ce moment.") && french.has("La priorité est Urgente"));
}

#[tokio::test]
async fn the_form_works_by_its_own_buttons_too() {
    let company = Company::new();
    let page = company
        .post_form(company.cedar, "/inbox/views", "name=X&field0=late&is0=is&act=add")
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("name=\"field1\"") && page.has("value=\"X\"") && !page.has("role=\"alert\""));
    let less = company
        .post_form(
            company.cedar,
            "/inbox/views",
            "name=X&field0=late&field1=unread&act=remove0",
        )
        .await;
    assert!(!less.has("name=\"field1\"") && less.has("<option value=\"unread\" selected>"));
}

#[tokio::test]
async fn ticked_tickets_change_together_and_come_back_together() {
    let company = Company::new();
    two(&company);
    let numbers: Vec<i64> = {
        let page = company.get(company.cedar, "/inbox/unassigned").await;
        let boxes = page.body.split("form=\"bulk\" name=\"t\" value=\"").skip(1);
        boxes.filter_map(|b| b.split('"').next()?.parse().ok()).collect()
    };
    assert_eq!(numbers.len(), 2);
    let form = format!("t={}&t={}&deed=assign%3Ame", numbers[0], numbers[1]);
    let done = company
        .post_form(company.cedar, "/inbox/unassigned/bulk?order=due", &form)
        .await;
    let page = company.get(company.cedar, done.location()).await;
    assert!(page.has("Changed 2 tickets.") && page.has("Every ticket has somebody."));
    let event = done.location().split("bulk=").nth(1).unwrap().to_string();
    let undone = company
        .post_form(company.cedar, "/inbox/unassigned/undo", &format!("event={event}"))
        .await;
    let page = company.get(company.cedar, undone.location()).await;
    assert!(page.has("The server room is hot") && page.has("A mouse squeaks"));
    let stranger = company
        .post_form(company.larch, "/inbox/unassigned/undo", &format!("event={event}"))
        .await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_bulk_without_a_deed_keeps_the_ticks() {
    let company = Company::new();
    let number = company.open(company.payroll, "A mouse squeaks", |_| {});
    let page = company
        .post_form(company.cedar, "/inbox/unassigned/bulk", &format!("t={number}&deed="))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Choose what to do with them.") && page.has(&format!("value=\"{number}\" checked")));
    let deeds = company.get(company.larch, "/inbox/deeds").await;
    assert!(deeds.has("<turbo-frame id=\"deeds\">") && deeds.has("value=\"assign:me\">"));
}

#[tokio::test]
async fn what_was_left_alone_is_said_with_its_reason() {
    let company = Company::new();
    let number = company.open(company.payroll, "A mouse squeaks", |_| {});
    company
        .as_person(company.larch, move |tx, cx| tickets::close(tx, cx, number))
        .unwrap();
    let form = format!("t={number}&deed=solve");
    let done = company.post_form(company.cedar, "/inbox/everyone/bulk", &form).await;
    let page = company.get(company.cedar, done.location()).await;
    assert!(
        page.has("Nothing was changed.") && page.has("It is closed. Reopen it first."),
        "{}",
        page.body
    );
    assert!(
        !page.has("action=\"/inbox/everyone/undo"),
        "there is nothing to take back"
    );
}

#[tokio::test]
async fn keys_are_shown_changed_and_refused_by_name() {
    let company = Company::new();
    let sheet = company.get(company.larch, "/me/keys/sheet").await;
    assert!(sheet.has("<turbo-frame id=\"keys-frame\">") && sheet.has("Répondre"));
    let refused = company.post_form(company.cedar, "/me/keys", "r=n&n=n").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Reply: This key does something else already, or begins another."));
    let saved = company.post_form(company.cedar, "/me/keys", "r=y&j=").await;
    assert_eq!(saved.location(), "/me/keys?saved=true");
    let page = company.get(company.cedar, "/inbox/mine").await;
    assert!(
        page.has("data-keymap=\"{&#34;j&#34;:&#34;&#34;,&#34;r&#34;:&#34;y&#34;}\""),
        "{}",
        page.body
    );
    company.post_form(company.cedar, "/me/keys", "usual=all&r=y").await;
    assert!(!company.get(company.cedar, "/inbox/mine").await.has("data-keymap"));
}

#[tokio::test]
async fn the_palette_finds_by_number_name_and_only_what_may_be_seen() {
    let company = Company::new();
    let team = company.private;
    let secret = company.open(company.payroll, "A private matter", move |new| new.team = Some(team));
    let open = company.open(company.payroll, "A mouse squeaks", |_| {});
    company.desk.clock().advance(DAY);
    urgent_view(&company).await;
    let found = company.get(company.cedar, &format!("/palette?q=%23{open}")).await;
    assert!(found.has(&format!("data-href=\"/tickets/{open}\"")) && found.has("A mouse squeaks"));
    let hidden = company.get(company.cedar, &format!("/palette?q={secret}")).await;
    assert!(
        !hidden.has("A private matter"),
        "a number says nothing about a ticket one may not see"
    );
    assert!(
        company
            .get(company.larch, &format!("/palette?q={secret}"))
            .await
            .has("A private matter")
    );
    let view = company.get(company.cedar, "/palette?q=fire").await;
    assert!(view.has("On fire") && view.has("data-href=\"/inbox/"));
    assert!(!company.get(company.larch, "/palette?q=fire").await.has("On fire"));
}

#[tokio::test]
async fn a_view_that_cannot_be_put_closes_nothing() {
    let company = Company::new();
    let saved = company
        .post_form(
            company.cedar,
            "/inbox/views",
            "name=Odd&field0=standing&is0=is&value0=standing:unsolved",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let broken = company.as_person(company.cedar, |tx, _| {
        let kept = r#"{"any":false,"clauses":[{"field":"standing","not":false,"values":["unsolved"]},{"field":"tag","not":false,"values":["a\u0000b"]}]}"#;
        Ok(tx.exec("UPDATE saved_view SET condition = $1", &db::args![kept])?)
    });
    assert_eq!(broken, Ok(1));
    for path in ["/inbox/mine", "/inbox/views", "/me"] {
        assert_eq!(company.get(company.cedar, path).await.status, StatusCode::OK, "{path}");
    }
}
