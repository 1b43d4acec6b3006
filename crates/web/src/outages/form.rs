//! An outage is opened, or what it is called and what it hits is put right.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::outages::{self, Effect, Hit, NewOutage, Outage, Phase};
use desk::words::Both;
use desk::{OutageNumber, ServiceId, TicketNumber, services};
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

type All = Form<Vec<(String, String)>>;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The cluster it explains: numbers between commas.
    tickets: String,
}

#[derive(Template)]
#[template(path = "outages/form.html")]
struct Page {
    shell: Shell,
    back: Back,
    /// The one that is changed; `None` for a new one.
    outage: Option<Outage>,
    services: Vec<(String, String)>,
    effects: Vec<(String, String)>,
}

fn numbers(text: &str) -> Vec<TicketNumber> {
    let words = text
        .split([',', ' ', '\n'])
        .map(|word| word.trim().trim_start_matches('#'));
    words.filter_map(|word| word.parse().ok().map(TicketNumber)).collect()
}

fn read_form(visit: &Visit, typed: &Typed) -> desk::Result<NewOutage> {
    Ok(NewOutage {
        title: Both::new(typed.text("title_en"), typed.text("title_fr")),
        words: Both::new(typed.text("words_en"), typed.text("words_fr")),
        phase: Phase::Investigating,
        shown: typed.has("shown", "yes"),
        note: typed.text("note").to_string(),
        began_at: typed.moment("began_at", &visit.zone())?,
        services: hits(typed),
        tickets: numbers(typed.text("tickets")),
    })
}

/// `hit` is the number of a service and what happens to it: `7:down`.
fn hits(typed: &Typed) -> Vec<Hit> {
    let hit = |text: &str| {
        let (id, effect) = text.split_once(':')?;
        Some(Hit {
            service: ServiceId(id.parse().ok()?),
            effect: Effect::parse(effect)?,
        })
    };
    typed.all("services").filter_map(hit).collect()
}

fn typed_of(visit: &Visit, new: &NewOutage) -> Typed {
    let mut typed = Typed::default();
    typed.put("title_en", new.title.en.as_str());
    typed.put("title_fr", new.title.fr.as_str());
    typed.put("note", new.note.as_str());
    typed.put_moment("began_at", new.began_at, &visit.zone());
    let tickets: Vec<String> = new.tickets.iter().map(ToString::to_string).collect();
    typed.put("tickets", tickets.join(", "));
    if new.shown {
        typed.put("shown", "yes");
    }
    for hit in &new.services {
        typed.put("services", format!("{}:{}", hit.service, hit.effect));
    }
    typed
}

pub(crate) async fn blank(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let tickets = numbers(&asked.tickets);
    let draft = visit.read(move |r, cx| outages::draft_of(r, cx, &tickets)).await?;
    let back = Back {
        typed: Some(typed_of(&visit, &draft)),
        ..Back::default()
    };
    page(&visit, None, back).await
}

pub(crate) async fn add(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let new = read_form(&visit, &typed);
    match visit.write(move |tx, cx| outages::open(tx, cx, &new?)).await {
        Ok(recorded) => Ok(to(&format!("/outages/{}?done={}", recorded.number, recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, None, back).await
        }
    }
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>) -> Outcome {
    let outage = find(&visit, OutageNumber(number)).await?;
    let new = NewOutage {
        title: outage.title.clone(),
        shown: outage.shown,
        note: outage.note.clone(),
        began_at: Some(outage.began_at),
        services: outage.services.clone(),
        ..NewOutage::default()
    };
    let back = Back {
        typed: Some(typed_of(&visit, &new)),
        ..Back::default()
    };
    page(&visit, Some(outage), back).await
}

async fn find(visit: &Visit, number: OutageNumber) -> Result<Outage, crate::http::Oops> {
    let found = visit.read(move |r, cx| outages::find(r, cx, number)).await?;
    Ok(found.outage)
}

pub(crate) async fn edit(visit: Visit, Path(number): Path<i64>, Form(all): All) -> Outcome {
    let (typed, number) = (Typed::from(all), OutageNumber(number));
    let outage = find(&visit, number).await?;
    let new = read_form(&visit, &typed);
    match visit.write(move |tx, cx| outages::edit(tx, cx, number, &new?)).await {
        Ok(recorded) => Ok(to(&format!("/outages/{number}?done={}", recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Some(outage), back).await
        }
    }
}

async fn page(visit: &Visit, outage: Option<Outage>, back: Back) -> Outcome {
    let lang = visit.lang();
    let stood: Vec<ServiceId> = outage
        .iter()
        .flat_map(|outage| outage.services.iter().map(|hit| hit.service))
        .collect();
    let all = visit.read(move |r, cx| services::list(r, cx, lang, true)).await?;
    let offered = all
        .iter()
        .filter(|line| !line.service.retired || stood.contains(&line.service.id));
    let shell = visit.shell("outage-open", "services").await?;
    let page = Page {
        services: offered
            .map(|line| (line.service.id.to_string(), line.service.name.of(lang).to_string()))
            .collect(),
        effects: Effect::ALL
            .iter()
            .map(|effect| (effect.to_string(), shell.t(&format!("service-state-{effect}"))))
            .collect(),
        shell,
        outage,
        back,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn hit(&self, id: &str, effect: &str) -> bool {
        self.back.has("services", &format!("{id}:{effect}"))
    }
}
