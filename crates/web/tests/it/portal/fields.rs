//! What a topic asks of requesters: only what they may see, only where it is shown, and nothing cleared.

use axum::http::StatusCode;
use desk::forms::{self, Audience, Kind, NewField, Required};
use desk::topics::{self, NewTopic};
use desk::{FieldId, TopicId};

use super::stand::Stand;

impl Stand {
    fn adds(&self, topic: TopicId, new: NewField) -> FieldId {
        self.write(move |tx, cx| forms::add(tx, cx, topic, &new))
    }

    fn printing(&self) -> TopicId {
        let new = NewTopic {
            parent: None,
            name_en: "Printing".into(),
            name_fr: "Impression".into(),
            team: None,
        };
        let topic = self.write(move |tx, cx| topics::add(tx, cx, &new));
        let signs = [("Jam", "Bourrage"), ("Pale", "Pâle")];
        let sign = NewField::new(Kind::Several, "Signs <b>", "Signes").with_options(&signs);
        let sign = self.adds(topic, sign.required(Required::Asking));
        let tray = NewField::new(Kind::Number, "Tray", "Bac")
            .shown_when(sign, &["jam"])
            .required(Required::Asking);
        self.adds(topic, tray);
        let secret = NewField {
            team_only: true,
            ..NewField::new(Kind::Short, "Asset", "Actif")
        };
        self.adds(topic, secret);
        topic
    }
}

type Part<'a> = (&'a str, Option<&'a str>, &'a str);

fn asked<'a>(topic: &'a str, more: &[Part<'a>]) -> Vec<Part<'a>> {
    let base = [
        ("subject", None, "Printer"),
        ("body", None, "No paper"),
        ("topic", None, topic),
    ];
    base.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_requester_is_asked_only_what_his_topic_asks_of_him() {
    let stand = Stand::new();
    let topic = stand.printing();
    let rows = stand.browser().get(&format!("/fr/ask/fields?topic={topic}")).await;
    assert_eq!(rows.status, StatusCode::OK);
    assert!(rows.has("Signes") && rows.has("Bourrage") && !rows.has("Actif"));
    let rows = stand.browser().get(&format!("/en/ask/fields?topic={topic}")).await;
    assert!(
        rows.has("Signs &#60;b&#62;") && !rows.has("Signs <b>"),
        "a label is text"
    );
    let none = stand.browser().get("/en/ask/fields?topic=999").await;
    assert!(none.status == StatusCode::OK && !none.has("fieldset"));
}

#[tokio::test]
async fn without_script_the_server_asks_again_and_clears_nothing() {
    let stand = Stand::new();
    let topic = stand.printing().to_string();
    let mut browser = stand.signed_in(stand.payroll);
    let back = browser.send("/en/ask", &asked(&topic, &[])).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("href=\"#f.signs-b\"") && back.has("name=\"f.signs-b.jam\"") && back.has("No paper"));
    let jam = [("f.signs-b", None, ""), ("f.signs-b.jam", None, "on")];
    let back = browser.send("/en/ask", &asked(&topic, &jam)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("href=\"#f.tray\"") && back.has("value=\"on\" checked") && back.has("No paper"));
    let bad = [jam[0], jam[1], ("f.tray", None, "two")];
    let back = browser.send("/en/ask", &asked(&topic, &bad)).await;
    assert!(back.has("Write a number") && back.has("value=\"two\""));
    assert!(stand.tickets().is_empty());
    let whole = [jam[0], jam[1], ("f.tray", None, "2")];
    let done = browser.send("/en/ask", &asked(&topic, &whole)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let place = done.location().to_string();
    let page = browser.get(&place).await;
    assert!(page.has("Jam") && page.has("<dt>Tray</dt>") && page.has("Signs &#60;b&#62;"));
}

#[tokio::test]
async fn what_only_the_team_sees_is_neither_taken_from_a_requester_nor_shown_to_him() {
    let stand = Stand::new();
    let topic = stand.printing();
    let text = topic.to_string();
    let mut browser = stand.signed_in(stand.payroll);
    let sent = [
        ("f.signs-b", None, ""),
        ("f.signs-b.pale", None, "on"),
        ("f.signs-b.other", None, "on"),
        ("f.asset", None, "mine"),
    ];
    let done = browser.send("/en/ask", &asked(&text, &sent)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let number = stand.tickets()[0].number;
    let form = stand.read(move |r| forms::form_of(r, Some(topic), Audience::Team));
    let asset = form.by_key("asset").unwrap().id;
    let has = stand
        .as_person(stand.cedar, move |tx, cx| forms::values_of(tx, cx, number))
        .1;
    assert!(has.len() == 1 && !has.contains_key(&asset));
    let given = forms::Given::from([(asset, Some(forms::Value::Words("A-77".into())))]);
    stand.as_person(stand.cedar, move |tx, cx| desk::tickets::fill(tx, cx, number, &given));
    let page = browser.get(done.location()).await;
    assert!(page.has("Pale") && !page.has("A-77") && !page.has("Asset"));
}

#[tokio::test]
async fn a_stranger_is_asked_the_same() {
    let stand = Stand::new();
    let topic = stand.printing().to_string();
    let who = [("name", None, "Someone"), ("address", None, "new@county.example")];
    let back = stand.browser().send("/en/ask", &asked(&topic, &who)).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("href=\"#f.signs-b\"") && back.has("new@county.example"));
    let mut whole = who.to_vec();
    whole.extend([("f.signs-b", None, ""), ("f.signs-b.pale", None, "on")]);
    assert_eq!(
        stand.browser().send("/en/ask", &asked(&topic, &whole)).await.location(),
        "/en/asked"
    );
}
