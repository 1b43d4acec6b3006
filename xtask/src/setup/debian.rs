//! Debian packages: the servers and tools that tests run against. Only what some test uses.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::shell;

/// A program some test runs, and the package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
    why: &'static str,
    when: fn(&Place) -> bool,
}

const NEEDS: [Need; 10] = [
    Need {
        program: "initdb",
        package: "postgresql",
        why: "every database test runs on it too",
        when: |_| true,
    },
    Need {
        program: "xfs_io",
        package: "xfsprogs",
        why: "the power-cut test shuts a file system down",
        when: |_| true,
    },
    Need {
        program: "dovecot",
        package: "dovecot-imapd",
        why: "letters are fetched from it over IMAP",
        when: |_| true,
    },
    Need {
        program: "pop3",
        package: "dovecot-pop3d",
        why: "and over POP3",
        when: |_| true,
    },
    Need {
        program: "lmtp",
        package: "dovecot-lmtpd",
        why: "and put into it",
        when: |_| true,
    },
    Need {
        program: "postfix",
        package: "postfix",
        why: "letters go out to it and come in from it",
        when: |_| true,
    },
    Need {
        program: "swaks",
        package: "swaks",
        why: "letters come in from it",
        when: |_| true,
    },
    Need {
        program: "chromium",
        package: "chromium",
        why: "the browser tests",
        when: has_browser_tests,
    },
    Need {
        program: "node",
        package: "nodejs",
        why: "the browser tests",
        when: has_browser_tests,
    },
    Need {
        program: "valgrind",
        package: "valgrind",
        why: "instruction counts",
        when: counts_instructions,
    },
];

fn has_browser_tests(place: &Place) -> bool {
    place.browser_tests().join("package.json").exists()
}

fn counts_instructions(place: &Place) -> bool {
    place.has("benches/instructions.rs")
}

pub fn install(place: &Place) -> Result<()> {
    let missing: Vec<_> = NEEDS
        .iter()
        .filter(|need| (need.when)(place) && !is_here(need.program))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("missing: {} ({}), for {}", need.program, need.package, need.why);
    }
    let packages: Vec<_> = missing.iter().map(|need| need.package).collect();
    if !shell::is_root() || shell::find("apt-get").is_none() {
        bail!(
            "install these first, then run it again: apt-get install {}",
            packages.join(" ")
        );
    }
    shell::run(Command::new("apt-get").args(["-q", "update"]))?;
    let mut install = Command::new("apt-get");
    install
        .args(["-q", "install", "--yes", "--no-install-recommends"])
        .args(packages);
    // Tests start their own servers; those of the package stay off (in runlevel 1 nothing is started).
    shell::run(install.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1"))
}

/// Debian keeps the programs of PostgreSQL and the parts of dovecot out of `PATH`.
fn is_here(program: &str) -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let beside_postgres = versions
        .map(|version| version.path().join("bin").join(program))
        .any(|file| file.is_file());
    let beside = |folder: &str| Path::new(folder).join(program).is_file();
    shell::find(program).is_some() || beside_postgres || beside("/usr/sbin") || beside("/usr/lib/dovecot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presence_is_judged_by_the_program() {
        assert!(is_here("sh"));
        assert!(!is_here("no-such-program-here"));
    }
}
