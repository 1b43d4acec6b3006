//! A server as a child of the test: a shell starts it, says when it is ready, and stops it by its number as soon as the
//! test lets go of the shell's input. The kernel lets go for a test that was killed.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// `$1` the log, `$2` the words that mean it is ready, and the rest the command.
const KEEPER: &str = r#"
log=$1; words=$2; shift 2
# in a group of its own, so that its parts end with it
setsid "$@" </dev/null >/dev/null 2>>"$log" &
server=$!
while kill -0 $server 2>/dev/null; do
    if grep -q "$words" "$log" 2>/dev/null; then echo ready; break; fi
    sleep 0.02
done
exec >&-
cat >/dev/null
kill -TERM -$server 2>/dev/null
n=0
while kill -0 -$server 2>/dev/null && [ $n -lt 25 ]; do sleep 0.02; n=$((n + 1)); done
kill -KILL -$server 2>/dev/null
wait $server"#;

pub(crate) struct Server(Child);

impl Server {
    /// None when it ended before it was ready: another may have taken the port.
    pub(crate) fn start(log: &Path, ready: &str, command: &[&str]) -> Option<Server> {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(log).arg(ready).args(command);
        keeper
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = keeper.spawn().expect("a shell starts");
        let said = child.stdout.take().expect("it was asked for");
        let mut line = String::new();
        let _ = BufReader::new(said).read_line(&mut line);
        let server = Server(child);
        (line.trim() == "ready").then_some(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Ports of this machine that nobody uses now.
pub(crate) fn free_ports<const N: usize>() -> [u16; N] {
    let held: Vec<_> = (0..N)
        .map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port"))
        .collect();
    let port = |listener: &TcpListener| listener.local_addr().expect("it is bound").port();
    std::array::from_fn(|at| port(&held[at]))
}

pub(crate) fn is_root() -> bool {
    run("id", &["-u"]).trim() == "0"
}

/// What a program of every system says.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
    let words = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {arguments:?}: {words}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Servers live where an ordinary user's PATH does not reach.
pub(crate) fn installed(program: &str) -> Option<String> {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/sbin"]
        .iter()
        .map(|folder| format!("{folder}/{program}"))
        .find(|path| Path::new(path).exists())
}
