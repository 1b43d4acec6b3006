//! What stands beside an article: how well it works, whose it is, what it has to do with, what readers said of it and how
//! they came here, and its files.

use std::collections::BTreeMap;

use desk::knowledge::{self, Article, ArticleFile, ArticleLink, Feedback, Search, Version, Worth};
use desk::people::{self, Technician};
use desk::topics::{self, Topic};
use desk::{ArticleId, Context, PersonId, Read};

/// Of each kind, so that the page stays one page.
const MOST: i64 = 12;
const MOST_VERSIONS: usize = 5;
const MOST_SAID: usize = 12;

#[derive(Debug)]
pub(super) struct About {
    pub(super) worth: Worth,
    pub(super) links: Vec<ArticleLink>,
    pub(super) ended: Vec<Search>,
    pub(super) said: Vec<Feedback>,
    pub(super) files: Vec<ArticleFile>,
    pub(super) versions: Vec<Version>,
    pub(super) technicians: Vec<Technician>,
    pub(super) topics: Vec<Topic>,
    /// Of those who left the staff too.
    names: BTreeMap<PersonId, String>,
}

impl About {
    pub(super) fn load(r: &mut Read, cx: &Context, article: &Article) -> desk::Result<About> {
        let id: ArticleId = article.id;
        let mut versions = knowledge::versions(r, cx, id)?;
        versions.truncate(MOST_VERSIONS);
        // How many said yes is counted above; here stands what they wrote.
        let mut said = knowledge::said(r, cx, id, 500)?;
        said.retain(|one| !one.words.0.is_empty());
        said.truncate(MOST_SAID);
        let mut about = About {
            worth: knowledge::worth(r, cx, id)?,
            links: knowledge::links_of(r, cx, id)?,
            ended: knowledge::ended_searches(r, cx, id, MOST)?,
            said,
            files: knowledge::files_of(r, Some(&cx.viewer), id)?,
            versions,
            technicians: people::technicians(r)?,
            topics: topics::list(r, cx.viewer.language, false)?,
            names: BTreeMap::new(),
        };
        about.names = names(r, cx, article, &about.versions)?;
        Ok(about)
    }

    pub(super) fn name(&self, person: Option<PersonId>) -> Option<&str> {
        self.names.get(&person?).map(String::as_str)
    }
}

fn names(
    r: &mut Read,
    cx: &Context,
    article: &Article,
    versions: &[Version],
) -> desk::Result<BTreeMap<PersonId, String>> {
    let of_versions = versions.iter().flat_map(|v| [v.decided_by, v.reviewer]);
    let mut names = BTreeMap::new();
    for id in of_versions.chain([article.owner]).flatten() {
        match people::find_visible(r, cx, id) {
            Ok(person) => drop(names.insert(id, person.name)),
            Err(desk::Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(names)
}
