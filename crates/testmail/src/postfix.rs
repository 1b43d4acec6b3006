//! Postfix: takes any letter from this machine and passes it on by the routes of the test; what has no route is
//! refused at the door. It must start as root, and asks no name server.

use crate::child::{Server, free_ports, installed, is_root, run};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Who takes the letters of one domain, at a port of this machine.
#[derive(Debug, Clone, Copy)]
pub enum Next {
    Smtp(u16),
    Lmtp(u16),
}

pub struct Postfix {
    pub smtp_port: u16,
    // stopped before its folder goes
    _server: Server,
    folder: TempDir,
}

/// Folders of the queue, and what only the postfix user may see of them.
const QUEUE: [&str; 13] = [
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop", "private", "public",
    "saved", "trace",
];

/// The parts that carry a letter in and out; none changes its root folder.
const MASTER: &str = "cleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\nrewrite unix - - n - - trivial-rewrite\n\
    bounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nproxymap unix - - n - - proxymap\n\
    smtp unix - - n - - smtp\nlmtp unix - - n - - lmtp\nerror unix - - n - - error\nretry unix - - n - - error\n\
    showq unix n - n - - showq\nanvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
    postlog unix-dgram n - n - 1 postlogd\n";

impl Postfix {
    /// None (said loudly) where it is not installed or we are not root.
    pub fn start(routes: &[(&str, Next)]) -> Option<Postfix> {
        if installed("postfix").is_none() || !is_root() {
            crate::skip("postfix is not installed (Debian: postfix), or this is not root");
            return None;
        }
        let started = (0..5).find_map(|_| try_start(routes));
        Some(started.expect("postfix starts"))
    }

    /// What it did with each letter.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

fn try_start(routes: &[(&str, Next)]) -> Option<Postfix> {
    let folder = tempfile::Builder::new()
        .prefix("postfix")
        .tempdir()
        .expect("a temporary folder");
    let home = folder.path();
    let [smtp_port] = free_ports();
    let write = |name: &str, text: &str| fs::write(home.join(name), text).expect("the folder is ours");
    write("main.cf", &main_cf(home));
    write(
        "master.cf",
        &format!("127.0.0.1:{smtp_port} inet n - n - - smtpd\n{MASTER}"),
    );
    let route = |(domain, next): &(&str, Next)| match next {
        Next::Smtp(port) => format!("{domain} smtp:[127.0.0.1]:{port}\n"),
        Next::Lmtp(port) => format!("{domain} lmtp:inet:127.0.0.1:{port}\n"),
    };
    write("transport", &routes.iter().map(route).collect::<String>());
    write("log", "");
    // Its parts run as another user and pass through here.
    run("chmod", &["755", &home.display().to_string()]);
    make_queue(home);
    let daemons = run("postconf", &["-d", "-h", "daemon_directory"]);
    let master = format!("{}/master", daemons.trim());
    let command = [master.as_str(), "-c", &home.display().to_string()].map(str::to_owned);
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    let server = Server::start(&home.join("log"), "daemon started", &command)?;
    Some(Postfix {
        smtp_port,
        _server: server,
        folder,
    })
}

fn main_cf(home: &Path) -> String {
    let home = home.display();
    format!(
        "compatibility_level = 3.6\nconfig_directory = {home}\nqueue_directory = {home}/queue\n\
         data_directory = {home}/data\nmaillog_file = {home}/log\nmaillog_file_prefixes = {home}\n\
         myhostname = postfix.example\nmydestination =\nlocal_recipient_maps =\nalias_maps =\nalias_database =\n\
         inet_interfaces = loopback-only\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\n\
         smtpd_relay_restrictions = permit_mynetworks, reject\n\
         default_transport = error:no such destination in this test\ntransport_maps = texthash:{home}/transport\n\
         smtp_dns_support_level = disabled\nlmtp_dns_support_level = disabled\nsmtp_tls_security_level = none\n\
         smtpd_peername_lookup = no\nmessage_size_limit = 50000000\nmailbox_size_limit = 0\n\
         queue_run_delay = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 2s\n"
    )
}

fn make_queue(home: &Path) {
    let path = |name: &str| home.join(name).display().to_string();
    for name in ["data", "queue", "queue/pid"] {
        fs::create_dir_all(home.join(name)).expect("the folder is ours");
    }
    for name in QUEUE {
        let name = format!("queue/{name}");
        fs::create_dir_all(home.join(&name)).expect("the folder is ours");
        run("chown", &["postfix", &path(&name)]);
        run("chmod", &["700", &path(&name)]);
    }
    run("chown", &["postfix", &path("data")]);
}
