//! Who takes our letters out. Several are offered at the same time, but from a letter's last byte to the note that it
//! left there is only ever one: a crash in between sends that one a second time, under the same Message-ID, and never
//! more than one.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use super::outbox::Draft;
use super::sending::Own;
use super::signing;
use crate::desk::Desk;
use crate::error::Error;

/// How long a letter may be offered and wait for its turn. From its last byte on there is no cutting off but the
/// carrier's own: what is cut there may have been taken, and would leave twice. All of it ends before the job's lease.
const OFFERING: Duration = Duration::from_secs(100);

/// Who carries our letters.
#[derive(Clone, Debug)]
pub enum Carrier {
    Relay(mail::Relay),
    /// Each letter becomes a file named after its Message-ID: for a demonstration, where nothing may leave.
    Folder(PathBuf),
}

/// How one letter leaves.
pub(super) enum Means<'a> {
    Folder(&'a Path),
    Server(Server<'a>),
}

pub(super) enum Server<'a> {
    Desk(&'a mail::Relay),
    /// Of the letter's mailbox.
    Own(&'a Own),
}

impl<'a> Means<'a> {
    /// What goes into a folder goes nowhere else, whatever a mailbox says. `None`: it cannot leave at all now.
    pub(super) fn of(carrier: Option<&'a Carrier>, own: Option<&'a Own>) -> Option<Means<'a>> {
        Some(match (carrier, own) {
            (Some(Carrier::Folder(folder)), _) => Means::Folder(folder),
            (_, Some(own)) => Means::Server(Server::Own(own)),
            (Some(Carrier::Relay(relay)), None) => Means::Server(Server::Desk(relay)),
            (None, None) => return None,
        })
    }
}

impl Server<'_> {
    async fn offer(&self, from: &str, to: &str, raw: &[u8]) -> Result<mail::outbound::Offered, mail::SendError> {
        match self {
            Server::Desk(relay) => relay.offer(from, &[to.to_string()], raw).await,
            Server::Own(own) => own.offer(to, raw).await,
        }
    }

    fn host(&self) -> &str {
        match self {
            Server::Desk(relay) => &relay.host,
            Server::Own(own) => own.host(),
        }
    }
}

type Said = Result<String, mail::SendError>;

/// Composes the letter, hands it over when it is its turn, and has `note` write down what came of it before the next
/// letter's turn.
pub(super) async fn carry<F>(
    desk: &Desk,
    means: Means<'_>,
    turn: &Mutex<()>,
    draft: Draft,
    note: impl FnOnce(Said) -> F,
) where
    F: Future<Output = ()>,
{
    let (from, to, id) = (draft.from.clone(), draft.to.clone(), draft.id);
    let raw = match compose(desk, draft).await {
        Ok(raw) => raw,
        Err(error) => return note(Err(error)).await,
    };
    let server = match means {
        Means::Folder(folder) => return note(into(folder.join(format!("{id}.eml")), raw).await).await,
        Means::Server(server) => server,
    };
    let offering = async {
        let offered = server.offer(&from, &to, &raw).await?;
        Ok((offered, turn.lock().await))
    };
    let (mut offered, mine) = match timeout(OFFERING, offering).await {
        Ok(Ok(both)) => both,
        Ok(Err(error)) => return note(Err(error)).await,
        Err(_) => return note(Err(too_slow(server.host()))).await,
    };
    let said = offered.hand_over().await;
    note(said.map(|accepted| accepted.0)).await;
    drop(mine);
    offered.leave().await;
}

fn too_slow(host: &str) -> mail::SendError {
    mail::SendError::Retry(format!("{host} took too long to answer").into())
}

/// The bytes as they leave, signed where the domain has a key that is on. What cannot be signed waits: unsigned it might
/// be taken for a forgery.
async fn compose(desk: &Desk, draft: Draft) -> Result<Vec<u8>, mail::SendError> {
    let later = |words: &dyn std::fmt::Display| mail::SendError::Retry(words.to_string().into());
    let id = draft.id;
    let pen = desk
        .read(move |r| signing::pen_for(r, id))
        .await
        .map_err(|e| later(&e))?;
    let (store, vault) = (desk.files().clone(), desk.vault().clone());
    let composing = tokio::task::spawn_blocking(move || {
        let raw = match draft.compose(&store) {
            Ok(raw) => raw,
            Err(Error::Fault(words)) => return Err(mail::SendError::GiveUp(words.into())),
            Err(e) => return Err(later(&e)),
        };
        let Some(pen) = pen else { return Ok(raw) };
        let unsigned = |e| mail::SendError::Retry(format!("the letter waits, for it cannot be signed: {e}").into());
        pen.sign(&vault, &raw).map_err(unsigned)
    });
    composing.await.map_err(|e| later(&e))?
}

async fn into(file: PathBuf, raw: Vec<u8>) -> Said {
    let written = tokio::task::spawn_blocking(move || std::fs::write(&file, raw).map(|()| file)).await;
    match written {
        Ok(Ok(file)) => Ok(file.display().to_string()),
        Ok(Err(e)) => Err(mail::SendError::Retry(e.to_string().into())),
        Err(e) => Err(mail::SendError::Retry(e.to_string().into())),
    }
}
