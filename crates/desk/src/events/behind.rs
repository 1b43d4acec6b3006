//! How far a follower is behind the log.

use db::Read;

use super::follow::{Cursor, since};
use crate::clock::Time;
use crate::error::Result;

/// Counted no further.
const MOST: i64 = 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Lines it has not read, counted to a thousand.
    pub lines: usize,
    /// When the oldest of them was written.
    pub oldest: Option<Time>,
}

pub fn behind(r: &mut Read, cursor: Cursor) -> Result<Behind> {
    let unread = since(r, cursor, MOST)?;
    Ok(Behind {
        lines: unread.len(),
        oldest: unread.first().map(|line| line.at),
    })
}
