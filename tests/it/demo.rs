//! The sample desk: it says how to come in, everybody can, and it leaves nothing behind.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use testkit::{Http, deliver};

use crate::common::{exe, letter};

struct Demo {
    child: Child,
    told: Value,
}

impl Demo {
    fn start() -> Demo {
        let mut child = Command::new(exe())
            .args(["demo", "--listen", "127.0.0.1:0", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program is there");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        Demo {
            child,
            told: serde_json::from_str(&line).expect("one line of JSON"),
        }
    }

    fn text(&self, name: &str) -> &str {
        self.told[name]
            .as_str()
            .unwrap_or_else(|| panic!("{name} in {}", self.told))
    }

    fn client(&self) -> Http {
        Http::new(
            self.text("url")
                .trim_start_matches("http://")
                .parse()
                .expect("an address"),
        )
    }
}

/// Asked to end, so that it takes its folder with it; killed where that cannot be asked.
impl Drop for Demo {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
            return;
        }
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        if !asked.is_ok_and(|s| s.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

#[test]
fn the_four_of_the_sample_come_in_and_the_folder_goes() {
    let mut demo = Demo::start();
    for role in ["technician", "supervisor", "administrator", "requester"] {
        let person = &demo.told["people"][role];
        let (email, password) = (
            person["email"].as_str().expect("email"),
            person["password"].as_str().expect("one"),
        );
        let entered = demo
            .client()
            .form("/sign-in", &[("address", email), ("password", password)]);
        assert_eq!(entered.status, 303, "{role}: {}", entered.text());
        let wrong = demo
            .client()
            .form("/sign-in", &[("address", email), ("password", "another password")]);
        assert_eq!(wrong.status, 422, "{role}");
    }
    let data = demo.text("data").to_string();
    assert!(Path::new(&data).exists());
    let asked = Command::new("kill")
        .args(["-TERM", &demo.child.id().to_string()])
        .status();
    assert!(asked.is_ok_and(|s| s.success()));
    assert!(demo.child.wait().expect("it ends").success());
    assert!(!Path::new(&data).exists(), "nothing is left behind");
}

#[test]
fn the_week_is_there_in_both_languages_with_work_due_now_late_and_later() {
    let demo = Demo::start();
    let client = demo.client().bearer(demo.text("token"));
    let open = client.get("/api/firstline/v1/tickets?limit=200").value();
    let open = open["items"].as_array().expect("items");
    let count = |of: &dyn Fn(&Value) -> bool| open.iter().filter(|t| of(t)).count();
    assert!(open.len() >= 20, "{}", open.len());
    assert!(count(&|t| t["language"] == "fr") >= 5);
    for status in ["new", "open", "pending", "on_hold"] {
        assert!(count(&|t| t["status"] == status) >= 2, "{status}");
    }
    for channel in ["mail", "portal", "chat", "phone", "in_person", "alert"] {
        assert!(count(&|t| t["channel"] == channel) >= 1, "{channel}");
    }
    for priority in ["low", "normal", "high", "urgent"] {
        assert!(count(&|t| t["priority"] == priority) >= 1, "{priority}");
    }
    let numbers: Vec<i64> = (1001..1044).collect();
    let statuses = numbers
        .iter()
        .map(|n| client.get(&format!("/api/firstline/v1/tickets/{n}")));
    let solved = statuses.filter(|a| a.value()["status"] == "solved").count();
    assert!(solved >= 10, "{solved}");
    let found = client.get("/api/firstline/v1/search?q=0x80070005").value();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    let story = client
        .get("/api/firstline/v1/search?q=VPN%20drops%20every%20few%20minutes")
        .value();
    let number = story["items"][0]["id"].as_i64().expect("the main story");
    let story = client.get(&format!("/api/firstline/v1/tickets/{number}")).value();
    let kinds: Vec<&str> = story["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .filter_map(|m| m["kind"].as_str())
        .collect();
    assert_eq!(
        kinds,
        ["request", "note", "reply", "call", "request", "note", "request"],
        "with the one merged into it"
    );
}

#[test]
fn a_letter_to_the_sample_is_answered_into_a_file_and_nothing_old_leaves() {
    let demo = Demo::start();
    let folder = demo.text("mail_folder").to_string();
    assert_eq!(
        std::fs::read_dir(&folder).expect("the folder").count(),
        0,
        "the week's letters left in the week"
    );
    let smtp = demo.text("smtp").parse().expect("an address");
    let taken = deliver(
        smtp,
        "new@elsewhere.example",
        &[demo.text("mailbox")],
        &letter("keyboard"),
    );
    assert_eq!(taken.expect("taken").0, 250);
    // The ledger tells when it was read; asking is how a technician would wait too.
    let client = demo.client().bearer(demo.text("token"));
    let listed = (0..3_000).map(|_| client.get("/api/firstline/v1/letters").value());
    let filed = listed
        .into_iter()
        .find(|l| l["items"][0]["subject"] == "keyboard" && l["items"][0]["state"] == "filed");
    assert!(filed.is_some(), "the letter is filed");
}

#[test]
fn the_demo_listens_on_this_machine_only() {
    for door in ["--listen", "--smtp", "--lmtp"] {
        let ran = Command::new(exe())
            .args(["demo", door, "0.0.0.0:0"])
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(
            !ran.status.success() && said.contains("this machine only"),
            "{door}: {said}"
        );
    }
}
