//! Changing one's own settings.

use axum::extract::{Form, Path, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::Scopes;
use desk::people::{self, Preferences, Theme};
use desk::sign_in;
use desk::words::Lang;
use desk::{Error, Refusal, TokenId};
use serde::Deserialize;

use super::show::{Form as Typed, News, Token, page};
use crate::http::{Nonce, Oops, Outcome, Peer, SignedIn, page_before};
use crate::sign_in::{browser_of, with_session};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferenceFields {
    language: String,
    theme: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    single_keys: Option<String>,
    #[serde(default)]
    letter_when_named: Option<String>,
}

pub async fn preferences(
    Extract(state): Extract<State>,
    who: SignedIn,
    nonce: Nonce,
    Form(fields): Form<PreferenceFields>,
) -> Outcome {
    let wanted = Preferences {
        language: Lang::parse(&fields.language),
        theme: Theme::parse(&fields.theme),
        single_keys: Some(fields.single_keys.is_some()),
        zone: Some(Some(fields.zone.trim().to_string()).filter(|z| !z.is_empty())),
        // Requesters are not named, and their form does not ask.
        letter_when_named: who.seen.viewer.is_staff().then_some(fields.letter_when_named.is_some()),
    };
    let cx = who.cx.clone();
    let done = state
        .desk()
        .write(move |tx| people::set_preferences(tx, &cx, &wanted))
        .await;
    let typed = Typed {
        language: fields.language,
        theme: fields.theme,
        zone: fields.zone,
        single_keys: fields.single_keys.is_some(),
        letter_when_named: Some(fields.letter_when_named.is_some()),
        token: Token::default(),
    };
    answer(&state, &who, nonce, done.map(|_| ()), "/me?saved=true", typed).await
}

#[derive(Deserialize)]
pub struct LanguageField {
    language: String,
}

/// The switch in the frame: the same page again, in the other language.
pub async fn language(
    Extract(state): Extract<State>,
    who: SignedIn,
    headers: HeaderMap,
    Form(field): Form<LanguageField>,
) -> Outcome {
    let wanted = Preferences {
        language: Lang::parse(&field.language),
        ..Preferences::default()
    };
    let cx = who.cx.clone();
    state
        .desk()
        .write(move |tx| people::set_preferences(tx, &cx, &wanted))
        .await?;
    let to = page_before(&headers).unwrap_or_else(|| "/inbox/mine".to_string());
    Ok(Redirect::to(&to).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordFields {
    old: String,
    password: String,
}

/// A new password ends every session and token; this browser gets a new session at once.
pub async fn password(
    Extract(state): Extract<State>,
    who: SignedIn,
    peer: Peer,
    nonce: Nonce,
    headers: HeaderMap,
    Form(fields): Form<PasswordFields>,
) -> Outcome {
    let place = peer.0.to_string();
    match replace(&state, &who, fields, place, browser_of(&headers)).await {
        Ok(secret) => Ok(with_session(Redirect::to("/me?saved=true").into_response(), &secret)),
        Err(e) => answer(&state, &who, nonce, Err(e), "/me", Typed::of(&who.seen)).await,
    }
}

async fn replace(
    state: &State,
    who: &SignedIn,
    fields: PasswordFields,
    place: String,
    browser: String,
) -> desk::Result<String> {
    sign_in::check_password(&fields.password)?;
    let cx = who.cx.clone();
    let account = state
        .desk()
        .write(move |tx| sign_in::own_account(tx, &cx, &place))
        .await?;
    let (account, matched, hash) = sign_in::in_a_seat(move || {
        let matched = account.matches(&fields.old);
        let hash = sign_in::hash(&fields.password)?;
        Ok::<_, Error>((account, matched, hash))
    })
    .await??;
    let cx = who.cx.clone();
    let secret = state
        .desk()
        .write(move |tx| sign_in::change_password(tx, &cx, &account, matched, &hash, &browser))
        .await?;
    Ok(secret.to_string())
}

pub async fn end_session(Extract(state): Extract<State>, who: SignedIn, Path(id): Path<i64>) -> Outcome {
    let (cx, me) = (who.cx.clone(), who.seen.viewer.person);
    state
        .desk()
        .write(move |tx| sign_in::end_session(tx, &cx, me, id))
        .await?;
    Ok(Redirect::to("/me?saved=true").into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenFields {
    name: String,
    read: Option<String>,
    write: Option<String>,
    admin: Option<String>,
}

pub async fn add_token(
    Extract(state): Extract<State>,
    who: SignedIn,
    nonce: Nonce,
    Form(fields): Form<TokenFields>,
) -> Outcome {
    let scopes = Scopes {
        read: fields.read.is_some(),
        write: fields.write.is_some(),
        admin: fields.admin.is_some(),
    };
    let typed = Typed {
        token: Token {
            name: fields.name.clone(),
            read: scopes.read,
            write: scopes.write,
            admin: scopes.admin,
        },
        ..Typed::of(&who.seen)
    };
    let (cx, me) = (who.cx.clone(), who.seen.viewer.person);
    let made = state
        .desk()
        .write(move |tx| sign_in::add_token(tx, &cx, me, &fields.name, scopes))
        .await;
    match made {
        Ok(secret) => {
            let news = News {
                fresh_token: Some(secret.to_string()),
                ..News::default()
            };
            page(&state, &who, nonce, StatusCode::OK, news).await
        }
        Err(e) => answer(&state, &who, nonce, Err(e), "/me", typed).await,
    }
}

pub async fn revoke_token(Extract(state): Extract<State>, who: SignedIn, Path(id): Path<i64>) -> Outcome {
    let cx = who.cx.clone();
    state
        .desk()
        .write(move |tx| sign_in::revoke_token(tx, &cx, TokenId(id)))
        .await?;
    Ok(Redirect::to("/me?saved=true").into_response())
}

/// On success elsewhere; refused: the same page with the field marked and what was typed.
async fn answer(
    state: &State,
    who: &SignedIn,
    nonce: Nonce,
    done: desk::Result<()>,
    to: &str,
    typed: Typed,
) -> Result<Response, Oops> {
    let refused = |refusals: Vec<Refusal>| News {
        refusals,
        typed: Some(typed),
        ..News::default()
    };
    match done {
        Ok(()) => Ok(Redirect::to(to).into_response()),
        Err(Error::Refused(refusals)) => {
            page(state, who, nonce, StatusCode::UNPROCESSABLE_ENTITY, refused(refusals)).await
        }
        Err(other) => Err(Oops::from(other).in_language(who.seen.viewer.language)),
    }
}
