//! The real program as a child process: started on a folder, asked until it is ready, killed or stopped.

use std::io::{BufRead, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::tools::until;

pub(crate) const SUPPORT: &str = "support@desk.example";

pub(crate) struct Server {
    child: Child,
    pub(crate) http: SocketAddr,
    pub(crate) smtp: SocketAddr,
    pub(crate) lmtp: SocketAddr,
    /// From the start of the process to the first 200 of `/ready`.
    pub(crate) ready_in: Duration,
}

/// The release build the checks name, else the one of this profile.
pub(crate) fn binary() -> PathBuf {
    let named = std::env::var_os("FIRSTLINE_BIN")
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    named.unwrap_or_else(|| env!("CARGO_BIN_EXE_firstline").into())
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FIRSTLINE_")) {
        command.env_remove(name);
    }
    command.current_dir(folder.parent().expect("a folder in a folder"));
    command
}

/// A short command on the folder; what it printed.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let out = command(folder)
        .args(arguments)
        .arg("--data")
        .arg(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&out.stdout).trim().to_string();
    if out.status.success() {
        Ok(said)
    } else {
        Err(format!("{said}\n{}", String::from_utf8_lossy(&out.stderr)))
    }
}

/// A desk with a mailbox and this many technicians, each with a token.
pub(crate) fn furnish(folder: &Path, technicians: usize) -> Vec<String> {
    run(folder, &["mailbox", "add", "--address", SUPPORT]).expect("a mailbox is added");
    let token = |n| {
        let email = format!("bench{n}@desk.example");
        let name = format!("Bench {n}");
        run(
            folder,
            &[
                "user",
                "add",
                "--email",
                &email,
                "--name",
                &name,
                "--role",
                "technician",
            ],
        )
        .expect("added");
        run(folder, &["token", "add", "--user", &email]).expect("a token is made")
    };
    (0..technicians).map(token).collect()
}

impl Server {
    /// Ready when this returns. Its log goes to `server.log` in `logs`.
    pub(crate) fn start(folder: &Path, logs: &Path, more: &[&str]) -> Server {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(logs.join("server.log"))
            .unwrap();
        let begun = Instant::now();
        let mut child = command(folder)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--smtp",
                "127.0.0.1:0",
                "--lmtp",
                "127.0.0.1:0",
            ])
            .arg("--data")
            .arg(folder)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("piped"));
        let (mut http, mut smtp, mut lmtp) = (None, None, None);
        while http.is_none() || smtp.is_none() || lmtp.is_none() {
            let mut line = String::new();
            if said.read_line(&mut line).unwrap() == 0 {
                panic!("the server ended before it listened; see {}", tail(logs));
            }
            if line.contains("SMTP") {
                smtp = address_in(&line);
            } else if line.contains("LMTP") {
                lmtp = address_in(&line);
            } else if line.contains("http://") {
                http = http.or(address_in(&line));
            }
        }
        // Whatever else it says is taken from it, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let (http, smtp, lmtp) = (http.expect("said"), smtp.expect("said"), lmtp.expect("said"));
        let is_ready = || {
            Client::connect(http, "")
                .and_then(|mut c| c.get("/ready"))
                .is_ok_and(|answer| answer.status == 200)
        };
        let ready = until(Duration::from_secs(60), is_ready);
        assert!(ready, "never ready; see {}", tail(logs));
        Server {
            child,
            http,
            smtp,
            lmtp,
            ready_in: begun.elapsed(),
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGSTOP: it stands still where it is, as far as the system lets go of it.
    pub(crate) fn freeze(&self) {
        let told = Command::new("kill").args(["-STOP", &self.pid().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "SIGSTOP is sent");
    }

    /// SIGKILL: the process does nothing more, from one instruction to the next.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// SIGTERM, as an operator stops it.
    pub(crate) fn stop(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "SIGTERM is sent");
        let ended = until(Duration::from_secs(20), || {
            self.child.try_wait().is_ok_and(|status| status.is_some())
        });
        assert!(ended, "it stops when it is asked to");
    }
}

/// A test that fails leaves no server behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let from = line.find("127.0.0.1:")?;
    let rest = &line[from..];
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'))
        .unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The end of the log, for a failure.
pub(crate) fn tail(logs: &Path) -> String {
    let text = std::fs::read_to_string(logs.join("server.log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let _ = std::io::stderr().flush();
    format!("the log:\n{}", lines[lines.len().saturating_sub(20)..].join("\n"))
}
