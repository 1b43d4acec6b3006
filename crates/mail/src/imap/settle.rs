//! What the server is told about a letter that is kept. A refusal is noted, and nothing waits for
//! it: the letter is safe, and is told of again at the next visit.

use super::folder::quoted_folder;
use super::round::Round;
use super::session::Session;
use crate::fetch::{Afterwards, FetchError, one_line};

/// Refusals of earlier letters in one visit after which the others are not tried.
const REFUSALS: usize = 20;

impl Round<'_> {
    /// The letter is kept: now the server may be told. A line that breaks here is the letter's miss.
    pub(super) async fn settle(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        if session.read_only {
            self.visited.refuse("the folder may only be read".to_owned());
            return Ok(());
        }
        session.wire.finish(true);
        let told = self.tell(session, uid).await;
        session.wire.finish(false);
        match told {
            Err(FetchError::Refused(words)) => {
                self.visited.refuse(words);
                Ok(())
            }
            Err(error) => {
                self.visited.miss(self.mark(uid), &error);
                Err(error)
            }
            Ok(()) => Ok(()),
        }
    }

    /// The same for one that was kept at an earlier visit.
    pub(super) async fn settle_again(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        if self.visited.unsettled >= REFUSALS {
            self.visited.unsettled += 1;
            return Ok(());
        }
        self.settle(session, uid).await
    }

    async fn tell(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        if self.half_gone.contains(&uid) {
            return self.delete(session, uid).await;
        }
        match &self.account.afterwards {
            Afterwards::MarkSeen => store(session, uid, "\\Seen").await,
            Afterwards::Delete => self.delete(session, uid).await,
            Afterwards::MoveTo(folder) => {
                let verb = if session.can("MOVE") { "MOVE" } else { "COPY" };
                relocate(session, verb, uid, folder).await?;
                if verb == "MOVE" {
                    return Ok(());
                }
                let deleted = self.delete(session, uid).await;
                if let Err(error @ FetchError::Refused(_)) = &deleted {
                    // Told again and again, it would lie there again and again.
                    self.visited.miss(self.mark(uid), error);
                }
                deleted
            }
        }
    }

    async fn delete(&mut self, session: &mut Session, uid: u32) -> Result<(), FetchError> {
        store(session, uid, "\\Seen \\Deleted").await?;
        if session.can("UIDPLUS") {
            return session.command(format!("UID EXPUNGE {uid}").as_bytes()).await?.ok();
        }
        self.to_expunge = true;
        Ok(())
    }

    /// Where single letters cannot be removed, all that are marked as deleted are, ours and those
    /// that somebody else has marked.
    pub(super) async fn expunge(&mut self, session: &mut Session) -> Result<(), FetchError> {
        if !std::mem::take(&mut self.to_expunge) {
            return Ok(());
        }
        match session.command(b"EXPUNGE").await?.ok() {
            Err(FetchError::Refused(words)) => {
                self.visited.refuse(words);
                Ok(())
            }
            done => done,
        }
    }
}

async fn store(session: &mut Session, uid: u32, flags: &str) -> Result<(), FetchError> {
    let words = format!("UID STORE {uid} +FLAGS.SILENT ({flags})");
    session.command(words.as_bytes()).await?.ok()
}

/// To another folder, which is made where the server says that it lacks.
async fn relocate(session: &mut Session, verb: &str, uid: u32, folder: &str) -> Result<(), FetchError> {
    let folder = quoted_folder(folder);
    let words = [format!("UID {verb} {uid} ").into_bytes(), folder.clone()].concat();
    let done = session.command(&words).await?;
    if !done.has_code(b"TRYCREATE") {
        return done.ok();
    }
    let made = session.command(&[b"CREATE ".to_vec(), folder].concat()).await?;
    made.ok().map_err(|error| match error {
        FetchError::Refused(words) => {
            FetchError::Refused(one_line(format!("no folder to move to: {words}").as_bytes()))
        }
        other => other,
    })?;
    session.command(&words).await?.ok()
}
