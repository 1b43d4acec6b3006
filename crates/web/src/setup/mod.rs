//! First run: one page behind the one-time address the server printed. Once there is an administrator it is gone.

use askama::Template;
use axum::extract::{Form, Query, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use desk::access::Viewer;
use desk::mailboxes::{MailboxFields, boxes};
use desk::sign_in::{self, LinkPurpose, SetUp};
use desk::words::Lang;
use desk::{Error, PersonId, Refusal};
use serde::Deserialize;

use crate::http::{Anyone, Nonce, Oops, Outcome, Peer};
use crate::layout::{Shell, respond_with};
use crate::routes::{Gate, Route};
use crate::sign_in::{browser_of, with_session};
use crate::state::State;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/setup", Gate::Public, show),
        Route::post("/setup", Gate::Public, submit),
    ]
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    key: String,
    lang: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    key: String,
    lang: String,
    desk_name: String,
    zone: String,
    public_url: String,
    mailbox: String,
    name: String,
    address: String,
    password: String,
}

#[derive(Template)]
#[template(path = "setup/setup.html")]
struct Page {
    shell: Shell,
    fields: Fields,
    refusals: Vec<Refusal>,
    zones: &'static [&'static str],
}

/// Canada's zones first; any other can be typed later in the settings.
const ZONES: &[&str] = &[
    "America/Toronto",
    "America/Montreal",
    "America/St_Johns",
    "America/Halifax",
    "America/Moncton",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "America/Whitehorse",
    "UTC",
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
];

async fn show(Extract(state): Extract<State>, anyone: Anyone, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let lang = asked
        .lang
        .as_deref()
        .and_then(Lang::parse)
        .unwrap_or(anyone.browser_language);
    let (key, now) = (asked.key.clone(), state.desk().now());
    let open = state
        .desk()
        .read(move |r| sign_in::open_link(r, LinkPurpose::SetUp, &key, now))
        .await;
    if open.is_err() || state.desk().house().set_up {
        return Err(Oops::nothing(lang));
    }
    let fields = Fields {
        key: asked.key,
        zone: "America/Toronto".to_string(),
        public_url: state.desk().house().public_url.clone().unwrap_or_default(),
        ..Fields::default()
    };
    respond_with(StatusCode::OK, &page(&state, lang, nonce, fields, Vec::new()))
}

fn page(state: &State, lang: Lang, nonce: Nonce, fields: Fields, refusals: Vec<Refusal>) -> Page {
    let mut shell = Shell::public(state, lang, nonce, "setup-title");
    shell.other_language = format!("/setup?lang={}&key={}", lang.other(), fields.key);
    Page {
        shell,
        fields,
        refusals,
        zones: ZONES,
    }
}

impl Page {
    /// The sentences of the summary, each with the field it leads to.
    fn wrong(&self) -> Vec<(&'static str, String)> {
        let here = [
            "desk_name",
            "zone",
            "public_url",
            "mailbox",
            "name",
            "address",
            "password",
        ];
        let sentence = |r: &Refusal| {
            let field = Some(r.field).filter(|f| here.contains(f)).unwrap_or_default();
            Some((field, self.shell.refusal(std::slice::from_ref(r), r.field)?))
        };
        self.refusals.iter().filter_map(sentence).collect()
    }
}

async fn submit(
    Extract(state): Extract<State>,
    peer: Peer,
    nonce: Nonce,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Outcome {
    let lang = Lang::parse(&fields.lang).unwrap_or(Lang::En);
    if let Err(seconds) = state.throttle().form(peer.0) {
        return Err(Oops::from(Error::TooOften { seconds }).in_language(lang));
    }
    match finish(&state, lang, fields.clone(), peer.0.to_string(), browser_of(&headers)).await {
        Ok(secret) => Ok(with_session(Redirect::to("/inbox/everyone").into_response(), &secret)),
        Err(Error::Refused(refusals)) => {
            let fields = Fields {
                password: String::new(),
                ..fields
            };
            respond_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&state, lang, nonce, fields, refusals),
            )
        }
        Err(other) => Err(Oops::from(other).in_language(lang)),
    }
}

/// The mailbox has an address, and so has the administrator: each is refused at its own field.
fn of_mailbox(error: Error) -> Error {
    let own = |r: Refusal| Refusal { field: "mailbox", ..r };
    match error {
        Error::Refused(refusals) => Error::Refused(refusals.into_iter().map(own).collect()),
        other => other,
    }
}

async fn finish(state: &State, lang: Lang, fields: Fields, place: String, browser: String) -> desk::Result<String> {
    // A password is hashed, slowly, only for a key that fits.
    let (key, now) = (fields.key.clone(), state.desk().now());
    state
        .desk()
        .read(move |r| sign_in::open_link(r, LinkPurpose::SetUp, &key, now))
        .await?;
    sign_in::check_password(&fields.password)?;
    let password = fields.password.clone();
    let hash = sign_in::in_a_seat(move || sign_in::hash(&password)).await??;
    let cx = state.desk().context(Viewer::desk(PersonId(0)), None);
    let some = |text: &str| Some(text.trim().to_string()).filter(|t| !t.is_empty());
    let new = SetUp {
        name: fields.name.clone(),
        address: fields.address.clone(),
        language: lang,
        password: hash,
        desk_name: some(&fields.desk_name),
        zone: some(&fields.zone),
        public_url: some(fields.public_url.trim_end_matches('/')),
    };
    let secret = state
        .desk()
        .write(move |tx| {
            let person = sign_in::set_up(tx, &cx, &fields.key, &new)?;
            if !fields.mailbox.trim().is_empty() {
                let mailbox = MailboxFields {
                    language: lang,
                    ..MailboxFields::new(&fields.mailbox)
                };
                boxes::add(tx, &cx, &mailbox).map_err(of_mailbox)?;
            }
            sign_in::start(tx, person, cx.now, &place, &browser)
        })
        .await?;
    state.desk().reload_house().await?;
    Ok(secret.to_string())
}
