//! The memory in which big letters are read: as many at a time as fit into it, the others wait. A letter may be many
//! times as large once it is taken apart, so sixteen of the largest at once would be more than a small machine has.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// Raw bytes of big letters that may be in hand at a time.
const ROOM: u32 = 64 * 1024 * 1024;
/// A letter up to this size needs no room of its own: all readers together hold only a few MiB of them.
pub(super) const SMALL: i64 = 256 * 1024;

#[derive(Clone, Debug)]
pub(crate) struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Room(Arc::new(Semaphore::new(ROOM as usize)))
    }
}

impl Room {
    /// Until the answer is dropped. A letter larger than the whole room has it for itself.
    pub(super) async fn enter(&self, bytes: i64) -> Result<Option<OwnedSemaphorePermit>> {
        if bytes <= SMALL {
            return Ok(None);
        }
        let bytes = u32::try_from(bytes).unwrap_or(ROOM).min(ROOM);
        let entered = self.0.clone().acquire_many_owned(bytes).await;
        entered.map(Some).map_err(Error::fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEBIBYTE: i64 = 1024 * 1024;

    #[tokio::test]
    async fn big_letters_take_turns_and_small_ones_pass() {
        let room = Room::default();
        let first = room.enter(40 * MEBIBYTE).await.unwrap();
        assert!(first.is_some());
        let mut second = std::pin::pin!(room.enter(40 * MEBIBYTE));
        let waits = tokio::select! {
            biased;
            _ = &mut second => false,
            () = std::future::ready(()) => true,
        };
        assert!(waits, "40 and 40 are more than 64");
        assert!(room.enter(SMALL).await.unwrap().is_none());
        drop(first);
        drop(second.await.unwrap());
        let mut alone = std::pin::pin!(room.enter(500 * MEBIBYTE));
        let enters = tokio::select! {
            biased;
            entered = &mut alone => entered.unwrap().is_some(),
            () = std::future::ready(()) => false,
        };
        assert!(enters, "the largest letter is read too, alone");
    }
}
