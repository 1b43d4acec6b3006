//! Signing in: with a password only where nobody can read along, with a token by XOAUTH2 or
//! OAUTHBEARER (RFC 7628). What the server says against it is told apart from its own troubles.

use super::answer::Status;
use super::session::{Heard, Session};
use super::{Done, folder};
use crate::fetch::{FetchError, Login, Protection, one_line};
use crate::oauth;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::time::timeout;

pub(super) async fn sign_in(session: &mut Session, login: &Login) -> Result<(), FetchError> {
    if session.wire.protection == Protection::InTheClear {
        return Err(FetchError::Setting(
            "a password is not sent where others can read it: use TLS".to_owned(),
        ));
    }
    match login {
        Login::Password { user, password } => by_password(session, user, password).await,
        Login::Token { user, access_token } => by_token(session, user, access_token).await,
    }
}

async fn by_password(session: &mut Session, user: &str, password: &str) -> Result<(), FetchError> {
    if session.can("AUTH=PLAIN") {
        let reply = STANDARD.encode(format!("\0{user}\0{password}"));
        let (done, _) = authenticate(session, "PLAIN", &reply, "*").await?;
        return judged(&done, None);
    }
    if session.can("LOGINDISABLED") {
        return Err(FetchError::Refused("the server takes no password here".to_owned()));
    }
    if !folder::is_quotable(user) || !folder::is_quotable(password) {
        return Err(FetchError::Setting(
            "this server takes only ASCII in user and password".to_owned(),
        ));
    }
    let words = [
        b"LOGIN ".to_vec(),
        folder::quoted(user),
        b" ".to_vec(),
        folder::quoted(password),
    ]
    .concat();
    let done = session.command(&words).await?;
    judged(&done, None)
}

async fn by_token(session: &mut Session, user: &str, access_token: &str) -> Result<(), FetchError> {
    let bearer = session.can("AUTH=OAUTHBEARER") && !session.can("AUTH=XOAUTH2");
    let (mechanism, reply, no_more) = if bearer {
        (
            "OAUTHBEARER",
            oauth::oauthbearer(user, access_token),
            oauth::OAUTHBEARER_NO_MORE,
        )
    } else {
        ("XOAUTH2", oauth::xoauth2(user, access_token), "")
    };
    let (done, challenge) = authenticate(session, mechanism, &reply, no_more).await?;
    judged(&done, challenge)
}

/// The two steps of AUTHENTICATE. A second `+` says why the token is refused; it is answered with
/// `no_more`, and the refusal follows.
async fn authenticate(
    session: &mut Session,
    mechanism: &str,
    reply: &str,
    no_more: &str,
) -> Result<(Done, Option<Vec<u8>>), FetchError> {
    let most = session.wire.patience.command;
    let whole = async {
        let tag = session.say(format!("AUTHENTICATE {mechanism}").as_bytes()).await?;
        let mut challenge = None;
        let mut asked = 0;
        loop {
            match session.hear(&tag, 64 * 1024).await? {
                Heard::Done(done) => return Ok((done, challenge)),
                Heard::More => continue,
                Heard::Go(_) if asked == 0 => session.wire.send(format!("{reply}\r\n").as_bytes()).await?,
                Heard::Go(words) if asked == 1 => {
                    challenge = Some(words);
                    session.wire.send(format!("{no_more}\r\n").as_bytes()).await?;
                }
                Heard::Go(_) => return Err(FetchError::Broken("the sign-in has no end".to_owned())),
            }
            asked += 1;
        }
    };
    let slow = || Err(FetchError::Line("the sign-in takes too long".to_owned()));
    timeout(most, whole).await.unwrap_or_else(|_| slow())
}

/// The codes are those of RFC 5530: trouble that passes is no refused sign-in.
fn judged(done: &Done, challenge: Option<Vec<u8>>) -> Result<(), FetchError> {
    if done.status == Status::Ok {
        return Ok(());
    }
    let said = one_line(&done.words);
    let passing: [&[u8]; 5] = [b"UNAVAILABLE", b"INUSE", b"LIMIT", b"SERVERBUG", b"CONTACTADMIN"];
    if passing.iter().any(|code| done.has_code(code)) {
        return Err(FetchError::Refused(said));
    }
    let why = challenge.and_then(|words| oauth::read_challenge(&words));
    Err(FetchError::SignIn(
        why.map_or(said.clone(), |why| format!("{said} ({why})")),
    ))
}
