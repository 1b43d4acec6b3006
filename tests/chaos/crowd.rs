//! More writes than the desk can keep: what waits is bounded, the rest hears 503 and when to come back (451 over SMTP),
//! and the desk says that it is alive all the while.
//!
//! The writer is held by another process that has the database file locked, as a stuck disk would hold it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::http::Client;
use crate::server::{SUPPORT, Server, furnish, tail};
use crate::tools::{skip, until};
use crate::{audit, clients, smtp};

/// What the desk lets wait for its writer.
const BACKLOG: usize = 400;
const CROWD: usize = BACKLOG + 600;
/// One person may ask 400 times at once.
const EACH: usize = 380;
/// Surplus is turned away this soon; 50 ms are promised on a machine that is not also the crowd.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn a_crowd_is_turned_away_in_words_and_the_desk_stays_alive() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("desk");
    let tokens = furnish(&folder, CROWD.div_ceil(EACH) + 1);
    std::fs::write(folder.join("firstline.toml"), format!("backlog = {BACKLOG}\n")).unwrap();
    let server = Server::start(&folder, home.path(), &[]);
    let files = std::fs::read_to_string(format!("/proc/{}/limits", server.pid())).unwrap_or_default();
    let most = files.lines().find_map(|line| {
        line.strip_prefix("Max open files")?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    });
    if most.is_some_and(|most: usize| most < CROWD + 500) {
        return skip("the crowd needs 1,500 open files: raise `ulimit -n`");
    }
    // A token is remembered as seen on its first use; that is done before the writer is held.
    for token in &tokens {
        assert_eq!(
            Client::connect(server.http, token)
                .unwrap()
                .get("/api/firstline/v1/tickets")
                .unwrap()
                .status,
            200
        );
    }
    let stuck = hold(&folder.join("firstline.db"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let (mut answered, waiting) = runtime.block_on(crowd(server.http, &tokens));
    let (newcomer, after) = runtime.block_on(newcomer(server.http, tokens.last().unwrap()));
    let letters = Letters::give(server.smtp);
    let begun = Instant::now();
    let alive = Client::connect(server.http, "")
        .unwrap()
        .get("/health")
        .expect("health answers");
    let read = Client::connect(server.http, &tokens[0])
        .unwrap()
        .get("/api/firstline/v1/tickets")
        .expect("reads go on");
    let quick = begun.elapsed();
    stuck.execute_batch("ROLLBACK").unwrap();
    answered.extend(runtime.block_on(answers(waiting)));
    let kept = answered.iter().filter(|head| head.starts_with("HTTP/1.1 201")).count();
    let turned_away: Vec<&String> = answered
        .iter()
        .filter(|head| !head.starts_with("HTTP/1.1 201"))
        .collect();
    eprintln!(
        "{} turned away, a newcomer after {after:?}; health and a list in {quick:?}; {kept} kept afterwards",
        turned_away.len()
    );
    assert!(refused(&newcomer), "{newcomer}");
    assert!(
        (alive.status, read.status) == (200, 200) && quick < SOON,
        "{alive:?} {read:?} in {quick:?}"
    );
    assert!(
        turned_away.len() >= CROWD - BACKLOG - 300,
        "{} were turned away; {}",
        turned_away.len(),
        tail(home.path())
    );
    for head in turned_away {
        assert!(refused(head), "{head}");
    }
    assert!(kept > 0, "what waited is kept once the writer is free");
    let mut client = Client::connect(server.http, tokens.last().unwrap()).unwrap();
    let normal = until(Duration::from_secs(10), || {
        clients::open(&mut client, "k1a0n0z").is_ok_and(|(code, _)| code == 201)
    });
    assert!(normal, "the desk is itself again; {}", tail(home.path()));
    letters.settle(&server, &mut client);
}

const SENDER: &str = "counter@larch.example";

/// Letters that came while nothing could be written: one was sent away, those before it may still wait.
struct Letters {
    waiting: Vec<(String, smtp::Client)>,
    sent_away: String,
}

impl Letters {
    /// Until one is answered, which is soon: what may wait is bounded.
    fn give(address: SocketAddr) -> Letters {
        let mut waiting = Vec::new();
        for n in 0..20 {
            let key = format!("k4m{n}z");
            let mut sender = smtp::Client::connect(address).expect("SMTP greets");
            let letter = smtp::letter(&key, SENDER, SUPPORT);
            let begun = Instant::now();
            sender.give(SENDER, SUPPORT, letter).expect("up to the letter");
            match sender.answer_within(SOON).expect("SMTP answers") {
                Some(code) => {
                    eprintln!("a letter heard {code} after {:?}", begun.elapsed());
                    assert_eq!(code, 451, "{key} is sent away for a while");
                    let sent_away = key;
                    return Letters { waiting, sent_away };
                }
                None => waiting.push((key, sender)),
            }
        }
        panic!("the backlog has no end for letters");
    }

    /// Whoever heard 250 finds his letter, once; whoever heard 451 finds none, and sends it again.
    fn settle(self, server: &Server, client: &mut Client) {
        let id = |key: &str| format!("{key}@load.example");
        let mut later = vec![self.sent_away];
        for (key, mut sender) in self.waiting {
            match sender.answer().expect("who waits is answered in the end") {
                250 => assert_eq!(ledger(client).get(&id(&key)).map_or(0, Vec::len), 1, "{key}"),
                451 => later.push(key),
                code => panic!("{key} heard {code}"),
            }
        }
        for key in later {
            let there = ledger(client);
            assert_eq!(there.get(&id(&key)), None, "{key} heard 451 and is there all the same");
            let letter = smtp::letter(&key, SENDER, SUPPORT);
            let taken = until(Duration::from_secs(20), || {
                smtp::Client::connect(server.smtp)
                    .and_then(|mut sender| sender.send(SENDER, SUPPORT, &letter))
                    .is_ok_and(|code| code == 250)
            });
            assert!(taken, "{key} is taken when it is sent again");
            let states = ledger(client).remove(&id(&key)).unwrap_or_default();
            assert!(
                states.len() == 1 && states[0] != "duplicate",
                "{key} is in the ledger as {states:?}"
            );
        }
    }
}

/// A letter has its Message-ID there once it is read.
fn ledger(client: &mut Client) -> BTreeMap<String, Vec<String>> {
    let read = until(Duration::from_secs(20), || {
        audit::gauge(client, "firstline_letters_unread") == 0
    });
    assert!(read, "letters stay unread");
    audit::letters(client)
}

fn refused(head: &str) -> bool {
    head.starts_with("HTTP/1.1 503") && head.to_lowercase().contains("retry-after:")
}

/// Keeps every other connection from writing, until it is rolled back.
fn hold(file: &Path) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(file).unwrap();
    other
        .execute_batch("PRAGMA busy_timeout=5000; BEGIN IMMEDIATE")
        .unwrap();
    other
}

