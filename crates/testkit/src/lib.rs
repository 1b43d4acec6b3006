//! What tests of the whole desk need: a desk in one line on either engine with a clock that tests move (`Stand`), the
//! built program as a child process (`Program`), a plain HTTP client (`Http`), a mail server that keeps what it is given
//! (`Sink`), a letter over SMTP (`deliver`) and the list of what was acknowledged (`Journal`).
//!
//! Only for tests: the program never depends on it. A set-up that fails stops the test and says why.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot set up its world must stop and say why"
)]

mod http;
mod journal;
mod program;
mod sink;
mod smtp;
mod stand;

pub use http::{Answer, Http};
pub use journal::Journal;
pub use program::{Program, Ran, run, run_with_input};
pub use sink::{Sink, Taken};
pub use smtp::deliver;
pub use stand::{START, Served, Stand};

/// A folder of the corpora (`FIRSTLINE_TEST_DATA`), or none, said loudly.
pub fn test_data(folder: &str) -> Option<std::path::PathBuf> {
    let Some(root) = std::env::var_os("FIRSTLINE_TEST_DATA") else {
        testpg::skip("FIRSTLINE_TEST_DATA is not set");
        return None;
    };
    Some(std::path::Path::new(&root).join(folder))
}
