//! A folder with a desk in it, and the shortest way to a token.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use testkit::{Http, Program, run, run_with_input};

pub const PASSWORD: &str = "seven wet larches";

pub fn exe() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_firstline"))
}

/// A desk's folder inside a temporary one, not made yet.
pub struct Place {
    pub data: PathBuf,
    pub folder: TempDir,
}

pub fn place() -> Place {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Place {
        data: folder.path().join("data"),
        folder,
    }
}

/// Runs a command that must succeed and answers what it printed.
pub fn done(data: &Path, arguments: &[&str]) -> String {
    let ran = run(exe(), data, arguments);
    assert!(ran.ok, "{arguments:?}: {}", ran.err);
    ran.out
}

/// Runs a command that must fail and answers what it said.
pub fn refused(data: &Path, arguments: &[&str]) -> String {
    let ran = run(exe(), data, arguments);
    assert!(!ran.ok, "{arguments:?} succeeded: {}", ran.out);
    ran.err
}

/// An administrator with a password, a mailbox, and the administrator's token.
pub fn with_admin(data: &Path) -> String {
    let arguments = [
        "user",
        "add",
        "--email",
        "juniper@example.org",
        "--name",
        "Juniper",
        "--role",
        "admin",
        "--password-stdin",
    ];
    let added = run_with_input(exe(), data, &arguments, PASSWORD);
    assert!(added.ok, "{}", added.err);
    done(data, &["mailbox", "add", "--address", "help@example.org"]);
    done(
        data,
        &[
            "token",
            "add",
            "--user",
            "juniper@example.org",
            "--scope",
            "read,write,admin",
        ],
    )
}

pub fn api(program: &Program, token: &str) -> Http {
    program.client().bearer(token)
}

/// A letter with a file.
pub fn letter(subject: &str) -> Vec<u8> {
    format!(
        "From: Payroll office <payroll@example.org>\r\nTo: help@example.org\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt does not print.\r\n--b\r\n\
         Content-Type: text/csv; name=run.csv\r\nContent-Disposition: attachment; filename=run.csv\r\n\r\n\
         a,b,{subject}\r\n--b--\r\n"
    )
    .into_bytes()
}
