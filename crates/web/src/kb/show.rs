//! One article: English and French beside each other, passage by passage, with what lags; what comes next with it; and
//! what there is to know about it.

use askama::Template;
use axum::extract::{Path, Query};
use desk::access::{Viewer, may_approve_article, may_care_for_article};
use desk::knowledge::{
    self, Article, ArticleFile, ArticleLink, ArticleState, Passage, PassageDiff, Standing, TITLE, Text, Version,
    VersionState, Warning,
};
use desk::topics::Topic;
use desk::words::Lang;
use desk::{ArticleId, EventId, PersonId, Time};
use serde::Deserialize;

use super::about::About;
use super::load::load;
use super::{care, deeds, diff, marks};
use crate::changes::{Back, Visit, to};
use crate::http::Outcome;
use crate::layout::{Markup, Shell, respond_with};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The event whose Undo is offered.
    done: Option<i64>,
    /// `en` or `fr`: that column alone.
    lang: String,
    /// An earlier version, or the one readers see.
    version: Option<i64>,
    /// What was looked for when this was found.
    q: String,
}

/// One language of a passage.
struct Side {
    lang: Lang,
    body: Markup,
    standing: Standing,
    /// What changed in the other language since both said the same.
    changed: Markup,
}

#[derive(Template)]
#[template(path = "kb/show.html")]
struct Page {
    shell: Shell,
    back: Back,
    article: Article,
    text: Text,
    /// The version that stands last; the page may show an earlier one.
    latest: i64,
    about: About,
    since: Vec<(i64, Vec<PassageDiff>)>,
    warnings: Vec<Warning>,
    own_publish: bool,
    /// Which columns: `both`, `en`, `fr`.
    shown: &'static str,
    toast: Option<(String, i64)>,
}

/// Whoever comes from a search is counted as its end, once, and goes on to the page itself.
pub(crate) async fn show(visit: Visit, Path(id): Path<i64>, Query(asked): Query<Asked>) -> Outcome {
    let id = ArticleId(id);
    if asked.q.trim().is_empty() {
        return render(&visit, id, asked, Back::default()).await;
    }
    let (lang, words) = (visit.lang(), asked.q);
    let counted = visit.write(move |tx, cx| {
        knowledge::find(tx, cx, id)?;
        knowledge::ended(tx, cx, id, lang, &words)
    });
    counted.await.map_err(|e| visit.oops(e))?;
    Ok(to(&format!("/kb/{id}")))
}

pub(super) async fn render(visit: &Visit, id: ArticleId, asked: Asked, mut back: Back) -> Outcome {
    let (version, done) = (asked.version, asked.done.map(EventId));
    let loaded = visit.read(move |r, cx| load(r, cx, id, version, done)).await?;
    let lang = visit.lang();
    let shell = visit.shell("kb-title", "kb").await?.following("knowledge");
    let name = &visit.staff.seen.viewer.name;
    let toast = loaded
        .done
        .map(|event| (knowledge::told_words(lang, event.kind, name), event.id.0));
    let typed = back.typed.get_or_insert_default();
    if typed.text("audience").is_empty() {
        care::fill(typed, &loaded.article, &visit.zone());
    }
    let page = Page {
        shell: shell.titled(format!("{} {}", knowledge::shown(id), loaded.text.titled(lang))),
        back,
        article: loaded.article,
        text: loaded.text,
        latest: loaded.latest,
        about: loaded.about,
        since: loaded.since,
        warnings: loaded.warnings,
        own_publish: loaded.own_publish,
        shown: match asked.lang.as_str() {
            "en" => "en",
            "fr" => "fr",
            _ => "both",
        },
        toast,
    };
    respond_with(page.back.status(), &page)
}

impl Page {
    fn id(&self) -> ArticleId {
        self.article.id
    }

    fn number(&self) -> String {
        knowledge::shown(self.article.id)
    }

    fn topic(&self) -> Option<&Topic> {
        self.about
            .topics
            .iter()
            .find(|topic| Some(topic.id) == self.article.topic)
    }

    fn topic_name(&self, topic: &Topic) -> String {
        topic.name(self.shell.lang).to_string()
    }

    fn langs(&self) -> [Lang; 2] {
        [Lang::En, Lang::Fr]
    }

    /// On a small screen one language is enough: the reader's, where the article has it.
    fn small(&self) -> Lang {
        if self.text.speaks(self.shell.lang) {
            self.shell.lang
        } else {
            self.shell.lang.other()
        }
    }

    fn is_title(&self, passage: &Passage) -> bool {
        passage.passage == TITLE
    }

