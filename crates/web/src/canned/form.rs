//! One canned reply, English and French side by side, with an example of how each will read. The same page makes a new
//! one and changes an old one.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::access::may_change_canned;
use desk::canned::{self, CannedReply, NewCanned, Variable};
use desk::teams::{self, Team};
use desk::words::{Arg, Lang};
use desk::{CannedId, Error, Refusal, TeamId};
use serde::Deserialize;

use super::example::example;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Markup, Shell, counts, respond_with};
use crate::state::State;
use crate::words;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fields {
    name: String,
    word: String,
    team: String,
    text_en: String,
    text_fr: String,
    /// `look` shows how it reads and keeps nothing.
    then: String,
}

#[derive(Template)]
#[template(path = "canned/form.html")]
struct Page {
    shell: Shell,
    fields: Fields,
    refusals: Vec<Refusal>,
    /// The one that is changed; `None` for a new one.
    id: Option<i64>,
    retired: bool,
    may_change: bool,
    for_everybody: bool,
    /// The teams it can be given to.
    teams: Vec<Team>,
    examples: [(Lang, Option<Markup>); 2],
}

/// What is on the page besides what was typed.
#[derive(Default)]
struct Shown {
    id: Option<i64>,
    retired: bool,
    read_only: bool,
}

impl From<&CannedReply> for Fields {
    fn from(reply: &CannedReply) -> Fields {
        Fields {
            name: reply.name.clone(),
            word: reply.word.clone(),
            team: reply.team.map(|team| team.to_string()).unwrap_or_default(),
            text_en: reply.text_en.clone(),
            text_fr: reply.text_fr.clone(),
            then: String::new(),
        }
    }
}

impl Fields {
    fn team(&self) -> Option<TeamId> {
        self.team.parse().ok().map(TeamId)
    }

    /// A team that is no number is a team nobody has; lines end in one way.
    fn new_canned(&self) -> NewCanned {
        let text = |text: &str| text.replace("\r\n", "\n");
        NewCanned {
            name: self.name.clone(),
            word: self.word.clone(),
            text_en: text(&self.text_en),
            text_fr: text(&self.text_fr),
            team: Some(self.team().unwrap_or(TeamId(0))).filter(|_| !self.team.is_empty()),
        }
    }
}

pub(crate) async fn new(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    page(&state, &staff, nonce, Fields::default(), Vec::new(), Shown::default()).await
}

pub(crate) async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Path(id): Path<i64>) -> Outcome {
    let (fields, shown) = load(&state, &staff, id).await?;
    page(&state, &staff, nonce, fields, Vec::new(), shown).await
}

async fn load(state: &State, staff: &Staff, id: i64) -> Result<(Fields, Shown), Oops> {
    let cx = staff.cx.clone();
    let found = state.desk().read(move |r| canned::find(r, &cx, CannedId(id))).await;
    let reply = found.map_err(|e| Oops::from(e).in_language(staff.seen.viewer.language))?;
    let shown = Shown {
        id: Some(id),
        retired: reply.retired,
        read_only: !may_change_canned(&staff.seen.viewer, reply.team),
    };
    Ok((Fields::from(&reply), shown))
}

pub(crate) async fn add(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(fields): Form<Fields>,
) -> Outcome {
    if fields.then == "look" {
        return page(&state, &staff, nonce, fields, Vec::new(), Shown::default()).await;
    }
    let (cx, new) = (staff.cx.clone(), fields.new_canned());
    let added = state.desk().write(move |tx| canned::add(tx, &cx, &new)).await;
    match added {
        Ok(_) => Ok(Redirect::to("/admin/canned").into_response()),
        Err(Error::Refused(refusals)) => page(&state, &staff, nonce, fields, refusals, Shown::default()).await,
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

pub(crate) async fn change(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Outcome {
    let (_, shown) = load(&state, &staff, id).await?;
    if fields.then == "look" && !shown.read_only {
        return page(&state, &staff, nonce, fields, Vec::new(), shown).await;
    }
    let (cx, new) = (staff.cx.clone(), fields.new_canned());
    let write = state
        .desk()
        .write(move |tx| canned::change(tx, &cx, CannedId(id), &new));
    match write.await {
        Ok(()) => Ok(Redirect::to("/admin/canned").into_response()),
        Err(Error::Refused(refusals)) => page(&state, &staff, nonce, fields, refusals, shown).await,
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

async fn page(
    state: &State,
    staff: &Staff,
    nonce: Nonce,
    fields: Fields,
    refusals: Vec<Refusal>,
    shown: Shown,
) -> Outcome {
    let cx = staff.cx.clone();
    let all = state.desk().read(move |r| teams::list(r, &cx)).await?;
    let of_lang = |lang| {
        let team = all.iter().find(|team| Some(team.id) == fields.team());
        let text = if lang == Lang::En {
            &fields.text_en
        } else {
            &fields.text_fr
        };
        (lang, example(staff, lang, team.map(|team| team.name(lang)), text))
    };
    let examples = [of_lang(Lang::En), of_lang(Lang::Fr)];
    let viewer = &staff.seen.viewer;
    let title = if shown.id.is_some() { "canned-one" } else { "canned-add" };
    let shell = Shell::desk(state, &staff.seen, nonce, title, "canned");
    let shell = shell.with_counts(counts(state.desk(), &staff.cx).await?);
    let status = if refusals.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let teams = all
        .into_iter()
        .filter(|team| may_change_canned(viewer, Some(team.id)))
        .collect();
    let page = Page {
        fields,
        refusals,
        id: shown.id,
        retired: shown.retired,
        may_change: !shown.read_only,
        for_everybody: may_change_canned(viewer, None),
        teams,
        examples,
        shell,
    };
    respond_with(status, &page)
}

impl Page {
    /// Every variable as it is written, with what it stands for.
    fn variables(&self) -> Vec<(String, String)> {
        let line = |variable: &Variable| {
            let means = self.shell.t(&format!("canned-variable-{variable}"));
            (format!("{{{{{variable}}}}}"), means)
        };
        Variable::ALL.iter().map(line).collect()
    }

    fn name_of(&self, team: &Team) -> String {
        team.name(self.shell.lang).to_string()
    }

    fn why(&self, field: &str) -> Option<String> {
        let refusal = self.refusals.iter().find(|r| r.field == field)?;
        Some(self.sentence(refusal))
    }

    /// An unknown variable is named.
    fn sentence(&self, refusal: &Refusal) -> String {
        let text = match refusal.field {
            "text_fr" => &self.fields.text_fr,
            _ => &self.fields.text_en,
        };
        let names = canned::unknown(text).join(", ");
        let args = [
            ("number", Arg::Number(refusal.number.unwrap_or(0))),
            ("names", Arg::Owned(names)),
        ];
        words::text(self.shell.lang, refusal.key, &args)
    }

    /// For the summary on top, each with its field.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        self.refusals.iter().map(|r| (r.field, self.sentence(r))).collect()
    }
}
