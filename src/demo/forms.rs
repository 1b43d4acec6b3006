//! What two topics of the sample ask for, and what some tickets of the week have there.

use anyhow::{Context as _, Result};
use desk::forms::{self, Given, Kind, NewField, Required, Value};
use desk::tickets::{self, Stage};
use desk::{Context, Desk, FieldId, TicketNumber, TopicId};

use super::house::Known;

pub(super) async fn make(desk: &Desk, cx: &Context, known: &Known) -> Result<()> {
    let topic = |key: &str| known.topics.get(key).copied().context("a topic of the sample");
    network(desk, cx, topic("network")?, topic("wifi")?).await?;
    printing(desk, cx, topic("printing")?).await
}

async fn network(desk: &Desk, cx: &Context, network: TopicId, wifi: TopicId) -> Result<()> {
    let places = [
        ("Town hall", "Mairie"),
        ("Library", "Bibliothèque"),
        ("Depot", "Entrepôt"),
        ("Elsewhere", "Ailleurs"),
    ];
    let building = NewField::new(Kind::One, "Building", "Immeuble")
        .with_options(&places)
        .required(Required::Asking);
    let building = add(desk, cx, network, building).await?;
    let room = NewField::new(Kind::Short, "Where elsewhere?", "Où, ailleurs?").shown_when(building, &["elsewhere"]);
    add(desk, cx, network, room).await?;
    let ways = [("Wi-Fi", "Wi-Fi"), ("Wired", "Filaire")];
    let way = NewField::new(Kind::One, "Wired or Wi-Fi", "Filaire ou Wi-Fi").with_options(&ways);
    let way = add(desk, cx, wifi, way.required(Required::Asking)).await?;
    let name = NewField {
        help_en: "As your computer shows it.".into(),
        help_fr: "Tel que l’ordinateur le montre.".into(),
        ..NewField::new(Kind::Short, "Name of the network", "Nom du réseau").shown_when(way, &["wi-fi"])
    };
    add(desk, cx, wifi, name).await?;
    let socket = NewField::new(Kind::Short, "Number of the wall socket", "Numéro de la prise murale");
    add(desk, cx, wifi, socket.shown_when(way, &["wired"])).await?;
    let point = NewField {
        team_only: true,
        required: Required::Solving,
        ..NewField::new(Kind::Short, "Access point or switch", "Point d’accès ou commutateur")
    };
    add(desk, cx, wifi, point).await.map(drop)
}

async fn printing(desk: &Desk, cx: &Context, printing: TopicId) -> Result<()> {
    let signs = [
        ("Paper jam", "Bourrage"),
        ("Pale or streaked", "Pâle ou rayé"),
        ("Nothing comes out", "Rien ne sort"),
    ];
    let sign = NewField::new(Kind::Several, "What happens", "Ce qui se passe").with_options(&signs);
    add(desk, cx, printing, sign).await?;
    let pages = NewField {
        unit_en: "pages".into(),
        unit_fr: "pages".into(),
        ..NewField::new(Kind::Number, "How many wait", "Combien attendent")
    };
    add(desk, cx, printing, pages).await?;
    let since = NewField::new(Kind::Date, "Since when", "Depuis quand");
    add(desk, cx, printing, since).await?;
    let others = NewField::new(Kind::YesNo, "Can others print?", "Les autres peuvent-ils imprimer?");
    add(desk, cx, printing, others).await.map(drop)
}

async fn add(desk: &Desk, cx: &Context, topic: TopicId, new: NewField) -> Result<FieldId> {
    let cx = cx.clone();
    desk.write(move |tx| forms::add(tx, &cx, topic, &new))
        .await
        .context("a field")
}

/// A ticket that is still open has the first of each list.
pub(super) async fn fill(desk: &Desk, cx: &Context, number: TicketNumber) -> Result<()> {
    let cx = cx.clone();
    let filled = desk.write(move |tx| {
        let ticket = tickets::find_visible(tx, &cx, number)?;
        if ticket.status.stage() == Stage::Done {
            return Ok(());
        }
        let form = forms::form_of(tx, ticket.topic, forms::Audience::Team)?;
        let mut given = Given::new();
        for field in form.fields.iter().filter(|field| field.kind == Kind::One) {
            let first = form.options_of(field.id).first().map(|option| option.key.clone());
            given.insert(field.id, first.map(|key| Value::Chosen(vec![key])));
        }
        if given.is_empty() {
            Ok(())
        } else {
            tickets::fill(tx, &cx, number, &given).map(drop)
        }
    });
    filled.await.context("the fields of a ticket")
}
