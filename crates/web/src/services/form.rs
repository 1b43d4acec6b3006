//! One service, English and French side by side: new, changed, out of use, and back.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::services::{self, Document, NewService, Service};
use desk::words::Both;
use desk::{Context, Error, EventId, PersonId, ServiceId, TeamId, TopicId, Write, people, teams, topics};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

type All = Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "services/form.html")]
struct Page {
    shell: Shell,
    back: Back,
    /// The one that is changed; `None` for a new one.
    service: Option<Service>,
    people: Vec<(String, String)>,
    teams: Vec<(String, String)>,
    topics: Vec<(String, String)>,
}

fn read_form(typed: &Typed) -> NewService {
    NewService {
        name: Both::new(typed.text("name_en"), typed.text("name_fr")),
        about: Both::new(typed.text("about_en"), typed.text("about_fr")),
        owner: typed.number("owner").map(PersonId),
        team: typed.number("team").map(TeamId),
        documents: documents(typed.text("documents")),
        shown: typed.has("shown", "yes"),
        topics: typed.numbers("topics").into_iter().map(TopicId).collect(),
    }
}

/// One a line: its title, then its address.
fn documents(text: &str) -> Vec<Document> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let document = |line: &str| {
        let (title, address) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
        Document {
            title: title.trim().to_string(),
            address: address.to_string(),
        }
    };
    lines.map(document).collect()
}

fn typed_of(service: &Service) -> Typed {
    let mut typed = Typed::default();
    typed.put("name_en", service.name.en.as_str());
    typed.put("name_fr", service.name.fr.as_str());
    typed.put("about_en", service.about.en.as_str());
    typed.put("about_fr", service.about.fr.as_str());
    typed.put("owner", service.owner.map(|id| id.to_string()).unwrap_or_default());
    typed.put("team", service.team.map(|id| id.to_string()).unwrap_or_default());
    let lines = service
        .documents
        .iter()
        .map(|document| format!("{} {}", document.title, document.address));
    typed.put("documents", lines.collect::<Vec<_>>().join("\n"));
    if service.shown {
        typed.put("shown", "yes");
    }
    for topic in &service.topics {
        typed.put("topics", topic.to_string());
    }
    typed
}

pub(crate) async fn blank(visit: Visit) -> Outcome {
    let mut typed = Typed::default();
    typed.put("shown", "yes");
    page(&visit, None, again(typed)).await
}

fn again(typed: Typed) -> Back {
    Back {
        typed: Some(typed),
        ..Back::default()
    }
}

pub(crate) async fn add(visit: Visit, Form(all): All) -> Outcome {
    let typed = Typed::from(all);
    let new = read_form(&typed);
    match visit.write(move |tx, cx| services::add(tx, cx, &new)).await {
        Ok(_) => Ok(to("/services")),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, None, back).await
        }
    }
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let service = find(&visit, ServiceId(id)).await?;
    let back = again(typed_of(&service));
    page(&visit, Some(service), back).await
}

async fn find(visit: &Visit, id: ServiceId) -> Result<Service, crate::http::Oops> {
    let read = visit.read(move |r, cx| {
        desk::access::require(&cx.viewer, desk::access::Place::Admin)?;
        services::find(r, cx, id)
    });
    Ok(read.await?.service)
}

pub(crate) async fn edit(visit: Visit, Path(id): Path<i64>, Form(all): All) -> Outcome {
    let (typed, id) = (Typed::from(all), ServiceId(id));
    let service = find(&visit, id).await?;
    let new = read_form(&typed);
    match visit.write(move |tx, cx| services::edit(tx, cx, id, &new)).await {
        Ok(event) => Ok(to(&format!("/services?done={event}"))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Some(service), back).await
        }
    }
}

pub(crate) async fn retire(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, move |tx, cx| services::retire(tx, cx, ServiceId(id))).await
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    set(&visit, move |tx, cx| services::restore(tx, cx, ServiceId(id))).await
}

async fn set(
    visit: &Visit,
    deed: impl FnOnce(&mut Write, &Context) -> desk::Result<EventId> + Send + 'static,
) -> Outcome {
    let event = visit.write(deed).await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/services?done={event}")))
}

pub(crate) async fn undo(visit: Visit, Form(all): All) -> Outcome {
    let event = Typed::from(all).number("event").map(EventId);
    let undone = visit.write(move |tx, cx| services::undo(tx, cx, event.ok_or(Error::NotFound)?));
    undone.await.map_err(|e| visit.oops(e))?;
    Ok(to("/services"))
}

async fn page(visit: &Visit, service: Option<Service>, back: Back) -> Outcome {
    let lang = visit.lang();
    let read = visit.read(move |r, cx| {
        desk::access::require(&cx.viewer, desk::access::Place::Admin)?;
        Ok((
            people::technicians(r)?,
            teams::list(r, cx)?,
            topics::list(r, lang, false)?,
        ))
    });
    let (technicians, teams, topics) = read.await?;
    let shell = visit.shell("service-add", "services").await?;
    let nobody = [(String::new(), shell.t("service-nobody"))];
    let no_team = [(String::new(), shell.t("no-team"))];
    let people = technicians.into_iter().map(|one| (one.id.to_string(), one.name));
    let teams = teams
        .iter()
        .map(|team| (team.id.to_string(), team.name(lang).to_string()));
    let topics = topics
        .iter()
        .map(|topic| (topic.id.to_string(), topic.name(lang).to_string()));
    let page = Page {
        people: nobody.into_iter().chain(people).collect(),
        teams: no_team.into_iter().chain(teams).collect(),
        topics: topics.collect(),
        shell,
        back,
        service,
    };
    respond_with(page.back.status(), &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_title_and_an_address_on_a_line() {
        let read = documents("User manual https://docs.example.org/vpn\n\nhttps://x.example\n");
        let pairs: Vec<(&str, &str)> = read
            .iter()
            .map(|document| (document.title.as_str(), document.address.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("User manual", "https://docs.example.org/vpn"),
                ("", "https://x.example")
            ]
        );
    }
}
