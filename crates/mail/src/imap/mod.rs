//! Fetching over IMAP (RFC 3501), with IDLE (RFC 2177), MOVE (RFC 6851) and UIDPLUS (RFC 4315)
//! where the server has them.
//!
//! The client is our own. Of the crates there are, `async-imap` lets a server fill 512 MiB before
//! it objects, reads a growing letter from its start again with each piece, and its grammar
//! recurses as deep as the server likes; `imap-codec` is in its alpha days. A desk needs nine
//! commands and six answers.

mod answer;
mod date;
mod find;
mod folder;
mod reader;
mod round;
mod session;
mod settle;
mod sign_in;
mod wait;

pub(crate) use round::round;
pub(crate) use session::Session;
pub(crate) use wait::wait;

use crate::fetch::{Account, Afterwards, FetchError, Place, Take, Tls, Visited, Wire};
use answer::Status;

/// One look over a fresh connection.
pub(crate) async fn visit(wire: Wire, account: &Account, place: Place, take: &dyn Take) -> Visited {
    let mut session = match open(wire, account).await {
        Ok(session) => session,
        Err(error) => return Visited::failing(place, error),
    };
    let visited = round(&mut session, account, place, take, false).await;
    session.leave().await;
    visited
}

/// Greeted, encrypted, signed in, and in the folder.
pub(crate) async fn open(wire: Wire, account: &Account) -> Result<Session, FetchError> {
    if let Afterwards::MoveTo(to) = &account.afterwards
        && folder::same(to, &account.folder)
    {
        return Err(FetchError::Setting(
            "letters cannot be moved to where they are".to_owned(),
        ));
    }
    let mut session = Session::new(wire, account.largest);
    let known = session.greeted().await?;
    if account.tls == Tls::StartTls {
        if known {
            // Signed in before the encryption: somebody on the way says so, to have it left out.
            return Err(FetchError::Broken("signed in before STARTTLS".to_owned()));
        }
        session.command(b"STARTTLS").await?.ok()?;
        session.wire.encrypt(account).await?;
    }
    if !known {
        session.capabilities().await?;
        sign_in::sign_in(&mut session, &account.login).await?;
    }
    session.capabilities().await?;
    session.select(&account.folder).await?;
    Ok(session)
}

/// The server's last word to a command.
pub(crate) struct Done {
    status: Status,
    words: Vec<u8>,
}

impl Done {
    fn ok(self) -> Result<(), FetchError> {
        match self.status {
            Status::Ok => Ok(()),
            _ => Err(FetchError::Refused(crate::fetch::one_line(&self.words))),
        }
    }

    fn has_code(&self, name: &[u8]) -> bool {
        answer::code(&self.words).is_some_and(|(code, _)| code == name)
    }
}
