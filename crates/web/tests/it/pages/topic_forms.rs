//! Fields by topic on the desk's pages: made in the administration, filled in on a ticket, asked for with a new one.

use axum::http::StatusCode;
use desk::forms::{self, Audience, Kind, NewField, Required};
use desk::tickets::{self, Status};
use desk::topics::{self, NewTopic};
use desk::{FieldId, TicketNumber, TopicId};

use super::company::{Answer, Company};
use super::look::check;

impl Company {
    pub(super) fn topic(&self, name: &str) -> TopicId {
        let new = NewTopic {
            parent: None,
            name_en: name.into(),
            name_fr: format!("{name} (fr)"),
            team: None,
        };
        self.as_person(self.admin, move |tx, cx| topics::add(tx, cx, &new))
            .unwrap()
    }

    pub(super) fn field(&self, topic: TopicId, new: NewField) -> FieldId {
        self.as_person(self.admin, move |tx, cx| forms::add(tx, cx, topic, &new))
            .unwrap()
    }

    /// Wired or Wi-Fi; for Wi-Fi the network's name; and what only solving needs.
    pub(super) fn network(&self) -> TopicId {
        let topic = self.topic("Network");
        let ways = [("Wi-Fi", "Wi-Fi"), ("Wired", "Filaire")];
        let by = self.field(topic, NewField::new(Kind::One, "Way", "Voie").with_options(&ways));
        let name = NewField::new(Kind::Short, "Network name", "Nom du réseau").shown_when(by, &["wi-fi"]);
        self.field(topic, name);
        let point = NewField {
            team_only: true,
            required: Required::Solving,
            ..NewField::new(Kind::Short, "Access point", "Point d’accès")
        };
        self.field(topic, point);
        topic
    }

    pub(super) fn about(&self, topic: TopicId) -> TicketNumber {
        self.open(self.payroll, "Slow", |new| new.topic = Some(topic))
    }

    pub(super) fn status(&self, number: TicketNumber) -> Status {
        let found = self.as_person(self.cedar, move |tx, cx| tickets::find_visible(tx, cx, number));
        found.unwrap().status
    }

    pub(super) fn labels(&self, topic: TopicId) -> Vec<String> {
        let form = self
            .desk
            .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team))
            .unwrap();
        form.fields.into_iter().map(|field| field.label_en).collect()
    }
}

fn refused(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.has("class=\"summary\""));
    for word in words {
        assert!(answer.has(word), "{word}\n{}", answer.body);
    }
}

#[tokio::test]
async fn a_form_is_made_in_both_languages_side_by_side() {
    let company = Company::new();
    let topic = company.topic("Network");
    let place = format!("/admin/forms/{topic}");
    assert!(company.get(company.admin, "/admin/forms").await.has(&place));
    let empty = company.get(company.admin, &place).await;
    assert!(empty.has("This topic asks for nothing of its own."));
    let way = [
        ("label_en", "Way <b>"),
        ("label_fr", "Voie"),
        ("kind", "one"),
        ("required", "asking"),
        ("n.0.en", "Wi-Fi"),
        ("n.0.fr", "Sans fil"),
        ("n.1.en", "Wired"),
        ("n.1.fr", "Filaire"),
    ];
    let done = company.post(company.admin, &place, &way).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = company.get(company.admin, done.location()).await;
    assert!(
        page.has("Way &#60;b&#62;") && page.has("Voie") && page.has("Sans fil"),
        "{}",
        page.body
    );
    assert!(!page.has("Way <b>"), "a label is text");
    let form = company
        .desk
        .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team))
        .unwrap();
    let by = form.fields[0].id.to_string();
    let ticked = format!("for.{by}.wi-fi");
    let name = [
        ("label_en", "Network name"),
        ("label_fr", "Nom du réseau"),
        ("kind", "short"),
        ("required", "never"),
        ("shown_by", by.as_str()),
        (ticked.as_str(), "on"),
    ];
    let done = company.post(company.admin, &place, &name).await;
    let page = company.get(company.admin, done.location()).await;
    assert!(page.has("is: Wi-Fi"), "the condition in words");
    assert!(
        page.has("data-shown=\"f.way-b=wi-fi\" hidden disabled"),
        "{}",
        page.body
    );
    check(&page, "the form", "en-CA");
}

#[tokio::test]
async fn a_field_that_is_refused_comes_back_whole() {
    let company = Company::new();
    let topic = company.topic("Network");
    let place = format!("/admin/forms/{topic}");
    let fields = [
        ("label_en", "Kept words"),
        ("label_fr", ""),
        ("kind", "one"),
        ("required", "never"),
        ("n.0.en", "Only English"),
    ];
    let back = company.post(company.admin, &place, &fields).await;
    refused(
        &back,
        &["Kept words", "Only English", "href=\"#label_fr\"", "href=\"#options\""],
    );
    assert!(company.labels(topic).is_empty());
}

