//! The whole way of a letter with real servers: swaks, postfix, LMTP, a ticket; a technician's reply, postfix, dovecot,
//! read over IMAP; and the requester's answer to that letter back onto the same ticket.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use mail::Letter;
use mail::fetch::{Account, Fetched, Known, Login, Mark, Place, Take, Taken, Tls, Way, visit};
use mail::smtp::BoxFuture;
use serde_json::{Value, json};
use testkit::{Http, Program};
use testmail::{Dovecot, Next, Postfix, dovecot};

use crate::common::{api, exe, place, with_admin};

const DESK: &str = "help@example.org";
const ANA: &str = "ana@client.example";
/// For one letter through three servers, of which one waits for the five seconds in which a reply can be undone.
const PATIENCE: Duration = Duration::from_secs(90);

/// Asks until there is an answer; panics with `words` when there is none.
fn awaited<T>(mut ask: impl FnMut() -> Option<T>, words: impl Fn() -> String) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "never came: {}", words());
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// The servers, and a folder for what swaks sends.
struct Post<'a> {
    postfix: &'a Postfix,
    folder: &'a Path,
}

impl Post<'_> {
    /// As Ana's mail program would: with its own headers, to one address.
    fn send(&self, to: &str, id: &str, subject: &str, headers: &str, body: &str) {
        let raw = format!(
            "From: Ana Fir <{ANA}>\nTo: <{to}>\nSubject: {subject}\nMessage-ID: <{id}>\n\
             Date: Wed, 18 Nov 2026 10:00:00 -0500\n{headers}MIME-Version: 1.0\nContent-Type: text/plain\n\n{body}\n"
        );
        let file = self.folder.join(id);
        std::fs::write(&file, raw).expect("a file");
        let server = format!("127.0.0.1:{}", self.postfix.smtp_port);
        let data = format!("@{}", file.display());
        let ran = Command::new("swaks")
            .args(["--server", &server, "--from", ANA, "--to", to, "--data", &data])
            .output()
            .expect("swaks starts");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    }
}

/// Ana's inbox, read over IMAP; what was read once stays read.
struct Inbox {
    account: Account,
    at: Place,
    letters: Vec<Letter>,
}

#[derive(Default)]
struct Hand(Mutex<Vec<Letter>>);

impl Take for Hand {
    fn take<'a>(&'a self, letter: Fetched) -> BoxFuture<'a, Taken> {
        let letter = mail::parse(&letter.raw);
        self.0.lock().expect("nobody died").push(letter);
        Box::pin(async { Taken::Kept })
    }

    fn known<'a>(&'a self, _marks: &'a [Mark]) -> BoxFuture<'a, Vec<Known>> {
        Box::pin(async { Vec::new() })
    }

    fn begins_with<'a>(&'a self, _first: &'a Mark) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }

    fn listed<'a>(&'a self, _marks: &'a [Mark]) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

impl Inbox {
    fn of(server: &Dovecot) -> Inbox {
        let login = Login::Password {
            user: ANA.to_string(),
            password: dovecot::PASSWORD.to_string(),
        };
        let mut account = Account::new(Way::Imap, "127.0.0.1", login);
        account.port = server.imap_port;
        account.tls = Tls::None;
        Inbox {
            account,
            at: Place::default(),
            letters: Vec::new(),
        }
    }

    fn look(&mut self) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let hand = Hand::default();
        let visited = runtime.block_on(visit(&self.account, self.at, &hand));
        assert_eq!(visited.failed, None, "the inbox is read");
        self.at = visited.place;
        self.letters.extend(hand.0.into_inner().expect("nobody died"));
    }

    /// The letter that says so, once it is there.
    fn letter(&mut self, says: &str, postfix: &Postfix) -> Letter {
        awaited(
            || {
                self.look();
                let fits = |l: &&Letter| l.text.as_deref().is_some_and(|text| text.contains(says));
                self.letters.iter().find(fits).cloned()
            },
            || format!("{says:?}\n{}", postfix.log()),
        )
    }
}

fn tickets(client: &Http) -> Vec<Value> {
    let listed = client.get("/api/firstline/v1/tickets").value();
    listed["items"].as_array().cloned().unwrap_or_default()
}

/// What was said on a ticket, as `kind: first line`.
fn said(client: &Http, number: i64) -> Vec<String> {
    let one = client.get(&format!("/api/firstline/v1/tickets/{number}")).value();
    let messages = one["messages"].as_array().cloned().unwrap_or_default();
    let line = |m: &Value| {
        let body = m["body"].as_str().unwrap_or_default();
        let kind = m["kind"].as_str().unwrap_or_default();
        format!("{kind}: {}", body.lines().next().unwrap_or_default())
    };
    messages.iter().map(line).collect()
}

