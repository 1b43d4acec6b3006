//! Letters about articles to the staff: fixed sentences, the title and the way there; the text stays on the desk.

use std::sync::LazyLock;

use db::{Read, Write, args};

use super::article::shown;
use super::store;
use crate::access::{self, Via};
use crate::clock::Time;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::events::EventKind;
use crate::ids::{ArticleId, PersonId};
use crate::mailboxes::outbox::{self, Notice};
use crate::sign_in;
use crate::words::{Arg, Catalog, Lang, date};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::new(&[
        (Lang::En, include_str!("../../locales/en-CA/knowledge.ftl")),
        (Lang::Fr, include_str!("../../locales/fr-CA/knowledge.ftl")),
    ])
});

pub(super) fn say(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    CATALOG.text(lang, key, args)
}

/// The sentence of a line of the log about an article. `name` is who did it.
pub fn told_words(lang: Lang, kind: EventKind, name: &str) -> String {
    let key = format!("told-{}", kind.as_str().replace('_', "-"));
    say(lang, &key, &[("name", name.into())])
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Told<'a> {
    Asked,
    Approved,
    SentBack(&'a str),
    /// The review comes on that day.
    Soon(Time),
    Due(Time),
}

/// To one of the staff who may still read it. Part of the verb that has something to say.
pub(super) fn letter(tx: &mut Write, cx: &Context, id: ArticleId, to: PersonId, told: Told<'_>) -> Result<()> {
    let viewer = match sign_in::load_viewer(tx, to, Via::Session) {
        Ok(viewer) if access::may_see_drafts(&viewer) => viewer,
        Ok(_) | Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    let lang = viewer.language;
    let article = store::load(tx, id)?;
    let title = match article.latest() {
        Some(version) => store::text(tx, id, version)?.titled(lang).to_string(),
        None => String::new(),
    };
    let by = name_of(tx, cx.viewer.person)?;
    let day = match told {
        Told::Soon(at) | Told::Due(at) => date(lang, at, &cx.house.zone),
        _ => String::new(),
    };
    let words = match told {
        Told::SentBack(words) => words,
        _ => "",
    };
    let args = [
        ("number", shown(id).into()),
        ("title", title.into()),
        ("name", by.into()),
        ("day", day.into()),
        ("words", words.into()),
    ];
    let (subject, text) = match told {
        Told::Asked => ("letter-asked-subject", "letter-asked-text"),
        Told::Approved => ("letter-approved-subject", "letter-approved-text"),
        Told::SentBack(_) => ("letter-back-subject", "letter-back-text"),
        Told::Soon(_) => ("letter-soon-subject", "letter-soon-text"),
        Told::Due(_) => ("letter-due-subject", "letter-due-text"),
    };
    let notice = Notice {
        subject: say(lang, subject, &args),
        text: say(lang, text, &args),
        footer: say(lang, "letter-article-footer", &[]),
        path: format!("/kb/{id}"),
        switch_off: None,
    };
    outbox::notice(tx, &cx.house, cx.now, to, &notice).map(drop)
}

fn name_of(r: &mut Read, person: PersonId) -> Result<String> {
    let name: Option<String> = r.maybe("SELECT name FROM person WHERE id = $1", &args![person])?;
    Ok(name.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_log_about_an_article_has_its_sentence_in_both_languages() {
        for kind in EventKind::ALL.iter().filter(|kind| kind.is_of_article()) {
            for lang in [Lang::En, Lang::Fr] {
                let said = told_words(lang, *kind, "Cedar");
                assert!(
                    said.contains("Cedar") && !said.contains('['),
                    "{kind} in {lang}: {said}"
                );
            }
        }
    }
}
