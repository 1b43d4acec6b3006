//! One team: its names, whether it is private, and its end.

use askama::Template;
use axum::extract::{Form, Path, Query};
use desk::people::{self, Technician};
use desk::teams::{self, Bound, Member, NewTeam};
use desk::{Error, PersonId, TeamId};
use serde::Deserialize;

use super::super::choice::Choice;
use super::super::door::{Frame, Undo};
use super::super::visit::Visit;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

const LIST: &str = "/admin/teams";

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

pub(in crate::admin) async fn blank(visit: Visit) -> Outcome {
    form(&visit, Fields::default(), None).await
}

async fn form(visit: &Visit, fields: Fields, error: Option<Error>) -> Outcome {
    let (shell, frame) = visit.open("team-add", LIST, error).await?;
    let page = Page {
        shell,
        frame,
        fields,
        team: None,
    };
    respond_with(page.frame.status, &page)
}

pub(in crate::admin) async fn add(visit: Visit, Form(fields): Form<Fields>) -> Outcome {
    let new = fields.team();
    let again = |error| form(&visit, fields, Some(error));
    let next = |id| format!("{LIST}/{id}?saved=true");
    visit.act(move |tx, cx| teams::add(tx, cx, &new), next, again).await
}

pub(in crate::admin) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    page(&visit, TeamId(id), asked, None).await
}

/// The page of a team; with an error, and what was typed into its form, when something was refused.
pub(super) async fn page(visit: &Visit, id: TeamId, asked: Asked, refused: Option<(Error, Option<Fields>)>) -> Outcome {
    let read = visit.read(move |r, cx| {
        let team = teams::find(r, cx, id)?;
        let members = teams::members(r, cx, id)?;
        Ok((team, members, people::technicians(r)?, teams::bound(r, cx, id)?))
    });
    let (team, members, staff, bound) = read.await?;
    let (error, typed) = refused.map_or((None, None), |(error, typed)| (Some(error), typed));
    let (shell, mut frame) = visit.open("admin-nav-teams", LIST, error).await?;
    let shell = shell.titled(team.name(visit.lang()));
    let fields = Fields {
        name_en: team.name_en,
        name_fr: team.name_fr,
        private: team.private.then(String::new),
    };
    frame.saved = asked.saved;
    frame.undo = left(&shell, id, &staff, &asked);
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
        fields: typed.unwrap_or(fields),
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

pub(in crate::admin) async fn edit(visit: Visit, Path(id): Path<i64>, Form(fields): Form<Fields>) -> Outcome {
    let (new, id) = (fields.team(), TeamId(id));
    let again = |error| page(&visit, id, Asked::default(), Some((error, Some(fields))));
    let next = |_| format!("{LIST}/{id}?saved=true");
    visit
        .act(move |tx, cx| teams::edit(tx, cx, id, &new), next, again)
        .await
}

pub(in crate::admin) async fn remove(visit: Visit, Path(id): Path<i64>) -> Outcome {
    let id = TeamId(id);
    let again = |error| page(&visit, id, Asked::default(), Some((error, None)));
    visit.save(LIST, move |tx, cx| teams::remove(tx, cx, id), again).await
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
