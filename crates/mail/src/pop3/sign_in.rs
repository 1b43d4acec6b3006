//! Signing in to a POP3 server: nothing secret where somebody can read along, and a mailbox that
//! is merely busy is no refused sign-in (RFC 2449, section 8; RFC 3206).

use super::session::{Reply, Session};
use crate::fetch::{FetchError, Login, Protection, one_line};
use crate::oauth;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) async fn sign_in(session: &mut Session, login: &Login) -> Result<(), FetchError> {
    if session.wire.protection == Protection::InTheClear {
        return Err(FetchError::Setting(
            "a password is not sent where others can read it: use TLS".to_owned(),
        ));
    }
    match login {
        Login::Password { user, password } if session.can_authenticate("PLAIN") => {
            let reply = STANDARD.encode(format!("\0{user}\0{password}"));
            authenticate(session, "PLAIN", &reply, "*").await
        }
        Login::Password { user, password } => by_password(session, user, password).await,
        Login::Token { user, access_token } => {
            let bearer = session.can_authenticate("OAUTHBEARER") && !session.can_authenticate("XOAUTH2");
            if bearer {
                let reply = oauth::oauthbearer(user, access_token);
                authenticate(session, "OAUTHBEARER", &reply, oauth::OAUTHBEARER_NO_MORE).await
            } else {
                authenticate(session, "XOAUTH2", &oauth::xoauth2(user, access_token), "").await
            }
        }
    }
}

async fn by_password(session: &mut Session, user: &str, password: &str) -> Result<(), FetchError> {
    if [user, password].iter().any(|text| text.chars().any(char::is_control)) {
        return Err(FetchError::Setting("user and password are one line each".to_owned()));
    }
    judged(session.command(&format!("USER {user}")).await?, None)?;
    judged(session.command(&format!("PASS {password}")).await?, None)
}

/// A second `+` says why the token is refused; it is answered with `no_more`.
async fn authenticate(session: &mut Session, mechanism: &str, reply: &str, no_more: &str) -> Result<(), FetchError> {
    let first = session.command(&format!("AUTH {mechanism}")).await?;
    let Reply::Go(_) = first else {
        return judged(first, None);
    };
    match session.command(reply).await? {
        Reply::Go(challenge) => judged(session.command(no_more).await?, Some(challenge)),
        last => judged(last, None),
    }
}

fn judged(reply: Reply, challenge: Option<Vec<u8>>) -> Result<(), FetchError> {
    let words = match reply {
        Reply::Ok(_) => return Ok(()),
        Reply::Go(words) => return Err(FetchError::Broken(one_line(&words))),
        Reply::No(words) => words,
    };
    let said = one_line(&words);
    let passing: [&[u8]; 4] = [b"[SYS/TEMP]", b"[SYS/PERM]", b"[IN-USE]", b"[LOGIN-DELAY]"];
    if passing.iter().any(|code| words.to_ascii_uppercase().starts_with(code)) {
        return Err(FetchError::Refused(said));
    }
    let why = challenge.and_then(|words| oauth::read_challenge(&words));
    Err(FetchError::SignIn(
        why.map_or(said.clone(), |why| format!("{said} ({why})")),
    ))
}
