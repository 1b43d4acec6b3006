//! What the page of an article is made of.

use desk::events::Event;
use desk::knowledge::{self, Article, PassageDiff, Text, Warning};
use desk::{ArticleId, Context, EventId, Read};

use super::about::About;

pub(super) struct Loaded {
    pub(super) article: Article,
    pub(super) text: Text,
    pub(super) latest: i64,
    pub(super) about: About,
    /// What both languages last said, for each version that is asked for.
    pub(super) since: Vec<(i64, Vec<PassageDiff>)>,
    pub(super) warnings: Vec<Warning>,
    pub(super) own_publish: bool,
    pub(super) done: Option<Event>,
}

pub(super) fn load(
    r: &mut Read,
    cx: &Context,
    id: ArticleId,
    version: Option<i64>,
    done: Option<EventId>,
) -> desk::Result<Loaded> {
    let (article, last) = knowledge::latest(r, cx, id)?;
    let latest = last.version.version;
    let text = match version.filter(|asked| *asked != latest) {
        Some(asked) => knowledge::version(r, cx, id, asked)?,
        None => last,
    };
    let events = knowledge::history(r, cx, id, 20)?;
    let done = events
        .into_iter()
        .find(|one| Some(one.id) == done && one.actor == Some(cx.viewer.person) && knowledge::can_undo(one.kind));
    Ok(Loaded {
        about: About::load(r, cx, &article)?,
        since: since(r, cx, id, &text)?,
        warnings: knowledge::warnings(r, id, &text)?,
        own_publish: knowledge::rules(r)?.own_publish,
        article,
        text,
        latest,
        done,
    })
}

/// The versions in which what lags now was right, compared with this one.
fn since(r: &mut Read, cx: &Context, id: ArticleId, text: &Text) -> desk::Result<Vec<(i64, Vec<PassageDiff>)>> {
    let mut answered: Vec<i64> = text
        .all()
        .filter(|p| p.behind.is_some() && p.answered < text.version.version)
        .map(|p| p.answered)
        .collect();
    answered.sort_unstable();
    answered.dedup();
    let compared = answered.into_iter().map(|version| {
        let all = knowledge::compare(r, cx, id, version, text.version.version)?;
        Ok((version, all))
    });
    compared.collect()
}
