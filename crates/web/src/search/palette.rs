//! `GET /palette?q=`: what the palette finds beyond the page it stands on: a ticket by its number, tickets, articles,
//! people and pages of manuals by words, saved views by name. Each choice has the address it leads to.

use askama::Template;
use axum::extract::{Query, State as Extract};
use desk::finding::{self, Found, FoundArticles, Piece, Wanted};
use desk::knowledge;
use desk::tickets::{self, Ticket};
use desk::views::{self, SavedView};
use desk::{Error, Result};
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, respond};
use crate::state::State;

const TICKETS: usize = 6;
const ARTICLES: usize = 4;
const PEOPLE: usize = 4;
/// Longer questions are for the page of the search.
const LONGEST: usize = 100;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) icon: &'static str,
    pub(super) words: String,
    pub(super) more: String,
    pub(super) to: String,
}

#[derive(Template)]
#[template(path = "search/palette.html")]
struct Page {
    shell: Shell,
    choices: Vec<Choice>,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Query(asked): Query<Asked>,
) -> Outcome {
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    // "@payroll" asks for people alone.
    let (words, people_only) = match q.strip_prefix('@') {
        Some(name) => (name.to_string(), true),
        None => (q.clone(), false),
    };
    let wanted = Wanted {
        tickets: if people_only { 0 } else { TICKETS },
        people: PEOPLE,
        offset: 0,
    };
    let (cx, number, name) = (staff.cx.clone(), super::number_of(&q), words.to_lowercase());
    let named = state.desk().read(move |r| {
        let ticket = match number {
            Some(number) => there(tickets::find_inside(r, &cx, number))?,
            None => None,
        };
        let mut saved = views::list(r, &cx)?;
        saved.retain(|view| !name.is_empty() && !people_only && view.name.to_lowercase().contains(&name));
        Ok((ticket, saved))
    });
    let viewer = &staff.seen.viewer;
    let asked_of_articles = if people_only { "" } else { words.as_str() };
    let at_most = (0, ARTICLES);
    let articles = finding::find_articles(
        state.desk(),
        Some(viewer),
        asked_of_articles,
        viewer.language,
        at_most,
        true,
    );
    let found = finding::find(state.desk(), &staff.cx, &words, wanted);
    let (named, found, articles) = tokio::join!(named, found, articles);
    let (ticket, saved) = named?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "nav-find", "");
    let mut choices = choices(&shell, ticket, saved, &found?, &articles?);
    if !people_only {
        choices.extend(super::manuals::choices(&state, &staff, &shell, &words).await?);
    }
    respond(&Page { shell, choices })
}

fn there(found: Result<Ticket>) -> Result<Option<Ticket>> {
    match found {
        Ok(ticket) => Ok(Some(ticket)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

fn choices(
    shell: &Shell,
    ticket: Option<Ticket>,
    saved: Vec<SavedView>,
    found: &Found,
    articles: &FoundArticles,
) -> Vec<Choice> {
    let plain = |pieces: &[Piece]| pieces.iter().map(|p| p.text.as_str()).collect::<String>();
    let number = ticket.as_ref().map(|t| t.number);
    let named = ticket.into_iter().map(|t| (t.number, t.subject, String::new()));
    let others = found.tickets.iter().filter(|t| Some(t.number) != number);
    let others = others.map(|t| (t.number, plain(&t.subject), t.requester.clone()));
    let tickets = named.chain(others).map(|(number, subject, more)| Choice {
        icon: "inbox",
        words: if subject.is_empty() {
            shell.t("no-subject")
        } else {
            subject
        },
        more: format!("#{number} {more}"),
        to: format!("/tickets/{number}"),
    });
    let saved = saved.into_iter().map(|view| Choice {
        icon: "star",
        words: view.name,
        more: shell.t("palette-view"),
        to: format!("/inbox/{}", view.id),
    });
    let people = found.people.iter().map(|p| Choice {
        icon: "user",
        words: plain(&p.name),
        more: p.address.clone().unwrap_or_default(),
        to: format!("/people/{}", p.id),
    });
    let articles = articles.hits.iter().map(|hit| Choice {
        icon: "book-open",
        words: plain(&hit.title),
        more: knowledge::shown(hit.article),
        to: format!("/kb/{}", hit.article),
    });
    tickets.chain(articles).chain(saved).chain(people).collect()
}
