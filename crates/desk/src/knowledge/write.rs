//! Writing the words of a draft. A published article gets a next version for that, so its readers
//! see nothing of it until it is published.
//!
//! Two people may write in one draft. Each text of the form says what was there when the form was opened; what somebody
//! else changed meanwhile and this one changed too is a clash: nothing is kept then, and both texts are answered.

use db::{Read, Write};
use serde_json::json;

use super::article::{Article, ArticleState, Text, VersionState, Warning};
use super::paper::Paper;
use super::passage::{Passage, TITLE, Texts, mark, tidy};
use super::{links, store};
use crate::access;
use crate::context::Context;
use crate::error::{Checks, Error, Result};
use crate::events::{self, EventKind, Fact};
use crate::ids::{ArticleId, EventId, PassageId, PersonId};
use crate::words::Lang;

pub(super) const MOST_TITLE: usize = 200;
/// Characters of one passage in one language.
pub(super) const MOST_PASSAGE: usize = 20_000;
pub(super) const MOST_PASSAGES: usize = 200;
/// Of what a version is about: "driver 23.40, EN".
pub(super) const MOST_NOTE: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub article: ArticleId,
    pub version: i64,
    pub event: EventId,
    pub warnings: Vec<Warning>,
}

/// One passage of the form: its texts, and the marks of those it was opened with.
#[derive(Clone, Debug)]
pub struct Written {
    pub passage: PassageId,
    pub texts: Texts,
    /// `mark(text)` of each text on the form; `None` writes over whatever is there.
    pub en_was: Option<String>,
    pub fr_was: Option<String>,
}

