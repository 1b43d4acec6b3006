//! `/en`, `/fr`: one field, that finds an answer where there is help to look in and asks otherwise; the requests that are under way for whoever is signed in, and the ways to reach us.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::HeaderMap;
use desk::mailboxes::boxes;
use desk::tickets::{OwnRow, own_open_requests};
use desk::words::Lang;

use super::etag;
use super::help::{self, Line};
use super::outage::{Shown, banners};
use super::standing::{Standing, standing};
use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

/// The home page shows the newest that are open; the list has them all.
const SHOWN: usize = 5;
/// Articles below the field.
const OFTEN: usize = 3;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Page {
    shell: Shell,
    open: Vec<(OwnRow, Standing)>,
    /// There are more that are open than stand here.
    more: bool,
    /// The desk's own words of welcome.
    welcome: Option<String>,
    /// There is live chat at this desk.
    chat: bool,
    /// Where one can write to.
    address: Option<String>,
    /// What is wrong now.
    outages: Vec<Shown>,
    /// Articles that helped most.
    often: Vec<Line>,
}

pub(super) async fn show(Extract(state): Extract<State>, visitor: Visitor, headers: HeaderMap) -> Outcome {
    let cx = visitor
        .seen
        .as_ref()
        .map(|s| state.desk().context(s.viewer.clone(), None));
    let (whose, now, lang) = (visitor.clone(), state.desk().now(), visitor.lang);
    let (rows, boxes, outages, often) = state
        .desk()
        .read(move |r| {
            let rows = cx
                .map(|cx| own_open_requests(r, &cx, None))
                .transpose()?
                .unwrap_or_default();
            let often = help::front(r, now, lang, OFTEN)?;
            Ok((rows, boxes::live(r)?, banners(r, &whose)?, often))
        })
        .await
        .map_err(|e| visitor.oops(e))?;
    let shell = visitor.shell(&state, "portal-help-desk", "");
    let more = rows.len() > SHOWN;
    let open = rows
        .into_iter()
        .take(SHOWN)
        .map(|row| (row.clone(), standing(&shell, row.status, row.next_due, None)))
        .collect();
    let address = boxes.into_iter().next().map(|m| m.address);
    let welcome = state.desk().house().welcome.clone();
    let welcome = welcome.map(|(en, fr)| if shell.lang == Lang::En { en } else { fr });
    let page = Page {
        shell,
        welcome,
        chat: state.desk().house().chat.on,
        open,
        more,
        address,
        outages,
        often,
    };
    etag::answer(&visitor, &headers, &page)
}

impl Page {
    /// Where the field leads, its mark and the word on its button.
    fn field(&self) -> (&'static str, &'static str, &'static str) {
        if self.often.is_empty() {
            ("/ask", "message-square", "portal-ask")
        } else {
            ("/help", "search", "help-find")
        }
    }
}
