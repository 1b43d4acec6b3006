//! `/search`: tickets, articles and people, found by words, numbers and parts of identifiers, and pages of attached
//! manuals.

mod manuals;
mod palette;

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::response::{IntoResponse, Redirect};
use desk::finding::{self, Found, FoundArticle, FoundArticles, FoundPage, Piece, Wanted};
use desk::knowledge;
use desk::tickets::Status;
use serde::Deserialize;

use crate::http::{Nonce, Outcome, Staff};
use crate::layout::{Shell, counts, respond};
use crate::routes::{Gate, Route};
use crate::state::State;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/search", Gate::Staff, show),
        Route::get("/palette", Gate::Staff, palette::show),
    ]
}

const PAGE: usize = 20;
/// Articles above the tickets; `/kb` has the rest.
const ARTICLES: usize = 5;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct Page {
    shell: Shell,
    q: String,
    found: Found,
    articles: FoundArticles,
    manuals: manuals::Part,
    asked: bool,
    page: usize,
    more: bool,
}

/// `#1234` and `1234` go straight to the ticket, when there is one.
async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let q: String = asked.q.chars().take(400).collect();
    let page = asked.page.min(49);
    if let Some(number) = number_of(&q) {
        let cx = staff.cx.clone();
        let there = state
            .desk()
            .read(move |r| desk::tickets::find_inside(r, &cx, number))
            .await;
        if let Ok(ticket) = there {
            return Ok(Redirect::to(&format!("/tickets/{}", ticket.number)).into_response());
        }
    }
    let wanted = Wanted {
        tickets: PAGE,
        people: if page == 0 { 5 } else { 0 },
        offset: page * PAGE,
    };
    let viewer = &staff.seen.viewer;
    let most = if page == 0 { ARTICLES } else { 0 };
    let articles = finding::find_articles(state.desk(), Some(viewer), &q, viewer.language, (0, most), false);
    let found = finding::find(state.desk(), &staff.cx, &q, wanted);
    let (found, articles) = tokio::join!(found, articles);
    let (found, articles) = (found?, articles?);
    let manuals = match page {
        0 => manuals::part(&state, &staff, &q).await?,
        _ => manuals::Part::default(),
    };
    let counts = counts(state.desk(), &staff.cx).await?;
    let shell = Shell::desk(&state, &staff.seen, nonce, "search-title", "search").with_counts(counts);
    let more = found.ticket_total > (page + 1) * PAGE;
    respond(&Page {
        shell,
        asked: !q.trim().is_empty(),
        q,
        found,
        articles,
        manuals,
        page,
        more,
    })
}

fn number_of(q: &str) -> Option<desk::TicketNumber> {
    let digits = q.trim().strip_prefix('#').unwrap_or(q.trim());
    let plain = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain {
        digits.parse().ok().map(desk::TicketNumber)
    } else {
        None
    }
}

impl Page {
    fn status_key(status: &Status) -> String {
        format!("status-{status}")
    }

    fn article_name(hit: &FoundArticle) -> String {
        knowledge::shown(hit.article)
    }

    fn page_address(hit: &FoundPage) -> String {
        manuals::address(hit.file, hit.page)
    }

    fn is_hit(piece: &Piece) -> bool {
        piece.hit
    }
}
