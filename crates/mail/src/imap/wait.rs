//! Waiting for the next letter: the server calls (IDLE, RFC 2177), or is asked now and then. A
//! line that died without a word is noticed when the wait is renewed.

use super::session::{Heard, Session};
use crate::fetch::{Account, FetchError};
use std::pin::Pin;
use std::time::Duration;
use tokio::time::{Sleep, sleep, timeout};

/// Bytes that may be said between two looks at the clock.
const SMALL: usize = 64 * 1024;

/// Until there is something to look for, or `most` is over.
pub(crate) async fn wait(session: &mut Session, account: &Account, most: Option<Duration>) -> Result<(), FetchError> {
    match most {
        None if session.can("IDLE") => idle(session, account.patience.idle).await,
        None => rest(session, account.patience.poll).await,
        // Who has no room now is not called, whatever comes.
        Some(most) => rest(session, most).await,
    }
}

/// Hears what the server says meanwhile, and asks.
async fn rest(session: &mut Session, most: Duration) -> Result<(), FetchError> {
    let mut over = Box::pin(sleep(most));
    while heard_before(session, over.as_mut()).await? {
        session.hear(b"", SMALL).await?;
    }
    session.command(b"NOOP").await?.ok()
}

async fn idle(session: &mut Session, most: Duration) -> Result<(), FetchError> {
    session.news = false;
    let tag = session.say(b"IDLE").await?;
    let mut begun = false;
    let mut over = Box::pin(sleep(session.wire.patience.answer));
    while !(begun && session.news) && heard_before(session, over.as_mut()).await? {
        match session.hear(&tag, SMALL).await? {
            Heard::Done(done) => return done.ok(),
            Heard::Go(_) => {
                begun = true;
                over = Box::pin(sleep(most));
            }
            Heard::More => {}
        }
    }
    if !begun {
        return Err(FetchError::Line("the server does not begin to wait".to_owned()));
    }
    session.wire.send(b"DONE\r\n").await?;
    session.wire.allow(SMALL);
    let most = session.wire.patience.answer;
    match timeout(most, session.done(&tag, SMALL)).await {
        Ok(done) => done?.ok(),
        Err(_) => Err(FetchError::Line("the line is dead".to_owned())),
    }
}

/// False when the time is over first.
async fn heard_before(session: &mut Session, over: Pin<&mut Sleep>) -> Result<bool, FetchError> {
    session.wire.allow(SMALL);
    tokio::select! {
        biased;
        () = over => Ok(false),
        heard = session.wire.heard() => heard.map(|()| true),
    }
}
