//! The page of one's own settings.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Refusal;
use desk::sign_in::{self, ApiToken, SessionRow};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, SignedIn};
use crate::layout::{Counts, Shell, counts, respond_with};
use crate::state::State;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    saved: bool,
}

#[derive(Template)]
#[template(path = "me/me.html")]
struct Page {
    shell: Shell,
    sessions: Vec<SessionRow>,
    this_session: i64,
    tokens: Vec<ApiToken>,
    /// A token just made: shown this once.
    fresh_token: Option<String>,
    refusals: Vec<Refusal>,
    saved: bool,
    zone: String,
}

/// What the page says besides the settings themselves.
#[derive(Default)]
pub struct News {
    pub fresh_token: Option<String>,
    pub refusals: Vec<Refusal>,
    pub saved: bool,
}

pub async fn show(Extract(state): Extract<State>, who: SignedIn, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let news = News {
        saved: asked.saved,
        ..News::default()
    };
    page(&state, &who, nonce, StatusCode::OK, news).await
}

pub async fn page(
    state: &State,
    who: &SignedIn,
    nonce: Nonce,
    status: StatusCode,
    news: News,
) -> Result<Response, Oops> {
    let (cx, me) = (who.cx.clone(), who.seen.viewer.person);
    let (sessions, tokens) = state
        .desk()
        .read(move |r| Ok((sign_in::list_sessions(r, &cx, me)?, sign_in::list_tokens(r, &cx, me)?)))
        .await?;
    let staff = who.seen.viewer.is_staff();
    let counts = if staff {
        counts(state.desk(), &who.cx).await?
    } else {
        Counts::default()
    };
    let shell = Shell::desk(state, &who.seen, nonce, "me-title", "me").with_counts(counts);
    let page = Page {
        shell,
        sessions,
        this_session: who.seen.session,
        tokens,
        fresh_token: news.fresh_token,
        refusals: news.refusals,
        saved: news.saved,
        zone: who.seen.zone.clone().unwrap_or_default(),
    };
    respond_with(status, &page)
}

impl Page {
    fn is_this(&self, session: &SessionRow) -> bool {
        session.id == self.this_session
    }
}
