//! The fields of a topic on a page: rows to fill in, and words to read. The same on the portal, on a ticket and where
//! forms are made. Which of them are shown is decided by `desk`; the page's script only repeats it between two answers.

mod read;
mod row;
mod say;

pub(crate) use read::{read, strays};
pub(crate) use row::{Mark, Row, rows, wrong};
pub(crate) use say::say;
