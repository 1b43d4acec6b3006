//! An article from a solved ticket, in one click: what the requester saw, the cause, what mended it and what helped to
//! find it, in the ticket's language and without what names anybody. It is an internal draft: a person looks before
//! anybody else reads it.

use db::{Read, Sql, Write, args};

use super::care;
use super::draft::{NewArticle, draft};
use super::passage::Texts;
use super::scrub::{Known, Removed, scrub};
use super::tell::say;
use super::write::{MOST_PASSAGE, MOST_TITLE, Saved};
use crate::access::{self, Audience};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ids::{ArticleId, TicketNumber};
use crate::people;
use crate::tickets::{self, Detail, MessageKind, MessageState, Stage};
use crate::words::Lang;

/// Of the first message: a symptom is short.
const MOST_SYMPTOM: usize = 4_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromTicket {
    pub saved: Saved,
    /// What was taken out, each once, for a person to look at; more may be in the text.
    pub removed: Vec<Removed>,
}

pub fn draft_from(tx: &mut Write, cx: &Context, number: TicketNumber) -> Result<FromTicket> {
    if !access::may_write_article(&cx.viewer) {
        return Err(Error::NotFound);
    }
    let mut detail = tickets::detail(tx, cx, number)?;
    if detail.ticket.status.stage() != Stage::Done {
        return Err(Error::Conflict("conflict-ticket-not-solved"));
    }
    // A draft is read by all staff at once; what a private team says among itself is not for them.
    let closed = of_private_teams(tx, &detail)?;
    if closed.contains(&number) {
        return Err(Error::Conflict("conflict-private-ticket"));
    }
    detail.messages.retain(|m| !closed.contains(&m.ticket));
    detail.solutions.retain(|s| !closed.contains(&s.ticket));
    // Two clicks at once: the second waits here and then finds the first's article.
    tx.hold_name(&format!("article-of-{number}"))?;
    if is_drafted(tx, number)? {
        return Err(Error::Conflict("conflict-drafted-already"));
    }
    let lang = detail.ticket.language;
    let known = known(tx, &detail)?;
    let mut removed = Vec::new();
    let mut clean = |text: &str, most: usize| {
        let short: String = text.trim().chars().take(most).collect();
        let (clean, taken) = scrub(&short, &known, lang);
        removed.extend(taken);
        clean
    };
    let title = clean(&detail.ticket.subject, MOST_TITLE - 50).replace(['\n', '\r'], " ");
    let mut passages = Vec::new();
    for (key, words, most) in parts(&detail) {
        let words = clean(&words, most);
        if !words.trim().is_empty() || key == "article-fix" {
            passages.push(in_one(lang, &format!("## {}\n\n{}", say(lang, key, &[]), words.trim())));
        }
    }
    removed.sort();
    removed.dedup();
    let mut new = NewArticle::new(in_one(lang, &title), passages, Audience::Internal);
    (new.topic, new.source) = (detail.ticket.topic, Some(number));
    let saved = draft(tx, cx, &new)?;
    care::join(tx, cx, saved.article, number)?;
    Ok(FromTicket { saved, removed })
}

/// Which of the ticket and those merged into it belong to private teams.
fn of_private_teams(r: &mut Read, detail: &Detail) -> Result<Vec<TicketNumber>> {
    let mut sql =
        Sql::new("SELECT t.number FROM ticket t JOIN team p ON p.id = t.team WHERE p.private AND t.number IN (");
    sql.bind_list(detail.merged.iter().copied().chain([detail.ticket.number]));
    sql.push(")");
    Ok(r.query_sql(&sql)?)
}

fn in_one(lang: Lang, text: &str) -> Texts {
    match lang {
        Lang::En => Texts::new(text, ""),
        Lang::Fr => Texts::new("", text),
    }
}

/// The heading of each passage and its words.
fn parts(detail: &Detail) -> [(&'static str, String, usize); 4] {
    let first = detail
        .messages
        .iter()
        .find(|m| m.kind == MessageKind::Request && m.state == MessageState::Sent);
    let symptom = first.map(|m| m.body.0.clone()).unwrap_or_default();
    let solution = |of: fn(&tickets::SolutionRow) -> &str| {
        let all: Vec<&str> = detail.solutions.iter().map(of).filter(|t| !t.is_empty()).collect();
        all.join("\n\n")
    };
    let most = MOST_PASSAGE - 1_000;
    [
        ("article-symptom", symptom, MOST_SYMPTOM),
        ("article-cause", solution(|s| &s.cause.0), most),
        ("article-fix", solution(|s| &s.steps.0), most),
        ("article-helped", solution(|s| &s.helped.0), most),
    ]
}

/// Everybody who had to do with the ticket, the staff, and the numbers it goes under.
fn known(r: &mut Read, detail: &Detail) -> Result<Known> {
    let mut names: Vec<String> = vec![detail.requester.name.clone()];
    names.extend(detail.messages.iter().map(|m| m.author_name.clone()));
    names.extend(detail.watchers.iter().map(|w| w.name.clone()));
    names.extend(detail.assignee.iter().map(|a| a.name.clone()));
    names.extend(people::technicians(r)?.into_iter().map(|t| t.name));
    names.sort();
    names.dedup();
    let mut tickets = vec![detail.ticket.number.0];
    tickets.extend(detail.merged.iter().map(|n| n.0));
    Ok(Known { names, tickets })
}

/// Texts of a ticket without what names anybody, and what was taken out.
pub(crate) struct Cleaned<const N: usize> {
    pub(crate) texts: [String; N],
    pub(crate) removed: Vec<Removed>,
}

/// The same for other uses of a solved ticket. Nothing, where it belongs to a private team: it is not for others at all.
pub(crate) fn cleaned<const N: usize>(
    r: &mut Read,
    detail: &Detail,
    texts: &[String; N],
) -> Result<Option<Cleaned<N>>> {
    if !of_private_teams(r, detail)?.is_empty() {
        return Ok(None);
    }
    let known = known(r, detail)?;
    let mut removed = Vec::new();
    let texts = texts.each_ref().map(|text| {
        let (clean, taken) = scrub(text.trim(), &known, detail.ticket.language);
        removed.extend(taken);
        clean
    });
    removed.sort();
    removed.dedup();
    Ok(Some(Cleaned { texts, removed }))
}

fn is_drafted(r: &mut Read, number: TicketNumber) -> Result<bool> {
    let found: Option<ArticleId> = r.maybe(
        "SELECT id FROM article WHERE source = $1 AND (draft IS NOT NULL OR published IS NOT NULL) LIMIT 1",
        &args![number],
    )?;
    Ok(found.is_some())
}
