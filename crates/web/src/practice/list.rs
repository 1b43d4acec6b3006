//! One's practice tickets, and those of whom one leads; giving one, with a look at what was taken out of it.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use desk::competence;
use desk::knowledge::Removed;
use desk::practice::{self, Practice};
use desk::{Error, PersonId, PracticeId, TicketNumber};
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// A practice ticket that was just taken away.
    removed: Option<i64>,
    /// The solved ticket to be given.
    ticket: Option<i64>,
}

#[derive(Template)]
#[template(path = "practice/list.html")]
struct Page {
    shell: Shell,
    back: Back,
    own: Vec<Practice>,
    /// Of those the viewer leads.
    theirs: Vec<Practice>,
    /// Whom he may give one: nobody, for whoever leads nobody.
    people: Vec<(String, String)>,
    names: BTreeMap<PersonId, String>,
    offered: Vec<(TicketNumber, String)>,
    removed: Option<i64>,
}

#[derive(Template)]
#[template(path = "practice/given.html")]
struct Given {
    shell: Shell,
    id: PracticeId,
    removed: Vec<Removed>,
}

pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Outcome {
    let mut typed = Typed::default();
    if let Some(ticket) = asked.ticket {
        typed.put("ticket", ticket.to_string());
    }
    let back = Back {
        typed: Some(typed),
        ..Back::default()
    };
    page(&visit, asked.removed, back).await
}

pub(crate) async fn give(visit: Visit, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let (ticket, person) = (
        typed.number("ticket").map(TicketNumber),
        typed.number("person").map(PersonId),
    );
    let given = visit.write(move |tx, cx| {
        let led = competence::led(tx, cx)?;
        let named = person.filter(|person| *person != cx.viewer.person && led.iter().any(|one| one.id == *person));
        let person = named.ok_or(Error::refused("person", "refused-no-such-person"))?;
        let ticket = ticket.ok_or(Error::refused("ticket", "refused-no-such-ticket"))?;
        practice::give(tx, cx, ticket, person)
    });
    match given.await {
        Ok((id, removed)) => {
            let page = Given {
                shell: visit.shell("practice-given", "team").await?,
                id,
                removed,
            };
            respond_with(StatusCode::CREATED, &page)
        }
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, None, back).await
        }
    }
}

async fn page(visit: &Visit, removed: Option<i64>, back: Back) -> Outcome {
    let me = visit.staff.seen.viewer.person;
    let read = visit.read(move |r, cx| {
        let all = practice::list(r, cx)?;
        match competence::led(r, cx) {
            Ok(members) => Ok((all, members, practice::offered(r, cx)?)),
            Err(Error::NotFound) => Ok((all, Vec::new(), Vec::new())),
            Err(other) => Err(other),
        }
    });
    let (all, members, offered) = read.await?;
    let (own, theirs): (Vec<Practice>, Vec<Practice>) = all.into_iter().partition(|one| one.person == me);
    let page = Page {
        shell: visit.shell("practice-title", "team").await?,
        back,
        own,
        theirs,
        people: members
            .iter()
            .filter(|member| member.id != me)
            .map(|member| (member.id.to_string(), member.name.clone()))
            .collect(),
        names: members.into_iter().map(|member| (member.id, member.name)).collect(),
        offered,
        removed,
    };
    respond_with(page.back.status(), &page)
}

/// The class and the words of how far it is.
pub(super) fn standing(shell: &Shell, one: &Practice) -> (&'static str, String) {
    if one.handed_at.is_none() {
        ("is-open", shell.t("practice-open"))
    } else if one.comment.is_empty() {
        ("is-wait", shell.t("practice-handed"))
    } else {
        ("is-ok", shell.t("practice-commented"))
    }
}

impl Page {
    fn standing(&self, one: &Practice) -> (&'static str, String) {
        standing(&self.shell, one)
    }

    fn name(&self, one: &Practice) -> String {
        self.names.get(&one.person).cloned().unwrap_or_default()
    }

    fn bring_back(&self) -> String {
        format!("/team/practice/{}/restore", self.removed.unwrap_or(0))
    }
}

impl Given {
    fn kind(&self, one: &Removed) -> String {
        self.shell.t(&format!("kb-removed-{}", one.kind))
    }
}
