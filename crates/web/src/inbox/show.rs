//! `GET /inbox/{view}`: a standard or a saved view, filtered as its address says, fifty rows a page. The same page
//! answers a live refresh.

use askama::Template;
use axum::extract::{Path, RawQuery, State as Extract};
use axum::http::StatusCode;
use axum::response::Redirect;
use desk::escalations::{self, Which};
use desk::forms::Form;
use desk::tickets::Order;
use desk::views::ViewKey;
use desk::{Context, Error, Read, Refusal, TicketNumber, people, teams, topics};

use super::bulk::{self, BulkToast};
use super::filter::Filter;
use super::rows::{Choices, ListView};
use super::wanted::Wanted;
use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond_with};
use crate::state::State;

const ROWS: i64 = 50;

/// What the page says besides its rows.
#[derive(Default)]
pub(crate) struct News {
    /// The bulk whose Undo is offered.
    pub bulk: Option<i64>,
    /// Tickets an Undo left as they were.
    pub kept: i64,
    /// A saved view that was just taken away.
    pub gone: Option<i64>,
    pub refused: Vec<Refusal>,
    /// The rows of a form that was refused.
    pub ticked: Vec<TicketNumber>,
    /// What was to be done with them.
    pub chosen: bulk::Chosen,
}

#[derive(Template)]
#[template(path = "inbox/show.html")]
struct Page {
    shell: Shell,
    list: ListView,
    bulk: Option<BulkToast>,
    news: News,
    /// What was handed over to the viewer's teams and waits.
    handed: i64,
}

pub(crate) async fn first(_: Staff) -> Redirect {
    Redirect::to("/inbox/mine")
}

/// The list an address names. A name that is none is a list that is not there.
pub(crate) fn wanted(staff: &Staff, view: &str, query: Option<&str>) -> Result<Wanted, Oops> {
    let key = ViewKey::parse(view).ok_or_else(|| Oops::nothing(staff.seen.viewer.language))?;
    let query = query.unwrap_or_default();
    let order = field(query, "order").and_then(|o| Order::parse(&o));
    Ok(Wanted {
        key,
        order: order.unwrap_or(Order::Due),
        filter: Filter::of_query(query),
        after: field(query, "after"),
    })
}

pub(crate) fn field(query: &str, wanted: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value.into_owned())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Path(view): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome {
    let wanted = wanted(&staff, &view, query.as_deref())?;
    let number = |name: &str| field(query.as_deref().unwrap_or_default(), name).and_then(|v| v.parse().ok());
    let news = News {
        bulk: number("bulk"),
        kept: number("kept").unwrap_or(0),
        gone: number("gone"),
        ..News::default()
    };
    page(&state, &staff, nonce, wanted, news).await
}

pub(crate) async fn page(state: &State, staff: &Staff, nonce: Nonce, wanted: Wanted, news: News) -> Outcome {
    let lang = staff.seen.viewer.language;
    let (cx, key, bulk) = (staff.cx.clone(), wanted.key, news.bulk);
    let read = state.desk().read(move |r| {
        // Names are only needed to say what the list is filtered by.
        let known = if wanted.filter.is_empty() {
            Choices::default()
        } else {
            choices(r, &cx)?
        };
        let handed = escalations::count(r, &cx, Which::Waiting)?;
        Ok((wanted.read(r, &cx, ROWS)?, known, bulk::told(r, &cx, bulk)?, handed))
    });
    let (read, counts) = tokio::join!(read, counts(state.desk(), &staff.cx));
    // A cursor or a filter somebody made up is no page of this list.
    let read = read.map_err(|e| {
        if matches!(e, Error::Refused(_)) {
            Error::NotFound
        } else {
            e
        }
    });
    let (listed, known, told, handed) = read.map_err(|e| Oops::from(e).in_language(lang))?;
    let shell = Shell::desk(state, &staff.seen, nonce, "app-name", key.to_string());
    let shell = shell.with_counts(counts?).following(format!("view:{key}"));
    let mut list = ListView::new(&shell, listed, &known, None);
    list.picked.clone_from(&news.ticked);
    list.deeds = news.chosen.deeds();
    let shell = shell.titled(list.title.clone());
    let status = if news.refused.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let bulk = bulk::toast(&shell, told);
    respond_with(
        status,
        &Page {
            shell,
            list,
            bulk,
            news,
            handed,
        },
    )
}

/// Who and what tickets can be given to.
pub(crate) fn choices(r: &mut Read, cx: &Context) -> desk::Result<Choices> {
    Ok(Choices {
        technicians: people::technicians(r)?,
        teams: teams::list(r, cx)?,
        topics: topics::list(r, cx.viewer.language, true)?,
        organizations: Vec::new(),
        form: Form::default(),
    })
}

impl Page {
    fn is_standard(&self) -> bool {
        matches!(self.list.wanted.key, ViewKey::Standard(_))
    }
}
