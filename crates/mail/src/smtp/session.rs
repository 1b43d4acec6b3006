//! One conversation: the order of commands and what is answered to each.

use super::command::{self, Command};
use super::connection::{Connection, Line};
use super::data::Reader;
use super::{Delivery, Envelope, Protocol, RecipientVerdict, Shared};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout;

struct Session<'a> {
    shared: &'a Shared,
    connection: Connection,
    peer: IpAddr,
    helo: Option<String>,
    from: Option<String>,
    to: Vec<String>,
    errors: usize,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    Go,
    Stop,
}

pub(super) async fn run(
    stream: TcpStream,
    peer: IpAddr,
    shared: &Shared,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let connection = Connection::new(stream, shared.limits.idle_time);
    let mut session = Session {
        shared,
        connection,
        peer,
        helo: None,
        from: None,
        to: Vec::new(),
        errors: 0,
    };
    let kind = if shared.protocol == Protocol::Lmtp {
        "LMTP"
    } else {
        "ESMTP"
    };
    session
        .connection
        .answer(&format!("220 {} {kind} ready", shared.limits.host_name));
    session.connection.flush().await?;
    loop {
        let limits = &shared.limits;
        let line = tokio::select! {
            biased;
            line = timeout(limits.command_time, session.connection.line(limits.line)) => line,
            _ = stopped.wait_for(|s| *s) => {
                session.connection.answer("421 4.3.2 The service is closing, try again later");
                break;
            }
        };
        let next = match line {
            Err(_) => {
                session.connection.answer("421 4.4.2 Nothing was said for too long");
                Next::Stop
            }
            Ok(Ok(Line::End)) | Ok(Err(_)) => return Ok(()),
            Ok(Ok(Line::TooLong)) => session.fault("500 5.5.2 The line is too long"),
            Ok(Ok(Line::Whole(line))) => match command::parse(&line, shared.protocol) {
                Ok(command) => session.obey(command).await?,
                Err(refusal) => session.fault(refusal.0),
            },
        };
        if next == Next::Stop {
            break;
        }
    }
    session.connection.flush().await
}

