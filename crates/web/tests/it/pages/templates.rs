//! The words of letters on their pages: a look before they are kept, the usual ones again, in both languages.

use axum::http::StatusCode;
use desk::MailboxId;
use desk::mailboxes::{MailboxFields, boxes, outbox};

use super::company::{Answer, Company};

const WORDS: &str = "/admin/templates/words";

async fn send(company: &Company, more: &[(&str, &str)]) -> Answer {
    let of = [("kind", "acknowledgement"), ("language", "fr"), ("mailbox", "")];
    let fields: Vec<(&str, &str)> = of.iter().chain(more).copied().collect();
    company.post(company.admin, WORDS, &fields).await
}

#[tokio::test]
async fn words_are_looked_at_kept_and_made_usual_again() {
    let company = Company::new();
    let page = company
        .get(company.admin, &format!("{WORDS}?kind=acknowledgement&language=fr"))
        .await;
    assert!(page.has("Votre demande nous est parvenue.") && page.has("Nous avons reçu votre demande 1042"));
    assert!(!page.has("Go back to the usual words"));
    let words = [
        ("subject", "Reçu {{number}}"),
        ("body", "**Merci** <script>x</script> {{link}}"),
    ];
    let look = send(&company, &[words[0], words[1], ("then", "look")]).await;
    assert_eq!(look.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(look.has("Reçu 1042") && look.has("<strong>Merci</strong>") && !look.has("<script>x"));
    let list = company.get(company.admin, "/admin/templates").await;
    assert!(!list.has("Changed"), "a look keeps nothing");
    let kept = send(&company, &words).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = company.get(company.admin, kept.location()).await;
    assert!(page.has("Reçu {{number}}") && page.has("Go back to the usual words") && page.has("Saved"));
    assert!(company.get(company.admin, "/admin/templates").await.has("Changed"));
    let of = [("kind", "acknowledgement"), ("language", "fr"), ("mailbox", "")];
    let typing = [&of[..], &[("subject", "Reçu {{number}}"), ("body", "Half a thought")]].concat();
    let page = company.post(company.admin, "/admin/templates/restore", &typing).await;
    assert!(page.has("Votre demande nous est parvenue.") && page.has("The usual words are back."));
    assert!(page.has("name=\"was_body\" value=\"**Merci**") && page.has("name=\"body\" value=\"Half a thought\""));
    assert!(!company.get(company.admin, "/admin/templates").await.has("Changed"));
    let was = [("was_subject", words[0].1), ("was_body", words[1].1), ("then", "back")];
    let back = company.post(company.admin, WORDS, &[&typing[..], &was].concat()).await;
    assert!(back.has("Half a thought"), "what was being typed is there again");
    let kept = company
        .get(company.admin, &format!("{WORDS}?kind=acknowledgement&language=fr"))
        .await;
    assert!(
        kept.has("**Merci**") && !kept.has("Half a thought"),
        "and what was kept is kept"
    );
}

#[tokio::test]
async fn a_field_that_does_not_exist_is_refused_with_those_that_do_and_nothing_is_cleared() {
    let company = Company::new();
    let refused = send(&company, &[("subject", "x"), ("body", "Hello {{secret}}")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("{{number}} {{desk}} {{name}} {{link}}") && refused.has("Hello {{secret}}"),
        "{}",
        refused.body
    );
    let list = company.get(company.cedar, "/admin/templates").await;
    assert_eq!(list.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_mailbox_says_how_it_writes() {
    let company = Company::new();
    let add = company.as_person(company.admin, |tx, cx| {
        boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
    });
    let id: MailboxId = add.unwrap();
    let at = format!("/admin/templates/mailboxes/{id}");
    assert!(company.get(company.admin, &at).await.has("help@desk.example"));
    let manners = [("quote", "all"), ("signature_en", "The desk"), ("acknowledge", "no")];
    let refused = company.post(company.admin, &at, &manners).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Write it in both languages") && refused.has("The desk"));
    let both = [manners[0], manners[1], manners[2], ("signature_fr", "Le centre")];
    assert_eq!(
        company.post(company.admin, &at, &both).await.status,
        StatusCode::SEE_OTHER
    );
    let kept = company
        .as_person(company.admin, move |tx, cx| outbox::manners(tx, cx, id))
        .unwrap();
    assert_eq!((kept.quote, kept.acknowledge), (outbox::Quote::All, false));
    let page = company
        .get(company.admin, &format!("{WORDS}?kind=reply&language=en&mailbox={id}"))
        .await;
    assert!(
        page.has("<p>The desk</p>"),
        "the signature is in the letter that is shown"
    );
}

#[tokio::test]
async fn the_preview_of_a_reply_is_its_letter_and_of_a_note_its_words() {
    let company = Company::new();
    company
        .as_person(company.admin, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
        })
        .unwrap();
    let number = company.open(company.payroll, "VPN drops", |_| {});
    let look = |kind: &'static str| {
        let at = format!("/tickets/{number}/preview?kind={kind}");
        let company = &company;
        async move { company.post_form(company.cedar, &at, "**Please** restart").await }
    };
    let reply = look("reply").await;
    assert!(
        reply.has("<strong>Please</strong>") && reply.has("It does not work since this morning."),
        "{}",
        reply.body
    );
    assert!(reply.has("/en/k/0000"), "the link of a letter is made when it leaves");
    let (shown, solving) = reply
        .body
        .split_once("<details>")
        .expect("the letter that solves it as well");
    assert!(!shown.contains("?answer=good") && solving.contains("?answer=good") && solving.contains("<strong>Please"));
    let note = look("note").await;
    assert!(note.has("<strong>Please</strong>") && !note.has("/k/") && !note.has("<details>"));
}
