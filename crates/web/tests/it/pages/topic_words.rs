//! What was typed into the fields of a topic is never lost: when the form changed meanwhile, when solving needs more
//! than the sheet showed, when a ticket that is there already is joined.

use axum::http::StatusCode;
use desk::forms::{self, Kind, NewField, Required};
use desk::tickets::{self, Status};

use super::company::Company;

#[tokio::test]
async fn words_for_a_field_that_is_gone_come_back_to_be_copied() {
    let company = Company::new();
    let topic = company.network();
    let number = company.about(topic);
    let gone = company.as_person(company.admin, move |tx, cx| {
        let form = forms::whole_form_of(tx, cx, topic)?;
        let point = form.by_key("access-point").map(|field| field.id).unwrap();
        forms::retire(tx, cx, point)
    });
    gone.unwrap();
    for (path, form) in [
        ("fields", "f.way=wi-fi&f.access-point=P-3"),
        ("solution", "cause=Wet&f.access-point=P-3"),
    ] {
        let answer = company
            .post_form(company.cedar, &format!("/tickets/{number}/{path}"), form)
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}");
        assert!(
            answer.has("<dt>Access point</dt><dd>") && answer.has("P-3"),
            "{path}: {}",
            answer.body
        );
        assert!(answer.has("You typed this for fields that are gone."));
    }
    assert_eq!(company.status(number), Status::New);
    let taken = company
        .post_form(
            company.cedar,
            &format!("/tickets/{number}/fields"),
            "f.way=wi-fi&f.access-point=",
        )
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "what is empty is no loss");
}

#[tokio::test]
async fn the_sheet_that_solves_has_what_its_own_fields_show() {
    let company = Company::new();
    let topic = company.topic("Repairs");
    let kinds = [("Part", "Pièce"), ("Nothing", "Rien")];
    let what = NewField::new(Kind::One, "Replaced", "Remplacé").with_options(&kinds);
    let what = company.field(topic, what.required(Required::Solving));
    let part = NewField::new(Kind::Short, "Which part", "Quelle pièce").shown_when(what, &["part"]);
    company.field(topic, part.required(Required::Solving));
    let number = company.about(topic);
    let page = company.get(company.cedar, &format!("/tickets/{number}")).await;
    assert!(page.has("id=\"s.f.replaced\"") && page.has("id=\"s.f.which-part\""));
    let path = format!("/tickets/{number}/solution");
    let refused = company
        .post_form(company.cedar, &path, "cause=Worn&f.replaced=part")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let row = refused.body.split("data-shown=\"f.replaced=part\"").nth(2);
    let row = row
        .expect("it is in the sheet, and in the details")
        .split("</fieldset>")
        .next()
        .unwrap();
    assert!(
        !row.starts_with(" hidden"),
        "without script it is there to be filled in: {row}"
    );
    let solved = company
        .post_form(company.cedar, &path, "cause=Worn&f.replaced=part&f.which-part=Fuser")
        .await;
    assert_eq!(solved.status, StatusCode::SEE_OTHER, "{}", solved.body);
    assert_eq!(company.status(number), Status::Solved);
}

#[tokio::test]
async fn words_that_solve_say_what_is_missing_and_stay() {
    let company = Company::new();
    let number = company.about(company.network());
    let form = [("body", None, "It is mended."), ("then", None, "solved")];
    let refused = company
        .send(company.cedar, &format!("/tickets/{number}/replies"), &form)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("<a href=\"#f.access-point\">") && refused.has("It is mended.</textarea>"));
    assert_eq!(company.status(number), Status::New);
}

#[tokio::test]
async fn a_ticket_that_is_joined_gets_what_the_topic_asked() {
    let company = Company::new();
    let topic = company.network();
    let open = company.open(company.payroll, "Slow", |_| ());
    let (topic, payroll, number) = (topic.to_string(), company.payroll.to_string(), open.to_string());
    let form = [
        ("channel", None, "phone"),
        ("person", None, payroll.as_str()),
        ("subject", None, "Slow again"),
        ("body", None, "Since noon"),
        ("topic", None, topic.as_str()),
        ("f.way", None, "wi-fi"),
        ("f.network-name", None, "Cedar"),
        ("f.access-point", None, ""),
        ("join", None, number.as_str()),
    ];
    let joined = company.send(company.cedar, "/tickets", &form).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let detail = company
        .as_person(company.cedar, move |tx, cx| tickets::detail(tx, cx, open))
        .unwrap();
    let body = &detail.messages.last().unwrap().body.0;
    for words in ["Way: Wi-Fi", "Network name: Cedar", "Since noon"] {
        assert!(body.contains(words), "{body}");
    }
    assert!(!body.contains("Access point"));
}

#[tokio::test]
async fn a_ticket_is_found_by_what_was_typed_into_a_field() {
    let company = Company::new();
    let topic = company.topic("Repairs");
    company.field(topic, NewField::new(Kind::Short, "Serial number", "Numéro de série"));
    let number = company.about(topic);
    let path = format!("/tickets/{number}/fields");
    company
        .post_form(company.cedar, &path, "f.serial-number=QX77-1204")
        .await;
    desk::finding::catch_up(&company.desk).await.unwrap();
    let page = company.get(company.cedar, "/search?q=QX77-1204").await;
    assert!(page.has(&format!("/tickets/{number}")), "{}", page.body);
    let other = company.get(company.cedar, "/search?q=QX77-9999").await;
    assert!(!other.has(&format!("href=\"/tickets/{number}")), "control");
}
