//! The built program as a child process, on free ports, as an operator runs it.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::Http;

/// The last line of what `serve` and `demo` print when they are ready.
const LAST: &str = "Ctrl-C stops it";

/// A running `firstline serve`; killed when it goes.
#[derive(Debug)]
pub struct Program {
    child: Child,
    pub data: PathBuf,
    pub http: SocketAddr,
    pub smtp: Option<SocketAddr>,
    pub lmtp: Option<SocketAddr>,
    /// Path and query of the one-time set-up page, on an empty folder.
    pub setup: Option<String>,
    /// From the start of the process to its last line.
    pub took: Duration,
}

impl Program {
    /// Serves `data` with SMTP on a free port. Panics with the program's own words when it does not start.
    pub fn serve(exe: &Path, data: &Path, more: &[&str]) -> Program {
        Program::try_serve(exe, data, more).unwrap_or_else(|words| panic!("it did not start: {words}"))
    }

    /// The error is what the program said on standard error before it ended.
    pub fn try_serve(exe: &Path, data: &Path, more: &[&str]) -> Result<Program, String> {
        let began = Instant::now();
        let log = data.with_extension("log");
        let stderr = std::fs::File::create(&log).expect("a log file");
        let mut child = Command::new(exe)
            .args(["serve", "--listen", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("the program is there");
        let out = child.stdout.take().expect("a pipe was asked for");
        let mut lines = Vec::new();
        for line in BufReader::new(out).lines() {
            let line = line.expect("it prints text");
            let last = line.starts_with(LAST);
            lines.push(line);
            if last {
                break;
            }
        }
        let took = began.elapsed();
        let after = |mark: &str| lines.iter().find_map(|l| l.strip_prefix(mark)).map(str::to_string);
        let address = |text: Option<String>| text.and_then(|t| t.parse::<SocketAddr>().ok());
        let Some(http) = address(after("Firstline serves http://")) else {
            let _ = child.wait();
            return Err(std::fs::read_to_string(&log).unwrap_or_default());
        };
        let setup = after("Set it up, once, at ");
        Ok(Program {
            child,
            data: data.to_path_buf(),
            http,
            smtp: address(after("SMTP on ")),
            lmtp: address(after("LMTP on ")),
            setup: setup.and_then(|url| url.split_once(&format!("{http}")).map(|(_, path)| path.to_string())),
            took,
        })
    }

    pub fn client(&self) -> Http {
        Http::new(self.http)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Without a warning, as a power cut to the process.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop and waits: how it ended and how long that took. Panics after a minute.
    pub fn stop(mut self) -> (ExitStatus, Duration) {
        let began = Instant::now();
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(asked.is_ok_and(|s| s.success()), "SIGTERM is sent");
        let (tell, told) = mpsc::channel();
        std::thread::scope(|scope| {
            let child = &mut self.child;
            scope.spawn(move || tell.send(child.wait()));
            let ended = told
                .recv_timeout(Duration::from_secs(60))
                .expect("it ends when asked to");
            (ended.expect("it can be waited for"), began.elapsed())
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a short command ended.
#[derive(Clone, Debug)]
pub struct Ran {
    pub ok: bool,
    pub out: String,
    pub err: String,
}

/// Runs a short command over a folder: `run(exe, data, &["token", "add", ...])`.
pub fn run(exe: &Path, data: &Path, arguments: &[&str]) -> Ran {
    run_with_input(exe, data, arguments, "")
}

pub fn run_with_input(exe: &Path, data: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(exe)
        .args(arguments)
        .arg("--data")
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is there");
    let mut stdin = child.stdin.take().expect("a pipe was asked for");
    // A command that reads nothing has closed its end.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let done = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim_end().to_string();
    Ran {
        ok: done.status.success(),
        out: text(done.stdout),
        err: text(done.stderr),
    }
}