fn answer(client: &Http, number: i64, body: &str) {
    let path = format!("/api/firstline/v1/tickets/{number}/replies");
    let made = client.json("POST", &path, &json!({ "body": body }));
    assert_eq!(made.status, 201, "{}", made.text());
}

/// What a mail program writes into its answer (RFC 5322, section 3.6.4).
fn answering(letter: &Letter) -> String {
    let id = letter.message_id.as_deref().expect("an identifier");
    let chain: Vec<String> = letter.references.iter().map(|r| format!("<{r}>")).collect();
    format!("In-Reply-To: <{id}>\nReferences: {} <{id}>\n", chain.join(" "))
}

#[test]
fn a_conversation_goes_round_through_real_servers_and_stays_one_thread() {
    let installed = Command::new("swaks").arg("--version").output().is_ok();
    if !installed {
        return testpg::skip("swaks is not installed (Debian: swaks)");
    }
    let Some(dovecot) = Dovecot::start() else { return };
    // The relay must know the desk's door and the desk its relay: the door's number comes first.
    let door = TcpListener::bind("127.0.0.1:0").and_then(|held| held.local_addr());
    let door = door.expect("a free port");
    let routes = [
        ("example.org", Next::Lmtp(door.port())),
        ("client.example", Next::Lmtp(dovecot.lmtp_port)),
    ];
    let Some(postfix) = Postfix::start(&routes) else { return };
    let at = place();
    let token = with_admin(&at.data);
    let (lmtp, relay) = (door.to_string(), format!("127.0.0.1:{}", postfix.smtp_port));
    let url = "https://desk.example.org";
    let program = Program::serve(
        exe(),
        &at.data,
        &["--lmtp", &lmtp, "--relay", &relay, "--public-url", url],
    );
    let client = api(&program, &token);
    let post = Post {
        postfix: &postfix,
        folder: at.folder.path(),
    };
    let mut inbox = Inbox::of(&dovecot);
    let on = |number: i64, line: &str| {
        awaited(
            || said(&client, number).iter().any(|l| l == line).then_some(()),
            || {
                format!(
                    "{line:?}, but {:?} of {:?}\n{}",
                    said(&client, number),
                    tickets(&client),
                    postfix.log()
                )
            },
        );
    };

    post.send(DESK, "first@client.example", "The scanner", "", "It scans nothing.");
    let opened = awaited(|| tickets(&client).pop(), || postfix.log());
    let number = opened["number"].as_i64().expect("a number");
    assert_eq!(opened["requester"]["email"], ANA);

    answer(&client, number, "Is the lid closed?");
    let reply = inbox.letter("Is the lid closed?", &postfix);
    assert_eq!(reply.in_reply_to, ["first@client.example"]);
    assert_eq!(
        reply.references.last().map(String::as_str),
        Some("first@client.example")
    );
    let back = reply.reply_to.first().expect("an address for answers").address.clone();
    assert!(back.starts_with("help+t") && back.ends_with("@example.org"), "{back}");

    post.send(
        &back,
        "second@client.example",
        "Re: The scanner",
        &answering(&reply),
        "It was open.",
    );
    on(number, "request: It was open.");

    answer(&client, number, "Then all is well.");
    let last = inbox.letter("Then all is well.", &postfix);
    let id = reply.message_id.clone().expect("an identifier");
    assert_eq!(last.in_reply_to, ["second@client.example"]);
    for earlier in ["first@client.example", id.as_str(), "second@client.example"] {
        assert!(
            last.references.iter().any(|r| r == earlier),
            "{earlier} in {:?}",
            last.references
        );
    }
    assert_ne!(last.message_id, reply.message_id);

    // A server that drops what follows the plus sign: the identifier alone leads home.
    post.send(
        DESK,
        "third@client.example",
        "Re: The scanner",
        &answering(&last),
        "Thank you.",
    );
    on(number, "request: Thank you.");
    assert_eq!(
        tickets(&client).len(),
        1,
        "one conversation is one ticket: {:?}",
        tickets(&client)
    );

    // The control: the same words and subject without a thread are another matter.
    post.send(DESK, "fourth@client.example", "Re: The scanner", "", "Another scanner.");
    awaited(
        || (tickets(&client).len() == 2).then_some(()),
        || format!("{:?}", tickets(&client)),
    );
    let mine = said(&client, number);
    let whole = [
        "request: It scans nothing.",
        "reply: Is the lid closed?",
        "request: It was open.",
        "reply: Then all is well.",
        "request: Thank you.",
    ];
    assert_eq!(mine, whole, "each once and in order");
    inbox.look();
    for id in [&reply.message_id, &last.message_id] {
        assert_eq!(
            inbox.letters.iter().filter(|l| l.message_id == *id).count(),
            1,
            "{id:?} came once"
        );
    }
}
