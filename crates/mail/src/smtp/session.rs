//! One conversation: the order of commands and what is answered to each.

use super::command::{self, Command};
use super::connection::{Connection, Line};
use super::crowd::Shared;
use super::receiving::Received;
use super::{Delivery, Envelope, Protocol, RecipientVerdict, Refusal, Submission};
use std::io;
use std::net::IpAddr;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

pub(super) struct Session<'a> {
    pub(super) shared: &'a Shared,
    pub(super) connection: Connection,
    pub(super) peer: IpAddr,
    /// Within TLS.
    pub(super) secure: bool,
    pub(super) authenticated: Option<String>,
    pub(super) helo: Option<String>,
    pub(super) from: Option<String>,
    to: Vec<String>,
    errors: usize,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
pub(super) enum Next {
    Go,
    Stop,
}

/// What came of waiting for a line.
pub(super) enum Heard {
    Line(Vec<u8>),
    TooLong,
    Silence,
    End,
}

pub(super) async fn run(
    stream: TcpStream,
    peer: IpAddr,
    shared: &Shared,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let mut session = Session {
        shared,
        connection: Connection::new(stream, shared.limits.idle_time),
        peer,
        secure: false,
        authenticated: None,
        helo: None,
        from: None,
        to: Vec::new(),
        errors: 0,
    };
    session.greet();
    session.connection.flush().await?;
    loop {
        let heard = tokio::select! {
            biased;
            heard = session.hear() => heard,
            _ = stopped.wait_for(|s| *s) => {
                session.say("421 4.3.2 The service is closing, try again later");
                break;
            }
        };
        let next = match heard {
            Heard::End => return Ok(()),
            Heard::Silence => {
                session.tell(Refusal::Slow);
                session.say("421 4.4.2 Nothing was said for too long");
                Next::Stop
            }
            Heard::TooLong => session.fault("500 5.5.2 The line is too long"),
            Heard::Line(line) => match command::parse(&line, shared.protocol) {
                Ok(command) => session.obey(command).await?,
                Err(refusal) => session.fault(refusal.0),
            },
        };
        if next == Next::Stop {
            break;
        }
    }
    session.connection.close().await
}

