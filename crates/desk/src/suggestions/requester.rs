//! What a requester may read that is likely to help, while he writes: what is published for everybody, and known errors
//! that somebody said may be shown. Nothing is said of whose tickets taught it, and the tickets of private teams have no
//! voice.

use db::Read;

use super::likely::{Question, Suggestion, best_first};
use super::reason::Reason;
use super::round::{Round, helps_in};
use crate::desk::Desk;
use crate::error::Result;
use crate::words::Lang;

/// A question is read no further than this.
const MOST_ASKED: usize = 2_000;

/// The best published answers to what somebody writes, whoever he is.
pub async fn for_requester(desk: &Desk, text: &str, lang: Lang, most: usize) -> Result<Vec<Suggestion>> {
    let Some(question) = question(text, lang) else {
        return Ok(Vec::new());
    };
    let own = desk.clone();
    desk.read(move |r| {
        let round = begin(r, &own, question)?;
        let mut found = best_first(round.articles(r, None)?);
        found.truncate(most);
        for one in &mut found {
            one.reasons
                .retain(|reason| matches!(reason, Reason::Codes(_) | Reason::Words(_)));
        }
        Ok(found)
    })
    .await
}

/// A known error as a requester reads it: its name and what helps. The cause stays with the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownToAll {
    pub title: String,
    pub lang: Lang,
    pub helps: String,
    pub helps_lang: Lang,
}

/// The known errors that what somebody writes is about, of those that requesters may read of.
pub async fn known_to_all(desk: &Desk, text: &str, lang: Lang, most: usize) -> Result<Vec<KnownToAll>> {
    let Some(question) = question(text, lang) else {
        return Ok(Vec::new());
    };
    let own = desk.clone();
    desk.read(move |r| {
        let found = begin(r, &own, question)?.public_known_errors(r)?;
        let told = found.into_iter().take(most).map(|(one, problem)| {
            let (helps_lang, helps) = helps_in(&problem, lang);
            KnownToAll {
                title: one.title,
                lang: one.lang,
                helps: helps.to_string(),
                helps_lang,
            }
        });
        Ok(told.collect())
    })
    .await
}

fn question(text: &str, lang: Lang) -> Option<Question> {
    let text: String = text.chars().take(MOST_ASKED).collect();
    let topic = None;
    (!text.trim().is_empty()).then_some(Question {
        text,
        language: lang,
        topic,
    })
}

fn begin<'a>(r: &mut Read, desk: &'a Desk, question: Question) -> Result<Round<'a>> {
    let closed: Vec<i64> = r.query("SELECT id FROM team WHERE private ORDER BY id", &[])?;
    Round::begin(desk, question, closed, (desk.now(), None))
}
