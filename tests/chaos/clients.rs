//! People at work: letters in, tickets opened, replies written, each as fast as the desk answers, until it is gone.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};

use crate::http;
use crate::journal::{Entry, Journal};
use crate::server::{SUPPORT, Server};
use crate::smtp;
use crate::tools::until;

/// Senders of letters, every second by LMTP; half as many again open tickets, and as many reply.
const SENDERS: usize = 4;
/// Replies before a client turns to another ticket.
const REPLIES: usize = 12;

/// When a client takes an operation for done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Belief {
    /// When it was told so.
    Answer,
    /// When it has sent it: as if the desk answered before it commits. The control of everything here.
    Sending,
}

/// An operation whose answer never came. It is sent again, as its sender would.
#[derive(Clone, Debug)]
pub(crate) enum Doubt {
    Letter { key: String, from: String },
    Create { key: String },
    Reply { key: String, number: i64 },
}

pub(crate) struct Crew(Vec<JoinHandle<Vec<Doubt>>>);

/// Starts them all. `mark` makes the keys of this cycle its own.
pub(crate) fn start(server: &Server, tokens: &[String], journal: &Arc<Journal>, mark: &str, belief: Belief) -> Crew {
    let mut crew = Vec::new();
    for n in 0..SENDERS {
        let (journal, mark) = (journal.clone(), format!("{mark}l{n}n"));
        let (door, word) = [(server.smtp, "EHLO"), (server.lmtp, "LHLO")][n % 2];
        crew.push(thread::spawn(move || {
            let client = smtp::Client::greeting(door, word);
            client.map_or_else(|_| Vec::new(), |client| send(client, &journal, &mark, belief))
        }));
    }
    for (n, token) in tokens.iter().enumerate() {
        let (http, journal, mark, token) = (server.http, journal.clone(), format!("{mark}a{n}n"), token.clone());
        crew.push(thread::spawn(move || match n % 2 {
            0 => create(http, &token, &journal, &mark, belief),
            _ => reply(http, &token, &journal, &mark, belief),
        }));
    }
    Crew(crew)
}

impl Crew {
    /// Waits until each has lost his desk; what they do not know the end of.
    pub(crate) fn join(self) -> Vec<Doubt> {
        self.0
            .into_iter()
            .flat_map(|one| one.join().expect("a client does not panic"))
            .collect()
    }
}

/// Each letter is of somebody else: many of one person are a flood, and held.
fn send(mut client: smtp::Client, journal: &Journal, mark: &str, belief: Belief) -> Vec<Doubt> {
    for n in 0.. {
        let key = format!("{mark}{n}z");
        let from = format!("{key}@cedar.example");
        let raw = smtp::letter(&key, &from, SUPPORT);
        let entry = Entry::Letter {
            key: key.clone(),
            again: false,
        };
        if belief == Belief::Sending {
            let given = client.give(&from, SUPPORT, &raw).map(|()| journal.add(&entry));
            if given.and_then(|()| client.answer()).is_err() {
                return Vec::new();
            }
        } else if client.send(&from, SUPPORT, &raw).is_ok_and(|code| code == 250) {
            journal.add(&entry);
        } else {
            return vec![Doubt::Letter { key, from }];
        }
    }
    Vec::new()
}

fn create(http: SocketAddr, token: &str, journal: &Journal, mark: &str, belief: Belief) -> Vec<Doubt> {
    let Ok(mut client) = http::Client::connect(http, token) else {
        return Vec::new();
    };
    for n in 0.. {
        let key = format!("{mark}{n}z");
        if belief == Belief::Sending {
            journal.add(&Entry::Created {
                key: key.clone(),
                number: 0,
            });
        }
        match open(&mut client, &key) {
            Ok((201, number)) if belief == Belief::Answer => journal.add(&Entry::Created { key, number }),
            Ok((201, _)) => {}
            // Too often for one token: this client has done enough.
            Ok((429, _)) => return Vec::new(),
            _ => return vec![Doubt::Create { key }],
        }
    }
    Vec::new()
}

