//! The matrix of the teams somebody leads, and what each team wants.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use desk::competence::{self, Area, Level, Line, Target, TeamMatrix};
use desk::{Error, TeamId};

use crate::changes::{Back, Typed, Visit, to};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "skills/matrix.html")]
struct Page {
    shell: Shell,
    back: Back,
    teams: Vec<TeamMatrix>,
    /// Whose form was refused: it keeps what was typed.
    refused: Option<TeamId>,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    page(&visit, None, Back::default()).await
}

pub(crate) async fn set(visit: Visit, Path(id): Path<i64>, Form(all): Form<Vec<(String, String)>>) -> Outcome {
    let typed = Typed::from(all);
    let wanted = targets(&typed);
    let kept = visit.write(move |tx, cx| competence::set_targets(tx, cx, TeamId(id), &wanted));
    match kept.await {
        Ok(_) => Ok(to("/team/skills")),
        Err(error @ Error::NotFound) => Err(visit.oops(error)),
        Err(error) => {
            let back = visit.back(typed, error)?;
            page(&visit, Some(TeamId(id)), back).await
        }
    }
}

/// An area without a level is not measured; what is no number is refused as none.
fn targets(typed: &Typed) -> competence::Targets {
    let wanted = |area: &Area| {
        let level = Level::parse(typed.text(&format!("level-{area}"))).filter(|level| level.number() > 0)?;
        let people = typed.number(&format!("people-{area}")).unwrap_or(0);
        Some((*area, Target { level, people }))
    };
    Area::ALL.iter().filter_map(wanted).collect()
}

async fn page(visit: &Visit, refused: Option<TeamId>, back: Back) -> Outcome {
    let teams = visit.read(competence::matrix).await?;
    let page = Page {
        shell: visit.shell("skills-title", "team").await?,
        back,
        teams,
        refused,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn areas(&self) -> &'static [Area] {
        Area::ALL
    }

    fn area(&self, area: &Area) -> String {
        super::area(&self.shell, *area)
    }

    fn name<'m>(&self, matrix: &'m TeamMatrix) -> &'m str {
        matrix.team.name(self.shell.lang)
    }

    /// What he says and what his lead says, as numbers: the words stand in the head of the table.
    fn pair(&self, line: &Line, area: &Area) -> (String, String) {
        let shown = |level: Option<&Level>| level.map_or_else(|| "–".to_string(), Level::to_string);
        (shown(line.own.get(area)), shown(line.lead.get(area)))
    }

    fn differs(&self, line: &Line, area: &Area) -> bool {
        matches!((line.own.get(area), line.lead.get(area)), (Some(own), Some(lead)) if own != lead)
    }

    /// The class and the words of how many reach what the team wants.
    fn cover(&self, matrix: &TeamMatrix, area: &Area) -> Option<(&'static str, String)> {
        let target = matrix.targets.get(area)?;
        let have = i64::try_from(matrix.cover(*area)).unwrap_or(i64::MAX);
        let class = if have >= target.people { "is-ok" } else { "is-soon" };
        let words = self.shell.t2("skills-cover", "have", have, "wanted", target.people);
        Some((class, words))
    }

    fn is_refused(&self, matrix: &TeamMatrix) -> bool {
        self.refused == Some(matrix.team.id)
    }

    fn wanted_level(&self, matrix: &TeamMatrix, area: &Area) -> String {
        if self.is_refused(matrix) {
            return self.back.value(&format!("level-{area}")).to_string();
        }
        let level = matrix.targets.get(area).map(|target| target.level.to_string());
        level.unwrap_or_default()
    }

    fn wanted_people(&self, matrix: &TeamMatrix, area: &Area) -> String {
        if self.is_refused(matrix) {
            return self.back.value(&format!("people-{area}")).to_string();
        }
        let people = matrix.targets.get(area).map(|target| target.people);
        people.unwrap_or(1).to_string()
    }

    fn levels(&self) -> Vec<(String, String)> {
        super::levels(&self.shell, 1)
    }
}
