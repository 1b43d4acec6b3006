//! The page of one's own settings.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Refusal;
use desk::people;
use desk::sign_in::{self, ApiToken, SessionRow};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, Seen, SignedIn};
use crate::layout::{Counts, Shell, counts, respond_with};
use crate::state::State;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    saved: bool,
}

/// In the frame of the desk, for those who work there.
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
    form: Form,
}

/// The same in the frame of the portal, for requesters.
#[derive(Template)]
#[template(path = "me/mine.html")]
struct Mine {
    shell: Shell,
    page: Page,
}

/// What the forms hold: what stands now, or what was typed into one that was refused.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub language: String,
    pub theme: String,
    pub zone: String,
    pub single_keys: bool,
    /// Not known until the page reads it.
    pub letter_when_named: Option<bool>,
    pub token: Token,
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct Token {
    pub name: String,
    pub read: bool,
    pub write: bool,
    pub admin: bool,
}

impl Default for Token {
    fn default() -> Token {
        Token {
            name: String::new(),
            read: true,
            write: false,
            admin: false,
        }
    }
}

impl Form {
    pub fn of(seen: &Seen) -> Form {
        Form {
            language: seen.viewer.language.to_string(),
            theme: seen.theme.to_string(),
            zone: seen.zone.clone().unwrap_or_default(),
            single_keys: seen.single_keys,
            letter_when_named: None,
            token: Token::default(),
        }
    }
}

/// What the page says besides the settings themselves.
#[derive(Default)]
pub struct News {
    pub fresh_token: Option<String>,
    pub refusals: Vec<Refusal>,
    pub saved: bool,
    /// What was typed into a form that was refused.
    pub typed: Option<Form>,
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
    let read = state.desk().read(move |r| {
        let (sessions, tokens) = (sign_in::list_sessions(r, &cx, me)?, sign_in::list_tokens(r, &cx, me)?);
        Ok((sessions, tokens, people::letter_when_named(r, &cx)?))
    });
    let (sessions, tokens, letter_when_named) = read.await?;
    let staff = who.seen.viewer.is_staff();
    let counts = if staff {
        counts(state.desk(), &who.cx).await?
    } else {
        Counts::default()
    };
    let mut shell = Shell::desk(state, &who.seen, nonce, "me-title", "me").with_counts(counts);
    if !staff {
        // The portal runs no script.
        shell.nonce = String::new();
    }
    let page = Page {
        shell: shell.clone(),
        sessions,
        this_session: who.seen.session,
        tokens,
        fresh_token: news.fresh_token,
        refusals: news.refusals,
        saved: news.saved,
        form: {
            let mut form = news.typed.unwrap_or_else(|| Form::of(&who.seen));
            form.letter_when_named = form.letter_when_named.or(Some(letter_when_named));
            form
        },
    };
    if staff {
        respond_with(status, &page)
    } else {
        respond_with(status, &Mine { shell, page })
    }
}

impl Page {
    /// The sentences of the summary, each with the field it leads to.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        let at = |field: &str| match field {
            "zone" => "zone",
            "old" => "old",
            "password" => "new",
            "name" => "token-name",
            "scopes" => "token-scopes",
            _ => "",
        };
        let sentence = |r: &Refusal| Some((at(r.field), self.shell.refusal(std::slice::from_ref(r), r.field)?));
        self.refusals.iter().filter_map(sentence).collect()
    }

    fn why(&self, field: &str) -> Option<String> {
        self.shell.refusal(&self.refusals, field)
    }

    fn is_this(&self, session: &SessionRow) -> bool {
        session.id == self.this_session
    }
}
