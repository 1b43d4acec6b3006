//! Fetching over POP3 (RFC 1939) with CAPA (RFC 2449), STLS (RFC 2595) and AUTH (RFC 5034), for
//! mailboxes that offer nothing better. A letter is deleted only after it is kept, and gone only
//! after QUIT: what breaks before brings it again.

mod round;
mod session;
mod sign_in;

pub(crate) use round::round;
pub(crate) use session::Session;

use crate::fetch::{Account, Afterwards, FetchError, Place, Take, Tls, Visited, Wire};

/// One look over a fresh connection.
pub(crate) async fn visit(wire: Wire, account: &Account, place: Place, take: &dyn Take) -> Visited {
    match open(wire, account).await {
        Ok(mut session) => round(&mut session, account, place, take).await,
        Err(error) => Visited::failing(place, error),
    }
}

/// Greeted, encrypted and signed in.
pub(crate) async fn open(wire: Wire, account: &Account) -> Result<Session, FetchError> {
    if matches!(account.afterwards, Afterwards::MoveTo(_)) {
        return Err(FetchError::Setting(
            "POP3 has no folders to move a letter to".to_owned(),
        ));
    }
    let mut session = Session::greeted(wire).await?;
    if account.tls == Tls::StartTls {
        session.command("STLS").await?.ok()?;
        session.wire.encrypt(account).await?;
    }
    session.capabilities().await?;
    sign_in::sign_in(&mut session, &account.login).await?;
    Ok(session)
}
