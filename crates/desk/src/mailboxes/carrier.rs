//! Who takes our letters out. Several are offered at the same time, but from a letter's last byte to the note that it
//! left there is only ever one: a crash in between sends that one a second time, under the same Message-ID, and never
//! more than one.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use super::outbox::Draft;
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

type Said = Result<String, mail::SendError>;

/// Composes the letter, hands it over when it is its turn, and has `note` write down what came of it before the next
/// letter's turn.
pub(super) async fn carry<F>(
    desk: &Desk,
    carrier: &Carrier,
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
    match carrier {
        Carrier::Folder(folder) => note(into(folder.join(format!("{id}.eml")), raw).await).await,
        Carrier::Relay(relay) => {
            let offering = async {
                let offered = relay.offer(&from, &[to], &raw).await?;
                Ok((offered, turn.lock().await))
            };
            let (mut offered, mine) = match timeout(OFFERING, offering).await {
                Ok(Ok(both)) => both,
                Ok(Err(error)) => return note(Err(error)).await,
                Err(_) => return note(Err(too_slow(&relay.host))).await,
            };
            let said = offered.hand_over().await;
            note(said.map(|accepted| accepted.0)).await;
            drop(mine);
            offered.leave().await;
        }
    }
}

fn too_slow(host: &str) -> mail::SendError {
    mail::SendError::Retry(format!("{host} took too long to answer").into())
}

async fn compose(desk: &Desk, draft: Draft) -> Result<Vec<u8>, mail::SendError> {
    let store = desk.files().clone();
    match tokio::task::spawn_blocking(move || draft.compose(&store)).await {
        Ok(Ok(raw)) => Ok(raw),
        Ok(Err(Error::Fault(words))) => Err(mail::SendError::GiveUp(words.into())),
        Ok(Err(e)) => Err(mail::SendError::Retry(e.to_string().into())),
        Err(e) => Err(mail::SendError::Retry(e.to_string().into())),
    }
}

async fn into(file: PathBuf, raw: Vec<u8>) -> Said {
    let written = tokio::task::spawn_blocking(move || std::fs::write(&file, raw).map(|()| file)).await;
    match written {
        Ok(Ok(file)) => Ok(file.display().to_string()),
        Ok(Err(e)) => Err(mail::SendError::Retry(e.to_string().into())),
        Err(e) => Err(mail::SendError::Retry(e.to_string().into())),
    }
}
