//! `/me/keys`: every key of the desk, each changeable; `/me/keys/sheet`: the same to look at, in the sheet that `?`
//! opens.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::people::{self, KEYS, Keys};
use desk::{Error, Refusal};
use serde::Deserialize;

use crate::http::{Nonce, Oops, Outcome, Staff};
use crate::layout::{Shell, counts, respond, respond_with};
use crate::state::State;

/// Keys that are the same for everybody: they are held together with another, so they are in nobody's way.
const FIXED: [(&str, &str); 5] = [
    ("Ctrl K", "fixed-palette"),
    ("Ctrl Enter", "fixed-send"),
    ("Ctrl Shift Enter", "fixed-send-solve"),
    ("Shift J, Shift K", "fixed-extend"),
    ("Esc", "fixed-back"),
];

#[derive(Clone, Debug)]
struct Key {
    usual: &'static str,
    now: String,
    words: String,
}

#[derive(Template)]
#[template(path = "me/keys.html")]
struct Page {
    shell: Shell,
    keys: Vec<Key>,
    refusals: Vec<Refusal>,
    saved: bool,
}

#[derive(Template)]
#[template(path = "me/keys_sheet.html")]
struct Sheet {
    shell: Shell,
    keys: Vec<Key>,
    fixed: Vec<(&'static str, String)>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    saved: bool,
}

pub async fn show(Extract(state): Extract<State>, staff: Staff, nonce: Nonce, Query(asked): Query<Asked>) -> Outcome {
    let keys = staff.seen.keys.clone();
    page(&state, &staff, nonce, &keys, Vec::new(), asked.saved).await
}

pub async fn sheet(Extract(state): Extract<State>, staff: Staff, nonce: Nonce) -> Outcome {
    let shell = Shell::desk(&state, &staff.seen, nonce, "keys-title", "");
    let keys = keys_of(&shell, &staff.seen.keys);
    let fixed = FIXED.iter().map(|(key, words)| (*key, shell.t(words))).collect();
    respond(&Sheet { shell, keys, fixed })
}

/// An emptied field switches its key off; `usual` puts all of them back.
pub async fn set(
    Extract(state): Extract<State>,
    staff: Staff,
    nonce: Nonce,
    Form(mut fields): Form<BTreeMap<String, String>>,
) -> Outcome {
    let wanted = if fields.remove("usual").is_some() {
        Keys::default()
    } else {
        Keys(fields)
    };
    let (cx, keys) = (staff.cx.clone(), wanted.clone());
    match state.desk().write(move |tx| people::set_keys(tx, &cx, &keys)).await {
        Ok(_) => Ok(Redirect::to("/me/keys?saved=true").into_response()),
        Err(Error::Refused(refusals)) => page(&state, &staff, nonce, &wanted, refusals, false).await,
        Err(other) => Err(Oops::from(other).in_language(staff.seen.viewer.language)),
    }
}

async fn page(state: &State, staff: &Staff, nonce: Nonce, keys: &Keys, refusals: Vec<Refusal>, saved: bool) -> Outcome {
    let shell = Shell::desk(state, &staff.seen, nonce, "keys-title", "me");
    let shell = shell.with_counts(counts(state.desk(), &staff.cx).await?);
    let status = if refusals.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let keys = keys_of(&shell, keys);
    respond_with(
        status,
        &Page {
            shell,
            keys,
            refusals,
            saved,
        },
    )
}

fn keys_of(shell: &Shell, keys: &Keys) -> Vec<Key> {
    let key = |usual: &&'static str| Key {
        usual,
        now: keys.0.get(*usual).cloned().unwrap_or_else(|| (*usual).to_string()),
        words: shell.t(&format!("press-{}", name_of(usual))),
    };
    KEYS.iter().map(key).collect()
}

/// A key as it stands in the name of a sentence.
fn name_of(usual: &str) -> String {
    match usual {
        "/" => "slash".to_string(),
        "?" => "question".to_string(),
        "," => "comma".to_string(),
        "." => "dot".to_string(),
        "L" => "shift-l".to_string(),
        other => other.replace(' ', "-"),
    }
}

impl Page {
    fn why(&self, key: &Key) -> Option<String> {
        self.shell.refusal(&self.refusals, key.usual)
    }
}