type Waiting = Vec<TcpStream>;

/// A ticket asked for; the connection stays open for the answer.
async fn asked(http: SocketAddr, token: &str, key: &str) -> TcpStream {
    let body = clients::ticket(key).to_string();
    let request = format!(
        "POST /api/firstline/v1/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(http).await.expect("the desk takes connections");
    stream.write_all(request.as_bytes()).await.expect("and reads them");
    stream
}

async fn head_of(stream: &mut TcpStream, longest: Duration) -> Option<String> {
    let mut head = vec![0; 2048];
    let read = tokio::time::timeout(longest, stream.read(&mut head)).await.ok()?;
    head.truncate(read.unwrap_or(0));
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// All ask at once. Some have their answer; the others still wait.
async fn crowd(http: SocketAddr, tokens: &[String]) -> (Vec<String>, Waiting) {
    let mut all = JoinSet::new();
    for n in 0..CROWD {
        let token = tokens[n / EACH].clone();
        all.spawn(async move {
            let mut stream = asked(http, &token, &format!("k1a{}n{n}z", n / EACH)).await;
            head_of(&mut stream, Duration::from_secs(4)).await.ok_or(stream)
        });
    }
    let (mut answered, mut waiting) = (Vec::new(), Vec::new());
    while let Some(one) = all.join_next().await {
        match one.expect("no client panics") {
            Ok(head) => answered.push(head),
            Err(stream) => waiting.push(stream),
        }
    }
    (answered, waiting)
}

/// One more, when nothing more can wait: what he hears, and how soon.
async fn newcomer(http: SocketAddr, token: &str) -> (String, Duration) {
    for n in 0..20 {
        let begun = Instant::now();
        let mut stream = asked(http, token, &format!("k2a0n{n}z")).await;
        if let Some(head) = head_of(&mut stream, SOON).await {
            return (head, begun.elapsed());
        }
    }
    panic!("the backlog has no end");
}

/// What those hear who waited.
async fn answers(waiting: Waiting) -> Vec<String> {
    let mut heads = Vec::new();
    for mut stream in waiting {
        heads.extend(head_of(&mut stream, Duration::from_secs(30)).await);
    }
    heads
}
