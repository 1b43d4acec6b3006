//! A plan, new or changed: what, when, who, what it touches, how risky it is, and the way back.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::changes::{self, Change, NewChange, Risk};
use desk::words::Both;
use desk::{ChangeNumber, PersonId, Refusal, ServiceId, TicketNumber, people, services};
use serde::Deserialize;

use super::list::devices;
use super::visit::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The ticket it comes from.
    ticket: Option<i64>,
}

#[derive(Template)]
#[template(path = "changes/form.html")]
struct Page {
    shell: Shell,
    back: Back,
    /// The one that is changed; `None` for a new one.
    change: Option<Change>,
    services: Vec<(String, String)>,
    people: Vec<(String, String)>,
    risks: Vec<(String, String)>,
}

fn read_form(visit: &Visit, typed: &Typed) -> desk::Result<NewChange> {
    let zone = visit.zone();
    Ok(NewChange {
        title: typed.text("title").to_string(),
        words: typed.text("words").to_string(),
        risk: Risk::parse(typed.text("risk")),
        begins_at: typed.moment("begins_at", &zone)?,
        ends_at: typed.moment("ends_at", &zone)?,
        site: typed.text("site").to_string(),
        back_out: typed.text("back_out").to_string(),
        notice: Both::new(typed.text("notice_en"), typed.text("notice_fr")),
        owner: typed.number("owner").map(PersonId),
        services: typed.numbers("services").into_iter().map(ServiceId).collect(),
        devices: devices(typed.text("devices")),
    })
}

fn typed_of(visit: &Visit, change: &Change) -> Typed {
    let (mut typed, zone) = (Typed::default(), visit.zone());
    typed.put("title", change.title.as_str());
    typed.put("words", change.words.as_str());
    typed.put("risk", change.risk.as_str());
    typed.put_moment("begins_at", change.begins_at, &zone);
    typed.put_moment("ends_at", change.ends_at, &zone);
    typed.put("site", change.site.as_str());
    typed.put("back_out", change.back_out.as_str());
    typed.put("notice_en", change.notice.en.as_str());
    typed.put("notice_fr", change.notice.fr.as_str());
    typed.put("owner", change.owner.to_string());
    typed.put("devices", change.devices.join(", "));
    for service in &change.services {
        typed.put("services", service.to_string());
    }
    typed
}

pub(crate) async fn blank(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let mut typed = Typed::default();
    typed.put("owner", visit.staff.seen.viewer.person.to_string());
    if let Some(ticket) = asked.ticket {
        typed.put("ticket", ticket.to_string());
    }
    let back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    page(&visit, None, back).await
}

pub(crate) async fn add(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let (new, ticket) = (read_form(&visit, &typed), typed.number("ticket").map(TicketNumber));
    let made = typed.has("then", "done");
    let opened = visit.write(move |tx, cx| {
        let new = new?;
        let recorded = if made {
            changes::log(tx, cx, &new, new.ends_at.or(new.begins_at))?
        } else {
            changes::open(tx, cx, &new)?
        };
        if let Some(ticket) = ticket {
            changes::link(tx, cx, recorded.number, ticket)?;
        }
        Ok(recorded)
    });
    match opened.await {
        Ok(recorded) => Ok(to(&format!("/changes/{}?done={}", recorded.number, recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, None, back).await
        }
    }
}

pub(crate) async fn show(visit: Visit, Path(number): Path<i64>) -> Outcome {
    let change = visit
        .read(move |r, cx| changes::find(r, cx, ChangeNumber(number)))
        .await?;
    let back = Back {
        typed: Some(typed_of(&visit, &change)),
        ..Back::default()
    };
    page(&visit, Some(change), back).await
}

pub(crate) async fn edit(visit: Visit, Path(number): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, number) = (Typed::from(all), ChangeNumber(number));
    let change = visit.read(move |r, cx| changes::find(r, cx, number)).await?;
    let new = read_form(&visit, &typed);
    match visit.write(move |tx, cx| changes::edit(tx, cx, number, &new?)).await {
        Ok(recorded) => Ok(to(&format!("/changes/{number}?done={}", recorded.event))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Some(change), back).await
        }
    }
}

async fn page(visit: &Visit, change: Option<Change>, mut back: Back) -> Outcome {
    let lang = visit.lang();
    let stood = change
        .as_ref()
        .map(|change| change.services.clone())
        .unwrap_or_default();
    let read = visit.read(move |r, cx| Ok((services::list(r, cx, lang, true)?, people::technicians(r)?)));
    let (all, technicians) = read.await?;
    // A ticket that is none is told where the form has a field for it: on top.
    for refusal in back.refusals.iter_mut().filter(|refusal| refusal.field == "ticket") {
        *refusal = Refusal {
            field: "title",
            ..refusal.clone()
        };
    }
    let offered = all
        .iter()
        .filter(|line| !line.service.retired || stood.contains(&line.service.id));
    let shell = visit.shell("change-plan", "changes").await?;
    let page = Page {
        services: offered
            .map(|line| (line.service.id.to_string(), line.service.name.of(lang).to_string()))
            .collect(),
        people: technicians
            .into_iter()
            .map(|person| (person.id.to_string(), person.name))
            .collect(),
        risks: Risk::ALL
            .iter()
            .map(|risk| (risk.to_string(), super::marks::risk(&shell, *risk)))
            .collect(),
        shell,
        change,
        back,
    };
    respond_with(page.back.status(), &page)
}