impl Written {
    fn was(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::En => self.en_was.as_deref(),
            Lang::Fr => self.fr_was.as_deref(),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Writing {
    pub passages: Vec<Written>,
    /// What this version is about; as it was when `None`.
    pub note: Option<String>,
}

/// A text that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub passage: PassageId,
    pub lang: Lang,
    pub mine: String,
    pub theirs: String,
    /// Who wrote in this version, the writer of the form aside.
    pub by: Vec<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Saved(Saved),
    /// The form says what is there already.
    Unchanged,
    /// Nothing was kept: both texts of each clash, for a person to choose.
    Clashes(Vec<Clash>),
}

/// What a file says must fit before it is written into an article that is there.
pub(super) fn check_paper(paper: &Paper) -> Result<()> {
    let mut checks = Checks::default();
    if paper.lang.is_none() {
        check_title(&mut checks, &paper.title);
    }
    for passage in &paper.passages {
        check_passage(&mut checks, &passage.texts);
    }
    if paper.passages.len() > MOST_PASSAGES {
        checks.refuse("passages", "refused-too-many-passages", most(MOST_PASSAGES));
    }
    checks.done()
}

pub(super) fn most(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn check_title(checks: &mut Checks, title: &Texts) {
    let (en, fr) = (tidy(&title.en), tidy(&title.fr));
    checks.check(
        !(en.trim().is_empty() && fr.trim().is_empty()),
        "title",
        "refused-empty",
    );
    for (text, field) in [(&en, "title_en"), (&fr, "title_fr")] {
        checks
            .at_most(text, MOST_TITLE, field)
            .check(!text.chars().any(char::is_control), field, "refused-one-line");
    }
}

pub(super) fn check_passage(checks: &mut Checks, texts: &Texts) {
    checks
        .at_most(&texts.en, MOST_PASSAGE, "en")
        .at_most(&texts.fr, MOST_PASSAGE, "fr");
}

/// Keeps the words of a form in the draft; begins one where there is none. A clash, or nothing new, begins and keeps
/// nothing.
pub fn write(tx: &mut Write, cx: &Context, id: ArticleId, writing: &Writing) -> Result<Answer> {
    let mut instead = None;
    let kept = tx.attempt(|tx| write_in(tx, cx, id, writing, &mut instead));
    match (instead, kept) {
        (Some(answer), _) => Ok(answer),
        (None, kept) => kept.map(Answer::Saved),
    }
}

/// `instead` is what is answered when the attempt is given up.
fn write_in(
    tx: &mut Write,
    cx: &Context,
    id: ArticleId,
    writing: &Writing,
    instead: &mut Option<Answer>,
) -> Result<Saved> {
    let (article, text) = open_draft(tx, cx, id)?;
    let version = text.version.version;
    let (mut changed, mut clashes) = (Vec::new(), Vec::new());
    for one in &writing.passages {
        let there = text
            .passage(one.passage)
            .ok_or(Error::Conflict("conflict-passage-gone"))?;
        let texts = joined(cx, &text, there, one, &mut clashes);
        check_given(one.passage, &texts)?;
        let mut after = there.clone();
        if after.become_texts(&texts, version, cx.now) {
            changed.push((there.clone(), after));
        }
    }
    let note = writing
        .note
        .as_deref()
        .map(str::trim)
        .filter(|n| *n != text.version.note);
    if !clashes.is_empty() {
        *instead = Some(Answer::Clashes(clashes));
        return Err(Error::Conflict("conflict-changed-since"));
    }
    if changed.is_empty() && note.is_none() {
        *instead = Some(Answer::Unchanged);
        return Err(Error::Conflict("conflict-changed-since"));
    }
    if let Some(note) = note {
        set_note(tx, id, version, note)?;
    }
    for (_, after) in &changed {
        store::put_passage(tx, (id, version), after)?;
    }
    let event = told_written(tx, cx, &article, &text, &changed)?;
    let text = store::text(tx, id, version)?;
    saved(tx, &text, id, event)
}

fn check_given(passage: PassageId, texts: &Texts) -> Result<()> {
    let mut checks = Checks::default();
    match passage {
        TITLE => check_title(&mut checks, texts),
        _ => check_passage(&mut checks, texts),
    }
    checks.done()
}

/// Language by language: what the form did not touch stays as it is now, what only the form changed becomes that.
fn joined(cx: &Context, text: &Text, there: &Passage, one: &Written, clashes: &mut Vec<Clash>) -> Texts {
    let mut of = |lang: Lang| {
        let (mine, theirs) = (tidy(one.texts.of(lang)), there.text(lang));
        let Some(was) = one.was(lang) else { return mine };
        if mark(&mine) == was {
            return theirs.to_string();
        }
        if mine != theirs && mark(theirs) != was {
            let others = text.version.editors().into_iter().filter(|p| *p != cx.viewer.person);
            clashes.push(Clash {
                passage: one.passage,
                lang,
                mine: mine.clone(),
                theirs: theirs.to_string(),
                by: others.collect(),
            });
        }
        mine
    };
    Texts {
        en: of(Lang::En),
        fr: of(Lang::Fr),
    }
}

fn set_note(tx: &mut Write, id: ArticleId, version: i64, note: &str) -> Result<()> {
    Checks::default()
        .at_most(note, MOST_NOTE, "note")
        .check(!note.chars().any(char::is_control), "note", "refused-one-line")
        .done()?;
    tx.exec(
        "UPDATE article_version SET note = $3 WHERE article = $1 AND version = $2",
        &db::args![id, version, note],
    )?;
    Ok(())
}

fn told_written(
    tx: &mut Write,
    cx: &Context,
    article: &Article,
    text: &Text,
    changed: &[(Passage, Passage)],
) -> Result<EventId> {
    let was: Vec<_> = changed
        .iter()
        .map(|(was, now)| json!({ "passage": was.passage.0, "was": [was.en.0, was.fr.0], "now": [mark(&now.en.0), mark(&now.fr.0)] }))
        .collect();
    if !changed.is_empty() {
        touched(tx, cx, article, text)?;
    }
    let data = json!({ "version": text.version.version, "changed": was }).to_string();
    let fact = Fact::new(EventKind::ArticleWritten)
        .about(article.id.0)
        .with(Some(data));
    events::record(tx, cx, fact)
}

/// The draft, held, for somebody who writes; one is begun where there is none.
pub(super) fn open_draft(tx: &mut Write, cx: &Context, id: ArticleId) -> Result<(Article, Text)> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    store::hold(tx, id)?;
    let mut article = store::load(tx, id)?;
    if article.state == ArticleState::Retired {
        return Err(Error::Conflict("conflict-article-retired"));
    }
    let version = match (article.draft, article.published) {
        (Some(draft), _) => draft,
        (None, Some(published)) => begin(tx, cx, &mut article, published)?,
        (None, None) => return Err(Error::Conflict("conflict-article-dropped")),
    };
    let text = store::text(tx, id, version)?;
    Ok((article, text))
}

/// A next version with the words of another. Part of the verb that writes in it.
pub(super) fn begin(tx: &mut Write, cx: &Context, article: &mut Article, from: i64) -> Result<i64> {
    let id = article.id;
    let next = store::last_version(tx, id)? + 1;
    store::insert_version(tx, (id, next), cx.viewer.person, "", cx.now)?;
    for passage in store::passages(tx, id, from)?.iter().filter(|p| !p.gone) {
        store::put_passage(tx, (id, next), passage)?;
    }
    article.draft = Some(next);
    store::save(tx, article, cx.now)?;
    Ok(next)
}

/// Something in the draft changed: what was asked or decided about it holds no more.
pub(super) fn touched(tx: &mut Write, cx: &Context, article: &Article, text: &Text) -> Result<()> {
    store::written(tx, article.id, &text.version, cx.viewer.person, cx.now)?;
    let mut article = article.clone();
    if article.state == ArticleState::Review && text.version.state != VersionState::Published {
        article.state = ArticleState::Draft;
    }
    store::save(tx, &article, cx.now)
}

pub(super) fn saved(r: &mut Read, text: &Text, article: ArticleId, event: EventId) -> Result<Saved> {
    Ok(Saved {
        article,
        version: text.version.version,
        event,
        warnings: links::warnings(r, article, text)?,
    })
}
