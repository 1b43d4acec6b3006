//! The tree, each first-level topic with what stands under it.

use askama::Template;
use axum::extract::Query;
use desk::teams::{self, Team};
use desk::topics::{self, Topic};

use super::super::door::Frame;
use super::super::visit::{Saved, Visit};
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "admin/topics/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    tree: Vec<(Topic, Vec<Topic>)>,
    teams: Vec<Team>,
}

pub(in crate::admin) async fn list(visit: Visit, Query(asked): Query<Saved>) -> Outcome {
    let lang = visit.lang();
    let (all, teams) = visit
        .read(move |r, cx| Ok((topics::list(r, lang, true)?, teams::list(r, cx)?)))
        .await?;
    let mut tree: Vec<(Topic, Vec<Topic>)> = Vec::new();
    for topic in all {
        match tree.last_mut() {
            Some((_, under)) if topic.parent.is_some() => under.push(topic),
            _ => tree.push((topic, Vec::new())),
        }
    }
    let (shell, mut frame) = visit.open("admin-nav-topics", "/admin/topics", None).await?;
    frame.saved = asked.saved;
    let page = Page {
        shell,
        frame,
        tree,
        teams,
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn name<'t>(&self, topic: &'t Topic) -> &'t str {
        topic.name(self.shell.lang)
    }

    fn other<'t>(&self, topic: &'t Topic) -> &'t str {
        topic.name(self.shell.lang.other())
    }

    /// The team its tickets go to.
    fn team(&self, topic: &Topic) -> String {
        let team = self.teams.iter().find(|team| Some(team.id) == topic.team);
        let name = team.map(|team| team.name(self.shell.lang));
        name.map(|name| self.shell.t1("topic-leads-to", "team", name))
            .unwrap_or_default()
    }
}
