//! Real mail servers for tests: dovecot (IMAP, POP3, LMTP) and postfix, each in a folder of its own, on ports of its own
//! of this machine only, gone with its value or with the process of the test, whatever way that ends.
//! And a name server that says what a test wants, an IMAP server that refuses what a test names, and a submission server
//! that lets in whom it wants.
//!
//! Where a server is not installed a test says so loudly and goes on; with `FIRSTLINE_TEST_REQUIRE=1` it fails. Never
//! used by the program itself.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot set up its server must stop and say why"
)]

mod child;
pub mod dovecot;
pub mod lmtp;
pub mod name_server;
pub mod postfix;
pub mod stubborn;
pub mod submission;

pub use dovecot::Dovecot;
pub use name_server::NameServer;
pub use postfix::{Next, Postfix};
pub use stubborn::Stubborn;
pub use submission::{Submission, Submitted};

/// For whatever a machine cannot offer: a loud line, or a failure where everything must run.
fn skip(why: &str) {
    let required = std::env::var("FIRSTLINE_TEST_REQUIRE").is_ok_and(|value| value == "1");
    assert!(!required, "FIRSTLINE_TEST_REQUIRE=1, but {why}");
    eprintln!("SKIPPED: {why}");
}
