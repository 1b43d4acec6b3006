//! Reading apart: a child of the same program reads one file under limits of its own ([`serve`]), and tells its parent
//! ([`Reader`]) page by page over a pipe, a line of JSON each. Whatever a file does to the child, the parent goes on.

mod child;
mod parent;

use serde::{Deserialize, Serialize};

pub use child::serve;
pub use parent::Reader;

use crate::Fault;

/// What the child says: pages in their order, then how it ended. A child that died says no end.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line<'t> {
    Page(std::borrow::Cow<'t, str>),
    End(Option<Fault>),
}

/// Beyond the file itself, in bytes.
pub const MOST_MEMORY: u64 = 64 << 20;
/// From the start of the child to its end.
pub const MOST_TIME: std::time::Duration = std::time::Duration::from_secs(2);

/// How the command that serves is called: `PROGRAM read-manual KIND < FILE`.
pub const COMMAND: &str = "read-manual";
