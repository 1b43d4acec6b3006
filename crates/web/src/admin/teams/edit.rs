//! One team: its names, whether it is private, and its end.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use desk::people::{self, Technician};
use desk::teams::{self, Bound, Member, NewTeam};
use desk::{Error, PersonId, TeamId};
use serde::Deserialize;

use super::super::choice::Choice;
use super::super::door::{Admin, Frame, Undo, to};
use crate::http::{Nonce, Outcome};
use crate::layout::{Shell, respond_with};
use crate::state::State;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Fields {
    name_en: String,
    name_fr: String,
    #[serde(default)]
    private: Option<String>,
}

impl Fields {
    fn team(&self) -> NewTeam {
        NewTeam {
            name_en: self.name_en.clone(),
            name_fr: self.name_fr.clone(),
            private: self.private.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "admin/teams/form.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    fields: Fields,
    /// The team that is changed; `None` for a new one.
    team: Option<Whole>,
}

/// A team with everything its page shows.
struct Whole {
    id: TeamId,
    members: Vec<Member>,
    /// Staff who do not belong to it yet.
    others: Vec<Choice>,
    bound: Bound,
}

#[derive(Default, Deserialize)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    saved: bool,
    /// Who has just been taken out.
    left: Option<i64>,
    /// He led it.
    #[serde(default)]
    led: bool,
}

pub(in crate::admin) async fn blank(Extract(state): Extract<State>, admin: Admin, nonce: Nonce) -> Outcome {
    form(&state, &admin, nonce, Fields::default(), None).await
}

async fn form(state: &State, admin: &Admin, nonce: Nonce, fields: Fields, error: Option<Error>) -> Outcome {
    let (shell, mut frame) = admin.open(state, nonce, "team-add", "/admin/teams").await?;
    if let Some(error) = error {
        frame.refuse(&shell, error)?;
    }
    let page = Page {
        shell,
        frame,
        fields,
        team: None,
    };
    respond_with(page.frame.status, &page)
}

pub(in crate::admin) async fn add(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, new) = (admin.cx.clone(), fields.team());
    match state.desk().write(move |tx| teams::add(tx, &cx, &new)).await {
        Ok(id) => to(&format!("/admin/teams/{id}?saved=true")),
        Err(error) => form(&state, &admin, nonce, fields, Some(error)).await,
    }
}

pub(in crate::admin) async fn show(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Outcome {
    page(&state, &admin, nonce, TeamId(id), asked, None).await
}

/// The page of a team; with an error, and what was typed into its form, when something was refused.
pub(super) async fn page(
    state: &State,
    admin: &Admin,
    nonce: Nonce,
    id: TeamId,
    asked: Asked,
    refused: Option<(Error, Option<Fields>)>,
) -> Outcome {
    let cx = admin.cx.clone();
    let read = state.desk().read(move |r| {
        let team = teams::find(r, &cx, id)?;
        let members = teams::members(r, &cx, id)?;
        Ok((team, members, people::technicians(r)?, teams::bound(r, &cx, id)?))
    });
    let (team, members, staff, bound) = read.await.map_err(|e| admin.oops(e))?;
    let (shell, mut frame) = admin.open(state, nonce, "admin-nav-teams", "/admin/teams").await?;
    let shell = shell.titled(team.name(admin.seen.viewer.language));
    let mut fields = Fields {
        name_en: team.name_en,
        name_fr: team.name_fr,
        private: team.private.then(String::new),
    };
    frame.saved = asked.saved;
    frame.undo = left(&shell, id, &staff, &asked);
    if let Some((error, typed)) = refused {
        frame.refuse(&shell, error)?;
        fields = typed.unwrap_or(fields);
    }
    let is_member = |person: PersonId| members.iter().any(|m| m.person == person);
    let others = staff.iter().filter(|t| !is_member(t.id));
    let team = Some(Whole {
        id,
        others: others.map(|t| Choice::new(&t.id, t.name.as_str())).collect(),
        members,
        bound,
    });
    let page = Page {
        shell,
        frame,
        fields,
        team,
    };
    respond_with(page.frame.status, &page)
}

fn left(shell: &Shell, team: TeamId, staff: &[Technician], asked: &Asked) -> Option<Undo> {
    let who = staff.iter().find(|t| Some(t.id.0) == asked.left)?;
    let leads = if asked.led { "yes" } else { "" };
    Some(Undo {
        words: shell.t1("team-left", "name", who.name.as_str()),
        action: format!("/admin/teams/{team}/join"),
        fields: vec![("person", who.id.to_string()), ("leads", leads.to_string())],
    })
}

pub(in crate::admin) async fn edit(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (cx, new) = (admin.cx.clone(), fields.team());
    let done = state
        .desk()
        .write(move |tx| teams::edit(tx, &cx, TeamId(id), &new))
        .await;
    match done {
        Ok(_) => to(&format!("/admin/teams/{id}?saved=true")),
        Err(error) => {
            let refused = Some((error, Some(fields)));
            page(&state, &admin, nonce, TeamId(id), Asked::default(), refused).await
        }
    }
}

pub(in crate::admin) async fn remove(
    Extract(state): Extract<State>,
    admin: Admin,
    nonce: Nonce,
    Path(id): Path<i64>,
) -> Outcome {
    let cx = admin.cx.clone();
    match state.desk().write(move |tx| teams::remove(tx, &cx, TeamId(id))).await {
        Ok(_) => to("/admin/teams?saved=true"),
        Err(error) => page(&state, &admin, nonce, TeamId(id), Asked::default(), Some((error, None))).await,
    }
}

impl Page {
    /// Why it cannot be taken away, in words.
    fn binds(&self, bound: &Bound) -> Vec<String> {
        let counts = [
            ("team-has-tickets", bound.tickets),
            ("team-has-topics", bound.topics),
            ("team-has-mailboxes", bound.mailboxes),
            ("team-has-views", bound.views),
            ("team-has-canned", bound.canned),
        ];
        let some = counts.into_iter().filter(|(_, count)| *count > 0);
        some.map(|(key, count)| self.shell.t1(key, "count", count)).collect()
    }

    fn role(&self, member: &Member) -> String {
        self.shell.t(&crate::people::role_key(&member.role))
    }
}