#[tokio::test]
async fn order_retiring_and_undo_are_a_press_each() {
    let company = Company::new();
    let topic = company.network();
    let form = company
        .desk
        .read_now(move |r| forms::form_of(r, Some(topic), Audience::Team))
        .unwrap();
    let ids: Vec<FieldId> = form.fields.iter().map(|field| field.id).collect();
    let press = async |id: FieldId, deed: &str| {
        company
            .post(company.admin, &format!("/admin/fields/{id}/{deed}"), &[])
            .await
    };
    assert_eq!(press(ids[2], "up").await.status, StatusCode::SEE_OTHER);
    assert_eq!(company.labels(topic), ["Way", "Access point", "Network name"]);
    let ring = press(ids[0], "retire").await;
    assert_eq!(ring.status, StatusCode::CONFLICT);
    assert!(ring.has("Other fields are shown by this one."));
    let done = press(ids[1], "retire").await;
    let page = company.get(company.admin, done.location()).await;
    assert!(page.has(&format!("/admin/fields/{}/restore", ids[1])) && page.has("is asked no more"));
    assert_eq!(company.labels(topic), ["Way", "Access point"]);
    press(ids[1], "restore").await;
    assert_eq!(company.labels(topic), ["Way", "Access point", "Network name"]);
}

#[tokio::test]
async fn a_field_of_a_ticket_is_filled_in_where_it_stands() {
    let company = Company::new();
    let number = company.about(company.network());
    let page = company
        .get(company.cedar, &format!("/tickets/{number}?view=everyone"))
        .await;
    assert!(page.has("name=\"f.way\"") && page.has("Nothing is filled in yet."));
    let place = format!("/tickets/{number}/fields?view=everyone");
    let fields = [
        ("f.way", "wi-fi"),
        ("f.network-name", "<i>Cedar</i>"),
        ("f.access-point", ""),
    ];
    let done = company.post(company.cedar, &place, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = company.get(company.cedar, done.location()).await;
    assert!(
        page.has("&#60;i&#62;Cedar") || page.has("&lt;i&gt;Cedar"),
        "{}",
        page.body
    );
    assert!(!page.has("<i>Cedar"));
    assert!(page.has("You changed Way from nothing to Wi-Fi"), "history");
    assert!(page.has("id=\"toast-"), "an Undo");
    check(&page, "the form", "en-CA");
    let long = "x".repeat(251);
    let back = company
        .post(company.cedar, &place, &[("f.network-name", long.as_str())])
        .await;
    refused(
        &back,
        &["href=\"#f.network-name\"", "Use at most 250 characters.", long.as_str()],
    );
}

#[tokio::test]
async fn solving_asks_for_what_is_missing_right_there() {
    let company = Company::new();
    let number = company.about(company.network());
    let place = format!("/tickets/{number}/solution?view=everyone");
    let back = company.post(company.cedar, &place, &[("cause", "A worn plug.")]).await;
    refused(
        &back,
        &[
            "id=\"s.f.access-point\"",
            "Fill this in before the ticket is solved.",
            "A worn plug.",
        ],
    );
    assert_eq!(company.status(number), Status::New);
    let whole = [("cause", "A worn plug."), ("f.access-point", "P-3")];
    let done = company.post(company.cedar, &place, &whole).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(company.status(number), Status::Solved);
}

#[tokio::test]
async fn many_that_are_solved_name_those_that_are_not() {
    let company = Company::new();
    let (lacks, plain) = (
        company.about(company.network()),
        company.open(company.payroll, "Plain", |_| ()),
    );
    let body = format!("t={lacks}&t={plain}&deed=solve");
    let done = company.post_form(company.cedar, "/inbox/everyone/bulk", &body).await;
    let page = company.get(company.cedar, done.location()).await;
    assert!(
        page.has(&format!("Fields that solving needs are empty: #{lacks}.")),
        "{}",
        page.body
    );
    assert_eq!(
        (company.status(lacks), company.status(plain)),
        (Status::New, Status::Solved)
    );
}

#[tokio::test]
async fn a_new_ticket_asks_what_its_topic_asks() {
    let company = Company::new();
    let topic = company.network().to_string();
    let rows = company
        .get(company.cedar, &format!("/tickets/new/fields?topic={topic}"))
        .await;
    assert!(rows.has("name=\"f.way\"") && rows.has("name=\"f.access-point\"") && !rows.has("<html"));
    let person = company.payroll.to_string();
    let base = [
        ("channel", None, "phone"),
        ("person", None, person.as_str()),
        ("subject", None, "Slow"),
        ("body", None, "Since noon."),
        ("topic", None, topic.as_str()),
    ];
    // Without script the fields come with the page that comes back.
    let back = company.send(company.cedar, "/tickets", &base).await;
    refused(&back, &["This is asked too.", "name=\"f.way\"", "Since noon."]);
    let mut more = base.to_vec();
    more.extend([("f.way", None, "wi-fi"), ("f.access-point", None, "")]);
    let back = company.send(company.cedar, "/tickets", &more).await;
    refused(&back, &["href=\"#f.network-name\"", "Since noon."]);
    more.push(("f.network-name", None, "Cedar"));
    let done = company.send(company.cedar, "/tickets", &more).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(company.get(company.cedar, done.location()).await.has("Cedar"));
}

#[tokio::test]
async fn what_a_former_topic_had_is_one_fold_away() {
    let company = Company::new();
    let number = company.about(company.network());
    let place = format!("/tickets/{number}/fields?view=everyone");
    company.post(company.cedar, &place, &[("f.way", "wired")]).await;
    let other = company.topic("Printing").to_string();
    company
        .post(
            company.cedar,
            &format!("/tickets/{number}/edit"),
            &[("topic", other.as_str())],
        )
        .await;
    let page = company
        .get(company.cedar, &format!("/tickets/{number}?view=everyone"))
        .await;
    assert!(page.has("One detail of a former topic") && page.has("Wired") && !page.has("name=\"f.way\""));
}