fn reply(http: SocketAddr, token: &str, journal: &Journal, mark: &str, belief: Belief) -> Vec<Doubt> {
    let Ok(mut client) = http::Client::connect(http, token) else {
        return Vec::new();
    };
    for ticket in 0.. {
        let key = format!("{mark}t{ticket}z");
        let number = match open(&mut client, &key) {
            Ok((201, number)) => number,
            Ok((429, _)) => return Vec::new(),
            _ => return vec![Doubt::Create { key }],
        };
        journal.add(&Entry::Created { key, number });
        for n in 0..REPLIES {
            let key = format!("{mark}t{ticket}r{n}z");
            let entry = Entry::Replied {
                key: key.clone(),
                number,
            };
            if belief == Belief::Sending {
                journal.add(&entry);
            }
            match answer(&mut client, &key, number) {
                Ok(201) if belief == Belief::Answer => journal.add(&entry),
                Ok(201) => {}
                Ok(429) => return Vec::new(),
                _ => return vec![Doubt::Reply { key, number }],
            }
        }
    }
    Vec::new()
}

/// A key belongs to the person who used it: the one with the same number (`k3a2n17z` is of the third).
pub(crate) fn token_of<'t>(key: &str, tokens: &'t [String]) -> &'t str {
    let number = key
        .split_once('a')
        .and_then(|(_, rest)| rest.split('n').next()?.parse::<usize>().ok());
    &tokens[number.unwrap_or(0)]
}

/// Opens the ticket of a key; the same key gives the same ticket.
pub(crate) fn open(client: &mut http::Client, key: &str) -> io::Result<(u16, i64)> {
    let answer = client.post("/api/firstline/v1/tickets", key, &ticket(key))?;
    Ok((answer.status, answer.json()["number"].as_i64().unwrap_or(0)))
}

pub(crate) fn ticket(key: &str) -> Value {
    json!({
        "subject": format!("Ticket {key}"),
        "body": "The laptop of the counter no longer finds its network.",
        "requester": { "email": format!("{key}@larch.example"), "name": "Counter" },
    })
}

fn answer(client: &mut http::Client, key: &str, number: i64) -> io::Result<u16> {
    let path = format!("/api/firstline/v1/tickets/{number}/replies");
    let body = json!({ "body": format!("Please switch it off and on again: {key}.") });
    Ok(client.post(&path, key, &body)?.status)
}

/// Sends again what was in doubt, until it is answered; then it is as good as any other.
pub(crate) fn settle(server: &Server, tokens: &[String], journal: &Journal, doubts: Vec<Doubt>) {
    for doubt in doubts {
        let (Doubt::Letter { key, .. } | Doubt::Create { key } | Doubt::Reply { key, .. }) = &doubt;
        let token = token_of(key, tokens);
        let mut client = http::Client::connect(server.http, token).expect("the desk is ready");
        let settled = until(Duration::from_secs(20), || match &doubt {
            Doubt::Letter { key, from } => {
                let sent = smtp::Client::connect(server.smtp)
                    .and_then(|mut sender| sender.send(from, SUPPORT, smtp::letter(key, from, SUPPORT)));
                let taken = sent.is_ok_and(|code| code == 250);
                if taken {
                    journal.add(&Entry::Letter {
                        key: key.clone(),
                        again: true,
                    });
                }
                taken
            }
            Doubt::Create { key } => match open(&mut client, key) {
                Ok((201, number)) => {
                    journal.add(&Entry::Created {
                        key: key.clone(),
                        number,
                    });
                    true
                }
                _ => false,
            },
            Doubt::Reply { key, number } => {
                let done = answer(&mut client, key, *number).is_ok_and(|status| status == 201);
                if done {
                    journal.add(&Entry::Replied {
                        key: key.clone(),
                        number: *number,
                    });
                }
                done
            }
        });
        assert!(settled, "the desk takes what is sent again: {doubt:?}");
    }
}
