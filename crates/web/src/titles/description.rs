//! The job description of a team, in either language, for paper: the words of the classification, the team's topics and
//! what the team says of its work.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use desk::titles::{self, Description, Group, Ours};
use desk::words::{Both, Lang};
use desk::{TeamId, access};
use serde::Deserialize;

use crate::changes::{Back, Typed, Visit, to};
use crate::http::{Oops, Outcome};
use crate::layout::{Markup, Shell, markdown, respond_with};
use crate::words;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    team: i64,
    /// Of the description; the reader's own when it is not said.
    lang: String,
    done: Option<i64>,
}

#[derive(Template)]
#[template(path = "titles/description.html")]
struct Page {
    shell: Shell,
    back: Back,
    group: &'static Group,
    ours: Option<&'static Ours>,
    about: Description,
    /// What is printed.
    lang: Lang,
    /// The viewer may write the team's words.
    writes: bool,
    done: Option<i64>,
}

pub(crate) async fn show(visit: Visit, Path(code): Path<String>, Query(asked): Query<Asked>) -> Outcome {
    render(&visit, &code, asked, Back::default()).await
}

pub(crate) async fn write(visit: Visit, Path(code): Path<String>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let team = typed.number("team").ok_or_else(|| Oops::nothing(visit.lang()))?;
    let both = Both::new(typed.text("words_en"), typed.text("words_fr"));
    let group = titles::group(&code).ok_or_else(|| Oops::nothing(visit.lang()))?;
    let written = visit.write(move |tx, cx| titles::describe(tx, cx, TeamId(team), &both));
    match written.await {
        Ok(event) => Ok(to(&format!(
            "/titles/{}/description?team={team}&done={event}",
            group.code
        ))),
        Err(error) => {
            let asked = Asked {
                team,
                ..Asked::default()
            };
            let back = visit.back(typed, error)?;
            render(&visit, &code, asked, back).await
        }
    }
}

async fn render(visit: &Visit, code: &str, asked: Asked, mut back: Back) -> Outcome {
    let group = titles::group(code).ok_or_else(|| Oops::nothing(visit.lang()))?;
    let team = TeamId(asked.team);
    let about = visit.read(move |r, cx| titles::description(r, cx, team)).await?;
    if back.typed.is_none() {
        let mut typed = Typed::default();
        typed.put("words_en", about.words.en.as_str());
        typed.put("words_fr", about.words.fr.as_str());
        back.typed = Some(typed);
    }
    let shell = visit.shell("description-title", "people").await?;
    let title = format!("{} · {}", group.title.of(visit.lang()), about.team.name(visit.lang()));
    let page = Page {
        shell: shell.titled(title),
        back,
        group,
        ours: titles::is_ours(&group.code).then(titles::ours),
        about,
        lang: Lang::parse(&asked.lang).unwrap_or(visit.lang()),
        writes: access::may_lead(&visit.staff.cx.viewer),
        done: asked.done,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    /// A sentence in the language of the description.
    fn say(&self, key: &str) -> String {
        words::text(self.lang, key, &[])
    }

    fn said<'b>(&self, both: &'b Both) -> &'b str {
        both.of(self.lang)
    }

    fn team_name(&self) -> &str {
        self.about.team.name(self.lang)
    }

    /// What the team says, and its language where that is not the one of the description.
    fn own_words(&self) -> Option<(&'static str, Markup)> {
        let said = self.about.words.said(self.lang)?;
        let other = if said.lang == self.lang { "" } else { said.lang.tag() };
        Some((other, markdown(&said.words)))
    }

    fn neighbours(&self) -> Vec<&'static Group> {
        titles::neighbours(self.group)
    }

    fn teer_words(&self) -> String {
        self.say(&format!("teer-{}", self.group.teer()))
    }
}