impl Session<'_> {
    fn say(&mut self, words: &str) -> Next {
        self.connection.answer(words);
        Next::Go
    }

    fn fault(&mut self, words: &str) -> Next {
        self.connection.answer(words);
        self.errors += 1;
        if self.errors < self.shared.limits.errors {
            return Next::Go;
        }
        self.connection.answer("421 4.7.0 Too many errors");
        Next::Stop
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        Ok(match command {
            Command::Hello { name, extended } => self.hello(name, extended),
            Command::Mail { from, size } => self.mail(from, size),
            Command::Rcpt { to } => self.rcpt(to).await,
            Command::Data => return self.data().await,
            Command::Reset => {
                self.reset();
                self.say("250 2.0.0 Forgotten")
            }
            Command::Noop => self.say("250 2.0.0 Here"),
            Command::Verify => self.say("252 2.1.5 Send the letter and see"),
            Command::Help => self.say("214 2.0.0 See RFC 5321"),
            Command::Quit => {
                self.connection.answer("221 2.0.0 Goodbye");
                Next::Stop
            }
        })
    }

    fn hello(&mut self, name: String, extended: bool) -> Next {
        self.reset();
        let host = &self.shared.limits.host_name;
        let words = if extended {
            let size = self.shared.limits.message;
            format!(
                "250-{host}\r\n250-PIPELINING\r\n250-SIZE {size}\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8"
            )
        } else {
            format!("250 {host}")
        };
        self.helo = Some(name);
        self.say(&words)
    }

    fn mail(&mut self, from: String, size: Option<u64>) -> Next {
        if self.helo.is_none() {
            return self.fault("503 5.5.1 Greet first");
        }
        if self.from.is_some() {
            return self.fault("503 5.5.1 A letter is already begun; RSET forgets it");
        }
        if size.is_some_and(|s| s > self.shared.limits.message as u64) {
            return self.fault("552 5.3.4 The letter is larger than is taken here");
        }
        self.from = Some(from);
        self.say("250 2.1.0 Sender noted")
    }

    async fn rcpt(&mut self, to: String) -> Next {
        if self.from.is_none() {
            return self.fault("503 5.5.1 Say MAIL FROM first");
        }
        if self.to.len() >= self.shared.limits.recipients {
            return self.fault("452 4.5.3 Too many recipients; send the letter again for the others");
        }
        match self.shared.receiver.recipient(&to).await {
            RecipientVerdict::Accept => {
                self.to.push(to);
                self.say("250 2.1.5 Recipient noted")
            }
            RecipientVerdict::Refuse(words) => self.fault(&format!("550 5.1.1 {}", one_line(&words))),
            RecipientVerdict::Later(words) => self.fault(&format!("451 4.3.0 {}", one_line(&words))),
        }
    }

    async fn data(&mut self) -> io::Result<Next> {
        if self.to.is_empty() {
            return Ok(self.fault("503 5.5.1 Nobody to take the letter; say RCPT TO first"));
        }
        self.connection
            .answer("354 Send the letter; end with a dot on a line of its own");
        self.connection.flush().await?;
        let limits = &self.shared.limits;
        let Ok(received) = timeout(limits.data_time, self.receive()).await else {
            self.connection.answer("421 4.4.2 The letter took too long");
            return Ok(Next::Stop);
        };
        let outcome = match received? {
            Received::Letter(raw, _room) => {
                let envelope = Envelope {
                    from: self.from.take().filter(|f| !f.is_empty()),
                    to: std::mem::take(&mut self.to),
                    peer: self.peer,
                    helo: self.helo.clone().unwrap_or_default(),
                    protocol: self.shared.protocol,
                };
                let count = envelope.to.len();
                let words = match self.shared.receiver.deliver(envelope, raw).await {
                    Delivery::Kept => "250 2.0.0 Kept".to_owned(),
                    Delivery::Refused(words) => format!("554 5.6.0 {}", one_line(&words)),
                    Delivery::Full => "452 4.3.1 No room at the moment, try again later".to_owned(),
                    Delivery::Busy => "451 4.3.0 Not at the moment, try again later".to_owned(),
                };
                (words, count)
            }
            Received::TooLarge => (
                "552 5.3.4 The letter is larger than is taken here".to_owned(),
                self.to.len(),
            ),
            Received::NoRoom => (
                "452 4.3.1 No room at the moment, try again later".to_owned(),
                self.to.len(),
            ),
            Received::Endless => {
                self.connection.answer("421 4.3.0 The letter has no end");
                return Ok(Next::Stop);
            }
            Received::Gone => return Ok(Next::Stop),
        };
        self.reset();
        // LMTP answers once for each recipient, SMTP once.
        let times = if self.shared.protocol == Protocol::Lmtp {
            outcome.1
        } else {
            1
        };
        for _ in 0..times {
            self.connection.answer(&outcome.0);
        }
        Ok(Next::Go)
    }

    /// Reads the letter to its end, keeping its bytes while they fit.
    async fn receive(&mut self) -> io::Result<Received> {
        let limits = &self.shared.limits;
        let mut reader = Reader::new();
        let mut raw = Vec::new();
        let mut room = Room::default();
        let mut verdict = Verdict::Fits;
        let mut total = 0_usize;
        loop {
            let (taken, ended) = reader.take(self.connection.waiting(), &mut raw);
            self.connection.consume(taken);
            total = total.saturating_add(taken);
            if raw.len() > limits.message {
                verdict = Verdict::TooLarge;
            } else if verdict == Verdict::Fits && !room.grow(raw.len(), self.shared) {
                verdict = Verdict::NoRoom;
            }
            if verdict != Verdict::Fits {
                // The rest is read and forgotten, so that the answer can be heard.
                (raw, room) = (Vec::new(), Room::default());
            }
            if ended {
                return Ok(match verdict {
                    Verdict::Fits => Received::Letter(raw, room),
                    Verdict::TooLarge => Received::TooLarge,
                    Verdict::NoRoom => Received::NoRoom,
                });
            }
            if total > limits.message.saturating_mul(4).saturating_add(1 << 20) {
                return Ok(Received::Endless);
            }
            match timeout(limits.idle_time, self.connection.fill()).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) | Ok(Err(_)) => return Ok(Received::Gone),
                Err(_) => return Ok(Received::Endless),
            }
        }
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Verdict {
    Fits,
    TooLarge,
    NoRoom,
}

enum Received {
    Letter(Vec<u8>, Room),
    TooLarge,
    NoRoom,
    /// It goes on beyond all bounds, or nothing comes.
    Endless,
    /// The client left before the end: nothing was promised, nothing is kept.
    Gone,
}

/// The part of the shared memory that a letter being received holds.
#[derive(Default)]
struct Room {
    held: Vec<OwnedSemaphorePermit>,
    kibibytes: usize,
}

const STEP: usize = 256;

impl Room {
    fn grow(&mut self, bytes: usize, shared: &Shared) -> bool {
        let wanted = bytes.div_ceil(1024);
        while self.kibibytes < wanted {
            // Small letters take little, large ones grow in larger steps.
            let step = if self.kibibytes == 0 { wanted.min(STEP) } else { STEP };
            match Arc::clone(&shared.memory).try_acquire_many_owned(step as u32) {
                Ok(permit) => self.held.push(permit),
                Err(_) => return false,
            }
            self.kibibytes += step;
        }
        true
    }
}

/// Words of the receiver, kept to one line of printable ASCII.
fn one_line(words: &str) -> String {
    let line: String = words
        .chars()
        .map(|c| if c.is_ascii_graphic() { c } else { ' ' })
        .take(400)
        .collect();
    line.trim().to_owned()
}
