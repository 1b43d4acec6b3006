//! The pages of problems: the list, one problem, telling everybody, the groups, and the problem behind a ticket.

use axum::http::StatusCode;
use desk::problems::{self, NewProblem};
use desk::words::Lang;
use desk::{ProblemNumber, TicketNumber};

use super::company::{Answer, Company};

fn tunnel() -> NewProblem {
    NewProblem {
        title_en: "The tunnel drops".into(),
        title_fr: "Le RPV tombe".into(),
        symptom_en: "It drops **every** few minutes. <script>".into(),
        workaround_en: "Use the cable.".into(),
        fix_en: "Install driver 22.40.".into(),
        ..NewProblem::default()
    }
}

fn opened(company: &Company, tickets: &[TicketNumber]) -> ProblemNumber {
    let tickets = tickets.to_vec();
    let opened = company.as_person(company.cedar, move |tx, cx| problems::open(tx, cx, &tunnel(), &tickets));
    opened.unwrap().problem.number
}

async fn presses(company: &Company, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = company.post(company.cedar, path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    company.get(company.cedar, answer.location()).await
}

#[tokio::test]
async fn an_empty_list_says_so_in_both_languages_and_leads_to_the_first() {
    let company = Company::new();
    let page = company.get(company.cedar, "/problems").await;
    assert!(page.has("No open problems.") && page.has("href=\"/problems/new\"") && page.has("No similar tickets"));
    assert!(page.has("aria-current=\"page\""));
    let french = company.get(company.larch, "/problems").await;
    assert!(french.has("Aucun problème ouvert.") && french.has("Billets semblables"));
    assert!(
        company
            .get(company.cedar, "/problems?done=true")
            .await
            .has("Nothing solved")
    );
    let requester = company.get(company.payroll, "/problems").await;
    assert_eq!(requester.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_problem_is_opened_from_a_ticket_whose_page_then_names_it() {
    let company = Company::new();
    let ticket = company.open(company.payroll, "VPN drops", |_| {});
    let before = company.get(company.cedar, &format!("/tickets/{ticket}")).await;
    assert!(before.has(&format!("href=\"/tickets/{ticket}/problem\"")) && !before.has("is-plum"));
    let form = company
        .get(company.cedar, &format!("/problems/new?from={ticket}"))
        .await;
    assert!(form.has("value=\"VPN drops\""), "{}", form.body);
    let from = ticket.to_string();
    let empty = company
        .post(
            company.cedar,
            "/problems",
            &[("title_fr", " "), ("fix_en", "Wait."), ("from", &from)],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.has("Wait.</textarea>") && empty.has("href=\"#title_en\""),
        "nothing typed is cleared"
    );
    let page = presses(
        &company,
        "/problems",
        &[("title_en", "The tunnel drops"), ("from", &from)],
    )
    .await;
    assert!(page.has("P-1") && page.has("VPN drops") && page.has("Fixed 0 of 1"));
    let after = company.get(company.cedar, &format!("/tickets/{ticket}")).await;
    assert!(after.has("<a class=\"chip is-plum\" href=\"/problems/1\">P-1</a>"));
    assert!(after.has("linked this to problem P-1"));
}

#[tokio::test]
async fn its_texts_are_shown_in_both_languages_and_as_text() {
    let company = Company::new();
    let number = opened(&company, &[]);
    let page = company.get(company.cedar, &format!("/problems/{number}")).await;
    assert!(page.has("<strong>every</strong>") && page.has("Not written yet.") && !page.has("<script>\n"));
    assert!(page.has("lang=\"en-CA\"") && page.has("<h1>The tunnel drops</h1>"));
    let french = company.get(company.larch, &format!("/problems/{number}")).await;
    assert!(french.has("<h1>Le RPV tombe</h1>") && french.has("Pas encore écrit."));
    assert_eq!(
        company.get(company.cedar, "/problems/99").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn each_step_is_one_press_and_its_toast_takes_it_back() {
    let company = Company::new();
    let number = opened(&company, &[]);
    let state = format!("/problems/{number}/state");
    let known = presses(&company, &state, &[("do", "known")]).await;
    assert!(known.has("KE-1 is a known error.") && known.has("class=\"toast\""));
    let event = known
        .body
        .split("name=\"event\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    let again = company.post(company.cedar, &state, &[("do", "known")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("It is a known error already."));
    let back = presses(&company, &format!("/problems/{number}/undo"), &[("event", &event)]).await;
    assert!(back.has(">P-1<") && !back.has("class=\"toast\""));
    let others = company
        .post(company.larch, &format!("/problems/{number}/undo"), &[("event", &event)])
        .await;
    assert_eq!(
        others.status,
        StatusCode::NOT_FOUND,
        "only what one did oneself is offered"
    );
    let closed = presses(&company, &state, &[("do", "close")]).await;
    assert!(closed.has("Reopen the problem") && !closed.has("name=\"tickets\""));
}

#[tokio::test]
async fn what_somebody_wrote_meanwhile_is_told_and_the_second_save_is_meant() {
    let company = Company::new();
    let number = opened(&company, &[]);
    let form = company.get(company.cedar, &format!("/problems/{number}/edit")).await;
    assert!(form.has("Install driver 22.40.</textarea>"));
    let fields = [("title_en", "Mine"), ("seen", "5")];
    let stale = company
        .post(company.cedar, &format!("/problems/{number}"), &fields)
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.has("Somebody changed this problem") && stale.has("value=\"Mine\""));
    let seen = stale
        .body
        .split("name=\"seen\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    let saved = presses(
        &company,
        &format!("/problems/{number}"),
        &[("title_en", "Mine"), ("seen", &seen)],
    )
    .await;
    assert!(saved.has("<h1>Mine</h1>") && saved.has("Saved P-1."));
}

#[tokio::test]
async fn everybody_is_told_after_a_look_at_both_languages() {
    let company = Company::new();
    let one = company.open(company.payroll, "VPN drops", |_| {});
    let two = company.open(company.registry, "Le RPV tombe", |t| t.language = Some(Lang::Fr));
    let number = opened(&company, &[one, two]);
    let page = company.get(company.cedar, &format!("/problems/{number}")).await;
    assert!(page.has("Tell all 2 requesters") && page.has("Fixed 0 of 2"));
    let tell = format!("/problems/{number}/tell");
    let form = company.get(company.cedar, &tell).await;
    assert!(form.has("English, read by 1") && form.has("French, read by 1"));
    assert!(form.has("Install driver 22.40.</textarea>"), "the fix is offered");
    let look = [
        ("reply_en", "It is **mended**."),
        ("reply_fr", "C’est **réglé**."),
        ("then", "look"),
    ];
    let looked = company.post(company.cedar, &tell, &look).await;
    assert!(looked.has("<strong>mended</strong>") && looked.has("<strong>réglé</strong>"));
    let refused = company.post(company.cedar, &tell, &[("reply_en", "Mended.")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("One requester reads French.") && refused.has("Mended.</textarea>"));
    let done = presses(&company, &tell, &[("reply_en", "Mended."), ("reply_fr", "Réglé.")]).await;
    assert!(done.has("Fixed 2 of 2") && done.has("P-1 is solved.") && done.has("Told: 2."));
    assert!(!done.has("Tell all"));
}

#[tokio::test]
async fn a_ticket_is_linked_from_its_own_page_and_the_link_is_undone_there() {
    let company = Company::new();
    let ticket = company.open(company.payroll, "VPN drops", |_| {});
    opened(&company, &[]);
    let path = format!("/tickets/{ticket}/problem");
    let page = company.get(company.cedar, &path).await;
    assert!(page.has("name=\"problem\"") && page.has("The tunnel drops"));
    let wrong = company.post(company.cedar, &path, &[("problem", "KE-77")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("There is no such problem.") && wrong.has("value=\"KE-77\""));
    let linked = presses(&company, &path, &[("problem", "p 1")]).await;
    assert!(linked.has("is-plum") && linked.has("class=\"toast\""));
    let event = linked
        .body
        .split("name=\"event\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    let undone = presses(&company, &format!("/tickets/{ticket}/undo"), &[("event", &event)]).await;
    assert!(!undone.has("is-plum"));
    presses(&company, &path, &[("problem", "1")]).await;
    let shown = company.get(company.cedar, &path).await;
    assert!(shown.has("Remove the link") && !shown.has("name=\"problem\""));
}

#[tokio::test]
async fn a_private_teams_ticket_stands_on_no_page_of_others() {
    let company = Company::new();
    let secret = company.open(company.payroll, "Marzipan inquiry", |t| t.team = Some(company.private));
    let number = opened(&company, &[]);
    let refused = company
        .post(
            company.cedar,
            &format!("/problems/{number}/tickets"),
            &[("tickets", &secret.to_string())],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    company
        .as_person(company.larch, move |tx, cx| problems::link(tx, cx, number, &[secret]))
        .unwrap();
    for path in [
        "/problems".to_string(),
        format!("/problems/{number}"),
        format!("/problems/{number}/tell"),
    ] {
        let page = company.get(company.cedar, &path).await;
        assert!(
            !page.has("Marzipan") && !page.has(&format!("/tickets/{secret}")),
            "{path}"
        );
        assert!(!page.has("of 1") && !page.has("Tell one"), "{path}: nor counted");
    }
    let insider = company.get(company.larch, &format!("/problems/{number}")).await;
    assert!(insider.has("Marzipan") && insider.has("sur 1"), "control");
    let of_ticket = company.get(company.cedar, &format!("/tickets/{secret}/problem")).await;
    assert_eq!(of_ticket.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_group_is_offered_dismissed_had_back_and_made_a_problem() {
    let company = Company::new();
    for n in 0..30 {
        company.open(company.registry, &format!("Matter {n} of the floor{n}"), |_| {});
    }
    for (who, n) in [(company.payroll, 1), (company.registry, 2), (company.payroll, 3)] {
        company.open(who, "Outlook keeps asking for the password 0x8004010F", move |t| {
            t.body = format!("Case {n}: Outlook keeps asking for the password again, error 0x8004010F.")
                .as_str()
                .into();
        });
    }
    desk::finding::catch_up(&company.desk).await.unwrap();
    problems::look_now(&company.desk).await.unwrap();
    let page = company.get(company.cedar, "/problems").await;
    assert!(page.has("3 tickets of 2 people") && page.has("<mark>"), "{}", page.body);
    let id = page
        .body
        .split("/problems/groups/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_string();
    let gone = presses(&company, &format!("/problems/groups/{id}/dismiss"), &[]).await;
    assert!(!gone.has("3 tickets of") && gone.has("It is not offered again."));
    let back = presses(&company, &format!("/problems/groups/{id}/offer"), &[]).await;
    assert!(back.has("3 tickets of 2 people"));
    let form = company.get(company.cedar, &format!("/problems/new?group={id}")).await;
    assert!(form.has(&format!("name=\"group\" value=\"{id}\"")));
    let made = presses(&company, "/problems", &[("title_en", "Outlook asks"), ("group", &id)]).await;
    assert!(made.has("3 tickets"));
    assert!(!company.get(company.cedar, "/problems").await.has("3 tickets of"));
}
