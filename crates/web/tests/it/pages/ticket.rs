//! The page of one ticket: who sees it, what is new on it, and what strangers cannot put there.

use std::time::Duration;

use axum::http::StatusCode;
use desk::tickets::{self, NewMessage};

use super::company::Company;

#[tokio::test]
async fn words_of_strangers_stay_words() {
    let company = Company::new();
    let attack = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>";
    let number = company.open(company.payroll, attack, |new| {
        new.body = attack.into();
        new.html = Some(format!(
            "<p data-controller=\"live\" onclick=\"x()\">Hello</p>{attack}<turbo-stream></turbo-stream>"
        ));
    });
    company
        .as_person(company.cedar, move |tx, cx| tickets::tag(tx, cx, number, "<b>x"))
        .unwrap();
    let page = company
        .get(company.cedar, &format!("/tickets/{number}?view=unassigned"))
        .await;
    assert!(page.has("Hello"), "the harmless part is kept");
    for bad in [
        "<img src=x",
        "<script>",
        "onclick=",
        "<turbo-stream",
        "<b>x",
        "<p data-controller",
    ] {
        assert!(!page.has(bad), "{bad}");
    }
    assert!(
        page.has("&#60;img src=x onerror") || page.has("&lt;img src=x onerror"),
        "and it is shown"
    );
}

#[tokio::test]
async fn new_words_are_new_until_they_were_seen() {
    let company = Company::new();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let row = format!("<a class=\"tk is-new\" href=\"/tickets/{number}?");
    assert!(company.get(company.cedar, "/inbox/unassigned").await.has(&row));
    // A browser that looks ahead has read nothing.
    company
        .get_with(
            company.cedar,
            &format!("/tickets/{number}"),
            &[("x-sec-purpose", "prefetch")],
        )
        .await;
    assert!(company.get(company.cedar, "/inbox/unassigned").await.has(&row));
    company.get(company.cedar, &format!("/tickets/{number}")).await;
    // The look is marked after the page has left.
    let marked = async { while company.get(company.cedar, "/inbox/unassigned").await.has(&row) {} };
    tokio::time::timeout(Duration::from_secs(10), marked)
        .await
        .expect("what was read is read");
    company.desk.clock().advance(1);
    company.reply(company.larch, number, "Bonjour");
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("New since you last looked"));
    let mine = company.get(company.larch, &format!("/tickets/{number}")).await;
    assert!(
        !mine.has("Nouveau depuis votre dernière visite"),
        "one's own words are not new"
    );
}

#[tokio::test]
async fn a_private_ticket_is_not_there_for_others() {
    let company = Company::new();
    let team = company.private;
    let number = company.open(company.payroll, "A private matter", move |new| new.team = Some(team));
    assert_eq!(
        company.get(company.larch, &format!("/tickets/{number}")).await.status,
        StatusCode::OK
    );
    let absent = company.get(company.cedar, "/tickets/999999").await;
    let closed = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert_eq!(
        (absent.status, closed.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(absent.body, closed.body, "forbidden looks like absent");
    for (verb, field) in [
        ("assignee", "assignee"),
        ("solution", "cause"),
        ("status", "do"),
        ("edit", "subject"),
        ("tags", "tag"),
        ("tags/remove", "tag"),
        ("merge", "into"),
        ("unmerge", "x"),
        ("links", "other"),
        ("links/remove", "other"),
        ("watch", "x"),
        ("unwatch", "x"),
        ("undo", "event"),
    ] {
        let value = match verb {
            "status" => "pend",
            "merge" | "links" | "links/remove" => "1002",
            "assignee" => "me",
            _ => "1",
        };
        let answer = company
            .post(company.cedar, &format!("/tickets/{number}/{verb}"), &[(field, value)])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
    for verb in ["replies", "notes", "calls", "visits"] {
        let answer = company
            .send(
                company.cedar,
                &format!("/tickets/{number}/{verb}"),
                &[("body", None, "x")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
        let control = company
            .send(
                company.larch,
                &format!("/tickets/{number}/{verb}"),
                &[("body", None, "x")],
            )
            .await;
        assert_eq!(control.status, StatusCode::SEE_OTHER, "{verb}");
    }
    assert_eq!(
        company.get(company.payroll, &format!("/tickets/{number}")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_administrators_look_into_a_private_ticket_is_on_record() {
    let company = Company::new();
    let team = company.private;
    let number = company.open(company.payroll, "A private matter", move |new| new.team = Some(team));
    // The audit log is a chain: its head changes with every line, and only then.
    let head = |company: &Company| company.desk.read_now(|r| desk::house::get(r, "audit-head")).unwrap();
    let before = head(&company);
    company.get(company.larch, &format!("/tickets/{number}")).await;
    assert_eq!(head(&company), before, "a member is at home");
    assert_eq!(
        company.get(company.admin, &format!("/tickets/{number}")).await.status,
        StatusCode::OK
    );
    assert_ne!(head(&company), before);
}

#[tokio::test]
async fn a_merged_ticket_leads_to_the_one_kept() {
    let company = Company::new();
    let (kept, gone) = (
        company.open(company.payroll, "VPN drops", |_| {}),
        company.open(company.payroll, "VPN again", |_| {}),
    );
    let merged = company
        .post(
            company.cedar,
            &format!("/tickets/{gone}/merge"),
            &[("into", &format!("#{kept}"))],
        )
        .await;
    assert!(
        merged.location().starts_with(&format!("/tickets/{kept}?")),
        "{}",
        merged.location()
    );
    let toast = company.get(company.cedar, merged.location()).await;
    assert!(
        toast.has(&format!("action=\"/tickets/{gone}/undo?")),
        "the undo names the ticket it belongs to"
    );
    let old = company.get(company.cedar, &format!("/tickets/{gone}")).await;
    assert_eq!(old.status, StatusCode::SEE_OTHER);
    let page = company.get(company.cedar, old.location()).await;
    assert!(page.has(&format!("#{gone} was merged into this ticket.")));
    let apart = company
        .post(company.cedar, &format!("/tickets/{gone}/unmerge"), &[])
        .await;
    assert!(apart.location().starts_with(&format!("/tickets/{gone}?")));
    assert_eq!(
        company.get(company.cedar, &format!("/tickets/{gone}")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_long_conversation_folds_its_middle() {
    let company = Company::new();
    let number = company.open(company.payroll, "A long story", |_| {});
    company
        .as_person(company.cedar, move |tx, cx| {
            for at in 0..80 {
                let new = NewMessage {
                    body: format!("Chapter {at:02}."),
                    ..NewMessage::default()
                };
                tickets::note(tx, cx, number, &new)?;
            }
            Ok(())
        })
        .unwrap();
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("Chapter 00.") && !page.has("Chapter 20.") && page.has("Chapter 79."));
    let whole = company.get(company.cedar, &format!("/tickets/{number}?all=true")).await;
    assert!(whole.has("Chapter 20."));
}
