//! One's own certifications: added, renewed, removed and brought back.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::competence::{self, Certification, NewCertification};
use desk::{CertificationId, Error, Time, clock};

use super::person;
use crate::changes::{Back, Typed, Visit, to};
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "skills/certification.html")]
struct Page {
    shell: Shell,
    back: Back,
    id: CertificationId,
}

fn read_form(typed: &Typed) -> desk::Result<NewCertification> {
    Ok(NewCertification {
        name: typed.text("name").to_string(),
        issuer: typed.text("issuer").to_string(),
        number: typed.text("number").to_string(),
        obtained_at: day(typed, "obtained")?,
        expires_at: day(typed, "expires")?,
    })
}

fn day(typed: &Typed, name: &'static str) -> desk::Result<Option<Time>> {
    let text = typed.text(name).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let at = clock::day_begins(text).ok_or(Error::refused(name, "refused-day"))?;
    Ok(Some(at))
}

fn mine(visit: &Visit) -> String {
    format!("/team/skills/people/{}", visit.staff.seen.viewer.person)
}

pub(crate) async fn add(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let new = read_form(&typed);
    match visit
        .write(move |tx, cx| competence::add_certification(tx, cx, &new?))
        .await
    {
        Ok(_) => Ok(to(&mine(&visit))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            person::page(&visit, visit.staff.seen.viewer.person, None, back).await
        }
    }
}

pub(crate) async fn show(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let one = own(&visit, CertificationId(id)).await?;
    let mut typed = Typed::default();
    typed.put("name", one.name);
    typed.put("issuer", one.issuer);
    typed.put("number", one.number);
    typed.put("obtained", person::day_field(one.obtained_at));
    typed.put("expires", person::day_field(one.expires_at));
    let back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    page(&visit, one.id, back).await
}

pub(crate) async fn edit(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let (typed, id) = (Typed::from(all), CertificationId(id));
    let new = read_form(&typed);
    // Whose it is comes before what is wrong with the days.
    own(&visit, id).await?;
    match visit
        .write(move |tx, cx| competence::edit_certification(tx, cx, id, &new?))
        .await
    {
        Ok(_) => Ok(to(&mine(&visit))),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, id, back).await
        }
    }
}

async fn own(visit: &Visit, id: CertificationId) -> Result<Certification, Oops> {
    let me = visit.staff.seen.viewer.person;
    let all = visit.read(move |r, cx| competence::certifications(r, cx, me)).await?;
    let found = all.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| visit.oops(Error::NotFound))
}

pub(crate) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let kept = visit.write(move |tx, cx| competence::remove_certification(tx, cx, CertificationId(id)));
    kept.await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("{}?removed={id}", mine(&visit))))
}

pub(crate) async fn restore(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let kept = visit.write(move |tx, cx| competence::restore_certification(tx, cx, CertificationId(id)));
    kept.await.map_err(|e| visit.oops(e))?;
    Ok(to(&mine(&visit)))
}

async fn page(visit: &Visit, id: CertificationId, back: Back) -> Outcome {
    let page = Page {
        shell: visit.shell("certification-edit", "team").await?,
        back,
        id,
    };
    respond_with(page.back.status(), &page)
}