impl Session<'_> {
    fn greet(&mut self) {
        let lmtp = self.shared.protocol == Protocol::Lmtp;
        let kind = if lmtp { "LMTP" } else { "ESMTP" };
        self.say(&format!("220 {} {kind} ready", self.shared.limits.host_name));
    }

    pub(super) async fn hear(&mut self) -> Heard {
        let shared = self.shared;
        tokio::select! {
            biased;
            line = self.connection.line(shared.limits.line) => match line {
                Ok(Line::Whole(line)) => Heard::Line(line),
                Ok(Line::TooLong) => Heard::TooLong,
                Ok(Line::End) | Err(_) => Heard::End,
            },
            () = shared.out_of_patience(Instant::now()) => Heard::Silence,
        }
    }

    pub(super) fn say(&mut self, words: &str) -> Next {
        self.connection.answer(words);
        Next::Go
    }

    pub(super) fn fault(&mut self, words: &str) -> Next {
        self.connection.answer(words);
        self.errors += 1;
        if self.errors < self.shared.limits.errors {
            return Next::Go;
        }
        self.connection.answer("421 4.7.0 Too many errors");
        self.tell(Refusal::Errors);
        Next::Stop
    }

    pub(super) fn tell(&self, refusal: Refusal) {
        self.shared.receiver.turned_away(refusal, self.peer);
    }

    pub(super) fn turn_away(&mut self, refusal: Refusal, words: &str) -> Next {
        self.tell(refusal);
        self.fault(words)
    }

    pub(super) fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn obey(&mut self, command: Command) -> io::Result<Next> {
        Ok(match command {
            Command::Hello { name, extended } => self.hello(name, extended),
            Command::Mail { from, size } => self.mail(from, size),
            Command::Rcpt { to } => self.rcpt(to).await,
            Command::Data => return self.data().await,
            Command::StartTls => return self.start_tls().await,
            Command::Auth { mechanism, initial } => return self.auth(mechanism, initial).await,
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
        let words = if extended {
            self.offers()
        } else {
            format!("250 {}", self.shared.limits.host_name)
        };
        self.helo = Some(name);
        self.say(&words)
    }

    fn offers(&self) -> String {
        let limits = &self.shared.limits;
        let mut offers = vec![
            limits.host_name.clone(),
            "PIPELINING".to_owned(),
            format!("SIZE {}", limits.message),
            "8BITMIME".to_owned(),
            "ENHANCEDSTATUSCODES".to_owned(),
        ];
        if limits.door.tls.is_some() && !self.secure {
            offers.push("STARTTLS".to_owned());
        }
        if self.may_sign_in() {
            offers.push("AUTH PLAIN LOGIN".to_owned());
        }
        format!("250-{}\r\n250 SMTPUTF8", offers.join("\r\n250-"))
    }

    fn mail(&mut self, from: String, size: Option<u64>) -> Next {
        if self.helo.is_none() {
            return self.fault("503 5.5.1 Greet first");
        }
        if self.from.is_some() {
            return self.fault("503 5.5.1 A letter is already begun; RSET forgets it");
        }
        let required = self.shared.limits.door.submission == Submission::Required;
        if required && self.shared.protocol == Protocol::Smtp && self.authenticated.is_none() {
            return self.turn_away(Refusal::SignIn, "530 5.7.0 Sign in first, within TLS");
        }
        if size.is_some_and(|s| s > self.shared.limits.message as u64) {
            return self.turn_away(Refusal::Size, "552 5.3.4 The letter is larger than is taken here");
        }
        if !self.shared.may_begin(self.peer) {
            return self.turn_away(
                Refusal::Rate,
                "451 4.7.1 Too many letters from your address for now; send the rest later",
            );
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
            RecipientVerdict::Refuse(words) => {
                self.turn_away(Refusal::Recipient, &format!("550 5.1.1 {}", one_line(&words)))
            }
            RecipientVerdict::Later(words) => {
                self.turn_away(Refusal::Receiver, &format!("451 4.3.0 {}", one_line(&words)))
            }
        }
    }

    async fn data(&mut self) -> io::Result<Next> {
        if self.to.is_empty() {
            return Ok(self.fault("503 5.5.1 Nobody to take the letter; say RCPT TO first"));
        }
        self.say("354 Send the letter; end with a dot on a line of its own");
        self.connection.flush().await?;
        let Ok(received) = timeout(self.shared.limits.data_time, self.receive()).await else {
            self.tell(Refusal::Slow);
            self.say("421 4.4.2 The letter took too long");
            return Ok(Next::Stop);
        };
        // LMTP answers once for each recipient, SMTP once.
        let lmtp = self.shared.protocol == Protocol::Lmtp;
        let times = if lmtp { self.to.len() } else { 1 };
        let words = match received? {
            // What the letter holds of the shared memory is held until it is kept.
            Received::Letter(raw, _room) => self.deliver(raw).await,
            Received::TooLarge => {
                self.tell(Refusal::Size);
                "552 5.3.4 The letter is larger than is taken here".to_owned()
            }
            Received::NoRoom => self.no_room(),
            Received::Endless => {
                self.tell(Refusal::Slow);
                self.say("421 4.4.2 The letter has no end, or comes too slowly");
                return Ok(Next::Stop);
            }
            Received::Gone => return Ok(Next::Stop),
        };
        self.reset();
        for _ in 0..times {
            self.connection.answer(&words);
        }
        Ok(Next::Go)
    }

    async fn deliver(&mut self, raw: Vec<u8>) -> String {
        let envelope = Envelope {
            from: self.from.take().filter(|f| !f.is_empty()),
            to: std::mem::take(&mut self.to),
            peer: self.peer,
            helo: self.helo.clone().unwrap_or_default(),
            protocol: self.shared.protocol,
            tls: self.secure,
            authenticated: self.authenticated.clone(),
        };
        match self.shared.receiver.deliver(envelope, raw).await {
            Delivery::Kept => "250 2.0.0 Kept".to_owned(),
            Delivery::Refused(words) => {
                self.tell(Refusal::Receiver);
                format!("554 5.6.0 {}", one_line(&words))
            }
            Delivery::Full => self.no_room(),
            Delivery::Busy => {
                self.tell(Refusal::Receiver);
                "451 4.3.0 Not at the moment, try again later".to_owned()
            }
        }
    }

    fn no_room(&self) -> String {
        self.tell(Refusal::Room);
        "452 4.3.1 No room at the moment, try again later".to_owned()
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
