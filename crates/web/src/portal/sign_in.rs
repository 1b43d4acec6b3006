//! `/en/sign-in`: an address is typed and a link is mailed, good once and for thirty minutes. The same answer and the
//! same work for an address nobody has. `/en/reset` is the same letter for somebody who lost the password.

use askama::Template;
use axum::extract::{Form, Query, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use desk::error::Checks;
use desk::mailboxes::outbox;
use desk::people::{self, Address};
use desk::sign_in::{Asking, count_asking};
use desk::{Error, Refusal};
use serde::Deserialize;

use super::etag;
use super::visitor::Visitor;
use crate::http::Outcome;
use crate::layout::Shell;
use crate::state::State;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    address: String,
}

/// Why the link is wanted: it says so on the page and is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    SignIn,
    Reset,
}

impl Wish {
    fn place(self) -> &'static str {
        match self {
            Wish::SignIn => "/sign-in",
            Wish::Reset => "/reset",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Wish::SignIn => "link-title",
            Wish::Reset => "reset-title",
        }
    }

    fn asking(self) -> Asking {
        match self {
            Wish::SignIn => Asking::SignInLink,
            Wish::Reset => Asking::Reset,
        }
    }
}

#[derive(Template)]
#[template(path = "portal/sign_in.html")]
struct Page {
    shell: Shell,
    wish: Wish,
    address: String,
    refusals: Vec<Refusal>,
    wait_minutes: Option<i64>,
    /// Where a password leads to, for those who have one.
    by_password: String,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Outcome {
    if visitor.seen.is_some() {
        return Ok(Redirect::to(&crate::sign_in::safe_path(&asked.next)).into_response());
    }
    etag::answer(
        &visitor,
        &headers,
        &Page::new(&state, &visitor, Wish::SignIn, &asked.next),
    )
}

pub(super) async fn show_reset(Extract(state): Extract<State>, visitor: Visitor, headers: HeaderMap) -> Outcome {
    etag::answer(&visitor, &headers, &Page::new(&state, &visitor, Wish::Reset, ""))
}

pub(super) async fn submit(Extract(state): Extract<State>, visitor: Visitor, Form(fields): Form<Fields>) -> Outcome {
    send(&state, &visitor, Wish::SignIn, fields.address).await
}

pub(super) async fn submit_reset(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Outcome {
    send(&state, &visitor, Wish::Reset, fields.address).await
}

async fn send(state: &State, visitor: &Visitor, wish: Wish, address: String) -> Outcome {
    let mut page = Page::new(state, visitor, wish, "");
    page.address.clone_from(&address);
    match mail_link(state, visitor, wish, address).await {
        Ok(()) => Ok(visitor.to("/mailed")),
        Err(Error::Refused(refusals)) => {
            page.refusals = refusals;
            visitor.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Error::TooOften { seconds }) => {
            page.wait_minutes = Some((seconds + 59) / 60);
            let mut response = visitor.page(StatusCode::TOO_MANY_REQUESTS, &page)?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(other) => Err(visitor.oops(other)),
    }
}

async fn mail_link(state: &State, visitor: &Visitor, wish: Wish, address: String) -> desk::Result<()> {
    visitor.may_send(state)?;
    let good = Address::parse(&address).is_some();
    Checks::default().check(good, "address", "refused-address").done()?;
    let (house, now, place) = (state.desk().house(), state.desk().now(), visitor.peer.to_string());
    let write = state.desk().write(move |tx| {
        count_asking(tx, wish.asking(), &address, &place, now)?;
        // Whether a letter leaves, the page never says.
        if let Some(person) = people::by_address(tx, &address)? {
            outbox::sign_in_link(tx, &house, now, person)?;
        }
        Ok(())
    });
    write.await
}

#[derive(Template)]
#[template(path = "portal/mailed.html")]
struct Mailed {
    shell: Shell,
}

pub(super) async fn mailed(Extract(state): Extract<State>, visitor: Visitor, headers: HeaderMap) -> Outcome {
    let shell = visitor.shell(&state, "mailed-title", "/mailed");
    etag::answer(&visitor, &headers, &Mailed { shell })
}

impl Page {
    fn new(state: &State, visitor: &Visitor, wish: Wish, next: &str) -> Page {
        let next: String = next
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .take(1400)
            .collect();
        let after = if next.is_empty() {
            String::new()
        } else {
            format!("&next={next}")
        };
        let here = if next.is_empty() {
            wish.place().to_string()
        } else {
            format!("{}?next={next}", wish.place())
        };
        Page {
            shell: visitor.shell(state, wish.title(), &here),
            wish,
            address: String::new(),
            refusals: Vec::new(),
            wait_minutes: None,
            by_password: format!("/sign-in?lang={}{after}", visitor.lang),
        }
    }

    fn is_reset(&self) -> bool {
        self.wish == Wish::Reset
    }

    fn action(&self) -> String {
        format!("/{}{}", self.shell.lang, self.wish.place())
    }
}
