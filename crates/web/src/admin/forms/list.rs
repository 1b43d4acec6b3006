//! All topics, with the number of fields each has.

use std::collections::BTreeMap;

use askama::Template;
use desk::topics::{self, Topic};
use desk::{TopicId, forms};

use super::super::door::Frame;
use super::super::visit::Visit;
use super::LIST;
use crate::http::Outcome;
use crate::layout::{Shell, respond_with};

#[derive(Template)]
#[template(path = "admin/forms/list.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    topics: Vec<Topic>,
    counts: BTreeMap<TopicId, i64>,
}

pub(in crate::admin) async fn list(visit: Visit) -> Outcome {
    let lang = visit.lang();
    let (topics, counts) = visit
        .read(move |r, cx| Ok((topics::list(r, lang, false)?, forms::counts(r, cx)?)))
        .await?;
    let (shell, frame) = visit.open("forms-title", LIST, None).await?;
    let page = Page {
        shell,
        frame,
        topics,
        counts,
    };
    respond_with(page.frame.status, &page)
}

impl Page {
    fn name(&self, topic: &Topic) -> String {
        crate::tickets::choices::topic_words(&self.shell, &self.topics, topic)
    }

    fn other<'t>(&self, topic: &'t Topic) -> &'t str {
        topic.name(self.shell.lang.other())
    }

    fn own(&self, topic: &Topic) -> i64 {
        self.counts.get(&topic.id).copied().unwrap_or(0)
    }

    fn inherited(&self, topic: &Topic) -> i64 {
        topic
            .parent
            .and_then(|parent| self.counts.get(&parent).copied())
            .unwrap_or(0)
    }
}
