//! One unit group: where it stands, its job titles and duties where they are known, and the work beside it.

use askama::Template;
use axum::extract::Path;
use desk::teams::{self, Team};
use desk::titles::{self, Group, Job, Ours};
use desk::words::Both;

use crate::changes::Visit;
use crate::http::{Oops, Outcome};
use crate::layout::{Shell, respond};

#[derive(Template)]
#[template(path = "titles/show.html")]
struct Page {
    shell: Shell,
    group: &'static Group,
    ours: Option<&'static Ours>,
    neighbours: Vec<&'static Group>,
    teams: Vec<Team>,
}

pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Outcome {
    let group = titles::group(&code).ok_or_else(|| Oops::nothing(visit.lang()))?;
    let teams = visit.read(teams::list).await?;
    let title = format!("{} {}", group.code, group.title.of(visit.lang()));
    respond(&Page {
        shell: visit.shell("titles-title", "people").await?.titled(title),
        group,
        ours: titles::is_ours(&group.code).then(titles::ours),
        neighbours: titles::neighbours(group),
        teams,
    })
}

impl Page {
    fn former(&self) -> &'static str {
        titles::former(&self.group.code).unwrap_or_default()
    }

    fn teer_words(&self) -> String {
        self.shell.t(&format!("teer-{}", self.group.teer()))
    }

    fn broad_words(&self) -> String {
        self.shell.t(&format!("broad-{}", self.group.broad()))
    }

    fn above(&self) -> String {
        self.group.above().join(" · ")
    }

    fn said<'b>(&self, both: &'b Both) -> &'b str {
        both.of(self.shell.lang)
    }

    fn team_name<'t>(&self, team: &'t Team) -> &'t str {
        team.name(self.shell.lang)
    }

    /// Those in the reader's language, or in the other one.
    fn jobs(&self, other: bool) -> Vec<&'static Job> {
        let wanted = |job: &&Job| (job.lang != self.shell.lang) == other;
        let all = self.ours.map_or(&[][..], |ours| ours.jobs.as_slice());
        all.iter().filter(wanted).collect()
    }

    /// What goes there, of a neighbour that takes what is beyond the first line.
    fn escalation(&self, group: &Group) -> Option<String> {
        let known = titles::ESCALATIONS.iter().any(|one| one.code == group.code);
        (known && self.ours.is_some()).then(|| super::list::escalation(&self.shell, &group.code))
    }

    fn former_of(&self, group: &Group) -> &'static str {
        titles::former(&group.code).unwrap_or_default()
    }
}