    fn sides(&self, passage: &Passage) -> [Side; 2] {
        self.langs().map(|lang| Side {
            lang,
            body: marks::body(passage.text(lang)),
            standing: passage.standing(lang),
            changed: self.changed(passage, lang.other()),
        })
    }

    fn changed(&self, passage: &Passage, lang: Lang) -> Markup {
        let known = self.since.iter().find(|(version, _)| *version == passage.answered);
        let known = known.and_then(|(_, all)| all.iter().find(|d| d.passage == passage.passage));
        known.map_or_else(Markup::default, |one| diff::marked(one.of(lang)))
    }

    /// When the other text changed, for one that lags.
    fn behind(&self, side: &Side) -> Option<Time> {
        match side.standing {
            Standing::Behind { at, .. } => Some(at),
            _ => None,
        }
    }

    fn is_missing(&self, side: &Side) -> bool {
        side.standing == Standing::Missing
    }

    fn day(&self, at: &Time) -> String {
        marks::day(&self.shell, *at)
    }

    /// The mark above a column.
    fn standing(&self, lang: Lang) -> (&'static str, &'static str, String) {
        let (version, lagging) = (self.text.version_of(lang), self.text.lagging(lang));
        if !self.text.speaks(lang) {
            return ("is-soon", "languages", self.shell.t("kb-not-there"));
        }
        if lagging > 0 {
            let words = self.shell.t2("kb-version-lags", "version", version, "count", lagging);
            return ("is-soon", "languages", words);
        }
        let (class, icon, _) = marks::of_version(self.text.version.state);
        let key = format!("kb-version-{}", self.text.version.state);
        (class, icon, self.shell.t1(&key, "version", version))
    }

    fn state(&self) -> (&'static str, &'static str, String) {
        let (class, icon, key) = marks::of_article(&self.article);
        (class, icon, self.shell.t(key))
    }

    fn version_state(&self, version: &Version) -> (&'static str, &'static str, String) {
        let (class, icon, key) = marks::of_version(version.state);
        (class, icon, self.shell.t(key))
    }

    fn is_read(&self, version: &Version) -> bool {
        self.article.published == Some(version.version)
    }

    fn person(&self, id: Option<PersonId>) -> String {
        self.about.name(id).unwrap_or_default().to_string()
    }

    fn is_latest(&self) -> bool {
        self.text.version.version == self.latest
    }

    fn is_retired(&self) -> bool {
        self.article.state == ArticleState::Retired
    }

    /// The draft that stands on the page and is worked on.
    fn draft(&self) -> Option<&Version> {
        let drafted = self.article.draft == Some(self.text.version.version) && !self.is_retired();
        drafted.then_some(&self.text.version)
    }

    fn is(&self, state: &str) -> bool {
        self.text.version.state.as_str() == state
    }

    fn may_ask(&self) -> bool {
        matches!(self.text.version.state, VersionState::Draft | VersionState::SentBack)
    }

    fn viewer(&self) -> Option<&Viewer> {
        self.shell.seen.as_ref().map(|seen| &seen.viewer)
    }

    /// The viewer's own word is enough.
    fn may_approve(&self) -> bool {
        self.viewer()
            .is_some_and(|viewer| may_approve_article(viewer, &self.text.version.editors(), self.own_publish))
    }

    fn may_publish(&self) -> bool {
        self.is("approved") || self.may_approve()
    }

    fn may_care(&self) -> bool {
        let made_by = self.article.created_by;
        self.viewer()
            .is_some_and(|viewer| may_care_for_article(viewer, self.article.owner, made_by))
    }

    fn audience(&self) -> String {
        marks::audience(&self.shell, self.article.audience)
    }

    fn review(&self) -> Option<(&'static str, String)> {
        let at = self.article.review_at?;
        Some(marks::review(&self.shell, at))
    }

    /// What is known of the words inside.
    fn told(&self, file: &ArticleFile) -> String {
        file.words(self.shell.lang)
    }

    fn link(&self, link: &ArticleLink) -> (String, String) {
        deeds::link_path(link.kind, link.target)
    }

    fn is_ticket(&self, link: &ArticleLink) -> bool {
        link.kind == knowledge::LinkTo::Ticket
    }

    /// Ten tickets are the fewest of which a percentage is told.
    fn ring(&self) -> String {
        let worth = self.about.worth;
        if worth.of < 10 {
            return format!("{}/{}", worth.solved, worth.of);
        }
        desk::words::percent(self.shell.lang, worth.solved * 100 / worth.of)
    }

    /// How much of the ring is full, of its way round in tenths.
    fn full(&self) -> String {
        let worth = self.about.worth;
        let tenths = 1_759 * worth.solved / worth.of.max(1);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}
