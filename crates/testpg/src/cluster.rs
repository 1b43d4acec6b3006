//! The private cluster. Each test process holds a shared lock on `lease` for as long as it lives, so the kernel knows
//! who still needs the server, whatever way a process ends; a small watchdog removes it a minute after the last.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// `$1` home, `$2` the lock file, and the rest the way to run pg_ctl.
const WATCHDOG: &str = r#"
home=$1; lock=$2; shift 2
idle=0
while [ -d "$home/data" ]; do
    sleep 5
    if flock -n -x "$home/lease" true; then idle=$((idle + 5)); else idle=0; fi
    [ $idle -ge 60 ] || continue
    exec 9>"$lock"; flock -x 9
    if flock -n -x "$home/lease" true; then "$@"; rm -rf "$home"; exit; fi
    exec 9>&-; idle=0
done"#;

/// The address of the cluster, started by whoever comes first. None: PostgreSQL is not installed.
pub(crate) fn shared() -> Option<String> {
    static SHARED: OnceLock<Option<(String, File)>> = OnceLock::new();
    SHARED
        .get_or_init(|| Some(join(&programs()?)))
        .as_ref()
        .map(|(url, _lease)| url.clone())
}

/// Held across processes until it is dropped.
pub(crate) fn lock(name: &str) -> File {
    let path = PathBuf::from(format!("{}.{name}.lock", home().display()));
    let file = File::create(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    file.lock().expect("the lock file can be locked");
    file
}

fn join(programs: &Path) -> (String, File) {
    let home = home();
    let path = home.display().to_string().replace('/', "%2F");
    let url = format!("postgres://postgres@{path}/postgres");
    // the watchdog removes nothing while this is held
    let _starting = lock("start");
    fs::create_dir_all(&home).expect("the folder of the test cluster can be made");
    let lease = File::create(home.join("lease")).expect("the lease can be made");
    if !answers(&url) {
        start(programs, &home);
    }
    lease.lock_shared().expect("the lease can be locked");
    (url, lease)
}

fn answers(url: &str) -> bool {
    let url = url.to_string();
    super::plain(move || postgres::Client::connect(&url, postgres::NoTls).is_ok())
}

/// The newest installed version, as Debian lays it out, or what stands in the PATH.
fn programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = debian.map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.reverse();
    found.extend(std::env::split_paths(&std::env::var_os("PATH")?));
    found
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn home() -> PathBuf {
    let user = command_output("id", "-u");
    std::env::temp_dir().join(format!("firstline-testpg-{user}"))
}

fn command_output(program: &str, argument: &str) -> String {
    let output = Command::new(program)
        .arg(argument)
        .output()
        .expect("a basic program of every system");
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

/// PostgreSQL refuses to run as root, so root lends it the user Debian made for it.
fn as_owner(program: &Path) -> Command {
    if command_output("id", "-u") != "0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"])
        .arg(program);
    command
}

fn start(programs: &Path, home: &Path) {
    let data = home.join("data");
    let _ = fs::remove_dir_all(&data); // the rest of a cluster that was killed
    if command_output("id", "-u") == "0" {
        run(Command::new("chown").arg("postgres:postgres").arg(home));
    }
    let mut initdb = as_owner(&programs.join("initdb"));
    initdb
        .arg("-D")
        .arg(&data)
        .args(["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C"]);
    run(&mut initdb);
    // durability is not what these tests are about; sockets in the folder, no port
    let options = format!(
        "-c listen_addresses='' -k {} -F -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 \
         -c shared_buffers=64MB -c autovacuum=off",
        home.display()
    );
    let pg_ctl = programs.join("pg_ctl");
    run(as_owner(&pg_ctl)
        .arg("-D")
        .arg(&data)
        .arg("-l")
        .arg(home.join("log"))
        .args(["-w", "-o", &options, "start"]));
    watch(&pg_ctl, home, &data);
}

fn watch(pg_ctl: &Path, home: &Path, data: &Path) {
    let stop = as_owner(pg_ctl);
    let mut watchdog = Command::new("setsid");
    watchdog.args(["-f", "sh", "-c", WATCHDOG, "watchdog"]).arg(home);
    watchdog
        .arg(format!("{}.start.lock", home.display()))
        .arg(stop.get_program())
        .args(stop.get_args());
    watchdog.arg("-D").arg(data).args(["-m", "immediate", "stop"]);
    run(&mut watchdog);
}

/// With no handle of ours left open: a server that holds them would keep the test runner waiting.
fn run(command: &mut Command) {
    command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let done = command.status();
    assert!(
        done.as_ref().is_ok_and(std::process::ExitStatus::success),
        "{command:?}: {done:?}"
    );
}
